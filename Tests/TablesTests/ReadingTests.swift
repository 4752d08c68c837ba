import Foundation
import ScratchFiles
import Testing

@testable import Tables

/// What people do to a table on its way, and what is read of it all the same.
@Suite struct ReadingTests {
    let scratch = Scratch()

    static let form = TableForm([
        .init("role", "角色", isRequired: true, content: .code), .init("name", "姓名", isRequired: true),
        .init("number", "证件号码", content: .number), .init("born", "出生日期", content: .day), .init("code", "投保单号", content: .code),
        .init("note", "备注"),
    ])

    /// Rows as their texts and, behind a mark, what befell them: `投保人|张三|#cut`.
    struct Read: Equatable {
        var rows: [String] = []
        var numbers: [Int] = []
        var told: [String] = []
        var error: PaperError?

        init(_ path: String, sheet: String? = nil, form: TableForm = ReadingTests.form) throws {
            do {
                let notes = try TableReader.reading(path: path, sheet: sheet, form: form) { table in
                    var (rows, numbers) = ([String](), [Int]())
                    try table.forEachRow { row in
                        numbers.append(row.number)
                        rows.append(
                            (0..<row.count).map { index in
                                let damage = row.damage(index)
                                return row.text(index) + (damage == .none ? "" : "#\(damage)")
                            }.joined(separator: "|"))
                    }
                    (self.rows, self.numbers) = (rows, numbers)
                    return table.notes
                }
                told = notes.sentences.map(\.zh)
            } catch let error as PaperError {
                self.error = error
            }
        }
    }

    private func text(_ rows: String..., header: String = "角色,姓名,证件号码,出生日期,投保单号,备注") throws -> Read {
        try Read(scratch.file(([header] + rows).joined(separator: "\n") + "\n"))
    }

    /// Cells as `A1=text`, `B2#123` for numbers, `B2#123/4` with style 4, `B2@7` for results of formulas, `C3!#N/A` for errors.
    static func sheet(_ rows: [String], rest: String = "", attributes: [Int: String] = [:]) -> String {
        let cells = rows.map { row -> String in
            let cells = row.split(separator: " ").map { cell -> String in
                let place = cell.prefix { $0.isLetter || $0.isNumber }
                let value = cell.dropFirst(place.count + 1)
                switch cell.dropFirst(place.count).first {
                case "#":
                    let parts = value.split(separator: "/")
                    return "<c r=\"\(place)\"" + (parts.count > 1 ? " s=\"\(parts[1])\"" : "") + "><v>\(parts[0])</v></c>"
                case "!": return "<c r=\"\(place)\" t=\"e\"><v>\(value)</v></c>"
                case "@": return "<c r=\"\(place)\"><f>1</f><v>\(value)</v></c>"
                default: return "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(value)</t></is></c>"
                }
            }
            let number = Int(row.split(separator: " ").first?.drop { $0.isLetter }.prefix { $0.isNumber } ?? "") ?? 0
            return "<row r=\"\(number)\" \(attributes[number] ?? "")>\(cells.joined())</row>"
        }
        return cells.joined() + rest
    }

    private static let header = "A1=角色 B1=姓名 C1=证件号码 D1=出生日期 E1=投保单号 F1=备注"

    private func book(
        _ rows: [String], merged: [String] = [], attributes: [Int: String] = [:], properties: String = "", styles: String? = nil
    )
        throws -> Read
    {
        let merges =
            merged.isEmpty ? "" : "</sheetData><mergeCells>\(merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined())</mergeCells><sheetData>"
        return try Read(
            scratch.workbook(Self.sheet([Self.header] + rows, rest: merges, attributes: attributes), properties: properties, styles: styles)
        )
    }

    // MARK: Text files

