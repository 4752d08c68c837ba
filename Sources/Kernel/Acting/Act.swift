import Ledger
import Store
import WorkCalendar

/// One step being taken: one person, one moment, one transaction. All that a rule may ask or do goes through here.
package final class Act: Inquiry {
    package let principal: Principal
    /// Through which post the step is taken, as the id of its holding.
    let post: Int64
    /// The document that the step is taken on, as it stood before.
    package internal(set) var record: Record
    /// The articles of the step; the first is the one that a refusal names.
    package let articles: [Article]
    let type: DocumentType
    /// Whether others take the step too.
    var isShared = false
    /// Whether the document moves on with this taking of the step; not so where others have yet to take it.
    package internal(set) var isLast = true
    var started: [StartedClock] = []
    var met: [MetClock] = []
    var dropped: [Deadline] = []
    var notices: [(who: Who, words: Words)] = []
    var told: [[Value]] = []
    /// Rows of `grantInsertion`.
    var granted: [[Value]] = []
    /// Rows of `LegalHold.insertion`, and what `LegalHold.release` takes.
    var holds: [[Value]] = []
    var released: [[Value]] = []
    /// Of rows that the ledger states by themselves.
    var stated: [RowStatement] = []
    /// In whose series the document gets its number with this step.
    var numberWord: String?
    /// Of which year the number is; that of today where it is not said.
    var numberYear: Int?
    var draftRefusal: (faults: [Refusal.Fault], state: String)?

    init(_ transaction: Transaction, principal: Principal, through post: Int64, record: Record, type: DocumentType, articles: [Article]) {
        self.principal = principal
        self.post = post
        self.record = record
        self.articles = articles
        self.type = type
        super.init(transaction, within: record.scope, for: record.id)
    }

    /// Who acts, in whose name ever; nobody for the system.
    package var person: PersonID { principal.person }
    package var requester: PersonID { record.creator }

    // MARK: Refusing

    /// Refuses the step under its own article, or under `article`, unless `holds`.
    package func require(_ holds: Bool, _ zh: @autoclosure () -> String, _ en: @autoclosure () -> String, under article: Article? = nil)
        throws
    {
        guard holds else { throw Refusal(article: article ?? articles.first, words: Words(zh(), en())) }
    }

    /// Refuses with every fault named, if there is any.
    package func refuse(_ faults: [Refusal.Fault]) throws {
        if !faults.isEmpty { throw Refusal(of: faults, under: articles.first) }
    }

    /// Refuses, and yet keeps what was handed in, in another state than the step leads to: nothing a customer told is lost.
    package func keepAsDraft<S: RawRepresentable<String>>(_ faults: [Refusal.Fault], in state: S) {
        draftRefusal = (faults, state.rawValue)
    }

    // MARK: What follows from a step

    /// Gives the document its number with this step, in a series of its own: a letter gets its number when it is signed. One that has a
    /// number keeps it, and without a word there is none to give.
    /// - Parameter year: the year of the document's own date, where that is not today's.
    package func number(_ word: String, year: Int? = nil) { (numberWord, numberYear) = (word.isEmpty ? nil : word, year) }

    /// Creates another document by one of its steps, in the system's name, in this document's unit and scope. Nobody holds it unless it is
    /// said.
    @discardableResult
    package func create<D: Document>(
        _ document: D, by step: Step<D>, in unit: UnitID? = nil, heldBy holder: PersonID = .none
    ) throws -> ID<D> {
        // Another regulation is adopted by its own units.
        let isOfSameRegulation = transaction.desk.catalogue.type(D.name)?.regulation.id == type.regulation.id
        let outcome = try transaction.take(
            D.self, step.name, on: nil, principal: .system, place: (unit ?? record.unit, holder),
            within: isOfSameRegulation ? record.scope : nil
        ) { $0 = document }
        return ID(outcome.record.id)
    }

    /// Takes a step of another document of the same scope, in the system's name.
    package func take<D: Document>(_ step: Step<D>, on id: ID<D>, change: (inout D) throws -> Void = { _ in }) throws {
        _ = try transaction.take(D.self, step.name, on: id.raw, principal: .system, place: nil, within: record.scope, change)
    }

    /// Tells people in their notices.
    package func notify(_ people: [PersonID], _ zh: String, _ en: String) {
        for person in Set(people) where !person.isNone && person != principal.person {
            told.append(transaction.notice(to: person, Words(zh, en), about: record.id))
        }
    }

    /// Whoever asked hears what became of it: the first decision on the document, and its end.
    func tellRequester<D: Document>(of step: Step<D>, from: String, _ record: Record, _ type: DocumentType) {
        guard from != record.state, let state = type.state(record.state) else { return }
        let isFirst = type.steps.contains { $0.creates && $0.to == from }
        guard isFirst || state.tone != .open, !step.isOptional || state.tone == .no else { return }
        // A state that says what was done needs no second word for it.
        let isSaid = state.words.zh.hasSuffix(step.title.zh)
        notify(
            [record.creator], "您发起的\(type.title.zh)\(isSaid ? "" : "：\(step.title.zh)，")现为“\(state.words.zh)”",
            "Your \(type.title.en.lowercasedFirst)\(isSaid ? " is" : ": \(step.title.en),") now “\(state.words.en)”")
    }

    /// Tells whoever `who` is for this document as the step leaves it.
    package func notify(_ who: Who, _ zh: String, _ en: String) { notices.append((who, Words(zh, en))) }

    /// Hands the document to a person.
    package func hold(_ person: PersonID) { record.holder = person }
    /// Moves the document into another unit of the same scope.
    package func place(in unit: UnitID) { record.unit = unit }
    package func raise(to level: Level) { record.level = level }
}
