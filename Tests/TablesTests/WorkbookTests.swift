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
