import Identifiers
import Kernel
import WorkCalendar

/// 受益人登记: who benefits from a policy from a day on, until the next entry. The right to ask follows the entry of the day: whoever stood
/// there before asks nothing any more, not of the past either; “legal heirs” are nobody by name (第十七条).
package struct BeneficiaryDesignation: Document {
    package enum State: String, CaseIterable, Sendable { case standing, withdrawn }

    package var policyNo = ""
    package var policy = ID<Policy>.none
    package var from: Day?
    package var areLegalHeirs = false
    package var persons: [Beneficiary] = []
    package var evidence: [FileReference] = []
    package var reason = ""
    package init() {}

    package static let name = "beneficiary-designation"

    package static let form = Form<BeneficiaryDesignation>(
        "受益人登记", "Beneficiaries", number: "受益人",
        states: [.standing: .done("有效", "Standing"), .withdrawn: .no("已作废", "Withdrawn")],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.policyNo, "保单号", "Policy number").indexed(by: ApplicationNumber.normalForm).listed(),
            .reference(\.policy, "保单", "Policy").optional(), .day(\.from, "生效日期", "From").listed(),
            .flag(\.areLegalHeirs, "受益人为法定继承人", "The legal heirs").hint(
                "法定继承人不能以姓名核对，只能到柜台办理", "legal heirs are nobody by name, and are served at the counter alone"),
            .lines(\.persons, "受益人", "Beneficiaries").optional(), .files(\.evidence, "变更申请书", "Application for the change").optional(),
            .text(\.reason, "作废原因", "Reason").onceFilled(),
        ])

    package static let enter = Step<BeneficiaryDesignation>(
        "enter", "登记受益人", "Enter", to: .standing, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.policyNo, \.from, \.areLegalHeirs, \.persons, \.evidence]
    ) { designation, act in
        designation.policyNo = ApplicationNumber.normalForm(designation.policyNo)
        designation.policy = try Policy.required(designation.policyNo, act, under: authenticity[17])
        try act.require(
            designation.areLegalHeirs == designation.persons.isEmpty, "请填写受益人，或者选择法定继承人，二者选一",
            "Enter the beneficiaries, or say that they are the legal heirs: one of the two")
        try act.refuse(designation.persons.enumerated().flatMap { $1.faults(at: $0, today: act.today) })
        for (order, persons) in Dictionary(grouping: designation.persons, by: \.order) {
            try act.require(
                persons.map(\.share).reduce(0, +) == 100, "第\(order)顺序受益人的份额合计应为100%，请核对",
                "The shares of the order \(order) must add up to 100 %; check them")
        }
    }
    package static let withdraw = Step<BeneficiaryDesignation>(
        "withdraw", "作废", "Withdraw", from: .standing, to: .withdrawn, by: .either(.underwriter, .customerService),
        under: authenticity[17], fields: [\.reason], isOptional: true)
    package static let steps = [enter, withdraw]

    /// The entry of a day: the latest that has begun.
    static func standing(of policy: ID<Policy>, _ inquiry: Inquiry) throws -> Found<BeneficiaryDesignation>? {
        try inquiry.find(\BeneficiaryDesignation.policy, is: policy, in: .standing, limit: 200)
            .filter { ($0.value.from ?? .first) <= inquiry.today }
            .max { (($0.value.from ?? .first), $0.id.raw) < (($1.value.from ?? .first), $1.id.raw) }
    }
}

/// 受益人.
package struct Beneficiary: Line {
    package var name = ""
    package var documentType = CardKind.unknown
    package var documentNumber = ""
    package var mobile = ""
    package var relation = ""
    package var order = 0
    package var share = 0
    package init() {}

    package static let fields: [Field<Beneficiary>] = [
        .name(\.name, "姓名", "Name"), .choice(\.documentType, "证件类型", "Document").optional(),
        .sealed(\.documentNumber, "证件号码", "Document number", .document).optional().hint(
            "没有证件号码的，只能到柜台查询", "without one the person asks at the counter alone"),
        .sealed(\.mobile, "手机", "Mobile", .phone).optional(), .text(\.relation, "与被保险人的关系", "Relation to the insured").optional(),
        .whole(\.order, "受益顺序", "Order", in: 1...9), .whole(\.share, "受益份额（%）", "Share, %", in: 1...100),
    ]

    fileprivate func faults(at index: Int, today: Day) -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        let kind = DocumentKind(documentType.rawValue) ?? .residentID
        if !documentNumber.isEmpty {
            faults += kind.check(documentNumber, today: today.yyyymmdd).faults.blocks.map { fault in
                let told = fault.sentences(of: documentNumber, kind, today: today.yyyymmdd)
                return .init(field: "persons.\(index).documentNumber", Words(told.zh, told.en), under: fault.article)
            }
        }
        if !mobile.isEmpty {
            faults += Mobile.check(mobile).faults.blocks.map {
                .init(field: "persons.\(index).mobile", $0.words, under: $0.article)
            }
        }
        return faults
    }
}
