import Identifiers
import Kernel
import WorkCalendar

/// 投保单: persons, policy, agent as the customer's form says them. Underwritten by the rules on entry; what they refuse stays as a draft.
package struct Application: Document {
    package enum State: String, CaseIterable, Sendable { case draft, accepted }

    package var applicationNo = ""
    package var policyNo = ""
    package var productClass = ProductClass.unknown
    package var term = ""
    package var applicationDate: Day?
    package var agentNo = ""
    package var channel = Channel.unknown
    package var agencyName = ""
    package var persons: [ApplicationPerson] = []
    package var isCheckedByAgent = false
    package var findings = ""
    package var confirmation = ID<CheckConfirmation>.none
    package var sellerStanding = SellerStanding.unknown
    package var refusedDate: Day?
    package var refusedAgentNo = ""
    package var dateGrounds = ""
    package init() {}

    package static let name = "application"
    package var title: String { applicationNo }

    package static let form = Form<Application>(
        "投保单", "Application",
        states: [.draft: .open("待补充", "To be supplemented"), .accepted: .done("核保通过", "Accepted")],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.applicationNo, "投保单号", "Application number").indexed(by: ApplicationNumber.normalForm).listed(),
            .text(\.policyNo, "保单号", "Policy number").optional().indexed(by: ApplicationNumber.normalForm),
            .choice(\.productClass, "险种", "Product class").listed(),
            .text(\.term, "保险期限", "Term").hint(
                "如 20年、6个月、366天，“终身”或“至70岁”", "such as 20 years, 6 months, 366 days, “life” or “to age 70”"),
            .day(\.applicationDate, "投保日期", "Application date").listed(),
            .text(\.agentNo, "业务员代码", "Agent number").demanded("除直销外须填", "needed unless sold directly").indexed(
                by: ApplicationNumber.normalForm
            ).listed(),
            .choice(\.channel, "渠道", "Channel").listed(),
            .text(\.agencyName, "中介机构", "Agency").optional().code().hint("渠道为中介的填写", "where an agency sold"),
            .lines(\.persons, "投保人、被保险人和受益人", "Applicant, insured and beneficiaries").unindexed().hint(
                "投保人为自己投保的，可不另填被保险人", "applicants who insure themselves need not stand there a second time"),
            .flag(\.isCheckedByAgent, "业务员已与客户核对并签名确认", "Checked with the customer and signed by the agent"),
            .codes(
                \.findings, "核保发现", "Findings", DataFault.allCases.map { .init(value: $0.code, words: $0.words) }
            ).optional().listed(),
            .reference(\.confirmation, "业务员本人确认", "Agent's own confirmation").optional().unindexed().onceFilled(),
            .choice(\.sellerStanding, "业务员资格", "The seller's qualification").optional().onceFilled(),
            .day(\.refusedDate, "首次录入的投保日期", "Date at the first entry").optional().onceFilled(),
            .text(\.refusedAgentNo, "首次录入的业务员", "Agent at the first entry").optional().code().onceFilled(),
            .prose(\.dateGrounds, "投保日期核实情况", "How the date was verified").onceFilled(),
        ])

    package static let submit = Step<Application>(
        "submit", "录入投保单", "Enter", to: .accepted, by: .either(.underwriter, .customerService, .backOffice),
        under: authenticity[5], authenticity[6], authenticity[10], authenticity[11], fields: asked, allowsBlanks: true, isIrrevocable: true
    ) { application, act in
        application.normaliseNumbers()
        try application.requireNew(act)
        try Underwriting(act).judge(&application)
    }
    package static let supplement = Step<Application>(
        "supplement", "补充后重新核保", "Supplement", from: .draft, to: .accepted,
        by: .any([.requester, .post(.underwriter), .post(.customerService), .post(.backOffice)]),
        under: authenticity[5], authenticity[6], authenticity[10], authenticity[11], fields: asked, allowsBlanks: true
    ) { application, act in
        application.normaliseNumbers()
        try application.keepFirstEntry(act)
        // A draft may get another number, but none that another application has.
        try application.requireNew(act)
        try Underwriting(act).judge(&application)
    }
    /// A slip of whoever entered it, and no other day put in its place: somebody else has looked at the paper.
    package static let verifyDate = Step<Application>(
        "verifyDate", "核实投保日期", "Verify the date", from: .draft, to: nil, by: .post(.compliance), notBy: submit, supplement,
        under: authenticity[10], fields: [\Application.dateGrounds], isOptional: true, signs: true
    ) { application, _ in (application.refusedDate, application.refusedAgentNo) = (nil, "") }
    package static let steps = [submit, supplement, verifyDate]

    private static var asked: [PartialKeyPath<Application>] {
        [
            \Application.applicationNo, \Application.policyNo, \Application.productClass, \Application.term, \Application.applicationDate,
            \Application.agentNo, \Application.channel, \Application.agencyName, \Application.persons, \Application.isCheckedByAgent,
        ]
    }

    /// The policy, an exception for its account, and who was recorded without a document.
    package func foresee(_ foresight: inout Foresight) throws {
        try foresight.expect(\Policy.policyNo, is: policyNo)
        try foresight.expect(\AccountException.applicationNo, is: applicationNo)
        try foresight.expect(\CheckConfirmation.applicationNo, is: applicationNo)
        for person in persons where person.isCustomer {
            foresight.expect(.document, is: Customer.identity(person.name, person.sex, born: Day(loose: person.birthDate)))
        }
    }

    /// One number is one however it is typed, and is kept in its normal form.
    private mutating func normaliseNumbers() {
        applicationNo = ApplicationNumber.normalForm(applicationNo)
        policyNo = ApplicationNumber.normalForm(policyNo)
        agentNo = ApplicationNumber.normalForm(agentNo)
    }

    /// Without a number nothing is kept, and what else is wrong is said at once.
    private func requireNumber(_ act: Act) throws {
        let missing = Refusal.Fault(field: "applicationNo", Words("请填写投保单号", "Enter the application number"))
        throw DeskError.invalid([missing] + (try Underwriting(act).faults(of: self)))
    }

    /// Taken twice, an application adds nothing: the same one is a conflict, another under its number is not readable as a new one.
    private func requireNew(_ act: Act) throws {
        if applicationNo.isEmpty { try requireNumber(act) }
        guard let known = try act.find(\Application.applicationNo, is: applicationNo, limit: 1).first else { return }
        if known.value.saysTheSame(as: self) {
            throw DeskError.conflict(known.state == .draft ? Application.waitsUnchanged : Application.isInAlready)
        }
        throw DeskError.invalid([
            .init(
                field: "applicationNo",
                known.state == .draft
                    ? Words("该投保单已录入，待补充；请在原投保单上补充", "This application is in the book and waits to be supplemented; supplement that one")
                    : Words(
                        "该投保单号已核保通过，内容不同；请核对投保单号。被保险人有误的，办理“被保险人更正”；其他变更请走保全",
                        "An accepted application has this number and says otherwise; check the number, or correct the insured of the policy"
                    ))
        ])
    }

    static let isInAlready = Words("该投保单已录入，内容相同，无需重复录入", "This application is in the book already, and says the same")
    static let waitsUnchanged = Words(
        "该投保单已录入，待补充，内容没有变化", "This application is in the book, waits to be supplemented, and has not changed")

    /// The names of those who apply.
    var applicants: [String] { persons.filter { $0.role == .applicant && !$0.name.isEmpty }.map(\.name) }

    package func saysTheSame(as other: Application) -> Bool {
        var one = self, two = other
        one.forgetJudgement()
        two.forgetJudgement()
        // Earlier programs kept numbers as they were typed, and days are still kept so.
        one.normaliseTyping()
        two.normaliseTyping()
        return one.stored == two.stored
    }

    /// A file that supplements a draft says all of it anew, and yet not when and under whom it came in.
    private mutating func keepFirstEntry(_ act: Act) throws {
        guard let before = try act.load(ID<Application>(act.record.id))?.value else { return }
        (refusedDate, refusedAgentNo, dateGrounds) = (before.refusedDate, before.refusedAgentNo, before.dateGrounds)
    }

    /// What underwriting has said of it.
    private mutating func forgetJudgement() {
        (findings, confirmation, sellerStanding) = ("", .none, .unknown)
        (refusedDate, refusedAgentNo, dateGrounds) = (nil, "", "")
    }

    private mutating func normaliseTyping() {
        normaliseNumbers()
        for place in persons.indices {
            if let day = Day(loose: persons[place].birthDate) { persons[place].birthDate = day.description }
        }
    }

    private var stored: [JSONValue] { Application.form.fields.map { $0.read(self) } }
}
