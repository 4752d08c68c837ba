import Kernel
import WorkCalendar

/// 通知模板: what a notice of one kind says by one way: with its number and version, filed with the carriers, approved before it is used
/// (第二十条).
package struct MessageTemplate: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, approved, refused, replaced, retired }

    package var code = ""
    package var kind = NoticeKind.unknown
    package var way = NoticeWay.unknown
    package var signature = ""
    package var text = ""
    package var filing = ""
    package var version = 0
    package var length = 0
    package var parts = 0
    package var answer = ""
    package init() {}

    package static let name = "message-template"
    package var title: String { code }

    package static let form = Form<MessageTemplate>(
        "通知模板", "Message template", number: "模板",
        states: [
            .drafted: .open("待审批", "To be approved"), .approved: .done("使用中", "In use"), .refused: .no("未批准", "Refused"),
            .replaced: .no("已由新版本取代", "Replaced"), .retired: .no("已停用", "Retired"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .text(\.code, "模板编号", "Template number").indexed(by: ApplicationNumber.normalForm).listed().longest(30),
            .choice(\.kind, "告知事项", "Kind").indexed().listed(), .choice(\.way, "方式", "Way").listed(),
            .text(\.signature, "签名", "Signature").only(\.way, .sms).longest(12).hint("短信填写，不含【】", "of a short message, without 【】"),
            .prose(\.text, "内容", "Text").longest(500).hint(
                "可用：{保单} {日期} {金额} {服务人员} {验证码}；查询方式由系统加在末尾",
                "blanks in braces for policy, day, amount, who serves, and code are named as on the Chinese page; the query channels are put at its end"
            ),
            .text(\.filing, "报备号", "Filed under").only(\.way, .sms).optional().longest(40).hint(
                "运营商报备后填写", "once the carriers have filed it"),
            .whole(\.version, "版本", "Version", in: 0...9999).optional().listed(),
            .whole(\.length, "最长字数（含签名）", "Longest, with the signature", in: 0...10_000).optional().onceFilled(),
            .whole(\.parts, "计费条数", "Messages charged", in: 0...100).optional().onceFilled(),
            .text(\.answer, "不予批准的理由", "Why it is refused").onceFilled(),
        ])

    package static let draft = Step<MessageTemplate>(
        "draft", "拟定模板", "Draft", to: .drafted, by: .post(.customerService), under: authenticity[20],
        fields: [\.code, \.kind, \.way, \.signature, \.text, \.filing]
    ) { template, act in
        template.code = ApplicationNumber.normalForm(template.code)
        let others = try act.find(\MessageTemplate.code, is: template.code, limit: 200)
        try act.require(
            others.allSatisfy { $0.value.kind == template.kind && $0.value.way == template.way }, "该编号已用于另一种通知，请另编号",
            "This number is another notice's; give a new one")
        try act.require(
            !others.contains { $0.state == .drafted }, "该编号已有待审批的版本", "A version of this number waits for its approval already")
        template.version = (others.map(\.value.version).max() ?? 0) + 1
        try template.requireGoodText(act)
    }
    package static let approve = Step<MessageTemplate>(
        "approve", "批准", "Approve", from: .drafted, to: .approved, by: .post(.compliance), notBy: draft, under: authenticity[20],
        fields: [\.filing], signs: true
    ) { template, act in
        try act.require(
            template.way != .sms || !template.filing.isEmpty, "短信模板须先向运营商报备，请填写报备号",
            "A template for short messages is filed with the carriers first; enter its number there")
        try template.requireGoodText(act)
        for before in try act.all(MessageTemplate.self, in: .approved, createdBy: act.today)
        where before.value.kind == template.kind && before.value.way == template.way {
            try act.take(replace, on: before.id)
        }
    }
    package static let refuse = Step<MessageTemplate>(
        "refuse", "不予批准", "Refuse", from: .drafted, to: .refused, by: .post(.compliance), under: authenticity[20],
        fields: [\.answer], isOptional: true)
    package static let replace = Step<MessageTemplate>(
        "replace", "由新版本取代", "Replace", from: .approved, to: .replaced, by: .system, under: authenticity[20], isOptional: true)
    package static let retire = Step<MessageTemplate>(
        "retire", "停用", "Retire", from: .approved, to: .retired, by: .either(.customerService, .compliance),
        under: authenticity[20], fields: [\.answer], isOptional: true)
    package static let steps = [draft, approve, refuse, replace, retire]

    /// The one in use for a kind and a way.
    static func approved(_ kind: NoticeKind, _ way: NoticeWay, _ inquiry: Inquiry) throws -> Found<MessageTemplate>? {
        try inquiry.all(MessageTemplate.self, in: .approved, createdBy: inquiry.today).last {
            $0.value.kind == kind && $0.value.way == way
        }
    }
}

extension MessageTemplate {
    /// What stands in braces, and what is put there.
    enum Blank: String, CaseIterable {
        case policy = "{保单}", day = "{日期}", amount = "{金额}", servedBy = "{服务人员}", code = "{验证码}"

        /// As long as it gets.
        var longest: String {
            switch self {
            case .policy: "尾号8888"
            case .day: "2026年12月31日"
            case .amount: "1000000.00元"
            case .servedBy: "王小明（A441001）"
            case .code: "123456"
            }
        }
    }

    func filled(_ values: [Blank: String]) -> String {
        Blank.allCases.reduce(text) { $0.replacing($1.rawValue, with: values[$1] ?? "") }
    }

    private mutating func requireGoodText(_ act: Act) throws {
        var rest = text
        for blank in Blank.allCases { rest = rest.replacing(blank.rawValue, with: "") }
        try act.require(
            !rest.contains("{") && !rest.contains("}"), "花括号里只能写：\(Blank.allCases.map(\.rawValue).joined(separator: " "))",
            "Braces hold only the blanks that are named beside the field")
        try act.require(
            !text.contains(Blank.amount.rawValue) || kind.mayNameAmount, "该通知不得写金额：号码易主后，新机主会由此得知客户情况",
            "This notice names no amount: whoever has the number now would learn it")
        try act.require(
            text.contains(Blank.code.rawValue) == (kind == .code), "验证码只用于验证码短信", "A code stands in messages of that kind alone, and must")
        if kind == .code {
            try act.require(
                !text.contains(Blank.policy.rawValue), "验证码短信不得写明所涉保单", "A code does not stand together with what it opens")
        }
        try act.require(way != .sms || !signature.isEmpty, "请填写短信签名", "Enter the signature of a short message")
        let channels = try QueryChannels.inForce(act)
        try act.require(
            channels != nil || kind == .code, "请先发布查询渠道：每一通知都须写明查询电话、网站和网点", "Publish the query channels first: every notice has them",
            under: authenticity[15])
        let whole =
            filled(Dictionary(uniqueKeysWithValues: Blank.allCases.map { ($0, $0.longest) }))
            + (kind == .code ? "" : channels?.onNotice ?? "")
        if let fault = MessageText.faults(signature: signature, text: whole).first { try act.require(false, fault.zh, fault.en) }
        length = way == .sms ? MessageText.length(signature: signature, text: whole) : 0
        parts = MessageText.parts(ofLength: length)
    }
}
