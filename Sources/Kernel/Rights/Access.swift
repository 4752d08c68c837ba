import Store
import WorkCalendar

/// The access rule as a condition of SQL: every list, search, export and single reading carries it inside the query. Default deny.
///
/// A person sees a document at or below the own clearance whose type the person's post reads within the units where the post is held, or
/// on which a task waits; and while in service where the document belongs, what the person holds, created, has a grant for or has acted on,
/// as long as the post is held through which that came about.
struct Access {
    let person: PersonID
    let organisation: Organisation
    let catalogue: Catalogue
    let now: Moment
    /// Who asks in that person's name: he comes at nothing above his own clearance, nor at what was delegated to that person.
    var delegate: PersonID? = nil

    /// A condition on the table `document d` and its arguments, the first of which is `$start`.
    func condition(type: String?, startingAt start: Int) -> (sql: String, arguments: [Value]) {
        guard let clearance else { return ("1 = 0", []) }
        var arguments: [Value] = []
        func bind(_ value: Value) -> String {
            arguments.append(value)
            return "$\(start + arguments.count - 1)"
        }
        let me = bind(.int(person.raw))
        let moment = bind(self.moment)
        let types = type.map { name in catalogue.type(name).map { [$0] } ?? [] } ?? catalogue.types
        // What a post reads comes first: it is told from the row alone.
        let ways =
            waysOfPosts(types, bind) + waysOfHeads(types, bind) + [
                personal(me, moment, bind),
                "EXISTS (SELECT 1 FROM task t WHERE t.document = d.id AND (\(names.map { waits(for: $0, bind) }.joined(separator: " OR "))))",
            ]
        let level = bind(.int(Int64(clearance.rawValue)))
        return ("(d.level <= \(level) AND (\(ways.joined(separator: " OR "))))", arguments)
    }

    /// Among the arguments of `condition`, the one that differs from question to question.
    static let momentPosition = 1
    var moment: Value { .int(now.milliseconds) }

    /// Those in whose name the person reads: the own, and those who delegated.
    var names: [PersonID] { [person] + (delegate == nil ? organisation.givers(to: person, at: now) : []) }

    /// `nil` where the person reads nothing at all.
    var clearance: Level? {
        guard let found = organisation.people[person], found.isActive, !posts.isEmpty else { return nil }
        guard let delegate else { return found.clearance }
        return organisation.people[delegate].map { min($0.clearance, found.clearance) }
    }

    private var posts: [Appointment] { organisation.holdings(of: person, on: now.day) }

    // MARK: By post

    private func waysOfPosts(_ types: [DocumentType], _ bind: (Value) -> String) -> [String] {
        var byScopes: [(scopes: [UnitID], types: [String])] = []
        for type in types {
            let scopes = scopesOfReading(type)
            if scopes.isEmpty { continue }
            if let place = byScopes.firstIndex(where: { $0.scopes == scopes }) {
                byScopes[place].types.append(type.name)
            } else {
                byScopes.append((scopes, [type.name]))
            }
        }
        return byScopes.map { scopes, types in
            let listed = types.map { bind(.text($0)) }.joined(separator: ", ")
            return "(d.type IN (\(listed)) AND d.scope IN (\(Self.list(scopes, bind))))"
        }
    }

    /// The scopes in which the person reads all documents of a type.
    private func scopesOfReading(_ type: DocumentType) -> [UnitID] {
        let readers = type.readers.flatMap(Self.posts)
        let everybody = type.readers.contains(.staff)
        var scopes: Set<UnitID> = []
        for holding in posts where everybody || readers.contains(holding.post) {
            guard let adopter = organisation.adopter(of: type.regulation.id, for: holding.unit, on: now.day) else { continue }
            // A document's scope is a unit that adopted the regulation, now or once.
            for adoption in organisation.adoptions
            where adoption.regulation == type.regulation.id && organisation.isWithin(adoption.unit, adopter) {
                scopes.insert(adoption.unit)
            }
        }
        return scopes.sorted { $0.raw < $1.raw }
    }

