import WorkCalendar

/// One thing that a document says: the property that holds it, its words, and how it is asked for and shown.
package struct Field<D: Sendable>: Sendable {
    package let key: String
    /// The property.
    let path: PartialKeyPath<D> & Sendable
    package let label: Words
    package private(set) var kind: FieldKind
    package private(set) var hint: Words?
    package private(set) var isOptional = false
    /// Found by equality (`Act.count`, `Act.find`, filters). References, persons and sealed fields are unless it is said otherwise, and
    /// so are those in lines.
    package private(set) var isIndexed = false
    /// The article by which no two documents of the type in one scope have the same value; `nil` where they may.
    package private(set) var unique: Article?
    /// A column of the register.
    package private(set) var isListed = false
    /// The most characters of a text, or rows of a list.
    package private(set) var longest: Int
    /// A text that is no prose but a number or a code that somebody gave. It stays open at rest; every other text is sealed.
    fileprivate private(set) var isCode = false
    /// How a text is written to be found by equality.
    fileprivate private(set) var normalForm: (@Sendable (String) -> String)?
    /// Where it is asked for only if another field says so.
    var condition: FieldCondition?
    /// Not shown while it is empty.
    var isOnceFilled = false
    /// A moment at which something ends.
    fileprivate private(set) var isEnd = false
    /// A number that each document has for itself, though nothing forbids that two have the same.
    fileprivate private(set) var isOwn = false
    /// Documents are found by any words of it.
    fileprivate private(set) var isSearched = false
    fileprivate private(set) var asking = ColumnAsking.asked
    /// When a rule demands what the form lets be empty.
    fileprivate private(set) var demand: Words?
    /// Whose personal data stands on the document: to read the one is to read the other.
    fileprivate private(set) var isSubject = false
    let memory: FieldAccessor

    private init<V: FieldValue>(_ path: WritableKeyPath<D, V> & Sendable, _ zh: String, _ en: String, _ kind: FieldKind) {
        self.init(path, zh, en, kind, FieldAccessor(V.self, at: Self.offset(of: path)))
    }

    private init(_ path: PartialKeyPath<D> & Sendable, _ zh: String, _ en: String, _ kind: FieldKind, _ memory: FieldAccessor) {
        key = path.name
        self.path = path
        label = Words(zh, en)
        self.kind = kind
        isIndexed = kind.isAlwaysIndexed
        longest = kind.standardLength
        self.memory = memory
    }

    private static func offset(of path: PartialKeyPath<D>) -> Int {
        guard let offset = MemoryLayout<D>.offset(of: path) else { preconditionFailure("\(path) is not a stored property") }
        return offset
    }

    package func read(_ document: D) -> JSONValue { withUnsafeBytes(of: document) { memory.read($0.baseAddress!) } }

    /// Fills the property; false when the value is not one of its type.
    package func fill(_ document: inout D, _ value: JSONValue) -> Bool {
        withUnsafeMutableBytes(of: &document) { memory.fill($0.baseAddress!, value) }
    }

    package func optional() -> Field { with { $0.isOptional = true } }
    /// May be left empty for now; a rule of a later step demands it, or of some documents: `提交时须填`. It is not called optional.
    package func demanded(_ zh: String, _ en: String) -> Field { with { ($0.isOptional, $0.demand) = (true, Words(zh, en)) } }
    package func indexed() -> Field { with { $0.isIndexed = true } }
    package func code() -> Field { with { $0.isCode = true } }
    /// Found by equality in whatever way it is typed.
    package func indexed(by normalForm: @escaping @Sendable (String) -> String) -> Field {
        with { ($0.isIndexed, $0.normalForm) = (true, normalForm) }
    }
    /// No two documents of the type in one scope have the same value, but for those that were withdrawn or declined.
    package func unique(under article: Article) -> Field { with { ($0.isIndexed, $0.unique) = (true, article) } }
    /// What one document has no other has, such as a seal's number: not asked once for several.
    package func own() -> Field { with { $0.isOwn = true } }
    /// Not found by equality: for values that stand in another document too, where they are looked for.
    package func unindexed() -> Field {
        with { field in
            field.isIndexed = false
            if case .lines(let columns) = field.kind { field.kind = .lines(columns.map(FieldDescription.init(unindexed:))) }
        }
    }
    /// A text by any words of which its document is found, as by those of its title.
    package func searched() -> Field { with { $0.isSearched = true } }
    /// Of lines that the system makes: stands beside what is asked for, and is not typed.
    package func shown() -> Field { with { $0.asking = .shown } }
    /// The system's own, on a document or in lines that the system makes: neither asked for nor shown.
    package func kept() -> Field { with { $0.asking = .kept } }
    package func listed() -> Field { with { $0.isListed = true } }
    /// Names whose personal data stands on the document: who reads it has read theirs, and it stands on their trail too.
    package func subject() -> Field { with { $0.isSubject = true } }
    /// A moment at which something ends: midnight is said as 24:00 of the day before, so that nobody takes the next day for the last.
    package func ends() -> Field { with { $0.isEnd = true } }
    /// Takes so many characters, or rows, instead of what is usual for its kind.
    package func longest(_ length: Int) -> Field { with { $0.longest = length } }
    package func hint(_ zh: String, _ en: String) -> Field { with { $0.hint = Words(zh, en) } }

    func with(_ change: (inout Field) -> Void) -> Field {
        var field = self
        change(&field)
        return field
    }
}

