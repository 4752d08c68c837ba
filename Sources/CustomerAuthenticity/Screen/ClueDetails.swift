import Papers
import WorkCalendar

/// What the answer says of the rows that share something: the second pass of a screening.
struct ClueDetails {
    private struct Detail: Sendable {
        let row: Int
        let position: Int
        let customer, policy, agent: String
        let date: Day?
    }

    private var details: [UInt32: Detail] = [:]

    init(_ path: String, _ marks: RowMarks, workers: Int) throws {
        let table = try TableReader(path: path)
        let columns = IntakeColumns(try Header(of: table, columns: IntakeColumns.lenient))
        try ParallelTable(table, workers: workers).run({ chunk in
            var (found, position) = ([Detail](), 0)
            chunk.forEachRow { row in
                position += 1
                guard marks.contains(row.number) else { return }
                let policy = row.text(columns.policyNo)
                found.append(Detail(
                    row: row.number, position: position, customer: row.text(columns.customerNo),
                    policy: policy.isEmpty ? row.text(columns.applicationNo) : policy, agent: row.text(columns.agentNo),
                    date: Day(loose: row[columns.applicationDate])))
            }
            return found
        }, inOrder: { found, extent in
            for detail in found {
                let position = detail.position + extent.rowsBefore
                details[UInt32(truncatingIfNeeded: detail.row)] = Detail(
                    row: detail.row, position: position, customer: detail.customer.isEmpty ? String(position) : detail.customer,
                    policy: detail.policy, agent: detail.agent, date: detail.date)
            }
        })
    }

    /// A line of the answer. Who has no customer number is named by the number of the row, from 1 behind the header.
    func line(of clue: FileClue, number: Int) -> [String] {
        let rows = clue.rows.compactMap { details[$0] }
        return [
            String(number), clue.kind.rawValue, clue.masked, joined(rows.map(\.customer)), joined(rows.map(\.policy)),
            joined(clue.contacts + rows.map(\.agent)), rows.compactMap(\.date).min()?.description ?? "",
        ]
    }

    /// Without doubles and gaps, in order.
    private func joined(_ values: [String]) -> String {
        var seen: Set<String> = [""]
        return values.filter { seen.insert($0).inserted }.joined(separator: ";")
    }
}
