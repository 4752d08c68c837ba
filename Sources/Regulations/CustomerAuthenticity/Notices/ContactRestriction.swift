import Kernel
import WorkCalendar

/// 身故和拒收登记: that a customer has died, or wants no commercial messages. The first ends every notice, and every query in the customer's
/// name: relatives ask at the counter (第二十一条). The second keeps back nothing that is due (第二十条).
package struct ContactRestriction: Document {
    package enum State: String, CaseIterable, Sendable { case standing, lifted }

    package enum Kind: String, Choosable {
        case unknown = "", deceased, noCommercial = "no_commercial"

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .deceased: Words("已身故", "Has died")
            case .noCommercial: Words("拒收营销信息", "Wants no commercial messages")
            }
        }
    }

    package var customer = ID<Customer>.none
    package var kind = Kind.unknown
    package var since: Day?
    package var evidence: [FileReference] = []
    package var source = ""
    package var reason = ""
    package init() {}

    package static let name = "contact-restriction"

    package static let form = Form<ContactRestriction>(
        "客户身故和拒收登记", "Deaths and refusals of messages", number: "联系限制",
        states: [.standing: .done("生效中", "In force"), .lifted: .no("已解除", "Lifted")],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.customer, "客户", "Customer").subject().listed(), .choice(\.kind, "限制", "Restriction").listed(),
            .day(\.since, "自", "Since"), .files(\.evidence, "证明材料", "Evidence").optional(), .text(\.source, "来源", "Source"),
            .text(\.reason, "解除理由", "Why it is lifted").onceFilled(),
        ])

    package static let register = Step<ContactRestriction>(
        "register", "登记", "Register", to: .standing, by: .post(.customerService), under: authenticity[20], authenticity[21],
        fields: [\.customer, \.kind, \.since, \.evidence, \.source]
    ) { restriction, act in
        try act.require(
            try !stands(restriction.kind, restriction.customer, act), "该客户的“\(restriction.kind.words.zh)”已登记",
            "“\(restriction.kind.words.en)” is registered of this customer already")
        guard restriction.kind == .deceased, let customer = try act.load(restriction.customer) else { return }
        try PortalVisit.close(of: customer.value.documentNumber, act)
    }.checking { restriction, check in
        check.require(
            restriction.since.map { $0 <= check.act.today } ?? false, "日期不能晚于今天", "The day cannot be after today", at: \.since)
        check.require(
            restriction.kind != .deceased || !restriction.evidence.isEmpty, "登记身故须附证明材料",
            "That somebody has died is registered with evidence", at: \.evidence, \.kind)
    }
    package static let lift = Step<ContactRestriction>(
        "lift", "解除", "Lift", from: .standing, to: .lifted, by: .post(.compliance), notBy: register, under: authenticity[20],
        fields: [\.reason], isOptional: true)
    package static let steps = [register, lift]

    static func hasDied(_ customer: ID<Customer>, _ inquiry: Inquiry) throws -> Bool { try stands(.deceased, customer, inquiry) }

    private static func stands(_ kind: Kind, _ customer: ID<Customer>, _ inquiry: Inquiry) throws -> Bool {
        try inquiry.find(\ContactRestriction.customer, is: customer, in: .standing, limit: 20).contains { $0.value.kind == kind }
    }
}
