import Tables
import Synchronization
import WorkCalendar

/// What the first pass over a file finds out: which rows share a telephone or an account with another customer, which name an account
/// holder who is not the applicant of their application, and which give a document to another name or day of birth than another row does.
package struct FileMarks: Sendable {
    package private(set) var phones = RowMarks()
    package private(set) var accounts = RowMarks()
    package private(set) var strangersAccounts = RowMarks()
    /// In the order of their rows.
    private var contradictions: [IdentityContradiction] = []
    /// How many rows behind the header came before the chunk whose first row has this number. Empty lines have numbers too.
    private var rowsBefore: [Int: Int] = [:]
    package private(set) var rows = 0
    /// How many bytes of the file it saw.
    let size: Int?

    /// - Parameter progress: told how much of the file, in bytes, is done.
    init(_ table: TableReader, workers: Int, scratch: String, progress: (_ rows: Int, _ bytes: Int) -> Void) throws {
        size = table.size
        let drawer = RecordDrawer(columns: IntakeColumns(try table.header(IntakeColumns.checked)), drawsHolders: true)
        let runs = RecordRuns(scratch: scratch)
        try ParallelTable(table, workers: workers).run(
            { chunk in
                var records: [SharedRecord] = []
                records.reserveCapacity(1 << 16)
                var first = 0
                chunk.forEachRow { row in
                    if first == 0 { first = row.number }
                    drawer.draw(row, PersonCells(row, drawer.columns), into: &records)
                }
                try runs.add(records)
                return first
            },
            inOrder: { first, extent in
                rowsBefore[first] = extent.rowsBefore
                rows += extent.rows
                progress(rows, extent.position)
            })
        try gather(runs)
    }

    /// How many rows came before the chunk that begins with this row; `nil` when the first pass saw no such chunk.
    func rowsBefore(chunkAt first: Int) -> Int? { rowsBefore[first] }

    /// The row with which this one does not agree about the person of its document.
    func rowContradicting(_ row: Int) -> Int? {
        if contradictions.isEmpty { return nil }
        var (low, high) = (0, contradictions.count)
        while low < high {
            let middle = (low + high) / 2
            if contradictions[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return low < contradictions.count && contradictions[low].row == row ? Int(contradictions[low].other) : nil
    }

    private mutating func gather(_ runs: RecordRuns) throws {
        try forEachPart(of: runs, { groups in PartMarks(groups) }) { part in
            for row in part.phones { phones.insert(Int(row)) }
            for row in part.accounts { accounts.insert(Int(row)) }
            for row in part.holders { strangersAccounts.insert(Int(row)) }
            contradictions += part.contradictions
        }
        contradictions.sort { $0.row < $1.row }
    }
}

/// The rows to be marked, of one part of the records.
private struct PartMarks: Sendable {
    var phones: [UInt32] = []
    var accounts: [UInt32] = []
    var holders: [UInt32] = []
    var contradictions: [IdentityContradiction] = []

    init(_ groups: ValueGroups) {
        guard groups.hasShared else { return }
        contradictions = groups.contradictions().flatMap(\.rows)
        var applicants: [Int32: [UInt64]] = [:]
        for (index, record) in groups.records.enumerated() where record.kind == .applicant && groups.isShared(index) {
            applicants[groups.groups[index], default: []].append(record.key)
        }
        for (index, record) in groups.records.enumerated() where groups.isShared(index) {
            switch record.kind {
            case .phone: phones.append(record.row)
            case .account: accounts.append(record.row)
            case .applicant, .identity: break
            case .holder:
                guard let names = applicants[groups.groups[index]] else { continue }
                if !names.contains(record.key) { holders.append(record.row) }
            }
        }
    }
}
