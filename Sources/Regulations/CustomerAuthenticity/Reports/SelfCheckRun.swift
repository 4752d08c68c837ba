import Identifiers
import Kernel
import Tables
import WorkCalendar

/// 客户资料自查: a file of customers, of whatever length, checked by the rules of intake and told apart by the units of those who sold
/// (第二十六条).
package struct SelfCheckRun {
    private let desk: Desk
    private let principal: Principal
    /// Of a unit's rows that are refused, so many are listed in its file.
    private static let mostListed = 50_000

    package init(_ desk: Desk, by principal: Principal) { (self.desk, self.principal) = (desk, principal) }

    package struct Result: Sendable {
        package let taken: Desk.Taken
        /// What was read of the file, and what was not.
        package let notes: TableNotes
    }

    /// Checks the file, keeps the list of each unit, and records the report with its tasks.
    /// - Parameters:
    ///   - name: the file's, as the person calls it.
    ///   - answers: a file for the answers, row by row; it is gone through once more and then of no use.
    /// - Throws: `PaperError`, `Refusal`, `DeskError`.
    package func run(_ path: String, name: String, sheet: String? = nil, answers: String) async throws -> Result {
        let today = desk.clock.now().day
        let writer = try CSVWriter(.file(answers))
        let summary = try FileCheck(RowCheck(today: today), namesSellers: true).run(path, name: name, sheet: sheet, to: writer)
        try writer.close()
        let places = try await places()
        let found = try Self.gather(answers, places)
        var report = SelfCheck()
        (report.fileName, report.rows, report.refused) = (name, summary.rows, summary.refused)
        report.rules = found.rules
        for unit in found.units {
            var line = SelfCheckUnit()
            (line.unit, line.checked, line.refused, line.isCut) = (unit.unit, unit.checked, unit.refused, unit.refused > Self.mostListed)
            if unit.refused > 0 {
                line.rows = [try await desk.keep(file: "不合规行.csv", content: unit.listed.bytes, by: principal)]
            }
            report.units.append(line)
        }
        let made = report
        return Result(taken: try await desk.take(SelfCheck.record, by: principal) { $0 = made }, notes: summary.notes)
    }

    /// Where each agent sells, and where what nobody sold stands.
    private func places() async throws -> (agents: [String: UnitID], rest: UnitID) {
        let organisation = try await desk.organisation()
        let day = desk.clock.now().day
        guard let own = organisation.placeOfNew(authenticity.id, by: principal.effective, on: day) else { throw DeskError.absent }
        let agents = try await desk.all(Agent.self).filter { $0.record.scope == own.scope && !$0.value.team.isNone }
        return (Dictionary(agents.map { ($0.value.agentNo, $0.value.team) }) { $1 }, own.scope)
    }

    private struct Unit {
        let unit: UnitID
        var checked = 0
        var refused = 0
        var listed = CSVText(guardsFormulas: true)
        var counts: [DataFault: Int] = [:]

        init(_ unit: UnitID) {
            self.unit = unit
            for head in ["row", "application_no", "customer_no", "blocks", "warnings", "sheet_row", "cells"] { listed.append(head) }
            listed.endRow()
        }
    }

    private static func gather(
        _ answers: String, _ places: (agents: [String: UnitID], rest: UnitID)
    ) throws -> (rules: [SelfCheckRule], units: [Unit]) {
        let table = try TableReader(path: answers)
        func column(_ name: String) -> Int { table.columns.firstIndex(of: name) ?? -1 }
        let (verdict, blocks, warnings, agent) = (column("verdict"), column("blocks"), column("warnings"), column("agent_no"))
        let shown = ["row", "application_no", "customer_no", "blocks", "warnings", "sheet_row", "cells"].map(column)
        var units: [UnitID: Unit] = [:], known: [String: UnitID] = [:]
        try table.forEachRow { row in
            let number = row.text(agent)
            let place = known[number] ?? places.agents[ApplicationNumber.normalForm(number)] ?? places.rest
            known[number] = place
            var unit = units.removeValue(forKey: place) ?? Unit(place)
            unit.checked += 1
            for code in FieldKind.codes(in: row.text(blocks)) + FieldKind.codes(in: row.text(warnings)) {
                if let fault = DataFault(code: code) { unit.counts[fault, default: 0] += 1 }
            }
            if row.text(verdict) == "refuse" {
                unit.refused += 1
                if unit.refused <= mostListed {
                    for place in shown { unit.listed.append(row[place]) }
                    unit.listed.endRow()
                }
            }
            units[place] = unit
        }
        let sorted = units.values.sorted { ($1.refused, $0.unit.raw) < ($0.refused, $1.unit.raw) }
        let rules = sorted.flatMap { unit in
            unit.counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map {
                SelfCheckRule(unit.unit, $0.key, $0.value)
            }
        }
        return (rules, sorted)
    }
}

/// 参照数: the first national check of 2014. A stated figure with its source, to set one's own beside.
package enum NationalCheck {
    package static let untrue: DecimalNumber = "4.02"
    package static let words = Words(
        "参照：2014 年首次全国检查 161 万件保单，客户资料不真实占 4.02%（缺失 3.2%，虚假 0.82%）。来源：公开报道，2015 年 1 月 29 日。",
        "For comparison: in the first national check of 2014 (1.61 million policies) 4.02% of the data were untrue, 3.2% missing and 0.82% false. Source: press report of 29 January 2015."
    )
}
