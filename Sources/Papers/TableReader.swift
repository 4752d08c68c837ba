/// A table in a file: CSV (UTF-8 or GB18030; separated by comma, tab or semicolon) or XLSX, told apart by content.
///
/// Opening reads the header, the first row that is not empty. The rows behind it are taken once: by `forEachRow` on this thread,
/// or by a `ParallelTable` on several.
///
/// A file that grows while it is read is read as far as it reached when it was opened, and `grew` says so afterwards; if that is in
/// the middle of a row it is refused at that line. The whole rows before any fault are given.
package final class TableReader {
    package enum Format: Sendable, Equatable { case csv, xlsx }

    package let format: Format
    /// The names in the first row, as they stand.
    package let columns: [String]
    /// The line of the first row.
    package let columnsLine: Int
    /// The separator of a CSV file.
    package let separator: UInt8?
    /// Names of the sheets of a workbook, in their order.
    package let sheets: [String]
    /// Dates of the workbook count from 1904, not from 1900.
    package let countsDatesFrom1904: Bool
    /// Size of the file in bytes, for progress; nothing for a pipe.
    package let size: Int?

    private let file: InputFile
    private let source: any TableSource
    private let limits: TableLimits
    /// The chunk that held the header.
    private var opened: TableChunk?

    /// - Parameters:
    ///   - path: A file; a pipe will do for CSV.
    ///   - sheet: The sheet of a workbook, by name; without it the first.
    /// - Throws: `PaperError` if it cannot be opened or is no table.
    package init(path: String, sheet: String? = nil, limits: TableLimits = TableLimits()) throws(PaperError) {
        let file = try InputFile(path: path)
        let opening = ByteBuffer()
        do { try opening.append(upTo: 64 << 10) { room throws(SystemCause) in try file.read(64 << 10, into: room) } } catch {
            throw .cannotRead(line: 1, cause: error)
        }
        if opening.bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldWorkbook }
        if opening.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            let workbook = try Workbook(path: path, limits: limits)
            source = try SheetSource(workbook, sheet: sheet)
            (format, separator, sheets) = (.xlsx, nil, workbook.sheets.map(\.name))
            countsDatesFrom1904 = workbook.countsDatesFrom1904
        } else {
            let text = try CSVSource(file, opening: opening.bytes, limits: limits)
            source = text
            (format, separator, sheets, countsDatesFrom1904) = (.csv, text.separator, [], false)
        }
        (self.file, self.limits, size) = (file, limits, file.size)
        let chunk = TableChunk(separator: separator ?? 0, limits: limits)
        var first: (names: [String], line: Int)?
        while first == nil, try source.fill(chunk) {
            chunk.forEachRow(limit: 1) { first = ($0.texts, $0.line) }
            if first == nil, let failure = chunk.failure { throw failure }
            if first == nil { chunk.clear() }
        }
        guard let first else { throw .empty }
        chunk.forgetHeader()
        (columns, columnsLine, opened) = (first.names, first.line, chunk)
    }

    /// The encoding of a CSV file as far as it is known by now: a file that began in plain ASCII may turn out to be GB18030.
    package var encoding: TextEncoding { (source as? CSVSource)?.encoding ?? .utf8 }

    /// The file is longer now than when it was opened; the rows added since were not read.
    package var grew: Bool { file.change > 0 }

    /// To be called at the end by whoever must have every row.
    /// - Throws: `PaperError.grew`.
    package func requireWhole() throws(PaperError) { if grew { throw .grew } }

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
            if let failure = chunk.failure { throw failure }
            spare = chunk
        }
    }

    /// The next rows, in a chunk of their own or in the one that is handed back.
    func next(reusing spare: TableChunk?) throws(PaperError) -> TableChunk? {
        if let chunk = opened {
            opened = nil
            return chunk
        }
        let chunk = spare ?? TableChunk(separator: separator ?? 0, limits: limits)
        chunk.clear()
        return try source.fill(chunk) ? chunk : nil
    }
}
