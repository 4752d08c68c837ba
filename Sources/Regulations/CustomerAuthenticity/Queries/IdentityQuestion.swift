import Identifiers
import Kernel
import WorkCalendar

/// 身份核对问题: what only the person knows of the own file (第十七条). Nothing that is printed on a document of identity, and nothing that
/// leads to the code: a name, a date of birth, a document, the mobile are never asked.
package enum IdentityQuestion: String, Choosable {
    case unknown = "", landline, email, houseNumber, account, productClass, appliedMonth, agentName, insuredName, beneficiaryName
    case lastAmount, lastMonth

    /// Of what kind it is: the questions of one query are of different kinds.
    enum Kind: CaseIterable { case contact, account, policy, persons, payment }

    var kind: Kind {
        switch self {
        case .unknown, .landline, .email, .houseNumber: .contact
        case .account: .account
        case .productClass, .appliedMonth: .policy
        case .agentName, .insuredName, .beneficiaryName: .persons
        case .lastAmount, .lastMonth: .payment
        }
    }

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .landline: Words("固定电话后四位", "Last four digits of the land line")
        case .email: Words("电子邮箱", "E-mail")
        case .houseNumber: Words("联系地址中的数字", "Figures of the address")
        case .account: Words("银行账号后四位", "Last four digits of the account")
        case .productClass: Words("险种", "Product class")
        case .appliedMonth: Words("投保年月", "Month of the application")
        case .agentName: Words("业务员姓名", "Name of the agent")
        case .insuredName: Words("被保险人姓名", "Name of the insured")
        case .beneficiaryName: Words("受益人姓名", "Name of a beneficiary")
        case .lastAmount: Words("最近一次缴费金额", "Amount of the last payment")
        case .lastMonth: Words("最近一次缴费年月", "Month of the last payment")
        }
    }

    /// As it is read out to the customer.
    package var spoken: Words {
        switch self {
        case .unknown: Words("", "")
        case .landline: Words("请说出您在我公司登记的固定电话的后四位。", "What are the last four digits of the land line that we have of you?")
        case .email: Words("请说出您在我公司登记的电子邮箱。", "What is the e-mail address that we have of you?")
        case .houseNumber:
            Words("请依次说出您登记的联系地址里的数字，例如门牌号、楼栋号和房号。", "Which figures stand in the address that we have of you: house, building, flat?")
        case .account: Words("请说出您登记的银行账号的后四位。", "What are the last four digits of the bank account that we have of you?")
        case .productClass:
            Words(
                "您有一份什么类型的保单？例如分红、万能、投连、普通寿险、意外或者健康保险。",
                "Of which class is a policy of yours: participating, universal, unit-linked, ordinary life, accident or health?")
        case .appliedMonth: Words("您是哪一年哪个月投保的？", "In which year and month did you apply for a policy?")
        case .agentName: Words("为您办理投保的业务员叫什么名字？", "What is the name of the agent through whom you applied?")
        case .insuredName: Words("您投保的保单，被保险人叫什么名字？", "What is the name of the person insured by your policy?")
        case .beneficiaryName: Words("您的保单指定的受益人叫什么名字？", "What is the name of a beneficiary of your policy?")
        case .lastAmount: Words("您最近一次缴纳的保险费是多少元？", "How much was your last premium, in yuan?")
        case .lastMonth: Words("您最近一次缴纳保险费是哪一年哪个月？", "In which year and month did you pay your last premium?")
        }
    }

    /// As the operator types the answer.
    package var hint: Words {
        switch self {
        case .landline, .account: Words("四位数字", "four digits")
        case .houseNumber: Words("数字之间空格，如 7 2 301", "figures with blanks between, like 7 2 301")
        case .appliedMonth, .lastMonth: Words("如 2026-03", "like 2026-03")
        case .lastAmount: Words("如 1200 或 1200.50", "like 1200 or 1200.50")
        default: Words("", "")
        }
    }

    /// Answers that mean the same are one text; empty for what cannot be one.
    func normalForm(_ answer: String) -> String {
        let answer = answer.trimmingBlanks
        switch self {
        case .unknown: return ""
        case .landline, .account:
            let digits = answer.filter(\.isNumber)
            return digits.count == 4 ? digits : ""
        case .email: return Email.normalForm(answer)
        case .houseNumber: return Self.figures(of: answer)
        case .productClass:
            let lower = answer.lowercased()
            let found = ProductClass.allCases.dropFirst().first { one in
                lower == one.rawValue || lower == one.words.en.lowercased() || answer.hasPrefix(one.words.zh)
            }
            return found?.rawValue ?? ""
        case .appliedMonth, .lastMonth: return Self.month(answer)
        case .agentName, .insuredName, .beneficiaryName: return PersonName.normalForm(answer)
        case .lastAmount: return DecimalNumber(loose: answer.replacing("元", with: ""))?.description ?? ""
        }
    }

    /// The groups of digits of an address, in their order; none of fewer than two groups, which anybody could guess.
    static func figures(of text: String) -> String {
        let groups = text.split { !$0.isNumber }.map { $0.compactMap(\.wholeNumberValue).map(String.init).joined() }
        return groups.count < 2 ? "" : groups.joined(separator: " ")
    }

    /// 2026-03 of `2026年3月`, `2026-3`, `202603`.
    static func month(_ text: String) -> String {
        var groups = text.split { !$0.isNumber }.map { $0.compactMap(\.wholeNumberValue).map(String.init).joined() }
        if groups.count == 1, groups[0].count == 6 { groups = [String(groups[0].prefix(4)), String(groups[0].suffix(2))] }
        guard groups.count >= 2, groups[0].count == 4, let month = Int(groups[1]), (1...12).contains(month) else { return "" }
        return groups[0] + (month < 10 ? "-0" : "-") + String(month)
    }

    static func month(_ day: Day?) -> String { day.map { String($0.description.prefix(7)) } ?? "" }
}

