import Store

/// Where the contents of files lie: what a classified document names lies apart from all else, in a table of its own, which can be kept,
/// copied and guarded by itself. A content lies in one of the two; the highest level among the documents that name it says in which.
enum FileStore: String, CaseIterable, Sendable {
    case open = "file", classified = "classified_file"

    /// Where what a document of a level names lies at the least.
    init(_ level: Level) { self = level >= .secret ? .classified : .open }

    static let migration = Migration(
        name: "0022-classified-files",
        sql: """
            CREATE TABLE classified_file (digest TEXT PRIMARY KEY, size BIGINT NOT NULL, content BYTEA NOT NULL, created BIGINT NOT NULL);
            INSERT INTO classified_file (digest, size, content, created)
                SELECT f.digest, f.size, f.content, f.created FROM file f WHERE EXISTS (
                    SELECT 1 FROM file_use u JOIN document d ON d.id = u.document WHERE u.digest = f.digest AND d.level >= 2);
            DELETE FROM file WHERE digest IN (SELECT digest FROM classified_file);
            """)

    static func content(_ digest: String, _ session: any Session) throws -> [UInt8]? {
        for store in allCases {
            let found = try session.first("SELECT content FROM \(store.rawValue) WHERE digest = $1", [.text(digest)]) { $0.blob(0) }
            if let found { return found }
        }
        return nil
    }

    static func put(_ content: [UInt8], _ digest: String, _ session: any Session) throws {
        for store in allCases {
            try session.execute("UPDATE \(store.rawValue) SET content = $1 WHERE digest = $2", [.blob(content), .text(digest)])
        }
    }

    static func remove(_ digest: String, _ session: any Session) throws {
        for store in allCases { try session.execute("DELETE FROM \(store.rawValue) WHERE digest = $1", [.text(digest)]) }
    }

    /// Moves a content to where it belongs now.
    static func settle(_ digest: String, _ session: any Session) throws {
        let highest = try session.count(
            "SELECT max(d.level) FROM file_use u JOIN document d ON d.id = u.document WHERE u.digest = $1", [.text(digest)])
        let (from, to) = highest >= Int64(Level.secret.rawValue) ? (Self.open, Self.classified) : (Self.classified, Self.open)
        try session.execute(
            """
            INSERT INTO \(to.rawValue) (digest, size, content, created)
                SELECT digest, size, content, created FROM \(from.rawValue) WHERE digest = $1 ON CONFLICT DO NOTHING
            """, [.text(digest)])
        try session.execute("DELETE FROM \(from.rawValue) WHERE digest = $1", [.text(digest)])
    }
}

extension ReadyStep {
    /// Once its documents are written: what they name lies where their levels put it.
    func settleFiles(_ session: any Session) throws {
        if step.type.fileFields.isEmpty { return }
        var digests: Set<String> = []
        for use in step.fileUses { if case .text(let digest) = use[0] { digests.insert(digest) } }
        if let before = step.before, before.record.level != step.record.level {
            let named = try session.all("SELECT digest FROM file_use WHERE document = $1", [.int(step.record.id)]) { $0.text(0) }
            digests.formUnion(named)
        }
        for digest in digests.sorted() { try FileStore.settle(digest, session) }
    }
}
