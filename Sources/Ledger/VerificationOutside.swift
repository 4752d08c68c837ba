import Store

/// What stands outside the tree, and what lies outside a verification.
extension Ledger {
    /// Entries outside the tree: those that wait, and those that nobody knows of. Counting is cheap; names are looked for only when the
    /// counts do not agree.
    static func verifyPlaces(
        in session: any Session, _ expectation: Expectation, _ runs: inout RunCounts, _ report: inout VerificationReport
    ) throws {
        let moment = try latestMoment(in: session, expectation.entryKey)
        var isWaiting = false
        try session.stream(
            "SELECT p.entry, p.refused, e.at, e.body FROM entry_pending p LEFT JOIN entry e ON e.id = p.entry ORDER BY p.entry", []
        ) { row in
            let id = row.int(0)
            guard !row.isNull(3) else { return report.note(.entryRefused(id: id, .missing)) }
            let objection = row.withBlob(3) { body in
                let objection = Objection.to(body, id: id, after: moment, expectation.entryKey).0
                if objection == nil || objection == .late { runs.take(body, id: id) }
                return objection
            }
            if let objection {
                report.note(.entryRefused(id: id, objection))
            } else if !row.isNull(1) {
                report.note(.entryHeldBack(id: id))
            } else {
                report.waiting += 1
                guard row.int(2) < expectation.placedBefore, !isWaiting else { return }
                isWaiting = true
                report.note(.entryWaiting(id: id, since: row.int(2)))
            }
        }
        for position in try session.all(
            "SELECT position FROM leaf WHERE position >= $1 ORDER BY position LIMIT 3", [.int(greatestSize)], { $0.int(0) })
        { report.note(.gap(position: position)) }
        let entries = try session.count("SELECT count(*) FROM entry")
        let placed = try session.count("SELECT count(*) FROM leaf")
        let waiting = try session.count("SELECT count(*) FROM entry_pending")
        guard entries != placed + waiting || !report.isClean else { return }
        try session.each(
            """
            SELECT e.id FROM entry e WHERE NOT EXISTS (SELECT 1 FROM leaf l WHERE l.entry = e.id)
            AND NOT EXISTS (SELECT 1 FROM entry_pending p WHERE p.entry = e.id) ORDER BY e.id LIMIT $1
            """, [.int(Int64(VerificationReport.faultLimit))]
        ) { report.note(.entryUnplaced(id: $0.int(0))) }
    }

    /// Says what this verification could not see.
    static func say(
        limits boundary: Boundary?, of expectation: Expectation, in session: any Session, _ report: inout VerificationReport
    ) throws {
        if let boundary, boundary.size > 0 { report.limits.append(.earlierForm(size: boundary.size, at: boundary.at)) }
        let moment = "SELECT e.at FROM leaf l JOIN entry e ON e.id = l.entry WHERE l.position = $1"
        if let size = expectation.kept.filter({ (try? $0.verify(by: expectation.key)) != nil }).map(\.size).max(), size > 0 {
            report.limits.append(.keptUpTo(size: size, at: try session.count(moment, [.int(size - 1)])))
        } else if report.entries > 0 {
            report.limits.append(.nothingKept(newest: try session.count(moment, [.int(report.size - 1)])))
        }
    }
}
