import Kernel
import WorkCalendar

/// 报告人保护: for how long nobody is moved, punished or put out without the general manager, who alone reads why (第十三条).
package struct ReporterProtection: Document {
    package enum State: String, CaseIterable, Sendable { case active, ended }
    package var person = PersonID.none
    package var until: Day?
    package init() {}

    package static let name = "reporter-protection"

    // Done from the first, so that it hangs on nobody: what hangs on a person is told to whoever arranges a leaving.
    package static let form = Form<ReporterProtection>(
        "报告人保护", "Protection of a reporter", states: [.active: .done("保护中", "In force"), .ended: .no("已结束", "Over")],
        readers: [.post(.generalManager)], level: .secret,
        [.person(\.person, "被保护人", "Person").listed(), .day(\.until, "保护至", "Until").listed()])

    package static let begin = Step<ReporterProtection>("begin", "开始保护", "Begin", to: .active, by: .system, under: school[13])
    package static let steps = [begin]

    static func begin(for person: PersonID, against accused: PersonID, _ act: Act) throws {
        let until = act.today.adding(months: try act.parameter(.protectionMonths))
        if act.isManager(accused) {
            if try HigherProtection.isProtected(person, on: until, act) { return }
            var protection = HigherProtection()
            (protection.person, protection.until) = (person, until)
            try act.create(protection, by: HigherProtection.begin, in: act.scope)
        } else if try !isProtected(person, on: until, act) {
            var protection = ReporterProtection()
            (protection.person, protection.until) = (person, until)
            try act.create(protection, by: begin, in: act.scope)
        }
    }

    static func isProtected(_ person: PersonID, on day: Day, _ inquiry: Inquiry) throws -> Bool {
        try inquiry.find(\ReporterProtection.person, is: person, in: .active, limit: 50).contains { found in
            found.value.until.map { day <= $0 } ?? false
        }
    }
}

/// 报告人保护（上级）: of whoever reported the general manager. He does not read it, and whoever stands above the school decides (第十三条).
package struct HigherProtection: Document {
    package enum State: String, CaseIterable, Sendable { case active, ended }
    package var person = PersonID.none
    package var until: Day?
    package init() {}

    package static let name = "higher-protection"

    package static let form = Form<HigherProtection>(
        "报告人保护（上级）", "Protection by those above", states: [.active: .done("保护中", "In force"), .ended: .no("已结束", "Over")],
        readers: [.post(.overseer)], level: .internal,
        [.person(\.person, "被保护人", "Person").listed(), .day(\.until, "保护至", "Until").listed()])

    package static let begin = Step<HigherProtection>("begin", "开始保护", "Begin", to: .active, by: .system, under: school[13])
    package static let steps = [begin]

    static func isProtected(_ person: PersonID, on day: Day, _ inquiry: Inquiry) throws -> Bool {
        try inquiry.find(\HigherProtection.person, is: person, in: .active, limit: 50).contains { found in
            found.value.until.map { day <= $0 } ?? false
        }
    }
}

extension Inquiry {
    /// Whether somebody is general manager here.
    func isManager(_ person: PersonID) -> Bool {
        organisation.holders(of: Post.generalManager.id, within: scope, on: today).contains(person)
    }
}
