import Ledger
import Store
import WorkCalendar

/// Finds what must not stand, and clears what stands no more. Run again, or on two servers, it does the same once.
extension Desk {
    func seekFindings(_ done: @Sendable (JobDone) -> Void = { _ in }) async throws {
        let now = clock.now()
        for finding in catalogue.contents.flatMap(\.findings) {
            defer { done(.finding(type: finding.type, name: finding.name)) }
            let known = try await store.read { session in
                try session.all(
                    """
                    SELECT DISTINCT t.document FROM task t CROSS JOIN document d
                    WHERE t.step = $1 AND t.step LIKE '?%' AND d.id = t.document AND d.type = $2
                    """, [.text(finding.task), .text(finding.type)]
                ) { $0.int(0) }
            }
            let over = try await store.read { [self] session in
                let transaction = try Transaction(self, session, now: now)
                return try known.filter { try isOver(finding, $0, transaction, session) }
            }
            for id in over { try await store.write { [self] session in try end(finding, id, at: now, session) } }
            guard let found = try await store.read({ [self] session in try standing(finding, at: now, session) }) else { continue }
            for id in found where !known.contains(id) {
                try await store.write(alone: true) { [self] session in try find(finding, id, at: now, session) }
            }
            try await store.write { session in try finding.remember(now, session) }
        }
    }

    /// The documents in which it stands; `nil` when they were gone through within this hour.
    private func standing(_ finding: Finding, at now: Moment, _ session: any Session) throws -> [Int64]? {
        guard try !finding.wasSought(now, session) else { return nil }
        let places = finding.states.indices.map { "$\($0 + 3)" }.joined(separator: ", ")
        let transaction = try Transaction(self, session, now: now)
        // A part at a time: while a question runs, what stands is asked of others.
        var standing: [Int64] = [], last: Int64 = 0
        while true {
            let part = try session.all(
                "SELECT \(Record.columns) FROM document WHERE type = $1 AND id > $2 AND state IN (\(places)) ORDER BY id LIMIT 1000",
                [.text(finding.type), .int(last)] + finding.states.map { .text($0) }
            ) { Record($0) }
            guard let end = part.last else { return standing }
            standing += try part.filter { try finding.holds(in: $0, transaction) }.map(\.id)
            last = end.id
        }
    }

    private func find(_ finding: Finding, _ id: Int64, at now: Moment, _ session: any Session) throws {
        let tasks = "SELECT count(*) FROM task WHERE document = $1 AND step = $2"
        let transaction = try Transaction(self, session, now: now)
        guard let record = try provedForJob(id, session), try finding.holds(in: record, transaction),
            try session.count(tasks, [.int(id), .text(finding.task)]) == 0
        else { return }
        guard let type = catalogue.type(record.type) else { return }
        let addressees = transaction.authority.reached(finding.by, record, type, fields: try JSONReader.read(record.body))
        // What nobody can be told stands nowhere, and would be found anew each hour; it is found when somebody is there.
        if addressees.isEmpty { return }
        for addressee in addressees {
            try TaskList.add(finding.task, to: addressee, id, sender: .none, note: "", at: now, idGenerator: idGenerator, session)
            for person in transaction.authority.people(addressee) {
                let words = Words(
                    "发现问题：\(record.number ?? type.title.zh) \(finding.title.zh)",
                    "Found: \(record.number ?? type.title.en), \(finding.title.en)")
                try transaction.notify(person, words, about: id)
            }
        }
        try enter(
            .system, record, principal: .system, step: finding.task, articles: [finding.article], from: record.state, at: now, session)
    }

    private func isOver(_ finding: Finding, _ id: Int64, _ transaction: Transaction, _ session: any Session) throws -> Bool {
        try Record.load(id, session).map { try !finding.holds(in: $0, transaction) } ?? true
    }

    private func end(_ finding: Finding, _ id: Int64, at now: Moment, _ session: any Session) throws {
        guard try isOver(finding, id, Transaction(self, session, now: now), session), let record = try provedForJob(id, session) else {
            return
        }
        let ended = try session.execute("DELETE FROM task WHERE document = $1 AND step = $2", [.int(id), .text(finding.task)])
        guard ended > 0 else { return }
        try enter(
            .system, record, principal: .system, step: finding.ending, articles: [finding.article], from: record.state, at: now, session)
    }
}

extension Finding {
    private var mark: String { "finding \(type) \(name)" }
    private func hour(_ moment: Moment) -> String { String(moment.milliseconds / 3_600_000) }

    fileprivate func wasSought(_ now: Moment, _ session: any Session) throws -> Bool {
        try session.first("SELECT value FROM setting WHERE name = $1", [.text(mark)]) { $0.text(0) } == hour(now)
    }

    fileprivate func remember(_ now: Moment, _ session: any Session) throws {
        try session.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(mark), .text(hour(now))])
    }
}
