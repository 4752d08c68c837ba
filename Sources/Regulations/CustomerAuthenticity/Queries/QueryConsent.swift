import Identifiers
import Kernel
import WorkCalendar

/// 第三方查询同意: who else may be told what of a policy, and until when (第二十一条). It ends at its moment, or at once when it is withdrawn:
/// sessions, extracts and links end with it; what was done before stays.
package struct QueryConsent: Document {
    package enum State: String, CaseIterable, Sendable { case running, withdrawn, ended }

    package var policyNo = ""
    package var policy = ID<Policy>.none
    package var grantorName = ""
    package var grantorNumber = ""
    package var partyName = ""
    package var partyNumber = ""
    package var partyPhone = ""
    package var purpose = ""
    package var scopes = ""
    package var until: Moment?
    package var evidence: [FileReference] = []
    package var isGivenOnWeb = false
    package var reason = ""
    package init() {}

    package static let name = "query-consent"

    package static let form = Form<QueryConsent>(
        "第三方查询同意", "Consent to a third party", number: "查询同意",
        states: [.running: .done("有效", "Running"), .withdrawn: .no("已撤回", "Withdrawn"), .ended: .no("已到期", "Ended")],
        readers: [.either(.customerService, .compliance, .counterClerk)],
        [
            .text(\.policyNo, "保单号", "Policy number").indexed(by: ApplicationNumber.normalForm).listed(),
            .reference(\.policy, "保单", "Policy").optional(), .name(\.grantorName, "同意人姓名", "Who consents").listed(),
            .sealed(\.grantorNumber, "同意人证件号码", "Document of who consents", .document),
            .name(\.partyName, "第三方姓名", "Third party").listed(),
            .sealed(\.partyNumber, "第三方证件号码", "Document of the third party", .document),
            .sealed(\.partyPhone, "第三方手机", "Mobile of the third party", .phone).hint(
                "用于接收网上查询的验证码", "for codes of queries on the web"),
            .text(\.purpose, "查询目的", "Purpose").listed(), .codes(\.scopes, "同意查询的内容", "Scope", QueryScope.choices()),
            .moment(\.until, "同意截止", "Until").ends().listed(), .files(\.evidence, "本人签名的同意书", "Signed consent").optional().onceFilled(),
            .flag(\.isGivenOnWeb, "网上查询中作出", "Given on the web").onceFilled(), .text(\.reason, "撤回原因", "Why it is withdrawn").onceFilled(),
        ])

    static let validity: Deadline = Deadline("validity", "同意截止", "Consent", under: authenticity[21], takes: lapse)
    package static let deadlines = [validity]

    package static let record = Step<QueryConsent>(
        "record", "登记同意", "Record", to: .running, by: .either(.counterClerk, .customerService), under: authenticity[21],
        fields: [
            \.policyNo, \.grantorName, \.grantorNumber, \.partyName, \.partyNumber, \.partyPhone, \.purpose, \.scopes, \.until, \.evidence,
        ]
    ) { consent, act in
        consent.policyNo = ApplicationNumber.normalForm(consent.policyNo)
        consent.policy = try Policy.required(consent.policyNo, act, under: authenticity[21])
        try consent.begin(act)
    }.checking { consent, check in
        check.require(!consent.evidence.isEmpty, "请附上本人签名的同意书", "Attach the signed consent", at: \.evidence)
        try consent.checkTerms(check)
    }
    /// By the customer inside a session, after a second code.
    package static let give = Step<QueryConsent>(
        "give", "网上作出同意", "Give on the web", to: .running, by: .system, under: authenticity[21]
    ) { consent, act in try consent.begin(act) }.checking { consent, check in try consent.checkTerms(check) }
    package static let withdraw = Step<QueryConsent>(
        "withdrawConsent", "撤回同意", "Withdraw", from: .running, to: .withdrawn, by: .either(.counterClerk, .customerService),
        under: authenticity[21],
        fields: [\.reason], isOptional: true
    ) { consent, act in try consent.stop(act) }
    /// By whoever gave it, on the web or in a telephone query.
    package static let withdrawByGrantor = Step<QueryConsent>(
        "withdrawByGrantor", "本人撤回同意", "Withdrawn by the person", from: .running, to: .withdrawn, by: .system, under: authenticity[21],
        isOptional: true
    ) { consent, act in try consent.stop(act) }
    package static let lapse = Step<QueryConsent>(
        "lapse", "同意到期", "Lapse", from: .running, to: .ended, by: .system, under: authenticity[21], isOptional: true
    ) { consent, act in try consent.stop(act) }
    package static let steps = [record, give, withdraw, withdrawByGrantor, lapse]

    /// Those that somebody has given and that run.
    static func given(by number: String, _ inquiry: Inquiry) throws -> [Found<QueryConsent>] {
        let key = SealedKind.document.matchKey(number)
        return try inquiry.find(QueryConsent.self, .document, is: number, limit: 100).filter {
            $0.state == .running && SealedKind.document.matchKey($0.value.grantorNumber) == key
        }
    }

    private func begin(_ act: Act) throws {
        guard let until, let policy = try act.load(policy), try QueryRight.hasRole(grantorNumber, grantorName, in: policy, act) else {
            return try act.require(
                false, "同意人今天不是该保单的投保人、被保险人或受益人，请核对姓名和证件号码",
                "Who consents is neither applicant, insured nor beneficiary of this policy today; check the name and the document")
        }
        act.start(Self.validity, due: until)
    }

    private func checkTerms(_ check: Checking<QueryConsent>) throws {
        let now = check.act.now, months = try check.act.parameter(.longestConsentMonths)
        let latest = Moment.endOfDay(check.act.today.adding(months: months))
        check.require(until != nil, "请填写同意的截止时间", "Say until when", at: \.until)
        check.require(
            until.map { $0 > now } ?? true, "同意的截止时间已过，请重新填写", "It would be over already; enter a later moment", at: \.until)
        check.require(
            until.map { $0 <= latest } ?? true, "同意最长\(months)个月，请缩短；到期后可以再次同意",
            "A consent lasts at most \(months) months; shorten it. It can be given again", at: \.until)
        check.require(!QueryScope.all(in: scopes).isEmpty, "请选择同意查询的内容", "Choose the scope", at: \.scopes)
        checkParty(check)
    }

    private func checkParty(_ check: Checking<QueryConsent>) {
        let today = check.act.today.yyyymmdd
        for fault in DocumentKind.residentID.check(partyNumber, today: today).faults.blocks {
            let told = fault.sentences(of: partyNumber, .residentID, today: today)
            check.require(false, told.zh, told.en, at: \.partyNumber, under: authenticity[21])
        }
        for fault in Mobile.check(partyPhone).faults.blocks {
            check.require(false, fault.words.zh, fault.words.en, at: \.partyPhone, under: authenticity[21])
        }
        check.require(
            SealedKind.document.matchKey(partyNumber) != SealedKind.document.matchKey(grantorNumber), "第三方就是本人，无需同意",
            "The third party is the person; no consent is needed", at: \.partyNumber, \.grantorNumber)
    }

    /// 撤回 at noon bites at noon.
    private func stop(_ act: Act) throws {
        act.meet(Self.validity)
        for extract in try act.find(\QueryExtract.consent, is: ID(act.record.id), in: .ready, limit: 500) {
            try act.take(QueryExtract.void, on: extract.id)
        }
        try PortalVisit.close(of: partyNumber, act)
    }
}
