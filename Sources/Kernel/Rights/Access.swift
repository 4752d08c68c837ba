import Store
import Vault
import WorkCalendar

/// The access rule as a condition of SQL: every list, search, export and single reading carries it inside the query. Default deny.
///
/// A person sees a document at or below the own clearance whose type the person's post reads within the units where the post is held,
/// which names the person in a field that the type gives to read, or on which a task waits; and while in service where the document
/// belongs, what the person holds, created, has a grant for or has acted on, as long as the post is held through which that came about.
struct Access {
    let person: PersonID
    let organisation: Organisation
    let catalogue: Catalogue
    let now: Moment
    /// By which it is found which documents name the person.
    let index: BlindIndex
    /// Who asks in that person's name: he comes at nothing above his own clearance, nor at what was delegated to that person.
    var delegate: PersonID? = nil
    /// A past day is asked of: whoever has left since was in service then.
    var isPast = false
    /// Where the rules of today are remembered.
    var rules: AccessRules? = nil
    var long: LongRegisters? = nil

    /// A condition on the table `document d` and its arguments, the first of which is `$start`.
    /// - Parameters:
    ///   - verb: another than reading is asked of one type.
    ///   - byGrant: whether what the person was granted counts.
    func condition(
        type: String?, startingAt start: Int, for verb: Verb = .read, byGrant: Bool = true
    ) -> (sql: String, arguments: [Value]) {
        // What was so on another day is not remembered among the rules of today.
        guard let rules, !isPast else { return written(type: type, startingAt: start, for: verb, byGrant: byGrant) }
        return rules.condition(self, type, startingAt: start, for: verb, byGrant: byGrant)
    }

    /// The condition as it is written the first time.
    func written(type: String?, startingAt start: Int, for verb: Verb, byGrant: Bool) -> (sql: String, arguments: [Value]) {
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
            waysOfPosts(types, bind) + waysOfHeads(types, bind) + waysOfNamed(types, bind) + [
                personal(me, moment, bind, by: byGrant ? .anyhow : .own),
                "EXISTS (SELECT 1 FROM task t WHERE t.document = d.id AND (\(names.map { waits(for: $0, bind) }.joined(separator: " OR "))))",
            ]
        let level = bind(.int(Int64(clearance.rawValue)))
        var rule = "d.level <= \(level) AND (\(ways.joined(separator: " OR ")))" + unfrozen(types, moment, bind)
        if verb != .read, let reserved = types.first?.reserved, reserved.verbs.contains(verb) {
            let granted = personal(me, moment, bind, by: .grant(verb)), free = bind(.int(Int64(reserved.from.rawValue)))
            let own = (Array(ways[..<(ways.count - 2)]) + [personal(me, moment, bind, by: .own), ways[ways.count - 1]])
                .joined(separator: " OR ")
            rule += " AND (\(granted) OR (d.level < \(free) AND (\(own))))"
        }
        return ("(\(rule))", arguments)
    }

    /// A condition on `document d`: whoever had to do with it may still be told that it is there, and by which number, though the person
    /// reads it no more. At or below the own clearance, while in service where it belongs, and not where it is frozen.
    func knowing(startingAt start: Int) -> (sql: String, arguments: [Value]) {
        guard let clearance else { return ("1 = 0", []) }
        var arguments: [Value] = []
        func bind(_ value: Value) -> String {
            arguments.append(value)
            return "$\(start + arguments.count - 1)"
        }
        let level = bind(.int(Int64(clearance.rawValue))), serving = "d.scope IN (\(scopes(of: person, bind)))"
        let rule = "d.level <= \(level) AND \(serving)" + unfrozen(catalogue.types, bind(moment), bind)
        return ("(\(rule))", arguments)
    }

