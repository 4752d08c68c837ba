import Kernel
import WorkCalendar

/// 违规报告: goes to the superior of whoever reports, one higher where the superior is the accused, and above the school where that is its
/// general manager (第十一条, 第十二条). It bears no number, which
/// would tell when it came; nobody reads it but the two who handle it. Whoever is accused is named nowhere by which it could be found.
package struct BreachReport: Document {
    package enum State: String, CaseIterable, Sendable { case reported, instructed, handled, closed }
    package enum Matter: String, Choosable {
        case unknown = "", secrecy, obstruction, retaliation, other
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .secrecy: Words("违反保密制度", "Breach of secrecy")
            case .obstruction: Words("阻挠信息人员履职", "Obstruction of information staff")
            case .retaliation: Words("打击报复", "Retaliation")
            case .other: Words("其他违规", "Other breach")
            }
        }
    }
    package var matter = Matter.unknown
    package var accused = PersonID.none
    package var facts = "", instruction = "", handling = ""
    package var files: [FileReference] = []
    package var superior = PersonID.none, above = PersonID.none, handler = PersonID.none
    package var day: Day?
    package init() {}

    package static let name = "breach-report"

    package static let form = Form<BreachReport>(
        "违规报告", "Report of a breach",
        states: [
            .reported: .open("待批示", "To be instructed"), .instructed: .open("待处理", "To be handled"),
            .handled: .open("待确认", "To be confirmed"), .closed: .done("已处理", "Closed"),
        ],
        readers: [], level: .internal,
        [
            .choice(\.matter, "事项", "Matter"), .person(\.accused, "被报告人", "Who is reported").unindexed(),
            .prose(\.facts, "情况", "Facts"), .files(\.files, "材料", "Papers").optional(), .day(\.day, "报告日期", "Day").onceFilled(),
            .person(\.superior, "受理人", "Who receives it").unindexed().onceFilled(),
            .person(\.above, "上一级", "One above").unindexed().onceFilled(),
            .prose(\.instruction, "批示", "Instruction").onceFilled(),
            .person(\.handler, "处理人", "Who handles it").unindexed().onceFilled(),
            .prose(\.handling, "处理情况", "What was done").onceFilled(),
        ])

    static let instructing = Deadline(
        "instructing", "按时批示", "Instruct in time", under: school[12], escalatesTo: .named(\BreachReport.above))
    package static let deadlines = [instructing]

    package static let report = Step<BreachReport>(
        "report", "报告违规", "Report", to: .reported, by: .staff, under: school[12], school[11],
        fields: [\.matter, \.accused, \.facts, \.files]
    ) { report, act in
        try act.require(report.accused != act.person, "不能报告本人；本人情况请直接向上级说明", "You cannot report yourself")
        try report.hideAuthor(act)
        let line = Superiors.line(above: act.record.unit, without: [act.person], accused: report.accused, act)
        try act.require(
            !line.isEmpty, "学校还没有可以受理此事的上级，请任命“上级监督人”，或直接向学校的主管单位书面报告",
            "The school has no superior to receive it; have an overseer appointed, or write to the body above the school")
        (report.superior, report.above, report.day) = (line[0], line.count > 1 ? line[1] : line[0], act.today)
        // Where nobody beneath the accused stands in for whoever receives it.
        if let unit = act.organisation.home(of: report.superior, on: act.today) { act.place(in: unit) }
        act.hold(report.superior)
        act.start(instructing, due: act.now.adding(hours: try act.parameter(.instructHours)))
        try ReporterProtection.begin(for: act.person, against: report.accused, act)
    }.reporting()
    package static let instruct = Step<BreachReport>(
        "instruct", "批示", "Instruct", from: .reported, to: .instructed,
        by: .named(\BreachReport.superior), notBy: report, under: school[12],
        fields: [\.instruction, \.handler], signs: true
    ) { report, act in try report.order(act) }
    /// Whoever stands above has nothing of it before its time is over; then it is theirs to instruct, and to close.
    package static let instructAbove = Step<BreachReport>(
        "instruct-above", "逾期代为批示", "Instruct from above", from: .reported, to: .instructed, by: .named(\BreachReport.above),
        notBy: report, under: school[12], fields: [\.instruction, \.handler], isOptional: true, signs: true
    ) { report, act in
        let due = try act.due(instructing)
        try act.require(
            due.map { $0 <= act.now } ?? false, "受理人的批示期限未满，请待逾期后再代为批示",
            "Whoever received it still has time to instruct; wait until it is over")
        try report.order(act)
        report.superior = act.person
    }
    package static let handle = Step<BreachReport>(
        "handle", "登记处理情况", "Handle", from: .instructed, to: .handled, by: .named(\BreachReport.handler), under: school[12],
        fields: [\.handling]
    ) { report, act in try act.require(!report.handling.isEmpty, "请对照批示写明处理情况", "Say what was done on each instruction") }
    package static let close = Step<BreachReport>(
        "close", "确认办结", "Close", from: .handled, to: .closed, by: .named(\BreachReport.superior), notBy: handle, under: school[12],
        fields: [])
    package static let steps = [report, instruct, instructAbove, handle, close]

    /// What a file is called may name who wrote it, and so does an office file inside. Of few people that is one.
    private mutating func hideAuthor(_ act: Act) throws {
        let organisation = act.organisation, today = act.today
        let colleagues = organisation.holdings.filter {
            $0.unit == act.record.unit && $0.holds(on: today) && organisation.people[$0.person]?.isActive == true
        }
        let endings = files.map { file in
            file.name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map { $0.lowercased() } ?? ""
        }
        try act.require(
            Set(colleagues.map(\.person)).count >= Self.few || Self.officeFiles.isDisjoint(with: endings),
            "您所在单位不足\(Self.few)人，Office 文件含有作者信息；请另存为 PDF 或图片（不含作者信息）后再提交",
            "Your unit has fewer than \(Self.few) people and an office file names its author; hand in a PDF or a picture without a name")
        files = zip(files, endings).enumerated().map { index, file in
            FileReference(digest: file.0.digest, name: "材料\(index + 1)" + (file.1.isEmpty ? "" : ".\(file.1)"), size: file.0.size)
        }
    }
    private static let few = 5
    private static let officeFiles: Set<String> = ["doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "dps", "rtf", "odt", "ods"]

    private func order(_ act: Act) throws {
        try act.require(!instruction.isEmpty, "请写明批示意见", "Say what is to be done")
        try act.require(handler != accused && handler != act.requester, "处理人不能是被报告人或报告人", "Neither of the two handles it")
        act.meet(Self.instructing)
        act.notify([handler], "您有一件需要处理的事项", "Something is yours to handle")
    }
}
