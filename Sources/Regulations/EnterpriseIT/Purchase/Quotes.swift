import Kernel
import WorkCalendar

/// 报价: one supplier's offer, on the same basis as the others.
package struct Quote: Line {
    package var supplier = "", creditCode = "", leader = "", telephone = "", address = "", mail = "", account = ""
    package var offer = "", configuration = "", delivery = "", warranty = ""
    package var price: DecimalNumber?, taxRate: DecimalNumber?
    package var isTaxed = false
    package var validUntil: Day?
    package var value = 0, fitness = 0, safety = 0, growth = 0
    package init() {}

    package static let fields: [Field<Quote>] = [
        .text(\.supplier, "供应商", "Supplier"), .text(\.creditCode, "统一社会信用代码", "Credit code").optional().code(),
        .text(\.leader, "法定代表人", "Person in charge").optional(), .text(\.telephone, "联系电话", "Telephone").optional(),
        .text(\.address, "地址", "Address").optional(), .text(\.mail, "邮箱", "Mail").optional(),
        .text(\.account, "银行账号", "Account").optional(),
        .text(\.offer, "品牌型号", "Make and model"), .text(\.configuration, "报价配置", "Configuration"),
        .decimal(\.price, "总价（元）", "Price, yuan", places: 2, in: 0...100_000_000), .flag(\.isTaxed, "含税", "With tax"),
        .decimal(\.taxRate, "税率（%）", "Tax rate, %", places: 2, in: 0...100).optional(),
        .text(\.delivery, "交货期", "Delivery").optional(), .text(\.warranty, "质保", "Warranty").optional(),
        .day(\.validUntil, "报价有效期至", "Valid until"), .whole(\.value, "性价比（0-10）", "Price for value", in: 0...10),
        .whole(\.fitness, "实用性（0-10）", "Fitness", in: 0...10), .whole(\.safety, "安全性（0-10）", "Safety", in: 0...10),
        .whole(\.growth, "扩充性（0-10）", "Room to grow", in: 0...10),
    ]

    /// By what two suppliers are seen to belong together (招标投标法实施条例 art. 34, and the further signs of one hand).
    var signs: [String] { [supplier, creditCode, leader, telephone, address, mail, account] }
    /// On what it is compared.
    var basis: String { "\(PlainText.key(configuration)) \(isTaxed)" }
}

extension ITPurchase {
    /// The quotes that count on a day: valid, and on the basis that most of them have.
    func comparable(on day: Day) -> [Quote] {
        let valid = quotes.filter { $0.validUntil.map { $0 >= day } ?? false }
        let byBasis = Dictionary(grouping: valid, by: \.basis)
        return byBasis.values.max { ($0.count, $1[0].basis) < ($1.count, $0[0].basis) } ?? []
    }

    mutating func examineQuotes(_ act: Act) throws {
        let counted = comparable(on: act.today)
        independent = SupplierGroups(counted.map(\.signs)).count
        var said: [String] = []
        if counted.count < quotes.count { said.append("\(quotes.count - counted.count) 份报价已过期或配置、含税口径不同，不计") }
        let related = counted.count - independent
        if related > 0 { said.append("\(related) 份报价来自有关联的供应商，按一家计") }
        let prices = Dictionary(grouping: counted) { $0.price?.description ?? "" }.filter { !$0.key.isEmpty && $0.value.count > 1 }
        if !prices.isEmpty { said.append("有报价金额完全相同，请核实是否独立报价") }
        warnings = said.joined(separator: "；")
        try act.require(!quotes.isEmpty, "请填写报价", "Enter the quotes")
    }

    mutating func requireChoice(_ act: Act) throws {
        // On the day of the choice, whatever they were worth before.
        let counted = comparable(on: act.today), least = kind == .hardware ? try act.parameter(.minimumQuotes) : 2
        independent = SupplierGroups(counted.map(\.signs)).count
        let excepted = try ITException.isApproved(quoteException, as: .fewerQuotes, act)
        try act.require(
            independent >= least || excepted || kind == .service,
            "今天有效、口径一致且互不关联的报价只有\(independent)家，须\(least)家；请补询价或先取得特批",
            "Only \(independent) independent quotes are valid today on one basis, \(least) are needed; ask for more or get an exception approved"
        )
        try ITException.requireUnused(quoteException, under: enterpriseIT["第二章7"], act)
        let key = PlainText.key(supplier)
        guard let chosen = counted.first(where: { PlainText.key($0.supplier) == key }) else {
            return try act.require(false, "选定的供应商没有今天有效的可比报价", "The supplier chosen has no quote that is valid today and comparable")
        }
        chosenPrice = chosen.price
    }

    private var linesSum: DecimalNumber { lines.reduce(DecimalNumber.zero) { $0 + ($1.price ?? .zero) * $1.quantity } }

    func checkContract(_ check: Checking<ITPurchase>) {
        check.require(
            contractDay.map { $0 <= check.act.today } ?? false, "合同签订日期不能晚于今天", "The contract cannot be signed after today",
            at: \.contractDay)
        check.require(!lines.isEmpty, "请列出合同配置清单", "List the lines of the contract", at: \.lines)
        let sum = linesSum
        if let chosenPrice {
            check.require(
                sum <= chosenPrice, "合同金额 \(sum) 元高于选定报价 \(chosenPrice) 元，请核对或重新比价",
                "The contract's \(sum) yuan is above the quote of \(chosenPrice); check it or compare anew", at: \.lines)
        }
    }

    mutating func takeContract(_ act: Act) throws {
        for place in lines.indices { (lines[place].passed, lines[place].failed, lines[place].entered) = (0, 0, 0) }
        let sum = linesSum
        contractSum = sum
        if !planItem.isNone {
            try act.take(PlanItem.commit, on: planItem) { $0.committed = ($0.committed ?? .zero) + sum }
        }
    }
}
