import Kernel
import Papers

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
        /// Rows with formulas, of which the value kept in the workbook was read.
        package var formulas = 0
        package init() {}
    }

    package struct Progress: Sendable {
        package let rows: Int
        /// Bytes of the file that are done.
        package let done: Int
        package let total: Int?
    }

    private let desk: Desk
    private let hand: Hand
    private let language: Language
    private let batch: Int

    /// - Parameters:
    ///   - hand: whose act it is; the person must hold a post that enters applications.
    ///   - batch: applications in a transaction.
    package init(_ desk: Desk, by hand: Hand, language: Language = .zh, batch: Int = 4000) {
        (self.desk, self.hand, self.language, self.batch) = (desk, hand, language, max(1, batch))
    }

    /// - Parameter rejected: takes the rows that were not accepted.
    /// - Throws: `PaperError` when the file cannot be read; what came before the fault has been taken.
    package func run(
        _ path: String, rejected: RejectedRows? = nil, progress: (Progress) -> Void = { _ in }
    ) async throws -> Summary {
        let reading = try IntakeReading(path: path, batch: batch)
        var summary = Summary()
        let line = reading.start()
        defer { line.stop() }
        while let part = try await line.next() {
            summary.formulas += part.formulas
            for (rows, verdict) in zip(part.applications, try await verdicts(on: part.applications, isRehearsal: false)) {
                summary.rows += rows.rows.count
                summary.add(verdict)
                for (index, row) in rows.rows.enumerated() {
                    guard let reason = verdict.reason(ofPerson: index, in: language) else { continue }
                    try rejected?.append(row, reason: reason, header: reading.header)
                }
            }
            progress(Progress(rows: summary.rows, done: part.position, total: reading.size))
        }
        try rejected?.close()
        return summary
    }

    /// What becomes of applications; in a rehearsal, what would. What a row says and nobody can read goes back before it is judged.
    func verdicts(on found: [ApplicationRows], isRehearsal: Bool) async throws -> [IntakeVerdict] {
        let readable = found.filter(\.unreadable.isEmpty).map(\.application)
        // Another import may hold the database.
        let results = try await Patience.wait {
            isRehearsal
                ? try await desk.rehearse("submit", readable, by: hand) : try await desk.takeMany("submit", readable, by: hand)
        }
        var next = results.makeIterator()
        var verdicts: [IntakeVerdict] = []
        for rows in found {
            guard rows.unreadable.isEmpty, let result = next.next() else {
                verdicts.append(.rejected(rows.unreadable))
                continue
            }
            verdicts.append(try await verdict(on: rows, result, isRehearsal))
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
        let told = try await desk.rehearse("supplement", [rows.application], on: draft, by: hand)[0]
        return .unchanged(words, (try? told.get().refusal?.faults) ?? [])
    }

    private func draft(of rows: ApplicationRows) async throws -> Int64? {
        var query = RegisterQuery()
        query.equal["applicationNo"] = rows.application.applicationNo
        query.states = [Application.State.draft.rawValue]
        return try await desk.register(Application.name, query, by: hand.person).rows.first?.id
    }

    /// A corrected application goes to its draft.
    private func supplement(_ rows: ApplicationRows, _ faults: [Refusal.Fault], _ isRehearsal: Bool) async throws -> IntakeVerdict {
        guard !rows.application.applicationNo.isEmpty, let draft = try await draft(of: rows) else { return .rejected(faults) }
        let application = rows.application
        do {
            let taken = try await Patience.wait {
                isRehearsal
                    ? try await desk.rehearse("supplement", [application], on: draft, by: hand)[0].get()
                    : try await desk.take("supplement", Application.self, on: draft, by: hand) { $0 = application }
            }
            return taken.refusal.map { .draft($0.faults) } ?? .accepted
        } catch DeskError.conflict(let words) {
            return .unchanged(words, [])
        }
    }
}

/// What became of one application of a file.
enum IntakeVerdict {
    case accepted, known
    case draft([Refusal.Fault])
    case rejected([Refusal.Fault])
    /// As it was before, with what it still lacks.
    case unchanged(Words, [Refusal.Fault])

    var faults: [Refusal.Fault] {
        switch self {
        case .accepted, .known: []
        case .draft(let faults), .rejected(let faults), .unchanged(_, let faults): faults
        }
    }

    /// Why the row of this person is handed back; `nil` when it is not.
    func reason(ofPerson index: Int, in language: Language) -> String? {
        switch self {
        case .accepted, .known: return nil
        case .unchanged(let words, let faults) where faults.isEmpty: return words[language]
        case .draft(let faults), .rejected(let faults), .unchanged(_, let faults):
            let own = faults.filter { !$0.field.hasPrefix("persons.") || $0.field.hasPrefix("persons.\(index).") }
            let told =
                own.isEmpty
                ? [Words("同一投保单的其他人有误，见其他行", "Another person of this application is at fault; see the other rows")] : own.map(\.words)
            return told.map { $0[language] }.joined(separator: language == .zh ? "；" : "; ")
        }
    }
}

extension IntakeImport.Summary {
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
