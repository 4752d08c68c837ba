import ScratchFiles
import Testing

@testable import Tables

@Suite struct WorkbookTests {
    let scratch = Scratch()

    @Test func givesBackWhatWasWritten() throws {
        let path = scratch.path("out.xlsx")
        let rows = [
            ["张三", "110101199003070011", "=1+1", " 空 ", "a<b>&\"c\""], ["", "x", "", "", "末"], ["_x000D_", "行\n二", "\u{1}", "𠮷", "+86"],
        ]
        let writer = try XLSXWriter(path: path, header: ["姓名", "证件号码", "c", "d", "e"])
        for row in rows { try writer.row(row) }
        try writer.close()
        let seen = try Outcome(path)
        #expect(seen.error == nil)
        #expect(seen.columns == ["姓名", "证件号码", "c", "d", "e"])
        #expect(seen.texts == rows)
        #expect(seen.rows.map(\.line) == [2, 3, 4])
    }

    /// A list may be longer than what the file keeps beside a column; it is read as a table all the same.
    @Test(arguments: [3, 200]) func choicesStandBesideTheirColumn(count: Int) throws {
        let path = scratch.path("out.xlsx")
        let writer = try XLSXWriter(path: path, header: ["姓名", "岗位"])
        writer.offer((0..<count).map { "客户信息主管岗位\($0)" }, inColumn: 1, rows: 100)
        writer.explain("填表说明", ["栏目", "说明"], [["姓名", "必填"]])
        try writer.row(["张三", "客户信息主管岗位1"])
        try writer.close()
        #expect(try Outcome(path).texts == [["张三", "客户信息主管岗位1"]])
        let part = try #require(try ZipPart("xl/worksheets/sheet1.xml", in: path, limits: TableLimits()))
        var room = [UInt8](repeating: 0, count: 1 << 20)
        let length = try room.withUnsafeMutableBytes { try part.read(into: $0) }
        let sheet = String(decoding: room.prefix(length), as: UTF8.self)
        #expect(sheet.contains(count == 3 ? "客户信息主管岗位0,客户信息主管岗位1" : "'选项1'!$A$1:$A$200"))
    }

    @Test func writesNumbersAndDates() throws {
        let path = scratch.path("out.xlsx")
        let writer = try XLSXWriter(path: path, sheet: "数", header: ["a", "b", "c", "d"], widths: [20])
        writer.append(13_800_000_000)
        writer.append(110_101_199_003_070_011)
        writer.append(dateSerial: 36_526)
        writer.append(2.5)
        try writer.endRow()
        try writer.close()
        #expect(try Outcome(path, sheet: "数").texts == [["13800000000", "110101199003070011", "36526", "2.5"]])
    }

