import Store
import Vault
import WorkCalendar

/// A store that held something of a document, and what became of it, as a certificate of destruction lists it.
package struct ClearedStore: Sendable {
    package let store: Words
    package let result: Words

    package init(_ zh: String, _ en: String, _ resultZh: String, _ resultEn: String) {
        (store, result) = (Words(zh, en), Words(resultZh, resultEn))
    }
}

extension Act {
    /// Destroys what another document of this scope says, by one of its steps in the system's name: its own key, by which no copy can be
    /// opened any more, its texts, its files, by what it is found, its tasks and clocks, and what people were told of it. Number, type,
    /// state and dates stay. Nothing happens before the end of this act, and then all of it.
    /// - Returns: each store with its result.
    /// - Throws: `Refusal` where the document is under legal hold.
    package func destroy<D: Document>(_ step: Step<D>, on id: ID<D>) throws -> [ClearedStore] {
        guard transaction.desk.catalogue.type(D.name)?.isDestructible == true else {
            throw CatalogueError("\(D.name) is destroyed by \(type.name), and its form does not say that it can be")
        }
        let cleared = try stores(of: id)
        _ = try transaction.take(
            D.self, step.name, on: id.raw, principal: .system, place: nil, within: record.scope, destroying: true
        ) { _ in }
        return cleared
    }

    private func stores<D: Document>(of id: ID<D>) throws -> [ClearedStore] {
        guard let found = try load(id), let type = transaction.desk.catalogue.type(D.name) else { throw DeskError.absent }
        func count(_ sql: String) throws -> Int64 { try database.count(sql, [.int(id.raw)]) }
        let hadKey = ContentKey.id(of: found.record.sealed) != nil || found.record.sealed.isEmpty
        let files = try count("SELECT count(*) FROM file_use WHERE document = $1")
        let shared = try count(
            """
            SELECT count(*) FROM file_use u WHERE u.document = $1
                AND EXISTS (SELECT 1 FROM file_use o WHERE o.digest = u.digest AND o.document <> $1)
            """)
        let notices = try count("SELECT count(*) FROM notice WHERE document = $1")
        let tasks = try count("SELECT count(*) FROM task WHERE document = $1")
        let clocks = try count("SELECT count(*) FROM deadline WHERE document = $1 AND met IS NULL")
        let lookups = transaction.lookups(found.value, type).count
        let parts = type.grams(found.value.values, found.record, transaction.lookupKeys.index).count
        return [
            hadKey
                ? ClearedStore("内容密钥", "Content key", "已销毁，留有墓碑记录", "destroyed; a tombstone stays")
                : ClearedStore("内容密钥", "Content key", "未曾单独设密钥，留有墓碑记录", "it had none of its own; a tombstone stays"),
            ClearedStore("正文与封存内容", "Texts and sealed content", "已清除", "cleared"),
            ClearedStore(
                "附件", "Files", shared == 0 ? "已删除 \(files) 个" : "已删除 \(files - shared) 个，另 \(shared) 个为其他单据共用，仍由其保留",
                shared == 0 ? "\(files) deleted" : "\(files - shared) deleted; \(shared) stand in other documents too and stay with them"),
            ClearedStore("查重索引", "Equal values", "已清除 \(lookups) 条", "\(lookups) cleared"),
            ClearedStore("检索索引", "Search index", "题名与姓名共 \(parts) 条已清除", "\(parts) parts of titles and names cleared"),
            ClearedStore("通知", "Notices", "\(notices) 条的文字已清除", "the words of \(notices) cleared"),
            ClearedStore("待办", "Tasks", "已清除 \(tasks) 项及其备注", "\(tasks) cleared, with their notes"),
            ClearedStore("时限", "Clocks", "已终止 \(clocks) 个", "\(clocks) ended"),
            hadKey
                ? ClearedStore(
                    "备份", "Backups", "其中没有内容密钥，不能打开；密钥文件于下次备份时改写",
                    "hold no content key and do not open; the file of keys is rewritten by the next backup")
                : ClearedStore("备份", "Backups", "以往备份以密级密钥封存，须删除", "earlier ones are sealed by a level's key: delete them"),
            ClearedStore("登记与存证", "Register and ledger", "保留编号、类型、状态、日期和销毁事实", "keep number, type, state, dates and the fact"),
        ]
    }
}

