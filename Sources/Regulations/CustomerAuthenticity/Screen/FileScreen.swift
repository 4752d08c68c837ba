import Tables
import Synchronization

/// 第七条: the clues of a bare file: telephones and accounts that stand in the data of two different customers; and
/// documents that stand under different names or days of birth (第六条).
///
/// One pass finds what is shared, and keeps what the answer may have to say of the rows as long as that is little; of a large file the
/// rows that share something are fetched in a second pass, so that memory does not grow with the file.
package struct FileScreen: Sendable {
    package static let header = ["clue_no", "kind", "value_masked", "customers", "policies", "agents", "first_seen", "cells"]

    package struct Summary: Sendable {
        package let rows: Int
        package let clues: Int
        /// What was read of the file, and what was not.
        package let notes: TableNotes
    }

    private let agents: AgentContacts?
    private let workers: Int
    private let scratch: String
    private let keeping: Int

    /// - Parameters:
    ///   - agents: contacts of agents to be matched as well.
    ///   - scratch: the folder for temporary files; none are left there.
    ///   - keeping: how many bytes of rows may be kept in memory, to spare the second pass.
    package init(agents: AgentContacts? = nil, workers: Int = 2, scratch: String = "/tmp", keeping: Int = 80 << 20) {
        (self.agents, self.workers, self.scratch, self.keeping) = (agents, workers, scratch, keeping)
    }

    /// Writes a line a shared value, in the order in which they are first met; `cells` are its places, as a spreadsheet names them.
    /// - Parameter sheet: of a workbook; without it the first that can be seen and has the columns.
    /// - Throws: `PaperError` when the file cannot be read, with the line.
    package func run(
        _ path: String, sheet: String? = nil, to answers: CSVWriter, progress: (FileCheck.Progress) -> Void = { _ in }
    ) throws -> Summary {
        let source = try RereadableFile(path, scratch: scratch)
        defer { source.remove() }
        var (screening, facts) = try TableReader.reading(path: source.path, name: path, sheet: sheet, form: IntakeColumns.screened) {
            table in
            let screening = try Screening(table, agents: agents, workers: workers, scratch: scratch, keeping: keeping) {
                progress(.init(rows: $0, done: $1, total: source.size * 2))
            }
            return (screening, table.facts)
        }
        let clues = try screening.clues()
        try answers.row(FileScreen.header)
        if !clues.isEmpty {
            let lines = try screening.kept.map { ClueLines($0) } ?? fetch(clues, from: source.path, sheet, facts)
            for (index, clue) in clues.enumerated() { try answers.row(lines.line(of: clue, number: index + 1)) }
        }
        try answers.flush()
        progress(.init(rows: screening.rows, done: source.size * 2, total: source.size * 2))
        return Summary(rows: screening.rows, clues: clues.count, notes: screening.notes)
    }

    private func fetch(_ clues: [FileClue], from path: String, _ sheet: String?, _ facts: SheetFacts) throws -> ClueLines {
        var marks = RowMarks()
        for clue in clues { for member in clue.members { marks.insert(Int(member.row)) } }
        let table = try TableReader(path: path, sheet: sheet, form: IntakeColumns.screened, facts: facts)
        return try ClueLines(table, marks, workers: workers)
    }
}

/// The pass over the file.
private struct Screening {
    private(set) var rows = 0
    private(set) var notes = TableNotes()
    /// What the answer may have to say of every row; `nil` when that was too much.
    private(set) var kept: [(details: RowDetails, rowsBefore: Int)]? = []
    private let runs: RecordRuns
    private let columns: IntakeColumns
    private var hits: [String: FileClue] = [:]

    private struct Part: Sendable {
        var records: [SharedRecord] = []
        var hits: [(ContactMatch, member: FileClue.Member)] = []
        var details = RowDetails()
    }

    init(
        _ table: TableReader, agents: AgentContacts?, workers: Int, scratch: String, keeping: Int,
        progress: (_ rows: Int, _ bytes: Int) -> Void
    ) throws {
        let drawer = RecordDrawer(columns: IntakeColumns(try table.header(IntakeColumns.screened)), drawsHolders: false)
        let runs = RecordRuns(scratch: scratch)
        (self.runs, columns) = (runs, drawer.columns)
        let keeps = Atomic(true)
        var size = 0
        try ParallelTable(table, workers: workers).run(
            { chunk in
                var part = Part()
                part.records.reserveCapacity(1 << 16)
                let keeps = keeps.load(ordering: .relaxed)
                let columns = drawer.columns
                var position = 0
                chunk.forEachRow { row in
                    position += 1
                    let cells = PersonCells(row, columns), before = part.records.count
                    drawer.draw(row, cells, into: &part.records)
                    for match in agents?.matches(cells) ?? [] {
                        let member = FileClue.Member(
                            row: UInt32(truncatingIfNeeded: row.number), customer: CustomerKey(cells)?.bits ?? UInt64(row.number),
                            column: match.column(columns))
                        part.hits.append((match, member))
                    }
                    if keeps, part.records.count > before || !part.hits.isEmpty {
                        part.details.append(row, position: position, columns)
                    }
                }
                try runs.add(part.records)
                part.records = []
                return part
            },
            inOrder: { part, extent in
                for (match, member) in part.hits {
                    hits[match.key, default: FileClue(contact: match.masked, of: match.agents)].members.append(member)
                }
                size += part.details.size
                if size > keeping {
                    kept = nil
                    keeps.store(false, ordering: .relaxed)
                }
                kept?.append((part.details, extent.rowsBefore))
                rows += extent.rows
                progress(rows, extent.position)
            })
        try table.requireWhole()
        notes = table.notes
    }

    /// All clues, in the order of the answer.
    mutating func clues() throws -> [FileClue] {
        var clues = Array(hits.values)
        try forEachPart(of: runs, { [columns] groups in Screening.clues(groups, columns) }) { clues.append(contentsOf: $0) }
        clues.sort { $0.precedes($1) }
        return clues
    }

    private static func clues(_ groups: ValueGroups, _ columns: IntakeColumns) -> [FileClue] {
        guard groups.hasShared else { return [] }
        var clues: [Int32: FileClue] = [:]
        for (index, record) in groups.records.enumerated() where groups.isShared(index) && record.kind != .identity {
            clues[groups.groups[index], default: FileClue(record)].members.append(
                .init(row: record.row, customer: record.key, column: FileClue.column(record, columns)))
        }
        return clues.values.map { clue in
            var clue = clue
            clue.members.sort { $0.row < $1.row }
            return clue
        } + groups.contradictions().map { FileClue(document: $0, $1, $2, columns) }
    }
}
