import Kernel
import WorkCalendar

/// 季度质量考核表: lists the entries of a quarter (（9）). Made after its end by itself, and given out when all of them are decided.
package struct AppraisalSheet: Document {
    package enum State: String, CaseIterable, Sendable { case drawn, issued }
    package var quarter = ""
    package var rows: [Row] = []
    package init() {}
    init(_ quarter: String) { self.quarter = quarter }

    package static let name = "appraisal-sheet"
    package var title: String { quarter }

    package static let form = Form<AppraisalSheet>(
        "季度质量考核表", "Quarterly appraisal", number: "考核表",
        states: [.drawn: .open("待发布", "Drawn up"), .issued: .done("已发布", "Issued")],
        readers: [.hub, .leaders, .head],
        [
            .text(\.quarter, "季度", "Quarter").indexed().listed().hint("例如 2026Q1", "for example 2026Q1"),
            .lines(\.rows, "考核条目", "Entries").optional().unindexed(),
        ])

    package static let draw = Step<AppraisalSheet>(
        "draw", "编制", "Draw up", to: .drawn, by: .hub, under: drugQuality[9], fields: [\.quarter]
    ) { sheet, act in
        sheet.quarter = PlainCode.normalForm(sheet.quarter)
        try act.require(Quarter.isOne(sheet.quarter), "季度请写成 2026Q1", "Write the quarter like 2026Q1")
        try act.require(
            try act.find(\AppraisalSheet.quarter, is: sheet.quarter, limit: 1).isEmpty, "该季度已有考核表，请在原表上刷新",
            "There is a sheet of this quarter; refresh that one")
        try sheet.list(act)
    }
    package static let compile = Step<AppraisalSheet>("compile", "生成", "Compile", to: .drawn, by: .system, under: drugQuality[9]) {
        sheet, act in
        try sheet.list(act)
        act.notify(.hub, "\(sheet.quarter)质量考核表已生成，请核对发布", "The appraisal of \(sheet.quarter) is drawn up; look at it and issue it")
    }
    package static let refresh = Step<AppraisalSheet>(
        "refresh", "刷新", "Refresh", from: .drawn, to: nil, by: .hub, under: drugQuality[9], isOptional: true
    ) { sheet, act in try sheet.list(act) }
    package static let issue = Step<AppraisalSheet>(
        "issue", "发布", "Issue", from: .drawn, to: .issued, by: .judges, under: drugQuality[9], signs: true
    ) { sheet, act in
        try sheet.list(act)
        let open = sheet.rows.filter { ![.confirmed, .overturned, .lapsed].contains(AppraisalEntry.State(rawValue: $0.state)) }
        try act.require(
            open.isEmpty, "还有 \(open.count) 条未确认或在申诉中，办结后方可发布", "\(open.count) entries are not decided yet; issue it after that")
    }
    package static let steps = [draw, compile, refresh, issue]

    package static let quarterly = Duty("appraisal-sheet", "季度质量考核表", "Quarterly appraisal", under: drugQuality[9], .eachQuarter) { duty in
        try duty.create(AppraisalSheet(Quarter.name(of: duty.day)), by: compile)
    }

    private mutating func list(_ act: Act) throws {
        let entries = try act.find(\AppraisalEntry.quarter, is: quarter, limit: 5000)
        rows = entries.filter { $0.state != .lapsed }.reversed().map { found in
            var row = Row()
            (row.person, row.entry, row.state) = (found.value.person, found.id, found.state?.rawValue ?? "")
            row.words = AppraisalEntry.form.states[found.state ?? .proposed]?.words.zh ?? ""
            row.penalty = found.value.penalty
            return row
        }
    }

    package struct Row: Line {
        package var person = PersonID.none
        package var entry = ID<AppraisalEntry>.none
        package var state = "", words = "", penalty = ""
        package init() {}

        package static let fields: [Field<Row>] = [
            .person(\.person, "被考核人", "Person"), .reference(\.entry, "条目", "Entry"), .text(\.state, "状态代码", "State code").code().optional(),
            .text(\.words, "状态", "State"), .text(\.penalty, "处罚", "Penalty").optional(),
        ]
    }
}
