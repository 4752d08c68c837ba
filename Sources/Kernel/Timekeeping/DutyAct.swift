import Store
import WorkCalendar

/// A duty being done for one unit that adopted the regulation: it asks what a step may ask, and acts without a person.
package final class DutyAct: Inquiry {
    /// The period that the duty is for: one day, or the first and the last of a week, a month, and so on.
    package let period: ClosedRange<Day>
    /// The day that the duty is for, the last of its period.
    package var day: Day { period.upperBound }

    init(_ transaction: Transaction, for period: ClosedRange<Day>, within scope: UnitID) {
        self.period = period
        super.init(transaction, within: scope)
    }

    package func take<D: Document>(_ step: Step<D>, on id: ID<D>, change: (inout D) throws -> Void = { _ in }) throws {
        _ = try transaction.take(D.self, step.name, on: id.raw, principal: .system, place: nil, within: scope, change)
    }

    @discardableResult
    package func create<D: Document>(_ document: D, by step: Step<D>, in unit: UnitID? = nil, heldBy holder: PersonID = .none) throws -> ID<
        D
    > {
        let outcome = try transaction.take(D.self, step.name, on: nil, principal: .system, place: (unit ?? scope, holder), within: scope) {
            $0 = document
        }
        return ID(outcome.record.id)
    }

    /// Tells the holders of a post something of documents of a type. It is shown to those who hold the post and reach the type's level, now
    /// and whenever they read it.
    package func notify<D: Document>(_ post: Post, of type: D.Type, _ zh: String, _ en: String) throws {
        guard let level = transaction.desk.catalogue.type(D.name)?.level else { throw DeskError.absent }
        let circle = NoticeCircle(level: level, post: post, unit: scope)
        for person in organisation.holders(of: post.id, within: scope, on: now.day)
        where organisation.people[person].map({ $0.clearance >= level }) ?? false {
            try transaction.notify(person, Words(zh, en), about: nil, within: circle)
        }
    }
}