    @Test func marksOfSpreadsheetsAreNoPartOfAValue() throws {
        let read = try text(
            "投保人,张三,'110105198503140013,'2026-03-04,'TB1,'x", "投保人,李四,\"=\"\"110105198503140013\"\"\",\"=\"\"2026-03-04\"\"\",=\"TB1\",",
            "投保人, 王五 ,\t110105198503140013 ,　2026-03-04,TB1,")
        #expect(
            read.rows == [
                "投保人|张三|110105198503140013|2026-03-04|TB1|x", "投保人|李四|110105198503140013|2026-03-04|TB1|",
                "投保人|王五|110105198503140013|2026-03-04|TB1|",
            ])
    }

    @Test(arguments: [
        ("13910203041.0", "13910203041"), ("13910203041.00", "13910203041"), ("1.3910203041E10", "13910203041"),
        ("1.3910203041e+10", "13910203041"), ("1.0", "1"), ("110105198503140013", "110105198503140013"), ("1.39102E+10", "1.39102E+10#cut"),
        ("1.10105E+17", "1.10105E+17#cut"), ("1.1010519850314E+17", "1.1010519850314E+17#cut"),
        ("110105198503142000", "110105198503142000#perhapsCut"),
        ("6222020200011120000", "6222020200011120000#perhapsCut"), ("62220202000111200", "62220202000111200#perhapsCut"),
        ("6222020200010000", "6222020200010000#perhapsCut"), ("6222020200011120", "6222020200011120"),
        ("6222020200011122230", "6222020200011122230"),
        ("'110105198503142000", "110105198503142000"), ("’110105198503140013", "110105198503140013"),
        ("‘110105198503140013", "110105198503140013"), ("`110105198503140013", "110105198503140013"), ("#N/A", "#N/A#error"), ("#n/a", "#n/a#error"), ("#DIV/0!", "#DIV/0!#error"),
        ("######", "#######error"), ("=A1+1", "=A1+1#error"), ("Err:502", "Err:502#error"), ("1.5", "1.5"), ("E12345678", "E12345678"),
        ("12E3", "12E3#cut"),
    ])
    func numbersKeepTheirFiguresOrSayThatTheyLostSome(typed: String, read: String) throws {
        let seen = try text("投保人,张三,\(typed),,,")
        #expect(seen.rows == ["投保人|张三|\(read)|||"])
    }

    @Test(arguments: [
        ("12E3", "12E3"), ("2.02603E+11", "2.02603E+11#cut"), ("2026001.0", "2026001"), ("202600000000000000", "202600000000000000"),
        ("#REF!", "#REF!#error"),
    ])
    func codesMayHaveLettersAndZeros(typed: String, read: String) throws {
        #expect(try text("投保人,张三,,,\(typed),").rows == ["投保人|张三|||\(read)|"])
    }

    @Test func textsStayAsTheyAre() throws {
        #expect(try text("投保人,张三,,,,2.0").rows == ["投保人|张三||||2.0"])
        #expect(try text("投保人,张三,,,,5E3").rows == ["投保人|张三||||5E3"])
    }

    @Test func whatIsNoRowOfDataIsLeftOutAndTold() throws {
        let read = try text(
            "投保人,张三,,,,", ",,,,,", "  ,　,,,,", "0,0,0,0,0,0", "角色,姓名,证件号码,出生日期,投保单号,备注", "投保人,李四,,,,", "合计,,2,,,", "共2人,,,,,", "第1页 共3页,,,,,",
            "制表人：王芳,审核人：李强,,,,", "——以下空白——,,,,,")
        #expect(read.rows == ["投保人|张三||||", "投保人|李四||||"] && read.numbers == [2, 7])
        #expect(read.told == ["跳过：空白行 3 个；表尾的合计、签字等 5 行（第 8、9、10、11、12 行）；重复的表头 1 行（第 6 行）"])
    }

    @Test func aRowThatLacksSomethingIsStillARow() throws {
        let read = try text(",张三,,,,", "投保人,,110105198503140013,,,", ",,,,TB1,")
        #expect(read.rows == ["|张三||||", "投保人||110105198503140013|||", "||||TB1|"])
    }

    @Test(arguments: [
        "角色*,*姓名,证件号码（18位）,出生日期(YYYY-MM-DD),投保单号:,备注", "角　色,姓 名,\"证件\n号码\",出生日期（必填）,投保单号：,备注", "1.角色,2.姓名,3、证件号码,4.出生日期,5.投保单号,备注",
        "ROLE,Name,NUMBER,Born,Code,Note", "【角色】,★姓名,证件号码[必填],出生日期 *,＊投保单号,备注", "角色(role),姓名/name,证件号码|number,出生日期,投保单号,备注",
    ])
    func headersAreReadAsPeopleWriteThem(header: String) throws {
        let table = try TableReader(path: scratch.file(header + "\n投保人,张三,1,2026-03-04,TB1,x\n"), form: Self.form)
        let found = try table.header(Self.form)
        for (place, key) in ["role", "name", "number", "born", "code"].enumerated() { #expect(found[key] == place, "\(key) in \(header)") }
        #expect(table.notes.unusedColumns.isEmpty)
    }

    @Test func anotherThingUnderALikeNameIsNotTaken() throws {
        let table = try TableReader(path: scratch.file("角色,姓名,姓名（拼音）,证件号码（配偶）,备注说明\n投保人,张三,ZS,1,\n"), form: Self.form)
        #expect(try table.header(Self.form)["name"] == 1 && table.header(Self.form)["number"] == nil)
        #expect(table.notes.unusedColumns == ["姓名（拼音）", "证件号码（配偶）", "备注说明"])
    }

    @Test func titlesAboveTheHeaderAreNoHeader() throws {
        let read = try Read(scratch.file("2026年3月汇总表\n填表单位：城东,,填表日期：2026-03-06\n\n角色,姓名\n投保人,张三\n"))
        #expect(read.rows == ["投保人|张三"] && read.numbers == [5] && read.told == ["表头在第 4 行"])
        let spread = try Read(scratch.file("投保单号,客户,,\n,角色,姓名,证件号码\nTB1,投保人,张三,1\n"))
        #expect(spread.rows == ["TB1|投保人|张三|1"])
    }

    @Test func theSeparatorMayBeStated() throws {
        for line in ["sep=;\n", "SEP=;\r\n", "\"sep=;\"\n"] {
            let read = try Read(scratch.file(line + "角色;姓名\n投保人;张三,三\n"))
            #expect(read.rows == ["投保人|张三,三"] && read.numbers == [2])
        }
    }

    @Test func whatIsNoTableIsToldInItsOwnWords() throws {
        #expect(try Read(scratch.file("\n <!DOCTYPE html><html><table><tr><td>角色</td></tr></table></html>", "a.xls")).error == .webPage)
        #expect(try Read(scratch.file("<table border=1><tr><td>角色</td></tr></table>", "a.xls")).error == .webPage)
        #expect(try Read(scratch.file("<?xml version=\"1.0\"?><Workbook/>", "a.xls")).error == .webPage)
        #expect(try Read(scratch.file([5] + Array("admin".utf8) + [UInt8](repeating: 0, count: 159), "copy.xlsx")).error == .lockFile)
        #expect(try Read(scratch.file("anything", "~$a.xlsx")).error == .lockFile)
        #expect(try Read(scratch.file("角色，姓名，备注\n投保人，张三，\n")).error == .wideSeparator(line: 1))
        #expect(throws: PaperError.lockFile) { try TableReader(path: scratch.file("a", "kept"), name: "~$b.xlsx", form: Self.form) }
    }

    // MARK: Workbooks

    @Test func mergedCellsAreFilledDownwards() throws {
        let read = try book(
            ["A2=投保人 B2=张三 D2#46085 E2=TB1", "A3=被保险人 B3=李四", "A4=受益人 B4=王五", "A5=投保人 B5=赵六 E5=TB2"],
            merged: ["E2:E4", "D2:D3", "F2:F3", "A9:C9"])
        #expect(read.error == nil)
        #expect(
            read.rows == ["投保人|张三||2026-03-04|TB1", "被保险人|李四||2026-03-04|TB1", "受益人|王五|||TB1", "投保人|赵六|||TB2"])
        #expect(read.told.contains { $0.contains("合并单元格已向下补齐 3 格") })
    }

    @Test func aRowThatIsOnlyMergedCellsIsNone() throws {
        let read = try book(["A2=投保人 B2=张三 E2=TB1", "A3= B3=", "A4=投保人 B4=李四"], merged: ["E2:E3", "A2:A3", "B2:B3"])
        #expect(read.rows == ["投保人|张三|||TB1", "投保人|李四"])
    }

    @Test func daysCountFrom1904WhereTheWorkbookSaysSo() throws {
        for value in ["1", "true"] {
            let read = try book(
                ["A2=投保人 B2=张三 C2#44623 D2#44623", "A3=投保人 B3=李四 D3=2026-03-04"], properties: "<workbookPr date1904=\"\(value)\"/>")
            #expect(read.rows == ["投保人|张三|44623|2026-03-04", "投保人|李四||2026-03-04"])
        }
    }

    @Test func anEarlyDayIsADayByItsStyle() throws {
        let styles =
            ("<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"177\" formatCode=\"[$-804]aaaa\"/>"
                + "<numFmt numFmtId=\"178\" formatCode=\"0.00_);[Red]\\(0.00\\)\"/></numFmts><cellXfs>"
                + ([0, 14, 31, 57, 176, 177, 178, 27, 36, 50, 58].map { "<xf numFmtId=\"\($0)\"/>" }.joined()) + "</cellXfs>")
        for (style, isDay) in [
            (0, false), (1, true), (2, true), (3, true), (4, true), (5, true), (6, false), (7, true), (8, true), (9, true), (10, true),
        ] {
            let read = try book(["A2=投保人 B2=张三 D2#7300/\(style)"], styles: styles)
            #expect(read.rows == ["投保人|张三||" + (isDay ? "1919-12-26" : "7300")], "style \(style)")
        }
        // Among texts too the day is read, and not the number behind it; a number stays one.
        #expect(try book(["A2=投保人 B2=张三 F2#46085/2"], styles: styles).rows == ["投保人|张三||||2026-03-04"])
        #expect(try book(["A2=投保人 B2=张三 F2#46085/6"], styles: styles).rows == ["投保人|张三||||46085"])
        #expect(try book(["A2=投保人 B2=张三 C2#46085/2"], styles: styles).rows == ["投保人|张三|46085"])
        #expect(try book(["A2=投保人 B2=张三 D2#46085.75"]).rows == ["投保人|张三||2026-03-04"])
        #expect(try book(["A2=投保人 B2=张三 D2#20260304.0"]).rows == ["投保人|张三||20260304"])
    }

    @Test(arguments: [
        ("#110105198706220000", "110105198706220000#cut"), ("#1.1010519850314E+17", "1.1010519850314E+17#cut"),
        ("#1.3910203041E10", "13910203041"),
        ("#13910203041.0", "13910203041"), ("#110105850314001", "110105850314001"), ("#6222020200011123", "6222020200011123#cut"),
        ("!#N/A", "#N/A#error"),
        ("!#REF!", "#REF!#error"), ("=#VALUE!", "#VALUE!#error"), ("='110105198503140013", "110105198503140013"),
        ("=1.10105E+17", "1.10105E+17#cut"),
        ("=110105198503142000", "110105198503142000"),
    ])
    func cellsThatLostTheirValueSaySo(cell: String, read: String) throws {
        #expect(try book(["A2=投保人 B2=张三 C2\(cell)"]).rows == ["投保人|张三|\(read)"])
    }

    @Test func rowsOutOfOrderAreReadInOrder() throws {
        let read = try book(["A4=投保人 B4=丙", "A2=投保人 B2=甲", "A3=投保人 B3=乙"])
        #expect(read.rows == ["投保人|甲", "投保人|乙", "投保人|丙"] && read.numbers == [2, 3, 4])
        let merged = try book(["A4=投保人 B4=丙", "A2=投保人 B2=甲", "A3=投保人 B3=乙"], merged: ["E2:E3"])
        #expect(merged.error == .rowsOutOfOrder(part: "xl/worksheets/sheet1.xml", line: 3))
    }

    @Test func hiddenRowsAreReadAndTold() throws {
        let read = try book(["A2=投保人 B2=张三", "A3=被保险人 B3=李四"], attributes: [3: "hidden=\"1\""])
        #expect(read.rows.count == 2 && read.told.contains { $0.contains("含 1 个隐藏行（第 3 行）") })
    }

    @Test func formulasInColumnsThatNobodyReadsDoNotMatter() throws {
        let rows = ["A1=角色 B1=姓名 C1=序号 D1=备注", "A2=投保人 B2=张三 C2@1", "A3=投保人 B3=李四 C3@2 D3@7", "C4@3", "C5@4"]
        let read = try Read(scratch.workbook(Self.sheet(rows)))
        #expect(read.rows == ["投保人|张三|1", "投保人|李四|2|7"])
        #expect(read.told.contains { $0.contains("含公式的列：备注") } && read.told.contains { $0.contains("空白行 2 个") })
    }

    @Test func placesInAnyCaseAndLineBreaksRoundNumbersAreRead() throws {
        let rows =
            "<row r=\"1\"><c r=\"a1\" t=\"s\"><v>\n0\n</v></c><c r=\"b1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"a2\" t=\"s\"><v>2</v></c>"
            + "<c r=\"b2\" t=\"s\"><v> 3 </v></c></row>"
        let shared = ["角色", "姓名", "投保人", "张三"].map { "<si><t>\($0)</t></si>" }.joined()
        #expect(try Read(scratch.workbook(rows, shared: shared)).rows == ["投保人|张三"])
    }

    // MARK: Sheets

    private func sheets(_ list: [(name: String, state: String, rows: [String])]) throws -> String {
        try scratch.workbook(sheets: list.map { ($0.name, $0.state, Self.sheet($0.rows)) })
    }

    @Test func theFirstVisibleSheetWithTheColumnsIsRead() throws {
        let data = ["A1=角色 B1=姓名", "A2=投保人 B2=张三"], other = ["A1=角色 B1=姓名", "A2=投保人 B2=李四"]
        let path = try sheets([
            ("字典", "hidden", other), ("填写说明", "", ["A1=填写说明"]), ("空表", "", []), ("客户", "", data), ("二部", "", other),
        ])
        let read = try Read(path)
        #expect(read.rows == ["投保人|张三"])
        #expect(read.told.first == "读取工作表“客户”，表头在第 1 行")
        #expect(read.told[1] == "另有工作表 “字典”（隐藏）（表头相同）、“填写说明”、“空表”、“二部”（表头相同） 未读取；要读取请指明工作表")
        #expect(try Read(path, sheet: "二部").rows == ["投保人|李四"] && Read(path, sheet: "字典").rows == ["投保人|李四"])
        #expect(try Read(path, sheet: "三部").error == .noSuchSheet("三部", present: ["字典", "填写说明", "空表", "客户", "二部"]))
    }

    @Test func whereOnlyAHiddenSheetFitsItIsNamed() throws {
        let path = try sheets([("说明", "", ["A1=说明"]), ("上月", "veryHidden", ["A1=角色 B1=姓名", "A2=投保人 B2=张三"])])
        #expect(try Read(path).error == .noSheetFits(missing: ["role/角色", "name/姓名"], sheets: ["说明"], hidden: ["上月"]))
        let alone = try sheets([("上月", "hidden", ["A1=角色 B1=姓名", "A2=投保人 B2=张三"])])
        #expect(try Read(alone).error?.zh == "没有可见的工作表。隐藏的工作表“上月”有这些列，确要读取请指明该工作表。")
    }
}
