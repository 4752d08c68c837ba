import Foundation
import ScratchFiles
import Testing

@testable import Tables

/// A workbook says the same whether its parts are read as plain XML or by expat.
@Suite struct PlainWorkbookTests {
    let scratch = Scratch()

    /// All that comes of a workbook.
    struct Whole: Equatable {
        var columns: [String] = []
        var rows: [String] = []
        var notes: [String] = []
        var error: PaperError?

        init(_ path: String, form: TableForm?, plain: Bool, chunk: Int) throws {
            var limits = TableLimits()
            (limits.readsPlainXML, limits.chunk) = (plain, chunk)
            var facts = SheetFacts()
            var isDone = false
            while !isDone {
                (rows, isDone) = ([], true)
                do {
                    let table = try TableReader(path: path, form: form, facts: facts, limits: limits)
                    columns = table.columns
                    do { try table.forEachRow { rows.append(Self.text($0)) } } catch let error as PaperError { self.error = error }
                    notes = table.notes.sentences.map(\.zh)
                    if table.hasToBeReadAgain { (facts, isDone, error) = (table.facts, false, nil) }
                } catch let error as PaperError {
                    self.error = error
                }
            }
        }

        private static func text(_ row: TableRow) -> String {
            "\(row.line)/\(row.number)\(row.hasFormula ? "f" : ""): "
                + (0..<row.count).map { "\(row.text($0))#\(row.damage($0))" }.joined(separator: "|")
        }
    }

    private func compare(_ path: String, _ note: @autoclosure () -> String = "", chunks: [Int] = [1 << 20]) throws {
        for form in [ReadingTests.form, nil] {
            let expat = try Whole(path, form: form, plain: false, chunk: 1 << 20)
            for chunk in chunks { #expect(try Whole(path, form: form, plain: true, chunk: chunk) == expat, "\(note()) chunk \(chunk)") }
        }
    }

    /// Rows with every kind of cell, some of them awkward.
    private func rows(_ dice: inout PlainXMLTests.Dice, _ count: Int) -> [String] {
        let header = ["角色", "姓名", "证件号码", "出生日期", "投保单号", "备注"].enumerated().map { place, name in
            "<c r=\"\(CellPlace.letters(place))1\" t=\"inlineStr\"><is><t>\(name)</t></is></c>"
        }
        return ["<row r=\"1\">\(header.joined())</row>"]
            + (2..<count + 2).map { number in
                let cells = (0..<7).map { column -> String in
                    let place = "r=\"\(CellPlace.letters(column))\(number)\""
                    switch dice.next(14) {
                    case 0: return ""
                    case 1: return "<c \(place) s=\"1\"/>"
                    case 2:
                        return
                            "<c \(place) t=\"inlineStr\"><is><r><t xml:space=\"preserve\"> 富&amp;</t></r><r><t>文_x000D_</t></r><rPh sb=\"0\" eb=\"1\"><t>f</t></rPh></is></c>"
                    case 3: return "<c \(place) s=\"1\"><v>45000</v></c>"
                    case 4: return "<c \(place)><f>SUM(A1:B2)&gt;1</f><v>1.38E+10</v></c>"
                    case 5: return "<c \(place) t=\"e\"><v>#N/A</v></c>"
                    case 6: return "<c \(place) t=\"str\"><f t=\"shared\" si=\"0\"/><v>x&#10;y</v></c>"
                    case 7: return "<c \(place) t=\"b\"><v>1</v></c>"
                    case 8: return "<c \(place)><f>1</f></c>"
                    default: return "<c \(place) s=\"2\" t=\"s\"><v>\(dice.next(6))</v></c>"
                    }
                }
                return "<row r=\"\(number)\" spans=\"1:7\"\(dice.next(20) == 0 ? " hidden=\"1\"" : "")>\(cells.joined())</row>"
            }
    }

    private static let shared =
        "<si><t>投保人</t></si><si><t xml:space=\"preserve\"> 张三 </t></si><si><r><rPr><b/></rPr><t>李</t></r><r><t>四</t></r><rPh><t>l</t></rPh></si>"
        + "<si><t>110105198503140013</t></si><si><t>a_x005F_b&lt;\r\n</t></si><si/>"
    private static let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"0\"/></cellXfs>"

    @Test(arguments: UInt64(1)...6)
    func randomWorkbooks(seed: UInt64) throws {
        var dice = PlainXMLTests.Dice(state: seed)
        let rows = rows(&dice, 600)
        let path = try scratch.workbook(rows.joined(separator: seed % 2 == 0 ? "\r\n" : ""), shared: Self.shared, styles: Self.styles)
        try compare(path, chunks: [1, 3_000, 1 << 20])
        let whole = try Whole(path, form: nil, plain: true, chunk: 1 << 20)
        #expect(whole.rows.count > 500 && whole.error == nil)
    }

