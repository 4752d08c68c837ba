import Kernel
import WorkCalendar

/// What one scope says of a policy, in the words in which it is told: to be read out at the telephone, shown at the counter and on the web.
/// Others' names are masked always; before a second code on the web, figures, days and numbers are too.
package struct PolicyDisclosure: Sendable {
    /// What stands in a row or a cell.
    package enum Value: Sendable {
        case words(Words)
        /// As a person wrote it.
        case written(String)
        /// A number of the house's, or a name in stars.
        case code(String)
        case day(Day)
        case amount(DecimalNumber)
        case hidden
        case none
    }

    package let scope: QueryScope
    package let policyNo: String
    package private(set) var facts: [(label: Words, value: Value)] = []
    package private(set) var heads: [Words] = []
    package private(set) var rows: [[Value]] = []
    private let isMasked: Bool

    package init(_ scope: QueryScope, of policy: Found<Policy>, _ inquiry: Inquiry, isMasked: Bool = false) throws {
        (self.scope, self.isMasked) = (scope, isMasked)
        policyNo = isMasked ? Self.masked(policy.value.title) : policy.value.title
        switch scope {
        case .unknown: break
        case .policy: try addPolicy(policy, inquiry)
        case .benefits: try addBenefits(policy.id, inquiry)
        case .payments: try addPayments(policy.id, inquiry)
        case .claims: try addClaims(policy.id, inquiry)
        case .service: try addService(policy, inquiry)
        }
    }

    /// ****0031; of a short number less.
    package static func masked(_ number: String) -> String { "****" + number.suffix(min(4, number.count / 2)) }

    private func day(_ day: Day?) -> Value { day.map { isMasked ? .hidden : .day($0) } ?? .none }
    private func amount(_ amount: DecimalNumber?) -> Value { amount.map { isMasked ? .hidden : .amount($0) } ?? .none }
    private func written(_ text: String) -> Value { text.isEmpty ? .none : isMasked ? .hidden : .written(text) }

    private func names(_ ids: [ID<Customer>], _ inquiry: Inquiry) throws -> Value {
        let names = try ids.compactMap { try inquiry.load($0)?.value.name }.filter { !$0.isEmpty }.map(SealedKind.maskName)
        return names.isEmpty ? .none : .code(names.joined(separator: " "))
    }

    private mutating func addPolicy(_ policy: Found<Policy>, _ inquiry: Inquiry) throws {
        let value = policy.value, state = policy.state.flatMap { Policy.form.states[$0]?.words } ?? Words("", "")
        let beneficiaries = try QueryRight.beneficiaries(of: policy, inquiry)
        let who: Value =
            beneficiaries.areHeirs
            ? .words(Words("法定继承人", "The legal heirs"))
            : .code(beneficiaries.persons.map { SealedKind.maskName($0.name) }.joined(separator: " "))
        facts = [
            (Words("保单号", "Policy number"), .code(policyNo)), (Words("保单状态", "State"), .words(state)),
            (Words("险种", "Product class"), .words(value.productClass.words)), (Words("保险期限", "Term"), written(value.term)),
            (Words("投保日期", "Applied on"), day(value.appliedOn)), (Words("投保人", "Applicant"), try names([value.applicant], inquiry)),
            (Words("被保险人", "Insured"), try names(value.insured, inquiry)), (Words("受益人", "Beneficiaries"), who),
            (Words("渠道", "Channel"), .words(value.channel.words)), (Words("签收日期", "Receipt signed on"), day(value.signedOn)),
            (Words("犹豫期届满", "Cooling-off ends"), day(value.coolingOffEnd)),
        ]
    }

    private mutating func addBenefits(_ policy: ID<Policy>, _ inquiry: Inquiry) throws {
        heads = [Words("保险责任", "Benefit"), Words("保险金额（元）", "Amount, yuan"), Words("起期", "From"), Words("止期", "Until")]
        rows = try inquiry.find(\PolicyBenefit.policy, is: policy, in: .standing, limit: Self.most).map { found in
            [.written(found.value.benefit), amount(found.value.amount), day(found.value.from), day(found.value.until)]
        }
    }

    private mutating func addPayments(_ policy: ID<Policy>, _ inquiry: Inquiry) throws {
        heads = [Words("应缴日期", "Due on"), Words("金额（元）", "Amount, yuan"), Words("实缴日期", "Paid on"), Words("缴费方式", "Way")]
        rows = try inquiry.find(\PolicyPayment.policy, is: policy, in: .entered, limit: Self.most)
            .sorted { ($0.value.dueOn ?? .first) > ($1.value.dueOn ?? .first) }.map { found in
                let paid: Value = found.value.paidOn == nil ? .words(Words("未到账", "Not received")) : day(found.value.paidOn)
                return [day(found.value.dueOn), amount(found.value.amount), paid, .words(found.value.way.words)]
            }
    }

    private mutating func addClaims(_ policy: ID<Policy>, _ inquiry: Inquiry) throws {
        heads = [
            Words("案号", "Claim number"), Words("类别", "Kind"), Words("报案或申请日期", "Reported on"), Words("结论", "Result"),
            Words("给付金额（元）", "Amount, yuan"), Words("给付日期", "Paid on"),
        ]
        rows = try inquiry.find(\PolicyClaim.policy, is: policy, limit: Self.most).filter { $0.state != .cancelled }.map { found in
            let value = found.value
            let result = value.result == .unknown ? Words("审核中", "Under review") : value.result.words
            return [
                .code(isMasked ? Self.masked(value.claimNo) : value.claimNo), .words(value.kind.words), day(value.reportedOn),
                isMasked ? .hidden : .words(result), amount(value.amount), day(value.paidOn),
            ]
        }
    }

    /// 保全: what was changed of the policy and its people, and when; not what it was changed to.
    private mutating func addService(_ policy: Found<Policy>, _ inquiry: Inquiry) throws {
        heads = [Words("事项", "What"), Words("编号", "Number"), Words("日期", "Day"), Words("结果", "Outcome")]
        for id in Set([policy.value.applicant] + policy.value.insured) {
            rows += try inquiry.find(\Correction.customer, is: id, limit: Self.most).map { row("资料更正", "Correction", $0) }
        }
        rows += try inquiry.find(\InsuredCorrection.policy, is: policy.id, limit: Self.most).map {
            row("被保险人更正", "Correction of the insured", $0)
        }
        rows += try inquiry.find(\BeneficiaryDesignation.policy, is: policy.id, limit: Self.most).map { row("受益人登记", "Beneficiaries", $0) }
    }

    private func row<D: Document>(_ zh: String, _ en: String, _ found: Found<D>) -> [Value] {
        let state = found.state.flatMap { D.form.states[$0]?.words } ?? Words("", "")
        return [.words(Words(zh, en)), .code(found.record.number ?? ""), .day(found.record.created.day), .words(state)]
    }

    private static let most = 200
}