extension Field {
    package typealias Path<V> = WritableKeyPath<D, V> & Sendable

    package static func text(_ path: Path<String>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .text) }
    package static func prose(_ path: Path<String>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .prose) }
    package static func name(_ path: Path<String>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .name) }
    package static func sealed(_ path: Path<String>, _ zh: String, _ en: String, _ kind: SealedKind) -> Field {
        Field(path, zh, en, .sealed(kind))
    }
    package static func whole(_ path: Path<Int>, _ zh: String, _ en: String, in range: ClosedRange<Int>) -> Field {
        Field(path, zh, en, .whole(range))
    }
    /// - Parameter places: how many digits after the point are taken.
    package static func decimal(
        _ path: Path<DecimalNumber?>, _ zh: String, _ en: String, places: Int, in range: ClosedRange<DecimalNumber>
    ) -> Field {
        precondition((1...6).contains(places), "\(path) has from 1 to 6 decimal places; a whole number has none")
        let most = DecimalNumber(integerLiteral: DecimalNumber.greatestInField)
        precondition(-most <= range.lowerBound && range.upperBound <= most, "\(path) is wider than can be reckoned with exactly")
        return Field(path, zh, en, .decimal(places: places, range))
    }
    package static func period(_ path: Path<Period?>, _ zh: String, _ en: String, _ length: Period.Length) -> Field {
        Field(path, zh, en, .period(length))
    }
    package static func flag(_ path: Path<Bool>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .flag).optional() }
    package static func day(_ path: Path<Day?>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .day) }
    package static func birthday(_ path: Path<Day?>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .birthday) }
    /// As it was written, which may be no day at all.
    package static func birthday(_ path: Path<String>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .birthday) }
    package static func moment(_ path: Path<Moment?>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .moment) }
    package static func choice<C: Choosable>(_ path: Path<C>, _ zh: String, _ en: String) -> Field {
        Field(path, zh, en, .choice(C.allCases.filter { !$0.rawValue.isEmpty }.map { .init(value: $0.rawValue, words: $0.words) }))
    }
    package static func codes(_ path: Path<String>, _ zh: String, _ en: String, _ choices: [FieldKind.Choice]) -> Field {
        Field(path, zh, en, .codes(choices))
    }
    package static func reference<T: Document>(_ path: Path<ID<T>>, _ zh: String, _ en: String) -> Field {
        Field(path, zh, en, .reference(T.name))
    }
    package static func references<T: Document>(_ path: Path<[ID<T>]>, _ zh: String, _ en: String) -> Field {
        Field(path, zh, en, .references(T.name))
    }
    /// Found by one of them.
    package static func people(_ path: Path<[PersonID]>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .people) }
    package static func person(_ path: Path<PersonID>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .person) }
    package static func unit(_ path: Path<UnitID>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .unit) }
    package static func article(_ path: Path<String>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .article) }
    package static func files(_ path: Path<[FileReference]>, _ zh: String, _ en: String) -> Field { Field(path, zh, en, .files) }
    package static func lines<L: Line>(_ path: Path<[L]>, _ zh: String, _ en: String) -> Field {
        let columns = L.fields.map { FieldDescription($0, in: "\(L.self)") }
        return Field(path, zh, en, .lines(columns), FieldAccessor(L.self, columns, at: offset(of: path)))
    }
}

