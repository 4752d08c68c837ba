import Kernel
import WorkCalendar

/// 服务台指标: how many were asked, solved in time, sent back, and how content the askers were; counted each month (第二章21).
package struct DeskFigures: Document {
    package enum State: String, CaseIterable, Sendable { case counted }
    package var period: Period?
    package var asked = 0, solved = 0, late = 0, reopened = 0, open = 0, content = 0, judged = 0, minutes = 0
    package var inTime: DecimalNumber?
    package init() {}

    package static let name = "service-desk-figures"
    package var title: String { period?.words.zh ?? "" }

    private static let many = 0...100_000_000
    package static let form = Form<DeskFigures>(
        "服务台指标", "Service desk figures", states: [.counted: .done("已统计", "Counted")],
        readers: [.centre, .post(factoryLeader), .post(.head)],
        [
            .period(\.period, "月份", "Month", .month).indexed().listed(), .whole(\.asked, "提出", "Asked", in: many).listed(),
            .whole(\.solved, "已解决", "Solved", in: many).listed(), .whole(\.late, "超时", "Late", in: many).listed(),
            .decimal(\.inTime, "按时率（%）", "In time, %", places: 1, in: 0...100).optional().listed(),
            .whole(\.reopened, "退回", "Reopened", in: many).listed(), .whole(\.open, "未了", "Still open", in: many).listed(),
            .whole(\.judged, "已评价", "Judged", in: many), .whole(\.content, "满意", "Content", in: many).listed(),
            .whole(\.minutes, "平均处理工时（分钟）", "Working minutes a ticket", in: many).listed(),
        ])

    package static let count = Step<DeskFigures>("count", "统计", "Count", to: .counted, by: .system, under: enterpriseIT["第二章21"])
    package static let steps = [count]

    static let monthly = Duty("desk-figures", "服务台指标", "Service desk figures", under: enterpriseIT["第二章21"], .eachMonth) { duty in
        var tickets: [Found<ServiceTicket>] = []
        for state in ServiceTicket.State.allCases {
            tickets += try duty.all(ServiceTicket.self, in: state, createdFrom: duty.period.lowerBound, createdBy: duty.day)
        }
        try duty.create(DeskFigures(of: tickets, in: Period(.month, of: duty.day)), by: count)
    }

    package init(of tickets: [Found<ServiceTicket>], in period: Period) {
        (self.period, asked) = (period, tickets.count)
        for ticket in tickets {
            let isSolved = ticket.state == .solved || ticket.state == .closed
            solved += isSolved ? 1 : 0
            open += isSolved ? 0 : 1
            late += ticket.value.isLate ? 1 : 0
            reopened += ticket.value.reopened
            judged += ticket.value.satisfaction == .none ? 0 : 1
            content += ticket.value.satisfaction == .good ? 1 : 0
            minutes += isSolved ? ticket.value.minutes : 0
        }
        if solved > 0 {
            minutes /= solved
            let good = tickets.count { !$0.value.isLate && ($0.state == .solved || $0.state == .closed) } * 1000 / solved
            inTime = DecimalNumber(loose: "\(good / 10).\(good % 10)")
        }
    }
}
