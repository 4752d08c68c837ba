import Identifiers
import Kernel

/// 外发防线: the one place at which it is asked whether a message to a customer leaves. It is asked in the moment of leaving, whatever
/// composed the message and however long it has waited.
struct NoticeGuard {
    let act: Act

    /// Why the notice stays; `nil` where it leaves. That somebody refuses commercial messages keeps back nothing that is due.
    func reason(_ notice: CustomerNotice) throws -> WithholdingReason? {
        guard let customer = try act.load(notice.customer) else { return .noWay }
        if try ContactRestriction.hasDied(customer.id, act) { return .deceased }
        if try ContactTask.blocks(notice, act) { return .deadAddress }
        guard let template = try act.load(notice.template), template.state != .retired else { return .noTemplate }
        let policy = try act.load(notice.policy)?.value
        if Self.tells(notice.text, of: customer.value, policy, by: notice.way) { return .personal }
        guard let channels = try QueryChannels.inForce(act), channels.stand(in: notice.text) else { return .noChannels }
        guard MessageText.faults(signature: notice.signature, text: notice.text).isEmpty else { return .badText }
        return nil
    }

    /// Whether a text tells whoever has the number, the mailbox or the flat now who the customer was: nothing of the customer in clear, no
    /// whole number of a policy.
    static func tells(_ text: String, of customer: Customer, _ policy: Policy?, by way: NoticeWay) -> Bool {
        if OutgoingGuard.looksPersonal(text) { return true }
        var personal = [customer.name, customer.documentNumber, customer.mobile, customer.landline, customer.email, customer.address]
        personal += [customer.account, customer.birthDate?.description ?? "", policy?.policyNo ?? "", policy?.applicationNo ?? ""]
        personal += customer.contacts.flatMap { [$0.phone, $0.email, $0.address, $0.account] }
        return personal.contains { $0.count >= 2 && text.contains($0) }
    }
}