    /// Whose accesses are frozen is for its keepers alone.
    private func unfrozen(_ types: [DocumentType], _ moment: @autoclosure () -> String, _ bind: (Value) -> String) -> String {
        let held = Set(posts.map(\.post))
        let closed = types.filter { type in type.reserved.map { held.isDisjoint(with: $0.keepers.map(\.id)) } ?? false }
        if closed.isEmpty { return "" }
        let names = closed.map { bind(.text($0.name)) }.joined(separator: ", ")
        return """
             AND NOT (d.type IN (\(names)) AND EXISTS (SELECT 1 FROM access_grant f WHERE f.document = d.id
                AND f.verbs = '\(Verb.frozen)' AND f.ends > \(moment())))
            """
    }

    /// Among the arguments of `condition`, the one that differs from question to question.
    static let momentPosition = 1
    var moment: Value { .int(now.milliseconds) }

    /// Those in whose name the person reads: the own, and those who delegated.
    var names: [PersonID] { [person] + (delegate == nil ? organisation.givers(to: person, at: now) : []) }

    /// `nil` where the person reads nothing at all.
    var clearance: Level? {
        guard let found = organisation.people[person], found.isActive || isPast, !posts.isEmpty else { return nil }
        guard let delegate else { return found.clearance }
        return organisation.people[delegate].map { min($0.clearance, found.clearance) }
    }

