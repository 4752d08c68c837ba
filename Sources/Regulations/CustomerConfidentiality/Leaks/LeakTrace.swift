import Kernel
import WorkCalendar

/// 查阅追溯: who saw the records of a leak, from the ledger, and what was taken back. For the two officers; whoever reported it does not see
/// it.
package struct LeakTrace: Document {
    package enum State: String, CaseIterable, Sendable { case gathered }
    package static let name = "leak-trace"
    package var report = ID<LeakReport>.none
    package var readings: [SeenLine] = []
    package var ended: [PersonID] = []
    package var copies: [ID<ControlledCopy>] = []
    package init() {}

    package static let form = Form<LeakTrace>(
        "查阅追溯", "Who saw it", states: [.gathered: .done("已汇总", "Gathered")], readers: [.officers],
        [
            .reference(\.report, "泄露报告", "Leak report").listed(), .lines(\.readings, "查阅、打印、导出记录", "Readings").optional().longest(5000),
            .people(\.ended, "已收回授权的人员", "Whose grants ended").optional(),
            .references(\.copies, "已通知收回的副本", "Copies recalled").optional().longest(10_000),
        ])
    package static let gather = Step<LeakTrace>(
        "gather", "汇总", "Gather", to: .gathered, by: .system, under: confidentiality[27], isIrrevocable: true)
    package static let steps = [gather]
}

package struct SeenLine: Line {
    package var record = "", what = ""
    package var person = PersonID.none
    package var at: Moment?
    package init() {}
    init(record: String, person: PersonID, at: Moment, what: String) {
        (self.record, self.person, self.at, self.what) = (record, person, at, what)
    }

    package static let fields: [Field<SeenLine>] = [
        .text(\.record, "档号", "Record"), .person(\.person, "人员", "Person"), .moment(\.at, "时间", "At"), .text(\.what, "方式", "How"),
    ]
}
