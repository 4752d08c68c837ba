import Kernel
import WorkCalendar

extension ServiceTicket {
    /// 邮件来单: somebody wrote to the desk, which enters it as that person's ticket; the message itself is kept with it (第二章21).
    package static let askByMail = Step<ServiceTicket>(
        "askByMail", "按邮件登记", "Enter from a mail", to: .open, by: .either(.serviceDesk, .networkStaff, centreDirector),
        under: enterpriseIT["第二章21"], fields: [\.mail, \.asker, \.kind, \.urgency, \.device]
    ) { ticket, act in
        try act.require(ticket.mail.count == 1, "请上传一封邮件（.eml 文件），一封邮件一张服务单", "Hand in one message (.eml): a ticket each")
        let message = try act.content(of: ticket.mail[0]).flatMap(MailFile.init)
        try act.require(
            message != nil, "“\(ticket.mail[0].name)”不是能读出的邮件文件，请在邮件程序中另存为 .eml 后上传",
            "“\(ticket.mail[0].name)” is no message; save it as .eml in your mail program")
        guard let message else { return }
        if ticket.asker.isNone { ticket.asker = try sender(of: message, act) }
        try act.require(ticket.asker != act.person, "本人的请求请用“提出”登记", "Your own request is asked, not entered for you")
        ticket.subject = message.subject.isEmpty ? "（邮件无主题）" : String(message.subject.prefix(Self.longestSubject))
        ticket.what = [
            "发件人：\(message.senderName.isEmpty ? "" : message.senderName + " ")\(message.address)",
            message.date.map { "发送时间：\($0.minuteText)" },
            message.attachments.isEmpty ? nil : "附件：" + message.attachments.joined(separator: "、"),
            "", String(message.text.prefix(Self.longestText)),
        ].compactMap { $0 }.joined(separator: "\n")
        act.hold(ticket.asker)
        act.notify([ticket.asker], "服务台已按您的邮件登记服务单：\(ticket.subject)", "The desk has entered your mail as a ticket: \(ticket.subject)")
        try begin(act)
    }
    private static let longestSubject = 100
    private static let longestText = 15_000

    /// By the log-in name before the @, or by the name beside the address, where just one person here is called so.
    private static func sender(of message: MailFile, _ act: Act) throws -> PersonID {
        let organisation = act.organisation, login = message.address.split(separator: "@")[0]
        let here = organisation.people.values.filter { organisation.isInService($0.id, within: act.scope, on: act.today) }
        let byLogin = here.filter { $0.login.lowercased() == login }
        let byName = here.filter { !message.senderName.isEmpty && ($0.words.zh == message.senderName || $0.words.en == message.senderName) }
        let found = byLogin.isEmpty ? byName : byLogin
        try act.require(
            found.count == 1, "认不出发件人“\(message.senderName) \(message.address)”是本单位哪一位，请选择申请人",
            "It is not plain who here “\(message.senderName) \(message.address)” is; choose the asker")
        return found.first?.id ?? .none
    }
}
