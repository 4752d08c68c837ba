/// What was read of a file and what was not, to be told to whoever handed it in. Complete once all rows have been read.
package struct TableNotes: Sendable {
    package struct OtherSheet: Sendable, Equatable {
        package let name: String
        package let isHidden: Bool
        /// It has the columns too.
        package let fits: Bool
    }

    package struct Sentence: Sendable, Equatable {
        package let zh, en: String
    }

    /// The sheet that was read; nothing for a text file.
    package internal(set) var sheet: String?
    package internal(set) var otherSheets: [OtherSheet] = []
    /// The row in which the header ends, as a spreadsheet numbers it.
    package internal(set) var headerRow = 1
    /// Columns that nobody looked for, by the names that they have.
    package internal(set) var unusedColumns: [String] = []
    package internal(set) var countsDatesFrom1904 = false
    var columns: [String] = []
    var rows = RowNotes()

    /// Rows with formulas in columns that are read.
    package var formulas: Int { rows.formulaRows }
    package var blankRows: Int { rows.blank }
    package var footerRows: [Int] { rows.footers }
    package var hiddenRows: Int { rows.hidden }

    package init() {}

    init(_ found: HeaderSearch.Found, sheet: String?) {
        (self.sheet, headerRow, columns) = (sheet, found.number, found.header.names)
        unusedColumns = found.header.unknown.map { found.header.names[$0].split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
    }

    /// All that there is to say, the most important first.
    package var sentences: [Sentence] { [place, others, unused, skipped, hidden, filled, days, formulaSentence].compactMap { $0 } }

    private var place: Sentence? {
        guard let sheet else { return headerRow == 1 ? nil : Sentence(zh: "表头在第 \(headerRow) 行", en: "The header is in row \(headerRow)") }
        return Sentence(zh: "读取工作表“\(sheet)”，表头在第 \(headerRow) 行", en: "Sheet \"\(sheet)\" was read, with the header in row \(headerRow)")
    }

    private var others: Sentence? {
        if otherSheets.isEmpty { return nil }
        let zh = otherSheets.map { "“\($0.name)”" + ($0.isHidden ? "（隐藏）" : "") + ($0.fits ? "（表头相同）" : "") }.joined(separator: "、")
        let en = otherSheets.map { "\"\($0.name)\"" + ($0.isHidden ? " (hidden)" : "") + ($0.fits ? " (same columns)" : "") }.joined(
            separator: ", ")
        return Sentence(zh: "另有工作表 \(zh) 未读取；要读取请指明工作表", en: "Other sheets were not read: \(en); name one to have it read")
    }

    private var unused: Sentence? {
        if unusedColumns.isEmpty { return nil }
        let most = 20
        let more = unusedColumns.count - most
        let names = unusedColumns.prefix(most)
        return Sentence(
            zh: "未识别的列（未读取）：\(names.joined(separator: "、"))" + (more > 0 ? " 等 \(unusedColumns.count) 列" : ""),
            en: "Columns that are not known and were not read: \(names.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : ""))
    }

    private var skipped: Sentence? {
        var (zh, en) = ([String](), [String]())
        if rows.blank > 0 {
            zh.append("空白行 \(rows.blank) 个")
            en.append("\(rows.blank) blank")
        }
        if !rows.footers.isEmpty {
            zh.append("表尾的合计、签字等 \(rows.footers.count) 行（第 \(Self.list(rows.footers, "、")) 行）")
            en.append("\(rows.footers.count) of sums, signatures and remarks (\(Self.list(rows.footers, ", ")))")
        }
        if !rows.repeatedHeaders.isEmpty {
            zh.append("重复的表头 \(rows.repeatedHeaders.count) 行（第 \(Self.list(rows.repeatedHeaders, "、")) 行）")
            en.append("\(rows.repeatedHeaders.count) repeating the header (\(Self.list(rows.repeatedHeaders, ", ")))")
        }
        return zh.isEmpty ? nil : Sentence(zh: "跳过：" + zh.joined(separator: "；"), en: "Rows left out: " + en.joined(separator: "; "))
    }

    private var hidden: Sentence? {
        if rows.hidden == 0 { return nil }
        let zh = Self.list(rows.firstHidden, "、") + (rows.hidden > rows.firstHidden.count ? " 等" : "")
        let en = Self.list(rows.firstHidden, ", ") + (rows.hidden > rows.firstHidden.count ? ", …" : "")
        return Sentence(
            zh: "含 \(rows.hidden) 个隐藏行（第 \(zh) 行），已一并读取；不要的请删除后再导入",
            en: "\(rows.hidden) hidden rows (\(en)) were read as well; delete those that are not meant")
    }

    private var filled: Sentence? {
        if rows.filled == 0 { return nil }
        return Sentence(
            zh: "合并单元格已向下补齐 \(rows.filled) 格，请核对", en: "\(rows.filled) cells took the value of the merged cell above them; check them")
    }

    private var days: Sentence? {
        countsDatesFrom1904
            ? Sentence(zh: "该工作簿的日期从1904年起算，已换算", en: "The dates of this workbook count from 1904 and were converted") : nil
    }

    private var formulaSentence: Sentence? {
        if rows.formulaRows == 0 { return nil }
        let names = rows.formulaColumns.sorted().map { columns.indices.contains($0) ? columns[$0] : CellPlace.letters($0) }
        let lack = rows.withoutResult
        let places = lack.isEmpty ? "" : lack.joined(separator: ", ") + (lack.count == RowNotes.most ? ", …" : "")
        return Sentence(
            zh: "有 \(rows.formulaRows) 行含公式：读取的是工作簿中保存的结果，没有保存结果的按空白处理" + (lack.isEmpty ? "" : "（\(places)）")
                + "。含公式的列：\(names.joined(separator: "、"))。请先把公式粘贴为数值再导入。",
            en: "\(rows.formulaRows) rows have formulas: the results kept in the workbook were read, and a formula without one counts as blank"
                + (lack.isEmpty ? "" : " (\(places))") + ". They stand in: \(names.joined(separator: ", ")). "
                + "Paste the formulas as values before you import.")
    }

    private static func list(_ rows: [Int], _ separator: String) -> String {
        rows.prefix(RowNotes.most).map(String.init).joined(separator: separator) + (rows.count > RowNotes.most ? "…" : "")
    }
}
