/// Why a table could not be read or written, in words that say what is wrong and what to do.
///
/// Lines count from 1, as a text editor shows them; in a workbook a line is the row of the sheet.
package enum PaperError: Error, Equatable, Sendable {
    // Opening.
    case cannotOpen(path: String, cause: SystemCause)
    case cannotRead(line: Int, cause: SystemCause)
    case empty
    case utf16
    case oldWorkbook
    case notATable
    /// A page of the web, or XML, under the name of a workbook.
    case webPage
    /// What an office program leaves beside a file that it has open.
    case lockFile

    // Text.
    case badText(line: Int, expected: TextEncoding)
    case mixedEncodings(line: Int)
    case cutOff(line: Int)
    case nul(line: Int)
    case unclosedQuote(line: Int)
    case tooManyColumns(line: Int, limit: Int)
    case fieldTooLong(line: Int, column: Int, limit: Int)
    case rowTooLong(line: Int, limit: Int)
    case stillBeingWritten(line: Int)
    case shrank(line: Int)
    case grew

    // The header.
    /// Each as `name/姓名`, so that each language has its own.
    case missingColumns([String], line: Int)
    /// A header whose names have full-width commas between them.
    case wideSeparator(line: Int)
    case doubledColumn(first: String, firstIndex: Int, second: String, secondIndex: Int, line: Int)

    // Workbooks.
    case damagedWorkbook(part: String, line: Int?)
    case workbookTooLarge(part: String, limit: Int)
    case declaresEntities(part: String)
    case noSuchSheet(String, present: [String])
    /// No visible sheet has the columns. `hidden` are those that have them and cannot be seen.
    case noSheetFits(missing: [String], sheets: [String], hidden: [String])
    case rowsOutOfOrder(part: String, line: Int)

    // Writing.
    case cannotWrite(path: String, cause: SystemCause)
    case diskFull(path: String)
    case tooManyRows(limit: Int)
    case unwritableText(row: Int, column: Int)

    /// The line at which it was found, where there is one.
    package var line: Int? {
        switch self {
        case .cannotRead(let line, _), .badText(let line, _), .mixedEncodings(let line), .cutOff(let line), .nul(let line),
            .unclosedQuote(let line), .tooManyColumns(let line, _), .fieldTooLong(let line, _, _), .rowTooLong(let line, _),
            .stillBeingWritten(let line), .shrank(let line), .missingColumns(_, let line), .wideSeparator(let line),
            .rowsOutOfOrder(_, let line), .doubledColumn(_, _, _, _, let line):
            line
        case .damagedWorkbook(_, let line): line
        case .unwritableText(let row, _): row
        default: nil
        }
    }
}
