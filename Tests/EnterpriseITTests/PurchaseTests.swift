import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct QuoteTests {
    @Test(.demand(enterpriseIT["第二章7"], 1, 2), arguments: TestEngine.all)
    func threeIndependentQuotesAreChosenFrom(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.need()
            try await factory.compare(purchase)
            // Who compared does not choose; the one chosen has a quote.
            await #expect(throws: DeskError.self) { try await factory.desk.take(ITPurchase.choose, on: purchase, by: factory.assets) }
            await #expect(throws: Refusal.self) { try await factory.choose(purchase, ["supplier": .text("丁公司")]) }
            // Nor is one chosen without reasons.
            await #expect(throws: DeskError.self) { try await factory.choose(purchase, ["choiceReason": .text("")]) }
            try await factory.choose(purchase)
            // A contract above the quote is refused.
            let refusal = await #expect(throws: Refusal.self) { try await factory.contract(purchase, quantity: 4) }
            #expect(refusal?.words.zh.contains("高于选定报价") == true)
            try await factory.contract(purchase)
            #expect(try await factory.state(purchase) == "contracted")
            // What was contracted stands beside the budget of the item.
            #expect(try await factory.value(try await factory.one("plan-item"), "committed") == .text("15000"))
        }
    }

    @Test(.demand(enterpriseIT["第二章7"], 2), arguments: TestEngine.all)
    func relatedExpiredOrOtherQuotesAreNotThree(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.need()
            let bad: [(String, [JSONValue])] = [
                (
                    "related",
                    [
                        factory.quote("甲公司", "15000", leader: "王强"), factory.quote("乙公司", "15600", leader: "王 强"),
                        factory.quote("丙公司", "15900"),
                    ]
                ),
                ("expired", [factory.quote("甲公司", "15000"), factory.quote("乙公司", "15600", until: -1), factory.quote("丙公司", "15900")]),
                (
                    "other configuration",
                    [
                        factory.quote("甲公司", "15000"), factory.quote("乙公司", "15600", configuration: "i3 8G"), factory.quote("丙公司", "15900"),
                    ]
                ),
            ]
            for (what, quotes) in bad {
                try await factory.compare(purchase, quotes)
                #expect(try await factory.value(purchase, "independent") == .whole(2), "\(what)")
                let refusal = await #expect(throws: Refusal.self) { try await factory.choose(purchase) }
                #expect(refusal?.article == enterpriseIT["第二章7"] && refusal?.words.zh.contains("只有2家，须3家") == true, "\(what)")
            }
            // An approved exception for it, and no other.
            let other = try await factory.exception("split"), right = try await factory.exception("fewerQuotes")
            await #expect(throws: Refusal.self) { try await factory.choose(purchase, ["quoteException": .whole(other)]) }
            try await factory.choose(purchase, ["quoteException": .whole(right)])
            // It was for this purchase: another one with too few quotes needs its own.
            let second = try await factory.need(item: try await factory.one("plan-item"))
            try await factory.compare(second, bad[0].1)
            let used = await #expect(throws: Refusal.self) { try await factory.choose(second, ["quoteException": .whole(right)]) }
            #expect(used?.article == enterpriseIT["第二章7"] && used?.words.zh.contains("一份特批只用于一件事") == true)
            let own = try await factory.exception("fewerQuotes")
            try await factory.choose(second, ["quoteException": .whole(own)])
        }
    }

    @Test(.demand(enterpriseIT["第二章7"], 2)) func aQuoteMustBeValidOnTheDayOfTheChoice() async throws {
        try await Factory.with { factory in
            let purchase = try await factory.need()
            try await factory.compare(
                purchase, [factory.quote("甲公司", "15000"), factory.quote("乙公司", "15600", until: 3), factory.quote("丙公司", "15900")])
            #expect(try await factory.value(purchase, "independent") == .whole(3))
            factory.office.move(hours: 24 * 5)
            await #expect(throws: Refusal.self) { try await factory.choose(purchase) }
            try await factory.compare(purchase)
            try await factory.choose(purchase)
            // Software is compared too; two are enough, and one is not.
            let software = try await factory.need("software", exception: try await factory.exception("outsidePlan"))
            try await factory.compare(software, [factory.quote("甲公司", "15000")])
            await #expect(throws: Refusal.self) { try await factory.choose(software) }
            try await factory.compare(software, [factory.quote("甲公司", "15000"), factory.quote("乙公司", "15600")])
            try await factory.choose(software)
        }
    }
}

