/// Why a step was not taken: the article that forbids it, in words a person can act on.
package struct Refusal: Error, Hashable, Sendable {
    package let article: Article?
    package let words: Words
    /// Every fault by itself, where there are several (an intake names them all), each with its field and article.
    package let faults: [Fault]

    package struct Fault: Hashable, Sendable {
        /// The key of the field; with lines `persons.0.mobile`.
        package let field: String
        package let words: Words
        package let article: Article?
        package init(field: String, _ words: Words, under article: Article? = nil) {
            self.field = field
            self.words = words
            self.article = article
        }
    }

    package init(article: Article?, words: Words, faults: [Fault] = []) {
        self.article = article
        self.words = words
        self.faults = faults
    }
}

/// The other ways in which the desk answers without an act. Mapped to HTTP status and exit code in one file at the edge.
package enum DeskError: Error, Hashable, Sendable {
    /// What was handed in is not what the step asks for.
    case invalid([Refusal.Fault])
    /// The person may not do this: not the post, the unit, the level, or the same hand twice.
    case forbidden(Words)
    /// There is no such thing, or none that this person may know of.
    case absent
    /// Somebody else was quicker: the document is no longer in the state that the step starts from.
    case conflict(Words)

    /// What is said where a form or a program saw another version of a document than there is.
    package static let changedMeanwhile = Words(
        "您填写期间单据已被更改，请核对下面的内容后再提交", "The document was changed while you filled in the form; check what is below and send it again")
}
