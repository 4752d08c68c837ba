import Kernel
import WorkCalendar

/// 借期: how three days are counted. Day 0 is the day on which it is lent; the loan ends with the last day (第19条).
package enum LoanTerm: Int, CaseIterable, Sendable {
    /// "At most three days": the last working day that is not after the third.
    case ceiling = 0
    /// A day off is put off to the next working day.
    case forward = 1
    /// Three working days.
    case working = 2

    package func last(lentOn day: Day, days: Int, _ calendar: WorkCalendar) -> Day {
        let end = day.adding(days: days)
        switch self {
        case .ceiling:
            if calendar.isWorkingDay(end) { return end }
            return max(day, calendar.workingDay(before: end))
        case .forward: return calendar.isWorkingDay(end) ? end : calendar.workingDay(after: end)
        case .working: return calendar.adding(workingDays: days, to: day).day
        }
    }

    /// The rule in force, within one scope.
    static func inForce(_ inquiry: Inquiry) throws -> LoanTerm { LoanTerm(rawValue: try inquiry.parameter(.loanDayRule)) ?? .ceiling }
}

extension Loan {
    /// Looks each day at the files that are out: a holiday may have been announced or changed since.
    static let followDays = Duty(
        "loan-days", "外借应还时间核对", "Due days of loans", under: confidentiality[19], .eachDay, .opening, lastIsEnough: true
    ) { act in
        for loan in try act.all(Loan.self, in: .lent, createdBy: act.today) {
            guard let lent = loan.value.lentAt, let due = loan.value.due else { continue }
            let last = try LoanTerm.inForce(act).last(lentOn: lent.day, days: loan.value.days, act.calendar)
            let fresh = Moment.endOfDay(last)
            if fresh != due, due > act.now { try act.take(moveDue, on: loan.id) { $0.due = fresh } }
        }
    }
}
