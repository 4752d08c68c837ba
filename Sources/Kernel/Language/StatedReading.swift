import Store
import WorkCalendar

/// 查阅登记: a document that is shown only after whoever reads it has said what for. The reading stands in the ledger before it is shown;
/// until then there is the document's entry in the catalogue, the fields that its form lists.
package struct StatedReading: Sendable {
    /// From which level on everybody is asked, as the number of the level; whoever reads by a grant alone is asked at every level.
    let from: Parameter
    /// For so many minutes the same person is not asked again.
    let minutes: Parameter
    /// What is offered to choose from.
    let purposes: [FieldKind.Choice]
    let rule: Rule

    package typealias Rule = @Sendable (ReadingAct) throws -> Void

    /// - Parameter rule: what an article asks of whoever reads; the first `require` that fails is the refusal.
    package init(from level: Parameter, minutes: Parameter, purposes: [FieldKind.Choice], rule: @escaping Rule = { _ in }) {
        (from, self.minutes, self.purposes, self.rule) = (level, minutes, purposes, rule)
    }

    /// Of the purposes, the one that asks for words of one's own.
    package static let other = "other"
    /// What the ledger calls such a reading.
    static let step = "view"
}

/// A reading that is about to be, and what its rule may ask.
package final class ReadingAct: Inquiry {
    package let person: PersonID
    package let level: Level
    private let access: Access
    private let type: String

    init(_ transaction: Transaction, _ record: Record, by person: PersonID, _ access: Access) {
        (self.person, level, type, self.access) = (person, record.level, record.type, access)
        super.init(transaction, within: record.scope, for: record.id)
    }

    /// Whether nothing but a grant lets the person read it.
    package func isByGrant() throws -> Bool { try transaction.desk.isByGrant(asker, of: type, access, transaction.session) }

    package func require(_ holds: Bool, _ zh: @autoclosure () -> String, _ en: @autoclosure () -> String, under article: Article) throws {
        guard holds else { throw Refusal(article: article, words: Words(zh(), en())) }
    }
}

/// What a person is asked before a document is shown.
package struct ReadingGate: Sendable {
    package let purposes: [FieldKind.Choice]
    /// For so long nothing is asked again.
    package let minutes: Int
}