    /// A head reads what belongs to the own unit and those below, where the type says so.
    private func waysOfHeads(_ types: [DocumentType], _ bind: (Value) -> String) -> [String] {
        let names = types.filter { $0.readers.contains(.head) }.map(\.name)
        if names.isEmpty { return [] }
        return posts.filter { $0.post == Post.head.id }.compactMap { holding in
            guard let path = organisation.units[holding.unit]?.path else { return nil }
            let listed = names.map { bind(.text($0)) }.joined(separator: ", ")
            let within = "u.path >= \(bind(.text(path))) AND u.path < \(bind(.text(path + "~")))"
            return "(d.type IN (\(listed)) AND d.unit IN (SELECT u.id FROM unit u WHERE \(within)))"
        }
    }

    private static func posts(_ who: Who) -> [String] {
        switch who {
        case .post(let post): [post.id]
        case .any(let whos): whos.flatMap(posts)
        default: []
        }
    }

    // MARK: By name

    /// What is the person's own, while in service where the document belongs. A signature gives nothing beyond the task of signing.
    private func personal(_ me: String, _ moment: String, _ bind: (Value) -> String) -> String {
        let held = Self.list(names.flatMap { organisation.holdings(of: $0, on: now.day) }.map(\.id), bind)
        let givers = names.dropFirst()
        let asDelegate = givers.isEmpty ? "" : " OR a.behalf IN (\(Self.list(Array(givers), bind)))"
        return """
            (d.scope IN (\(scopes(of: person, bind))) AND (d.holder = \(me) OR d.creator = \(me)
                OR EXISTS (SELECT 1 FROM access_grant g WHERE g.person = \(me) AND g.document = d.id AND g.from_at <= \(moment)
                    AND g.ends > \(moment) AND (g.holding = 0 OR g.holding IN (\(held))))
                OR EXISTS (SELECT 1 FROM taken a WHERE a.document = d.id AND a.step <> '\(TaskList.signing)'
                    AND (a.behalf = \(me) OR (a.person = \(me) AND (a.behalf = 0\(asDelegate))))
                    AND (a.holding = 0 OR a.holding IN (\(held))))))
            """
    }

    /// A condition on `task t` of `document d`: it waits for this person - oneself, or somebody in whose name one reads - by a post that
    /// the person holds, or by name while the person is in service where the document belongs.
    func waits(for name: PersonID, _ bind: (Value) -> String) -> String {
        guard let clearance = organisation.people[name]?.clearance else { return "1 = 0" }
        var ways = ["t.person = \(bind(.int(name.raw)))"]
        for holding in organisation.holdings(of: name, on: now.day) {
            let units = organisation.lineage(holding.unit)
            if !units.isEmpty { ways.append("(t.post = \(bind(.text(holding.post))) AND t.unit IN (\(Self.list(units, bind))))") }
        }
        let isServing = "(t.person IS NULL OR d.scope IN (\(scopes(of: name, bind))))"
        // A delegate sees no more than the one who delegated.
        let level = name == person ? "" : " AND d.level <= \(bind(.int(Int64(clearance.rawValue))))"
        return "((\(ways.joined(separator: " OR "))) AND \(isServing)\(level))"
    }

    private func scopes(of name: PersonID, _ bind: (Value) -> String) -> String {
        let scopes = organisation.scopes(of: name, on: now.day)
        return scopes.isEmpty ? "0" : Self.list(scopes, bind)
    }

    private static func list<D>(_ ids: [ID<D>], _ bind: (Value) -> String) -> String { list(ids.map(\.raw), bind) }

    private static func list(_ ids: [Int64], _ bind: (Value) -> String) -> String {
        ids.map { bind(.int($0)) }.joined(separator: ", ")
    }
}

extension Desk {
    /// Whether a person may read a document of a type. Of a document that is hidden and of one that never was, the same is asked.
    func mayRead(_ id: Int64, of type: String, _ access: Access, _ session: any Session) throws -> Bool {
        let (rule, arguments) = accessRules.condition(access, type)
        let sql = "SELECT count(*) FROM document d WHERE d.id = $1 AND \(rule) AND d.type = $\(arguments.count + 2)"
        return try session.count(sql, [.int(id)] + arguments + [.text(type)]) == 1
    }

    /// The type of a document; of one that there is not, some type, so that the next question is asked all the same.
    func presumedType(of id: Int64, _ session: any Session) throws -> String {
        try session.first("SELECT type FROM document WHERE id = $1", [.int(id)]) { $0.text(0) } ?? catalogue.types[0].name
    }
}
