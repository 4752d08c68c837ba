import Kernel
import WorkCalendar

/// A regulation for tests, with a document type that has a field of every kind.
enum TestRegulation {
    static let regulation = Regulation("test", Words("测试制度", "Test rules"), short: Words("测试", "Test"), numbering: .chinese)

    static let clerk = Post("clerk", "文员", "Clerk")

    static let contents = RegulationContents(
        regulation,
        articles: Array(
            """
            articles:
            - {ref: 第一条, zh: "便函须经审核。", en: "Memos are approved.", kind: [guard], parameters: {memoDays: 3}, demands: ["approval"]}
            - {ref: 第二条, zh: "便函须存档。", en: "Memos are filed.", kind: [register], demands: ["filing"]}
            - {ref: 第三条, zh: "本制度自发布之日起执行。", en: "In force from publication.", kind: [definition], demands: ["shown"]}
            """.utf8),
        posts: [clerk], documents: [Memo.self, Guest.self])
}

/// 便函.
struct Memo: Document {
    enum State: String, CaseIterable { case drafted, approved, refused }

    enum Tone: String, Choosable {
        case plain, warm
        var words: Words { self == .plain ? Words("平实", "Plain") : Words("亲切", "Warm") }
    }

    struct Copy: Line {
        var place = ""
        var count = 0
        var phone = ""
        static let fields: [Field<Copy>] = [
            .text(\.place, "送达处", "Place"), .whole(\.count, "份数", "Copies", in: 1...9).optional(),
            .sealed(\.phone, "联系电话", "Telephone", .phone).optional(),
        ]
    }

    var subject = ""
    var body = ""
    var pages = 0
    var isUrgent = false
    var day: Day?
    var tone = Tone.plain
    var earlier = ID<Memo>.none
    var reader = PersonID.none
    var phone = ""
    var files: [FileReference] = []
    var copies: [Copy] = []
    var opinion = ""

    var title: String { subject }

    static let name = "memo"
    static let form = Form<Memo>(
        "便函", "Memo", number: "便函",
        states: [.drafted: .open("待审核", "To approve"), .approved: .done("已通过", "Approved"), .refused: .no("未通过", "Refused")],
        readers: [.post(TestRegulation.clerk)],
        [
            .text(\.subject, "主题", "Subject").listed(), .prose(\.body, "正文", "Body").optional(),
            .whole(\.pages, "页数", "Pages", in: 1...99).listed().indexed(), .flag(\.isUrgent, "加急", "Urgent"),
            .day(\.day, "日期", "Day").optional().listed(), .choice(\.tone, "语气", "Tone").indexed(),
            .reference(\.earlier, "前函", "Earlier memo").optional(), .person(\.reader, "收件人", "Reader").optional(),
            .sealed(\.phone, "电话", "Telephone", .phone).optional(), .files(\.files, "附件", "Files").optional(),
            .lines(\.copies, "抄送", "Copies").optional(), .prose(\.opinion, "审核意见", "Opinion").optional(),
        ])

    static let draft = Step<Memo>(
        "draft", "起草", "Draft", to: .drafted, by: .post(TestRegulation.clerk), under: TestRegulation.regulation[2],
        fields: [
            \Memo.subject, \Memo.body, \Memo.pages, \Memo.isUrgent, \Memo.day, \Memo.tone, \Memo.earlier, \Memo.reader, \Memo.phone,
            \Memo.files, \Memo.copies,
        ]
    ) { memo, act in
        try act.require(memo.subject != "禁止", "该主题不得发函", "No memo may be written on this")
    }
    static let approve = Step<Memo>(
        "approve", "审核通过", "Approve", from: .drafted, to: .approved, by: .head, notBy: draft, under: TestRegulation.regulation[1],
        fields: [\Memo.opinion], signs: true
    ) { memo, act in
        try act.require(memo.opinion != "不行", "意见与办理不符", "The opinion says otherwise")
    }
    static let amend = Step<Memo>(
        "amend", "改抄送", "Amend", from: .drafted, to: nil, by: .requester, under: TestRegulation.regulation[2], fields: [\Memo.copies],
        isOptional: true)
    static let refuse = Step<Memo>(
        "refuse", "不予通过", "Refuse", from: .drafted, to: .refused, by: .head, notBy: draft, under: TestRegulation.regulation[1],
        isOptional: true)
    static let steps = [draft, approve, amend, refuse]
}

/// 来客: has neither number nor title, and is called by whose it is.
struct Guest: Document {
    enum State: String, CaseIterable { case entered }
    var name = ""

    static let name = "guest"
    static let form = Form<Guest>(
        "来客", "Guest", states: [.entered: .done("已登记", "Entered")], readers: [.post(TestRegulation.clerk)],
        [.name(\.name, "姓名", "Name").listed()])
    static let enter = Step<Guest>(
        "enter", "登记", "Enter", to: .entered, by: .post(TestRegulation.clerk), under: TestRegulation.regulation[2], fields: [\Guest.name])
    static let steps = [enter]
}