    /// Something that is not plain, at the beginning, in the middle of the rows that have been given, in a cell, and behind them.
    @Test(arguments: [
        "<!-- c -->", "<?p i?>", "<![CDATA[x]]>", "<中/>", "<x r = \"1\"/>", "&unknown;", "</row>", "<x>", "]]>", "\u{1}", "<row r=\"3\"/>",
        "<row r=\"9999\"><c r=\"A9999\" t=\"s\"><v>77</v></c></row>", "<row><c r=\"ZZZ1\"><v>1</v></c></row>",
        "<mergeCells><mergeCell ref=\"A3:A5\"/></mergeCells>", "<row><c><v>1</v><c><v>2</v></c></c></row>", "<row><v>9</v></row>",
        "<x y=\"&lt;a&#10;\"/>",
    ])
    func whatIsNotPlain(odd: String) throws {
        var dice = PlainXMLTests.Dice(state: 99)
        let rows = rows(&dice, 300)
        for place in [0, 1, 150, 301] {
            let text = (rows[..<place] + [odd] + rows[place...]).joined()
            try compare(scratch.workbook(text, shared: Self.shared, styles: Self.styles), "\(odd) at \(place)", chunks: [2_000, 1 << 20])
        }
        var inside = rows
        inside[200] = inside[200].replacing("<v>", with: "<v>\(odd)", maxReplacements: 1)
        try compare(scratch.workbook(inside.joined(), shared: Self.shared, styles: Self.styles), "\(odd) in a cell", chunks: [2_000])
        try compare(scratch.workbook(rows.joined(), shared: Self.shared + odd + "<si/>", styles: Self.styles), "\(odd) in shared texts")
    }

    @Test func rowsOutOfOrder() throws {
        var dice = PlainXMLTests.Dice(state: 5)
        var rows = rows(&dice, 400)
        rows.swapAt(200, 300)
        try compare(scratch.workbook(rows.joined(), shared: Self.shared, styles: Self.styles), chunks: [2_000, 1 << 20])
    }

    /// The XML cut every few hundred bytes, and the package too.
    @Test func cuts() throws {
        var dice = PlainXMLTests.Dice(state: 11)
        let rows = rows(&dice, 250).joined()
        let bytes = Array(rows.utf8)
        for length in stride(from: 0, to: bytes.count, by: 701) {
            try compare(package(sheet: Array("<worksheet><sheetData>".utf8) + bytes[..<length]), "\(length)", chunks: [1_500])
        }
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.workbook(rows, shared: Self.shared, styles: Self.styles))))
        for length in stride(from: 4, to: whole.count, by: 331) {
            try compare(scratch.file(Array(whole[..<length]), "cut.xlsx"), "package cut at \(length)", chunks: [1_500])
        }
    }

    @Test(arguments: UInt64(1)...4)
    func changedBytes(seed: UInt64) throws {
        var dice = PlainXMLTests.Dice(state: seed)
        let sheet = Array("<worksheet><sheetData>\(rows(&dice, 40).joined())</sheetData></worksheet>".utf8)
        for _ in 0..<60 {
            var changed = sheet
            let at = dice.next(changed.count)
            changed[at] = dice.next(2) == 0 ? changed[at] ^ (1 << UInt8(dice.next(8))) : Array("<>&/\"'= 0A".utf8)[dice.next(10)]
            try compare(package(sheet: changed), "seed \(seed), byte \(at)", chunks: [700])
        }
        let package = [UInt8](try Data(contentsOf: URL(fileURLWithPath: package(sheet: sheet))))
        for _ in 0..<40 {
            var changed = package
            changed[dice.next(changed.count)] ^= 1 << UInt8(dice.next(8))
            try compare(scratch.file(changed, "changed.xlsx"), "seed \(seed), package", chunks: [700])
        }
    }

    /// A row that ends before a column that is needed.
    @Test func aRowThatEndsBeforeAColumnThatIsNeeded() throws {
        let form = TableForm([.init("a"), .init("b"), .init("c")], needs: [["a"], ["b"], ["c"]])
        let rows = ReadingTests.sheet(["A1=a B1=b C1=c", "A2=long B2=enough", "A3=long B3=enough C3=too"])
        let whole = try Whole(scratch.workbook(rows), form: form, plain: true, chunk: 1 << 20)
        #expect(whole.rows == ["2/2: long#none|enough#none", "3/3: long#none|enough#none|too#none"])
    }

    /// A workbook whose sheet has these bytes.
    private func package(sheet: [UInt8]) throws -> String {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        func relations(_ list: [(String, String)]) -> [UInt8] {
            Array("<r>\(list.map { "<Relationship Id=\"\($0.0)\" Type=\"\(relation)/\($0.0)\" Target=\"\($0.1)\"/>" }.joined())</r>".utf8)
        }
        return try scratch.package([
            ("[Content_Types].xml", Array("<Types/>".utf8)), ("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", Array("<workbook><sheets><sheet name=\"客户\" id=\"worksheet\"/></sheets></workbook>".utf8)),
            (
                "xl/_rels/workbook.xml.rels",
                relations([("worksheet", "sheet1.xml"), ("sharedStrings", "shared.xml"), ("styles", "styles.xml")])
            ),
            ("xl/sheet1.xml", sheet), ("xl/shared.xml", Array("<sst>\(Self.shared)</sst>".utf8)),
            ("xl/styles.xml", Array("<styleSheet>\(Self.styles)</styleSheet>".utf8)),
        ])
    }
}
