import Kernel
import Tables
import WorkCalendar

/// Findings of a count that were written down where there was no connection: the list that was downloaded, filled in, and handed in again
/// as CSV or XLSX (第二章22). Each row is a thing that was seen; what was not understood is told by its line, and the rest is taken.
package struct StocktakeTable: Sendable {
    package struct Row: Sendable, Hashable {
        package let line: Int
        package var at: Moment?
        package var number: String, place: String, holder: String
        package var isConfigurationWrong: Bool, isSealBroken: Bool
    }

    package private(set) var rows: [Row] = []
    package private(set) var unread: [AssetTable.Unread] = []
    /// Rows of the list that nobody filled in: not seen, or not looked for yet.
    package private(set) var untouched = 0

    package static let headings = ["编号", "名称", "账面地点", "账面使用人", "实际地点", "实际使用人", "时间", "结果"]

    private static let form = TableForm(
        [
            .init("number", "编号", "资产编号", content: .code), .init("place", "实际地点", "地点", "place"), .init("book", "账面地点", "book place"),
            .init("holder", "实际使用人", "使用人", "holder"), .init("at", "时间", "扫描时间", "time"), .init("result", "结果", "result"),
        ], needs: [["number"]])

    /// - Parameter place: where things are that name no place themselves.
    /// - Throws: `PaperError` where it is no such table.
    package init(_ content: [UInt8], name: String = "", place: String = "") throws {
        self = try TableReader.reading(content: content, name: name.isEmpty ? nil : name, form: Self.form) {
            try StocktakeTable(reading: $0, place: place)
        }
    }

    private init(reading table: TableReader, place: String) throws {
        let header = try table.header(Self.form)
        try table.forEachRow { row in
            func text(_ key: String) -> String { header[key].map { row.text($0).trimmingBlanks } ?? "" }
            func leave(_ zh: String, _ en: String) { unread.append(.init(line: row.number, words: Words(zh, en))) }
            let number = text("number"), result = text("result"), own = text("place"), time = text("at")
            // The list as it was downloaded says nothing yet.
            if header["result"] != nil, header["book"] != nil, result.isEmpty, own.isEmpty, time.isEmpty {
                untouched += 1
                return
            }
            if ["未见", "没有", "missing"].contains(result) {
                untouched += 1
                return
            }
            let at = Moment(stored: .text(time))
            let known = result.isEmpty || Self.found.contains(result) || Self.isWrong(result) || Self.isBroken(result)
            let there = own.isEmpty ? (text("book").isEmpty ? place : text("book")) : own
            if number.isEmpty { return leave("没有编号", "no number") }
            if !time.isEmpty, at == nil { return leave("时间“\(time)”读不出，应如 2026-01-15 09:30", "“\(time)” is no time") }
            if !known { return leave("结果“\(result)”不认识，请写“在”“配置不符”“封条破损”或“未见”", "“\(result)” is no result") }
            if there.isEmpty { return leave("没有地点", "no place") }
            rows.append(
                Row(
                    line: row.number, at: at, number: number, place: there, holder: text("holder"),
                    isConfigurationWrong: Self.isWrong(result), isSealBroken: Self.isBroken(result)))
        }
    }

    private static let found: Set<String> = ["在", "在位", "相符", "√", "✓", "是", "found", "yes"]
    private static func isWrong(_ result: String) -> Bool { result.contains("配置") || result.lowercased().contains("configuration") }
    private static func isBroken(_ result: String) -> Bool { result.contains("封条") || result.lowercased().contains("seal") }

    /// The list of a place to take along: each thing of the ledger with room for what is seen.
    /// - Parameter name: what a person is called.
    package static func list(_ books: [JSONValue], place: String, name: (Int64) -> String) throws -> [UInt8] {
        var text = CSVText(guardsFormulas: true)
        func row(_ cells: [String]) {
            for cell in cells { text.append(cell) }
            text.endRow()
        }
        row(headings)
        for line in books where place.isEmpty || line["place"].text == place {
            let keeper = line["keeper"].whole.map { $0 == 0 ? "" : name($0) } ?? ""
            row([line["number"].text ?? "", line["what"].text ?? "", line["place"].text ?? "", keeper, "", "", "", ""])
        }
        return [0xEF, 0xBB, 0xBF] + text.bytes
    }
}
