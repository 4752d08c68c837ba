import Kernel
import WorkCalendar

/// 增值税发票: known by one number however it came in; its amount is allocated to receipts, and what is reversed is worth nothing (第二章24).
package struct VATInvoice: Document {
    package enum State: String, CaseIterable, Sendable { case good, partlyReversed, reversed, red }
    package var code = "", number = "", paperCode = "", paperNumber = "", key = "", paperKey = ""
    package var scan = "", seller = "", warnings = ""
    package var day: Day?
    package var total: DecimalNumber?, reversedSum: DecimalNumber?
    package var isPrint = false
    package var original: [FileReference] = []
    package var allocations: [Allocation] = []
    package var sources: [InvoiceValue] = []
    package var blue = ID<VATInvoice>.none, replaces = ID<VATInvoice>.none
    package var usedBy = ID<Reimbursement>.none
    package init() {}

    package static let name = "vat-invoice"
    package var title: String { key }

    private static let money = DecimalNumber(-1_000_000_000)...DecimalNumber(1_000_000_000)
    package static let form = Form<VATInvoice>(
        "增值税发票", "VAT invoice", number: "发票",
        states: [
            .good: .done("正常", "Good"), .partlyReversed: .open("部分红冲", "Partly reversed"), .reversed: .no("全额红冲", "Reversed"),
            .red: .done("红字", "Red"),
        ],
        readers: [.post(.finance), .post(.assetStaff), .post(.storeKeeper), .post(centreDirector)],
        [
            .text(\.scan, "二维码内容", "QR text").optional().code().hint("扫码枪或相机读出的整串文字", "all that a scanner or a camera reads").onceFilled(),
            .text(\.code, "发票代码", "Code").optional().code().onceFilled(), .text(\.number, "发票号码", "Number").optional().code(),
            .text(\.paperCode, "纸质打印代码", "Code on the paper print").optional().code().onceFilled(),
            .text(\.paperNumber, "纸质打印号码", "Number on the paper print").optional().code().onceFilled(),
            .text(\.key, "唯一号码", "Unique number").optional().indexed().listed(),
            .text(\.paperKey, "纸质唯一号码", "Unique number of the print").optional().indexed().onceFilled(),
            .text(\.seller, "销售方", "Seller").code().optional().listed().hint(
                "电子原件中有的不必填写", "not needed where the electronic original says it"), .day(\.day, "开票日期", "Issued on").optional().listed(),
            .decimal(\.total, "价税合计（元）", "Total with tax, yuan", places: 2, in: money).optional().listed(),
            .flag(\.isPrint, "以打印件入账", "Booked from a print").onceFilled(),
            .files(\.original, "电子原件", "Electronic original").optional().hint(
                "XML、OFD 或 PDF，按此先后采信", "XML, OFD or PDF, believed in this order"
            ).onceFilled(),
            .lines(\.sources, "各项取自", "Where each value came from").optional().onceFilled(),
            .lines(\.allocations, "分配", "Allocated to").optional().onceFilled(),
            .reference(\.blue, "对应蓝字发票", "The invoice it reverses").onceFilled(),
            .reference(\.replaces, "替代的发票", "Replaces").optional().onceFilled(),
            .decimal(\.reversedSum, "已红冲（元）", "Reversed, yuan", places: 2, in: money).optional().onceFilled(),
            .reference(\.usedBy, "报账单", "Reimbursement").optional().onceFilled(),
            .prose(\.warnings, "核对提示", "To be checked").optional().onceFilled(),
        ])

    private static let who = Who.either(.finance, .assetStaff)
    package static let register = Step<VATInvoice>(
        "register", "登记发票", "Register", to: .good, by: who, under: enterpriseIT["第二章24"],
        fields: [\.scan, \.code, \.number, \.paperCode, \.paperNumber, \.seller, \.day, \.total, \.isPrint, \.original, \.replaces]
    ) { invoice, act in
        try invoice.read(act)
        try act.require(invoice.worth > .zero, "蓝字发票的价税合计应大于零；红字发票请用“登记红字发票”", "The total is above zero; a red invoice has its own step")
        invoice.reversedSum = nil
    }.checking { invoice, check in
        invoice.checkScan(check)
        check.require(
            !invoice.isPrint || !invoice.original.isEmpty, "以打印件入账的电子发票须同时保存电子原件，请上传",
            "Who books a print of an electronic invoice keeps its original; hand it in", at: \.original, \.isPrint)
    }
    package static let registerRed = Step<VATInvoice>(
        "registerRed", "登记红字发票", "Register a red invoice", to: .red, by: who, under: enterpriseIT["第二章24"],
        fields: [\.scan, \.code, \.number, \.seller, \.day, \.total, \.original, \.blue]
    ) { invoice, act in
        try invoice.read(act)
        guard let blue = try act.load(invoice.blue) else { return }
        try act.require(
            blue.state == .good || blue.state == .partlyReversed, "所选发票已全额红冲或本身是红字发票", "That invoice is reversed, or red itself")
        let sum = -invoice.worth
        try act.require(sum > .zero, "红字发票的金额应为负数", "A red invoice's total is negative")
        try act.require(
            sum <= blue.value.rest, "红冲金额 \(sum) 元超过该发票余额 \(blue.value.rest) 元",
            "\(sum) yuan is more than the \(blue.value.rest) that are left")
        let step = sum == blue.value.rest ? reverse : reversePart
        try act.take(step, on: invoice.blue) { $0.reversedSum = ($0.reversedSum ?? .zero) + sum }
    }.checking { invoice, check in invoice.checkScan(check) }
    package static let allocate = Step<VATInvoice>(
        "allocate", "分配到入库单或资产", "Allocate", from: .good, .partlyReversed, .reversed, to: nil, by: who, under: enterpriseIT["第二章24"],
        fields: [\.allocations], isOptional: true
    ) { invoice, act in
        let sum = invoice.allocations.reduce(DecimalNumber.zero) { $0 + ($1.amount ?? .zero) }
        try act.require(
            sum <= invoice.rest, "分配合计 \(sum) 元超过发票可用金额 \(invoice.rest) 元", "\(sum) yuan are allocated, and only \(invoice.rest) are there")
        for line in invoice.allocations {
            try act.require(
                !line.receipt.isNone || !line.asset.isNone, "每行请选择入库单或资产", "Choose a receipt or an asset in each row")
        }
    }
    package static let reversePart = Step<VATInvoice>(
        "reversePart", "部分红冲", "Reverse in part", from: .good, .partlyReversed, to: .partlyReversed, by: .system,
        under: enterpriseIT["第二章24"], isOptional: true)
    package static let reverse = Step<VATInvoice>(
        "reverse", "全额红冲", "Reverse", from: .good, .partlyReversed, to: .reversed, by: .system, under: enterpriseIT["第二章24"],
        isOptional: true)
    package static let use = Step<VATInvoice>(
        "use", "用于报账", "Use", from: .good, .partlyReversed, to: nil, by: .system, under: enterpriseIT["第二章24"], isOptional: true)
    package static let free = Step<VATInvoice>(
        "free", "取消报账占用", "Free", from: .good, .partlyReversed, .reversed, to: nil, by: .system, under: enterpriseIT["第二章24"],
        isOptional: true)
    package static let steps = [register, registerRed, allocate, reversePart, reverse, use, free]

    var worth: DecimalNumber { total ?? .zero }
    package var rest: DecimalNumber { worth - (reversedSum ?? .zero) }

    /// What was allocated before a reversal may be more than what is left.
    static let overallocated = Finding(
        "invoice-overallocated", "发票红冲后，已分配金额超过余额", "More is allocated than the reversals left", under: enterpriseIT["第二章24"],
        in: State.partlyReversed, .reversed, by: .post(.finance)
    ) { (invoice: VATInvoice, _) in
        invoice.allocations.reduce(DecimalNumber.zero) { $0 + ($1.amount ?? .zero) } > invoice.rest
    }
}

