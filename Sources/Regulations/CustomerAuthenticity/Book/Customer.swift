import Identifiers
import Kernel
import WorkCalendar

/// 客户: an applicant or an insured, with the state of what is known (第二条, 第三条). Made and renewed by intakes, put right by corrections.
package struct Customer: Document {
    package enum State: String, CaseIterable, Sendable {
        case unverified, verified, incomplete, inconsistent, suspicious, investigated, corrected, joined
    }

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
    package var accountClass = AccountKind.unknown
    package var phoneHolder = ""
    package var source = ""
    package var since: Moment?
    package var cause = Cause.unknown
    package var reasons = ""
    package var gaps = ""
    package var contacts: [ContactPoint] = []
    package var origins: [ValueOrigin] = []
    package var verifiedFrom = ""
    package var verifiedAt: Moment?
    package var joinedInto = ID<Customer>.none
    package init() {}

    package static let name = "customer"
    package var title: String { customerNo }

    package static let form = Form<Customer>(
        "客户", "Customer",
        states: [
            .unverified: .open("未核实", "Not verified"), .verified: .done("已核实", "Verified"), .incomplete: .open("不完整", "Incomplete"),
            .inconsistent: .open("不一致", "Inconsistent"),
            .suspicious: .open("可疑", "Suspicious"), .investigated: .open("排查中", "Under investigation"),
            .corrected: .done("已更正", "Corrected"), .joined: .no("已并入另一记录", "Joined to another record"),
        ],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.customerNo, "客户号", "Customer number").optional().indexed().listed(),
            .name(\.name, "姓名", "Name").listed(),
            .choice(\.sex, "性别", "Sex").optional(),
            .birthday(\.birthDate, "出生日期", "Date of birth").optional(),
            .choice(\.documentType, "证件类型", "Document").optional(),
            .sealed(\.documentNumber, "证件号码", "Document number", .document).optional().listed(),
            .sealed(\.identity, "无证件者的识别", "Identity without a document", .document).optional(),
            .sealed(\.mobile, "手机", "Mobile", .phone).optional().listed(),
            .sealed(\.landline, "固定电话", "Land line", .phone).optional(),
            .sealed(\.email, "电子邮箱", "E-mail", .email).optional(),
            .sealed(\.address, "联系地址", "Address", .address).optional(),
            .sealed(\.account, "银行账号", "Bank account", .account).optional(),
            .choice(\.accountClass, "账户类别", "Class of the account").optional(),
            .name(\.phoneHolder, "手机登记人", "Mobile registered to").optional(),
            .text(\.source, "资料来源", "Source").optional(),
            .moment(\.since, "取得时间", "Since").optional(),
            .choice(\.cause, "状态原因", "Cause").optional().listed(),
            .text(\.reasons, "情况说明", "Reasons").optional().listed(),
            .codes(
                \.gaps, "待补正", "To be completed", DataFault.allCases.map { .init(value: $0.code, words: $0.words) }
            ).optional(),
            .lines(\.contacts, "其他联系方式", "Further contacts").optional(),
            .lines(\.origins, "另有来源的资料", "Values from another source").optional(),
            .text(\.verifiedFrom, "核实来源", "Verified from").hint(
                "例如：电话回访、保全、理赔、国家网络身份认证公共服务", "for example: call-back, policy service, claim, the national service for network identity"),
            .moment(\.verifiedAt, "核实时间", "Verified at").optional(),
            .reference(\.joinedInto, "并入", "Joined to").optional(),
        ])

    // 第三条: nobody has verified yet what an intake says.
    package static let record = Step<Customer>("record", "建立客户资料", "Record", to: .unverified, by: .system, under: authenticity[2])
    package static let recordGaps = Step<Customer>(
        "recordGaps", "建立客户资料，待补正", "Record with gaps", to: .incomplete, by: .system, under: authenticity[2], authenticity[3])
    package static let renew = always("renew", "按投保单更新", "Renew from an application", to: nil, by: .system, under: authenticity[12])
    package static let renewUnverified = always(
        "renewUnverified", "按投保单更新，待核实", "Renew, to be verified", to: .unverified, by: .system, under: authenticity[12]
    ) {
        customer, _ in customer.withdrawVerification()
    }
    package static let complete = always("complete", "补齐资料", "Complete", to: .unverified, by: .system, under: authenticity[3])
    package static let verify = always(
        "verify", "核实", "Verify", to: .verified, by: .post(.customerService), under: authenticity[12], fields: [\Customer.verifiedFrom]
    ) {
        customer, act in
        try act.require(!customer.verifiedFrom.isEmpty, "请写明核实的来源", "Say from where the data was verified")
        try requireNoOpenItem(act)
        customer.verifiedAt = act.now
        customer.withdrawDoubt()
    }
    package static let doubt = always(
        "doubt", "标记不完整", "Mark as incomplete", to: .incomplete, by: .post(.customerService), under: authenticity[3],
        fields: [\Customer.reasons], rules: requireReasons)
    package static let contradict = always(
        "contradict", "标记不一致", "Mark as inconsistent", to: .inconsistent, by: .post(.customerService), under: authenticity[3],
        fields: [\Customer.reasons], rules: requireReasons)
    package static let suspect = always("suspect", "列为可疑", "Suspect", to: .suspicious, by: .system, under: authenticity[7]) { customer, _ in
        customer.withdrawVerification()
    }
    package static let investigate = always("investigate", "开始排查", "Investigate", to: .investigated, by: .system, under: authenticity[13])
    package static let clear = always("clear", "排除可疑", "Clear", to: .verified, by: .system, under: authenticity[13]) { customer, act in
        customer.withdrawDoubt()
        try act.require(
            !customer.verifiedFrom.isEmpty && customer.verifiedAt != nil, "请写明核实的来源", "Say from where the data was verified")
    }
    // Left by an item without anybody having verified the data.
    package static let release = always("release", "不再存疑，待核实", "Release", to: .unverified, by: .system, under: authenticity[13]) {
        customer, _ in
        customer.withdrawDoubt()
    }
    package static let correct = always("correct", "更正", "Correct", to: .corrected, by: .system, under: authenticity[13]) { customer, _ in
        customer.withdrawDoubt()
    }
    package static let amend = always("amend", "更正，仍在排查", "Correct while in doubt", to: nil, by: .system, under: authenticity[13])
    package static let join = always("join", "并入另一记录", "Join to another record", to: .joined, by: .system, under: authenticity[2])
    package static let part = Step<Customer>(
        "part", "恢复为单独记录", "Part from another record", from: .joined, to: .unverified, by: .system, under: authenticity[2],
        isOptional: true
    ) { customer, _ in customer.joinedInto = .none }
    package static let steps = [
        record, recordGaps, renew, renewUnverified, complete, verify, doubt, contradict, suspect, investigate, clear, release, correct,
        amend, join, part, confirm,
    ]

    /// 第三条: a state comes with its reasons: the system's cause, or what a person says of it now. What stood there before said something of
    /// another state.
    private static func requireReasons(_ customer: inout Customer, _ act: Act) throws {
        customer.withdrawVerification()
        if act.principal.isSystem { return try act.require(customer.cause != .unknown, "请写明原因", "Give the reason") }
        try requireNoOpenItem(act)
        try act.require(!customer.reasons.isEmpty, "请写明原因", "Give the reason")
        let before = try act.load(ID<Customer>(act.record.id))?.value.reasons
        try act.require(
            customer.reasons != before, "情况说明与此前相同，请写明这次标记的原因", "These reasons stood there before; say why it is marked now")
    }

    /// While an item is open, it alone says what is held of the customer.
    private static func requireNoOpenItem(_ act: Act) throws {
        let open = try Suspicion.open(naming: ID(act.record.id), act)
        try act.require(
            open == nil, "该客户有未结案的可疑问题件\(open?.record.number ?? "")，请先办结该件",
            "The customer is in a suspicious item that is open\(open?.record.number.map { " (\($0))" } ?? ""); it is closed first")
    }

    mutating func withdrawDoubt() { (cause, reasons) = (.unknown, "") }

    /// What was verified once says nothing of what is in doubt, or was added, since.
    mutating func withdrawVerification() { (verifiedFrom, verifiedAt) = ("", nil) }

    /// A step that can be taken whatever is known of the customer, and that nobody waits for.
    private static func always(
        _ name: String, _ zh: String, _ en: String, to state: State?, by who: Who, under article: Article,
        fields: [PartialKeyPath<Customer>] = [], rules: @escaping Step<Customer>.Rules = { _, _ in }
    ) -> Step<Customer> {
        Step(
            name, zh, en, from: .unverified, .verified, .incomplete, .inconsistent, .suspicious, .investigated, .corrected, to: state,
            by: who,
            under: article, fields: fields, isOptional: true, rules: rules)
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

/// Where a value comes from that came later than the record itself, and when (第二条).
package struct ValueOrigin: Line {
    package var value = Value.unknown
    package var source = ""
    package var since: Moment?
    package init() {}

    package static let fields: [Field<ValueOrigin>] = [
        .choice(\.value, "资料", "Value"), .text(\.source, "资料来源", "Source"), .moment(\.since, "取得时间", "Since"),
    ]

    package enum Value: String, Choosable {
        case unknown = "", name, sex, birthDate = "birth_date", document, mobile, landline, email, address, account

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .name: Words("姓名", "Name")
            case .sex: Words("性别", "Sex")
            case .birthDate: Words("出生日期", "Date of birth")
            case .document: Words("证件", "Document")
            case .mobile: Words("手机", "Mobile")
            case .landline: Words("固定电话", "Land line")
            case .email: Words("电子邮箱", "E-mail")
            case .address: Words("联系地址", "Address")
            case .account: Words("银行账号", "Bank account")
            }
        }
    }
}