    @Test func decimalNumbersAreNumbersThatShowTheirPlaces() throws {
        let path = scratch.path("out.xlsx")
        let writer = try XLSXWriter(path: path, header: ["a", "b", "c"])
        writer.append(decimal: "-1234.50", places: 2)
        writer.append(decimal: "0.125", places: 3)
        writer.append(decimal: "12345678901234.56", places: 2)
        try writer.endRow()
        try writer.close()
        #expect(try Outcome(path).texts == [["-1234.5", "0.125", "12345678901234.56"]])
        func part(_ name: String) throws -> String {
            let part = try #require(try ZipPart(name, in: path, limits: TableLimits()))
            var room = [UInt8](repeating: 0, count: 1 << 20)
            let count = try room.withUnsafeMutableBytes { try part.read(into: $0) }
            return String(decoding: room.prefix(count), as: UTF8.self)
        }
        let sheet = try part("xl/worksheets/sheet1.xml"), styles = try part("xl/styles.xml")
        #expect(sheet.contains("<v>-1234.5</v>") && sheet.contains("<v>0.125</v>"))
        #expect(!sheet.contains("<v>12345678901234.56"), "more figures than a spreadsheet keeps stay text")
        #expect(
            styles.contains("formatCode=\"#,##0.000\"") && (styles.contains("formatCode=\"#,##0.00\"") || styles.contains("numFmtId=\"4\""))
        )
    }

    @Test(arguments: [
        ("1.1000000000000001", "1.1"), ("0.30000000000000004", "0.3"), ("1234.5", "1234.5"), ("-12", "-12"), ("1.5E-2", "0.015"),
        ("1.2345E+3", "1234.5"), ("1E+5", "100000"), ("0.99999999999999989", "1"), ("9.9999999999999995E-2", "0.1"), ("0", "0"),
        ("0.0", "0"),
        ("123456789012345", "123456789012345"), ("-2.0499999999999998", "-2.05"),
    ]) func aNumberIsReadAsItIsSeen(kept: String, seen: String) {
        let bytes = Array(kept.utf8)
        #expect(bytes.withUnsafeBufferPointer { SpreadsheetDecimal.text(of: $0) } == seen)
    }

    @Test(arguments: ["", "x", "1.2.3", "1E", "1E+16", "1234567890123456", "1e99999", "-", "--1"]) func whatIsNoNumberOrHasLostFigures(
        kept: String
    ) {
        let bytes = Array(kept.utf8)
        #expect(bytes.withUnsafeBufferPointer { SpreadsheetDecimal.text(of: $0) } == nil)
    }

    @Test func aColumnOfDecimalsIsReadWithoutItsSpoils() throws {
        let rows = [
            "A1=品名 B1=单价", "A2=一 B2#1.1000000000000001", "A3=二 B3=1,234.50", "A4=三 B4#1.5E-2", "A5=四 B5#1E+17", "A6=五 B6!#REF!",
            "A7=六 B7#0.125/1",
        ]
        let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs>"
        let path = try scratch.workbook(ReadingTests.sheet(rows), styles: styles)
        let form = TableForm([.init("name", "品名", isRequired: true), .init("price", "单价", content: .decimal)])
        let read = try TableReader.reading(path: path, form: form) { table in
            let header = try table.header(form)
            var read: [(String, CellDamage)] = []
            try table.forEachRow { row in read.append((row.text(header["price"]!), row.damage(header["price"]!))) }
            return read
        }
        #expect(read.map(\.0) == ["1.1", "1,234.50", "0.015", "1E+17", "#REF!", "0.125×100%"])
        #expect(read.map(\.1) == [.none, .none, .none, .cut, .error, .none])
    }

    @Test func readsEveryKindOfCell() throws {
        let path = try scratch.workbook(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><r><t>富</t></r><r><t>文</t></r><rPh><t>x</t></rPh></is></c></row>"
                + "<row r=\"2\"/><row r=\"4\"><c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"C4\" s=\"2\"><v>45000</v></c><c r=\"D4\"><v>1.38E+10</v></c>"
                + "<c r=\"E4\"><v>1.1010119900307E+17</v></c><c r=\"F4\" t=\"e\"><v>#N/A</v></c><c r=\"XFD4\" s=\"1\"/></row>"
                + "<row><c t=\"str\"><f>A1&amp;\"x\"</f><v>得</v></c><c><f>1+1</f></c><c><v>7</v></c></row>",
            shared: "<si><t>姓名</t><rPh sb=\"0\" eb=\"1\"><t>xingming</t></rPh></si><si/>")
        let seen = try Outcome(path)
        #expect(seen.error == nil)
        #expect(seen.columns == ["姓名", "", "富文"])
        var formula = Seen(["得", "", "7"], line: 5)
        formula.hasFormula = true
        #expect(seen.rows == [Seen(["", "TRUE", "45000", "13800000000", "1.1010119900307E+17", "#N/A"], line: 4), formula])
    }

    @Test(arguments: [1, 50, 1 << 20])
    func chunksOfAnySize(chunk: Int) throws {
        let rows = (1...300).map { "<row r=\"\($0)\"><c r=\"A\($0)\" t=\"s\"><v>\($0 % 2)</v></c><c r=\"B\($0)\"><v>\($0)</v></c></row>" }
        let path = try scratch.workbook(rows.joined(), shared: "<si><t>甲</t></si><si><t>乙</t></si>")
        let seen = try Outcome(path, chunk: chunk)
        #expect(seen.texts == (2...300).map { [["甲", "乙"][$0 % 2], "\($0)"] })
        #expect(try Outcome(parallel: path, workers: 2, chunk: chunk) == seen)
    }

    @Test func choosesTheSheetByName() throws {
        let path = try scratch.workbook("<row><c><v>1</v></c></row>", properties: "<workbookPr date1904=\"1\"/>")
        #expect(try Outcome(path, sheet: "客户").columns == ["1"])
        #expect(try Outcome(path, sheet: "别的").error == .noSuchSheet("别的", present: ["客户"]))
        #expect(try TableReader(path: path).countsDatesFrom1904)
    }
}
