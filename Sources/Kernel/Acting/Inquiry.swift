import Store
import WorkCalendar

/// What a rule may ask, whether of a step, a duty or a finding: the book within one scope, the organisation, the calendar, and the numbers
/// that articles set.
package class Inquiry {
    package let now: Moment
    package let calendar: WorkCalendar
    /// Within which the book is asked.
    package let scope: UnitID
    /// The document for which it is asked, which is never among what is found; 0 where there is none.
    let asker: Int64
    let transaction: Transaction

    init(_ transaction: Transaction, within scope: UnitID, for asker: Int64 = 0) {
        self.transaction = transaction
        self.scope = scope
        self.asker = asker
        now = transaction.now
        calendar = transaction.calendar
    }

    var database: any Session { transaction.database }

    package var today: Day { now.day }
    package var organisation: Organisation { transaction.organisation }

    /// A number that an article sets, as in force today in this scope.
    package func parameter(_ parameter: Parameter) throws -> Int { try transaction.value(of: parameter, at: scope) }
}