extension Customer {
    /// Puts a value in the place of what stood there, with its source.
    mutating func set(_ value: ValueOrigin.Value, to text: String, from source: String, at now: Moment) {
        put(value, from: source, at: now) { customer in
            switch value {
            case .mobile: (customer.mobile, customer.phoneHolder) = (text, "")
            case .landline: customer.landline = text
            case .email: customer.email = text
            case .address: customer.address = text
            case .account: (customer.account, customer.accountClass) = (text, .unknown)
            default: preconditionFailure("\(value) is no way to reach a customer")
            }
        }
    }

    mutating func put(_ value: ValueOrigin.Value, from source: String, at now: Moment, _ change: (inout Customer) -> Void) {
        change(&self)
        var origin = ValueOrigin()
        (origin.value, origin.source, origin.since) = (value, source, now)
        origins.removeAll { $0.value == value }
        origins.append(origin)
    }
}

extension Customer {
    /// Why the system holds a customer's data in doubt (第三条). What a person has to say of it stands in `reasons`.
    package enum Cause: String, Choosable {
        case unknown = "", phone, account, agentContact = "agent_contact", callBack = "call_back", identity, falseData = "false_data", gaps

        init(_ clue: Suspicion.Kind) { self = Cause(rawValue: clue.rawValue) ?? .unknown }

        package var words: Words {
            if self == .gaps { return Words("资料不全", "The data are not complete") }
            return Suspicion.Kind(rawValue: rawValue)?.words ?? Suspicion.Conclusion.falseData.words
        }
    }
}
