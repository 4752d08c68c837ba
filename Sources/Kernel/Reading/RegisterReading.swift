import Ledger
import Store
import Vault
import WorkCalendar

/// 登记簿: the lists of documents, each through the access rule inside its query.
extension Desk {
    package func register(_ type: String, _ query: RegisterQuery, by person: PersonID) async throws -> RegisterPage {
        guard let described = catalogue.type(type) else { throw DeskError.absent }
        return try await page(described, query, by: person)
    }

    /// Over all types.
    package func search(_ text: String, by person: PersonID, limit: Int = 50) async throws -> RegisterPage {
        var query = RegisterQuery()
        query.text = text
        query.limit = limit
        return try await page(nil, query, by: person)
    }

    /// What a person holds, of all types.
    package func held(by person: PersonID, after: Int64? = nil) async throws -> RegisterPage {
        var query = RegisterQuery()
        (query.person, query.after) = (person, after)
        return try await page(nil, query, by: person)
    }

    /// Documents that a reference field can name.
    package func choices(of type: String, matching text: String, by person: PersonID) async throws -> [(id: Int64, title: String)] {
        var query = RegisterQuery()
        query.text = text
        query.limit = 50
        // What was taken back is not referred to any more.
        query.states = Set(catalogue.type(type)?.states.map(\.name) ?? [])
        return try await register(type, query, by: person).rows.map { row in
            // A number alone says little to who has to choose.
            let whose = catalogue.type(type)?.whose(row.values) ?? ""
            let name = [row.title, row.number ?? "", whose].filter { !$0.isEmpty }.joined(separator: " ")
            let title = catalogue.type(type)?.title ?? Words(type, type)
            return (row.id, name.isEmpty ? "\(title.zh) \(title.en) \(row.created.day)" : name)
        }
    }

    /// Every row that the query finds, in pages, for a file. The export stands in the ledger.
    package func export(
        _ type: String, _ query: RegisterQuery, by person: PersonID, request: RequestKey? = nil,
        row: @escaping @Sendable (DocumentRow, [Int64: Words]) throws -> Void
    ) async throws {
        guard catalogue.type(type) != nil else { throw DeskError.absent }
        let now = clock.now()
        let purpose = query.purpose
        try await once(Principal(person, request: request), at: now) { [self] session in
            try enter(.export, nil, type: type, principal: Principal(person), step: "export", purpose: purpose, at: now, session)
            return ((), id: 0)
        } again: { _, _ in }
        var query = query
        query.limit = 500
        repeat {
            let page = try await register(type, query, by: person)
            for found in page.rows { try row(found, page.names) }
            query.after = page.next
        } while query.after != nil
    }

    private func page(_ type: DocumentType?, _ query: RegisterQuery, by person: PersonID) async throws -> RegisterPage {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let access = Access(person: person, organisation: organisation, catalogue: catalogue, now: now)
            let search = RegisterSearch(type: type, query: query, access: access, keys: keys)
            let limit = max(1, min(query.limit, 500))
            let records = try session.all(search.page(limit: limit + 1), search.arguments) { Record($0) }
            let isCounted = query.isCounted && query.after == nil
            let counting = search.counting(upTo: RegisterPage.countLimit + 1)
            let total = isCounted ? Int(try session.count(counting, search.arguments)) : 0
            let rows = RowPresenter(desk: self, session: session, organisation: organisation)
            let page = records.prefix(limit).prefix(bytes: RegisterPage.mostBytes)
            let shown = try rows.rows(Array(page))
            return RegisterPage(
                rows: shown, total: total, next: records.count > page.count ? shown.last?.id : nil,
                names: try rows.names(shown, for: access))
        }
    }
}

extension ArraySlice<Record> {
    /// So many from the first as hold so many bytes together, and one at least.
    fileprivate func prefix(bytes most: Int) -> ArraySlice<Record> {
        var bytes = 0
        let end = indices.first { index in
            bytes += self[index].body.utf8.count + self[index].sealed.count
            return bytes > most && index > startIndex
        }
        return self[..<(end ?? endIndex)]
    }
}

extension RegisterQuery {
    /// What the ledger keeps of an export's question: no value, only what was asked by.
    var purpose: String {
        var asked = states.sorted()
        if onlyOpen { asked.append("open") }
        if from != nil || to != nil { asked.append("\(from?.description ?? "")..\(to?.description ?? "")") }
        asked += equal.keys.sorted()
        if !text.isEmpty { asked.append("text") }
        return asked.joined(separator: " ")
    }
}

/// The SQL of one question to the registers.
struct RegisterSearch {
    private(set) var arguments: [Value] = []
    private var conditions: [String] = []
    private let descending: Bool

    init(type: DocumentType?, query: RegisterQuery, access: Access, keys: KeyRing) {
        descending = query.sort == .newest
        if let type { conditions.append("d.type = \(bind(.text(type.name)))") }
        let (rule, values) = access.condition(type: type?.name, startingAt: arguments.count + 1)
        arguments += values
        conditions.append(rule)
        var states = query.states
        if query.onlyOpen { states.formUnion(type?.states.filter { $0.tone == .open }.map(\.name) ?? []) }
        if !states.isEmpty { conditions.append("d.state IN (\(states.sorted().map { bind(.text($0)) }.joined(separator: ", ")))") }
        if let unit = query.unit {
            // A unit that there is not has no documents.
            let path = access.organisation.units[unit]?.path ?? "-"
            let lower = bind(.text(path)), upper = bind(.text(path + "~"))
            conditions.append("d.unit IN (SELECT u.id FROM unit u WHERE u.path >= \(lower) AND u.path < \(upper))")
        }
        if let person = query.person { conditions.append("d.holder = \(bind(.int(person.raw))) AND d.holder <> 0") }
        if let from = query.from { conditions.append("d.created >= \(bind(.int(Moment.startOfDay(from).milliseconds)))") }
        if let to = query.to { conditions.append("d.created < \(bind(.int(Moment.endOfDay(to).milliseconds)))") }
        if let after = query.after { conditions.append("d.id \(descending ? "<" : ">") \(bind(.int(after)))") }
        for grams in SearchText.question(query.text) {
            let documents = SearchIndex.documents(withOneOf: grams.map { SearchText.key($0, keys.blindIndex) }) { bind($0) }
            conditions.append("d.id IN (\(documents))")
        }
        for (key, text) in query.equal.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
            conditions.append(equality(key, text, type, keys))
        }
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
        SELECT \(Record.joinedColumns) FROM document d WHERE \(conditions.joined(separator: " AND "))
        ORDER BY d.id \(descending ? "DESC" : "ASC") LIMIT \(limit)
        """
    }

    func counting(upTo limit: Int) -> String {
        "SELECT count(*) FROM (SELECT 1 FROM document d WHERE \(conditions.joined(separator: " AND ")) LIMIT \(limit)) counted"
    }
}

extension FieldKind {
    /// Found by a number.
    fileprivate var isWhole: Bool { isNumber || named != nil }
}
