import Kernel
import WorkCalendar

/// 季度不实资料汇总: what became final in a quarter, and what was taken back of earlier lists (第二十二条). A quarter without any has a nil
/// report. Reviewed, sent to the general office, reported by it to the regulator and the association, and closed with both receipts. What
/// has been sent is never changed.
package struct FalseDataList: Document {
    package enum State: String, CaseIterable, Sendable { case compiled, reviewed, sent, reported, receipted }

    package enum Recipient: String, Choosable {
        case unknown = "", regulator, association
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .regulator: Words("监管局", "Regulator")
            case .association: Words("行业协会", "Association")
            }
        }
        static let both: [Recipient] = [.regulator, .association]
    }

    package var quarter: Period?
    package var count = 0, corrections = 0
    package var isNil = false
    package var rows: [FalseDataRow] = []
    package var opinion = "", returnReason = ""
    package var sentOn: Day?, reportedOn: Day?
    package var outwardNo = "", way = "", recipients = ""
    package var letter: [FileReference] = []
    package var receipts: [OutwardReceipt] = []
    package init() {}

    package static let name = "false-data-list"

    package static let form = Form<FalseDataList>(
        "季度不实资料汇总", "Quarterly list of false data", number: "汇总",
        states: [
            .compiled: .open("待审核", "To be reviewed"), .reviewed: .open("待报送综合办公室", "To be sent"),
            .sent: .open("待上报", "With the general office"),
            .reported: .open("待取得回执", "Reported"), .receipted: .done("已取得回执", "Receipts in"),
        ],
        readers: [.either(.compliance, .channelManagement, .generalOffice, .generalManager)],
        [
            .period(\.quarter, "季度", "Quarter", .quarter).indexed().listed(), .whole(\.count, "认定件数", "Findings", in: 0...100_000).listed(),
            .whole(\.corrections, "更正件数", "Corrections", in: 0...100_000).listed(),
            .flag(\.isNil, "零报告", "Nil report").onceFilled().listed(),
            .lines(\.rows, "明细", "Lines").optional().unindexed(), .prose(\.opinion, "审核意见", "Review").optional().onceFilled(),
            .prose(\.returnReason, "退回理由", "Why it came back").onceFilled(),
            .day(\.sentOn, "报送综合办公室日期", "Sent on").optional().onceFilled().listed(),
            .text(\.outwardNo, "发文编号", "Outward number").code().onceFilled(),
            .day(\.reportedOn, "上报日期", "Reported on").onceFilled().listed(),
            .codes(\.recipients, "报送对象", "Reported to", Recipient.both.map { .init(value: $0.rawValue, words: $0.words) }).onceFilled(),
            .text(\.way, "报送方式", "How").onceFilled(), .files(\.letter, "上报文件", "The report").optional().onceFilled(),
            .lines(\.receipts, "回执", "Receipts").onceFilled().unindexed(),
        ])

    static let sending = Deadline(
        "sending", "报送综合办公室", "Send to the general office", under: authenticity[22], escalatesTo: .post(.generalManager))
    static let reporting = Deadline(
        "reporting", "上报监管局和行业协会", "Report outward", under: authenticity[22], escalatesTo: .post(.generalManager))
    package static let deadlines = [sending, reporting]

    package static let draw = Step<FalseDataList>(
        "draw", "编制汇总", "Draw up", to: .compiled, by: .post(.compliance), under: authenticity[22], fields: [\.quarter]
    ) { list, act in
        guard let quarter = list.quarter else { return }
        try act.require(quarter.days.upperBound < act.today, "该季度尚未结束，不能编制", "The quarter is not over yet")
        try act.require(
            try act.find(\FalseDataList.quarter, is: list.quarter, limit: 1).isEmpty, "该季度已有汇总，不能重复编制",
            "There is a list of this quarter already")
        try list.begin(act)
    }
    package static let compile = Step<FalseDataList>("compile", "生成汇总", "Compile", to: .compiled, by: .system, under: authenticity[22]) {
        list, act in
        try list.begin(act)
        act.notify(.post(.compliance), "上季度不实资料汇总已生成，请审核报送", "The list of last quarter's false data is drawn up; review and send it")
    }
    package static let review = Step<FalseDataList>(
        "review", "审核", "Review", from: .compiled, to: .reviewed, by: .post(.compliance), under: authenticity[22], fields: [\.opinion],
        signs: true
    ) { list, act in try list.gather(act) }
    package static let takeBack = Step<FalseDataList>(
        "takeBack", "退回重新审核", "Review anew", from: .reviewed, to: .compiled, by: .either(.compliance, .generalManager),
        under: authenticity[22],
        fields: [\.returnReason], isOptional: true)
    package static let send = Step<FalseDataList>(
        "send", "报送综合办公室", "Send to the general office", from: .reviewed, to: .sent, by: .either(.compliance, .generalManager),
        under: authenticity[22], isIrrevocable: true, signs: true
    ) { list, act in
        var now = list
        try now.gather(act)
        try act.require(
            now.rows == list.rows, "审核之后认定有变化，请退回重新审核", "Something has changed since the review; review it anew")
        list.sentOn = act.today
        act.meet(sending)
        act.start(reporting, due: .endOfDay(act.today.adding(days: try act.parameter(.outwardReportDays))))
        try list.mark(act)
        act.notify(
            .post(.generalOffice), "收到季度不实资料汇总，请上报监管局和行业协会",
            "The quarterly list is with you; report it to the regulator and the association")
    }
    package static let report = Step<FalseDataList>(
        "report", "登记上报", "Report outward", from: .sent, to: .reported, by: .post(.generalOffice), under: authenticity[22],
        fields: [\.outwardNo, \.reportedOn, \.recipients, \.way, \.letter], isIrrevocable: true
    ) { _, act in act.meet(reporting) }.checking { list, check in
        let told = Set(FieldKind.codes(in: list.recipients))
        check.require(
            Recipient.both.allSatisfy { told.contains($0.rawValue) }, "须同时上报监管局和行业协会", "It goes to both the regulator and the association",
            at: \.recipients)
        check.require(
            list.reportedOn.map { $0 <= check.act.today && $0 >= list.sentOn ?? .first } ?? false, "上报日期不能早于报送之日或晚于今天",
            "It is reported not before it was sent here and not after today", at: \.reportedOn)
    }
    package static let receipt = Step<FalseDataList>(
        "receipt", "登记回执", "Register the receipts", from: .reported, to: .receipted, by: .post(.generalOffice), under: authenticity[22],
        fields: [\.receipts], isIrrevocable: true
    ) { list, act in
        for recipient in Recipient.both {
            try act.require(
                list.receipts.contains { $0.recipient == recipient }, "缺少\(recipient.words.zh)的回执，取得后再登记",
                "The receipt of the \(recipient.words.en.lowercased()) is missing; register both")
        }
        try act.require(
            list.receipts.allSatisfy { receipt in receipt.day.map { $0 <= act.today && $0 >= list.reportedOn ?? .first } ?? false },
            "回执日期不能早于上报之日或晚于今天", "A receipt is not of before the report and not of after today")
    }
    package static let steps = [draw, compile, review, takeBack, send, report, receipt]

    /// 第二十二条: one for each quarter, also where there is nothing.
    package static let quarterly = Duty(
        "false-data-list", "季度不实资料汇总", "Quarterly list of false data", under: authenticity[22], .eachQuarter
    ) {
        duty in
        let quarter: Period? = Period(.quarter, of: duty.day)
        guard try duty.find(\FalseDataList.quarter, is: quarter, limit: 1).isEmpty else { return }
        var list = FalseDataList()
        list.quarter = quarter
        try duty.create(list, by: compile)
    }
}

