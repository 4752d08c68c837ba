import Kernel
import Tables
import WorkCalendar

/// 扫描件目录清单: which scanned file belongs to which customer file, as what (第4条, 第6条). A line is a part of a file, with one scan or several;
/// what is wrong with a line is said of the line, and the others are taken.
package struct ScanManifest: Sendable {
    package struct Line: Sendable {
        /// Of the row in the table that was handed in.
        package let row: Int
        package let code: String
        package let files: [String]
        /// Without its files, which are kept later.
        package let part: FilePart
        package let faults: [Words]
    }

    package let lines: [Line]

    package static let form = TableForm([
        .init("code", "档号", "Reference code", isRequired: true), .init("kind", "材料种类", "Kind", isRequired: true),
        .init("files", "文件名", "File names", isRequired: true), .init("title", "题名", "Title"), .init("number", "文号", "Document number"),
        .init("author", "责任者", "Author"), .init("dated", "日期", "Date", content: .day), .init("pages", "页数", "Pages", content: .number),
        .init("medium", "载体", "Medium"), .init("ink", "书写材料", "Ink"), .init("remark", "备注", "Remark"),
    ])
    package static let columns = form.columns.map { $0.names.first ?? $0.key }

    /// - Parameter name: by which its format is known, where the path does not tell it.
    /// - Throws: `PaperError` where the table itself cannot be read.
    package static func read(_ path: String, name: String? = nil) throws -> ScanManifest {
        try TableReader.reading(path: path, name: name, form: form) { table in
            let header = try table.header(form)
            var lines: [Line] = []
            try table.forEachRow { row in
                let cells = Dictionary(
                    uniqueKeysWithValues: form.columns.compactMap { column -> (String, String)? in
                        guard let place = header[column.key], place < row.count else { return nil }
                        return (column.key, row.text(place).filter { !$0.isNewline })
                    })
                lines.append(line(row.number, cells))
            }
            try table.requireWhole()
            return ScanManifest(lines: lines)
        }
    }

    private static func line(_ row: Int, _ cells: [String: String]) -> Line {
        func cell(_ key: String) -> String { trimmed(cells[key] ?? "") }
        var part = FilePart(), faults: [Words] = []
        (part.title, part.number, part.author, part.remark) = (cell("title"), cell("number"), cell("author"), cell("remark"))
        part.kind = chosen(cell("kind"), .unknown, "材料种类", "kind", &faults)
        part.medium = chosen(cell("medium"), .unknown, "载体", "medium", &faults)
        part.ink = chosen(cell("ink"), .unknown, "书写材料", "ink", &faults)
        if part.kind == .unknown, cell("kind").isEmpty { faults.append(Words("未填写材料种类", "No kind")) }
        if !cell("dated").isEmpty {
            part.dated = Day(loose: cell("dated"))
            if part.dated == nil { faults.append(Words("日期“\(cell("dated"))”不能识别", "“\(cell("dated"))” is no day")) }
        }
        if !cell("pages").isEmpty {
            part.pages = Int(cell("pages")) ?? 0
            if !(1...9999).contains(part.pages) {
                faults.append(Words("页数“\(cell("pages"))”不是 1 至 9999 的数", "“\(cell("pages"))” is no number of pages"))
            }
        }
        for (text, words) in [(part.title, "题名"), (part.number, "文号"), (part.author, "责任者"), (part.remark, "备注")] where text.count > 500 {
            faults.append(Words("\(words)过长", "A text is too long"))
        }
        let files = cell("files").split(whereSeparator: { ";；".contains($0) }).map { trimmed(String($0)) }.filter { !$0.isEmpty }
        if files.isEmpty { faults.append(Words("未填写文件名", "No file is named")) }
        if cell("code").isEmpty { faults.append(Words("未填写档号", "No reference code")) }
        return Line(row: row, code: cell("code"), files: files, part: part, faults: faults)
    }

    /// By its words, in either language, or by its value.
    private static func chosen<C: Choosable>(_ text: String, _ none: C, _ zh: String, _ en: String, _ faults: inout [Words]) -> C {
        if text.isEmpty { return none }
        let found = C.allCases.first { [$0.rawValue, $0.words.zh, $0.words.en.lowercased()].contains(text) || $0.words.en == text }
        if found == nil { faults.append(Words("\(zh)“\(text)”不在可选范围内", "“\(text)” is no \(en)")) }
        return found ?? none
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }), let last = text.lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(text[first...last])
    }
}