    var posts: [Appointment] { organisation.holdings(of: person, on: now.day) }

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
    func scopesOfReading(_ type: DocumentType) -> [UnitID] {
        let readers = type.readers.flatMap(Self.posts)
        let everybody = type.readers.contains(.staff)
        var scopes: Set<UnitID> = []
        for holding in posts where everybody || readers.contains(holding.post) {
            guard let adopter = organisation.adopter(of: type.regulation.id, for: holding.unit, on: now.day) else { continue }
            // A document's scope is a unit that adopted the regulation, now or once.
            for adoption in organisation.adoptions(of: type.regulation.id)
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

    /// Whom a document names in a field that its type gives to read reads it, while in service where it belongs.
    private func waysOfNamed(_ types: [DocumentType], _ bind: (Value) -> String) -> [String] {
        types.flatMap { type in
            lookupsOfNamed(type).map { lookup in
                let name = bind(.text(type.name)), named = bind(.int(lookup))
                return """
                    (d.type = \(name) AND d.scope IN (\(scopes(of: person, bind))) AND EXISTS (SELECT 1 FROM lookup n
                        WHERE n.key = \(named) AND n.type = \(name) AND n.document = d.id))
                    """
            }
        }
    }

    /// By which documents are found that name the person so.
    func lookupsOfNamed(_ type: DocumentType) -> [Int64] {
        let keys = IndexKeys(index)
        return type.readers.flatMap(Self.fields).compactMap { key in
            type.field(key).flatMap { IndexKey.lookup(.whole(person.raw), $0, keys)?.key }
        }
    }

    private static func fields(_ who: Who) -> [String] {
        switch who {
        case .named(let field), .each(let field): [field]
        case .any(let whos): whos.flatMap(fields)
        default: []
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

    /// How a document is the person's.
    private enum Personally: Equatable {
        case anyhow
        /// Held, created or acted on.
        case own
        case grant(Verb)
    }

    /// What is the person's own, while in service where the document belongs. A signature gives nothing beyond the task of signing.
    private func personal(_ me: String, _ moment: String, _ bind: (Value) -> String, by way: Personally = .anyhow) -> String {
        let held = Self.list(names.flatMap { organisation.holdings(of: $0, on: now.day) }.map(\.id), bind)
        let verb = if case .grant(let verb) = way { verb } else { Verb.read }
        let granted = """
            EXISTS (SELECT 1 FROM access_grant g WHERE g.person = \(me) AND g.document = d.id AND g.from_at <= \(moment)
                    AND g.ends > \(moment) AND g.verbs LIKE '%\(verb.rawValue)%' AND (g.holding = 0 OR g.holding IN (\(held))))
            """
        let serving = "d.scope IN (\(scopes(of: person, bind)))"
        if way == .grant(verb) { return "(\(serving) AND \(granted))" }
        let givers = names.dropFirst()
        let asDelegate = givers.isEmpty ? "" : " OR a.behalf IN (\(Self.list(Array(givers), bind)))"
        let own = """
            d.holder = \(me) OR d.creator = \(me) OR EXISTS (SELECT 1 FROM taken a WHERE a.document = d.id
                    AND a.step <> '\(TaskList.signing)' AND (a.behalf = \(me) OR (a.person = \(me) AND (a.behalf = 0\(asDelegate))))
                    AND (a.holding = 0 OR a.holding IN (\(held))))
            """
        return "(\(serving) AND (\(own)\(way == .own ? "" : " OR \(granted)")))"
    }

    /// A condition on `task t` of `document d`: it waits for this person - oneself, or somebody in whose name one reads - by a post that
    /// the person holds, or by name while the person is in service where the document belongs.
    /// - Parameter task: what stands for the task in the query.
    func waits(for name: PersonID, task t: String = "t", _ bind: (Value) -> String) -> String {
        guard let clearance = organisation.people[name]?.clearance else { return "1 = 0" }
        var ways = ["\(t).person = \(bind(.int(name.raw)))"]
        for holding in organisation.holdings(of: name, on: now.day) {
            let units = organisation.lineage(holding.unit)
            if !units.isEmpty { ways.append("(\(t).post = \(bind(.text(holding.post))) AND \(t).unit IN (\(Self.list(units, bind))))") }
        }
        let isServing = "(\(t).person IS NULL OR d.scope IN (\(scopes(of: name, bind))))"
        // A delegate sees no more than the one who delegated.
        let level = name == person ? "" : " AND d.level <= \(bind(.int(Int64(clearance.rawValue))))"
        return "((\(ways.joined(separator: " OR "))) AND \(isServing)\(level))"
    }

    /// The same, each way by itself and whole: found by an index, in the order of what is due.
    func waysOfWaiting(for name: PersonID, _ bind: (Value) -> String) -> [String] {
        guard let clearance = organisation.people[name]?.clearance else { return [] }
        var seen: Set<[String]> = [], ways = ["t.person = \(bind(.int(name.raw))) AND d.scope IN (\(scopes(of: name, bind)))"]
        for holding in organisation.holdings(of: name, on: now.day) {
            for unit in organisation.lineage(holding.unit) where seen.insert([holding.post, "\(unit.raw)"]).inserted {
                ways.append("t.person IS NULL AND t.post = \(bind(.text(holding.post))) AND t.unit = \(bind(.int(unit.raw)))")
            }
        }
        if name == person { return ways }
        let level = bind(.int(Int64(clearance.rawValue)))
        return ways.map { "\($0) AND d.level <= \(level)" }
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
    /// What a person may read now.
    func access(of person: PersonID, _ organisation: Organisation, at now: Moment, delegate: PersonID? = nil) -> Access {
        Access(
            person: person, organisation: organisation, catalogue: catalogue, now: now, index: keys.blindIndex, delegate: delegate,
            rules: accessRules, long: longRegisters)
    }

    /// Whether a person may read a document of a type. Of a document that is hidden and of one that never was, the same is asked.
    func mayRead(_ id: Int64, of type: String, _ access: Access, _ session: any Session) throws -> Bool {
        try may(.read, id, of: type, access, session)
    }

    func may(_ verb: Verb, _ id: Int64, of type: String, _ access: Access, _ session: any Session) throws -> Bool {
        let (rule, arguments) = access.condition(type: type, startingAt: 2, for: verb)
        let sql = "SELECT count(*) FROM document d WHERE d.id = $1 AND \(rule) AND d.type = $\(arguments.count + 2)"
        return try session.count(sql, [.int(id)] + arguments + [.text(type)]) == 1
    }

    /// The type of a document; of one that there is not, some type, so that the next question is asked all the same.
    func presumedType(of id: Int64, _ session: any Session) throws -> String {
        try session.first("SELECT type FROM document WHERE id = $1", [.int(id)]) { $0.text(0) } ?? catalogue.types[0].name
    }
}
