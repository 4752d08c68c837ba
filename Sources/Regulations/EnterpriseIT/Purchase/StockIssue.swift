import Kernel

/// 领料单: out of the store against a receipt and an invoice, never more than is there (第二章24).
package struct StockIssue: Document {
    package enum State: String, CaseIterable, Sendable { case asked, issued, received, refused }
    package var item = "", purpose = "", reason = ""
    package var asked = 0, quantity = 0
    package var receipt = ID<StockReceipt>.none
    package var invoice = ID<VATInvoice>.none
    package var receiver = PersonID.none
    package init() {}

    package static let name = "stock-issue"
    package var title: String { item }

    package static let form = Form<StockIssue>(
        "领料单", "Issue slip", number: "领料",
        states: [
            .asked: .open("待发料", "Asked for"), .issued: .open("待签收", "To be received"), .received: .done("已签收", "Received"),
            .refused: .no("不予发料", "Refused"),
        ],
        readers: [.post(.storeKeeper), .post(.assetStaff), .post(centreDirector), .post(.finance), .head],
        [
            .text(\.item, "物品", "Item").code().listed(), .whole(\.asked, "申领数量", "Asked for", in: 1...100_000).listed(),
            .prose(\.purpose, "用途", "Purpose"), .reference(\.receipt, "入库单", "Receipt").onceFilled(),
            .reference(\.invoice, "增值税发票", "VAT invoice").onceFilled(),
            .whole(\.quantity, "实发数量", "Issued", in: 1...100_000).optional().listed().onceFilled(),
            .person(\.receiver, "领用人", "Receiver").optional().listed(), .text(\.reason, "不予发料的理由", "Why not").onceFilled(),
        ])

    package static let ask = Step<StockIssue>(
        "ask", "申领", "Ask", to: .asked, by: .staff, under: enterpriseIT["第二章24"], fields: [\.item, \.asked, \.purpose]
    ) { slip, act in slip.receiver = act.person }
    package static let issue = Step<StockIssue>(
        "issue", "发料", "Issue", from: .asked, to: .issued, by: .post(.storeKeeper), notBy: ask, under: enterpriseIT["第二章24"],
        fields: [\.receipt, \.invoice, \.quantity], isIrrevocable: true
    ) { slip, act in
        guard let receipt = try act.load(slip.receipt), let invoice = try act.load(slip.invoice) else { return }
        try act.require(
            invoice.state != .reversed, "该发票已全额红冲，不能作为领用依据", "The invoice is wholly reversed and supports no issue")
        try act.require(
            invoice.value.allocations.contains { $0.receipt == slip.receipt }, "该发票没有分配到这张入库单，请先由财务分配",
            "The invoice is not allocated to this receipt; finance allocates it first")
        let left = receipt.value.quantity - receipt.value.issued, quantity = slip.quantity
        try act.require(quantity > 0 && quantity <= slip.asked, "实发数量应在 1 到申领数量 \(slip.asked) 之间", "From 1 to the \(slip.asked) asked for")
        try act.require(quantity <= left, "入库单 \(receipt.record.number ?? "") 只余 \(left) 件", "Only \(left) are left of that receipt")
        try act.take(StockReceipt.issue, on: slip.receipt) { $0.issued += quantity }
    }
    package static let receive = Step<StockIssue>(
        "receive", "签收", "Receive", from: .issued, to: .received, by: .requester, under: enterpriseIT["第二章24"])
    package static let refuse = Step<StockIssue>(
        "refuse", "不予发料", "Refuse", from: .asked, to: .refused, by: .post(.storeKeeper), under: enterpriseIT["第二章24"], fields: [\.reason],
        isOptional: true)
    package static let steps = [ask, issue, receive, refuse]
}
