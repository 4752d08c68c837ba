import Kernel

/// 报账: paid only when all of a purchase is in stock or in the ledger, against invoices that are good and were used by nobody else (第二章24).
package struct Reimbursement: Document {
    package enum State: String, CaseIterable, Sendable { case asked, approved, paid, refused }
    package var purchase = ID<ITPurchase>.none
    package var invoices: [ID<VATInvoice>] = []
    package var amount: DecimalNumber?
    package var reason = "", recovered = ""
    package init() {}

    package static let name = "it-reimbursement"

    package static let form = Form<Reimbursement>(
        "报账单", "Reimbursement", number: "报账",
        states: [
            .asked: .open("待审批", "Asked for"), .approved: .open("待付款", "To be paid"), .paid: .done("已付款", "Paid"),
            .refused: .no("不予报账", "Refused"),
        ],
        readers: [.post(.finance), .post(.assetStaff), .post(centreDirector), .post(factoryLeader)],
        [
            .reference(\.purchase, "采购", "Purchase").listed(), .references(\.invoices, "发票", "Invoices"),
            .decimal(\.amount, "金额（元）", "Amount, yuan", places: 2, in: 0...100_000_000).listed(),
            .text(\.reason, "理由", "Reason").onceFilled(),
            .text(\.recovered, "追回情况", "How it was recovered").onceFilled(),
        ])

    /// What was paid on an invoice that is reversed now is to be recovered. Of one reversed in part the rest may still cover all that
    /// was paid: a reversal before the payment was reckoned with when it was asked for.
    static let reversed = Finding(
        "paid-invoice-reversed", "已付款的发票被红冲，须追回", "An invoice was reversed after it was paid", under: enterpriseIT["第二章24"],
        in: Reimbursement.State.paid, by: .post(.finance)
    ) { (found: Found<Reimbursement>, book) in
        if !found.value.recovered.isEmpty { return false }
        let invoices = try found.value.invoices.compactMap { try book.load($0) }
        let rest = invoices.reduce(DecimalNumber.zero) { $0 + $1.value.rest }
        return invoices.contains { $0.state == .reversed } || (found.value.amount ?? .zero) > rest
    }

    package static let ask = Step<Reimbursement>(
        "ask", "提交报账", "Ask", to: .asked, by: .post(.assetStaff), under: enterpriseIT["第二章24"],
        fields: [\.purchase, \.invoices, \.amount]
    ) { claim, act in
        guard let purchase = try act.load(claim.purchase) else { return }
        try act.require(
            !purchase.value.lines.isEmpty, "该采购还没有订立合同，验收并全部入账后方可报账",
            "The purchase has no contract yet; it is reimbursed when all of it was accepted and entered")
        let open = purchase.value.lines.filter { $0.entered < $0.quantity }.map(\.item)
        try act.require(
            purchase.state == .complete || !purchase.value.splitException.isNone,
            "采购尚有未入库或未转固定资产的：\(open.joined(separator: "、"))；全部入账或批准分批后方可报账",
            "Not in stock nor in the ledger yet: \(open.joined(separator: ", ")); it is reimbursed when all is, or parts are allowed")
        try claim.requireInvoices(act)
        for invoice in claim.invoices { try act.take(VATInvoice.use, on: invoice) { $0.usedBy = ID(act.record.id) } }
    }
    package static let approve = Step<Reimbursement>(
        "approve", "审批", "Approve", from: .asked, to: .approved, by: .post(centreDirector), notBy: ask, under: enterpriseIT["第二章24"],
        signs: true)
    package static let pay = Step<Reimbursement>(
        "pay", "付款", "Pay", from: .approved, to: .paid, by: .post(.finance), notBy: ask, approve, under: enterpriseIT["第二章24"],
        isIrrevocable: true, signs: true
    ) { claim, act in try claim.requireInvoices(act) }
    package static let refuse = Step<Reimbursement>(
        "refuse", "不予报账", "Refuse", from: .asked, .approved, to: .refused, by: .either(centreDirector, .finance),
        under: enterpriseIT["第二章24"], fields: [\.reason], isOptional: true
    ) { claim, act in
        for invoice in claim.invoices { try act.take(VATInvoice.free, on: invoice) { $0.usedBy = .none } }
    }
    package static let recover = Step<Reimbursement>(
        "recover", "登记追回", "Recover", from: .paid, to: nil, by: .post(.finance), under: enterpriseIT["第二章24"], fields: [\.recovered],
        isOptional: true)
    package static let steps = [ask, approve, pay, refuse, recover]

    private func requireInvoices(_ act: Act) throws {
        try act.require(Set(invoices).count == invoices.count && !invoices.isEmpty, "请选择发票，每张一次", "Choose the invoices, each once")
        var sum = DecimalNumber.zero
        for id in invoices {
            guard let invoice = try act.load(id) else { continue }
            let number = invoice.value.key
            try act.require(
                invoice.state == .good || invoice.state == .partlyReversed, "发票 \(number) 已红冲，不予报账；请凭重开的发票报账",
                "The invoice \(number) is reversed; claim on the one that replaces it")
            try act.require(
                invoice.value.usedBy.isNone || invoice.value.usedBy == ID(act.record.id), "发票 \(number) 已用于另一报账单",
                "The invoice \(number) was used for another claim")
            sum = sum + invoice.value.rest
        }
        let amount = amount ?? .zero
        try act.require(amount <= sum, "报账金额 \(amount) 元超过发票金额 \(sum) 元", "\(amount) yuan is more than the invoices' \(sum)")
    }
}
