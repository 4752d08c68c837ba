import Kernel
import WorkCalendar

/// 机构不实资料报告: what an agency gave that was not true, reported at once, found by compliance, known to the general office (第二十三条). Upheld,
/// it stands in the agency's record and on the quarter's list.
package struct AgencyReport: Document {
    package enum State: String, CaseIterable, Sendable { case reported, upheld, filed, unfounded }
    package var agency = ID<Agency>.none
    package var discoveredOn: Day?, reportBy: Day?
    package var agencyName = "", policyNos = "", facts = "", lateReason = "", findings = "", measures = ""
    package var isLate = false
    package var evidence: [FileReference] = []
    package init() {}

    package static let name = "agency-report"

    package var title: String { agencyName }

    package static let form = Form<AgencyReport>(
        "机构不实资料报告", "Report on an agency", number: "机构报告",
        states: [
            .reported: .open("已报告，待核实", "Reported"), .upheld: .open("查实，待综合办公室知悉", "Upheld"), .filed: .done("已存档", "Filed"),
            .unfounded: .no("不属实", "Unfounded"),
        ],
        readers: [.either(.compliance, .channelManagement, .generalOffice, .generalManager)],
        [
            .reference(\.agency, "中介机构", "Agency"), .text(\.agencyName, "机构名称", "Name").code().optional().listed(),
            .day(\.discoveredOn, "发现日期", "Discovered on").listed(),
            .text(\.policyNos, "涉及保单号", "Policies").code().optional().hint("多个之间以空格分开", "with spaces between"),
            .prose(\.facts, "事实", "Facts"), .files(\.evidence, "证据", "Evidence"),
            .day(\.reportBy, "应报告日期", "To be reported by").optional().onceFilled(),
            .flag(\.isLate, "逾期报告", "Late").onceFilled().listed(), .text(\.lateReason, "逾期原因", "Why it is late").optional().onceFilled(),
            .prose(\.findings, "核实情况", "Findings").onceFilled(), .prose(\.measures, "对机构的处理", "What is done about it").onceFilled(),
        ])

    package static let report = Step<AgencyReport>(
        "report", "报告", "Report", to: .reported, by: .either(.backOffice, .channelManagement, .customerService), under: authenticity[23],
        fields: [\.agency, \.discoveredOn, \.policyNos, \.facts, \.evidence, \.lateReason]
    ) { report, act in
        guard let found = report.discoveredOn else { return }
        try act.require(found <= act.today, "发现日期不能晚于今天", "It was not discovered after today")
        let numbers = report.policyNos.split { $0.isWhitespace || "、，,；;".contains($0) }.map { ApplicationNumber.normalForm(String($0)) }
        for number in numbers {
            let policy = try act.find(\Policy.policyNo, is: number, limit: 1).first
            try act.require(policy != nil, "查无保单号 \(number)，请核对", "There is no policy \(number); check it")
            try act.require(
                policy?.value.agency == report.agency, "保单 \(number) 不是该机构销售的，请核对", "Policy \(number) was not sold by this agency; check it"
            )
        }
        report.agencyName = try act.load(report.agency)?.value.agencyName ?? ""
        report.policyNos = numbers.joined(separator: " ")
        // 及时: so many working days after it was discovered.
        let last = act.calendar.limit(workingDays: try act.parameter(.agencyReportWorkingDays), from: .startOfDay(found), belated: false)
            .day
        (report.reportBy, report.isLate) = (last, act.today > last)
        try act.require(
            !report.isLate || !report.lateReason.isEmpty, "应在 \(last) 前报告，已逾期，请写明原因", "It was to be reported by \(last); say why it is late"
        )
        act.notify(.either(.compliance, .generalManager), "有一件中介机构提供不实资料的报告，请核实", "An agency is reported for false data; look into it")
    }
    package static let uphold = Step<AgencyReport>(
        "uphold", "查实", "Uphold", from: .reported, to: .upheld, by: .post(.compliance), notBy: report, under: authenticity[23],
        fields: [\.findings, \.measures], isIrrevocable: true, signs: true
    ) { report, act in
        let text = report.findings
        if try act.load(report.agency)?.state == .active { try act.take(Agency.report, on: report.agency) { $0.finding = text } }
        try FalseDataFinding.enter(report, act)
        act.notify(.post(.generalOffice), "查实一件中介机构提供不实资料，请知悉，并列入季度上报", "An agency gave false data; it goes on the quarterly list")
    }
    package static let dismiss = Step<AgencyReport>(
        "dismiss", "认定不属实", "Dismiss", from: .reported, to: .unfounded, by: .post(.compliance), notBy: report, under: authenticity[23],
        fields: [\.findings], isOptional: true, signs: true)
    package static let file = Step<AgencyReport>(
        "acknowledge", "综合办公室知悉存档", "Acknowledge and file", from: .upheld, to: .filed, by: .post(.generalOffice), under: authenticity[23])
    package static let steps = [report, uphold, dismiss, file]
}
