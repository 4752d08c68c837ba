import Identifiers
import Tables
import WorkCalendar

/// What the answer may have to say of some rows of a chunk, kept as the bytes of the file: customer, policy, agent, day, and the
/// document where its key does not tell it.
struct RowDetails: Sendable {
    private struct Row {
        let number: UInt32
        /// Which row of the chunk it was, from 1.
        let position: UInt32
        /// Where its bytes end.
        let end: UInt32
    }

    private var rows: [Row] = []
    private var bytes: [UInt8] = []

    var size: Int { bytes.count + rows.count * MemoryLayout<Row>.stride }
    var first: UInt32? { rows.first?.number }

    mutating func append(_ row: TableRow, position: Int, _ columns: IntakeColumns) {
        let policy = row[columns.policyNo], document = row[columns.documentNumber]
        append(row[columns.customerNo])
        append(policy.isEmpty ? row[columns.applicationNo] : policy)
        append(row[columns.agentNo])
        append(row[columns.applicationDate])
        if CustomerKey.residentNumber(document) == nil { bytes.append(contentsOf: document) }
        rows.append(
            Row(
                number: UInt32(truncatingIfNeeded: row.number), position: UInt32(truncatingIfNeeded: position),
                end: UInt32(truncatingIfNeeded: bytes.count)))
    }

    private mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: cell)
        bytes.append(RowDetails.mark)
    }

    /// Stands in no text.
    private static let mark: UInt8 = 0xFF

    struct Detail {
        /// From 1, within the chunk.
        let position: Int
        let customer, policy, agent, document: String
        let date: Day?
    }

    func detail(of row: UInt32) -> Detail? {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].number < row { low = middle + 1 } else { high = middle }
        }
        guard low < rows.count, rows[low].number == row else { return nil }
        let own = bytes[(low == 0 ? 0 : Int(rows[low - 1].end))..<Int(rows[low].end)]
        let parts = own.split(separator: RowDetails.mark, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        return Detail(
            position: Int(rows[low].position), customer: parts[0], policy: parts[1], agent: parts[2], document: parts[4],
            date: Day(loose: parts[3]))
    }
}

/// The details of a whole file, as far as they are needed, and the lines of the answer made from them.
struct ClueLines {
    private var chunks: [(details: RowDetails, rowsBefore: Int)]

    /// - Parameter chunks: in the order of the file.
    init(_ chunks: [(details: RowDetails, rowsBefore: Int)]) { self.chunks = chunks.filter { $0.details.first != nil } }

    /// Fetches the marked rows by going through the file once more.
    init(_ table: TableReader, _ marks: RowMarks, workers: Int) throws {
        let columns = IntakeColumns(try table.header(IntakeColumns.screened))
        var chunks: [(details: RowDetails, rowsBefore: Int)] = []
        try ParallelTable(table, workers: workers).run(
            { chunk in
                var (details, position) = (RowDetails(), 0)
                chunk.forEachRow { row in
                    position += 1
                    if marks.contains(row.number) { details.append(row, position: position, columns) }
                }
                return details
            }, inOrder: { details, extent in chunks.append((details, extent.rowsBefore)) })
        self.init(chunks)
    }

    /// A customer stands once, by number, or without one by the number of the first row, from 1 behind the header.
    func line(of clue: FileClue, number: Int) -> [String] {
        var (names, order) = ([UInt64: String](), [UInt64]())
        var (policies, agents, first) = ([String](), clue.contacts, Day?.none)
        var masked = clue.masked
        for member in clue.members {
            guard let (detail, row) = detail(of: member.row) else { continue }
            if names[member.customer] == nil { order.append(member.customer) }
            if names[member.customer] == nil || names[member.customer]?.first == "#" {
                names[member.customer] = detail.customer.isEmpty ? names[member.customer] ?? "#\(row)" : detail.customer
            }
            masked = masked ?? Mask.documentNumber(detail.document)
            policies.append(detail.policy)
            agents.append(detail.agent)
            if let date = detail.date, first.map({ date < $0 }) ?? true { first = date }
        }
        let customers = order.compactMap { names[$0] }.map { $0.first == "#" ? String($0.dropFirst()) : $0 }
        return [
            String(number), clue.kind.rawValue, masked ?? "", ClueLines.joined(customers), ClueLines.joined(policies),
            ClueLines.joined(agents),
            first?.description ?? "",
            clue.members.map { CellPlace.name(column: $0.column, row: Int($0.row)) }.joined(separator: " "),
        ]
    }

    private func detail(of row: UInt32) -> (RowDetails.Detail, row: Int)? {
        var (low, high) = (0, chunks.count)
        while low < high {
            let middle = (low + high) / 2
            if (chunks[middle].details.first ?? 0) <= row { low = middle + 1 } else { high = middle }
        }
        guard low > 0, let detail = chunks[low - 1].details.detail(of: row) else { return nil }
        return (detail, chunks[low - 1].rowsBefore + detail.position)
    }

    /// Without doubles and gaps, in order.
    private static func joined(_ values: [String]) -> String {
        var seen: Set<String> = [""]
        return values.filter { seen.insert($0).inserted }.joined(separator: ";")
    }
}
