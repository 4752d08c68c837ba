import Kernel
import WorkCalendar

/// 核对确认: an agent confirms in person that he checked an application with the customer before it was handed in (第十一条). Who, when and what
/// stands here; the application names it.
package struct CheckConfirmation: Document {
    package enum State: String, CaseIterable, Sendable { case confirmed, revoked }

    package var applicationNo = ""
    package var applicationDate: Day?
    package var agent = ID<Agent>.none
    package var hasSeenIdentity = false
    package var isOwnContact = false
    package var isOwnAccount = false
    package var isOwnSignature = false
    package var reason = ""
    package init() {}

    package static let name = "check-confirmation"
    package var title: String { applicationNo }

    package static let form = Form<CheckConfirmation>(
        "核对确认", "Confirmation of the check", number: "核对",
        states: [.confirmed: .done("已确认", "Confirmed"), .revoked: .no("已撤销", "Revoked")],
        readers: [.either(.underwriter, .customerService, .compliance, .backOffice)],
        [
            .text(\.applicationNo, "投保单号", "Application number").indexed(by: ApplicationNumber.normalForm).listed(),
            .day(\.applicationDate, "投保日期", "Application date").listed(), .reference(\.agent, "业务员", "Agent").onceFilled().listed(),
            .flag(\.hasSeenIdentity, "已核对投保人、被保险人的证件原件", "The documents of applicant and insured were seen"),
            .flag(\.isOwnContact, "电话、地址为客户本人的，没有以本人、机构或亲属的代替", "Telephone and address are the customer's own"),
            .flag(\.isOwnAccount, "缴费账户为投保人本人的账户（经审批的除外）", "The premium comes from the applicant's own account, or one approved"),
            .flag(\.isOwnSignature, "客户亲笔签名，没有代签", "The customer signed in person"),
            .text(\.reason, "撤销理由", "Why revoked").onceFilled(),
        ])

    package static let confirm = Step<CheckConfirmation>(
        "confirm", "确认已与客户核对", "Confirm", to: .confirmed, by: .post(.seller), under: authenticity[11],
        fields: [\.applicationNo, \.applicationDate, \.hasSeenIdentity, \.isOwnContact, \.isOwnAccount, \.isOwnSignature],
        isIrrevocable: true, signs: true
    ) { confirmation, act in
        try act.require(act.principal.behalf == nil, "须由业务员本人确认，不能委托", "The agent confirms in person, by no delegate")
        guard let agent = try act.find(\Agent.user, is: act.person, limit: 1).first else {
            return try act.require(false, "您的账号未对应业务员档案，请联系渠道内勤", "Your log-in is no agent's yet; ask the back office of the channel")
        }
        confirmation.agent = agent.id
        confirmation.applicationNo = ApplicationNumber.normalForm(confirmation.applicationNo)
        guard let day = confirmation.applicationDate else { return }
        if let obstacle = try agent.value.obstacle(on: day, state: agent.state, .unknown, act) {
            throw Refusal(article: authenticity[10], words: obstacle)
        }
        let known = try act.find(\CheckConfirmation.applicationNo, is: confirmation.applicationNo, limit: 5)
        try act.require(
            !known.contains { $0.state == .confirmed }, "该投保单已有核对确认；填写有误的，请先撤销",
            "The application is confirmed already; where something was wrong, revoke that first")
        let application = try act.find(\Application.applicationNo, is: confirmation.applicationNo, limit: 1).first
        try act.require(application?.state != .accepted, "该投保单已核保通过", "The application is accepted already")
        if let application {
            act.notify(
                [application.record.creator], "业务员已确认核对，请补充投保单 \(confirmation.applicationNo)",
                "The agent has confirmed the check; supplement application \(confirmation.applicationNo)")
        }
    }.checking { confirmation, check in confirmation.checkSaid(check) }
    package static let revoke = Step<CheckConfirmation>(
        "revoke", "撤销确认", "Revoke", from: .confirmed, to: .revoked, by: .requester, under: authenticity[11], fields: [\.reason],
        isOptional: true
    ) { confirmation, act in
        let application = try act.find(\Application.applicationNo, is: confirmation.applicationNo, in: .accepted, limit: 1)
        try act.require(application.isEmpty, "该投保单已核保通过，不能撤销确认", "The application is accepted; the confirmation stays")
    }
    package static let steps = [confirm, revoke]

    /// 第十一条 names each; who has not checked one of them has not checked.
    private func checkSaid(_ check: Checking<CheckConfirmation>) {
        check.require(hasSeenIdentity, "请先核对客户证件原件", "See the customer's documents first", at: \.hasSeenIdentity)
        check.require(
            isOwnContact, "请先核对电话、地址为客户本人的", "Make sure that telephone and address are the customer's own", at: \.isOwnContact)
        check.require(isOwnAccount, "请先核对缴费账户", "Check the account of the premium", at: \.isOwnAccount)
        check.require(isOwnSignature, "须由客户亲笔签名", "The customer signs in person", at: \.isOwnSignature)
        check.require(
            applicationDate.map { $0 <= check.act.today } ?? true, "投保日期不能晚于今天", "The application date cannot be after today",
            at: \.applicationDate)
    }
}
