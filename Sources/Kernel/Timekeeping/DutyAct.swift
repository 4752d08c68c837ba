import Store
import WorkCalendar

/// A duty being done for one unit that adopted the regulation: what an `Act` may ask and do, without a person.
package final class DutyAct {
    package let now: Moment
    /// The day (or the last day of the period) that the duty is for.
    package let day: Day
    package let scope: UnitID
    package let calendar: WorkCalendar
    private let transaction: Transaction

    init(_ transaction: Transaction, day: Day, scope: UnitID) {
        self.transaction = transaction
        self.day = day
        self.scope = scope
        now = transaction.now
        calendar = transaction.calendar
    }

    package var organisation: Organisation { transaction.organisation }

    package func parameter(_ parameter: Parameter) throws -> Int { try transaction.value(of: parameter, at: scope) }

    /// The documents of a type in a state that were created on the days up to and including `day`, the oldest first.
    package func all<D: Document>(_ type: D.Type, in state: D.State, createdBy day: Day) throws -> [Found<D>] {
        let records = try transaction.session.all(
            """
            SELECT \(Record.columns) FROM document WHERE type = $1 AND state = $2 AND scope = $3 AND created < $4 ORDER BY id
            """,
            [.text(D.name), .text(state.rawValue), .int(scope.raw), .int(Moment.endOfDay(day).milliseconds)]
        ) { Record($0) }
        return try records.map { record in
            Found(id: ID(record.id), state: state, value: try transaction.opened(record), record: record)
        }
    }

    package func take<D: Document>(_ step: Step<D>, on id: ID<D>, change: (inout D) throws -> Void = { _ in }) throws {
        _ = try transaction.take(D.self, step.name, on: id.raw, principal: .system, place: nil, within: scope, change)
    }

    @discardableResult
    package func create<D: Document>(_ document: D, by step: Step<D>, in unit: UnitID? = nil) throws -> ID<D> {
        let outcome = try transaction.take(D.self, step.name, on: nil, principal: .system, place: (unit ?? scope, .none), within: scope) {
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
