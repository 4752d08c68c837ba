/// A named move from one state to another, under the articles that it carries out.
package struct Step<D: Document>: Sendable {
    package typealias Rules = @Sendable (inout D, Act) throws -> Void
    package typealias Checks = @Sendable (D, Checking<D>) throws -> Void
    package let name: String
    package let title: Words
    /// Empty for the step that creates the document.
    package let from: [D.State]
    /// `nil` where the document stays as it is.
    package let to: D.State?
    package let by: Who
    /// Steps whose taker may not take this one, not as a delegate either: who asked cannot approve.
    package let notBy: [String]
    /// How many people each take it before the document moves on.
    package let takers: Int
    /// Of which documents, as they stand, the step is a part: where the way depends on what a document says. On others it is neither
    /// offered nor waited for.
    package let when: (@Sendable (Found<D>) -> Bool)?
    /// The fields that this step takes, in the order in which they are asked for.
    package let fields: [String]
    package let articles: [Article]
    /// Nobody waits for it: it makes no task.
    package let isOptional: Bool
    /// What is asked for may be left empty: the rules judge it (a draft that may be incomplete).
    package let allowsBlanks: Bool
    /// What it did stands in the world: a file has left the house. Nobody sends the document back
    /// behind it or withdraws it; another step ends it.
    package let isIrrevocable: Bool
    /// It is a signature: whoever takes it gives the password (unless just given), a program needs a token that may sign.
    package let signs: Bool
    /// Also taken while the document is under legal hold: it changes where the document lies, not what it says.
    package let evenHeld: Bool
    package let rules: Rules
    /// What is asked of its fields before the rules.
    private(set) var checks: Checks?
    /// A report: it is taken also while nobody is there to deal with it.
    private(set) var isReport = false
    /// A wrong answer to it is counted, and so many are the end.
    private(set) var countsTries = false
    /// What is to be done, where the title says what came of it.
    private(set) var taskTitle: Words?

    /// - Parameters:
    ///   - from: the states that the document may be in; none for the step that creates it.
    ///   - asks: the fields that it takes; all fields for the step that creates the document unless said otherwise.
    ///   - takers: how many people each take it; with `by: .each(…)` all of them do.
    ///   - when: what a document says for the step to be on its way; it is asked often, and asks nothing else.
    ///   - rules: run top to bottom; the first `require` that fails is the refusal.
    package init(
        _ name: String, _ zh: String, _ en: String, from: D.State..., to: D.State?, by: Who, notBy: Step<D>...,
        takers: Int = 1, when: (@Sendable (Found<D>) -> Bool)? = nil, under articles: Article..., fields: [PartialKeyPath<D>]? = nil,
        isOptional: Bool = false, allowsBlanks: Bool = false, isIrrevocable: Bool = false,
        signs: Bool = false, evenHeld: Bool = false, rules: @escaping Rules = { _, _ in }
    ) {
        self.name = name
        title = Words(zh, en)
        self.from = from
        self.to = to
        self.by = by
        self.notBy = notBy.map(\.name)
        self.takers = takers
        self.when = when
        self.articles = articles
        self.isOptional = isOptional
        self.allowsBlanks = allowsBlanks
        self.isIrrevocable = isIrrevocable
        self.signs = signs
        self.evenHeld = evenHeld
        self.fields = fields?.map(\.name) ?? (from.isEmpty ? D.form.fields.map(\.key) : [])
        self.rules = rules
    }

    /// With what is asked of its fields, all of it at once; other fields may be at fault then, and are as they were before.
    package func checking(_ checks: @escaping Checks) -> Step {
        var step = self
        step.checks = checks
        return step
    }

    /// It hands in a report, which is not turned away where nobody could deal with it yet: it waits.
    package func reporting() -> Step {
        var step = self
        step.isReport = true
        return step
    }

    /// It compares an answer with what is kept, and what is wrong counts. Nobody is told beforehand what would become of it: where nothing
    /// stands nothing is counted, and whoever may ask as often as he likes finds the answer.
    package func countingTries() -> Step {
        var step = self
        step.countsTries = true
        return step
    }

    /// What it is called where it waits for somebody: a list says what is to be done, and not that it is done already.
    package func task(_ zh: String, _ en: String) -> Step {
        var step = self
        step.taskTitle = Words(zh, en)
        return step
    }

    /// Whether several people each take it.
    var isShared: Bool { takers > 1 || by.isEach }

    /// `when` of what is kept; `nil` where the step is on every document's way.
    var condition: (@Sendable (Record, Body) throws -> Bool)? {
        guard when != nil else { return nil }
        return { record, body in isOnWay(of: record, try body.read(D.self, record)) }
    }

    /// Whether the step is on the way of this document.
    func isOnWay(of record: Record, _ document: D) -> Bool {
        guard let when else { return true }
        return when(Found(id: ID(record.id), state: D.State(rawValue: record.state), value: document, record: record))
    }
}

extension Document {
    /// The names of the steps that are not on this document's way.
    static func bypassed(by record: Record, _ document: Self) -> [String] {
        steps.filter { !$0.isOnWay(of: record, document) }.map(\.name)
    }
}
