import Store
import WorkCalendar

/// 通知: what the system told a person.
extension Desk {
    /// The newest first.
    /// - Parameter after: the last notice of the page before.
    package func notices(of person: PersonID, after: Int64? = nil, limit: Int = 100) async throws -> NoticePage {
        try await store.read { [self] session in
            let found = try session.all(
                "\(NoticeView.query) WHERE n.person = $1 AND n.id < $2 ORDER BY n.id DESC LIMIT $3",
                [.int(person.raw), .int(after ?? Int64.max), .int(Int64(limit + 1))], NoticeView.init)
            let listed = Array(found.prefix(limit))
            return NoticePage(
                notices: listed, total: Int(try session.count("SELECT count(*) FROM notice WHERE person = $1", [.int(person.raw)])),
                unseen: try unseen(by: person, session), next: found.count > limit ? listed.last?.id : nil)
        }
    }

    /// Those that are new come first.
    func newestNotices(of person: PersonID, _ session: any Session) throws -> [NoticeView] {
        try session.all(
            "\(NoticeView.query) WHERE n.person = $1 ORDER BY (n.seen IS NOT NULL), n.id DESC LIMIT 10", [.int(person.raw)], NoticeView.init)
    }

    func unseen(by person: PersonID, _ session: any Session) throws -> Int {
        Int(try session.count("SELECT count(*) FROM notice WHERE person = $1 AND seen IS NULL", [.int(person.raw)]))
    }

    /// - Parameter newest: the newest that the person was shown; what has come since stays new.
    package func seen(noticesUpTo newest: Int64, by person: PersonID) async throws {
        let now = clock.now()
        try await store.write { session in
            try session.execute(
                "UPDATE notice SET seen = $1 WHERE person = $2 AND id <= $3 AND seen IS NULL",
                [.int(now.milliseconds), .int(person.raw), .int(newest)])
        }
    }
}

extension NoticeView {
    fileprivate static let query = """
        SELECT n.id, n.zh, n.en, n.document, n.created, n.seen, d.number FROM notice n LEFT JOIN document d ON d.id = n.document
        """

    fileprivate init(_ row: any Row) {
        self.init(
            id: row.int(0), words: Words(row.text(1), row.text(2)), document: row.intIfAny(3), number: row.textIfAny(6),
            created: Moment(milliseconds: row.int(4)), isSeen: !row.isNull(5))
    }
}
