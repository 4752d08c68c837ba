import Kernel
import WorkCalendar

/// A question to the register of readings as it stands in an address.
struct ReadingsAddress {
    private(set) var query = ReadingQuery()
    private(set) var faults: [Refusal.Fault] = []
    let pairs: [(String, String)]
    let person: String

    static let names = ["document", "number", "person", "from", "to", "purpose", "regulation"]

    static var parameters: [JSONValue] {
        let text = ["number", "purpose", "regulation"].map { OpenAPIParameters.parameter($0, in: "query", OpenAPISchemas.text) }
        let ids = ["document", "person", "after"].map { OpenAPIParameters.parameter($0, in: "query", OpenAPISchemas.id) }
        let day = JSONValue.object([("type", .text("string")), ("format", .text("date"))])
        return text + ids + ["from", "to"].map { OpenAPIParameters.parameter($0, in: "query", day) } + [OpenAPIParameters.limit]
    }

    /// - Parameters:
    ///   - people: among whom a person is looked for by name; none where a program gives the word.
    ///   - regulations: those that there are.
    init(_ form: FormData, _ ids: PublicIDs, _ people: [Option], regulations: [String]) {
        pairs = Self.names.map { ($0, form[$0].trimmingBlanks) }
        let given = Dictionary(uniqueKeysWithValues: pairs)
        person = given["person"] ?? ""
        query.number = String((given["number"] ?? "").prefix(Self.longest))
        query.purpose = String((given["purpose"] ?? "").prefix(Self.longest))
        query.regulation = given["regulation"] ?? ""
        if let word = given["document"], !word.isEmpty { query.document = ids.id(word, .document) }
        // What was passed over would look as if there were none, or no more.
        if !form["after"].isEmpty {
            query.after = ids.read(form["after"], .entry)
            if query.after == nil {
                faults.append(
                    .init(
                        field: "after",
                        Words("after 应为上一页给出的 next", "after must be the next that the page before gave")))
            }
        }
        if !query.regulation.isEmpty, !regulations.contains(query.regulation) {
            faults.append(
                .init(
                    field: "regulation",
                    Words(
                        "没有“\(query.regulation.prefix(20))”这项制度，可用：\(regulations.joined(separator: "、"))",
                        "There is no regulation “\(query.regulation.prefix(20))”; use one of \(regulations.joined(separator: ", "))")))
        }
        if !person.isEmpty {
            if let id = ids.read(person, .person) {
                query.person = PersonID(id)
            } else if let one = TypeAhead.find(person, among: people).option, let id = ids.read(one.value, .person) {
                query.person = PersonID(id)
            } else {
                query.person = .none
                faults.append(
                    .init(
                        field: "person",
                        Words(
                            "没有“\(person.prefix(20))”这个人，或不止一人同名：请核对姓名，或改用登录名",
                            "There is nobody called “\(person.prefix(20))”, or more than one: check the name, or type the log-in name")))
            }
        }
        query.from = day(given["from"] ?? "", "from")
        query.to = day(given["to"] ?? "", "to")
    }

    static let longest = 100

    mutating func limit(_ limit: Int) { query.limit = limit }

    private mutating func day(_ typed: String, _ field: String) -> Day? {
        if typed.isEmpty { return nil }
        if let day = Day(loose: typed) { return day }
        faults.append(
            .init(
                field: field,
                Words("“\(typed.prefix(20))”不是日期，请写成 2026-03-04", "“\(typed.prefix(20))” is not a date; write it like 2026-03-04")))
        return nil
    }

    /// By something else than a number or a document.
    var isNarrowed: Bool { pairs.contains { !$0.1.isEmpty && !["number", "document"].contains($0.0) } }

    var isFiltered: Bool { pairs.contains { !$0.1.isEmpty } }

    subscript(_ name: String) -> String { pairs.first { $0.0 == name }?.1 ?? "" }
}
