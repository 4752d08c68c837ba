import Store
import Vault
import WorkCalendar

/// The SQL of one question to the registers.
struct RegisterSearch {
    private(set) var arguments: [Value] = []
    private(set) var conditions: [String] = []
    private let descending: Bool
    /// Where the documents come from: the register, or those that the person may come at at all.
    private(set) var source = "document d"
    private let type: DocumentType?
    private let query: RegisterQuery
    private let access: Access
    private let keys: KeyRing

    /// - Parameter isBeyondPosts: only what no post reads is asked for.
    init(type: DocumentType?, query: RegisterQuery, access: Access, keys: KeyRing, isBeyondPosts: Bool = false) {
        (self.type, self.query, self.access, self.keys) = (type, query, access, keys)
        descending = query.sort == .newest
        if let type { walk(type, isBeyondPosts: isBeyondPosts) }
        let (rule, values) = access.condition(
            type: type?.name, startingAt: arguments.count + 1, for: type == nil ? .read : query.verb)
        arguments += values
        conditions.append(rule)
        var states = query.states
        if query.onlyOpen { states.formUnion(type?.states.filter { $0.tone == .open }.map(\.name) ?? []) }
        if !states.isEmpty { conditions.append("d.state IN (\(states.sorted().map { bind(.text($0)) }.joined(separator: ", ")))") }
        if query.onlyUnfinished {
            let waits = "EXISTS (SELECT 1 FROM task w WHERE w.document = d.id)"
            conditions.append("(\(waits) OR EXISTS (SELECT 1 FROM deadline w WHERE w.document = d.id AND w.met IS NULL))")
        }
        if let unit = query.unit {
            // A unit that there is not has no documents.
            let path = access.organisation.units[unit]?.path ?? "-"
            let lower = bind(.text(path)), upper = bind(.text(path + "~"))
            conditions.append("d.unit IN (SELECT u.id FROM unit u WHERE u.path >= \(lower) AND u.path < \(upper))")
        }
        if let person = query.person { conditions.append("d.holder = \(bind(.int(person.raw))) AND d.holder <> 0") }
        if let hand = query.hand { conditions.append(through(hand)) }
        if let from = query.from { conditions.append("d.created >= \(bind(.int(Moment.startOfDay(from).milliseconds)))") }
        if let to = query.to { conditions.append("d.created < \(bind(.int(Moment.endOfDay(to).milliseconds)))") }
        if let due = query.due { conditions.append(clocks(due)) }
        if query.act != nil || query.acted != nil { conditions.append(taken(query.act, since: query.acted)) }
        if let below = query.below { conditions.append("d.level < \(bind(.int(Int64(below.rawValue))))") }
        if let after = query.after { conditions.append("d.id \(descending ? "<" : ">") \(bind(.int(after)))") }
        for grams in SearchText.question(query.text) {
            let documents = SearchIndex.documents(withOneOf: grams.map { SearchText.key($0, keys.blindIndex) }) { bind($0) }
            conditions.append("d.id IN (\(documents))")
        }
        for (key, text) in query.equal.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
            conditions.append(equality(key, text, type, keys))
        }
    }

    private mutating func walk(_ type: DocumentType, isBeyondPosts: Bool) {
        let name = bind(.text(type.name))
        if !isBeyondPosts, query.isFoundByValue || access.readsWidely(type) { return conditions.append("d.type = \(name)") }
        source = "(SELECT DISTINCT id FROM (\(access.candidates(type) { bind($0) })) found) mine CROSS JOIN document d"
        // From these to the documents, never along the index of the type: SQLite joins in the order of CROSS JOIN.
        conditions.append("d.id = mine.id AND (d.type || '') = \(name)")
        if isBeyondPosts, let read = access.byPost(type, { bind($0) }) { conditions.append("NOT (\(read))") }
    }

    private mutating func clocks(_ due: RegisterQuery.Due) -> String {
        let own = "EXISTS (SELECT 1 FROM deadline c WHERE c.document = d.id AND"
        switch due {
        case .overdue(nil): return "\(own) c.met IS NULL AND c.due <= \(bind(access.moment)))"
        case .overdue(let name?): return "\(own) c.met IS NULL AND c.due <= \(bind(access.moment)) AND c.name = \(bind(.text(name))))"
        case .soon: return "\(own) c.met IS NULL AND c.due <= \(bind(.int(access.now.adding(hours: 7 * 24).milliseconds))))"
        case .late(nil): return "\(own) c.breached IS NOT NULL)"
        case .late(let name?): return "\(own) c.breached IS NOT NULL AND c.name = \(bind(.text(name))))"
        }
    }

    private mutating func taken(_ step: String?, since day: Day?) -> String {
        let name = step.map { " AND y.step = \(bind(.text($0)))" } ?? ""
        let since = day.map { " AND y.at >= \(bind(.int(Moment.startOfDay($0).milliseconds)))" } ?? ""
        return "EXISTS (SELECT 1 FROM taken y WHERE y.document = d.id\(name)\(since))"
    }

    /// What went through somebody's hands: each part along an index, so that nobody else's documents are walked.
    private mutating func through(_ hand: PersonID) -> String {
        let me = bind(.int(hand.raw))
        return """
            d.id IN (SELECT id FROM document WHERE holder = \(me) AND holder <> 0
                UNION ALL SELECT id FROM document WHERE creator = \(me)
                UNION ALL SELECT document FROM taken WHERE person = \(me)
                UNION ALL SELECT document FROM taken WHERE behalf = \(me) AND behalf <> 0)
            """
    }

    private mutating func bind(_ value: Value) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }

    private mutating func equality(_ key: String, _ text: String, _ type: DocumentType?, _ keys: KeyRing) -> String {
        guard let type, let field = type.field(key), field.isIndexed,
            let lookup = IndexKey.lookup(field.kind.isWhole ? .whole(Int64(text) ?? 0) : .text(text), field, IndexKeys(keys.blindIndex))
        else { return "1 = 0" }
        let key = bind(.int(lookup.key)), name = bind(.text(type.name))
        return "d.id IN (SELECT k.document FROM lookup k WHERE k.key = \(key) AND k.type = \(name))"
    }

    func page(limit: Int) -> String {
        """
        SELECT \(Record.joinedColumns) FROM \(source) WHERE \(conditions.joined(separator: " AND "))
        ORDER BY d.id \(descending ? "DESC" : "ASC") LIMIT \(limit)
        """
    }

    /// How many there are, up to a limit. What posts read of a whole register is counted along its index; what is read in other ways is
    /// looked for only where that leaves room.
    func counting(upTo limit: Int, _ session: any Session) throws -> Int {
        guard let (read, arguments) = readByPost() else { return try count(upTo: limit, session) }
        let counted = "SELECT count(*) FROM (SELECT 1 FROM document d WHERE \(read) LIMIT \(limit)) counted"
        let register = LongRegisters.Question(sql: counted, arguments: arguments)
        if access.long?.isKnown(register, at: access.now) == true { return limit }
        let count = Int(try session.count(counted, arguments))
        if count >= limit {
            access.long?.remember(register, at: access.now)
            return count
        }
        return min(limit, count + (try beyondPosts?.count(upTo: limit, session) ?? 0))
    }

    /// How many there are in each state; `nil` where there are more than the limit. What posts read of a whole register is told apart along
    /// the index of the states, and no document is opened for it.
    func states(upTo limit: Int, _ session: any Session) throws -> [String: Int]? {
        func told(_ source: String, _ condition: String, _ arguments: [Value]) throws -> [(String, Int)] {
            try session.all(
                "SELECT state, count(*) FROM (SELECT d.state FROM \(source) WHERE \(condition) LIMIT \(limit + 1)) counted GROUP BY state",
                arguments
            ) { ($0.text(0), Int($0.int(1))) }
        }
        let rows: [(String, Int)]
        if let (read, arguments) = readByPost() {
            let others = try beyondPosts.map { try told($0.source, $0.conditions.joined(separator: " AND "), $0.arguments) } ?? []
            rows = try told("document d", read, arguments) + others
        } else {
            rows = try told(source, conditions.joined(separator: " AND "), arguments)
        }
        return rows.reduce(0) { $0 + $1.1 } > limit ? nil : Dictionary(rows) { $0 + $1 }
    }

    /// What posts read of a whole register, as a condition; `nil` where something else is asked, or no post reads it.
    private func readByPost() -> (condition: String, arguments: [Value])? {
        guard let type, query.verb == .read, query.isWhole else { return nil }
        var arguments: [Value] = [.text(type.name)]
        let read = access.byPost(type) { value in
            arguments.append(value)
            return "$\(arguments.count)"
        }
        return read.map { ("d.type = $1 AND \($0)", arguments) }
    }

    /// What the person comes at in other ways, where there is anything.
    private var beyondPosts: RegisterSearch? {
        if let type, access.readsEverywhere(type) { return nil }
        return RegisterSearch(type: type, query: query, access: access, keys: keys, isBeyondPosts: true)
    }

    /// How many were entered in each month; `nil` where there are more than the limit.
    func months(upTo limit: Int, _ session: any Session) throws -> [String: Int]? {
        let all = conditions.joined(separator: " AND ")
        let created = try session.all("SELECT d.created FROM \(source) WHERE \(all) LIMIT \(limit + 1)", arguments) {
            String(Moment(milliseconds: $0.int(0)).day.description.prefix(7))
        }
        return created.count > limit ? nil : Dictionary(created.map { ($0, 1) }) { $0 + $1 }
    }

    private func count(upTo limit: Int, _ session: any Session) throws -> Int {
        let all = conditions.joined(separator: " AND ")
        return Int(try session.count("SELECT count(*) FROM (SELECT 1 FROM \(source) WHERE \(all) LIMIT \(limit)) counted", arguments))
    }
}

extension RegisterQuery {
    /// What stands on a document is asked for, and an index leads to the few that have it.
    fileprivate var isFoundByValue: Bool { !text.isEmpty || person != nil || hand != nil || equal.contains { !$0.value.isEmpty } }

    /// All of the register is asked for.
    fileprivate var isWhole: Bool {
        !isFoundByValue && states.isEmpty && !onlyOpen && !onlyUnfinished && unit == nil && from == nil && to == nil && due == nil
            && act == nil && acted == nil && below == nil
    }
}

extension FieldKind {
    /// Found by a number.
    fileprivate var isWhole: Bool { isNumber || named != nil }
}
