/// All regulations of the program and what can be looked up in them by name. Made once at the start; a mistake in
/// a table stops the program then.
package struct Catalogue: Sendable {
    package let contents: [RegulationContents]
    package let types: [DocumentType]
    private let typesByName: [String: DocumentType]
    private let articlesByKey: [String: ArticleText]
    package let posts: [String: Post]

    package init(_ contents: [RegulationContents]) {
        self.contents = contents
        types = Self.types(contents)
        let mistakes = CatalogueCheck(contents, types).mistakes
        precondition(mistakes.isEmpty, mistakes.joined(separator: "\n"))
        typesByName = Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) })
        var articles: [String: ArticleText] = [:]
        for contents in contents {
            for article in contents.articles { articles[contents.regulation[article.ref].key] = article }
        }
        articlesByKey = articles
        posts = Dictionary((contents.flatMap(\.posts) + [Post.head, .staff]).map { ($0.id, $0) }) { first, _ in first }
    }

    private static func types(_ contents: [RegulationContents]) -> [DocumentType] {
        contents.flatMap { contents in
            contents.documents.map { DocumentType.describing($0, in: contents.regulation, contents.findings) }
        }
    }

    /// What is wrong with tables, a sentence each; with any, the program does not start.
    package static func mistakes(in contents: [RegulationContents]) -> [String] { CatalogueCheck(contents, types(contents)).mistakes }

    /// Those that have articles; what they have in common stands beside them in `contents`.
    package var regulations: [RegulationContents] { contents.filter { $0.regulation != .practices } }
    /// For which articles a document type is a practice.
    func practices(of type: String) -> [Practice] { contents.flatMap(\.practices).filter { $0.types.contains(type) } }

    package func type(_ name: String) -> DocumentType? { typesByName[name] }
    package func regulation(_ id: String) -> RegulationContents? { contents.first { $0.regulation.id == id } }
    /// Under which article personal data of a type is read.
    func readings(_ type: String) -> Article? { self.type(type).flatMap { regulation($0.regulation.id)?.readings } }
    /// From what to what a number that an article sets may be changed.
    package func bounds(of parameter: String, in regulation: String) -> ClosedRange<Int>? {
        self.regulation(regulation)?.articles.lazy.compactMap { $0.bounds(of: parameter) }.first
    }

    package func text(of article: Article) -> ArticleText? { articlesByKey[article.key] }
}

