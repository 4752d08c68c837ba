/// A table in a file: CSV (UTF-8 or GB18030; separated by comma, tab or semicolon) or XLSX, told apart by content.
///
/// With a form, opening finds the sheet and the header, and what is read is what people meant: titles above the header, sums and
/// signatures below the data, blank rows and repeated headers are left out, marks of spreadsheets are taken off the values of the columns
/// that are read, and values that a spreadsheet has spoilt say so (`TableRow.damage`). Without one, opening takes the first row that is
/// not empty for the header, and rows come as they stand. The rows are taken once: by `forEachRow` on this thread, or by a
/// `ParallelTable` on several.
///
/// A file that grows while it is read is read as far as it reached when it was opened, and `grew` says so afterwards; if that is in
/// the middle of a row it is refused at that line. The whole rows before any fault are given.
package final class TableReader {
    package enum Format: Sendable, Equatable { case csv, xlsx }

    package let format: Format
    /// The names in the header, as they stand.
    package let columns: [String]
    /// The line of the header.
    package let columnsLine: Int
    /// The separator of a CSV file.
    package let separator: UInt8?
    /// Names of the sheets of a workbook, in their order.
    package let sheets: [String]
    /// Dates of the workbook count from 1904, not from 1900.
    package let countsDatesFrom1904: Bool
    /// Size of the file in bytes, for progress; nothing for a pipe.
    package let size: Int?
    /// What there is to tell of the reading; complete once all rows have been read.
    package private(set) var notes: TableNotes

    private let file: InputFile
    private let source: any TableSource
    private let limits: TableLimits
    private let rules: RowRules?
    private let assumed: SheetFacts
    /// The chunk that held the header.
    private var opened: TableChunk?

    /// - Parameters:
    ///   - path: A file; a pipe will do for CSV.
    ///   - name: What the person who handed it in calls it, where it lies under another name.
    ///   - sheet: The sheet of a workbook, by name; without it the first that can be seen and has the columns of the form.
    ///   - facts: What an earlier reading learned of the sheet.
    /// - Throws: `PaperError` if it cannot be opened or is no table, or has not what the form needs.
    package init(
        path: String, name: String? = nil, sheet: String? = nil, form: TableForm? = nil, facts: SheetFacts = SheetFacts(),
        limits: TableLimits = TableLimits()
    ) throws(PaperError) {
        let file = try InputFile(path: path)
        let opening = ByteBuffer()
        do { try opening.append(upTo: 64 << 10) { room throws(SystemCause) in try file.read(64 << 10, into: room) } } catch {
            throw .cannotRead(line: 1, cause: error)
        }
        try LockFile.refuse(name ?? path, opening.bytes)
        if opening.bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldWorkbook }
        (self.file, self.limits, size, assumed) = (file, limits, file.size, facts)
        if opening.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            let workbook = try Workbook(path: path, limits: limits)
            let found = try SheetSearch(workbook, form, limits).find(sheet, facts)
            (source, rules, notes) = (found.source, found.rules, found.notes)
            (columns, columnsLine) = (found.names, found.line)
            (format, separator, sheets) = (.xlsx, nil, workbook.sheets.map(\.name))
            countsDatesFrom1904 = workbook.countsDatesFrom1904
        } else {
            let text = try CSVSource(file, opening: opening.bytes, limits: limits)
            let chunk = TableChunk(separator: text.separator, limits: limits)
            let found = try Self.header(of: text, in: chunk, form)
            chunk.begin(at: found.next)
            (source, rules, notes, opened) = (text, found.rules, found.notes, chunk)
            (columns, columnsLine) = (found.names, found.line)
            (format, separator, sheets, countsDatesFrom1904) = (.csv, text.separator, [], false)
            chunk.rules = rules
        }
    }

    private struct TextHeader {
        let names: [String]
        let line: Int
        let next: TableChunk.Place
        var rules: RowRules?
        var notes = TableNotes()
    }

    private static func header(of text: CSVSource, in chunk: TableChunk, _ form: TableForm?) throws(PaperError) -> TextHeader {
        var first: (rows: [(row: HeaderSearch.Row, next: TableChunk.Place)], failure: PaperError?) = ([], nil)
        while first.rows.isEmpty, try text.fill(chunk) {
            first = chunk.firstRows(form == nil ? 1 : HeaderSearch.farthest)
            guard first.rows.isEmpty else { break }
            if let failure = first.failure { throw failure }
            chunk.clear()
        }
        guard let top = first.rows.first else { throw .empty }
        guard let form else { return TextHeader(names: top.row.texts, line: top.row.line, next: top.next) }
        do {
            let found = try HeaderSearch.find(form, in: first.rows.map(\.row))
            let rules = RowRules(found.header, form)
            return TextHeader(
                names: found.header.names, line: found.line, next: first.rows[found.index].next, rules: rules,
                notes: TableNotes(found, sheet: nil))
        } catch {
            // A text that cannot be read any further may have its header there.
            if first.rows.count < HeaderSearch.farthest, let failure = first.failure { throw failure }
            throw error
        }
    }

    /// The header of a table that was opened with a form.
    package func header(_ form: TableForm) throws(PaperError) -> Header { try Header(columns, line: columnsLine, among: form.columns) }

    /// The encoding of a CSV file as far as it is known by now: a file that began in plain ASCII may turn out to be GB18030.
    package var encoding: TextEncoding { (source as? CSVSource)?.encoding ?? .utf8 }

    /// The file is longer now than when it was opened; the rows added since were not read.
    package var grew: Bool { file.change > 0 }

    /// To be called at the end by whoever must have every row.
    /// - Throws: `PaperError.grew`.
    package func requireWhole() throws(PaperError) { if grew { throw .grew } }

    /// What is known of the sheet by now.
    package var facts: SheetFacts { (source as? SheetSource)?.learned ?? SheetFacts() }

    /// The reading learned what it should have known from its beginning: what it gave is not to be used, and it is to be done again with
    /// `facts`.
    package var hasToBeReadAgain: Bool { rules != nil && facts != assumed }

    /// Reads a table, once more where it turns out only in its course how it is to be read.
    package static func reading<Result>(
        path: String, name: String? = nil, sheet: String? = nil, form: TableForm, facts: SheetFacts = SheetFacts(),
        _ body: (TableReader) throws -> Result
    ) throws -> Result {
        var facts = facts
        while true {
            let table = try TableReader(path: path, name: name, sheet: sheet, form: form, facts: facts)
            let result: Result
            do { result = try body(table) } catch {
                guard table.hasToBeReadAgain else { throw error }
                facts = table.facts
                continue
            }
            guard table.hasToBeReadAgain else { return result }
            facts = table.facts
        }
    }

    /// Gives each row behind the header to `body`, which must not keep it.
    /// - Throws: `PaperError` at the first fault, after the rows before it; and what `body` throws.
    package func forEachRow(_ body: (TableRow) throws -> Void) throws {
        try forEachChunk { chunk in try chunk.forEachRow(body) }
    }

    /// Gives the rows behind the header some megabytes at a time, for work that reports progress between.
    package func forEachChunk(_ body: (TableChunk) throws -> Void) throws {
        var spare: TableChunk?
        while let chunk = try next(reusing: spare) {
            try body(chunk)
            take(chunk.notes)
            if let failure = chunk.failure { throw failure }
            spare = chunk
        }
    }

    /// Adds what there is to say of some rows.
    func take(_ rows: RowNotes) { notes.rows.add(rows) }

    /// The next rows, in a chunk of their own or in the one that is handed back.
    func next(reusing spare: TableChunk?) throws(PaperError) -> TableChunk? {
        if let chunk = opened {
            opened = nil
            return chunk
        }
        let chunk = spare ?? TableChunk(separator: separator ?? 0, limits: limits)
        chunk.clear()
        if chunk.rules == nil { chunk.rules = rules?.twin() }
        return try source.fill(chunk) ? chunk : nil
    }
}
