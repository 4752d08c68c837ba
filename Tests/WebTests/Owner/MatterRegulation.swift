import Kernel
import WorkCalendar

/// A regulation made so that every table has rows: a clock, grants, files, numbers of two series, four eyes, a parameter and a duty.
enum MatterRegulation {
    static let regulation = Regulation("matters", Words("事项制度", "Rules on matters"), short: Words("事项", "Matters"), numbering: .arabic)
    static let clerk = Post("matter-clerk", "经办员", "Clerk")
    static let checker = Post("matter-checker", "复核员", "Checker")

    static let days = Parameter("days", in: regulation[1])

    static let contents = RegulationContents(
        regulation,
        articles: Array(
            """
            articles:
            - {ref: 第1条, zh: "事项须登记。", en: "Matters are entered.", kind: [register], parameters: {days: 2}, demands: ["entering"]}
            - {ref: 第2条, zh: "事项须复核。", en: "Matters are checked.", kind: [workflow], demands: ["checking"]}
            """.utf8),
        parameters: [days], posts: [clerk, checker],
        documents: [Matter.self, Slip.self, Binder.self, Seizure.self, Ruling.self, SealedLetter.self],
        duties: [
            Duty("glance", "每日巡查", "Daily look", under: regulation[2], .eachWorkingDay) {
                try $0.notify(checker, of: Matter.self, "请巡查", "Have a look")
            }
        ])
}

/// 事项.
struct Matter: Document {
    enum State: String, CaseIterable { case entered, checked }
    var subject = ""
    var phone = ""
    var guest = PersonID.none
    var files: [FileReference] = []

    static let name = "matter"
    static let answer = Deadline(
        "answer", "答复", "Answer", under: MatterRegulation.regulation[1], escalatesTo: .post(MatterRegulation.checker))
    static let deadlines = [answer]
    static let form = Form<Matter>(
        "事项", "Matter", number: "事项", states: [.entered: .open("待复核", "To check"), .checked: .done("已复核", "Checked")],
        readers: [.post(MatterRegulation.checker)],
        [
            .name(\.subject, "当事人", "Party"), .sealed(\.phone, "电话", "Telephone", .phone),
            .person(\.guest, "会商人", "Guest").optional().indexed(), .files(\.files, "附件", "Files").optional(),
        ])

    static let enter = Step<Matter>(
        "enter", "登记", "Enter", to: .entered, by: .post(MatterRegulation.clerk), under: MatterRegulation.regulation[1],
        fields: [\Matter.subject, \Matter.phone, \Matter.files]
    ) { _, act in act.start(answer, workingDays: try act.parameter(MatterRegulation.days)) }
    static let invite = Step<Matter>(
        "invite", "邀请会商", "Invite", from: .entered, to: nil, by: .requester, under: MatterRegulation.regulation[1],
        fields: [\Matter.guest], isOptional: true
    ) { matter, act in try act.grant(matter.guest, until: act.now.adding(days: 90), "会商", "To confer") }
    static let check = Step<Matter>(
        "check", "复核", "Check", from: .entered, to: .checked, by: .post(MatterRegulation.checker), notBy: enter,
        under: MatterRegulation.regulation[2]
    ) { _, act in act.meet(answer) }
    static let steps = [enter, invite, check]
}

/// 便条: numbered for itself.
struct Slip: Document {
    enum State: String, CaseIterable { case written }
    var text = ""
    static let name = "slip"
    static let form = Form<Slip>(
        "便条", "Slip", number: "便条", states: [.written: .done("已写", "Written")], readers: [.post(MatterRegulation.checker)],
        [.name(\.text, "称呼", "Called")])
    static let write = Step<Slip>(
        "write", "写", "Write", to: .written, by: .post(MatterRegulation.clerk), under: MatterRegulation.regulation[1],
        fields: [\Slip.text])
    static let steps = [write]
}

/// 卷夹: it has a key of its own.
struct Binder: Document {
    enum State: String, CaseIterable { case kept }
    var about = ""
    static let name = "owned-binder"
    static let form = Form<Binder>(
        "卷夹", "Binder", states: [.kept: .done("在库", "Kept")], readers: [.post(MatterRegulation.checker)], destructible: true,
        [.text(\.about, "内容", "About")])
    static let keep = Step<Binder>("keep", "入库", "Keep", to: .kept, by: .post(MatterRegulation.clerk), under: MatterRegulation.regulation[1])
    static let steps = [keep]
}

/// 查封: it holds a binder.
struct Seizure: Document {
    enum State: String, CaseIterable { case placed }
    var binder = ID<Binder>.none
    static let name = "owned-seizure"
    static let form = Form<Seizure>(
        "查封", "Seizure", states: [.placed: .done("已查封", "Placed")], readers: [.post(MatterRegulation.checker)],
        [.reference(\.binder, "卷夹", "Binder")])
    static let place = Step<Seizure>(
        "place", "查封", "Place", to: .placed, by: .post(MatterRegulation.checker), under: MatterRegulation.regulation[1]
    ) { seizure, act in try act.placeHold(on: [seizure.binder]) }
    static let steps = [place]
}

/// 修订: an article reads otherwise from its day on.
struct Ruling: Document {
    enum State: String, CaseIterable { case made }
    var text = ""
    static let name = "owned-ruling"
    static let form = Form<Ruling>(
        "修订", "Ruling", states: [.made: .done("已作出", "Made")], readers: [.post(MatterRegulation.checker)], [.text(\.text, "条文", "Text")])
    static let make = Step<Ruling>(
        "make", "作出", "Make", to: .made, by: .post(MatterRegulation.checker), under: MatterRegulation.regulation[1]
    ) { ruling, act in
        _ = try act.enact(texts: [AmendedArticle(ref: "第1条", text: Words(ruling.text, ruling.text))], from: act.today)
    }
    static let steps = [make]
}

/// 密函: classified, so that what it names lies apart.
struct SealedLetter: Document {
    enum State: String, CaseIterable { case kept }
    var files: [FileReference] = []
    static let name = "owned-letter"
    static let form = Form<SealedLetter>(
        "密函", "Sealed letter", states: [.kept: .done("在库", "Kept")], readers: [.post(MatterRegulation.checker)], level: .secret,
        [.files(\.files, "附件", "Files")])
    static let keep = Step<SealedLetter>(
        "keep", "入库", "Keep", to: .kept, by: .post(MatterRegulation.clerk), under: MatterRegulation.regulation[1])
    static let steps = [keep]
}