/// One finding on a list, or the correction of one on an earlier list.
package struct FalseDataRow: Line {
    package enum Kind: String, Choosable {
        case unknown = "", finding, correction
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .finding: Words("认定", "Finding")
            case .correction: Words("更正：前期认定已撤销", "Correction: taken back")
            }
        }
    }
    package var kind = Kind.unknown
    package var finding = ID<FalseDataFinding>.none
    package var day: Day?
    package var codes = "", policyNo = "", behaviour = FalseDataFinding.Kind.unknown
    package var earlier = ""
    package init() {}

    package static let fields: [Field<FalseDataRow>] = [
        .choice(\.kind, "性质", "Line"), .reference(\.finding, "认定", "Finding"), .day(\.day, "日期", "Day"),
        .text(\.codes, "业务员代码或机构", "Seller").code().optional(), .text(\.policyNo, "保单号", "Policy number").code().optional(),
        .choice(\.behaviour, "行为", "What was done"), .text(\.earlier, "原清单", "Earlier list").code().optional(),
    ]
}

package struct OutwardReceipt: Line {
    package var recipient = FalseDataList.Recipient.unknown
    package var day: Day?
    package var number = ""
    package var file: [FileReference] = []
    package init() {}

    package static let fields: [Field<OutwardReceipt>] = [
        .choice(\.recipient, "出具单位", "From"), .day(\.day, "日期", "Day"), .text(\.number, "回执编号", "Number").code(),
        .files(\.file, "回执文件", "File").optional(),
    ]
}
