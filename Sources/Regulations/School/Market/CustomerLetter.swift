import Kernel
import WorkCalendar

/// 客户函件: drafted, approved, handed over; the copy that left is archived with the file (第十九条). By mail it waits until a mail server has
/// taken it (`LetterCarrier`); by post or fax whoever sent it says by what that is shown. Nothing here says that it arrived.
package struct CustomerLetter: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, approved, queued, undelivered, sent, refused }
    package enum Way: String, Choosable {
        case unknown = "", mail, post, fax
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .mail: Words("电子邮件", "E-mail")
            case .post: Words("邮寄", "By post")
            case .fax: Words("传真", "Fax")
            }
        }
    }
    package var student = ID<StudentFile>.none
    package var heading = "", text = "", digest = "", sentText = "", answer = "", proof = "", address = "", messageID = "", fault = ""
    package var way = Way.unknown
    package var sentAt: Moment?, nextTry: Moment?
    package var attempts = 0
    package init() {}

    package static let name = "customer-letter"
    package var title: String { heading }

    package static let form = Form<CustomerLetter>(
        "客户函件", "Letter to a customer", number: "客函",
        states: [
            .drafted: .open("待报批", "Drafted"), .approved: .open("待交寄", "To be handed over"),
            .queued: .open("等待邮件服务器收取", "Waiting for the mail server"), .undelivered: .open("邮件未能交出", "Not handed over"),
            .sent: .done("已交寄存档", "Handed over and archived"), .refused: .no("不予发送", "Refused"),
        ],
        readers: [.post(.marketSpecialist), .post(.businessDirector)],
        [
            .reference(\.student, "学员", "Student").listed(), .text(\.heading, "标题", "Heading").listed(), .prose(\.text, "正文", "Text"),
            .choice(\.way, "发送方式", "Way").listed(), .text(\.digest, "批准文本校验值", "Digest").code().onceFilled(),
            .text(\.answer, "审批意见", "Answer").optional().onceFilled(),
            .sealed(\.address, "收件邮箱", "Address", .email).optional().onceFilled()
                .hint("不填则用学员档案中的电子邮箱", "empty: the one in the student's file"),
            .moment(\.sentAt, "交寄时间", "Handed over at").onceFilled().listed(),
            .text(\.proof, "交寄凭据", "What shows it").onceFilled().hint("如挂号信编号、传真报告", "as the number of a registered letter"),
            .text(\.messageID, "邮件编号", "Message ID").code().onceFilled(),
            .whole(\.attempts, "尝试次数", "Tries", in: 0...1000).optional().onceFilled(),
            .moment(\.nextTry, "下次尝试", "Next try").optional().onceFilled(), .prose(\.fault, "未交出的原因", "Why it was not taken").onceFilled(),
            .prose(\.sentText, "交寄的文本", "As it was handed over").onceFilled(),
        ])

    private static let article = school[19]
    package static let draft = Step<CustomerLetter>(
        "draft", "撰写", "Draft", to: .drafted, by: .post(.marketSpecialist), under: article,
        fields: [\.student, \.heading, \.text, \.way])
    package static let amend = Step<CustomerLetter>(
        "amend", "修改", "Amend", from: .drafted, .approved, .undelivered, to: .drafted, by: .requester, under: article,
        fields: [\.heading, \.text, \.way], isOptional: true
    ) { letter, _ in letter.digest = "" }
    package static let approve = Step<CustomerLetter>(
        "approve", "批准", "Approve", from: .drafted, to: .approved, by: .management, notBy: draft, amend, under: article,
        fields: [\.answer], signs: true
    ) { letter, _ in letter.digest = letter.presentDigest }
    package static let refuse = Step<CustomerLetter>(
        "refuse", "不予发送", "Refuse", from: .drafted, to: .refused, by: .management, notBy: draft, under: article, fields: [\.answer],
        isOptional: true
    ) { letter, act in try act.require(!letter.answer.isEmpty, "请写明不予发送的理由", "Say why not") }
    /// By the house's mail server.
    package static let mail = Step<CustomerLetter>(
        "mail", "交邮件服务器", "Hand to the mail server", from: .approved, .undelivered, to: .queued, by: .post(.marketSpecialist),
        when: { $0.value.way == .mail }, under: article, fields: [\.address], isIrrevocable: true
    ) { letter, act in
        try letter.requireApproved(act)
        if letter.address.isEmpty { letter.address = try act.open(letter.student).value.email }
        try act.require(
            !letter.address.isEmpty, "学员档案没有电子邮箱，请填写收件邮箱，或改用其他发送方式",
            "The student's file has no e-mail; enter an address, or send it another way")
        (letter.attempts, letter.nextTry, letter.fault) = (0, act.now, "")
        // The same for every try, and telling nothing of the house.
        letter.messageID = (0..<2).map { _ in String(UInt64.random(in: 1 << 60 ... .max), radix: 16) }.joined()
    }
    /// By hand: by post, by fax, or from a mailbox of one's own where the house's server did not take it.
    package static let send = Step<CustomerLetter>(
        "send", "登记交寄", "Enter as handed over", from: .approved, .undelivered, to: .sent, by: .post(.marketSpecialist),
        when: { $0.value.way != .mail || $0.state == .undelivered }, under: article, fields: [\.proof], isIrrevocable: true
    ) { letter, act in
        try letter.requireApproved(act)
        try act.require(!letter.proof.isEmpty, "请写明交寄凭据", "Say by what it is shown")
        try letter.archive(act)
    }
    package static let taken = Step<CustomerLetter>(
        "taken", "邮件服务器已收取", "The mail server took it", from: .queued, to: .sent, by: .system, under: article, fields: []
    ) { letter, act in
        letter.proof = "邮件服务器已收取，是否送达以对方为准"
        try letter.archive(act)
    }
    package static let postpone = Step<CustomerLetter>(
        "postpone", "暂未交出，稍后再试", "Not taken, tried again", from: .queued, to: nil, by: .system, under: article, isOptional: true)
    package static let giveUp = Step<CustomerLetter>(
        "give-up", "邮件未能交出", "Given up", from: .queued, to: .undelivered, by: .system, under: article, fields: []
    ) { letter, act in
        act.notify(
            .post(.marketSpecialist), "函件 \(act.record.number ?? "") 没有交出：\(letter.fault)",
            "\(act.record.number ?? "") was not handed over; see why on its page")
    }
    package static let steps = [draft, amend, approve, refuse, mail, send, taken, postpone, giveUp]

    private var presentDigest: String { TextDigest.of(heading + "\n" + text) }

    private func requireApproved(_ act: Act) throws {
        try act.require(digest == presentDigest, "函件在批准后已改动，请重新报批", "It was changed after the approval")
    }

    private mutating func archive(_ act: Act) throws {
        (sentAt, sentText, nextTry) = (act.now, "\(heading)\n\n\(text)", nil)
        try ArchiveEntry.enter(heading, .inside, number: act.record.number ?? "", author: "市场信息专员", act)
        var contact = ContactRecord()
        (contact.student, contact.letter, contact.way, contact.at) = (student, ID(act.record.id), .letter, act.now)
        contact.content = heading
        try act.create(contact, by: ContactRecord.keep)
    }
}
