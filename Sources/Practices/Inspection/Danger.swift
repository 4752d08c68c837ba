import Kernel
import WorkCalendar

/// 隐患: found by an inspection, with an owner and a day, until the inspector has seen that it is gone.
package struct Danger: Document {
    package enum State: String, CaseIterable, Sendable { case open, removed, confirmed }
    package var law = ""
    package var inspection = ID<Inspection>.none
    package var place = "", item = "", note = "", measure = "", reason = ""
    package var owner = PersonID.none, inspector = PersonID.none
    package var due: Day?
    package var before: [FileReference] = [], after: [FileReference] = []
    package init() {}

    package static let name = "danger"
    package var title: String { "\(place) \(item)" }

    package static let form = Form<Danger>(
        "隐患", "Danger", number: "隐患",
        states: [
            .open: .open("待整改", "To be removed"), .removed: .open("待复查", "To be looked at again"), .confirmed: .done("已消除", "Removed"),
        ],
        readers: [.head],
        [
            .article(\.law, "依据条款", "Under"), .reference(\.inspection, "检查", "Inspection"), .text(\.place, "场所", "Place").listed(),
            .text(\.item, "项目", "Item").listed(), .text(\.note, "隐患", "Danger").listed(), .person(\.owner, "责任人", "Responsible").listed(),
            .person(\.inspector, "检查人", "Inspector"), .day(\.due, "整改期限", "Due").listed(),
            .files(\.before, "整改前照片", "Pictures before").optional().onceFilled(), .prose(\.measure, "整改措施", "What was done"),
            .files(\.after, "整改后照片", "Pictures after").optional(), .text(\.reason, "退回原因", "Why it is returned"),
        ])

    package static let removal = Deadline(
        "removal", "按期消除隐患", "Remove in time", under: .named, escalatesTo: .headOf(\Danger.owner), reminders: [.days(2), .lastFifth])
    package static let deadlines = [removal]

    package static let report = Step<Danger>("report", "下达整改", "Order its removal", to: .open, by: .system, under: .named) { danger, act in
        if let due = danger.due { act.start(removal, due: .endOfDay(due)) }
        try act.letWatchersSee(Danger.self, under: danger.law)
        act.notify([danger.owner], "您负责的“\(danger.place)”有隐患，请按期整改", "“\(danger.place)” has a danger that is yours to remove in time")
    }
    package static let remove = Step<Danger>(
        "remove", "整改完成", "Removed", from: .open, to: .removed, by: .named(\Danger.owner), under: .named, fields: [\.measure, \.after]
    ) { danger, act in
        try act.require(!danger.measure.isEmpty, "请写明采取了什么措施", "Say what was done")
        act.meet(removal)
    }.task("整改隐患", "Remove the danger")
    package static let confirm = Step<Danger>(
        "confirm", "复查消除", "Seen to be gone", from: .removed, to: .confirmed, by: .named(\Danger.inspector), notBy: remove, under: .named,
        signs: true
    ) { danger, act in
        if try left(of: danger.inspection, act) == 0 { try act.take(Inspection.close, on: danger.inspection) }
    }.task("复查隐患", "Look again")
    package static let giveBack = Step<Danger>(
        "return", "未消除，退回", "Still there", from: .removed, to: .open, by: .named(\Danger.inspector), notBy: remove, under: .named,
        fields: [\.reason], isOptional: true
    ) { danger, act in
        try act.require(!danger.reason.isEmpty, "请写明还有什么没有消除", "Say what is left")
        // What is done again has no new time.
        try act.resume(removal)
        act.notify([danger.owner], "隐患复查未通过，请继续整改", "The danger is still there")
    }
    package static let show = Step<Danger>(
        "show", "开放查阅", "Shown to those who watch", from: .open, .removed, to: nil, by: .system, under: .named, isOptional: true
    ) { danger, act in try act.letWatchersSee(Danger.self, under: danger.law) }
    package static let steps = [report, remove, confirm, giveBack, show]

    /// How many others of an inspection are not gone.
    static func left(of inspection: ID<Inspection>, _ act: Act) throws -> Int {
        try act.count(\Danger.inspection, is: inspection, in: .open) + act.count(\Danger.inspection, is: inspection, in: .removed)
    }

    init(_ line: InspectedLine, of inspection: Inspection, _ act: Act) {
        (law, self.inspection) = (inspection.law, ID(act.record.id))
        (place, item, note, owner, inspector) = (line.place, line.item, line.note, line.owner, inspection.inspector)
        (due, before) = (act.today.adding(days: inspection.removalDays), line.pictures)
    }
}
