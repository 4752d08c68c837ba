/// One line of the ledger: what was done, refused or read, by whom, on which document, under which articles.
///
/// Entries are written once and never changed or removed; nothing in the program updates their table. They hold no personal data in
/// clear: a person is a number, a document is a number and a digest, and `words` says why something was refused, not about whom.
package struct Entry: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// A step was taken.
        case act = 1
        /// A step was not taken; `words` says why.
        case refusal = 2
        /// Personal data was shown; `purpose` says what for.
        case read = 3
        /// Data left the system.
        case export = 4
        /// The program did something by itself: a nightly job, a migration.
        case system = 5
        case note = 6
        /// The document was destroyed as an article demands; from here on it is rightly absent.
        case destruction = 7
    }

    /// Grows with time: milliseconds since 1970 shifted left by 20 bits, plus a counter.
    package var id: Int64
    /// Milliseconds since 1970.
    package var at: Int64
    package var kind: Kind
    /// 0 when it is about no document.
    package var document: Int64
    package var documentType: String
    /// The document's version after the act; 0 when there is none.
    package var version: Int64
    /// Who did it; 0 for the program itself.
    package var person: Int64
    /// For whom a delegate acted; 0 for nobody.
    package var onBehalfOf: Int64
    package var step: String
    package var articles: [String]
    package var from: String
    package var to: String
    /// SHA-256 of the document's stored form after the act; empty when the entry changed no document.
    package var digest: [UInt8]
    package var purpose: String
    /// zh and en of a refusal, separated by U+001F.
    package var words: String
    /// `nil` in an entry of a state before.
    package var source: Source?

    /// Which run of a program wrote it, and after how many of that run's entries at least: one that is taken away before it has its place
    /// leaves the later ones one too few.
    package struct Source: Sendable, Hashable {
        package var run: Int64
        /// How many entries of the run were on disk when this one's id was drawn. They have smaller ids.
        package var known: Int64
    }

    /// - Precondition: `digest` is empty or 32 bytes.
    package init(
        id: Int64, at: Int64, kind: Kind, document: Int64 = 0, documentType: String = "", version: Int64 = 0, person: Int64,
        onBehalfOf: Int64 = 0, step: String = "", articles: [String] = [], from: String = "", to: String = "", digest: [UInt8] = [],
        purpose: String = "", words: String = "", source: Source? = nil
    ) {
        precondition(digest.isEmpty || digest.count == 32, "a digest is SHA-256")
        self.id = id
        self.at = at
        self.kind = kind
        self.document = document
        self.documentType = documentType
        self.version = version
        self.person = person
        self.onBehalfOf = onBehalfOf
        self.step = step
        self.articles = articles
        self.from = from
        self.to = to
        self.digest = digest
        self.purpose = purpose
        self.words = words
        self.source = source
    }
}
