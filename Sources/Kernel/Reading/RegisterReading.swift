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

    /// Over all types. A word that a thousand documents have is too little to find one by: more are not counted.
    /// - Parameter isCounted: whether it is wanted how many there are.
    package func search(_ text: String, by person: PersonID, limit: Int = 50, isCounted: Bool = true) async throws -> RegisterPage {
        var query = RegisterQuery()
        (query.text, query.limit, query.isCounted, query.mostCounted) = (text, limit, isCounted, 1000)
        return try await page(nil, query, by: person)
    }

    /// What a person started, holds or took a step on, of all types, the newest first: what was handed on is looked for here too.
    package func handled(by person: PersonID, after: Int64? = nil, limit: Int = 50, isCounted: Bool = true) async throws -> RegisterPage {
        var query = RegisterQuery()
        (query.hand, query.after, query.limit, query.isCounted) = (person, after, limit, isCounted)
        return try await page(nil, query, by: person)
    }

    /// Documents that a reference field can name, each by what tells it from others of its kind.
    package func choices(of type: String, matching text: String, by person: PersonID) async throws -> [(id: Int64, title: Words)] {
        var query = RegisterQuery()
        query.text = text
        query.limit = 50
        let described = catalogue.type(type)
        // What was taken back is not referred to any more.
        query.states = Set(described?.states.map(\.name) ?? [])
        let page = try await register(type, query, by: person)
        return page.rows.map { row in
            // A number alone says little to who has to choose.
            let whose = described?.whose(row.values) ?? "", isCalled = !row.title.isEmpty || !whose.isEmpty
            let about = isCalled ? [] : described?.summary(of: row.values, page.names) ?? []
            let names = [row.title, row.number ?? "", whose].filter { !$0.isEmpty }.map { Words($0, $0) } + about
            let kind = described?.title ?? Words(type, type), day = row.created.day.description
            let parts = names.isEmpty ? [kind, Words(day, day)] : names
            return (row.id, Words(parts.map(\.zh).joined(separator: " "), parts.map(\.en).joined(separator: " ")))
        }
    }

    /// Every row that the query finds, in pages, for a file. The export stands in the ledger before this returns, and nothing is handed out
    /// before that.
    /// - Parameter manifest: asked once all rows are there: how many they are, and by what the file is known again. It stands in the entry.
    package func export(
        _ type: String, _ query: RegisterQuery, by person: PersonID, request: RequestKey? = nil, manifest: ExportManifest? = nil,
        row: @escaping @Sendable (DocumentRow, [Int64: Words]) throws -> Void
    ) async throws {
        guard catalogue.type(type) != nil else { throw DeskError.absent }
        var pages = query
        (pages.limit, pages.verb) = (500, .export)
        repeat {
            let page = try await register(type, pages, by: person)
            for found in page.rows { try row(found, page.names) }
            pages.after = page.next
        } while pages.after != nil
        let now = clock.now()
        let purpose = [query.purpose, try manifest?.make() ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        try await once(Principal(person, request: request), at: now) { [self] session in
            try enter(.export, nil, type: type, principal: Principal(person), step: "export", purpose: purpose, at: now, session)
            return ((), id: 0)
        } again: { _, _ in
        }
    }

    /// - Parameter total: how many the query finds, where they were counted.
    private func states(
        _ type: DocumentType?, _ query: RegisterQuery, total: Int?, _ access: Access, _ session: any Session
    ) throws -> [String: Int]? {
        var asked = query
        (asked.states, asked.onlyOpen, asked.onlyUnfinished, asked.after) = ([], false, false, nil)
        let search = RegisterSearch(type: type, query: asked, access: access, keys: keys)
        // Counting is a walk along an index; telling states apart opens each row.
        let isFiltered = !query.states.isEmpty || query.onlyOpen || query.onlyUnfinished
        let counted = isFiltered ? nil : total
        guard try (counted ?? search.counting(upTo: RegisterPage.countLimit + 1, session)) <= RegisterPage.countLimit else { return nil }
        return try search.states(upTo: RegisterPage.countLimit, session)
    }

    private func page(_ type: DocumentType?, _ query: RegisterQuery, by person: PersonID) async throws -> RegisterPage {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let access = self.access(of: person, organisation, at: now)
            let search = RegisterSearch(type: type, query: query, access: access, keys: keys)
            let limit = max(1, min(query.limit, 500))
            let records = try session.all(search.page(limit: limit + 1), search.arguments) { Record($0) }
            let isCounted = query.isCounted && query.after == nil
            let total = isCounted ? try search.counting(upTo: query.mostCounted + 1, session) : 0
            let rows = RowPresenter(desk: self, session: session, organisation: organisation)
            let page = records.prefix(limit).prefix(bytes: RegisterPage.mostBytes)
            // A list is a catalogue; what leaves by another verb stands in the ledger, document by document.
            let shown = try rows.rows(Array(page), isWhole: query.verb != .read)
            var answer = RegisterPage(
                rows: shown, total: total, next: records.count > page.count ? shown.last?.id : nil,
                names: try rows.names(shown, for: access))
            answer.mostCounted = query.mostCounted
            if query.areStatesCounted { answer.states = try states(type, query, total: isCounted ? total : nil, access, session) }
            if query.areMonthsCounted { answer.months = try search.months(upTo: RegisterPage.countLimit, session) }
            return answer
        }
    }
}

/// What an exported file is known by, once it is whole.
package struct ExportManifest: Sendable {
    let make: @Sendable () throws -> String

    package init(_ make: @escaping @Sendable () throws -> String) { self.make = make }

    /// As the entry has it, in the program's own codes.
    package static func line(rows: Int, digest: String) -> String { "rows=\(rows) sha256=\(digest)" }
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
        if let act { asked.append("act=\(act)") }
        if let acted { asked.append("acted=\(acted)") }
        if onlyOpen { asked.append("open") }
        if onlyUnfinished { asked.append("unfinished") }
        if from != nil || to != nil { asked.append("\(from?.description ?? "")..\(to?.description ?? "")") }
        asked += equal.keys.sorted()
        if !text.isEmpty { asked.append("text") }
        return asked.joined(separator: " ")
    }
}
