import Store

/// What would become of steps if they were taken now. All of it is taken back: nothing is written, in the ledger neither, no number is used
/// up, and what a rule opens counts as read by nobody. Others who write wait until it is over.
extension Desk {
    /// Takes a creating step with each of the inputs, one after the other in one transaction, so that the second of two equal ones is
    /// refused.
    package func dryRun(
        _ step: String, of type: String, _ inputs: [[String: JSONValue]], by principal: Principal
    ) async throws -> [Result<Taken, any Error>] {
        guard let described = catalogue.type(type), let wanted = described.step(step) else { throw DeskError.absent }
        return try await dryRun(
            described.swiftType, step, on: nil, by: principal,
            inputs.map { input in { document in try Input.fill(&document, with: input, asked: wanted) } })
    }

    /// The same with values, as programs have them, or with one for a document that is there.
    package func dryRun<D: Document>(
        _ step: Step<D>, _ values: [D], on id: Int64? = nil, by principal: Principal
    ) async throws -> [Result<Taken, any Error>] {
        try await dryRun(D.self, step.name, on: id, by: principal, values.map { value in { $0 = value } })
    }

    /// Takes a step of a document as it stands, without anything new.
    package func dryRun<D: Document>(_ step: Step<D>, on id: Int64, by principal: Principal) async throws -> Result<Taken, any Error> {
        try await dryRun(step.name, of: D.name, on: id, by: principal)
    }

    package func dryRun(_ step: String, of type: String, on id: Int64, by principal: Principal) async throws -> Result<Taken, any Error> {
        guard let described = catalogue.type(type) else { throw DeskError.absent }
        return try await look(described.swiftType, step, on: id, by: principal) { _ in }
    }

    /// Takes a step of a document with what a form holds so far.
    package func dryRun(
        _ step: String, of type: String, on id: Int64, input: [String: JSONValue], by principal: Principal
    ) async throws -> Result<Taken, any Error> {
        guard let described = catalogue.type(type), let wanted = described.step(step) else { throw DeskError.absent }
        return try await look(described.swiftType, step, on: id, by: principal) { document in
            try Input.fill(&document, with: input, asked: wanted)
        }
    }

    /// On a document that is there, where it is enough to read: nobody who writes waits for it. Where the step writes before it asks, the
    /// writer's turn is taken.
    private func look<D: Document>(
        _ type: D.Type, _ step: String, on id: Int64, by principal: Principal,
        _ fill: @escaping @Sendable (inout any Document) throws -> Void
    ) async throws -> Result<Taken, any Error> {
        let now = clock.now()
        do {
            return try await store.read { [self] session in
                let transaction = try Transaction(self, session, now: now, mayWrite: false)
                try transaction.requireVisible(id, of: D.name, to: principal)
                do {
                    return .success(
                        Taken(
                            try transaction.take(type, step, on: id, principal: principal, place: nil) { document in
                                try Self.fill(&document, fill)
                            }))
                } catch let error where error is Refusal || error is DeskError {
                    return .failure(error)
                }
            }
        } catch is Transaction.WritingNeeded {
            return try await dryRun(type, step, on: id, by: principal, [fill])[0]
        }
    }

    /// The fields that a step would find at fault, were it taken with this: for a form that has faults of its own and is to come back once.
    /// - Parameter known: the fields that are at fault already; nothing is said of them, nor of what hangs on them.
    package func faults(
        of step: String, of type: String, on id: Int64?, _ input: [String: JSONValue], besides known: [Refusal.Fault],
        by principal: Principal
    ) async throws -> [Refusal.Fault] {
        guard let described = catalogue.type(type), let wanted = described.step(step) else { throw DeskError.absent }
        let unread = Set(known.map(FaultGathering.field))
        let rest = input.filter { !unread.contains($0.key) }
        let told = try await dryRun(
            described.swiftType, step, on: id, by: principal,
            [{ document in try Input.fill(&document, with: rest, asked: wanted, andAlso: known) }]
        )[0]
        let found =
            switch told {
            case .success(let taken): taken.refusal?.faults ?? []
            case .failure(let refusal as Refusal): refusal.faults
            case .failure(DeskError.invalid(let faults)): faults
            case .failure: [Refusal.Fault]()
            }
        return found.filter { !$0.field.isEmpty && !unread.contains(FaultGathering.field($0)) }
    }

    private func dryRun<D: Document>(
        _ type: D.Type, _ step: String, on id: Int64?, by principal: Principal, _ fills: [@Sendable (inout any Document) throws -> Void]
    ) async throws -> [Result<Taken, any Error>] {
        let now = clock.now()
        do {
            return try await store.write(alone: true) { [self] session -> [Result<Taken, any Error>] in
                let transaction = try Transaction(self, session, now: now, isRehearsal: true)
                try transaction.organisation.requireSeen(principal.seen)
                if let id { try transaction.requireVisible(id, of: D.name, to: principal) }
                let results = try fills.map { fill -> Result<Taken, any Error> in
                    do {
                        return try transaction.pending.act(session) {
                            .success(
                                Taken(
                                    try transaction.take(type, step, on: id, principal: principal, place: nil) { document in
                                        try Self.fill(&document, fill)
                                    }))
                        }
                    } catch let error where error is Refusal || error is DeskError {
                        return .failure(error)
                    }
                }
                throw Rehearsed(results: results)
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.results
        }
    }
}

/// Ends a transaction without anything of it.
private struct Rehearsed: Error {
    let results: [Result<Desk.Taken, any Error>]
}