/// A document type, seen from outside: what pages, API, command line and charter need to know.
package final class DocumentType: Sendable {
    package struct State: Sendable {
        package let name: String
        package let words: Words
        package let tone: StateWords.Tone
    }

    package struct Step: Sendable {
        package let name: String
        package let title: Words
        /// What it is called where it waits for somebody.
        package let task: Words
        package let from: [String]
        package let to: String?
        package let by: Who
        package let notBy: [String]
        package let fields: [String]
        package let articles: [Article]
        package let isOptional: Bool
        package let allowsBlanks: Bool
        package let isIrrevocable: Bool
        package let signs: Bool
        /// It hands in a report, which is not turned away.
        let isReport: Bool
        /// A wrong answer to it is counted, and so many are the end.
        package let countsTries: Bool
        /// How many people each take it; with `.each` all whom the document names.
        let takers: Int
        /// Whether several people each take it.
        package var isShared: Bool { takers > 1 || by.isEach }
        /// Whether it is on the way of a document; `nil` where it is on every one's.
        let when: (@Sendable (Record, Body) throws -> Bool)?
        package var creates: Bool { from.isEmpty }

        fileprivate init(of step: Kernel.Step<some Document>) {
            name = step.name
            title = step.title
            task = step.taskTitle ?? step.title
            from = step.from.map(\.rawValue)
            to = step.to?.rawValue
            by = step.by
            notBy = step.notBy
            fields = step.fields
            articles = step.articles
            isOptional = step.isOptional
            allowsBlanks = step.allowsBlanks
            isIrrevocable = step.isIrrevocable
            signs = step.signs
            isReport = step.isReport
            countsTries = step.countsTries
            takers = step.takers
            when = step.condition
        }
    }

    package let swiftType: any Document.Type
    package let name: String
    package let regulation: Regulation
    package let title: Words
    package let number: String?
    package let states: [State]
    package let readers: [Who]
    package let level: Level
    package let reserved: Reservation?
    package let fields: [FieldDescription]
    package let steps: [Step]
    package let deadlines: [Deadline]
    package let findings: [Finding]
    /// The keys of the fields that a row of a list says in a line.
    package let summary: [String]
    /// Numbers that a new document has before anybody fills them in, by the keys of their fields: one copy, three days.
    package let given: [String: Int64]
    /// The places of the fields that name something else.
    let naming: [Int]
    /// The places of the fields that hold files, in lines too.
    let fileFields: [Int]
    /// Some step is on the way of some documents only.
    let hasConditions: Bool
    /// Its content has a key of its own.
    package let isDestructible: Bool
    private let stepsByState: [String: [Step]]

    /// - Parameter findings: those of the regulation; the type keeps its own.
    static func describing<D: Document>(_ type: D.Type, in regulation: Regulation, _ findings: [Finding]) -> DocumentType {
        DocumentType(of: type, in: regulation, findings)
    }

    private init<D: Document>(of type: D.Type, in regulation: Regulation, _ findings: [Finding]) {
        let form = D.form
        swiftType = type
        name = D.name
        self.regulation = regulation
        title = form.title
        number = form.number
        states = D.State.allCases.map { State(name: $0.rawValue, words: form.states[$0]!.words, tone: form.states[$0]!.tone) }
        readers = form.readers
        level = form.level
        reserved = form.reserved
        fields = form.fields.map { FieldDescription($0, in: D.name, isAllSealed: form.isDestructible) }
        isDestructible = form.isDestructible
        given = Dictionary(
            uniqueKeysWithValues: zip(fields, D().values).compactMap { field, value in
                guard case .whole = field.kind, let number = value.whole, number > 0 else { return nil }
                return (field.key, number)
            })
        naming = form.fields.indices.filter { form.fields[$0].kind.names }
        fileFields = form.fields.indices.filter { form.fields[$0].kind.holdsFiles }
        steps = D.steps.map(Step.init(of:))
        deadlines = D.deadlines
        summary =
            D.summary.isEmpty ? Self.standardSummary(fields) : D.summary.map(\.name)
        let steps = steps
        hasConditions = steps.contains { $0.when != nil }
        stepsByState = Dictionary(uniqueKeysWithValues: states.map { state in (state.name, steps.filter { $0.from.contains(state.name) }) })
        self.findings = findings.filter { $0.type == D.name }
    }

    package func state(_ name: String) -> State? { states.first { $0.name == name } }
    package func step(_ name: String) -> Step? { steps.first { $0.name == name } }
    package func field(_ key: String) -> FieldDescription? { fields.first { $0.key == key } }
    /// The steps that a person may take to create one, the usual one first.
    package var openings: [Step] { steps.filter { $0.creates && $0.by != .system } }
    /// The usual one; documents that only the system creates have none.
    package var opening: Step? { steps.first { $0.creates && $0.by != .system } }
    /// The step by which this state binds, if one does.
    package func binding(_ state: String) -> Step? { steps.first { $0.isIrrevocable && $0.to == state } }
    package func steps(from state: String) -> [Step] { stepsByState[state] ?? [] }
    /// How a series of numbers is kept: by the type, and by the word where it is not the type's own.
    func series(_ word: String) -> String { word == number ? name : "\(name) \(word)" }
    /// The steps from its state that are on the way of this document.
    func steps(of record: Record, _ body: Body) throws -> [Step] {
        try steps(from: record.state).filter { try $0.when?(record, body) ?? true }
    }
    /// The names of the steps that are not on its way.
    func bypassed(by record: Record, _ body: Body) throws -> Set<String> {
        Set(try steps.filter { try !($0.when?(record, body) ?? true) }.map(\.name))
    }
}
