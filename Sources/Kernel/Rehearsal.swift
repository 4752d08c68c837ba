import Store

/// What would become of steps if they were taken now.
extension Desk {
    /// Takes a creating step with each of the inputs, one after the other in one transaction, so that the second of two equal ones is
    /// refused - and takes all of it back. Nothing is written, in the ledger neither; no number is used up.
    /// Others who write wait until it is over.
    /// - Returns: for each input why it would be refused; `nil` where it would be taken.
    package func rehearse(_ step: String, of type: String, _ inputs: [[String: Stored]], by hand: Hand) async throws -> [(any Error)?] {
        guard let described = catalogue.type(type), let wanted = described.step(step) else { throw DeskError.absent }
        return try await rehearse(described.swiftType, wanted, inputs, by: hand)
    }

    private func rehearse<D: Document>(
        _ type: D.Type, _ step: DocumentType.Step, _ inputs: [[String: Stored]], by hand: Hand
    ) async throws -> [(any Error)?] {
        let now = clock.now()
        do {
            return try await store.write { [self] session -> [(any Error)?] in
                let transaction = try Transaction(self, session, now: now)
                let refusals = try inputs.map { input -> (any Error)? in
                    do {
                        try transaction.pending.act(session) {
                            _ = try transaction.take(type, step.name, on: nil, hand: hand, place: nil) { document in
                                var filled: any Document = document
                                try Input.fill(&filled, with: input, asked: step)
                                document = filled as! D
                            }
                        }
                        return nil
                    } catch let error where error is Refusal || error is DeskError {
                        return error
                    }
                }
                throw Rehearsed(refusals: refusals)
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.refusals
        }
    }
}

/// Ends a transaction without anything of it.
private struct Rehearsed: Error {
    let refusals: [(any Error)?]
}
