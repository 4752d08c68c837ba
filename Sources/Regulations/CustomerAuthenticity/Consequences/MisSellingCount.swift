import Kernel
import WorkCalendar

/// 一年内查实两次: upheld complaints of one seller, two on one sale counted once, within a year that runs forward from the earlier one to the
/// corresponding day, inclusive (第十四条, 民法典第二百零二条).
package struct MisSellingCount: Sendable {
    /// One act: the complaints about it, and the day by which it counts.
    package struct CountedAct: Sendable, Hashable {
        package let day: Day
        package let complaints: [Int64]

        package init(day: Day, complaints: [Int64]) { (self.day, self.complaints) = (day, complaints) }
    }

    package let acts: [CountedAct]
    package let threshold: Int
    package let months: Int

    package init(_ acts: [CountedAct], threshold: Int, months: Int) {
        self.acts = acts.sorted { ($0.day, $0.complaints.first ?? 0) < ($1.day, $1.complaints.first ?? 0) }
        (self.threshold, self.months) = (threshold, months)
    }

    /// The last day within the window that begins with `first`: the corresponding day, or the end of its month.
    package static func lastDay(of window: Int, from first: Day) -> Day { first.adding(months: window) }

    /// The first run of so many acts within one window, among them those of these complaints; nothing where there is none.
    package func run(with complaints: Set<Int64>) -> [CountedAct]? {
        guard threshold > 0, acts.count >= threshold else { return nil }
        for start in 0...(acts.count - threshold) {
            let run = Array(acts[start..<(start + threshold)])
            guard run[threshold - 1].day <= Self.lastDay(of: months, from: run[0].day) else { continue }
            if run.contains(where: { act in act.complaints.contains(where: complaints.contains) }) { return run }
        }
        return nil
    }

    /// The acts of a seller as they stand with this step.
    /// - Parameter now: the complaint that the step is about, as it will stand, or nothing where it does not count.
    static func of(
        _ seller: ID<SellerIdentity>, with now: (id: ID<Complaint>, value: Complaint, counts: Bool)?, _ inquiry: Inquiry
    ) throws -> MisSellingCount {
        let isByReceipt = try inquiry.parameter(.complaintDate) == 0
        var counted = try inquiry.find(\Complaint.seller, is: seller, limit: 10_000)
            .filter { $0.value.counts(in: $0.state) && $0.id != now?.id }.map { (id: $0.id, value: $0.value) }
        if let now, now.counts { counted.append((id: now.id, value: now.value)) }
        let acts = groups(of: counted).compactMap { group -> CountedAct? in
            let days = group.compactMap { isByReceipt ? $0.value.receivedOn : $0.value.upheldOn }
            return days.min().map { CountedAct(day: $0, complaints: group.map(\.id.raw).sorted()) }
        }
        return MisSellingCount(
            acts, threshold: try inquiry.parameter(.complaintThreshold), months: try inquiry.parameter(.complaintWindowMonths))
    }

    private typealias Counted = (id: ID<Complaint>, value: Complaint)

    /// Those on one sale together: named as such, or on one policy unless it is said that they are two acts.
    private static func groups(of counted: [Counted]) -> [[Counted]] {
        var groups: [[Counted]] = []
        for one in counted.sorted(by: { $0.id.raw < $1.id.raw }) {
            let places = groups.indices.filter { groups[$0].contains { isOneSale($0, one) } }
            let joined = places.flatMap { groups[$0] } + [one]
            groups = groups.indices.filter { !places.contains($0) }.map { groups[$0] } + [joined]
        }
        return groups
    }

    private static func isOneSale(_ one: Counted, _ other: Counted) -> Bool {
        if one.value.isOwnAct || other.value.isOwnAct { return false }
        if one.value.sameSaleAs == other.id || other.value.sameSaleAs == one.id { return true }
        if !one.value.sameSaleAs.isNone, one.value.sameSaleAs == other.value.sameSaleAs { return true }
        return !one.value.policy.isNone && one.value.policy == other.value.policy
    }
}

extension Complaint {
    /// Counts a seller's upheld complaints anew with this one: the one that makes it two opens what is to be verified again; one that falls
    /// away is written down there.
    /// - Parameter state: in which it will stand.
    func follow(as state: State, _ act: Act) throws {
        guard !seller.isNone else { return }
        let id = ID<Complaint>(act.record.id)
        let count = try MisSellingCount.of(seller, with: (id, self, counts(in: state)), act)
        if counts(in: state), let run = count.run(with: [id.raw]) {
            try ReVerification.open(seller, run, count, act)
        } else {
            try ReVerification.tell(seller, count, of: id, act)
        }
    }
}
