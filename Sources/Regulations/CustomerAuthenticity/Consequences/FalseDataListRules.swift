import Kernel
import WorkCalendar

/// What stands on a quarter's list (第二十二条).
extension FalseDataList {
    mutating func begin(_ act: Act) throws {
        try gather(act)
        guard let end = quarter?.days.upperBound else { return }
        act.start(
            FalseDataList.sending, due: .endOfDay(end.adding(days: try act.parameter(.falseDataListDays))), since: .endOfDay(end)
        ) { Post.compliance.title }
    }

    /// By the day on which it became final, whatever the sale. What was taken back before it was ever listed stands on none; what was taken
    /// back later is a correction.
    mutating func gather(_ act: Act) throws {
        guard let end = quarter?.days.upperBound else { return }
        let id = ID<FalseDataList>(act.record.id)
        let all = try FalseDataFinding.State.allCases.flatMap { try act.all(FalseDataFinding.self, in: $0, createdBy: act.today) }
            .sorted { $0.id.raw < $1.id.raw }
        let found = all.filter { one in
            one.state != .reversed && (one.value.listedIn.isNone || one.value.listedIn == id)
                && one.value.finalOn.map { $0 <= end } ?? false
        }
        let corrected = all.filter { one in
            one.state == .reversed && !one.value.listedIn.isNone && one.value.listedIn != id
                && (one.value.correctedIn.isNone || one.value.correctedIn == id) && one.value.reversedOn.map { $0 <= end } ?? false
        }
        rows =
            found.map { row(.finding, $0, on: $0.value.finalOn) }
            + (try corrected.map { one in
                var line = row(.correction, one, on: one.value.reversedOn)
                line.earlier = try act.load(one.value.listedIn)?.record.number ?? ""
                return line
            })
        (count, corrections, isNil) = (found.count, corrected.count, rows.isEmpty)
    }

    private func row(_ kind: FalseDataRow.Kind, _ found: Found<FalseDataFinding>, on day: Day?) -> FalseDataRow {
        var row = FalseDataRow()
        (row.kind, row.finding, row.day, row.codes) = (kind, found.id, day, found.value.codes)
        (row.policyNo, row.behaviour) = (found.value.policyNo, found.value.kind)
        return row
    }

    /// What has been sent stands on no other list.
    func mark(_ act: Act) throws {
        let id = ID<FalseDataList>(act.record.id)
        for row in rows {
            try act.take(FalseDataFinding.list, on: row.finding) {
                if row.kind == .finding { $0.listedIn = id } else { $0.correctedIn = id }
            }
        }
    }
}
