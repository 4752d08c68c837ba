import ArticleProof
import EngineFixture
import EnterpriseIT
import Foundation
import Kernel
import Print
import ScratchFiles
import TestOffice
import Testing
import WorkCalendar

/// An invoice by its XML, its OFD, its PDF, its QR text, and as somebody typed it: each value from the surest source, which it keeps.
@Suite(.article(enterpriseIT["第二章24"])) struct InvoiceFileTests {
    private static let number = "24452000000071738888"
    private static let xml = """
        <EInvoice><EInvoiceData><SellerInformation><SellerName>甲公司</SellerName></SellerInformation><BasicInformation>\
        <TotalTax-includedAmount>113.00</TotalTax-includedAmount></BasicInformation></EInvoiceData><TaxSupervisionInfo>\
        <InvoiceNumber>24452000000071738888</InvoiceNumber><IssueTime>2024-05-06 10:11:12</IssueTime></TaxSupervisionInfo></EInvoice>
        """

    private static func ofd(_ parts: [(String, String)]) throws -> [UInt8] {
        let scratch = Scratch()
        return try Array(Data(contentsOf: URL(filePath: scratch.package(parts.map { ($0.0, Array($0.1.utf8)) }, "invoice.ofd"))))
    }

    private static func custom(_ rows: [(String, String)]) -> String {
        let data = rows.map { "<ofd:CustomData Name=\"\($0.0)\">\($0.1)</ofd:CustomData>" }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD"><ofd:DocBody><ofd:DocInfo>\
            <ofd:CustomDatas>\(data)</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>
            """
    }

    private static let older = custom([
        ("发票代码", "044001900111"), ("发票号码", "12345678"), ("合计税额", "13.00"), ("合计金额", "100.00"), ("开票日期", "2020年05月20日"),
    ])

    @Test func anOFDTellsItsDataAndNotItsDrawing() throws {
        let page = ("Doc_0/Pages/Page_0/Content.xml", "<ofd:Page xmlns:ofd=\"x\"><ofd:TextCode>99999999</ofd:TextCode></ofd:Page>")
        let reading = try #require(InvoiceReading.read(try Self.ofd([("OFD.xml", Self.older), page])))
        #expect(reading.source == .ofd && reading.code == "044001900111" && reading.number == "12345678")
        // Without a total it is what is untaxed and its tax.
        #expect(reading.total == 113 && reading.day == Day(iso: "2020-05-20") && reading.seller == nil)
        // What is attached to it as XML is believed before it.
        let both = try #require(InvoiceReading.read(try Self.ofd([("OFD.xml", Self.older), ("Doc_0/Attachs/original_invoice.xml", Self.xml)])))
        #expect(both.source == .xml && both.number == Self.number && both.seller == "甲公司")
        // No OFD, a damaged one, and one that says nothing.
        #expect(InvoiceReading.read(try Self.ofd([("word/document.xml", Self.older)])) == nil)
        #expect(InvoiceReading.read(Array(try Self.ofd([("OFD.xml", Self.older)]).prefix(60))) == nil)
        #expect(InvoiceReading.read(try Self.ofd([("OFD.xml", Self.custom([("发票号码", "12")]))])) == nil)
    }

    @Test func aPDFIsReadByItsKeysAndElseByItsLabels() throws {
        let keys = "%PDF-1.7\n1 0 obj << /InvoiceNumber (24452000000071738888) /IssueTime <FEFF0032003000320034002D00300035002D00300036> /TotalAmWithoutTax (100.00) /TotalTaxAm (13.00) >> endobj"
        let reading = try #require(InvoicePDF.keys(Array(keys.utf8)))
        #expect(reading.number == Self.number && reading.total == 113 && reading.day == Day(iso: "2024-05-06"))
        let text = """
            电子发票（普通发票）
            发票号码： 24452000000071738888
            开票日期：
            2024年05月06日
            价税合计（大写）壹佰壹拾叁圆整 （小写）¥113.00
            备 注
            订单 99452000000071730000 合计 9,999.00 发票号码：11111111111111111111
            """
        let read = try #require(InvoicePDF.text(text))
        #expect(read.number == Self.number && read.day == Day(iso: "2024-05-06") && read.total == 113 && read.code == "")
        let paper = InvoicePDF.text("发票代码：044001900111 发票号码：12345678\n（小写）（负数）1,130.00")
        #expect(paper?.code == "044001900111" && paper?.number == "12345678" && paper?.total == "-1130")
        // No label, no number; what is hidden is unknown.
        #expect(InvoicePDF.text("24452000000071738888\n113.00") == nil)
        #expect(InvoicePDF.text("发票号码：24452000000071738888\n（小写）***")?.total == nil)
    }

    /// A page of our own, printed and read back.
    @Test func aPrintedPDFIsReadBack() throws {
        var paper = OfficialPaper()
        (paper.mark, paper.title, paper.number) = ("电子发票", "普通发票", "")
        paper.body = ["发票号码：24452000000071738888", "开票日期：2024年05月06日", "价税合计（小写）¥113.00"]
        let reading = try #require(InvoiceReading.read(try OfficialPrinter().pdf(paper)))
        #expect(reading.source == .pdf && reading.number == Self.number && reading.total == 113 && reading.day == Day(iso: "2024-05-06"))
    }

    @Test func theSurestSourceCountsAndEachValueKeepsWhereItCameFrom() throws {
        var typed = InvoiceReading(.typed)
        (typed.number, typed.total, typed.seller, typed.day) = ("24452000000071738800", 100, "乙公司", Day(iso: "2024-05-07"))
        let code = InvoiceReading(try #require(InvoiceCode("01,32,,24452000000071738888,100.00,20240506,,74AE")))
        // Typed and scanned alone: the number is the code's, the total is the typed one.
        let scanned = InvoiceSources([typed, code])
        #expect(scanned.number == Self.number && scanned.total == 100 && scanned.day == Day(iso: "2024-05-06") && scanned.seller == "乙公司")
        #expect(scanned.values.map(\.source) == [.code, .code, .typed, .typed])
        let file = try #require(InvoiceReading.read(Array(Self.xml.utf8)))
        let all = InvoiceSources([typed, code, file])
        #expect(all.values.allSatisfy { $0.source == .xml } && all.total == 113 && all.seller == "甲公司")
        #expect(all.differences.contains("录入的发票号码 24452000000071738800 与XML 原件的 24452000000071738888 不同，以XML 原件为准"))
        #expect(all.differences.contains("二维码金额 100 与价税合计 113 不同，可能为不含税金额"))
    }

    @Test(.demand(enterpriseIT["第二章24"], 3), arguments: TestEngine.all)
    func anOriginalFillsInWhatWasNotTyped(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk
            func register(_ name: String, _ content: [UInt8], _ more: [String: JSONValue] = [:]) async throws -> Int64 {
                let file = try await desk.keep(file: name, content: content, by: factory.finance)
                return try await desk.take(
                    VATInvoice.register, input: ["original": .list([file.stored])].merging(more) { $1 }, by: factory.finance
                ).id
            }
            let first = try await register("发票.xml", Array(Self.xml.utf8))
            #expect(try await factory.value(first, "key", by: factory.finance) == .text(Self.number))
            #expect(try await factory.value(first, "seller", by: factory.finance) == .text("甲公司"))
            #expect(try await factory.value(first, "sources", by: factory.finance).list.allSatisfy { $0["source"] == .text("xml") })
            // The same invoice as an OFD is the same invoice.
            let again = await #expect(throws: Refusal.self) {
                _ = try await register("发票.ofd", try Self.ofd([("OFD.xml", Self.older), ("Doc_0/Attachs/a.xml", Self.xml)]))
            }
            #expect(again?.words.zh.contains("已登记") == true)
            // An OFD names no seller: it is asked for.
            let nameless = await #expect(throws: Refusal.self) { _ = try await register("旧票.ofd", try Self.ofd([("OFD.xml", Self.older)])) }
            #expect(nameless?.words.zh == "请填写销售方")
            let second = try await register("旧票.ofd", try Self.ofd([("OFD.xml", Self.older)]), ["seller": .text("丙公司")])
            #expect(try await factory.value(second, "key", by: factory.finance) == .text("044001900111-12345678"))
            let sources = try await factory.value(second, "sources", by: factory.finance).list
            #expect(sources.last?["source"] == .text("typed") && sources.dropLast().allSatisfy { $0["source"] == .text("ofd") })
            // A picture says nothing by itself, and that is told.
            let third = try await register(
                "照片.jpg", [0xFF, 0xD8, 0xFF], ["number": .text("24452000000071738899"), "seller": .text("丁公司"), "total": .text("5")])
            #expect(try await factory.value(third, "warnings", by: factory.finance).text?.contains("1 个原件未能读出") == true)
        }
    }

    @Test(.demand(enterpriseIT["第二章24"], 2), arguments: TestEngine.all)
    func whatReplacesAReversedInvoiceServesTheSameReceipt(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk, purchase = try await factory.purchased()
            let acceptance = try await factory.inspect(purchase, delivered: 3, passed: 3, serials: ["S1", "S2", "S3"])
            let receipt = try await desk.take(
                StockReceipt.enter, input: ["acceptance": .whole(acceptance), "quantity": .whole(3), "store": .text("一号库")],
                by: factory.keeper
            ).id
            func register(
                _ step: Step<VATInvoice>, _ number: String, _ total: String, _ more: [String: JSONValue] = [:]
            ) async throws -> Int64 {
                let input: [String: JSONValue] = [
                    "number": .text(number), "seller": .text("甲公司"), "day": .text("2026-01-10"), "total": .text(total),
                ]
                return try await desk.take(step, input: input.merging(more) { $1 }, by: factory.finance).id
            }
            func allocate(_ invoice: Int64) async throws {
                let line = Factory.record(["receipt": .whole(receipt), "amount": .text("15000")])
                try await desk.take(VATInvoice.allocate, on: invoice, input: ["allocations": .list([line])], by: factory.finance)
            }
            let blue = try await register(VATInvoice.register, "24452000000071738801", "15000")
            try await allocate(blue)
            let red = try await register(VATInvoice.registerRed, "24452000000071738802", "-15000", ["blue": .whole(blue)])
            let slip = try await desk.take(
                StockIssue.ask, input: ["item": .text("台式电脑"), "asked": .whole(2), "purpose": .text("更换")], by: factory.worker
            ).id
            func issue(_ invoice: Int64) async throws {
                try await desk.take(
                    StockIssue.issue, on: slip, input: ["receipt": .whole(receipt), "invoice": .whole(invoice), "quantity": .whole(2)],
                    by: factory.keeper)
            }
            // The red one is worth nothing, and the blue one no more.
            await #expect(throws: DeskError.self) { try await allocate(red) }
            let reversed = await #expect(throws: Refusal.self) { try await issue(blue) }
            #expect(reversed?.words.zh.contains("已全额红冲") == true)
            let second = try await register(VATInvoice.register, "24452000000071738803", "15000", ["replaces": .whole(blue)])
            try await allocate(second)
            try await issue(second)
            #expect(try await factory.state(slip) == "issued")
        }
    }

    @Test(arguments: TestEngine.all) func whatAReversalLeavesIsNotAllocatedTwice(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk, asset = try await factory.asset("PC-001")
            func register(_ step: Step<VATInvoice>, _ number: String, _ total: String, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
                let input: [String: JSONValue] = [
                    "number": .text(number), "seller": .text("甲公司"), "day": .text("2026-01-10"), "total": .text(total),
                ]
                return try await desk.take(step, input: input.merging(more) { $1 }, by: factory.finance).id
            }
            let blue = try await register(VATInvoice.register, "24452000000071738801", "1000")
            let line = Factory.record(["asset": .whole(asset), "amount": .text("1000")])
            try await desk.take(VATInvoice.allocate, on: blue, input: ["allocations": .list([line])], by: factory.finance)
            let red = try await register(VATInvoice.registerRed, "24452000000071738802", "-400", ["blue": .whole(blue)])
            // Each names its partner, and what was allocated before is found.
            #expect(try await factory.value(red, "blue", by: factory.finance) == .whole(blue))
            try await desk.runJobs()
            #expect(try await factory.tasks(of: factory.finance).contains(blue))
            let less = Factory.record(["asset": .whole(asset), "amount": .text("600")])
            await #expect(throws: Refusal.self) {
                try await desk.take(VATInvoice.allocate, on: blue, input: ["allocations": .list([line])], by: factory.finance)
            }
            try await desk.take(VATInvoice.allocate, on: blue, input: ["allocations": .list([less])], by: factory.finance)
            try await desk.runJobs()
            #expect(try await !factory.tasks(of: factory.finance).contains(blue))
        }
    }
}
