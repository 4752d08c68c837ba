import Kernel
import WorkCalendar

package enum InspectionResult: String, Choosable {
    case unknown = "", good, danger, absent

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .good: Words("合格", "In order")
        case .danger: Words("有隐患", "Danger")
        case .absent: Words("不适用", "Does not apply")
        }
    }
}

/// 检查: one round of a plan over its places. It cannot be finished with something unchecked, and is closed with the last danger removed.
package struct Inspection: Document {
    package enum State: String, CaseIterable, Sendable { case open, following, closed }
    package var law = ""
    package var plan = ID<InspectionPlan>.none
    package var heading = "", period = ""
    package var inspector = PersonID.none
    package var due: Day?
    package var removalDays = 7
    package var lines: [InspectedLine] = []
    package init() {}

    package static let name = "inspection"
    package var title: String { "\(heading) \(period)" }

    package static let form = Form<Inspection>(
        "检查", "Inspection", number: "检查",
        states: [
            .open: .open("检查中", "Being made"), .following: .open("隐患整改中", "Dangers being removed"), .closed: .done("已办结", "Closed"),
        ],
        readers: [.head],
        [
            .article(\.law, "依据条款", "Under").listed(), .reference(\.plan, "方案", "Plan"), .text(\.heading, "名称", "Heading").listed(),
            .text(\.period, "周期", "Period").code().listed(), .person(\.inspector, "检查人", "Inspector").listed(),
            .day(\.due, "完成期限", "Due").listed(), .whole(\.removalDays, "整改期限（天）", "Days to remove a danger", in: 1...180),
            .lines(\.lines, "检查记录", "Record").longest(1000),
        ])

    package static let finishing = Deadline(
        "finishing", "按期完成检查", "Finish in time", under: .named, escalatesTo: .headOf(\Inspection.inspector),
        reminders: [.days(7), .lastFifth])
    package static let deadlines = [finishing]

    package static let begin = Step<Inspection>("begin", "下达检查", "Begin", to: .open, by: .system, under: .named) { inspection, act in
        if let due = inspection.due { act.start(finishing, due: .endOfDay(due)) }
        try act.letWatchersSee(Inspection.self, under: inspection.law)
        act.notify([inspection.inspector], "本期检查已下达：\(inspection.heading)", "An inspection is yours: \(inspection.heading)")
    }
    /// As often as one likes: place by place.
    package static let record = Step<Inspection>(
        "record", "登记检查结果", "Enter results", from: .open, to: nil, by: .named(\Inspection.inspector), under: .named, fields: [\.lines],
        isOptional: true, allowsBlanks: true
    ) { inspection, act in try inspection.requireWhole(act) }
    package static let finish = Step<Inspection>(
        "finish", "完成检查", "Finish", from: .open, to: .following, by: .named(\Inspection.inspector), under: .named, fields: [], signs: true
    ) { inspection, act in
        try inspection.requireWhole(act)
        let blank = inspection.lines.count { $0.result == .unknown }
        try act.require(blank == 0, "还有 \(blank) 项未检查，不能完成", "\(blank) items are not checked yet")
        for line in inspection.lines where line.result == .danger {
            try act.require(
                !line.note.isEmpty, "请写明“\(line.place)·\(line.item)”的隐患", "Say what the danger at “\(line.place) · \(line.item)” is")
            try act.create(Danger(line, of: inspection, act), by: Danger.report, heldBy: line.owner)
        }
        act.meet(finishing)
    }
    /// With the last danger.
    package static let close = Step<Inspection>("close", "办结", "Close", from: .following, to: .closed, by: .system, under: .named)
    /// Where there was no danger.
    package static let confirm = Step<Inspection>(
        "confirm", "确认办结", "Confirm", from: .following, to: .closed, by: .named(\Inspection.inspector), under: .named
    ) { _, act in
        let left = try Danger.left(of: ID(act.record.id), act)
        try act.require(left == 0, "还有 \(left) 项隐患未消除，不能办结", "\(left) dangers are left; it cannot be closed")
    }
    package static let show = Step<Inspection>(
        "show", "开放查阅", "Shown to those who watch", from: .open, .following, to: nil, by: .system, under: .named, isOptional: true
    ) { inspection, act in try act.letWatchersSee(Inspection.self, under: inspection.law) }
    package static let steps = [begin, record, finish, close, confirm, show]

    /// What is looked at says the plan, and not the hand that looks.
    private func requireWhole(_ act: Act) throws {
        func keys(_ lines: [InspectedLine]) -> [String] { lines.map { "\($0.place)\n\($0.item)\n\($0.owner.raw)" }.sorted() }
        let id: ID<Inspection> = ID(act.record.id)
        guard let before = try act.load(id) else { return }
        try act.require(
            keys(lines) == keys(before.value.lines), "检查的场所、项目和责任人由方案确定，不能增删或改动",
            "Places, items and owners are the plan's: none is added, left out or changed")
    }

    init(_ plan: Found<InspectionPlan>, _ period: Period) {
        (law, self.plan, heading, self.period) = (plan.value.law, plan.id, plan.value.heading, period.description)
        (inspector, removalDays, due) = (plan.value.inspector, plan.value.removalDays, period.days.upperBound)
        lines = plan.value.places.flatMap { place in plan.value.items.map { InspectedLine(place, $0) } }
    }
}

package struct InspectedLine: Line {
    package var place = "", item = "", note = ""
    package var owner = PersonID.none
    package var result = InspectionResult.unknown
    package var pictures: [FileReference] = []
    package init() {}

    init(_ place: InspectedPlace, _ item: CheckedItem) {
        (self.place, owner, self.item) = (place.place, place.owner, item.item)
    }

    package static let fields: [Field<InspectedLine>] = [
        .text(\.place, "场所", "Place").shown(), .text(\.item, "项目", "Item").shown(), .person(\.owner, "责任人", "Responsible").shown(),
        .choice(\.result, "结果", "Result").optional(), .text(\.note, "情况", "What was seen").optional(),
        .files(\.pictures, "照片", "Pictures").optional(),
    ]
}
