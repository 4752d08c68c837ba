import Identifiers
import Kernel
import Tables
import WorkCalendar

/// 第二十六条: the check of a whole file by the rules of intake, without a database.
///
/// Two passes in bounded memory: the first finds what rows share with each other, the second judges and answers row by row.
package struct FileCheck: Sendable {
    package struct Progress: Sendable {
        /// Rows answered.
        package let rows: Int
        /// Bytes gone through, of twice the file; nothing known about a total when it is zero.
        package let done: Int
        package let total: Int
    }

    private let check: RowCheck
    private let language: Language?
    private let namesSellers: Bool
    private let workers: Int
    private let scratch: String

    /// - Parameters:
    ///   - language: adds a column with the words of every fault.
    ///   - namesSellers: adds a column with the agent's number, by which answers are told apart by units.
    ///   - scratch: the folder for temporary files; none are left there.
    package init(
        _ check: RowCheck, language: Language? = nil, namesSellers: Bool = false, workers: Int = 2, scratch: String = "/tmp"
    ) {
        (self.check, self.language, self.namesSellers, self.workers, self.scratch) = (check, language, namesSellers, workers, scratch)
    }

    /// Writes `row,application_no,customer_no,verdict,blocks,warnings,sheet_row,cells` and perhaps `words`, a line a row, in the order of
    /// the file. Rows count from 1 behind the header; `sheet_row` is the number that a spreadsheet shows beside the row, and `cells` are
    /// the places of blocks and warnings, one for each.
    /// - Parameters:
    ///   - name: the file's, where it lies under another.
    ///   - sheet: of a workbook; without it the first that can be seen and has the columns.
    /// - Throws: `PaperError` when the file cannot be read, with the line.
    package func run(
        _ path: String, name: String? = nil, sheet: String? = nil, to answers: CSVWriter, progress: (Progress) -> Void = { _ in }
    ) throws -> CheckSummary {
        let source = try RereadableFile(path, scratch: scratch)
        defer { source.remove() }
        let size = source.size, name = name ?? path
        let (marks, facts) = try TableReader.reading(path: source.path, name: name, sheet: sheet, form: IntakeColumns.checked) { table in
            (
                try FileMarks(table, workers: workers, scratch: scratch) { _, bytes in
                    progress(Progress(rows: 0, done: bytes, total: size * 2))
                },
                table.facts
            )
        }
        let table = try TableReader(path: source.path, name: name, sheet: sheet, form: IntakeColumns.checked, facts: facts)
        // The two passes must see the same rows.
        guard table.size == marks.size else { throw PaperError.grew }
        let columns = IntakeColumns(try table.header(IntakeColumns.checked))
        let answerer = RowAnswerer(check: check, marks: marks, columns: columns, language: language, namesSellers: namesSellers)
        try answers.row(FileCheck.header + (language == nil ? [] : ["words"]) + (namesSellers ? ["agent_no"] : []))
        var summary = CheckSummary()
        try ParallelTable(table, workers: workers).run(
            { chunk in try answerer.answer(chunk) },
            inOrder: { part, extent in
                try answers.append(part.text)
                summary.add(part.summary)
                progress(Progress(rows: summary.rows, done: size + extent.position, total: size * 2))
            })
        try table.requireWhole()
        summary.notes = table.notes
        try answers.flush()
        return summary
    }

    private static let header = ["row", "application_no", "customer_no", "verdict", "blocks", "warnings", "sheet_row", "cells"]
}
