/// Anything with a form, a state and a number: an application, a customer, a loan, a case.
///
/// The page, the register, the API, the import, the to-do list and the audit trail are derived from these two tables.
/// A new document type is one file like this and its line in the regulation's table of contents.
package protocol Document: Sendable {
    associatedtype State: RawRepresentable<String> & CaseIterable & Hashable & Sendable
    init()
    /// The type's name in addresses and in storage: `loan`.
    static var name: String { get }
    static var form: Form<Self> { get }
    /// In the order in which they are taken.
    static var steps: [Step<Self>] { get }
    /// The clocks that its steps start and meet.
    static var deadlines: [Deadline] { get }
    /// What a list calls one document, in a person's own words: a name that was given, a number that the customer knows. Without it, the
    /// type and the number: the product's own words would be in one language. Never personal data: it stands unmasked in lists.
    var title: String { get }
    /// What a row of a list says of it in a line, besides number and title: who and what it is about. Personal data stands there masked.
    static var summary: [PartialKeyPath<Self>] { get }
    /// What the rules of the step that creates it look for, beside its own indexed fields and sealed values: asked at once for many
    /// documents. What is left out is looked for one by one.
    func foresee(_ foresight: inout Foresight) throws
}

extension Document {
    /// What its fields hold, in their order.
    var values: [JSONValue] { Self.form.values(of: self) }

    package static var deadlines: [Deadline] { [] }
    package var title: String { "" }
    package static var summary: [PartialKeyPath<Self>] { [] }
    package func foresee(_ foresight: inout Foresight) throws {}
}

/// What a document says and who may read it.
package struct Form<D: Document>: Sendable {
    package let title: Words
    /// The word of its number: 外借 for 外借〔2026〕17号. Without one, documents of this type are not numbered.
    package let number: String?
    package let states: [D.State: StateWords]
    /// Who reads every document of this type in their scope; holder, creator, whoever has a task on it and whoever has a grant always do.
    package let readers: [Who]
    /// Which level a new document has.
    package let level: Level
    /// What reading does not imply; `nil` where whoever reads may also print, export and open what is attached.
    package let reserved: Reservation?
    package let fields: [Field<D>]
    /// Its content has a key of its own and can be destroyed (`act.destroy`): its number, state and dates stay.
    package let isDestructible: Bool

    package init(
        _ zh: String, _ en: String, number: String? = nil, states: [D.State: StateWords], readers: [Who] = [], level: Level = .internal,
        reserved: Reservation? = nil, destructible: Bool = false, _ fields: [Field<D>]
    ) {
        title = Words(zh, en)
        self.number = number
        self.states = states
        self.readers = readers
        self.level = level
        self.reserved = reserved
        self.fields = fields
        isDestructible = destructible
        for state in D.State.allCases { precondition(states[state] != nil, "\(D.name): the state \(state) has no words") }
        precondition(Set(fields.map(\.key)).count == fields.count, "\(D.name): two fields have one key")
        memories = fields.map(\.memory)
        indexed = fields.map { $0.kind.hasIndex || $0.isIndexed }
    }

    private let memories: [FieldAccessor]
    private let indexed: [Bool]

    /// What the fields of a document hold, in their order.
    func values(of document: D) -> [JSONValue] { withUnsafeBytes(of: document) { Self.values($0.baseAddress!, memories) } }

    /// The same of the fields that documents are found by; null for the others.
    func indexedValues(of document: D) -> [JSONValue] {
        withUnsafeBytes(of: document) { bytes in zip(memories, indexed).map { $1 ? $0.read(bytes.baseAddress!) : .null } }
    }

    private static func values(_ document: UnsafeRawPointer, _ memories: [FieldAccessor]) -> [JSONValue] {
        memories.map { $0.read(document) }
    }
}

/// What people call a state, and whether it is still open, done well, or refused.
package struct StateWords: Sendable, Hashable {
    package enum Tone: String, Sendable { case open, done, no }
    package let words: Words
    package let tone: Tone

    package static func open(_ zh: String, _ en: String) -> StateWords { StateWords(words: Words(zh, en), tone: .open) }
    package static func done(_ zh: String, _ en: String) -> StateWords { StateWords(words: Words(zh, en), tone: .done) }
    package static func no(_ zh: String, _ en: String) -> StateWords { StateWords(words: Words(zh, en), tone: .no) }
}

/// 密级: how secret a document is. A person sees what is at or below the own clearance.
package enum Level: Int, Sendable, CaseIterable, Comparable {
    case `public`, `internal`, secret, topSecret

    package var words: Words {
        switch self {
        case .public: Words("公开", "Public")
        case .internal: Words("内部", "Internal")
        case .secret: Words("机密", "Secret")
        case .topSecret: Words("绝密", "Top secret")
        }
    }

    package static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }
}
