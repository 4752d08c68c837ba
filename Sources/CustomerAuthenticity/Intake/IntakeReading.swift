import Dispatch
import Papers

/// Reads a file of applications on a thread of its own, a few transactions' worth ahead of the book.
struct IntakeReading: Sendable {
    struct Part: Sendable {
        let applications: [ApplicationRows]
        /// Bytes of the file that are done with it.
        let position: Int
        /// Rows with formulas that were read for it.
        var formulas = 0
    }

    /// The columns that are handed back: all but an earlier reason.
    let header: [String]
    let size: Int?
    private let path: String
    private let batch: Int
    private static let ahead = 4

    init(path: String, batch: Int) throws {
        let table = try TableReader(path: path)
        _ = try IntakeReading.columns(table)
        header = IntakeReading.kept(table.columns).map { table.columns[$0] }
        (size, self.path, self.batch) = (table.size, path, batch)
    }

    private static func columns(_ table: TableReader) throws -> IntakeColumns {
        let header = try Header(of: table, columns: IntakeColumns.known)
        guard header["application_no"] != nil else {
            throw PaperError.missingColumns(["application_no/投保单号"], line: table.columnsLine)
        }
        return IntakeColumns(header)
    }

    private static func kept(_ names: [String]) -> [Int] {
        names.indices.filter { !RejectedRows.reasonColumns.contains(names[$0]) }
    }

    /// The applications in the order of the file. Whoever takes them stops the line at the end.
    func start() -> IntakeLine {
        let line = IntakeLine(ahead: IntakeReading.ahead)
        let (path, batch) = (path, batch)
        DispatchQueue.global().async {
            line.end(Result { try IntakeReading.read(path, batch, hand: line.put) })
        }
        return line
    }

    private static func read(_ path: String, _ batch: Int, hand: (Part) throws -> Void) throws {
        let table = try TableReader(path: path)
        var gathering = ApplicationGathering(try columns(table), kept: kept(table.columns))
        var formulas = 0
        func handDone(at position: Int) throws {
            guard !gathering.done.isEmpty else { return }
            try hand(Part(applications: gathering.takeDone(), position: position, formulas: formulas))
            formulas = 0
        }
        do {
            try table.forEachChunk { chunk in
                try chunk.forEachRow { row in
                    gathering.add(row)
                    if row.hasFormula { formulas += 1 }
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
        try handDone(at: table.size ?? 0)
    }
}
