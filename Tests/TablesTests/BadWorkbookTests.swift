import Foundation
import ScratchFiles
import Testing

@testable import Tables

/// What bad workbooks get.
@Suite struct BadWorkbookTests {
    let scratch = Scratch()
    let header = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

    @Test func archivesAndOldWorkbooks() throws {
        #expect(try Outcome(scratch.package([("a.txt", [1, 2])])).error == .notATable)
        #expect(try Outcome(scratch.file([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0])).error == .oldWorkbook)
        #expect(try Outcome(scratch.file([0x50, 0x4B, 3, 4] + Array(repeating: 7, count: 100))).error != nil)
    }

    @Test func aBomb() throws {
        let path = try scratch.workbook(header + "<row r=\"2\"><c r=\"A2\"><v>2</v></c></row>" + String(repeating: " ", count: 100 << 20))
        let seen = try Outcome(path)
        #expect(seen.error == .workbookTooLarge(part: "xl/worksheets/sheet1.xml", limit: 64 << 20))
        #expect(seen.texts == [["2"]])
    }

    @Test func sharedTextsBeyondTheLimit() throws {
        var limits = TableLimits()
        limits.sharedTexts = 10_000
        let part = PaperError.workbookTooLarge(part: "xl/sharedStrings.xml", limit: 10_000)
        for texts in [String(repeating: "<si/>", count: 2_000), "<si><t>\(String(repeating: "长", count: 4_000))</t></si>"] {
            #expect(try Outcome(scratch.workbook(header, shared: texts), limits: limits).error == part)
        }
    }

    /// A few bytes that each name a large shared text.
    @Test func sharedTextsNamedAgainAndAgain() throws {
        let cells = (0..<20).map { _ in "<c t=\"s\"><v>0</v></c>" }.joined()
        let text = "<si><t>\(String(repeating: "x", count: 1 << 20))</t></si>"
        #expect(try Outcome(scratch.workbook(header + "<row>\(cells)</row>", shared: text)).error == .rowTooLong(line: 2, limit: 8 << 20))
        let rows = String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 100)
        let table = try TableReader(path: scratch.workbook(header + rows, shared: text))
        var largest = 0
        try table.forEachChunk { chunk in
            chunk.forEachRow { _ in }
            largest = max(largest, chunk.cells.size)
        }
        #expect(largest > 0 && largest < 8 << 20)
    }

    @Test func entities() throws {
        let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
        let seen = try Outcome(scratch.workbook("<row><c t=\"str\"><v>&b;</v></c></row>", before: laughs))
        #expect(seen.error == .declaresEntities(part: "xl/worksheets/sheet1.xml"))
    }

    @Test func columnsFarOut() throws {
        let seen = try Outcome(scratch.workbook(header + "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>"))
        #expect(seen.error == .tooManyColumns(line: 2, limit: 1_000))
        #expect(seen.columns == ["1"])
    }

    @Test(arguments: [
        "<row r=\"2\"><c r=\"AAAA2\"><v>1</v></c></row>", "<row r=\"2\"><c r=\"22\"><v>1</v></c></row>",
        "<row r=\"99999999999999999999\"/>",
        "<row r=\"1048577\"/>", "<row r=\"-1\"/>", "<row r=\"1\"/>", "<row r=\"2\"><c r=\"B2\"/><c r=\"A2\"/></row>",
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>9</v></c></row>", "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>-1</v></c></row>", "<row r=\"2\"><c>",
        "<row r=\"2\"><c r=\"A2\"><v>\u{FFFF}&#0;</v></c></row>", String(repeating: "<x>", count: 1_000),
        "<row a=\"" + String(repeating: "y", count: 5 << 20) + "\"/>",
    ])
    func damage(rows: String) throws {
        let seen = try Outcome(scratch.workbook(header + rows))
        guard case .damagedWorkbook(let part, _) = seen.error else {
            Issue.record("\(String(describing: seen.error)) \(seen.rows)")
            return
        }
        #expect(part == "xl/worksheets/sheet1.xml")
    }

    @Test func nulAndLongFields() throws {
        #expect(try Outcome(scratch.workbook(header + "<row><c t=\"str\"><v>a_x0000_b</v></c></row>")).error == .nul(line: 2))
        let long = String(repeating: "z", count: 2 << 20)
        #expect(
            try Outcome(scratch.workbook(header + "<row><c t=\"str\"><v>\(long)</v></c></row>")).error
                == .fieldTooLong(line: 2, column: 1, limit: 1 << 20))
    }

    @Test func truncatedPackages() throws {
        let path = try scratch.workbook(header + String(repeating: "<row><c><v>123456</v></c></row>", count: 5_000))
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for length in stride(from: 4, to: bytes.count, by: 97) {
            let seen = try Outcome(scratch.file(Array(bytes[..<length]), "cut.xlsx"))
            #expect(seen.error != nil, "\(length)")
        }
    }

    /// Every third byte of a small workbook, changed: an answer, and never a crash.
    @Test func changedBytes() throws {
        let path = try scratch.workbook(header + "<row><c t=\"s\"><v>0</v></c></row>", shared: "<si><t>甲</t></si>")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        for at in stride(from: 0, to: bytes.count, by: 3) {
            var changed = bytes
            changed[at] ^= 0x15
            _ = try Outcome(scratch.file(changed, "changed.xlsx"))
        }
    }
}
