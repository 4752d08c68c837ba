import WorkCalendar

/// How a field is asked for, checked and shown.
package indirect enum FieldKind: Sendable {
    case text
    /// Several lines.
    case prose
    case whole(ClosedRange<Int>)
    /// A number with so many digits after the point at most: money, measurements.
    case decimal(places: Int, ClosedRange<DecimalNumber>)
    case flag
    case day
    /// A day of birth: sealed, and masked but for the year.
    case birthday
    case moment
    /// A month, a quarter, half a year or a year.
    case period(Period.Length)
    case choice([Choice])
    /// Several of them, ticked or in words, kept as one text with `;` between their values.
    case codes([Choice])
    /// Another document, by its type's name; shown by its title.
    case reference(String)
    case references(String)
    case person
    /// Several, each once, in the order in which they were named.
    case people
    case unit
    /// An article of a regulation: under which a document of a practice stands.
    case article
    /// A person's name: sealed, found by its parts, masked on screen until revealed.
    case name
    /// Sealed, masked on screen, found by equality only.
    case sealed(SealedKind)
    case files
    case lines([FieldDescription])

    package struct Choice: Sendable, Hashable {
        package let value: String
        package let words: Words

        package init(value: String, words: Words) { (self.value, self.words) = (value, words) }
    }

    /// What the values of a field are ids of.
    package enum Named: Sendable, Hashable {
        /// Of a type.
        case document(String)
        case person, unit
    }
}

/// What is to be known of a kind beside how it is drawn and read: each asked in one place, for all who would otherwise tell kinds apart.
extension FieldKind {
    /// What a value of it names, or each of its values; nothing of lines, whose columns say so themselves.
    package var named: Named? {
        switch self {
        case .reference(let type), .references(let type): .document(type)
        case .person, .people: .person
        case .unit: .unit
        case .text, .prose, .whole, .decimal, .flag, .day, .birthday, .moment, .period, .choice, .codes, .article, .name, .sealed, .files,
            .lines:
            nil
        }
    }

    /// Its value is a list.
    package var isList: Bool {
        switch self {
        case .references, .people, .files, .lines: true
        case .text, .prose, .whole, .decimal, .flag, .day, .birthday, .moment, .period, .choice, .codes, .reference, .person, .unit,
            .article,
            .name, .sealed:
            false
        }
    }

    /// What a field takes unless it says otherwise: characters of a text, rows of a list.
    var standardLength: Int {
        if case .prose = self { return 20_000 }
        return isList ? 1_000 : TextLimit.longestText
    }

    var isAlwaysIndexed: Bool {
        switch named {
        case .document, .person: true
        case .unit: false
        case nil:
            switch self {
            case .sealed, .article: true
            default: false
            }
        }
    }

    /// The columns of lines; none of any other field.
    package var columns: [FieldDescription] { if case .lines(let columns) = self { columns } else { [] } }

    /// Lines with a column that is found by equality.
    var hasIndex: Bool { columns.contains(where: \.isIndexed) }

    /// A value of it, or of a column, names something else.
    var names: Bool { named != nil || columns.contains { $0.kind.names } }

    /// Kept as 0 where nothing was filled in.
    var isNumber: Bool { if case .whole = self { true } else { false } }

    var isFiles: Bool { if case .files = self { true } else { false } }

    /// Files, or lines with files in a column.
    var holdsFiles: Bool { isFiles || columns.contains { $0.kind.holdsFiles } }

    var isName: Bool { if case .name = self { true } else { false } }

    /// Whether it is sealed at rest: personal data, and what people write in words of their own. The names of files are sealed besides.
    func isSealed(isCode: Bool) -> Bool {
        switch self {
        case .text: !isCode
        case .prose: true
        case .lines(let columns): columns.contains { $0.isSealed || $0.kind.isFiles }
        default: isPersonal
        }
    }

    /// Letters, not a choice, a number, a day or a reference.
    var isWritten: Bool {
        switch self {
        case .text, .prose, .codes, .name, .sealed, .birthday, .lines: true
        default: false
        }
    }

    /// Personal data: masked until it is revealed for a stated purpose.
    package var isPersonal: Bool {
        switch self {
        case .name, .sealed, .birthday: true
        case .lines(let fields): fields.contains { $0.kind.isPersonal }
        default: false
        }
    }

    /// The files that a value names, each with where it stands: `papers`, or `sheets.0.papers`.
    func files(in value: JSONValue, at path: String) -> [(path: String, file: JSONValue)] {
        if isFiles { return value.list.map { (path, $0) } }
        let holding = columns.filter { $0.kind.holdsFiles }
        return value.list.enumerated().flatMap { index, row in
            holding.flatMap { $0.kind.files(in: row[$0.key], at: "\(path).\(index).\($0.key)") }
        }
    }
}

extension FieldKind {
    /// The values of `.codes` in a text that has them with semicolons between.
    package static func codes(in text: String) -> [String] {
        text.split { $0 == ";" || $0 == "；" }.map { $0.trimmingBlanks }.filter { !$0.isEmpty }
    }

    /// The same as they are kept: each once, by its value, whatever language it was said in.
    static func coded(_ text: String, among choices: [Choice]) -> String {
        codes(in: text).reduce(into: [String]()) { codes, said in
            let code = choices.first { $0.value == said || $0.words.zh == said || $0.words.en == said }?.value ?? said
            if !codes.contains(code) { codes.append(code) }
        }.joined(separator: ";")
    }
}
