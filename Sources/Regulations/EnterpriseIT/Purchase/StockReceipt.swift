import Kernel

/// 入库单: what passed acceptance and goes into a store (第二章24).
package struct StockReceipt: Document {
    package enum State: String, CaseIterable, Sendable { case received }
    package var acceptance = ID<Acceptance>.none
    package var item = "", store = ""
    package var quantity = 0, issued = 0
    package var price: DecimalNumber?
    package var keeper = PersonID.none
    package init() {}

    package static let name = "stock-receipt"
    package var title: String { item }

    package static let form = Form<StockReceipt>(
        "入库单", "Stock receipt", number: "入库", states: [.received: .done("已入库", "In stock")],
        readers: [.centre, .post(.finance), .post(.storeKeeper), .post(factoryLeader)],
        [
            .reference(\.acceptance, "验收单", "Acceptance").listed(), .text(\.item, "名称", "Item").code().optional().listed(),
            .whole(\.quantity, "数量", "Quantity", in: 1...100_000).listed(), .text(\.store, "仓库", "Store").code().listed(),
            .decimal(\.price, "单价（元）", "Unit price, yuan", places: 2, in: 0...100_000_000).optional(),
            .person(\.keeper, "保管员", "Keeper").optional().listed(), .whole(\.issued, "已领用", "Issued", in: 0...100_000).optional().listed(),
        ])

    package static let enter = Step<StockReceipt>(
        "enter", "入库", "Enter", to: .received, by: .post(.storeKeeper), under: enterpriseIT["第二章24"], enterpriseIT["第二章23"],
        fields: [\.acceptance, \.quantity, \.store], isIrrevocable: true, signs: true
    ) { receipt, act in
        guard let acceptance = try act.load(receipt.acceptance), let purchase = try act.load(acceptance.value.purchase) else { return }
        try Acceptance.count(receipt.quantity, of: receipt.acceptance, act)
        (receipt.item, receipt.keeper, receipt.issued) = (acceptance.value.item, act.person, 0)
        receipt.price = purchase.value.lines[acceptance.value.line - 1].price
    }
    package static let issue = Step<StockReceipt>(
        "issue", "计入领用", "Count an issue", from: .received, to: nil, by: .system, under: enterpriseIT["第二章24"], isOptional: true)
    package static let steps = [enter, issue]
}
