import Kernel

/// A regulation made to tell apart who gets what: documents that are held, granted, signed for, delegated, of two levels, with files, lines
/// and personal data, and documents that name others.
enum LeadRegulation {
    static let regulation = Regulation("leads", Words("线索制度", "Rules on leads"), short: Words("线索", "Leads"), numbering: .arabic)

    static let reader = Post("lead-reader", "查阅员", "Reader")
    static let clerk = Post("lead-clerk", "登记员", "Clerk")
    static let checker = Post("lead-checker", "核查员", "Checker")

    static let contents = RegulationContents(
        regulation,
        articles: Array(
            """
            articles:
            - {ref: 第1条, zh: "线索须登记。", en: "Leads are entered.", kind: [register], demands: ["entering"]}
            - {ref: 第2条, zh: "线索须核查。", en: "Leads are checked.", kind: [workflow], demands: ["checking"]}
            """.utf8),
        posts: [reader, clerk, checker], documents: [Lead.self, Remark.self])
}

/// 线索: read by readers and by whoever has to do with it.
struct Lead: Document {
    enum State: String, CaseIterable { case entered, checked }

    struct Witness: Line {
        var name = ""
        var phone = ""
        static let fields: [Field<Witness>] = [
            .text(\.name, "称呼", "Called"), .sealed(\.phone, "联系电话", "Telephone", .phone).optional(),
        ]
    }

    var subject = ""
    var phone = ""
    var isSecret = false
    var keeper = PersonID.none
    var origin = UnitID.none
    var guest = PersonID.none
    var briefGuest = PersonID.none
    var files: [FileReference] = []
    var witnesses: [Witness] = []
    var opinion = ""

    var title: String { subject }

    static let name = "lead"
    static let form = Form<Lead>(
        "线索", "Lead", number: "线索", states: [.entered: .open("待核查", "To check"), .checked: .done("已核查", "Checked")],
        readers: [.post(LeadRegulation.reader)],
        [
            .text(\.subject, "主题", "Subject").listed(), .sealed(\.phone, "电话", "Telephone", .phone), .flag(\.isSecret, "机密", "Secret"),
            .unit(\.origin, "来源单位", "From unit").optional(),
            .person(\.keeper, "保管人", "Keeper").optional(), .person(\.guest, "会商人", "Guest").optional(),
            .person(\.briefGuest, "短时会商人", "Guest for an hour").optional(), .files(\.files, "附件", "Files").optional(),
            .lines(\.witnesses, "证人", "Witnesses").optional(), .text(\.opinion, "核查意见", "Opinion"),
        ])

    static let enter = Step<Lead>(
        "enter", "登记", "Enter", to: .entered, by: .post(LeadRegulation.clerk), under: LeadRegulation.regulation[1],
        fields: [\Lead.subject, \Lead.phone, \Lead.isSecret, \Lead.origin, \Lead.keeper, \Lead.files, \Lead.witnesses]
    ) { lead, act in
        if lead.isSecret { act.raise(to: .secret) }
        if !lead.keeper.isNone { act.hold(lead.keeper) }
    }
    static let invite = Step<Lead>(
        "invite", "邀请会商", "Invite", from: .entered, to: nil, by: .requester, under: LeadRegulation.regulation[1],
        fields: [\Lead.guest, \Lead.briefGuest], isOptional: true
    ) { lead, act in
        if !lead.guest.isNone { try act.grant(lead.guest, until: act.now.adding(days: 9), "会商", "To confer") }
        if !lead.briefGuest.isNone { try act.grant(lead.briefGuest, until: act.now.adding(hours: 1), "会商", "To confer") }
    }
    static let check = Step<Lead>(
        "check", "核查", "Check", from: .entered, to: .checked, by: .post(LeadRegulation.checker), under: LeadRegulation.regulation[2],
        fields: [\Lead.opinion])
    static let steps = [enter, invite, check]
}

/// 批注: names leads. Read by the head of the unit where it was written.
struct Remark: Document {
    enum State: String, CaseIterable { case written }
    var text = ""
    var about = ID<Lead>.none
    var others: [ID<Lead>] = []

    var title: String { text }

    static let name = "remark"
    static let form = Form<Remark>(
        "批注", "Remark", states: [.written: .open("已写", "Written")], readers: [.head],
        [
            .text(\.text, "内容", "Text").listed(), .reference(\.about, "所指线索", "Lead").listed(),
            .references(\.others, "其他线索", "Other leads").optional(),
        ])

    static let write = Step<Remark>(
        "write", "批注", "Write", to: .written, by: .staff, under: LeadRegulation.regulation[1],
        fields: [\Remark.text, \Remark.about, \Remark.others]
    ) { remark, act in
        try act.require(remark.text != "禁止", "此内容不得批注", "This may not be remarked")
    }
    // Always refused: whoever asks learns that it was refused only when the lead may be named.
    static let turn = Step<Remark>(
        "turn", "改指", "Turn", from: .written, to: nil, by: .requester, under: LeadRegulation.regulation[1], fields: [\Remark.about],
        isOptional: true
    ) { _, act in try act.require(false, "不得改指", "It stays as it is") }
    static let steps = [write, turn]
}
