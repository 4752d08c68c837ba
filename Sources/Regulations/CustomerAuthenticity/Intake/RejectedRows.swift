import Kernel
import Tables

/// Takes the rows that were not accepted, to be handed back as the same table with more columns: the reason, and perhaps where they
/// stood. After correction the file goes in again as it is.
package final class RejectedRows {
    private enum Writer { case csv(CSVWriter), xlsx(XLSXWriter) }

    private static let reasonColumn = Words("原因", "reason")
    private static let rowColumn = Words("原行号", "sheet_row")
    private static let cellsColumn = Words("单元格", "cells")
    /// The last columns of a file that was handed back, in either language.
    package static let addedColumns = [rowColumn, cellsColumn, reasonColumn].flatMap { [$0.zh, $0.en] }
    package private(set) var count = 0
    private let path: String
    private let isWorkbook: Bool
    private let hasPlaces: Bool
    private let language: Language
    private var writer: Writer?

    /// - Parameters:
    ///   - path: where the table is written; nothing is, as long as no row was rejected.
    ///   - isWorkbook: XLSX, as the rejected file was.
    ///   - hasPlaces: two columns more say where each row stood; without them the reasons name their cells themselves.
    ///   - language: of the columns' names.
    package init(path: String, isWorkbook: Bool, hasPlaces: Bool = false, language: Language = .zh) {
        (self.path, self.isWorkbook, self.hasPlaces, self.language) = (path, isWorkbook, hasPlaces, language)
    }

    /// Where a row stood in its file: the number that a spreadsheet shows beside it, and the cells at fault.
    package struct Place: Sendable {
        let row: Int
        let cells: [String]
        package init(row: Int, cells: [String]) { (self.row, self.cells) = (row, cells) }
    }

    package func append(_ row: [String], at place: Place, reason: String, header: [String]) throws {
        let added = hasPlaces ? [Self.rowColumn, Self.cellsColumn, Self.reasonColumn] : [Self.reasonColumn]
        if writer == nil { try open(header + added.map { $0[language] }) }
        count += 1
        let whole = row + (hasPlaces ? [String(place.row), place.cells.joined(separator: ";")] : []) + [reason]
        switch writer {
        case .csv(let csv): try csv.row(whole)
        case .xlsx(let xlsx): try xlsx.row(whole)
        case nil: break
        }
    }

    /// To be called last.
    package func close() throws {
        switch writer {
        case .csv(let csv): try csv.close()
        case .xlsx(let xlsx): try xlsx.close()
        case nil: break
        }
        writer = nil
    }

    private func open(_ header: [String]) throws {
        if isWorkbook {
            writer = .xlsx(try XLSXWriter(path: path, header: header))
        } else {
            let csv = try CSVWriter(.file(path), byteOrderMark: true)
            try csv.row(header)
            writer = .csv(csv)
        }
    }
}
