import Kernel
import WorkCalendar

/// 启用清单: what an administrator has to do from the first unit to the adopted regulation, and how far it has come. It goes once all is
/// done.
enum StartSheet {
    static func html(_ call: Call) async throws -> HTML {
        let l = call.l, organisation = call.organisation, today = call.today
        let units = organisation.units.values.count { !$0.isClosed }
        let people = organisation.people.values.filter(\.isActive)
        let held = organisation.holdings.count { $0.holds(on: today) }
        let adopted = organisation.adoptions.contains { $0.regulation != Regulation.practices.id && ($0.to.map { $0 >= today } ?? true) }
        let vacant = try await call.desk.vacancies().count
        let steps: [(isDone: Bool, title: String, state: String, address: String)] = [
            (units > 1, l("设单位", "Units"), l("现有 \(units) 个", "\(units) now"), "/admin/units"),
            (people.count > 1, l("加人员", "People"), l("现有 \(people.count) 人", "\(people.count) now"), "/admin/people-file"),
            (
                people.count { $0.isAdministrator } > 1, l("设第二位系统管理员", "A second administrator"),
                l("有些事项须两位管理员", "some things take two"), "/admin/persons"
            ),
            (held > 1, l("任职", "Appointments"), l("在任 \(held) 个岗位", "\(held) posts held"), "/admin/persons"),
            (adopted, l("启用制度", "Adopt a regulation"), adopted ? l("已启用", "done") : l("尚未启用", "none yet"), "/admin/adoptions"),
            (
                adopted && vacant == 0, l("岗位都有人", "Every post held"),
                adopted ? l("空缺 \(vacant) 个", "\(vacant) vacant") : l("启用制度后检查", "after a regulation is adopted"), "/admin/persons"
            ),
            (
                call.calendar.announcedYears.contains(today.year), l("节假日", "Days off"),
                l("\(today.year) 年", "\(today.year)"), "/admin/holidays"
            ),
        ]
        if steps.allSatisfy(\.isDone) { return "" }
        let lines = steps.map { step -> HTML in
            let mark = step.isDone ? l("已完成", "done") : l("待办", "to do")
            return """
                <li><span><span class="state \(step.isDone ? "done" : "open")">\(mark)</span> <a href="\(step.address)">\(step.title)</a></span>\
                <span class="quiet">\(step.state)</span></li>
                """
        }
        let done = steps.count(where: \.isDone)
        return """
            <section class="sheet"><header><h2>\(l("启用清单", "To begin with"))</h2><span class="quiet">\(l("已完成 \(done) / \(steps.count)", "\(done) of \(steps.count) done"))</span></header>\
            <ol class="lines">\(lines)</ol></section>
            """
    }
}
