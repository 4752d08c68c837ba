import Kernel
import WorkCalendar

/// 措施: what was decided to be done, by whom, until when. Its owner does it, the quality department confirms it and looks whether it helped;
/// what is not done in time goes to the owner's head (（6）).
package struct Measure: Document {
    package enum State: String, CaseIterable, Sendable { case open, done, confirmed, effective, cancelled }
    package var item = ID<QualityItem>.none
    package var subject = "", what = "", result = "", finding = "", effect = "", reason = ""
    package var owner = PersonID.none
    package var due: Day?, firstDue: Day?
    package var evidence: [FileReference] = []
    package var isEffective = false
    package init() {}

    package static let name = "measure"
    package var title: String { what }

    package static let form = Form<Measure>(
        "措施", "Measure", number: "措施",
        states: [
            .open: .open("待完成", "To be done"), .done: .open("待确认", "To be confirmed"), .confirmed: .open("待核查效果", "Effect to be checked"),
            .effective: .done("已确认有效", "Effective"), .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.hub, .leaders],
        [
            .reference(\.item, "质量信息", "Item").listed(), .text(\.subject, "事由", "Subject"), .text(\.what, "措施", "Measure").listed(),
            .person(\.owner, "责任人", "Owner").listed(), .day(\.due, "完成期限", "Due").listed(),
            .day(\.firstDue, "原定期限", "First due").optional().hint("按时率以原定期限计算", "by it the rate in time is counted"),
            .prose(\.result, "完成情况", "Result"), .files(\.evidence, "证明材料", "Evidence").optional(),
            .text(\.finding, "退回原因", "Why it is not done"), .flag(\.isEffective, "措施有效", "It helped"),
            .text(\.effect, "效果核查", "Effect"), .text(\.reason, "理由", "Reason"),
        ])

    /// Reminded ten days before, so that there is still time to do something.
    static let finishing = Deadline(
        "finishing", "按期完成措施", "Finish in time", under: drugQuality[6], escalatesTo: .headOf(\Measure.owner),
        reminders: [.days(10), .lastFifth])
    package static let deadlines = [finishing]

    static func order(_ ordered: OrderedMeasure, of item: ID<QualityItem>, named subject: String, _ act: Act) throws {
        var measure = Measure()
        (measure.item, measure.subject, measure.what) = (item, subject, ordered.what)
        (measure.owner, measure.due, measure.firstDue) = (ordered.owner, ordered.due, ordered.due)
        try act.create(measure, by: order, heldBy: ordered.owner)
    }

    package static let order = Step<Measure>("order", "下达措施", "Order", to: .open, by: .system, under: drugQuality[6]) { measure, act in
        try measure.startClock(act)
        act.notify([measure.owner], "给您下达了措施：\(measure.what)，请按期完成", "A measure is yours to do in time")
    }
    package static let finish = Step<Measure>(
        "finish", "完成", "Finish", from: .open, to: .done, by: .named(\Measure.owner), under: drugQuality[6], fields: [\.result, \.evidence]
    ) { _, act in act.meet(finishing) }.task("落实措施", "Carry out the measure")
    package static let confirm = Step<Measure>(
        "confirm", "确认完成", "Confirm", from: .done, to: .confirmed, by: .hub, notBy: finish, under: drugQuality[6], signs: true)
    package static let giveBack = Step<Measure>(
        "return", "未完成，退回", "Return: not done", from: .done, .confirmed, to: .open, by: .hub, notBy: finish, under: drugQuality[6],
        fields: [\.finding], isOptional: true
    ) { measure, act in
        // What is done again has no new time.
        try act.resume(finishing)
        act.notify([measure.owner], "措施被退回，请按退回原因补做", "The measure was returned; its reason says what is missing")
    }
    package static let check = Step<Measure>(
        "check", "核查效果", "Check the effect", from: .confirmed, to: .effective, by: .hub, notBy: finish, under: drugQuality[6],
        fields: [\.isEffective, \.effect]
    ).checking { measure, check in
        check.require(
            measure.isEffective, "措施无效的，请退回责任人重做，或另行下达措施", "Where it did not help, return it, or order another", at: \.isEffective)
        check.require(!measure.effect.isEmpty, "请写明如何核查、效果如何", "Say how it was checked and what was seen", at: \.effect)
    }
    /// Another limit keeps the first.
    package static let prolong = Step<Measure>(
        "prolong", "变更期限", "Move the limit", from: .open, to: nil, by: .any([.leaders, .post(.qualityHead)]), notBy: finish,
        under: drugQuality[6], fields: [\.due, \.reason], isOptional: true
    ) { measure, act in
        if let due = measure.due { act.restart(finishing, due: .endOfDay(due)) }
    }.checking { measure, check in
        check.require(!measure.reason.isEmpty, "请写明变更期限的理由", "Say why the limit is moved", at: \.reason)
        check.require(
            measure.due.map { $0 >= check.act.today } ?? false, "新期限不能早于今天", "The new limit cannot be before today", at: \.due)
    }
    package static let cancel = Step<Measure>(
        "cancel", "取消措施", "Cancel", from: .open, .done, to: .cancelled, by: .leaders, under: drugQuality[6], fields: [\.reason],
        isOptional: true, signs: true
    ) { _, act in act.meet(finishing) }
    package static let steps = [order, finish, confirm, giveBack, check, prolong, cancel]

    private func startClock(_ act: Act) throws {
        guard let due else { return }
        try act.require(due >= act.today, "措施“\(what)”的完成期限不能早于今天", "The measure “\(what)” cannot be due before today")
        act.start(Self.finishing, due: .endOfDay(due))
    }
}