@Suite struct AcceptanceTests {
    @Test(.demand(enterpriseIT["第二章23"], 1), arguments: TestEngine.all)
    func eachLineIsComparedWithTheContract(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.purchased()
            let wrong: [(String, () async throws -> Int64)] = [
                ("合格、不合格与多到", { try await factory.inspect(purchase, delivered: 3, passed: 2, serials: ["S1", "S2"]) }),
                ("计入“多到”", { try await factory.inspect(purchase, delivered: 4, passed: 4, serials: ["S1", "S2", "S3", "S4"]) }),
                ("序列号", { try await factory.inspect(purchase, delivered: 2, passed: 2, serials: ["S1", "s-1"]) }),
                ("应为 16GB", { try await factory.inspect(purchase, delivered: 1, passed: 1, serials: ["S1"], memory: "8GB") }),
                ("不合格原因", { try await factory.inspect(purchase, delivered: 1, passed: 0, failed: 1, serials: []) }),
                ("没有第2行", { try await factory.inspect(purchase, delivered: 1, passed: 1, serials: ["S1"], ["line": .whole(2)]) }),
            ]
            for (says, take) in wrong {
                let refusal = await #expect(throws: Refusal.self) { _ = try await take() }
                #expect(
                    refusal?.article == enterpriseIT["第二章23"] && refusal?.words.zh.contains(says) == true,
                    "\(says): \(refusal?.words.zh ?? "")")
            }
            _ = try await factory.inspect(purchase, delivered: 4, passed: 3, surplus: 1, serials: ["S1", "S2", "S3"])
        }
    }

    @Test(.demand(enterpriseIT["第二章23"], 2, 3), .demand(enterpriseIT["第二章7"], 1), arguments: TestEngine.all)
    func whatFailsGoesBackAndEntersNoLedger(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.purchased()
            let failed: [String: JSONValue] = ["reason": .text("无法开机"), "action": .text("exchange")]
            let first = try await factory.inspect(purchase, delivered: 3, passed: 2, failed: 1, serials: ["S1", "S2"], failed)
            let back = try await factory.one("goods-return")
            #expect(try await factory.value(back, "quantity") == .whole(1))
            #expect(try await factory.tasks(of: factory.assets).contains(back))
            // The failed one has no serial number that passed, and the store takes two.
            let refusal = await #expect(throws: Refusal.self) { _ = try await factory.enter(first, "PC-003", serial: "S3") }
            #expect(refusal?.article == enterpriseIT["第二章23"])
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    StockReceipt.enter, input: ["acceptance": .whole(first), "quantity": .whole(3), "store": .text("一号库")],
                    by: factory.keeper)
            }
            _ = try await factory.enter(first, "PC-001", serial: "S1")
            _ = try await factory.enter(first, "PC-002", serial: "S2")
            #expect(try await factory.state(first) == "entered")
            #expect(try await factory.state(purchase) == "contracted")
            // The exchange is a delivery of its own on the same line.
            try await factory.desk.take(GoodsReturn.send, on: back, by: factory.assets)
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(GoodsReturn.settle, on: back, input: ["result": .text("已换")], by: factory.assets)
            }
            let second = try await factory.inspect(purchase, delivered: 1, passed: 1, serials: ["S9"])
            try await factory.desk.take(
                GoodsReturn.settle, on: back, input: ["result": .text("已换"), "replacement": .whole(second)], by: factory.assets)
            _ = try await factory.enter(second, "PC-003", serial: "S9")
            #expect(try await factory.state(purchase) == "complete")
        }
    }
}

