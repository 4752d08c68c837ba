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
    let stands: @Sendable (Record, Body, Moment) throws -> Bool

    /// - Parameters:
    ///   - states: other documents are not looked at; a state that few are in keeps the search short.
    ///   - by: who has to end it.
    ///   - stands: whether a document, as it is now, breaks the article.
    package init<D: Document>(
        _ name: String, _ zh: String, _ en: String, under article: Article, in states: D.State..., by who: Who,
        where stands: @escaping @Sendable (D, Moment) -> Bool
    ) {
        self.name = name
        title = Words(zh, en)
        self.article = article
        type = D.name
        self.states = states.map(\.rawValue)
        by = who
        self.stands = { record, body, now in stands(try body.read(D.self, record), now) }
    }

    /// What its task and its entries in the ledger are called.
    var task: String { TaskList.finding(name) }
    var ending: String { "-" + name }

    /// Whether it stands in this document.
    func holds(in record: Record, _ keys: KeyRing, at now: Moment) throws -> Bool {
        try record.type == type && states.contains(record.state) && stands(record, Body(keys: keys), now)
    }
}
