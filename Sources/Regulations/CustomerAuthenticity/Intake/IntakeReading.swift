import Dispatch
import Tables
import WorkCalendar

/// Reads a file of applications on a thread of its own, a few transactions' worth ahead of the book.
struct IntakeReading: Sendable {
    struct Part: Sendable {
        let applications: [ApplicationRows]
        /// Bytes of the file that are done with it.
        let position: Int
        /// What was read of the file and what was not; with the last part.
        var notes: TableNotes?
    }

    /// The columns that are handed back: all but an earlier reason.
    let header: [String]
    let columns: IntakeColumns
    let size: Int?
    let isWorkbook: Bool
    private let path: String
    private let name: String?
    private let sheet: String?
    private let batch: Int
    private let check: RowCheck
    private static let ahead = 4

    /// - Parameters:
    ///   - name: the file's, where it lies under another.
    ///   - sheet: of a workbook; without it the first that can be seen and has the columns.
    init(path: String, name: String? = nil, sheet: String? = nil, batch: Int, today: Day) throws {
        let table = try TableReader(path: path, name: name, sheet: sheet, form: IntakeColumns.imported)
        columns = IntakeColumns(try table.header(IntakeColumns.imported))
        header = IntakeReading.kept(table.columns).map { table.columns[$0] }
        isWorkbook = table.format == .xlsx
        (size, self.path, self.name, self.sheet, self.batch, check) = (table.size, path, name, sheet, batch, RowCheck(today: today))
    }

    private static func kept(_ names: [String]) -> [Int] {
        names.indices.filter { !RejectedRows.addedColumns.contains(names[$0]) }
    }

    /// The applications in the order of the file. Whoever takes them stops the line at the end.
    func start() -> IntakeLine {
        let line = IntakeLine(ahead: IntakeReading.ahead)
        DispatchQueue.global().async { [self] in line.end(Result { try read(principal: line.put) }) }
        return line
    }

    private func read(principal: (Part) throws -> Void) throws {
        let survey = try IntakeSurvey(path, name: name, sheet: sheet)
        let table = try TableReader(path: path, name: name, sheet: sheet, form: IntakeColumns.imported, facts: survey.facts)
        var gathering = ApplicationGathering(columns, kept: IntakeReading.kept(table.columns), survey: survey, check: check)
        func handDone(at position: Int) throws {
            guard !gathering.done.isEmpty else { return }
            try principal(Part(applications: gathering.takeDone(), position: position))
        }
        do {
            try table.forEachChunk { chunk in
                try chunk.forEachRow { row in
                    gathering.add(row)
                    if gathering.done.count >= batch { try handDone(at: chunk.position) }
                }
            }
            try table.requireWhole()
        } catch let fault as PaperError {
            // The applications before the fault go in, but for the last one, which may lack rows.
            try handDone(at: 0)
            throw fault
        }
        gathering.finish()
        try principal(Part(applications: gathering.takeDone(), position: table.size ?? 0, notes: table.notes))
    }
}
