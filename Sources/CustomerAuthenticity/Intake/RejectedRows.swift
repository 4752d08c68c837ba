import Kernel
import Papers

/// Takes the rows that were not accepted, to be handed back as the same table with one more column: the reason. After correction the file
/// goes in again as it is.
package final class RejectedRows {
    private enum Writer { case csv(CSVWriter), xlsx(XLSXWriter) }

    private static let reasonColumn = Words("原因", "reason")
    /// The last column of a file that was handed back, in either language.
    package static let reasonColumns = [reasonColumn.zh, reasonColumn.en]
    package private(set) var count = 0
    private let path: String
    private let isWorkbook: Bool
    private let language: Language
    private var writer: Writer?

    /// - Parameters:
    ///   - path: where the table is written; nothing is, as long as no row was rejected.
    ///   - isWorkbook: XLSX, as the rejected file was.
    ///   - language: of the column's name.
    package init(path: String, isWorkbook: Bool, language: Language = .zh) {
        (self.path, self.isWorkbook, self.language) = (path, isWorkbook, language)
    }

    package func append(_ row: [String], reason: String, header: [String]) throws {
        if writer == nil { try open(header + [Self.reasonColumn[language]]) }
        count += 1
        switch writer {
        case .csv(let csv): try csv.row(row + [reason])
        case .xlsx(let xlsx): try xlsx.row(row + [reason])
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