/// The right answers of one person, in their normal forms. Nobody ever sees them.
struct IdentityAnswers {
    private(set) var right: [IdentityQuestion: [String]] = [:]

    init(of person: QueryPerson, _ inquiry: Inquiry) throws {
        for customer in person.customers.map(\.value) {
            add(.landline, String(customer.landline.filter(\.isNumber).suffix(4)))
            add(.email, customer.email)
            add(.houseNumber, customer.address)
            add(.account, String(customer.account.filter(\.isNumber).suffix(4)))
        }
        let rights = try QueryRight.all(of: person, withConsents: false, inquiry)
        for one in rights {
            let policy = one.policy.value
            add(.productClass, policy.productClass.rawValue)
            add(.appliedMonth, IdentityQuestion.month(policy.appliedOn))
            if let agent = try inquiry.load(policy.agent) { add(.agentName, agent.value.name) }
            if one.role == .applicant {
                for id in policy.insured where id != policy.applicant {
                    if let insured = try inquiry.load(id) { add(.insuredName, insured.value.name) }
                }
                for other in try QueryRight.beneficiaries(of: one.policy, inquiry).persons { add(.beneficiaryName, other.name) }
            }
        }
        let payments = try rights.filter { $0.role == .applicant }.flatMap {
            try inquiry.find(\PolicyPayment.policy, is: $0.policy.id, in: .entered, limit: 200)
        }
        if let last = payments.filter({ $0.value.paidOn != nil }).max(by: { ($0.value.paidOn ?? .first) < ($1.value.paidOn ?? .first) }) {
            add(.lastMonth, IdentityQuestion.month(last.value.paidOn))
            for other in payments where other.value.paidOn == last.value.paidOn { add(.lastAmount, other.value.amount?.description ?? "") }
        }
    }

    private mutating func add(_ question: IdentityQuestion, _ answer: String) {
        let form = question.normalForm(answer)
        if !form.isEmpty { right[question, default: []].append(form) }
    }

    /// What may be asked of somebody, or - of nobody - what might be: always the same of the same claim, as with somebody.
    static func askable(of person: QueryPerson?, claim: String, _ inquiry: Inquiry) throws -> [IdentityQuestion] {
        let real = try person.map { try IdentityAnswers(of: $0, inquiry).right.keys.sorted { $0.rawValue < $1.rawValue } } ?? []
        let count = try inquiry.parameter(.identityQuestions)
        if Set(real.map(\.kind)).count >= count { return real }
        let digest = Array(inquiry.keyedDigest(of: claim, for: "identity-questions").utf8)
        let all = IdentityQuestion.allCases.filter { $0 != .unknown }
        let some = zip(all, digest).filter { $0.1 % 3 != 0 }.map(\.0)
        return Set(some.map(\.kind)).count >= count ? some : all
    }

    /// So many of different kinds, at random.
    static func draw(_ count: Int, of askable: [IdentityQuestion]) -> [IdentityQuestion] {
        Dictionary(grouping: askable, by: \.kind).values.compactMap { $0.randomElement() }.shuffled().prefix(count).map(\.self)
    }

    /// Whether all answers are right. Every one is compared, whatever the others came to.
    static func areRight(_ answers: [IdentityAnswer], of person: QueryPerson?, _ inquiry: Inquiry) throws -> Bool {
        let known = try person.map { try IdentityAnswers(of: $0, inquiry).right } ?? [:]
        func digest(_ text: String) -> String { inquiry.keyedDigest(of: text, for: "identity-answer") }
        var areRight = !answers.isEmpty && person != nil
        for answer in answers {
            let typed = answer.question.normalForm(answer.answer), given = digest(typed)
            var isRight = false
            for right in known[answer.question] ?? [] where given.isSameInConstantTime(as: digest(right)) { isRight = true }
            areRight = areRight && isRight && !typed.isEmpty
        }
        return areRight
    }
}

/// A question of a query, with what was answered while it is being compared; what was answered is not kept.
package struct IdentityAnswer: Line {
    package var question = IdentityQuestion.unknown
    package var answer = ""
    package init() {}
    package init(_ question: IdentityQuestion) { self.question = question }

    package static let fields: [Field<IdentityAnswer>] = [
        .choice(\.question, "问题", "Question"), .text(\.answer, "回答", "Answer").optional(),
    ]
}
