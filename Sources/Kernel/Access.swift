import Store
import WorkCalendar

/// The access rule as a condition of SQL: every list, search, export and single reading carries it inside the query. Default deny.
///
/// A person sees a document at or below the own clearance that the person holds, created, has a task on, has acted on or has a grant for,
/// or whose type the person's post reads within the units where the post is held.
struct Access {
    let person: PersonID
    let organisation: Organisation
    let catalogue: Catalogue
    let now: Moment

    /// A condition on the table `document d` and its arguments, the first of which is `$start`.
    func condition(type: String?, startingAt start: Int) -> (sql: String, arguments: [Value]) {
        guard let reader = organisation.people[person], reader.isActive else { return ("1 = 0", []) }
        var arguments: [Value] = []
        func bind(_ value: Value) -> String {
            arguments.append(value)
            return "$\(start + arguments.count - 1)"
        }
        let me = bind(.int(person.raw))
        let moment = bind(self.moment)
        var ways = [
            "d.holder = \(me)", "d.creator = \(me)",
            "EXISTS (SELECT 1 FROM access_grant g WHERE g.person = \(me) AND g.document = d.id AND g.from_at <= \(moment) AND g.ends > \(moment))",
            "EXISTS (SELECT 1 FROM taken a WHERE a.document = d.id AND (a.person = \(me) OR a.behalf = \(me)))",
        ]
        ways.append("EXISTS (SELECT 1 FROM task t WHERE t.document = d.id AND \(TaskBoard.mine(of: givers, organisation, now.day, bind)))")
        let types = type.map { name in catalogue.type(name).map { [$0] } ?? [] } ?? catalogue.types
        for type in types {
            guard let places = placesOfReading(type) else { continue }
            let within = places.map { path in "(u.path >= \(bind(.text(path))) AND u.path < \(bind(.text(path + "~"))))" }
            ways.append(
                "(d.type = \(bind(.text(type.name))) AND d.scope IN (SELECT u.id FROM unit u WHERE \(within.joined(separator: " OR "))))")
        }
        for holding in organisation.holdings(of: person, on: now.day) where holding.post == Post.head.id {
            // A head reads what belongs to the own unit and those below, where the type says so.
            let names = types.filter { $0.readers.contains(.head) }
            guard let path = organisation.units[holding.unit]?.path, !names.isEmpty else { continue }
            let listed = names.map { bind(.text($0.name)) }.joined(separator: ", ")
            let within = "u.path >= \(bind(.text(path))) AND u.path < \(bind(.text(path + "~")))"
            ways.append("(d.type IN (\(listed)) AND d.unit IN (SELECT u.id FROM unit u WHERE \(within)))")
        }
        let level = bind(.int(Int64(reader.clearance.rawValue)))
        return ("(d.level <= \(level) AND (\(ways.joined(separator: " OR "))))", arguments)
    }

    /// Among the arguments of `condition`, the one that differs from question to question.
    static let momentPosition = 1
    var moment: Value { .int(now.milliseconds) }

    /// Those in whose name the person reads: the own, and those who delegated.
    var givers: [PersonID] { [person] + organisation.givers(to: person, at: now) }

    /// The paths of the scopes in which the person reads all documents of a type; `nil` where none.
    private func placesOfReading(_ type: DocumentType) -> [String]? {
        let posts = type.readers.flatMap(Self.posts)
        let everybody = type.readers.contains(.staff)
        var paths: Set<String> = []
        for holding in organisation.holdings(of: person, on: now.day) where everybody || posts.contains(holding.post) {
            if let scope = organisation.adopter(of: type.regulation.id, for: holding.unit, on: now.day),
                let unit = organisation.units[scope]
            {
                paths.insert(unit.path)
            }
        }
        return paths.isEmpty ? nil : paths.sorted()
    }

    private static func posts(_ who: Who) -> [String] {
        switch who {
        case .post(let post): [post.id]
        case .any(let whos): whos.flatMap(posts)
        default: []
        }
    }

    func type(of id: Int64, _ session: any Session) throws -> String? {
        try session.first("SELECT type FROM document WHERE id = $1", [.int(id)]) { $0.text(0) }
    }

    func mayRead(_ id: Int64, _ session: any Session) throws -> Bool {
        guard let type = try type(of: id, session) else { return false }
        let (sql, arguments) = condition(type: type, startingAt: 2)
        return try session.count("SELECT count(*) FROM document d WHERE d.id = $1 AND \(sql)", [.int(id)] + arguments) == 1
    }
}
