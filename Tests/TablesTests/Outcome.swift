@testable import Tables

/// A row as it was read.
struct Seen: Equatable, CustomStringConvertible {
    var texts: [String]
    var line: Int
    var number: Int
    var hasFormula = false

    init(_ row: TableRow) { (texts, line, number, hasFormula) = (row.texts, row.line, row.number, row.hasFormula) }

    init(_ texts: [String], line: Int, number: Int? = nil) { (self.texts, self.line, self.number) = (texts, line, number ?? line) }

    var description: String { "\(line)/\(number): \(texts)" }
}

/// The header, the rows before any fault, and the fault.
struct Outcome: Equatable {
    var columns: [String] = []
    var rows: [Seen] = []
    var error: PaperError?

    var texts: [[String]] { rows.map(\.texts) }

    init(_ path: String, sheet: String? = nil, chunk: Int? = nil, limits: TableLimits = TableLimits()) throws {
        var limits = limits
        if let chunk { limits.chunk = chunk }
        do {
            let table = try TableReader(path: path, sheet: sheet, limits: limits)
            columns = table.columns
            try table.forEachRow { rows.append(Seen($0)) }
        } catch let error as PaperError {
            self.error = error
        }
    }

    init(parallel path: String, workers: Int, chunk: Int) throws {
        var limits = TableLimits()
        limits.chunk = chunk
        do {
            let table = try TableReader(path: path, limits: limits)
            columns = table.columns
            try ParallelTable(table, workers: workers).run(
                { chunk in
                    var rows: [(Seen.Parts)] = []
                    chunk.forEachRow { rows.append(Seen($0).parts) }
                    return rows
                },
                inOrder: { part, extent in
                    guard extent.rowsBefore == rows.count, extent.rows == part.count else { throw PaperError.empty }
                    rows += part.map(Seen.init)
                })
        } catch let error as PaperError {
            self.error = error
        }
    }
}

extension Seen {
    typealias Parts = (texts: [String], line: Int, number: Int)
    var parts: Parts { (texts, line, number) }
    init(_ parts: Parts) { self.init(parts.texts, line: parts.line, number: parts.number) }
}
