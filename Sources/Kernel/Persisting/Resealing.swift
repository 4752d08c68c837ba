import Ledger
import Store
import Vault
import WorkCalendar

/// What `Desk.reseal` came to.
package struct Resealed: Sendable, Equatable {
    package internal(set) var documents = 0
    package internal(set) var notes = 0
    package internal(set) var files = 0
    /// Entries whose reasons stand in clear, from before they were sealed. The ledger is never rewritten.
    package internal(set) var openEntries = 0

    package init() {}
}

/// Brings what was kept in clear, or under keys that were rotated away, under the keys of today.
extension Desk {
    /// Each document gets an entry of its own. Acts go on meanwhile; run again, it does what is left.
    package func reseal() async throws -> Resealed {
        var done = Resealed()
        var after: Int64 = 0
        while let (last, count) = try await resealDocuments(after: after) {
            done.documents += count
            after = last
        }
        done.notes = try await resealNotes()
        done.files = try await resealFiles()
        done.openEntries = try await countOpenEntries()
        return done
    }

    private func resealDocuments(after: Int64) async throws -> (last: Int64, count: Int)? {
        let now = clock.now()
        return try await store.write(alone: true) { [self] session in
            let records = try session.all("SELECT \(Record.columns) FROM document WHERE id > $1 ORDER BY id LIMIT 200", [.int(after)]) {
                Record($0)
            }
            guard let last = records.last else { return nil }
            return (last.id, try records.count { try provedForJob($0.id, session) != nil && reseal($0, at: now, session) })
        }
    }

    private func reseal(_ record: Record, at now: Moment, _ session: any Session) throws -> Bool {
        guard let type = catalogue.type(record.type) else { return false }
        let body = Body(keys: keys, session), row = type.isDestructible ? try ContentKeyRow(record.id, session) : nil
        if let row, row.destroyed == nil, try KeyRing.keyID(of: row.wrapped) != keys.currentKey(level: record.level.rawValue) {
            try row.rewrap(level: record.level, keys, session)
        }
        guard row?.destroyed == nil, try body.isOutdated(record, type) else { return false }
        let values = try body.values(of: record), transaction = try Transaction(self, session, now: now)
        let own = try transaction.ownKey(of: record, type).map { try transaction.settled($0, record) }
        if let own, own.isNew {
            try session.execute(ContentKeyRow.insertion, own.row.row)
            let clearing = ContentClearing(document: record.id, key: own.key, keys: keys, session: session)
            for digest in try session.all("SELECT digest FROM file_use WHERE document = $1", [.int(record.id)], { $0.text(0) }) {
                try clearing.take(digest)
            }
        }
        var record = record
        let kept = try body.write(
            type.fields.map { values[$0.key] }, type.fields, title: Body.title(of: record, values), id: record.id, level: record.level,
            by: own?.key)
        (record.body, record.sealed, record.title) = (kept.open, kept.sealed, kept.title)
        // Nothing of what it says has changed, so neither has the moment at which it did.
        record.version += 1
        try record.update(session, digest: record.digest)
        try enter(
            .system, record, principal: .system, step: KeyWork.reseal.rawValue, from: record.state,
            stating: own.flatMap(transaction.statement).map { [$0] } ?? [], at: now, session)
        return true
    }

