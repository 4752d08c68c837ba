import Kernel
import WorkCalendar

/// 批次台账: one batch of one maker's product, where it lies and to whom it was sold. The same batch number of two makers is two batches.
package struct GoodsBatch: Document {
    package enum State: String, CaseIterable, Sendable { case kept }
    package var category = GoodsCategory.unknown
    package var drug = "", approvalNo = "", maker = "", batchNo = "", batchKey = "", nearKey = "", expiry = "", supplier = ""
    package var lastGoodDay: Day?
    package var stock: [StockPlace] = []
    package var sales: [BatchSale] = []
    package var buyer = "", moveTo = Destination.none
    package var quantity = 0
    package init() {}

    package static let name = "goods-batch"
    package var title: String { drug.isEmpty ? "" : "\(drug) \(batchNo)" }

    package static let form = Form<GoodsBatch>(
        "批次台账", "Batch", states: [.kept: .done("在册", "On the books")], readers: [.staff],
        [
            .choice(\.category, "药品类别", "Category"), .text(\.drug, "通用名称", "Drug").indexed().listed(),
            .text(\.approvalNo, "批准文号", "Approval number").optional().indexed(by: ApprovalNumber.normalForm),
            .text(\.maker, "生产企业", "Maker").indexed().listed(),
            .text(\.batchNo, "批号", "Batch number").indexed(by: PlainCode.normalForm).listed(),
            .text(\.expiry, "有效期至", "Expiry").code(), .day(\.lastGoodDay, "有效期最后一日", "Last good day").optional().listed(),
            .text(\.supplier, "供货单位", "Supplier").indexed(), .lines(\.stock, "存放", "Stock by place").optional(),
            .lines(\.sales, "销售", "Sales").optional(), .text(\.buyer, "购货单位", "Buyer").code(),
            .whole(\.quantity, "数量", "Quantity", in: 1...100_000_000), .choice(\.moveTo, "移往", "Moved to"),
            .text(\.batchKey, "批次标识", "Batch key").optional().indexed(), .text(\.nearKey, "形近标识", "Look-alike key").optional().indexed(),
        ])

    /// Approval number, or drug where there is none, with maker and batch number.
    static func key(approvalNo: String, drug: String, maker: String, batchNo: String) -> String {
        let product = ApprovalNumber.normalForm(approvalNo)
        return [product.isEmpty ? PlainCode.normalForm(drug) : product, PlainCode.normalForm(maker), PlainCode.normalForm(batchNo)]
            .joined(separator: "|")
    }

    static func near(_ key: String) -> String { PlainCode.lookalike(key) }

    package static let register = Step<GoodsBatch>(
        "register", "登记批次", "Register", to: .kept, by: .staff, under: drugQuality[1],
        fields: [\.category, \.drug, \.approvalNo, \.maker, \.batchNo, \.expiry, \.supplier, \.stock, \.sales]
    ) { batch, act in
        batch.takeKeys()
        try act.require(
            try act.find(\GoodsBatch.batchKey, is: batch.batchKey, limit: 1).isEmpty, "该企业的这一批号已在台账，请在原批次上登记",
            "This batch of this maker is on the books; enter it there")
    }.checking { batch, check in
        if batch.category.hasApprovalNumber, case .bad(let words) = ApprovalNumber.check(batch.approvalNo) {
            check.require(false, words.zh, words.en, at: \.approvalNo, \.category)
        }
        check.require(
            Expiry.lastGoodDay(batch.expiry) != nil, "有效期不是日历上的日期或月份，请写成 2026.02 或 2026-02-28",
            "The expiry is no day or month of the calendar; write it like 2026.02 or 2026-02-28", at: \.expiry)
    }
    package static let store = Step<GoodsBatch>(
        "store", "登记存放变动", "Enter the stock", from: .kept, to: nil, by: .staff, under: drugQuality[1], fields: [\.stock], isOptional: true
    ) { batch, act in
        // Stopped goods move to the unfit zone, back to the supplier or to destruction, by a step of their own.
        try batch.requireNotStopped(act)
    }
    package static let sell = Step<GoodsBatch>(
        "sell", "登记销售出库", "Enter a sale", from: .kept, to: nil, by: .staff, under: drugQuality[1], fields: [\.buyer, \.quantity],
        isOptional: true
    ) { batch, act in
        try batch.requireNotStopped(act)
        try act.require(
            batch.lastGoodDay.map { act.today <= $0 } ?? true, "该批次已过有效期（\(batch.expiry)），不得销售",
            "The batch is past its expiry (\(batch.expiry)) and is not sold")
        let inStock = batch.stock.filter { $0.kind == .stock }.reduce(0) { $0 + $1.quantity }
        try act.require(batch.quantity <= inStock, "库存只有 \(inStock)，不能销售 \(batch.quantity)", "Only \(inStock) are in stock")
        batch.take(batch.quantity)
        var sale = BatchSale()
        (sale.day, sale.buyer, sale.quantity) = (act.today, batch.buyer, batch.quantity)
        batch.sales.append(sale)
    }
    package static let setApart = Step<GoodsBatch>(
        "setApart", "停售药品移库", "Move stopped goods", from: .kept, to: nil, by: .staff, under: drugQuality[7],
        fields: [\.moveTo, \.quantity], isOptional: true
    ) { batch, act in
        batch.take(batch.quantity)
        var place = StockPlace()
        (place.place, place.kind, place.quantity) = (batch.moveTo.words.zh, .apart, batch.quantity)
        batch.stock.append(place)
    }.checking { batch, check in
        check.require(
            batch.moveTo != .none, "停售药品只能移往不合格区、退供货单位或销毁，请选择",
            "Stopped goods go to the unfit zone, the supplier or destruction; choose one", at: \.moveTo)
        let there = batch.stock.reduce(0) { $0 + $1.quantity }
        check.require(batch.quantity <= there, "现有 \(there)，不能移出 \(batch.quantity)", "There are only \(there)", at: \.quantity)
    }
    /// A stop slip breaks what was picked and reserved.
    package static let unreserve = Step<GoodsBatch>(
        "unreserve", "取消拣货预留", "Cancel reservations", from: .kept, to: nil, by: .system, under: drugQuality[7], isOptional: true
    ) { batch, _ in
        for index in batch.stock.indices where batch.stock[index].kind == .reserved { batch.stock[index].kind = .stock }
    }
    package static let steps = [register, store, sell, setApart, unreserve]

    private mutating func takeKeys() {
        lastGoodDay = Expiry.lastGoodDay(expiry)
        batchKey = Self.key(approvalNo: approvalNo, drug: drug, maker: maker, batchNo: batchNo)
        nearKey = Self.near(batchKey)
    }

    private func requireNotStopped(_ act: Act) throws {
        let slips = try act.find(\StopSlip.batch, is: ID(act.record.id), limit: 100).filter {
            $0.state == .stopped || $0.state == .condemned
        }
        let numbers = slips.compactMap(\.record.number).joined(separator: "、")
        try act.require(
            slips.isEmpty, "该批次已停售（\(numbers)），不得销售和移动；移往不合格区等请用“停售药品移库”",
            "The batch is stopped (\(numbers)): it is not sold; to move it to the unfit zone there is a step of its own",
            under: drugQuality[7])
    }

    /// Out of what lies in stock, and then of the rest.
    private mutating func take(_ quantity: Int) {
        var rest = quantity
        for kind in [StockKind.stock, .reserved, .transit, .apart] {
            for index in stock.indices where stock[index].kind == kind {
                let taken = min(rest, stock[index].quantity)
                stock[index].quantity -= taken
                rest -= taken
            }
        }
        stock.removeAll { $0.quantity == 0 }
    }
}
