/// Finds the header among the first rows of a table: it need not be the first, and may be spread over two rows.
struct HeaderSearch {
    struct Row {
        let texts: [String]
        let line: Int
        /// As a spreadsheet numbers it.
        let number: Int
    }

    struct Found {
        let header: Header
        let line: Int
        let number: Int
        /// Which of the rows it ends with.
        let index: Int
    }

    /// How far down a header is looked for.
    static let farthest = 30

    /// The first row that has all the columns needed; without a form the first row.
    /// - Throws: `.missingColumns` for the row that resembles a header most.
    static func find(_ form: TableForm, in rows: [Row]) throws(PaperError) -> Found {
        var best: (header: Header, row: Row)?
        for (index, row) in rows.enumerated() {
            let own: Header
            do { own = try Header(row.texts, line: row.line, among: form.columns) } catch {
                // Two columns of one meaning are told, if this is the header.
                if isHeader(row, form) { throw error }
                continue
            }
            var header = own
            if index > 0, let spread = spread(rows[index - 1], over: row, form), spread.count > header.count { header = spread }
            if header.count > best?.header.count ?? -1 { best = (header, row) }
            guard header.count > 0, form.missing(in: header).isEmpty else { continue }
            if index + 1 < rows.count, let lower = lower(rows[index + 1], below: row, form), lower.count > header.count {
                return Found(header: lower, line: row.line, number: rows[index + 1].number, index: index + 1)
            }
            return Found(header: header, line: row.line, number: row.number, index: index)
        }
        guard let best else { throw .empty }
        let only = best.row.texts.filter { !$0.isEmpty }
        if only.count == 1, only[0].filter({ $0 == "，" }).count >= 2 { throw .wideSeparator(line: best.row.line) }
        throw .missingColumns(form.missing(in: best.header), line: best.row.line)
    }

    /// Whether most of what stands in a row are names of columns.
    private static func isHeader(_ row: Row, _ form: TableForm) -> Bool {
        let filled = row.texts.filter { !$0.isEmpty }
        let names = filled.count { Header.isName($0, of: form.columns) }
        return names > 1 && names * 2 >= filled.count
    }

    /// A header whose upper row has the names that stand alone, the lower one those of a group.
    private static func spread(_ upper: Row, over lower: Row, _ form: TableForm) -> Header? {
        guard isHeader(lower, form) else { return nil }
        return joined(upper, lower, form)
    }

    /// The same seen from above. Every name of the lower row has to be one of a column: a row of data has none.
    private static func lower(_ row: Row, below upper: Row, _ form: TableForm) -> Header? {
        let filled = row.texts.filter { !$0.isEmpty }
        guard !filled.isEmpty, filled.allSatisfy({ Header.isName($0, of: form.columns) }) else { return nil }
        return joined(upper, row, form)
    }

    private static func joined(_ upper: Row, _ lower: Row, _ form: TableForm) -> Header? {
        let width = max(upper.texts.count, lower.texts.count)
        let names = (0..<width).map { column -> String in
            let below = column < lower.texts.count ? lower.texts[column] : ""
            let above = column < upper.texts.count ? upper.texts[column] : ""
            return below.isEmpty ? above : below
        }
        return try? Header(names, line: upper.line, among: form.columns)
    }
}
