import Identifiers
import Kernel
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
        let masks = Self.masks(columns)
        names = table.columns
        var rows: [Row] = []
        do {
            try table.forEachRow { row in
                guard rows.count < limit else { throw Enough() }
                let faults = check.check(PersonCells(row, columns))
                let cells = (0..<table.columns.count).map { masks[$0]?(row.text($0)) ?? row.text($0) }
                rows.append(Row(line: row.line, cells: cells, faults: faults))
            }
        } catch is Enough {}
        self.rows = rows
    }

    /// Personal data is masked here as everywhere: the file itself is with whoever hands it in.
    private static func masks(_ columns: IntakeColumns) -> [Int: (String) -> String] {
        var masks: [Int: (String) -> String] = [:]
        for column in [columns.name, columns.accountHolder] { masks[column] = SealedKind.maskName }
        for (column, kind) in [
            (columns.documentNumber, SealedKind.document), (columns.mobile, .phone), (columns.landline, .phone), (columns.email, .email),
            (columns.address, .address), (columns.bankAccount, .account),
        ] { masks[column] = kind.mask }
        return masks
    }

    private struct Enough: Error {}
}