/// What the pages, the API and the command line need to know of a field, whatever its document.
///
/// A class, because steps walk over many of them: a copy of one is a count and not a dozen.
package final class FieldDescription: Sendable {
    package let key: String
    /// `loan.file`: among which values a value is found by equality.
    let domain: String
    package let label: Words
    package let kind: FieldKind
    package let hint: Words?
    package let isOptional: Bool
    package let isIndexed: Bool
    package let unique: Article?
    /// What one document has no other has.
    package let isOwn: Bool
    package let isListed: Bool
    package let isPersonal: Bool
    /// The most characters of a text, or rows of a list, that are taken.
    package let longest: Int
    /// Sealed at rest. What is so and not personal is shown without a purpose to whoever may see the document.
    package let isSealed: Bool
    /// How a text is written to be found by equality; `nil` where as it is.
    let normalForm: (@Sendable (String) -> String)?
    package let condition: FieldCondition?
    package let isOnceFilled: Bool
    /// A moment at which something ends.
    package let isEnd: Bool
    let isSearched: Bool
    package let asking: ColumnAsking
    /// Names whose personal data stands on the document.
    let isSubject: Bool
    /// When a rule demands what may be left empty.
    package let demand: Words?
    let memory: FieldAccessor

    /// - Parameter isAllSealed: codes too, of a document that can be destroyed; what rules ask of it without opening it stays open.
    init<D>(_ field: Field<D>, in holder: String, isAllSealed: Bool = false) {
        key = field.key
        domain = "\(holder).\(field.key)"
        label = field.label
        kind = field.kind
        hint = field.hint
        isOptional = field.isOptional
        isIndexed = field.isIndexed
        unique = field.unique
        isOwn = field.isOwn || field.unique != nil
        isListed = field.isListed
        isPersonal = kind.isPersonal
        longest = field.longest
        // By which documents are found is a number or a code too.
        isSealed = kind.isSealed(isCode: !isAllSealed && (field.isCode || field.isIndexed)) || isAllSealed && kind.isWritten
        normalForm = field.normalForm
        condition = field.condition
        isOnceFilled = field.isOnceFilled
        isEnd = field.isEnd
        isSearched = field.isSearched
        asking = field.asking
        isSubject = field.isSubject
        demand = field.demand
        memory = field.memory
    }

    init(unindexed other: FieldDescription) {
        (key, domain, label, kind, hint) = (other.key, other.domain, other.label, other.kind, other.hint)
        (isOptional, isIndexed, isListed) = (other.isOptional, false, other.isListed)
        (isPersonal, isSealed, longest, memory) = (other.isPersonal, other.isSealed, other.longest, other.memory)
        (normalForm, unique, isOwn) = (nil, nil, other.isOwn)
        (condition, isOnceFilled, isEnd, isSearched) = (other.condition, other.isOnceFilled, other.isEnd, other.isSearched)
        asking = other.asking
        isSubject = other.isSubject
        demand = other.demand
    }
}

extension AnyKeyPath {
    /// The property's name, which is also its key in storage (`\Loan.reason` -> `reason`).
    package var name: String { String(debugDescription.split(separator: ".").last ?? "") }
}
