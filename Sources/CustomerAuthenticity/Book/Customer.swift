import Kernel
import WorkCalendar

/// 客户: an applicant or an insured, with the state of what is known (第二条, 第三条). Made and renewed by intakes, put right by corrections.
package struct Customer: Document {
    package enum State: String, CaseIterable, Sendable { case verified, incomplete, inconsistent, suspicious, investigated, corrected }

    package var customerNo = ""
    package var name = ""
    package var sex = PersonSex.unknown
    package var birthDate: Day?
    package var documentType = CardKind.unknown
    package var documentNumber = ""
    package var identity = ""
    package var mobile = ""
    package var landline = ""
    package var email = ""
    package var address = ""
    package var account = ""
    package var source = ""
    package var since: Moment?
    package var cause = Cause.unknown
    package var reasons = ""
    package var contacts: [ContactPoint] = []
    package init() {}

    package static let name = "customer"
    package var title: String { customerNo }

    package static let form = Form<Customer>(
        "客户", "Customer",
        states: [
            .verified: .done("已核实", "Verified"), .incomplete: .open("不完整", "Incomplete"), .inconsistent: .open("不一致", "Inconsistent"),
            .suspicious: .open("可疑", "Suspicious"), .investigated: .open("排查中", "Under investigation"),
            .corrected: .done("已更正", "Corrected"),
        ],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.customerNo, "客户号", "Customer number").optional().indexed().listed(),
            .name(\.name, "姓名", "Name").listed(),
            .choice(\.sex, "性别", "Sex").optional(),
            .day(\.birthDate, "出生日期", "Date of birth").optional(),
            .choice(\.documentType, "证件类型", "Document").optional(),
            .sealed(\.documentNumber, "证件号码", "Document number", .document).optional().listed(),
            .sealed(\.identity, "无证件者的识别", "Identity without a document", .document).optional(),
            .sealed(\.mobile, "手机", "Mobile", .phone).optional().listed(),
            .sealed(\.landline, "固定电话", "Land line", .phone).optional(),
            .sealed(\.email, "电子邮箱", "E-mail", .email).optional(),
            .sealed(\.address, "联系地址", "Address", .address).optional(),
            .sealed(\.account, "银行账号", "Bank account", .account).optional(),
            .text(\.source, "资料来源", "Source").optional(),
            .moment(\.since, "取得时间", "Since").optional(),
            .choice(\.cause, "状态原因", "Cause").optional().listed(),
            .text(\.reasons, "情况说明", "Reasons").optional().listed(),
            .lines(\.contacts, "其他联系方式", "Further contacts").optional(),
        ])

    package static let steps: [Step<Customer>] = [
        Step("record", "建立客户资料", "Record", to: .verified, by: .system, under: authenticity[2]),
        always("renew", "按投保单更新", "Renew from an application", to: nil, by: .system, under: authenticity[12]),
        always("verify", "核实", "Verify", to: .verified, by: .post(.customerService), under: authenticity[12], asks: [\Customer.source]) {
            customer, act in
            try act.require(!customer.source.isEmpty, "请写明核实的来源", "Say from where the data was verified")
            customer.withdrawDoubt()
        },
        always(
            "doubt", "标记不完整", "Mark as incomplete", to: .incomplete, by: .post(.customerService), under: authenticity[3],
            asks: [\Customer.reasons], rules: requireReasons),
        always(
            "contradict", "标记不一致", "Mark as inconsistent", to: .inconsistent, by: .post(.customerService), under: authenticity[3],
            asks: [\Customer.reasons], rules: requireReasons),
        always("suspect", "列为可疑", "Suspect", to: .suspicious, by: .system, under: authenticity[7]),
        always("investigate", "开始排查", "Investigate", to: .investigated, by: .system, under: authenticity[13]),
        always("clear", "排除可疑", "Clear", to: .verified, by: .system, under: authenticity[13]) { customer, _ in customer.withdrawDoubt() },
        always("correct", "更正", "Correct", to: .corrected, by: .system, under: authenticity[13]),
    ]

    /// 第三条: a state comes with its reasons, the system's or a person's.
    private static func requireReasons(_ customer: inout Customer, _ act: Act) throws {
        try act.require(customer.cause != .unknown || !customer.reasons.isEmpty, "请写明原因", "Give the reason")
    }

    mutating func withdrawDoubt() { (cause, reasons) = (.unknown, "") }

    /// A step that can be taken whatever is known of the customer, and that nobody waits for.
    private static func always(
        _ name: String, _ zh: String, _ en: String, to state: State?, by who: Who, under article: Article,
        asks: [PartialKeyPath<Customer>] = [], rules: @escaping Step<Customer>.Rules = { _, _ in }
    ) -> Step<Customer> {
        Step(
            name, zh, en, from: .verified, .incomplete, .inconsistent, .suspicious, .investigated, .corrected, to: state, by: who,
            under: article, asks: asks, isOptional: true, rules: rules)
    }
}

/// A way to reach a customer besides the first, where it came from and when (第十二条).
package struct ContactPoint: Line {
    package var phone = ""
    package var email = ""
    package var address = ""
    package var account = ""
    package var source = ""
    package var since: Moment?
    package init() {}

    package static let fields: [Field<ContactPoint>] = [
        .sealed(\.phone, "电话", "Telephone", .phone).optional(),
        .sealed(\.email, "电子邮箱", "E-mail", .email).optional(),
        .sealed(\.address, "联系地址", "Address", .address).optional(),
        .sealed(\.account, "银行账号", "Bank account", .account).optional(),
        .text(\.source, "资料来源", "Source"),
        .moment(\.since, "取得时间", "Since"),
    ]
}

extension Customer {
    /// Why the system holds a customer's data in doubt (第三条). What a person has to say of it stands in `reasons`.
    package enum Cause: String, Choosable {
        case unknown = "", phone, account, agentContact = "agent_contact", callBack = "call_back", falseData = "false_data"

        init(_ clue: Suspicion.Kind) { self = Cause(rawValue: clue.rawValue) ?? .unknown }

        package var words: Words { Suspicion.Kind(rawValue: rawValue)?.words ?? Suspicion.Conclusion.falseData.words }
    }
}