extension ReadyStep {
    /// What a step does to the key and the files of a document that has a key of its own.
    func settleContent(_ session: any Session) throws {
        let clearing = ContentClearing(document: step.record.id, key: step.ownKey?.key, keys: keys, session: session)
        guard let own = step.ownKey else {
            for use in step.fileUses { if case .text(let digest) = use[0] { try clearing.share(digest) } }
            return
        }
        switch own.deed {
        case .none: break
        case .rewrap: try own.row.rewrap(level: step.record.level, keys, session)
        case .destroy:
            try own.row.destroy(leaving: step.record, session)
            return try clearing.clear(at: step.record.changed)
        }
        for use in step.fileUses { if case .text(let digest) = use[0] { try clearing.take(digest) } }
    }
}

extension PendingStep {
    var newKey: [Value]? { ownKey.flatMap { $0.isNew ? $0.row.row : nil } }
}

/// Takes away what lies beside a document's own row.
struct ContentClearing {
    let document: Int64
    let key: ContentKey?
    let keys: KeyRing
    let session: any Session

    private static func context(_ digest: String) -> [UInt8] { Array("file \(digest)".utf8) }

    /// A file that this document alone names is sealed by the document's key from then on.
    func take(_ digest: String) throws {
        guard try others(naming: digest).isEmpty else { return try share(digest) }
        guard let key, let content = try content(digest), ContentKey.id(of: content) == nil else { return }
        try put(key.seal(keys.open(bytes: content, context: Self.context(digest)), context: Self.context(digest)), digest)
    }

    /// A file that another document names too leaves that one's key: it is not that one's alone.
    func share(_ digest: String) throws {
        guard let content = try content(digest), let owner = ContentKey.id(of: content), owner != document,
            let row = try ContentKeyRow(owner, session)
        else { return }
        let plain = try row.key(keys).open(content, context: Self.context(digest))
        try put(keys.seal(bytes: plain, level: Level.secret.rawValue, context: Self.context(digest)), digest)
    }

    func clear(at now: Moment) throws {
        let named = try session.all("SELECT digest FROM file_use WHERE document = $1", [.int(document)]) { $0.text(0) }
        for digest in named { try clear(digest) }
        try session.execute("DELETE FROM file_use WHERE document = $1", [.int(document)])
        // What others name too lies where their levels put it.
        for digest in named { try FileStore.settle(digest, session) }
        try session.execute(
            "UPDATE notice SET zh = $1, en = $2 WHERE document = $3",
            [.text("所涉单据的内容已经销毁"), .text("The content of this document was destroyed"), .int(document)])
        try session.execute("DELETE FROM task WHERE document = $1", [.int(document)])
        try session.execute("DELETE FROM act_draft WHERE document = $1", [.int(document)])
        try session.execute(
            "UPDATE deadline SET met = $1, remind_at = NULL WHERE document = $2 AND met IS NULL", [.int(now.milliseconds), .int(document)])
    }

    /// Nobody else names it: it goes. Otherwise it leaves this document's key.
    private func clear(_ digest: String) throws {
        let others = try others(naming: digest)
        if others.isEmpty {
            try session.execute("DELETE FROM file_keeping WHERE digest = $1", [.text(digest)])
            try FileStore.remove(digest, session)
            return
        }
        guard let content = try content(digest), ContentKey.id(of: content) == document, let key else { return }
        let plain = try key.open(content, context: Self.context(digest))
        if others.count == 1, let other = try ContentKeyRow(others[0], session), other.destroyed == nil {
            return try put(other.key(keys).seal(plain, context: Self.context(digest)), digest)
        }
        try put(keys.seal(bytes: plain, level: Level.secret.rawValue, context: Self.context(digest)), digest)
    }

    private func others(naming digest: String) throws -> [Int64] {
        try session.all("SELECT document FROM file_use WHERE digest = $1 AND document <> $2", [.text(digest), .int(document)]) { $0.int(0) }
    }

    private func content(_ digest: String) throws -> [UInt8]? { try FileStore.content(digest, session) }

    private func put(_ content: [UInt8], _ digest: String) throws { try FileStore.put(content, digest, session) }
}