package struct Allocation: Line {
    package var receipt = ID<StockReceipt>.none
    package var asset = ID<ITAsset>.none
    package var amount: DecimalNumber?
    package init() {}

    package static let fields: [Field<Allocation>] = [
        .reference(\.receipt, "入库单", "Receipt").optional(), .reference(\.asset, "资产", "Asset").optional(),
        .decimal(\.amount, "金额（元）", "Amount, yuan", places: 2, in: 0...1_000_000_000),
    ]
}

extension VATInvoice {
    fileprivate func checkScan(_ check: Checking<VATInvoice>) {
        check.require(scan.isEmpty || InvoiceCode(scan) != nil, "二维码内容不是增值税发票的", "The QR text is no VAT invoice's", at: \.scan)
    }

    /// Takes each value from the surest source that says it, and brings the number to the one form by which the invoice is known.
    fileprivate mutating func read(_ act: Act) throws {
        var readings = try originals(act)
        let unread = original.count - readings.count
        if let scanned = InvoiceCode(scan) { readings.append(InvoiceReading(scanned)) }
        readings.append(typed)
        let found = InvoiceSources(readings)
        var said = found.differences
        if unread > 0 { said.append("有 \(unread) 个原件未能读出发票数据，请核对") }
        key = try Self.key(found.code, found.number, act)
        (code, number, sources) = (found.code, InvoiceNumber.digits(found.number), found.values)
        (day, total, seller) = (found.day, found.total, found.seller)
        try act.require(!seller.isEmpty, "请填写销售方", "Say who the seller is")
        paperKey = paperNumber.isEmpty ? (key.count == 20 ? "" : key) : try Self.key(paperCode, paperNumber, act)
        try requireNew(act)
        if let words = InvoiceNumber.warning(key, today: act.today) { said.append(words.zh) }
        warnings = said.joined(separator: "；")
    }

    private var typed: InvoiceReading {
        var reading = InvoiceReading(.typed)
        (reading.code, reading.number, reading.day, reading.total, reading.seller) = (code, number, day, total, seller)
        return reading
    }

    private func originals(_ act: Act) throws -> [InvoiceReading] {
        try original.compactMap { try act.content(of: $0).flatMap(InvoiceReading.read) }
    }

    /// Each of its numbers is nobody else's, whether as the number or as that of a print.
    private func requireNew(_ act: Act) throws {
        for number in Set([key, paperKey]) where !number.isEmpty {
            let known = try act.find(\VATInvoice.key, is: number, limit: 1) + act.find(\VATInvoice.paperKey, is: number, limit: 1)
            try act.require(
                known.isEmpty, "发票 \(number) 已登记（\(known.first?.record.number ?? "")），不得重复入账",
                "The invoice \(number) is registered already (\(known.first?.record.number ?? ""))")
        }
    }

    private static func key(_ code: String, _ number: String, _ act: Act) throws -> String {
        switch InvoiceNumber.key(code: code, number: number) {
        case .success(let key): return key
        case .failure(let fault):
            try act.require(false, fault.words.zh, fault.words.en)
            return ""
        }
    }
}
