import Kernel

/// How far a count has come, place by place.
package struct StocktakeCount: Sendable {
    package struct Thing: Sendable, Hashable {
        package let number: String, what: String
        package let keeper: PersonID
        package let isSeen: Bool
    }

    private let books: [JSONValue]
    private let seen: [String: Set<String>]

    package init(_ view: DocumentView) {
        self.init(books: view.row.values["books"]?.list ?? [], scans: view.row.values["scans"]?.list ?? [])
    }

    package init(books: [JSONValue], scans: [JSONValue]) {
        self.books = books
        seen = scans.reduce(into: [:]) { $0[$1["place"].text ?? "", default: []].insert(PlainText.code($1["number"].text ?? "")) }
    }

    /// Of the ledger, and those besides where something was seen.
    package var places: [String] { Array(Set(books.compactMap { $0["place"].text }).union(seen.keys)).filter { !$0.isEmpty }.sorted() }

    package func things(at place: String) -> [Thing] {
        books.filter { $0["place"].text == place }.map { line in
            let number = line["number"].text ?? ""
            return Thing(
                number: number, what: line["what"].text ?? "", keeper: PersonID(line["keeper"].whole ?? 0),
                isSeen: seen[place]?.contains(PlainText.code(number)) ?? false)
        }.sorted { ($0.isSeen ? 1 : 0, $0.number) < ($1.isSeen ? 1 : 0, $1.number) }
    }

    /// What was seen at a place that the ledger has elsewhere, or not at all.
    package func others(at place: String) -> [String] {
        let own = Set(books.filter { $0["place"].text == place }.map { PlainText.code($0["number"].text ?? "") })
        return (seen[place] ?? []).subtracting(own).sorted()
    }

    package func progress(at place: String) -> (seen: Int, all: Int) {
        let things = things(at: place)
        return (things.count { $0.isSeen }, things.count)
    }
}
