import Crypto
import Kernel
import WorkCalendar

/// 职工意见: from the box, by name or without one (（5）D). Without one, nothing of who, where and when is kept but the day, and the
/// department where it is large enough to hide a person; the answer is fetched with a code that the writer alone keeps. There is no
/// switch to undo that.
package struct StaffOpinion: Document {
    package enum State: String, CaseIterable, Sendable { case received, answered }
    package var day: Day?
    package var department = UnitID.none
    package var isAnonymous = false
    package var opinion = "", answer = "", code = ""
    package var stage = Stage.unknown
    package var item = ID<QualityItem>.none
    package init() {}

    package static let name = "staff-opinion"
    package static let box = "staff-opinion"

    package static let form = Form<StaffOpinion>(
        "职工意见", "Staff opinion", number: "意见",
        states: [.received: .open("待答复", "Received"), .answered: .done("已答复", "Answered")], readers: [.hub],
        [
            .day(\.day, "日期", "Day").listed(), .unit(\.department, "部门", "Department").optional().listed(),
            .choice(\.stage, "环节", "Stage").listed(), .prose(\.opinion, "意见", "Opinion"),
            .flag(\.isAnonymous, "匿名", "Without a name"), .reference(\.item, "质量信息", "Item").optional(),
            .prose(\.answer, "答复", "Answer"), .text(\.code, "取件码校验值", "Digest of the code").optional().indexed().kept(),
        ])

    /// By name, from one's own account.
    package static let write = Step<StaffOpinion>(
        "write", "提出意见", "Write", to: .received, by: .staff, under: drugQuality[5], fields: [\.stage, \.opinion]
    ) { opinion, act in
        (opinion.day, opinion.department) = (act.today, act.record.unit)
        opinion.item = try opinion.enter(act)
    }.reporting()
    /// Out of the box.
    package static let collect = Step<StaffOpinion>(
        "collect", "开箱取出", "Take out of the box", to: .received, by: .system, under: drugQuality[5]
    ) {
        opinion, act in opinion.item = try opinion.enter(act)
    }
    package static let answer = Step<StaffOpinion>(
        "answer", "答复", "Answer", from: .received, to: .answered, by: .hub, notBy: write, under: drugQuality[5], fields: [\.answer])
    package static let steps = [write, collect, answer]

    package static let daily = Duty("staff-opinions", "开意见箱", "The opinion box", under: drugQuality[5], .eachDay, lastIsEnough: true) {
        duty in
        for slip in try duty.takeSlips(from: box) {
            var opinion = StaffOpinion()
            (opinion.day, opinion.isAnonymous) = (slip.day, true)
            opinion.opinion = slip.content["opinion"].text ?? ""
            opinion.stage = Stage(rawValue: slip.content["stage"].text ?? "") ?? .storage
            opinion.code = slip.content["code"].text ?? ""
            opinion.department = slip.content["department"].whole.map { UnitID($0) } ?? .none
            try duty.create(opinion, by: collect)
        }
    }

    /// What goes into the box: a department that is too small to hide a person is left out before anything is kept.
    package static func slip(
        _ text: String, _ stage: Stage, from department: UnitID, code: String, least: Int, _ organisation: Organisation, on day: Day
    ) -> JSONValue {
        let people = Set(organisation.holdings.filter { $0.unit == department && $0.holds(on: day) }.map(\.person)).count
        var entries: [JSONValue.Entry] = [
            .init("opinion", .text(text)), .init("stage", .text(stage.rawValue)), .init("code", .text(digest(of: code))),
        ]
        if !department.isNone, people >= least { entries.append(.init("department", .whole(department.raw))) }
        return .record(entries)
    }

    /// What is kept of the code: nobody makes the code out of it.
    package static func digest(of code: String) -> String {
        SHA256.hash(data: Array(AnswerCode.normalForm(code).utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func enter(_ act: Act) throws -> ID<QualityItem> {
        var item = QualityItem()
        (item.kind, item.stage, item.way, item.subject, item.facts) = (.house, stage, .staffOpinion, "职工意见", opinion)
        (item.knownAt, item.internalAspects, item.minutes) = (isAnonymous ? day.map(Moment.startOfDay) : act.now, "work", 1)
        return try act.create(item, by: QualityItem.enter)
    }
}
