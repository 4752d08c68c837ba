import Kernel
import WorkCalendar

/// 单位移交清单: a unit is dissolved or merged; what it keeps stands on a numbered list that both sides sign, and then every record goes over,
/// with its clocks running on (第十四条).
package struct UnitTransfer: Document {
    package enum State: String, CaseIterable, Sendable { case drawnUp, given, complete, cancelled }

    package struct Row: Line {
        package var mark = "", what = "", number = "", state = ""
        package init() {}

        package static let fields: [Field<Row>] = [
            .text(\.what, "类别", "Kind").code(), .text(\.number, "编号", "Number").code().optional(),
            .text(\.state, "办理状态", "State").code().optional(), .text(\.mark, "系统核对码", "Mark").code().optional().kept(),
        ]
    }
    package var source = UnitID.none, target = UnitID.none
    package var sourceName = "", targetName = "", grounds = "", codes = "", reason = ""
    package var rows: [Row] = []
    package var giver = PersonID.none, receiver = PersonID.none
    package var day: Day?
    package init() {}

    package static let name = "unit-transfer"
    package var title: String { sourceName }

    package static let form = Form<UnitTransfer>(
        "单位移交清单", "Transfer list of a unit", number: "移交",
        states: [
            .drawnUp: .open("待移交方签字", "To be signed"), .given: .open("待接收方签字", "To be signed by the other side"),
            .complete: .done("已移交", "Transferred"), .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.office, .management],
        [
            .unit(\.source, "移交单位", "From").listed(), .unit(\.target, "接收单位", "To").listed(), .text(\.grounds, "事由（撤销、合并）", "Why"),
            .text(\.codes, "随单位停用的发文机关代字", "Codes that are retired with it").code().optional().onceFilled()
                .hint("只填该单位专用的代字，多个用顿号隔开；移交当日停止编号", "its own alone, with 、 between; not numbered any more from the day"),
            .person(\.giver, "移交方签字人", "Signs for the giver"), .person(\.receiver, "接收方签字人", "Signs for the receiver"),
            .text(\.sourceName, "移交单位名称", "Name of the giver").onceFilled(),
            .text(\.targetName, "接收单位名称", "Name of the receiver").onceFilled(),
            .day(\.day, "移交日期", "Day").onceFilled().listed(), .lines(\.rows, "清单", "List").longest(20_000).onceFilled(),
            .text(\.reason, "取消理由", "Why cancelled").onceFilled(),
        ])

    package static let drawUp = Step<UnitTransfer>(
        "draw-up", "编制清单", "Draw up", to: .drawnUp, by: .office, under: school[14],
        fields: [\.source, \.target, \.grounds, \.codes, \.giver, \.receiver]
    ) { transfer, act in
        let (from, to) = (act.organisation.name(transfer.source), act.organisation.name(transfer.target))
        (transfer.sourceName, transfer.targetName) = (from.zh, to.zh)
        let organisation = act.organisation, today = act.today
        try act.require(
            organisation.isInService(transfer.giver, within: transfer.source, on: today), "移交方签字人须在移交单位任职",
            "Whoever signs for the giver serves there")
        try act.require(
            organisation.isInService(transfer.receiver, within: transfer.target, on: today) && transfer.giver != transfer.receiver,
            "接收方签字人须在接收单位任职，且与移交方不同", "Whoever signs for the receiver serves there, and is somebody else")
        transfer.rows = try fresh(of: transfer.source, act)
        act.place(in: transfer.target)
    }.checking { transfer, check in
        check.require(
            transfer.retired.allSatisfy(OfficialNumber.isCode), "发文机关代字应为两个以上汉字，不含年份、括号和数字，如“育才东发”",
            "A code has no year, brackets or digits", at: \.codes)
        check.require(transfer.source != transfer.target, "接收单位不能是移交单位", "The two units differ", at: \.target, \.source)
    }
    package static let give = Step<UnitTransfer>(
        "give", "移交方签字", "Give", from: .drawnUp, to: .given, by: .named(\UnitTransfer.giver), under: school[14], fields: [], signs: true
    ) { transfer, act in transfer.rows = try fresh(of: transfer.source, act) }
    package static let receive = Step<UnitTransfer>(
        "receive", "接收方签字并划转", "Receive and move", from: .given, to: .complete, by: .named(\UnitTransfer.receiver), notBy: give,
        under: school[14], fields: [], isIrrevocable: true, signs: true
    ) { transfer, act in
        let held = try act.kept(in: transfer.source)
        try act.require(
            Set(held.map(\.mark)) == Set(transfer.rows.map(\.mark)), "清单签字之后又有变化，请移交方重新签字",
            "The list has changed since it was signed; sign it anew")
        try act.move(held, to: transfer.target)
        for code in transfer.retired { try NumberBook.end(code, act) }
        transfer.day = act.today
    }
    package static let redraw = Step<UnitTransfer>(
        "redraw", "重新编制", "Draw up anew", from: .given, to: .drawnUp, by: .office, under: school[14], fields: [], isOptional: true
    ) { transfer, act in transfer.rows = try fresh(of: transfer.source, act) }
    package static let cancel = Step<UnitTransfer>(
        "cancel", "取消", "Cancel", from: .drawnUp, .given, to: .cancelled, by: .office, under: school[14], fields: [\.reason],
        isOptional: true)
    package static let steps = [drawUp, give, receive, redraw, cancel]

    private var retired: [String] { codes.split { "、，,；; ".contains($0) }.map(String.init) }

    /// 撤销、合并单位须先移交: nothing stays behind in a unit that is closed.
    static let closing = Guard("unit-transfer", under: school[14], on: .closingUnit) { change in
        let left = try change.kept(in: change.unit)
        try change.require(
            left.isEmpty, "该单位还有 \(left.count) 件信息资料未移交，请先编制移交清单并由双方签字",
            "\(left.count) records are still in this unit; draw up the transfer list, and both sides sign it")
    }

    /// Of documents that went over since a day, by their ids: the unit that kept them before the first time.
    static func formerUnits(since first: Day, _ inquiry: Inquiry) throws -> [Int64: UnitID] {
        let transfers = try inquiry.all(UnitTransfer.self, in: .complete, createdBy: inquiry.today).filter { found in
            found.value.day.map { first <= $0 } ?? false
        }
        if transfers.isEmpty { return [:] }
        var sources: [String: UnitID] = [:]
        // The latest first, so that the first one has the last word.
        for found in transfers.sorted(by: { ($0.value.day ?? first, $0.record.id) > ($1.value.day ?? first, $1.record.id) }) {
            for row in found.value.rows { sources[row.mark] = found.value.source }
        }
        let kept = try Set(transfers.map(\.value.target)).flatMap { try inquiry.kept(in: $0) }
        return Dictionary(kept.compactMap { held in sources[held.mark].map { (held.id, $0) } }) { first, _ in first }
    }

    private static func fresh(of unit: UnitID, _ inquiry: Inquiry) throws -> [Row] {
        try inquiry.kept(in: unit).map { held in
            let isHidden = held.type == BreachReport.name || held.type == PersonnelMatter.name
            var row = Row()
            (row.what, row.number) = isHidden ? ("另行移交事项", "") : (held.what.zh, held.number)
            (row.mark, row.state) = (held.mark, held.isOpen ? "未办结" : "已办结")
            return row
        }
    }
}
