import Kernel
import WorkCalendar

/// 市场信息呈报: falls due by itself for each market unit and month; in time, late and returned are counted by the first due day (第十九条).
package struct MarketReport: Document {
    package enum State: String, CaseIterable, Sendable { case due, submitted, received }
    package var period = "", content = "", wrong = ""
    package var reporting = UnitID.none
    package var firstDue: Day?, due: Day?, submittedOn: Day?
    package var isLate = false
    package var returns = 0
    package init() {}

    package static let name = "market-report"
    package var title: String { period }

    package static let form = Form<MarketReport>(
        "市场信息呈报", "Market report", number: "市报",
        states: [.due: .open("待呈报", "Due"), .submitted: .open("待接收", "Submitted"), .received: .done("已接收", "Received")],
        readers: [.post(.marketSpecialist), .management, .head],
        [
            .text(\.period, "月份", "Month").code().indexed().listed(), .unit(\.reporting, "市场机构", "Market unit").listed(),
            .day(\.firstDue, "原定期限", "First due").listed(), .day(\.due, "现定期限", "Due").listed(),
            .prose(\.content, "呈报内容", "Report"), .day(\.submittedOn, "呈报日期", "Submitted").onceFilled().listed(),
            .flag(\.isLate, "逾期", "Late").listed(), .whole(\.returns, "退回次数", "Returned", in: 0...1000).listed(),
            .text(\.wrong, "退回原因", "Why it is returned").onceFilled(),
        ])

    static let submitting = Deadline("submitting", "按期呈报", "Report in time", under: school[19], escalatesTo: .post(.businessDirector))
    package static let deadlines = [submitting]

    package static let open = Step<MarketReport>("open", "到期", "Falls due", to: .due, by: .system, under: school[19]) { report, act in
        let limit = act.start(submitting, workingDays: try act.parameter(.marketReportWorkingDays))
        (report.firstDue, report.due) = (limit.moment.adding(milliseconds: -1).day, limit.moment.adding(milliseconds: -1).day)
    }
    package static let submit = Step<MarketReport>(
        "submit", "呈报", "Submit", from: .due, to: .submitted, by: .post(.marketReporter, of: \MarketReport.reporting), under: school[19],
        fields: [\.content]
    ) { report, act in
        act.meet(submitting)
        if report.submittedOn == nil {
            report.submittedOn = act.today
            report.isLate = report.firstDue.map { act.today > $0 } ?? false
        }
    }
    package static let receive = Step<MarketReport>(
        "receive", "接收归类", "Receive", from: .submitted, to: .received, by: .post(.marketSpecialist), notBy: submit, under: school[19],
        fields: [])
    package static let giveBack = Step<MarketReport>(
        "return", "退回更正", "Return", from: .submitted, to: .due, by: .post(.marketSpecialist), notBy: submit, under: school[19],
        fields: [\.wrong], isOptional: true
    ) { report, act in
        try act.require(!report.wrong.isEmpty, "请写明退回原因", "Say why it is returned")
        report.returns += 1
        try act.resume(submitting)
    }
    /// Another due day is shown beside the first, by which it is judged.
    package static let prolong = Step<MarketReport>(
        "prolong", "延期", "Prolong", from: .due, to: nil, by: .post(.businessDirector), under: school[19], fields: [\.due], isOptional: true
    ) { report, act in
        try act.require(report.due.map { $0 >= act.today } ?? false, "新期限不能早于今天", "The new day cannot be before today")
        if let due = report.due { act.restart(submitting, due: .endOfDay(due)) }
    }
    /// Its first due day is over and nothing was handed in.
    package static let miss = Step<MarketReport>(
        "miss", "登记逾期", "Enter as late", from: .due, to: nil, by: .system, under: school[19]
    ) { report, _ in report.isLate = true }
    package static let steps = [open, submit, receive, giveBack, prolong, miss]

    /// One for each unit in which somebody reports.
    package static let monthly = Duty("market-reports", "市场信息呈报", "Market reports", under: school[19], .eachMonth) { duty in
        let held = duty.organisation.holdings.filter { $0.post == Post.marketReporter.id && $0.holds(on: duty.now.day) }
        let units = Set(held.map(\.unit)).filter { duty.organisation.mayName($0, in: duty.scope) }
        for unit in units.sorted(by: { $0.raw < $1.raw }) {
            var report = MarketReport()
            (report.period, report.reporting) = (SchoolMonth.name(of: duty.day), unit)
            try duty.create(report, by: open, in: unit)
        }
    }
}

extension MarketReport {
    /// Whoever never reports is late too.
    package static let daily = Duty("market-reports-late", "逾期呈报登记", "Late market reports", under: school[19], .eachDay, lastIsEnough: true)
    { duty in
        let today = duty.now.day
        for found in try duty.all(MarketReport.self, in: .due, createdBy: today)
        where !found.value.isLate && found.value.submittedOn == nil && found.value.firstDue.map({ $0 < today }) ?? false {
            try duty.take(miss, on: found.id)
        }
    }
}

enum SchoolMonth {
    /// 2026-03.
    static func name(of day: Day) -> String { String(day.description.prefix(7)) }

    /// The days of 2026-03.
    static func days(of name: String) -> ClosedRange<Day>? {
        Day(iso: "\(name)-01").map { $0...$0.adding(months: 1).adding(days: -1) }
    }
}
