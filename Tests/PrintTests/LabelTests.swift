import Testing

@testable import Print

@Suite struct LabelTests {
    @Test(arguments: ["A", "ABC-123", "1234567890", "ZC202600012345", "ZC-2026-000-12345", "20260000000000012345", "12345", "a1b2c3d4e5f6"])
    func code128IsReadBack(text: String) throws {
        let pdf = try LabelSheet(label: PaperSize(width: 70, height: 37), columns: 3, rows: 8).pdf([.init(code: text, kind: .code128, heading: "设备")])
        #expect(try Reader.codes(pdf, resolution: 300) == ["CODE-128:\(text)"])
    }

    /// Modules without the quiet zones.
    @Test(arguments: [("1234567890", 90), ("123456789012", 101), ("123456789012345678", 134), ("12345678901234567890", 145), ("ZC202600012345", 134)])
    func code128IsAsNarrowAsItCanBe(text: String, modules: Int) throws { #expect(try Symbol.code128(text).columns == modules) }

    @Test func code128TakesPrintableASCIIOnly() {
        #expect(throws: PrintError.unprintable(characters: "资产")) { try Symbol.code128("资产1") }
        #expect(throws: PrintError.codeTooLong(characters: 0)) { try Symbol.code128("") }
    }

    @Test(arguments: ["https://example.org/d/k3f9", "20260000000000012345", "客户档案不合格"])
    func qrIsReadBack(text: String) throws {
        let pdf = try LabelSheet.a4x24.pdf([.init(code: text, heading: "档案", lines: ["A-03-12"])])
        #expect(try Reader.codes(pdf, resolution: 300) == ["QR-Code:\(text)"])
        #expect(try Reader.text(pdf).contains("A-03-12"))
    }

    @Test func aSheetHasItsPlaces() throws {
        let labels = (1...30).map { LabelSheet.Label(code: "K\($0)", heading: "第\($0)卷") }
        #expect(try Reader.pages(LabelSheet.a4x24.pdf(labels)) == 2)
        #expect(try Reader.pages(LabelSheet.a4x24.pdf(Array(labels.prefix(20)), skip: 5)) == 2)
        #expect(try Reader.pages(LabelSheet.tape60x40.pdf(Array(labels.prefix(3)))) == 3)
    }

    @Test func aLabelThatIsTooSmallIsRefused() {
        let small = LabelSheet(label: PaperSize(width: 12, height: 8), columns: 1, rows: 1)
        #expect(throws: PrintError.self) { try small.pdf([.init(code: String(repeating: "x", count: 60), heading: "")]) }
        #expect(throws: PrintError.self) { try small.pdf([.init(code: "ZC202600012345", kind: .code128, heading: "")]) }
    }
}

@Suite struct ChartTests {
    @Test func aPeriodWithoutAFigureBreaksTheLine() {
        let svg = Chart("按时率", periods: ["1月", "2月", "3月", "4月"], series: [.init("一部", [90, nil, 80, 85])], unit: "%").svg
        let path = svg.components(separatedBy: " d=\"")[1].prefix { $0 != "\"" }
        #expect(path.filter { $0 == "M" }.count == 2 && path.filter { $0 == "L" }.count == 1, "\(path)")
        #expect(svg.contains("<title>4月 一部 85%</title>"))
    }

    @Test(arguments: [(0.0, 1.0, 1.0), (7, 2, 8), (100, 20, 100), (0.03, 0.01, 0.03), (12, 5, 15)])
    func theScaleHasRoundSteps(greatest: Double, step: Double, end: Double) {
        let scale = Chart.scale(greatest)
        #expect(abs(scale.step - step) < step / 1000 && abs(scale.end - end) < end / 1000, "\(scale)")
    }

    @Test func namesAreNoMarkup() {
        let svg = Chart("<b>", periods: ["\"1\""], series: [.init("a&b", [1])], kind: .columns).svg
        #expect(!svg.contains("<b>") && svg.contains("a&amp;b"))
    }
}
