import Kernel
import WorkCalendar

/// 查阅申请: who wants to read what, for what, and why (第17条, 第18条). Its way follows from who asks, from which unit, and how secret it is;
/// it is drawn before it is sent. Granted, it names records, verbs and an end, and ends by itself.
package struct AccessRequest: Document {
    package enum State: String, CaseIterable, Sendable {
        case drafted, submitted, endorsed, checked, granted, reading, ended, refused, revoked
    }
    package static let name = "access-request"

    package var from = AccessOrigin.inside
    package var object = "", reason = "", about = ""
    package var purpose = AccessPurpose.none
    package var expected = ExpectedLevel.ordinary
    package var reader = PersonID.none
    package var alsoLend = false
    package var days = 1
    package var letterKind = LetterKind.none
    package var letterNumber = "", issuer = "", bearer = ""
    package var letterUntil: Day?
    package var sealNumber = ""
    package var files: [ID<CustomerFile>] = []
    package var isClassified = false
    package var ends: Moment?
    package var visits: [ReadingVisit] = []
    package var answer = "", revocation = ""
    /// Of the files, those whose grant was taken back before its time.
    package var withdrawn: [ID<CustomerFile>] = []
    package init() {}

    package static let form = Form<AccessRequest>(
        "查阅申请", "Access request", number: "查阅",
        states: [
            .drafted: .open("待提交", "Not sent yet"), .submitted: .open("待所在单位审签", "For the unit's head, or registration"),
            .endorsed: .open("待客户服务部审核", "For customer service to check"), .checked: .open("待批准", "To be approved"),
            .granted: .open("已授权", "Granted"), .reading: .open("阅览中", "Reading"), .ended: .done("已结束", "Ended"),
            .refused: .no("不予查阅", "Refused"), .revoked: .no("授权已收回", "Revoked"),
        ],
        readers: [.officers, .post(.informationSpecialist)], asked + answered)

    private static let asked: [Field<AccessRequest>] = [
        .choice(\.from, "查阅人来自", "Who reads").listed(),
        .text(\.object, "查阅对象", "Object").listed().hint("要查的客户和内容", "which customer, and what of the file"),
        .choice(\.purpose, "查阅目的", "Purpose").listed(), .prose(\.reason, "查阅理由", "Reason"),
        .prose(\.about, "查阅人概况", "About the reader").hint("单位、岗位、与事项的关系", "unit, post, and what the matter is to the reader"),
        .choice(\.expected, "预计密级", "Level expected").hint("密级档案由客户服务部经理批准", "classified files go to the manager"),
        .person(\.reader, "查阅人", "Reader").optional().listed().only(\.from, .inside).hint("不填为本人", "empty: yourself"),
        .flag(\.alsoLend, "同时申请借出", "To borrow as well").hint("外单位人员只在馆内阅览", "who comes from outside reads inside"),
        .whole(\.days, "查阅天数", "Days", in: 1...366),
        .choice(\.letterKind, "证明", "Shown").optional().only(\.from, .outside),
        .text(\.letterNumber, "介绍信、工作证编号", "Number of letter or card").optional().indexed().only(\.from, .outside),
        .text(\.issuer, "开具单位", "Issued by").optional().only(\.from, .outside),
        .name(\.bearer, "持证人姓名", "Bearer").optional().only(\.from, .outside),
        .day(\.letterUntil, "介绍信有效期至", "Letter valid until").optional().only(\.from, .outside),
    ]
    private static var askedFor: [PartialKeyPath<AccessRequest>] {
        [
            \.from, \.object, \.purpose, \.reason, \.about, \.expected, \.reader, \.alsoLend, \.days, \.letterKind, \.letterNumber,
            \.issuer,
            \.bearer, \.letterUntil,
        ]
    }
    private static let answered: [Field<AccessRequest>] = [
        .text(\.sealNumber, "单位用印登记号", "Number of the unit's seal entry").code().own().onceFilled(),
        .references(\.files, "准予查阅的档案", "Files").onceFilled(),
        .flag(\.isClassified, "含密级档案", "Classified files"), .moment(\.ends, "授权至", "Until").optional().ends().onceFilled().listed(),
        .lines(\.visits, "到馆阅览", "Visits").optional().onceFilled(), .text(\.answer, "不予查阅、结束的理由", "Why not, or why it ends").onceFilled(),
        .references(\.withdrawn, "已收回授权的档案", "Files whose grant was revoked").optional().onceFilled(),
        .text(\.revocation, "收回授权的原因", "Why it was revoked").optional().onceFilled(),
    ]

    static let running = Deadline(
        "running", "授权期限", "Time of the grant", under: confidentiality[18], takes: expire, reminders: [.hours(4)])
    package static let deadlines = [running]

    /// 第18条: object, purpose, reason and reader; outsiders by letter or card.
    package static let draft = Step<AccessRequest>(
        "draft", "填写查阅申请", "Fill in", to: .drafted, by: .staff, under: confidentiality[18], fields: askedFor
    ) { request, act in try request.prepare(act) }.checking { request, check in try request.checkAsked(check) }

    /// The way that it will take is on the page by now.
    package static let send = Step<AccessRequest>(
        "send", "提交", "Send", from: .drafted, to: .submitted, by: .requester, under: confidentiality[18])

    /// 所在单位盖章、负责人签字.
    package static let endorse = Step<AccessRequest>(
        "endorse", "所在单位盖章签字", "Seal and signature of the unit", from: .submitted, to: .endorsed, by: .head, notBy: draft,
        when: { $0.value.from == .inside }, under: confidentiality[18], fields: [\.sealNumber], signs: true
    ) { request, act in
        try act.require(!request.sealNumber.isEmpty, "请填写单位用印登记号", "Enter the number under which the unit's seal was used")
    }
    /// 外单位人员持介绍信或工作证登记.
    package static let register = Step<AccessRequest>(
        "register", "核验介绍信、工作证并登记", "Check letter or card", from: .submitted, to: .endorsed, by: .post(.informationSpecialist),
        when: { $0.value.from == .outside }, under: confidentiality[18]
    ) { request, act in try request.requireLetter(act) }

    /// 客户服务部审核: it is said here which records they are.
    package static let check = Step<AccessRequest>(
        "check", "审核并确定档案", "Check, and name the records", from: .endorsed, to: .checked, by: .post(.informationSpecialist), notBy: draft,
        under: confidentiality[18], fields: [\.files]
    ) { request, act in try request.nameFiles(act) }

    package static let approve = Step<AccessRequest>(
        "approve", "客户服务部批准", "Approve", from: .checked, to: .granted, by: .post(.informationSupervisor), notBy: draft, check,
        when: { !$0.value.isClassified }, under: confidentiality[18], signs: true
    ) { request, act in try request.grant(act) }
    /// Two who approve are two people: where the manager signed as the head of the asking unit, the general manager approves.
    package static let approveClassified = Step<AccessRequest>(
        "approveClassified", "经理批准密级档案", "Approve classified files", from: .checked, to: .granted,
        by: .either(.serviceManager, .generalManager), notBy: draft, endorse, check, when: { $0.value.isClassified },
        under: confidentiality[18], confidentiality[22], signs: true
    ) { request, act in try request.grant(act) }

    package static let refuse = Step<AccessRequest>(
        "refuse", "不予查阅", "Refuse", from: .submitted, .endorsed, .checked, to: .refused,
        by: .any([.head, .officers, .post(.informationSpecialist)]), under: confidentiality[18], fields: [\.answer], isOptional: true
    ) { request, act in try act.require(!request.answer.isEmpty, "请写明不予查阅的理由", "Say why not") }

    /// Outsiders read inside, and each visit stands in the book with the letter's number.
    package static let arrive = Step<AccessRequest>(
        "arrive", "到馆阅览", "Arrives to read", from: .granted, to: .reading, by: .post(.informationSpecialist),
        when: { $0.value.from == .outside }, under: confidentiality[18]
    ) { request, act in try request.begin(act) }
    package static let leave = Step<AccessRequest>(
        "leave", "离馆", "Leaves", from: .reading, to: .granted, by: .post(.informationSpecialist), under: confidentiality[18]
    ) { request, act in request.visits[request.visits.count - 1].until = act.now }

    package static let end = Step<AccessRequest>(
        "end", "结束查阅、收回授权", "End it", from: .granted, to: .ended, by: .any([.requester, .named(\AccessRequest.reader), .officers]),
        under: confidentiality[17], fields: [\.answer], isOptional: true, allowsBlanks: true
    ) { request, act in
        try GrantEnding.end(request, act)
        act.meet(running)
    }
    /// With what took back its grants: a leak, a level that was raised, a post that ended.
    package static let revoke = Step<AccessRequest>(
        "revoke", "收回授权", "Revoked", from: .granted, .reading, to: .revoked, by: .system, under: confidentiality[17], isOptional: true
    ) { request, act in
        act.meet(running)
        act.notify([request.reader, act.requester], "您的查阅授权已收回：\(request.revocation)", "Your grant to read was revoked")
    }
    package static let withdraw = Step<AccessRequest>(
        "withdraw", "收回部分授权", "Partly revoked", from: .granted, .reading, to: nil, by: .system, under: confidentiality[17],
        isOptional: true
    ) { request, act in
        act.notify([request.reader, act.requester], "部分档案的查阅授权已收回：\(request.revocation)", "A part of your grant to read was revoked")
    }
    package static let expire = Step<AccessRequest>(
        "expire", "授权到期", "Ends by itself", from: .granted, .reading, to: .ended, by: .system, under: confidentiality[18], isOptional: true)

    package static let steps = [
        draft, send, endorse, register, check, approve, approveClassified, refuse, arrive, leave, end, revoke, withdraw, expire,
    ]
}
