import Kernel
import WorkCalendar

/// 犹豫期: the customer's right ends at the later date, the insurer's duties at the earlier (第七条, 第十三条). Counted in calendar days from
/// the day after the customer signed the receipt.
package struct CoolingOff: Sendable, Hashable {
    /// The last day by the contract: what the insurer owes is done within it.
    package let end: Day
    /// The last day on which the customer may still withdraw: where the end is a day off, the next working day (民法典第二百零三条).
    package let rightEnds: Day

    /// - Parameter followsHolidays: the customer's right moves behind days off; otherwise the contract says that it does not.
    package init(signed: Day, days: Int, followsHolidays: Bool, _ calendar: WorkCalendar) {
        end = signed.adding(days: days)
        rightEnds = followsHolidays && !calendar.isWorkingDay(end) ? calendar.workingDay(after: end) : end
    }

    /// The last working day up to and including `end`: what is to be done within the cooling-off is planned for it, at the latest.
    package static func lastWorkingDay(upTo end: Day, _ calendar: WorkCalendar) -> Day {
        calendar.isWorkingDay(end) ? end : calendar.workingDay(before: end)
    }

    /// The last day for which a duty can still be planned: the last working day of it that is to come, else a day off that is left.
    static func lastDay(of end: Day, after today: Day, _ calendar: WorkCalendar) -> Day {
        let last = lastWorkingDay(upTo: end, calendar)
        return last > today ? last : end
    }
}

extension Policy {
    /// The end of its cooling-off where the receipt is registered. Before that the earliest that it can be: no receipt is signed before the
    /// application is.
    func earliestCoolingOffEnd(_ act: Act) throws -> Day? {
        if let coolingOffEnd { return coolingOffEnd }
        return try applied(act)?.adding(days: act.parameter(.coolingOffDays))
    }
}

extension Suspicion {
    /// The earliest end of a cooling-off, of the policies in force that it names, that is not past; none where all are over.
    /// - Parameter changed: a policy as it becomes now.
    func coolingOffToCome(_ act: Act, with changed: (id: ID<Policy>, value: Policy)? = nil) throws -> Day? {
        try policies.compactMap { id -> Day? in
            if let changed, changed.id == id { return try changed.value.earliestCoolingOffEnd(act) }
            guard let found = try act.load(id), found.state != .ended else { return nil }
            return try found.value.earliestCoolingOffEnd(act)
        }
        .filter { $0 >= act.today }.min()
    }

    /// 第七条: customer service is done before the call-back, so whoever distributes says when that is. Only where it has been, or no policy
    /// waits for one any more, there is none.
    func requireCallBack(_ act: Act) throws {
        guard let day = callBackOn else {
            return try act.require(
                try !awaitsCallBack(act), "请填写犹豫期回访日期：调查和修正须在回访之前完成",
                "Enter the day of the call-back: the item is finished before it", under: authenticity[7])
        }
        try act.require(
            day > act.today, "回访日期须晚于今天：调查和修正须在回访之前完成", "The call-back comes after today: the item is finished before it",
            under: authenticity[7])
        guard let end = coolingOffEnd, end > act.today else { return }
        let last = CoolingOff.lastDay(of: end, after: act.today, act.calendar)
        try act.require(
            day <= last, "回访须在犹豫期内：犹豫期 \(end) 届满，期内最后一个可回访的工作日为 \(last)，请改为该日或更早",
            "The call-back lies within the cooling-off, which ends on \(end); its last working day is \(last), choose that or an earlier day",
            under: authenticity[7])
    }

    /// Whether a policy that it names has not been received yet, or is within its cooling-off.
    private func awaitsCallBack(_ act: Act) throws -> Bool {
        if kind == .callBack { return false }
        return try policies.contains { id in
            guard let policy = try act.load(id), policy.state != .ended, !policy.value.isOutsideRules else { return false }
            return policy.value.coolingOffEnd.map { $0 >= act.today } ?? true
        }
    }
}
