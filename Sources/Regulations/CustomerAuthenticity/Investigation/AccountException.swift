import Identifiers
import Kernel

/// 非投保人账户的特殊审批: a premium from an account that is not the applicant's, investigated and approved beforehand (第十一条).
package struct AccountException: Document {
    package enum State: String, CaseIterable, Sendable { case requested, investigated, approved, refused }

    package var applicationNo = ""
    package var accountHolder = ""
    package var account = ""
    package var relation = ""
    package var reason = ""
    package var evidence: [FileReference] = []
    package var findings = ""
    package init() {}

    package static let name = "account-exception"
    package var title: String { applicationNo }

    package static let form = Form<AccountException>(
        "非投保人账户审批", "Account exception", number: "账户特批",
        states: [
            .requested: .open("已申请", "Requested"), .investigated: .open("已调查", "Investigated"), .approved: .done("已批准", "Approved"),
            .refused: .no("未批准", "Refused"),
        ],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.applicationNo, "投保单号", "Application number").indexed(by: ApplicationNumber.normalForm).listed(),
            .name(\.accountHolder, "账户户名", "Account holder").listed(),
            .sealed(\.account, "银行账号", "Bank account", .account),
            .text(\.relation, "与投保人的关系", "Relation to the applicant").listed(),
            .prose(\.reason, "特殊情形", "Special case"),
            .files(\.evidence, "证明材料", "Evidence").optional(),
            .prose(\.findings, "调查情况", "Findings"),
        ])

    package static let request = Step<AccountException>(
        "request", "申请特批", "Request", to: .requested, by: .either(.backOffice, .customerService), under: authenticity[11],
        fields: [
            \AccountException.applicationNo, \AccountException.accountHolder, \AccountException.account, \AccountException.relation,
            \AccountException.reason, \AccountException.evidence,
        ]
    ) { exception, act in
        exception.applicationNo = ApplicationNumber.normalForm(exception.applicationNo)
        try act.refuse(
            BankAccount.check(exception.account).blocks.map { .init(field: "account", $0.words, under: $0.article) })
        try exception.requireNoSellersAccount(act)
    }
    package static let investigate = Step<AccountException>(
        "investigate", "调查", "Investigate", from: .requested, to: .investigated, by: .post(.compliance), notBy: request,
        under: authenticity[11], fields: [\AccountException.findings])
    package static let approve = Step<AccountException>(
        "approve", "批准", "Approve", from: .investigated, to: .approved, by: .post(.generalManager), notBy: request, investigate,
        under: authenticity[11], signs: true
    ) { exception, act in
        // The application may have come in since, and with it whoever sold.
        try exception.requireNoSellersAccount(act)
    }
    package static let refuse = Step<AccountException>(
        "refuse", "不予批准", "Refuse", from: .requested, .investigated, to: .refused, by: .either(.compliance, .generalManager),
        under: authenticity[11], fields: [\AccountException.findings], isOptional: true)
    package static let steps = [request, investigate, approve, refuse]

    /// Whether the premium of this person comes from the account that was investigated and approved, and not from a third one.
    func covers(_ person: ApplicationPerson) -> Bool {
        PersonName.agree(accountHolder, person.accountHolder) && !person.account.isEmpty
            && SealedKind.account.matchKey(account) == SealedKind.account.matchKey(person.account)
    }

    private func requireNoSellersAccount(_ act: Act) throws {
        let application = try act.find(\Application.applicationNo, is: applicationNo, limit: 1).first?.value ?? Application()
        try act.require(
            try !Seller(of: application, act).hasAccount(self, act), "业务员、中介机构及其亲属的账户不得代缴保费，不能特批，请改用投保人本人的账户",
            "No premium comes from an account of an agent, an agency or a relative of theirs, and no exception is made; use the applicant's own"
        )
    }
}
