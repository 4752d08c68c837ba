/// What a person does with a document besides taking its steps. Reading never implies another.
package enum Verb: String, Sendable, CaseIterable, Comparable {
    case read, print, export
    /// Copies, extracts, and the download of what is attached.
    case copy
    case lend

    package var words: Words {
        switch self {
        case .read: Words("查阅", "Read")
        case .print: Words("打印", "Print")
        case .export: Words("导出", "Export")
        case .copy: Words("复制", "Copy")
        case .lend: Words("外借", "Borrow")
        }
    }

    package static func < (one: Verb, other: Verb) -> Bool { allCases.firstIndex(of: one)! < allCases.firstIndex(of: other)! }

    /// As a grant keeps them.
    static func text(_ verbs: Set<Verb>) -> String { verbs.sorted().map(\.rawValue).joined(separator: " ") }
    static func all(in text: String) -> Set<Verb> { Set(text.split(separator: " ").compactMap { Verb(rawValue: String($0)) }) }
    /// A grant of no verb: it keeps everybody but the keepers away.
    static let frozen = "frozen"
}

/// Which verbs reading does not imply: whoever reads by a grant needs each of them in a grant, and from a level on everybody does.
package struct Reservation: Sendable {
    package let verbs: Set<Verb>
    package let from: Level
    package let article: Article
    /// Who still comes at a document whose accesses are frozen.
    package let keepers: [Post]
    /// What is made of each print, export and copy; `nil` where they are not numbered.
    package let copies: (any NumberedCopy.Type)?
    /// In these states nobody has any of the verbs: what was recalled is not printed any more.
    package let notIn: Set<String>
    /// What is asked before the document is shown; `nil` where whoever may read it just does.
    package let stated: StatedReading?

    /// - Parameter level: from which on whoever reads by post needs a grant as well.
    package static func verbs(
        _ verbs: Verb..., from level: Level, under article: Article, keepers: [Post] = [], copies: (any NumberedCopy.Type)? = nil,
        notIn states: [String] = [], stated: StatedReading? = nil
    ) -> Reservation {
        Reservation(
            verbs: Set(verbs), from: level, article: article, keepers: keepers, copies: copies, notIn: Set(states), stated: stated)
    }

    func refusal(_ verb: Verb, in state: Words) -> Refusal {
        Refusal(
            article: article,
            words: Words("此件现为“\(state.zh)”，不能再\(verb.words.zh)", "It is “\(state.en)” now; no more “\(verb.words.en)” of it"))
    }

    func refusal(_ verb: Verb) -> Refusal {
        Refusal(
            article: article,
            words: Words(
                "查阅不等于可以\(verb.words.zh)：此件须另有“\(verb.words.zh)”的授权，请先申请批准",
                "Reading does not imply this: “\(verb.words.en)” needs a grant of its own for this document; ask for it first"))
    }
}

/// A copy that leaves the book with a number of its own: what was printed, exported or downloaded, by whom.
package protocol NumberedCopy: Document {
    /// Taken in the system's name; its rules give the number.
    static var issue: Step<Self> { get }
    init(of documents: [Int64], for verb: Verb, by reader: PersonID)
    /// The number as it stands on every page.
    var code: String { get }
}
