import Papers
import Synchronization

/// 第七条: the clues of a bare file: telephones and accounts that stand in the data of two different customers.
///
/// Two passes: the first gathers what is shared, the second fetches the rows that share it. Memory does not grow with the file, but
/// with what is found.
package struct FileScreen: Sendable {
    package static let header = ["clue_no", "kind", "value_masked", "customers", "policies", "agents", "first_seen"]

    package struct Summary: Sendable {
        package let rows: Int
        package let clues: Int
    }

    private let agents: AgentContacts?
    private let workers: Int
    private let scratch: String

    /// - Parameters:
    ///   - agents: contacts of agents to be matched as well.
    ///   - scratch: the folder for temporary files; none are left there.
    package init(agents: AgentContacts? = nil, workers: Int = 2, scratch: String = "/tmp") {
        (self.agents, self.workers, self.scratch) = (agents, workers, scratch)
    }

    /// Writes a line a shared value, in the order in which they are first met.
    /// - Throws: `PaperError` when the file cannot be read, with the line.
    package func run(_ path: String, to answers: CSVWriter, progress: (FileCheck.Progress) -> Void = { _ in }) throws -> Summary {
        let source = try RereadableFile(path, scratch: scratch)
        defer { source.remove() }
        let (clues, rows) = try find(source.path) { progress(.init(rows: $0, done: $1, total: source.size * 2)) }
        try answers.row(FileScreen.header)
        if !clues.isEmpty {
            var marks = RowMarks()
            for clue in clues { for row in clue.rows { marks.insert(Int(row)) } }
            let details = try ClueDetails(source.path, marks, workers: workers)
            for (index, clue) in clues.enumerated() { try answers.row(details.line(of: clue, number: index + 1)) }
        }
        try answers.flush()
        progress(.init(rows: rows, done: source.size * 2, total: source.size * 2))
        return Summary(rows: rows, clues: clues.count)
    }

    private func find(_ path: String, progress: (Int, Int) -> Void) throws -> (clues: [FileClue], rows: Int) {
        let table = try TableReader(path: path)
        let header = try Header(of: table, columns: IntakeColumns.lenient)
        try FileScreen.requireWhatIsScreened(header, line: table.columnsLine)
        let drawer = RecordDrawer(columns: IntakeColumns(header), drawsHolders: false)
        let runs = RecordRuns(scratch: scratch)
        let agents = agents
        var rows = 0
        var hits: [String: FileClue] = [:]
        try ParallelTable(table, workers: workers).run({ chunk in
            var (records, hits) = ([SharedRecord](), [(ContactMatch, row: UInt32)]())
            records.reserveCapacity(1 << 16)
            chunk.forEachRow { row in
                let cells = PersonCells(row, drawer.columns)
                drawer.draw(row, cells, into: &records)
                for match in agents?.matches(cells) ?? [] { hits.append((match, UInt32(truncatingIfNeeded: row.number))) }
            }
            try runs.add(records)
            return hits
        }, inOrder: { found, extent in
            for (match, row) in found { hits[match.key, default: FileClue(contact: match.masked, of: match.agents, rows: [])].rows.append(row) }
            rows += extent.rows
            progress(rows, extent.position)
        })
        var clues = Array(hits.values)
        try forEachPart(of: runs, { groups in FileScreen.clues(groups) }) { clues.append(contentsOf: $0) }
        clues.sort { ($0.rows[0], $0.kind.rawValue, $0.masked) < ($1.rows[0], $1.kind.rawValue, $1.masked) }
        return (clues, rows)
    }

    private static func clues(_ groups: ValueGroups) -> [FileClue] {
        guard groups.hasShared else { return [] }
        var rows: [Int32: (first: SharedRecord, rows: [UInt32])] = [:]
        for (index, record) in groups.records.enumerated() where groups.isShared(index) {
            rows[groups.groups[index], default: (record, [])].rows.append(record.row)
        }
        return rows.values.map { FileClue($0.first, rows: Array(Set($0.rows)).sorted()) }
    }

    private static func requireWhatIsScreened(_ header: Header, line: Int) throws {
        guard header["mobile"] != nil || header["landline"] != nil || header["bank_account"] != nil else {
            throw PaperError.missingColumns(["mobile/手机", "landline/固定电话", "bank_account/银行账号"], line: line)
        }
        guard header["document_number"] != nil || header["name"] != nil else {
            throw PaperError.missingColumns(["document_number/证件号码", "name/姓名"], line: line)
        }
    }
}