    private func resealNotes() async throws -> Int {
        let written = FreeText(keys: keys), now = clock.now()
        return try await store.write(alone: true) { [self] session in
            var count = 0, documents: Set<Int64> = []
            let notes = try session.all(
                "SELECT t.id, t.document, t.note, d.level FROM task t JOIN document d ON d.id = t.document WHERE t.note <> ''"
            ) { (id: $0.int(0), document: $0.int(1), text: $0.text(2), level: Level(rawValue: Int($0.int(3))) ?? .topSecret) }
            for note in notes
            where try keys.isOutdated(note.text, level: note.level)
                && (documents.contains(note.document) || provedForJob(note.document, session) != nil)
            {
                let text = try written.opened(note: note.text, on: note.document)
                let sealed = try written.sealed(note: text, on: note.document, level: note.level)
                count += try session.execute("UPDATE task SET note = $1 WHERE id = $2", [.text(sealed), .int(note.id)])
                documents.insert(note.document)
            }
            for id in documents.sorted() {
                let record = try Record.load(id, session)
                try enter(.system, record, principal: .system, step: KeyWork.reseal.rawValue, from: record?.state ?? "", at: now, session)
            }
            let transaction = try Transaction(self, session, now: now)
            let reasons = try session.all("SELECT id, reason FROM delegation") { (id: $0.int(0), text: $0.text(1)) }
            for reason in reasons where try keys.isOutdated(reason.text, level: .internal) {
                let sealed = try written.sealed(reason: written.opened(reason: reason.text, of: reason.id), of: reason.id)
                try transaction.stating(.delegation, reason.id) {
                    count += try $0.execute("UPDATE delegation SET reason = $1 WHERE id = $2", [.text(sealed), .int(reason.id)])
                }
            }
            let statements = transaction.takeStatements()
            if !statements.isEmpty {
                try enter(
                    .system, nil, type: "organisation", principal: .system, step: KeyWork.reseal.rawValue, stating: statements, at: now,
                    session)
            }
            if count > 0 { try transaction.organisationChanged() }
            return count
        }
    }

    /// Files were sealed from the first; those under a key that was rotated away are sealed anew, one at a time.
    private func resealFiles() async throws -> Int {
        let current = try keys.currentKey(level: Level.secret.rawValue)
        let old = try await store.read { session -> [(String, [UInt8])] in
            var found: [(String, [UInt8])] = []
            for table in FileStore.allCases.map(\.rawValue) {
                found += try session.all("SELECT digest, substr(content, 1, 33) FROM \(table)") { ($0.text(0), $0.blob(1)) }
            }
            return found
        }.filter { try ContentKey.id(of: $0.1) == nil && KeyRing.keyID(of: $0.1) != current }.map(\.0)
        for digest in old {
            let context = Array("file \(digest)".utf8)
            try await store.write(alone: true) { [self] session in
                guard let content = try FileStore.content(digest, session) else { return }
                let sealed = try keys.seal(
                    bytes: keys.open(bytes: content, context: context), level: Level.secret.rawValue, context: context)
                try FileStore.put(sealed, digest, session)
            }
        }
        return old.count
    }

    private func countOpenEntries() async throws -> Int {
        try await store.read { session in
            var count = 0
            try session.stream("SELECT body FROM entry", []) { row in
                let entry = try row.withBlob(0) { try Entry($0) }
                let isWritten = entry.kind == .note || entry.kind == .read && entry.step == "read"
                if isWritten, !entry.purpose.isEmpty, !KeyRing.isSealed(entry.purpose) { count += 1 }
            }
            return count
        }
    }
}

extension KeyRing {
    /// In clear, or under a key that is not the level's present one.
    fileprivate func isOutdated(_ text: String, level: Level) throws -> Bool {
        try !text.isEmpty && Self.keyID(ofText: text) != currentKey(level: level.rawValue)
    }
}

extension Body {
    /// Whether something stands open that is sealed today, or is sealed under a key that is not the level's present one.
    fileprivate func isOutdated(_ record: Record, _ type: DocumentType) throws -> Bool {
        if type.isDestructible, !record.sealed.isEmpty, ContentKey.id(of: record.sealed) == nil { return true }
        if !type.isDestructible, !record.sealed.isEmpty,
            try KeyRing.keyID(of: record.sealed) != keys.currentKey(level: record.level.rawValue)
        {
            return true
        }
        var isTitleOpen = record.title.isEmpty || record.title == Record.sealedTitle
        for entry in try JSONReader.read(record.body).entries {
            guard let field = type.field(entry.key) else { continue }
            if field.isSealed || field.kind.isFiles && entry.value.list.contains(where: { !$0["name"].isEmpty }) { return true }
            if entry.value.text == record.title { isTitleOpen = true }
        }
        return !isTitleOpen
    }
}
