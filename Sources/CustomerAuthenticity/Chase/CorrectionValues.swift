import Identifiers
import Kernel
import WorkCalendar

extension Correction {
    /// The new values keep the rules of intake, and something changes.
    func requireGoodValues(_ act: Act) throws {
        var faults: [Refusal.Fault] = []
        func judge(_ field: String, _ value: String, _ found: FaultSet) {
            if value.isEmpty { return }
            faults += found.blocks.map { .init(field: field, $0.words, under: $0.article) }
        }
        judge("mobile", mobile, Mobile.check(mobile).faults)
        judge("landline", landline, Landline.check(landline).faults)
        judge("email", email, Email.check(email))
        judge("address", address, Address.check(address))
        judge("account", account, BankAccount.check(account))
        try act.refuse(faults)
        let changes = [mobile, landline, email, address, account]
        try act.require(changes.contains { !$0.isEmpty }, "请至少填写一项更正内容", "Enter at least one value that changes")
    }

    /// What stands before, of the fields that change.
    mutating func keepOld(_ customer: Customer) {
        if !mobile.isEmpty { oldMobile = customer.mobile }
        if !landline.isEmpty { oldLandline = customer.landline }
        if !email.isEmpty { oldEmail = customer.email }
        if !address.isEmpty { oldAddress = customer.address }
        if !account.isEmpty { oldAccount = customer.account }
    }

    /// - Parameter source: the number of the correction.
    func change(_ customer: inout Customer, from source: String, at now: Moment) {
        let changes: [(ValueOrigin.Value, String)] = [
            (.mobile, mobile), (.landline, landline), (.email, email), (.address, address), (.account, account),
        ]
        for (value, text) in changes where !text.isEmpty { customer.set(value, to: text, from: source, at: now) }
        customer.withdrawDoubt()
    }
}
