import Identifiers
import Kernel
import WorkCalendar

/// 客户接触: a call-back, an enquiry, a policy service, a claim or care, at which is asked what nobody has verified of the customer yet; what
/// he confirms stands with that source, what he corrects goes on to be put right (第十二条).
package struct ContactEvent: Document {
    package enum State: String, CaseIterable, Sendable { case opened, finished }

    package enum Kind: String, Choosable {
        case unknown = "", callBack = "call_back", enquiry, policyService = "policy_service", claim, care

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .callBack: Words("回访", "Call-back")
            case .enquiry: Words("咨询", "Enquiry")
            case .policyService: Words("保全", "Policy service")
            case .claim: Words("理赔", "Claim")
            case .care: Words("关怀", "Care")
            }
        }
    }

    package var customer = ID<Customer>.none
    package var kind = Kind.unknown
    package var unverified = ""
    package var missing = ""
    package var findings: [ContactFinding] = []
    package var remindsOfChanges = false
    package init() {}

    package static let name = "contact-event"

    package static let form = Form<ContactEvent>(
        "客户接触", "Contact with a customer", number: "接触",
        states: [.opened: .open("进行中", "Under way"), .finished: .done("已完成", "Finished")],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.customer, "客户", "Customer").subject().listed(), .choice(\.kind, "场合", "Occasion").listed(),
            .codes(\.unverified, "尚未核实", "Not verified yet", UnverifiedValues.choices).optional().listed(),
            .codes(\.missing, "尚未提供", "Not given yet", UnverifiedValues.choices).optional(),
            .lines(\.findings, "核实结果", "What was found out"),
            .flag(\.remindsOfChanges, "提醒客户办理变更", "Remind the customer to report changes").hint(
                "客户会收到一条提醒", "the customer gets a reminder"),
        ])

    package static let begin = Step<ContactEvent>(
        "begin", "登记接触", "Begin", to: .opened, by: .post(.customerService), under: authenticity[12], fields: [\.customer, \.kind]
    ) { event, act in
        guard let customer = try act.load(event.customer) else { throw DeskError.absent }
        try act.require(
            customer.state != .joined, "该客户记录已并入另一记录，请选择保留的记录", "This record is joined to another; choose the one that was kept")
        try act.require(
            try !ContactRestriction.hasDied(event.customer, act), "该客户已身故，请勿联系", "This customer has died; nobody calls")
        event.unverified = UnverifiedValues.codes(UnverifiedValues.unverified(customer))
        event.missing = UnverifiedValues.codes(UnverifiedValues.missing(customer.value))
    }
    package static let finish = Step<ContactEvent>(
        "finish", "登记核实结果", "Enter the result", from: .opened, to: .finished, by: .post(.customerService), under: authenticity[12],
        fields: [\.findings, \.remindsOfChanges]
    ) { event, act in
        guard let customer = try act.load(event.customer) else { throw DeskError.absent }
        try event.requireAnswers(to: customer.value, act)
        try event.confirm(customer, act)
        for finding in event.findings where finding.outcome == .corrected { try event.passOn(finding, act) }
        guard event.remindsOfChanges else { return }
        var notice = CustomerNotice()
        (notice.kind, notice.customer) = (.changeReminder, event.customer)
        try CustomerNotice.make(notice, act)
    }
    package static let steps = [begin, finish]

    /// Each with its source; what is corrected with what it is now; each value once.
    private func requireAnswers(to customer: Customer, _ act: Act) throws {
        try act.require(
            Set(findings.map(\.value)).count == findings.count, "同一项资料只能登记一次，请合并", "Each value stands there once; join the lines")
        for finding in findings {
            let name = finding.value.words
            try act.require(
                finding.outcome == .unanswered || !finding.source.isEmpty, "请写明“\(name.zh)”的核实来源",
                "Say from where “\(name.en)” was verified")
            try act.require(
                finding.outcome != .confirmed || UnverifiedValues.stands(finding.value, in: customer),
                "客户资料中没有“\(name.zh)”，不能确认；请登记为更正", "The record has no “\(name.en)” to be confirmed; enter it as corrected")
            try act.require(
                finding.outcome != .corrected || finding.value.isOfIdentity || finding.hasTold,
                "请填写客户告知的新“\(name.zh)”", "Enter what the customer says is the new “\(name.en)”")
        }
        try act.refuse(
            findings.enumerated().flatMap { Telephone.faults($1.phone, field: "findings.\($0).phone") })
    }

    /// 第十二条: confirmed, a value stands with this contact as its source; with the last of them the customer is verified.
    private func confirm(_ customer: Found<Customer>, _ act: Act) throws {
        let confirmed = findings.filter { $0.outcome == .confirmed }
        guard !confirmed.isEmpty else { return }
        let number = act.record.number ?? ""
        try act.take(Customer.confirm, on: customer.id) { record in
            for finding in confirmed { record.put(finding.value, from: "\(number) \(finding.source)", at: act.now) { _ in } }
        }
        guard let now = try act.load(customer.id), now.state == .unverified, UnverifiedValues.unverified(now).isEmpty,
            try Suspicion.open(naming: customer.id, act) == nil
        else { return }
        try act.take(Customer.verify, on: customer.id) { $0.verifiedFrom = number }
    }

    /// What the customer says is another now is put right by policy service, with evidence and his signature.
    private func passOn(_ finding: ContactFinding, _ act: Act) throws {
        guard let customer = try act.load(customer)?.value else { return }
        var task = ContactTask()
        (task.customer, task.cause, task.source) = (self.customer, .told, "")
        (task.toldPhone, task.toldEmail, task.toldAddress) = (finding.phone, finding.email, finding.address)
        switch finding.value {
        case .mobile: task.phone = customer.mobile
        case .landline: task.phone = customer.landline
        case .email: task.email = customer.email
        case .address: task.address = customer.address
        default: break
        }
        try act.create(task, by: ContactTask.open)
    }
}

