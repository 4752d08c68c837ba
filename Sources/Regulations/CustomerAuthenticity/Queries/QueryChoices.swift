import Kernel
import WorkCalendar

/// 查询范围: what may be told of a policy (第十七条, 第十九条).
package enum QueryScope: String, Choosable {
    case unknown = "", policy, benefits, payments, claims
    /// At the counter alone.
    case service

    /// The four of a query by telephone or on the web.
    package static let four: [QueryScope] = [.policy, .benefits, .payments, .claims]
    package static let atCounter = four + [.service]

    package static func choices(_ scopes: [QueryScope] = four) -> [FieldKind.Choice] {
        scopes.map { .init(value: $0.rawValue, words: $0.words) }
    }

    /// Several as a field of codes.
    package static func codes(_ scopes: some Collection<QueryScope>) -> String {
        allCases.filter { $0 != .unknown && scopes.contains($0) }.map(\.rawValue).joined(separator: ";")
    }

    package static func all(in codes: String) -> [QueryScope] {
        codes.split(separator: ";").compactMap { QueryScope(rawValue: String($0)) }
    }

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .policy: Words("保单资料", "Policy data")
        case .benefits: Words("保障利益", "Benefits")
        case .payments: Words("缴费", "Payments")
        case .claims: Words("赔案（给付）", "Claims and payouts")
        case .service: Words("保全", "Policy service")
        }
    }
}

/// In which role somebody asks about a policy.
package enum QueryRole: String, Choosable {
    case unknown = "", applicant, insured, beneficiary
    /// With the recorded consent of one of them.
    case thirdParty = "third-party"
    /// A legal heir, at the counter alone.
    case heir

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .applicant: Words("投保人", "Applicant")
        case .insured: Words("被保险人", "Insured")
        case .beneficiary: Words("受益人", "Beneficiary")
        case .thirdParty: Words("经同意的第三方", "Third party with consent")
        case .heir: Words("法定继承人", "Legal heir")
        }
    }
}

/// What was told of which policy, and when (第十七条).
package struct ToldLine: Line {
    package var policyNo = ""
    package var role = QueryRole.unknown
    package var scope = QueryScope.unknown
    package var at: Moment?
    /// Masked on the web before the second code.
    package var isMasked = false
    package init() {}

    package init(_ right: QueryRight, _ scope: QueryScope, at now: Moment, isMasked: Bool = false) {
        (policyNo, role, self.scope) = (right.policy.value.title, right.role, scope)
        (at, self.isMasked) = (now, isMasked)
    }

    package static let fields: [Field<ToldLine>] = [
        .text(\.policyNo, "保单号", "Policy number").code(), .choice(\.role, "身份", "Role"), .choice(\.scope, "告知内容", "What was told"),
        .moment(\.at, "时间", "At"), .flag(\.isMasked, "部分遮蔽", "Masked"),
    ]
}

/// The words of a query that came to nothing: the same for nobody, a wrong answer and one who is locked (第十七条).
enum QueryWords {
    static let notVerified = Words(
        "未能核实身份，不能提供查询。请客户稍后再试，或者持本人身份证件和保险合同到柜台查询",
        "The identity could not be verified, and nothing is told. The customer may try again later, or come to the counter with the document "
            + "of identity and the contract")
    static let noSuchPolicy = Words("没有此保单号的保单，请核对", "No policy has this number; check it")
}

extension Policy {
    /// The policy of a number, or of the number of its application while it has none.
    static func numbered(_ number: String, _ inquiry: Inquiry) throws -> Found<Policy>? {
        let number = ApplicationNumber.normalForm(number)
        if number.isEmpty { return nil }
        if let found = try inquiry.find(\Policy.policyNo, is: number, limit: 1).first { return found }
        guard let application = try inquiry.find(\Application.applicationNo, is: number, limit: 1).first else { return nil }
        return try inquiry.find(\Policy.application, is: application.id, limit: 1).first { $0.value.policyNo.isEmpty }
    }

    /// For what is entered of a policy by its number, by form, file or program.
    static func required(_ number: String, _ act: Act, under article: Article) throws -> ID<Policy> {
        guard let found = try numbered(number, act) else {
            try act.refuse([.init(field: "policyNo", QueryWords.noSuchPolicy, under: article)])
            return .none
        }
        return found.id
    }
}
