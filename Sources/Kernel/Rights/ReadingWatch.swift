import Ledger
import Store
import WorkCalendar

/// Over which documents' readings a person watches: those of the regulations in which the person holds a supervising post, or one that is
/// named for it, where they belong, up to the own clearance. It is a right of its own, for the article's sake: whoever watches sees who
/// read and what for, and opens nothing by it.
struct ReadingWatch {
    let clearance: Level
    /// The scopes, by regulation.
    let scopes: [String: [UnitID]]
    private let types: [String: String]
    private let organisation: Organisation

    init(_ person: PersonID, _ organisation: Organisation, _ catalogue: Catalogue, at now: Moment) {
        self.organisation = organisation
        clearance = organisation.people[person]?.clearance ?? .public
        let isActive = organisation.people[person]?.isActive == true
        let holdings = isActive ? organisation.holdings(of: person, on: now.day) : []
        var scopes: [String: [UnitID]] = [:]
        for contents in catalogue.contents where contents.readings != nil {
            let posts = Set((contents.supervisors + contents.posts.filter(\.isSupervising)).map(\.id))
            let units = Set(holdings.filter { posts.contains($0.post) }.flatMap { organisation.lineage($0.unit) })
            if !units.isEmpty { scopes[contents.regulation.id] = units.sorted { $0.raw < $1.raw } }
        }
        self.scopes = scopes
        types = Dictionary(catalogue.types.map { ($0.name, $0.regulation.id) }) { first, _ in first }
    }

    var isEmpty: Bool { scopes.isEmpty }

    func covers(_ record: Record) -> Bool {
        record.level <= clearance && types[record.type].flatMap { scopes[$0] }?.contains(record.scope) == true
    }

    /// Of an entry that is about a whole register: whose it was, and where whoever took it is.
    /// - Parameter asked: of this regulation alone.
    func mayKnow(_ entry: Entry, of asked: String) -> Bool {
        if entry.document != 0 { return true }
        guard let regulation = types[entry.documentType], asked.isEmpty || asked == regulation, let watched = scopes[regulation] else {
            return false
        }
        let day = Moment(milliseconds: entry.at).day
        return organisation.holdings(of: PersonID(entry.person), on: day).contains { held in
            // Another house below the same one above has registers of its own.
            organisation.adopter(of: regulation, for: held.unit, on: day).map(watched.contains) == true
        }
    }

    /// As a condition on `entry e` beside `document d`.
    /// - Parameter regulation: of this one alone.
    func condition(_ regulation: String, _ bind: (Value) -> String) -> String {
        let watched = scopes.filter { regulation.isEmpty || $0.key == regulation }.sorted { $0.key < $1.key }
        let level = bind(.int(Int64(clearance.rawValue)))
        let ways = watched.compactMap { regulation, units -> String? in
            let names = types.filter { $0.value == regulation }.map(\.key).sorted().map { bind(.text($0)) }.joined(separator: ", ")
            if names.isEmpty { return nil }
            return "(d.type IN (\(names)) AND d.scope IN (\(units.map { bind(.int($0.raw)) }.joined(separator: ", "))))"
        }
        return ways.isEmpty ? "1 = 0" : "(e.document = 0 OR (d.level <= \(level) AND (\(ways.joined(separator: " OR ")))))"
    }
}

/// The SQL of one question to the register of readings, the newest first.
struct ReadingSearch {
    private var values: [Value] = []
    private let conditions: String
    private let ofPerson: String
    private let document: String
    /// Of what kind an entry is, as it is asked.
    private let kind: String

    init(_ query: ReadingQuery, _ watch: ReadingWatch, _ catalogue: Catalogue, _ keys: IndexKeys) {
        var values: [Value] = [.blob([Entry.Kind.read.rawValue]), .blob([Entry.Kind.export.rawValue]), .int(Int64.max)]
        func bind(_ value: Value) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        var conditions = ["e.person <> 0", watch.condition(query.regulation, bind)]
        if let from = query.from { conditions.append("e.id >= \(bind(.int(IDGenerator.first(at: .startOfDay(from)))))") }
        if let to = query.to { conditions.append("e.id < \(bind(.int(IDGenerator.first(at: .endOfDay(to)))))") }
        ofPerson = query.person.map { " AND e.person = \(bind(.int($0.raw)))" } ?? ""
        if !query.number.isEmpty { conditions.append("e.document IN (\(Self.numbered(query.number, watch, catalogue, keys, bind)))") }
        document = query.document.map { " AND e.document = \(bind(.int($0)))" } ?? ""
        let isOfSome = query.document != nil || !query.number.isEmpty
        if isOfSome { conditions.append("e.document <> 0") }
        // Of some documents there are few readings, along the index of their entries. Spelt otherwise than its own index has it, the kind
        // is no reason for SQLite to walk all readings that there ever were. A person's are walked along their own.
        kind = isOfSome && query.person == nil ? "substr(e.body, 1 + 1, 1)" : "\(Entry.isNoAct("e.")) AND substr(e.body, 2, 1)"
        (self.values, self.conditions) = (values, conditions.joined(separator: " AND "))
    }

    /// The documents of this number, or of this number of whom they are about.
    private static func numbered(
        _ number: String, _ watch: ReadingWatch, _ catalogue: Catalogue, _ keys: IndexKeys, _ bind: (Value) -> String
    ) -> String {
        let types = catalogue.types.filter { watch.scopes[$0.regulation.id] != nil }
        let names = types.map { bind(.text($0.name)) }.joined(separator: ", ")
        let scopes = Set(watch.scopes.values.joined()).sorted { $0.raw < $1.raw }.map { bind(.int($0.raw)) }.joined(separator: ", ")
        let lookups = types.flatMap { type in
            type.fields.compactMap { field -> String? in
                guard field.isIndexed, !field.isSealed, case .text = field.kind, let lookup = IndexKey.lookup(.text(number), field, keys)
                else { return nil }
                return bind(.int(lookup.key))
            }
        }
        let numbered =
            "SELECT n.id FROM document n WHERE n.type IN (\(names)) AND n.scope IN (\(scopes)) AND n.number = \(bind(.text(number)))"
        return lookups.isEmpty
            ? numbered : "\(numbered) UNION ALL SELECT k.document FROM lookup k WHERE k.key IN (\(lookups.joined(separator: ", ")))"
    }

    func arguments(after: Int64?) -> [Value] {
        var values = values
        values[2] = .int(after ?? Int64.max)
        return values
    }

    /// Each kind of reading is walked along an index, and the two are merged.
    func page(limit: Int) -> String {
        let parts = [1, 2].map { part in
            """
            SELECT * FROM (SELECT e.body AS body, e.id AS id FROM entry e LEFT JOIN document d ON d.id = e.document
            WHERE \(kind) = $\(part) AND e.id < $3\(ofPerson)\(document) AND \(conditions)
            ORDER BY e.id DESC LIMIT \(limit)) part\(part)
            """
        }
        return "SELECT body, id FROM (\(parts.joined(separator: " UNION ALL "))) readings ORDER BY id DESC LIMIT \(limit)"
    }
}
