import Kernel
import WorkCalendar

/// 市场分析报告: falls due each quarter and carries the counts of the quarter's items, which the system draws (第十八条, 第十九条).
package struct MarketAnalysis: Document {
    package enum State: String, CaseIterable, Sendable { case due, submitted, accepted }

    package struct Count: Line {
        package var month = ""
        package var group = MarketSubtype.unknown
        package var business = 0, other = 0
        package init() {}

        package static let fields: [Field<Count>] = [
            .text(\.month, "月份", "Month").code(), .choice(\.group, "小类", "Subtype").optional(),
            .whole(\.business, "业务信息", "Business", in: 0...10_000_000), .whole(\.other, "非业务信息", "Non-business", in: 0...10_000_000),
        ]
    }
    package var quarter: Period?
    package var counts: [Count] = []
    package var analysis = "", proposal = "", answer = ""
    package init() {}

    package static let name = "market-analysis"
    package var title: String { quarter?.words.zh ?? "" }

    package static let form = Form<MarketAnalysis>(
        "市场分析报告", "Market analysis", number: "市析",
        states: [.due: .open("待撰写", "Due"), .submitted: .open("待审阅", "Submitted"), .accepted: .done("已采纳", "Accepted")],
        readers: [.post(.marketSpecialist), .management],
        [
            .period(\.quarter, "季度", "Quarter", .quarter).indexed().listed(), .lines(\.counts, "信息统计", "Counts"),
            .prose(\.analysis, "分析", "Analysis"), .prose(\.proposal, "建议", "Proposals").optional(),
            .text(\.answer, "审阅意见", "Answer").optional().onceFilled(),
        ])

    static let writing = Deadline("writing", "按期撰写", "Write in time", under: school[19], escalatesTo: .post(.businessDirector))
    package static let deadlines = [writing]

    package static let open = Step<MarketAnalysis>("open", "到期", "Falls due", to: .due, by: .system, under: school[19], school[18]) {
        _, act in
        act.start(writing, workingDays: try act.parameter(.analysisWorkingDays))
    }
    package static let submit = Step<MarketAnalysis>(
        "submit", "提交", "Submit", from: .due, to: .submitted, by: .post(.marketSpecialist), under: school[19],
        fields: [\.analysis, \.proposal]
    ) { report, act in
        try act.require(!report.analysis.isEmpty, "请写明分析", "Write the analysis")
        act.meet(writing)
    }
    package static let accept = Step<MarketAnalysis>(
        "accept", "采纳", "Accept", from: .submitted, to: .accepted, by: .management, notBy: submit, under: school[19], fields: [\.answer])
    package static let giveBack = Step<MarketAnalysis>(
        "return", "退回", "Return", from: .submitted, to: .due, by: .management, notBy: submit, under: school[19], fields: [\.answer],
        isOptional: true
    ) { _, act in try act.resume(writing) }
    package static let steps = [open, submit, accept, giveBack]

    package static let quarterly = Duty("market-analysis", "市场分析报告", "Market analysis", under: school[19], .eachQuarter) { duty in
        var report = MarketAnalysis()
        report.quarter = Period(.quarter, of: duty.day)
        report.counts = try counts(of: InformationItem.all(from: duty.period.lowerBound, to: duty.day, duty))
        try duty.create(report, by: open)
    }

    static func counts(of items: [Found<InformationItem>]) -> [Count] {
        let groups = Dictionary(grouping: items.filter { $0.value.kind == .market }) { found in
            "\(SchoolMonth.name(of: found.record.created.day)) \(found.value.market.rawValue)"
        }
        return groups.keys.sorted().map { key in
            let found = groups[key] ?? []
            var count = Count()
            (count.month, count.group) = (String(key.prefix(7)), found.first?.value.market ?? .unknown)
            count.business = found.count { $0.value.source == .business }
            count.other = found.count - count.business
            return count
        }
    }
}

extension InformationItem {
    /// Those of a time, in whatever state.
    static func all(from first: Day, to last: Day, _ inquiry: Inquiry) throws -> [Found<InformationItem>] {
        try State.allCases.flatMap { try inquiry.all(InformationItem.self, in: $0, createdFrom: first, createdBy: last) }
    }
}

/// 竞争对手与行业资料 with source, date and how far it is to be believed (第十九条).
package struct IndustryEntry: Document {
    package enum State: String, CaseIterable, Sendable { case held, superseded }
    package enum Subject: String, Choosable {
        case unknown = "", competitor, industry, policy
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .competitor: Words("竞争对手", "Competitor")
            case .industry: Words("行业", "Industry")
            case .policy: Words("政策", "Policy")
            }
        }
    }
    package enum Reliability: String, Choosable {
        case unknown = "", confirmed, probable, doubtful
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .confirmed: Words("已证实", "Confirmed")
            case .probable: Words("较可靠", "Probable")
            case .doubtful: Words("待核实", "Doubtful")
            }
        }
    }
    package var subject = Subject.unknown
    package var reliability = Reliability.unknown
    package var about = "", source = "", content = ""
    package var day: Day?
    package var files: [FileReference] = []
    package init() {}

    package static let name = "industry-entry"
    package var title: String { about }

    package static let form = Form<IndustryEntry>(
        "竞争与行业资料", "Competitors and industry", number: "行业",
        states: [.held: .done("在库", "Held"), .superseded: .no("已过时", "Superseded")], readers: [.specialists, .management],
        [
            .choice(\.subject, "类别", "Subject").indexed().listed(), .text(\.about, "对象", "About").listed(),
            .text(\.source, "来源", "Source").listed(), .day(\.day, "日期", "Day").listed(),
            .choice(\.reliability, "可靠程度", "Reliability").indexed().listed(), .prose(\.content, "内容", "Content"),
            .files(\.files, "附件", "Attachments").optional(),
        ])

    package static let enter = Step<IndustryEntry>("enter", "收集入库", "Enter", to: .held, by: .specialists, under: school[19]) { entry, act in
        try act.require(entry.day.map { $0 <= act.today } ?? false, "资料日期不能晚于今天", "It cannot be after today")
    }
    package static let assess = Step<IndustryEntry>(
        "assess", "重估可靠程度", "Assess again", from: .held, to: nil, by: .specialists, under: school[19], fields: [\.reliability],
        isOptional: true)
    package static let supersede = Step<IndustryEntry>(
        "supersede", "标记过时", "Superseded", from: .held, to: .superseded, by: .specialists, under: school[19], fields: [], isOptional: true)
    package static let steps = [enter, assess, supersede]
}