/// What was found out of one value.
package struct ContactFinding: Line {
    package enum Outcome: String, Choosable {
        case unanswered = "", confirmed, corrected

        package var words: Words {
            switch self {
            case .unanswered: Words("", "")
            case .confirmed: Words("确认无误", "Confirmed")
            case .corrected: Words("需更正", "To be corrected")
            }
        }
    }

    package var value = ValueOrigin.Value.unknown
    package var outcome = Outcome.unanswered
    package var phone = ""
    package var email = ""
    package var address = ""
    package var source = ""
    package init() {}

    package static let fields: [Field<ContactFinding>] = [
        .choice(\.value, "资料", "Value"), .choice(\.outcome, "结果", "Result").optional(),
        .sealed(\.phone, "新号码", "New number", .phone).optional().unindexed(),
        .sealed(\.email, "新邮箱", "New mail address", .email).optional().unindexed(),
        .sealed(\.address, "新地址", "New address", .address).optional().unindexed(),
        .text(\.source, "核实来源", "Source").optional().longest(100),
    ]

    var hasTold: Bool {
        switch value {
        case .mobile, .landline: !phone.isEmpty
        case .email: !email.isEmpty
        case .address: !address.isEmpty
        default: false
        }
    }
}

extension ContactEvent {
    /// What is said when everything was asked.
    package static let parting = Words(
        "谢谢您。以后手机、地址有变化，请及时告诉我们，方便您收到保单通知。", "Thank you. Please tell us when your mobile or address changes, so that notices reach you.")
}

extension ValueOrigin.Value {
    /// How it is asked: the customer says it, and is not told what stands in the record.
    package var question: Words? {
        switch self {
        case .unknown, .sex: nil
        case .name: Words("请问您的姓名怎么写？", "How is your name spelt, please?")
        case .birthDate: Words("请问您的出生年月日是？", "What is your date of birth?")
        case .document: Words("请问您的证件号码是多少，证件还在有效期内吗？", "What is the number of your document, and is it still valid?")
        case .mobile: Words("请问您现在用的手机号码是多少？", "What is your mobile number now?")
        case .landline: Words("请问您家里或者单位有固定电话吗？", "Do you have a land line, at home or at work?")
        case .email: Words("请问您常用的电子邮箱是什么？", "Which e-mail address do you use?")
        case .address: Words("请问您现在的联系地址是哪里？", "What is your address now?")
        case .account: Words("请问您缴费账户的后四位是多少？", "What are the last four figures of the account from which you pay?")
        }
    }
}
