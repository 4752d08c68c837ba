import Store
import WorkCalendar

/// 通知: what the system told a person.
extension Desk {
    /// The newest first. What it is about is read through the access rule: a notice of a document that the person may not see any more is
    /// neither shown nor counted.
    /// - Parameters:
    ///   - kind: only those; all where it is not said.
    ///   - after: the last notice of the page before.
    package func notices(
        of person: PersonID, _ kind: NoticeTopic? = nil, after: Int64? = nil, limit: Int = 100
    ) async throws -> NoticePage {
        let now = clock.now()
        return try await store.read { [self] session in
            let access = self.access(of: person, try organisation(session), at: now)
            var question = NoticeQuestion(access)
            let (from, most) = (question.bind(.int(after ?? Int64.max)), question.bind(.int(Int64(limit + 1))))
            let only = kind.map { " AND \(NoticeTopic.ofRow) = \(question.bind(.text($0.rawValue)))" } ?? ""
            let found = try session.all(
                "\(question.listing)\(only) AND n.id < \(from) ORDER BY n.id DESC LIMIT \(most)", question.arguments, NoticeView.init)
            let listed = Array(found.prefix(limit))
            let all = NoticeQuestion(access)
            let counts = try session.all(all.countingKinds, all.arguments) { (NoticeTopic(row: $0.text(0)), Int($0.int(1))) }
            return NoticePage(
                notices: listed, counts: Dictionary(counts, uniquingKeysWith: +), unseen: try unseen(by: access, session),
                next: found.count > limit ? listed.last?.id : nil)
        }
    }

    /// Those that are new come first.
    func newestNotices(for access: Access, _ session: any Session) throws -> [NoticeView] {
        let question = NoticeQuestion(access)
        return try session.all(
            "\(question.listing) ORDER BY (n.seen IS NOT NULL), n.id DESC LIMIT 10", question.arguments, NoticeView.init)
    }

    /// How many new ones are counted: whoever has so many reads the newest.
    private static let mostUnseen = 1000

    func unseen(by access: Access, _ session: any Session) throws -> Int {
        let question = NoticeQuestion(access)
        return Int(try session.count(question.counting(upTo: Self.mostUnseen), question.arguments))
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

/// For whom a notice is that speaks of documents and names none: whoever holds the post there, at or above the level. Asked whenever the
/// notice is read, as with one that names its document.
struct NoticeCircle {
    let level: Level
    let post: Post
    /// The post is held in this unit or below it.
    let unit: UnitID
}

/// The notices of a person, as far as the person may read what they are about.
private struct NoticeQuestion {
    private(set) var arguments: [Value]
    private let condition: String

    init(_ access: Access) {
        let (rule, values) = access.condition(type: nil, startingAt: 2)
        var arguments = [.int(access.person.raw)] + values
        func bind(_ value: Value) -> String {
            arguments.append(value)
            return "$\(arguments.count)"
        }
        let level = bind(.int(Int64((access.clearance ?? .public).rawValue)))
        let held = access.organisation.holdings(of: access.person, on: access.now.day).map { holding in
            let units = access.organisation.lineage(holding.unit).map { bind(.int($0.raw)) }.joined(separator: ", ")
            return " OR (n.post = \(bind(.text(holding.post))) AND n.unit IN (\(units.isEmpty ? "0" : units)))"
        }
        condition = """
            FROM notice n LEFT JOIN document d ON d.id = n.document WHERE n.person = $1 AND n.level <= \(level)
                AND (n.post IS NULL\(held.joined())) AND (n.document IS NULL OR \(rule))
            """
        self.arguments = arguments
    }

    mutating func bind(_ value: Value) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }

    var listing: String { "SELECT n.id, n.zh, n.en, n.document, n.created, n.seen, d.number, n.level, \(NoticeTopic.ofRow) \(condition)" }
    var countingKinds: String { "SELECT \(NoticeTopic.ofRow), count(*) \(condition) GROUP BY 1" }
    /// Those that are new.
    func counting(upTo limit: Int) -> String {
        "SELECT count(*) FROM (SELECT 1 \(condition) AND n.seen IS NULL LIMIT \(limit)) counted"
    }
}

extension NoticeView {
    fileprivate init(_ row: any Row) {
        self.init(
            id: row.int(0), words: Words(row.text(1), row.text(2)), document: row.intIfAny(3), number: row.textIfAny(6),
            created: Moment(milliseconds: row.int(4)), isSeen: !row.isNull(5),
            level: Level(rawValue: Int(row.int(7))) ?? .secret, kind: NoticeTopic(row: row.text(8)))
    }
}

extension NoticeTopic {
    /// What somebody has written beside the program is of no kind.
    fileprivate init(row: String) { self = NoticeTopic(rawValue: row) ?? .other }
}
