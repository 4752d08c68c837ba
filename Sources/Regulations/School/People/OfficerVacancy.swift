import Kernel
import WorkCalendar

/// 信息人员缺配: a bound unit in which nobody is information officer. It is found and ended by the system, and stands until somebody is appointed
/// (第六条).
package struct OfficerVacancy: Document {
    package enum State: String, CaseIterable, Sendable { case standing, ended }
    package var vacant = UnitID.none
    package var since: Day?, ended: Day?
    package var plan = ""
    package init() {}

    package static let name = "officer-vacancy"

    package static let form = Form<OfficerVacancy>(
        "信息人员缺配", "Unit without an information officer",
        states: [.standing: .open("未配备", "Vacant"), .ended: .done("已配备", "Appointed")], readers: [.office, .management, .head],
        [
            .unit(\.vacant, "单位", "Unit").indexed().listed(), .day(\.since, "发现日期", "Found").listed(),
            .text(\.plan, "配备打算", "What is planned").onceFilled().listed(), .day(\.ended, "配备日期", "Ended").onceFilled().listed(),
        ])

    package static let find = Step<OfficerVacancy>("find", "发现缺配", "Find", to: .standing, by: .system, under: school[6])
    package static let answer = Step<OfficerVacancy>(
        "plan", "说明配备打算", "Say what is planned", from: .standing, to: nil, by: .head, under: school[6], fields: [\.plan])
    package static let end = Step<OfficerVacancy>("end", "已配备", "End", from: .standing, to: .ended, by: .system, under: school[6]) {
        vacancy, act in vacancy.ended = act.today
    }
    package static let steps = [find, answer, end]

    package static let daily = Duty(
        "officers", "核对信息人员配备", "Information officers", under: school[6], .eachDay, lastIsEnough: true
    ) { duty in
        let organisation = duty.organisation, today = duty.now.day
        let held = organisation.holdings.filter { $0.holds(on: today) && organisation.people[$0.person]?.isActive == true }
        let staffed = Set(held.filter { $0.post == Post.unitInformationOfficer.id }.map(\.unit))
        let inhabited = Set(held.map(\.unit)).filter { unit in
            organisation.mayName(unit, in: duty.scope) && organisation.adopter(of: school.id, for: unit, on: today) == duty.scope
        }
        for unit in inhabited.sorted(by: { $0.raw < $1.raw }) {
            let standing = try duty.find(\OfficerVacancy.vacant, is: unit, in: .standing, limit: 1).first
            switch (staffed.contains(unit), standing) {
            case (true, let found?): try duty.take(end, on: found.id)
            case (false, nil):
                var vacancy = OfficerVacancy()
                (vacancy.vacant, vacancy.since) = (unit, today)
                try duty.create(vacancy, by: find, in: unit)
            default: break
            }
        }
        // What was closed needs nobody any more.
        for found in try duty.all(OfficerVacancy.self, in: .standing, createdBy: today) where !inhabited.contains(found.value.vacant) {
            try duty.take(end, on: found.id)
        }
    }
}
