import WorkCalendar

/// 关口: what an article does not let an administrator do to the organisation as long as something is not done: nobody leaves before the
/// hand-over is complete. Asked in the act itself, wherever it comes from; a refusal stands in the ledger under the article.
package struct Guard: Sendable {
    package enum Occasion: Sendable, Hashable {
        /// A person gives up the last post, or is deactivated.
        case leaving
        /// A person gives up a post, the last one or not.
        case endingPost
        /// A unit is closed.
        case closingUnit
    }

    package let name: String
    package let article: Article
    let occasion: Occasion
    let rule: @Sendable (OrganisationChange) throws -> Void

    /// - Parameter rule: the first `require` that fails is the refusal.
    package init(
        _ name: String, under article: Article, on occasion: Occasion, rule: @escaping @Sendable (OrganisationChange) throws -> Void
    ) {
        self.name = name
        self.article = article
        self.occasion = occasion
        self.rule = rule
    }
}

/// A change of the organisation that a guard looks at.
package final class OrganisationChange: Inquiry {
    /// Whom it concerns; nobody where it is about a unit.
    package let person: PersonID
    /// Who takes over in the same act; nobody where none is named.
    package let successor: PersonID
    /// The id of the post that ends; nothing where it is about a unit, or about all posts of a person.
    package let post: String
    /// Where the post is held that ends, or the unit that is closed.
    package let unit: UnitID
    private let article: Article

    init(_ transaction: Transaction, within scope: UnitID, _ subject: Subject, under article: Article) {
        (person, successor, post, unit) = (subject.person, subject.successor, subject.post, subject.unit)
        self.article = article
        super.init(transaction, within: scope)
    }

    struct Subject {
        var person = PersonID.none
        var successor = PersonID.none
        var post = ""
        let unit: UnitID
    }

    package func require(_ holds: Bool, _ zh: @autoclosure () -> String, _ en: @autoclosure () -> String) throws {
        guard holds else { throw Refusal(article: article, words: Words(zh(), en())) }
    }

    /// What hangs on the person: tasks, documents, delegations, posts that nobody else holds.
    package func hanging() throws -> Hanging { try transaction.hanging(on: person) }
}
