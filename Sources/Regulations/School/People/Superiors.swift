import Kernel
import WorkCalendar

/// 上级: the heads above somebody, the nearest first, then the general manager, and whoever stands above the school. Nobody who stands
/// beneath the accused is a superior in the matter (第十二条).
enum Superiors {
    /// - Parameter accused: who is reported; nobody where it is asked for another reason.
    static func line(
        above unit: UnitID, without persons: Set<PersonID>, accused: PersonID = .none, _ inquiry: Inquiry
    ) -> [PersonID] {
        let organisation = inquiry.organisation, today = inquiry.today
        let held = organisation.holdings.filter { $0.holds(on: today) && organisation.people[$0.person]?.isActive == true }
        func holders(_ post: Post) -> [PersonID] { organisation.holders(of: post.id, within: inquiry.scope, on: today) }
        let overseers = holders(.overseer)
        let line: [PersonID]
        if inquiry.isManager(accused) {
            // All others in the school are his subordinates, its information office too.
            line = overseers
        } else {
            let own = held.filter { $0.person == accused && $0.post == Post.head.id }.map(\.unit)
            let heads = organisation.lineage(unit).filter { organisation.isWithin($0, inquiry.scope) }.flatMap { unit in
                held.filter { $0.unit == unit && $0.post == Post.head.id }
            }.filter { head in !own.contains { organisation.isWithin(head.unit, $0) } }.map(\.person)
            line = heads + holders(.generalManager) + overseers + holders(.informationOffice)
        }
        // Nobody to whom the accused is delegate receives it: the accused would read it in that name.
        let barred = persons.union(accused.isNone ? [] : [accused])
        let open = organisation.delegations.filter { $0.isInForce(at: inquiry.now) && barred.contains($0.receiver) }.map(\.giver)
        return line.reduce(into: [PersonID]()) { found, person in
            if !barred.contains(person), !open.contains(person), !found.contains(person) { found.append(person) }
        }
    }
}