@Suite(.article(enterpriseIT["第二章24"])) struct InvoiceTests {
    private static let number = "24452000000071738888"

    private func invoice(_ factory: Factory, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "number": .text(Self.number), "seller": .text("甲公司"), "day": .text("2026-01-10"), "total": .text("15000"),
        ]
        return try await factory.desk.take(VATInvoice.register, input: input.merging(more) { $1 }, by: factory.finance).id
    }

    private func received(_ factory: Factory) async throws -> (purchase: Int64, receipt: Int64) {
        let purchase = try await factory.purchased()
        let acceptance = try await factory.inspect(purchase, delivered: 3, passed: 3, serials: ["S1", "S2", "S3"])
        let receipt = try await factory.desk.take(
            StockReceipt.enter, input: ["acceptance": .whole(acceptance), "quantity": .whole(3), "store": .text("一号库")], by: factory.keeper
        ).id
        return (purchase, receipt)
    }

    private func claim(_ factory: Factory, _ purchase: Int64, _ invoices: [Int64], _ amount: String = "15000") async throws -> Int64 {
        try await factory.desk.take(
            Reimbursement.ask,
            input: ["purchase": .whole(purchase), "invoices": .list(invoices.map { .whole($0) }), "amount": .text(amount)],
            by: factory.assets
        ).id
    }

    @Test(.demand(enterpriseIT["第二章24"], 3), arguments: TestEngine.all)
    func theSameInvoiceTwiceIsRefusedHoweverItCameIn(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await invoice(factory, ["paperCode": .text("044002300111"), "paperNumber": .text("12345678")])
            #expect(try await factory.value(id, "key") == .text(Self.number))
            let again: [[String: JSONValue]] = [
                ["number": .text("2445 2000 0000 7173 8888")], ["number": .text("２４４５２０００００００７１７３８８８８")],
                ["number": .text(""), "scan": .text("01,32,,\(Self.number),15000,20260110,,74AE")],
                ["number": .text("12345678"), "code": .text("044002300111")],
            ]
            for input in again {
                let refusal = await #expect(throws: Refusal.self) { _ = try await invoice(factory, input) }
                #expect(refusal?.article == enterpriseIT["第二章24"], "\(input)")
            }
            // Twenty digits stay what they are.
            _ = try await invoice(factory, ["number": .text("24452000000071738889")])
            await #expect(throws: Refusal.self) { _ = try await invoice(factory, ["number": .text("1234567890")]) }
            await #expect(throws: Refusal.self) {
                _ = try await invoice(factory, ["number": .text("24452000000071738877"), "isPrint": .flag(true)])
            }
        }
    }

    @Test(.demand(enterpriseIT["第二章24"], 1), arguments: TestEngine.all) func itIsReimbursedWhenAllIsIn(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.purchased(), paper = try await invoice(factory)
            let failed: [String: JSONValue] = ["reason": .text("无法开机"), "action": .text("exchange")]
            let first = try await factory.inspect(purchase, delivered: 3, passed: 2, failed: 1, serials: ["S1", "S2"], failed)
            let refusal = await #expect(throws: Refusal.self) { _ = try await claim(factory, purchase, [paper]) }
            #expect(refusal?.article == enterpriseIT["第二章24"] && refusal?.words.zh.contains("台式电脑") == true)
            _ = try await factory.enter(first, "PC-001", serial: "S1")
            _ = try await factory.desk.take(
                StockReceipt.enter, input: ["acceptance": .whole(first), "quantity": .whole(1), "store": .text("一号库")], by: factory.keeper)
            // One failed and its siblings passed: it waits for the whole, unless parts are allowed.
            await #expect(throws: Refusal.self) { _ = try await claim(factory, purchase, [paper], "10000") }
            let split = try await factory.exception("split")
            try await factory.desk.take(ITPurchase.allowParts, on: purchase, input: ["splitException": .whole(split)], by: factory.director)
            let part = try await claim(factory, purchase, [paper], "10000")
            await #expect(throws: Refusal.self) { _ = try await claim(factory, purchase, [paper], "5000") }
            try await factory.desk.take(Reimbursement.approve, on: part, by: factory.director)
            await #expect(throws: DeskError.self) { try await factory.desk.take(Reimbursement.pay, on: part, by: factory.assets) }
            try await factory.desk.take(Reimbursement.pay, on: part, by: factory.finance)
            #expect(try await factory.state(part) == "paid")
        }
    }

    @Test(arguments: TestEngine.all) func aReversedInvoicePaysNothing(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let (purchase, _) = try await received(factory)
            let blue = try await invoice(factory)
            func red(_ amount: String, _ number: String) async throws {
                try await factory.desk.take(
                    VATInvoice.registerRed,
                    input: [
                        "number": .text(number), "seller": .text("甲公司"), "day": .text("2026-01-12"), "total": .text(amount),
                        "blue": .whole(blue),
                    ],
                    by: factory.finance)
            }
            await #expect(throws: Refusal.self) { try await red("-15000.01", "24452000000071738801") }
            await #expect(throws: Refusal.self) { try await red("100", "24452000000071738801") }
            try await red("-5000", "24452000000071738802")
            #expect(try await factory.state(blue, by: factory.finance) == "partlyReversed")
            await #expect(throws: Refusal.self) { _ = try await claim(factory, purchase, [blue]) }
            let paid = try await claim(factory, purchase, [blue], "10000")
            try await factory.desk.take(Reimbursement.approve, on: paid, by: factory.director)
            try await red("-10000", "24452000000071738803")
            // Before it is paid: refused.
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(Reimbursement.pay, on: paid, by: factory.finance)
            }
            #expect(refusal?.words.zh.contains("已红冲") == true)
            // The blue number is not free again; what replaces it has its own.
            await #expect(throws: Refusal.self) { _ = try await invoice(factory) }
            _ = try await invoice(factory, ["number": .text("24452000000071738899"), "replaces": .whole(blue)])
        }
    }

    @Test(arguments: TestEngine.all) func aReversalBeforeThePaymentLeavesNothingToRecover(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let (purchase, _) = try await received(factory), blue = try await invoice(factory)
            func red(_ amount: String, _ number: String) async throws {
                try await factory.desk.take(
                    VATInvoice.registerRed,
                    input: [
                        "number": .text(number), "seller": .text("甲公司"), "day": .text("2026-01-12"), "total": .text(amount),
                        "blue": .whole(blue),
                    ],
                    by: factory.finance)
            }
            try await red("-5000", "24452000000071738802")
            let paid = try await claim(factory, purchase, [blue], "8000")
            try await factory.desk.take(Reimbursement.approve, on: paid, by: factory.director)
            try await factory.desk.take(Reimbursement.pay, on: paid, by: factory.finance)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.finance).contains(paid))
            // Nor does one after it, as long as the rest covers what was paid.
            try await red("-2000", "24452000000071738803")
            factory.office.move(hours: 2)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.finance).contains(paid))
            try await red("-1000", "24452000000071738804")
            factory.office.move(hours: 2)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.finance).contains(paid))
        }
    }

    @Test func reversedAfterItWasPaidItIsToBeRecovered() async throws {
        try await Factory.with { factory in
            let (purchase, _) = try await received(factory)
            let blue = try await invoice(factory), paid = try await claim(factory, purchase, [blue])
            try await factory.desk.take(Reimbursement.approve, on: paid, by: factory.director)
            try await factory.desk.take(Reimbursement.pay, on: paid, by: factory.finance)
            try await factory.desk.take(
                VATInvoice.registerRed,
                input: [
                    "number": .text("24452000000071738803"), "seller": .text("甲公司"), "day": .text("2026-01-12"), "total": .text("-15000"),
                    "blue": .whole(blue),
                ], by: factory.finance)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.finance).contains(paid))
            try await factory.desk.take(Reimbursement.recover, on: paid, input: ["recovered": .text("已退款")], by: factory.finance)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.finance).contains(paid))
        }
    }

    @Test(.demand(enterpriseIT["第二章24"], 2), arguments: TestEngine.all)
    func outOfTheStoreGoesOnlyWhatHasInvoiceAndReceipt(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let (_, receipt) = try await received(factory)
            let paper = try await invoice(factory)
            func ask(_ quantity: Int64) async throws -> Int64 {
                try await factory.desk.take(
                    StockIssue.ask, input: ["item": .text("台式电脑"), "asked": .whole(quantity), "purpose": .text("更换")], by: factory.worker
                ).id
            }
            func issue(_ slip: Int64, _ quantity: Int64) async throws {
                try await factory.desk.take(
                    StockIssue.issue, on: slip,
                    input: ["receipt": .whole(receipt), "invoice": .whole(paper), "quantity": .whole(quantity)], by: factory.keeper)
            }
            let slip = try await ask(2)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(
                    StockIssue.issue, on: slip, input: ["receipt": .whole(receipt), "quantity": .whole(2)], by: factory.keeper)
            }
            let refusal = await #expect(throws: Refusal.self) { try await issue(slip, 2) }
            #expect(refusal?.words.zh.contains("没有分配") == true)
            // Never more than the invoice is worth.
            func allocate(_ amount: String) async throws {
                let line = Factory.record(["receipt": .whole(receipt), "amount": .text(amount)])
                try await factory.desk.take(VATInvoice.allocate, on: paper, input: ["allocations": .list([line])], by: factory.finance)
            }
            await #expect(throws: Refusal.self) { try await allocate("15000.01") }
            try await allocate("15000")
            await #expect(throws: Refusal.self) { try await issue(slip, 3) }
            try await issue(slip, 2)
            try await factory.desk.take(StockIssue.receive, on: slip, by: factory.worker)
            let more = try await ask(2)
            let left = await #expect(throws: Refusal.self) { try await issue(more, 2) }
            #expect(left?.words.zh.contains("只余 1 件") == true)
        }
    }

    @Test(arguments: TestEngine.all) func theXMLThatIsHandedInIsBelievedBeforeWhatWasTyped(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let xml = """
                <EInvoice><EInvoiceData><BasicInformation><TotalTax-includedAmount>113.00</TotalTax-includedAmount></BasicInformation></EInvoiceData>\
                <TaxSupervisionInfo><InvoiceNumber>24452000000071738855</InvoiceNumber></TaxSupervisionInfo></EInvoice>
                """
            let file = try await factory.desk.keep(file: "发票.xml", content: Array(xml.utf8), by: factory.finance)
            let id = try await invoice(factory, ["total": .text("100"), "isPrint": .flag(true), "original": .list([file.stored])])
            #expect(try await factory.value(id, "key") == .text("24452000000071738855"))
            #expect(try await factory.value(id, "total") == .text("113"))
            #expect(try await factory.value(id, "warnings").text?.contains("以XML 原件为准") == true)
        }
    }
}
