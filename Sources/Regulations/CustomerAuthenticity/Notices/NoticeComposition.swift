import Identifiers
import Kernel
import WorkCalendar

extension CustomerNotice {
    /// A notice is composed: by the first way that reaches the customer, from the template in use, with the query channels at its end.
    /// Where there is no way, it is kept and says why.
    /// - Parameters:
    ///   - ways: those that are tried, in this order.
    ///   - draft: of what, to whom.
    @discardableResult
    static func make(_ draft: CustomerNotice, by ways: [NoticeWay] = NoticeWay.order, _ act: Act) throws -> ID<CustomerNotice> {
        var notice = draft
        guard let customer = try current(draft.customer, act) else { throw DeskError.absent }
        notice.customer = customer.id
        notice.reference = newReference()
        if try ContactRestriction.hasDied(customer.id, act) { return try hold(notice, .deceased, act) }
        var hasTemplate = false
        for way in ways {
            guard let template = try template(for: notice.kind, way, act) else { continue }
            hasTemplate = true
            guard notice.address(by: way, to: customer.value) else { continue }
            if try ContactTask.blocks(notice, act) { continue }
            try notice.compose(template, act)
            return try act.create(notice, by: way == .letter ? CustomerNotice.lay : CustomerNotice.queue)
        }
        if hasTemplate, ways.contains(.sms) { try ContactTask.open(.noWay, for: customer.id, act) }
        return try hold(notice, hasTemplate ? .noWay : .noTemplate, act)
    }

    private static func hold(_ notice: CustomerNotice, _ reason: WithholdingReason, _ act: Act) throws -> ID<CustomerNotice> {
        var notice = notice
        (notice.way, notice.withheld) = (.unknown, reason)
        (notice.phone, notice.email, notice.address, notice.addressee) = ("", "", "", "")
        return try act.create(notice, by: CustomerNotice.hold)
    }

    /// The record that goes on for one that was joined to it.
    private static func current(_ id: ID<Customer>, _ act: Act) throws -> Found<Customer>? {
        try act.load(id).map { try CustomerIdentification(act).current($0) }
    }

    /// Mail and letters may say what the short message says.
    private static func template(for kind: NoticeKind, _ way: NoticeWay, _ act: Act) throws -> Found<MessageTemplate>? {
        try MessageTemplate.approved(kind, way, act) ?? (way == .sms ? nil : MessageTemplate.approved(kind, .sms, act))
    }

    /// - Returns: whether the customer can be reached by this way.
    private mutating func address(by way: NoticeWay, to customer: Customer) -> Bool {
        self.way = way
        (phone, email, address, addressee) = ("", "", "", "")
        switch way {
        case .sms:
            phone = ([customer.mobile] + customer.contacts.map(\.phone)).first { !$0.isEmpty && !Mobile.check($0).faults.hasBlock } ?? ""
            return !phone.isEmpty
        case .mail:
            email = ([customer.email] + customer.contacts.map(\.email)).first { !$0.isEmpty && !Email.check($0).hasBlock } ?? ""
            return !email.isEmpty
        case .letter:
            (address, addressee) = (customer.address, customer.name)
            return !address.isEmpty && !addressee.isEmpty
        case .unknown: return false
        }
    }

    private mutating func compose(_ template: Found<MessageTemplate>, _ act: Act) throws {
        self.template = template.id
        let number = try act.load(policy)?.value.policyNo ?? ""
        signature = way == .sms ? template.value.signature : ""
        text =
            template.value.filled([
                .policy: number.count > 4 ? "尾号\(number.suffix(4))" : "", .day: day.map(Self.words) ?? "",
                .amount: amount.map { "\($0.text(places: 2))元" } ?? "", .servedBy: servedBy,
            ]) + (try QueryChannels.inForce(act)?.onNotice ?? "")
        guard way == .sms else { return }
        length = MessageText.length(signature: signature, text: text)
        parts = MessageText.parts(ofLength: length)
    }

    private static func words(_ day: Day) -> String { "\(day.year)年\(day.month)月\(day.day)日" }

    /// Says nothing of the notice, and nobody can guess another's.
    private static func newReference() -> String {
        "n" + String((0..<20).map { _ in "abcdefghijkmnpqrstuvwxyz23456789".randomElement() ?? "a" })
    }

    /// By which the gateway knows this round of it.
    package var key: String { "\(reference)-\(round)" }

    /// As it is handed over.
    func message(_ template: MessageTemplate?) -> OutwardMessage {
        OutwardMessage(
            key: key, address: way == .sms ? phone : email, subject: kind.words.zh + "通知", text: text, signature: signature,
            template: template?.filing ?? "", version: template?.version ?? 0)
    }

    /// The value by which it reaches the customer.
    var reached: (kind: SealedKind, value: String)? {
        switch way {
        case .sms: (.phone, phone)
        case .mail: (.email, email)
        case .letter: (.address, address)
        case .unknown: nil
        }
    }
}
