import Kernel
import WorkCalendar

/// The months before the weeks that are told morning by morning.
extension TraderDemonstration {
    /// A part of a week: its first morning and afternoon, then its second.
    package func remember(_ week: Int, _ part: Int, at now: Moment) async throws {
        try await advance(at: now)
        if part == 0 { try await report(60 + week, at: now, late: false) }
        if part == 2 {
            if week % 3 == 2 { try await report(122 + week, at: now, late: false) }
            try await settleMonth(at: now)
        }
    }

    /// The statistics of the month before from each department, and the appraisal of the quarter.
    private func settleMonth(at now: Moment) async throws {
        let organisation = try await desk.organisation()
        for row in try await rows(StatisticsReturn.name, ["due", "submitted"], by: office.manager) {
            guard let head = organisation.holders(of: Post.head.id, within: row.unit, on: now.day).first else { continue }
            let batches = 30 + now.day.month * 3 + Int(row.unit.raw % 7) * 4
            let counts: [String: JSONValue] = [
                "received": .whole(Int64(batches)), "refused": .whole(Int64(batches % 4)), "unfit": .whole(Int64(batches % 3)),
                "complaints": .whole(Int64(now.day.month % 4)), "returns": .whole(Int64(batches % 5)),
            ]
            if row.state == "due" { try await desk.take(StatisticsReturn.submit, on: row.id, input: counts, by: Principal(head)) }
            try await desk.take(StatisticsReturn.receive, on: row.id, by: office.officer)
        }
        for sheet in try await rows(AppraisalSheet.name, ["drawn"], by: office.qualityHead) {
            // It waits for its entries to be decided.
            _ = try? await desk.take(AppraisalSheet.issue, on: sheet.id, by: office.qualityHead)
        }
    }
}
