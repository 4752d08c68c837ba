import Vault
import WorkCalendar

/// 问题: a standing breach of an article that the system sees by itself: what must not be, and yet is. It stands on the to-do list of whoever
/// has to end it for as long as it lasts, and goes away by itself.
package struct Finding: Sendable {
    package let name: String
    package let title: Words
    package let article: Article
    /// The documents in which it can stand: their type, and the states that they are in.
    let type: String
    let states: [String]
    let by: Who
    let stands: @Sendable (Record, Transaction) throws -> Bool

    /// - Parameters:
    ///   - states: other documents are not looked at; a state that few are in keeps the search short.
    ///   - by: who has to end it.
    ///   - stands: whether a document, as it is now, breaks the article.
    package init<D: Document>(
        _ name: String, _ zh: String, _ en: String, under article: Article, in states: D.State..., by who: Who,
        where stands: @escaping @Sendable (D, Moment) -> Bool
    ) {
        self.init(name, zh, en, under: article, in: states, by: who) { (found: Found<D>, book) in stands(found.value, book.now) }
    }

    /// The same for what is seen only beside other documents, the organisation or a number that an article sets.
    package init<D: Document>(
        _ name: String, _ zh: String, _ en: String, under article: Article, in states: D.State..., by who: Who,
        seeing stands: @escaping @Sendable (Found<D>, Inquiry) throws -> Bool
    ) {
        self.init(name, zh, en, under: article, in: states, by: who, stands)
    }

    private init<D: Document>(
        _ name: String, _ zh: String, _ en: String, under article: Article, in states: [D.State], by who: Who,
        _ stands: @escaping @Sendable (Found<D>, Inquiry) throws -> Bool
    ) {
        self.name = name
        title = Words(zh, en)
        self.article = article
        type = D.name
        self.states = states.map(\.rawValue)
        by = who
        self.stands = { record, transaction in
            let found = Found<D>(
                id: ID(record.id), state: D.State(rawValue: record.state), value: try transaction.opened(record), record: record)
            return try stands(found, Inquiry(transaction, within: record.scope, for: record.id))
        }
    }

    /// What its task and its entries in the ledger are called.
    var task: String { TaskList.finding(name) }
    var ending: String { "-" + name }

    /// Whether it stands in this document.
    func holds(in record: Record, _ transaction: Transaction) throws -> Bool {
        try record.type == type && states.contains(record.state) && stands(record, transaction)
    }
}
