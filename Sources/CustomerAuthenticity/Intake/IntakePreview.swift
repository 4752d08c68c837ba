import Identifiers
import Papers

/// The first rows of a file with what the rules say of each, before anything is taken in.
package struct IntakePreview: Sendable {
    package struct Row: Sendable {
        /// The line of the text, or the row of the sheet.
        package let line: Int
        package let cells: [String]
        package let faults: FaultSet
    }

    package let names: [String]
    package let rows: [Row]

    /// - Throws: `PaperError` when the file is no table of applications.
    package init(path: String, check: RowCheck, limit: Int = 20) throws {
        let table = try TableReader(path: path)
        let columns = IntakeColumns(try Header(of: table, columns: IntakeColumns.known))
        names = table.columns
        var rows: [Row] = []
        do {
            try table.forEachRow { row in
                guard rows.count < limit else { throw Enough() }
                let faults = check.check(PersonCells(row, columns))
                rows.append(Row(line: row.line, cells: (0..<table.columns.count).map(row.text), faults: faults))
            }
        } catch is Enough {}
        self.rows = rows
    }

    private struct Enough: Error {}
}
