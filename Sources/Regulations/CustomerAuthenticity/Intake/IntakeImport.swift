import Kernel
import Tables

/// Takes a file of applications into the book: each walks the same road as one that is typed in. Taken twice it adds nothing; killed
/// half-way and run again, it finishes.
package struct IntakeImport: Sendable {
    package struct Summary: Sendable {
        package var rows = 0
        package var applications = 0
        package var accepted = 0
        /// Refused, and kept as drafts to be supplemented.
        package var drafts = 0
        /// In the book before, and unchanged.
        package var known = 0
        /// Not taken at all: without a number, or another application has it.
        package var rejected = 0
        /// What was read of the file, and what was not.
        package var notes = TableNotes()
        package init() {}
    }

    package struct Progress: Sendable {
        package let rows: Int
        /// Bytes of the file that are done.
        package let done: Int
        package let total: Int?
    }

    private let desk: Desk
    private let principal: Principal
    private let language: Language
    private let batch: Int

    /// - Parameters:
    ///   - hand: whose act it is; the person must hold a post that enters applications.
    ///   - batch: applications in a transaction.
    package init(_ desk: Desk, by principal: Principal, language: Language = .zh, batch: Int = 4000) {
        (self.desk, self.principal, self.language, self.batch) = (desk, principal, language, max(1, batch))
    }

    /// - Parameters:
    ///   - name: the file's, where it lies under another.
    ///   - sheet: of a workbook; without it the first that can be seen and has the columns.
    ///   - rejected: takes the rows that were not accepted.
    /// - Throws: `PaperError` when the file cannot be read; what came before the fault has been taken.
    package func run(
        _ path: String, name: String? = nil, sheet: String? = nil, rejected: RejectedRows? = nil, progress: (Progress) -> Void = { _ in }
    ) async throws -> Summary {
        let reading = try IntakeReading(path: path, name: name, sheet: sheet, batch: batch, today: desk.clock.now().day)
        var summary = Summary()
        let line = reading.start()
        defer { line.stop() }
        while let part = try await line.next() {
            if let notes = part.notes { summary.notes = notes }
            for (rows, verdict) in zip(part.applications, try await verdicts(on: part.applications, isRehearsal: false)) {
                summary.rows += rows.rows.count
                summary.add(verdict)
                for (index, row) in rows.rows.enumerated() {
                    guard let reason = verdict.reason(ofPerson: index, in: language, rows, reading.columns) else { continue }
                    let place = RejectedRows.Place(row: rows.numbers[index], cells: verdict.cells(ofPerson: index, rows, reading.columns))
                    try rejected?.append(row, at: place, reason: reason, header: reading.header)
                }
            }
            progress(Progress(rows: summary.rows, done: part.position, total: reading.size))
        }
        try rejected?.close()
        try await desk.enterImport(
            of: Application.name, named: name ?? String(path.split(separator: "/").last ?? ""), summary.counts, by: principal)
        return summary
    }

    /// What becomes of applications; in a rehearsal, what would. What a row says and nobody can read goes back before it is judged.
    func verdicts(on found: [ApplicationRows], isRehearsal: Bool) async throws -> [IntakeVerdict] {
        let readable = found.filter(\.unreadable.isEmpty).map(\.application)
        if found.isEmpty { return [] }
        // Another import may hold the database.
        let results = try await Retry.wait {
            isRehearsal
                ? try await desk.dryRun(Application.submit, readable, by: principal)
                : try await desk.takeMany(Application.submit, readable, by: principal)
        }
        var next = results.makeIterator()
        var verdicts: [IntakeVerdict] = []
        for rows in found {
            guard rows.unreadable.isEmpty, let result = next.next() else {
                verdicts.append(.rejected(rows.unreadable))
                continue
            }
            verdicts.append(try await verdict(on: rows, result, isRehearsal).told(by: rows))
        }
        return verdicts
    }

    private func verdict(
        on rows: ApplicationRows, _ result: Result<Desk.Taken, any Error>, _ isRehearsal: Bool
    ) async throws -> IntakeVerdict {
        switch result {
        case .success(let taken): return taken.refusal.map { .draft($0.faults) } ?? .accepted
        case .failure(DeskError.conflict(Application.isInAlready)): return .known
        case .failure(DeskError.conflict(let words)): return try await unchanged(rows, words)
        case .failure(DeskError.invalid(let faults)): return try await supplement(rows, faults, isRehearsal)
        case .failure(DeskError.forbidden(let words)): throw DeskError.forbidden(words)
        case .failure(let refusal as Refusal): return .rejected([.init(field: "", refusal.words, under: refusal.article)])
        case .failure(let error): throw error
        }
    }

    /// What still waits goes back with its faults.
    private func unchanged(_ rows: ApplicationRows, _ words: Words) async throws -> IntakeVerdict {
        guard let draft = try await draft(of: rows) else { return .unchanged(words, []) }
        let told = try await desk.dryRun(Application.supplement, [rows.application], on: draft, by: principal)[0]
        return .unchanged(words, (try? told.get().refusal?.faults) ?? [])
    }

    private func draft(of rows: ApplicationRows) async throws -> Int64? {
        var query = RegisterQuery()
        query.equal["applicationNo"] = rows.application.applicationNo
        query.states = [Application.State.draft.rawValue]
        return try await desk.register(Application.name, query, by: principal.person).rows.first?.id
    }

    /// A corrected application goes to its draft.
    private func supplement(_ rows: ApplicationRows, _ faults: [Refusal.Fault], _ isRehearsal: Bool) async throws -> IntakeVerdict {
        guard !rows.application.applicationNo.isEmpty, let draft = try await draft(of: rows) else { return .rejected(faults) }
        let application = rows.application
        do {
            let taken = try await Retry.wait {
                isRehearsal
                    ? try await desk.dryRun(Application.supplement, [application], on: draft, by: principal)[0].get()
                    : try await desk.take(Application.supplement, on: draft, by: principal) { $0 = application }
            }
            return taken.refusal.map { .draft($0.faults) } ?? .accepted
        } catch DeskError.conflict(let words) {
            return .unchanged(words, [])
        }
    }
}

extension IntakeImport.Summary {
    /// As the record of an import has them.
    var counts: [(what: String, count: Int)] {
        [
            ("rows", rows), ("applications", applications), ("accepted", accepted), ("drafts", drafts), ("known", known),
            ("rejected", rejected),
        ]
    }

    mutating func add(_ verdict: IntakeVerdict) {
        applications += 1
        switch verdict {
        case .accepted: accepted += 1
        case .known: known += 1
        case .draft: drafts += 1
        case .rejected: rejected += 1
        case .unchanged: known += 1
        }
    }
}
