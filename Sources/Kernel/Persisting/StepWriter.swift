import Dispatch
import Ledger
import Store
import Synchronization
import Vault

/// A step as it goes to disk.
final class ReadyStep: Sendable {
    let step: PendingStep
    let sealed: PendingStep.Sealed
    /// Nothing where a later step of the same document says it all.
    let traces: PendingStep.IndexChanges?
    let keys: KeyRing

    init(_ step: PendingStep, _ sealed: PendingStep.Sealed, _ traces: PendingStep.IndexChanges?, _ keys: KeyRing) {
        (self.step, self.sealed, self.traces, self.keys) = (step, sealed, traces, keys)
    }
}

extension ReadyStep {
    /// Writes a document that was there before, sealed with what hangs on it now that the rest of the step is written.
    /// - Returns: the entry, with its digest.
    fileprivate func writeRecord(_ session: any Session, key: EntryKey) throws -> Entry {
        var entry = sealed.entry
        if step.before == nil { return entry }
        entry.digest = try Satellites.of(entry.document, session).whole(sealed.digest)
        try sealed.record.update(session, digest: key.seal(document: entry.digest))
        return entry
    }
}

/// How steps are written, table by table.
extension [ReadyStep] {
    /// - Parameters:
    ///   - writer: seals the entries.
    ///   - isAlone: nobody can write beside this transaction, and the entries get their places in the ledger's tree at once.
    func write(_ session: any Session, by writer: EntryWriter, isAlone: Bool = false) throws {
        if isEmpty { return }
        let new = filter { $0.step.before == nil }
        try session.executeMany(Record.insertion, new.map { $0.sealed.record.row(digest: $0.sealed.seal) })
        try session.executeMany(ContentKeyRow.insertion, compactMap(\.step.newKey))
        try session.executeMany(TaskList.insertion, new.flatMap { $0.step.effects.tasks ?? [] })
        try session.executeMany(RunningDeadlines.insertion, new.flatMap(\.step.effects.started))
        for one in self where one.step.before != nil { try one.step.writeDeeds(session) }
        try session.executeMany(TaskList.timing, filter(\.step.changesTimes).map { [.int($0.step.record.id)] })
        try writeTraces(session)
        try session.executeMany(Transaction.takenInsertion, compactMap(\.step.effects.taken))
        try session.executeMany(Act.grantInsertion, flatMap(\.step.effects.granted))
        try session.executeMany(Transaction.noticeInsertion, flatMap(\.step.effects.notices))
        try session.executeMany(PendingStep.fileUseInsertion, flatMap(\.step.fileUses))
        try session.executeMany(LegalHold.insertion, flatMap(\.step.effects.holds))
        try session.executeMany(LegalHold.release, flatMap(\.step.effects.released))
        for one in self { try one.settleContent(session) }
        // What hangs on a document that was there is read again.
        if new.count < count { try ForeignCode.requireNone(session) }
        let entries = try map { try $0.writeRecord(session, key: writer.key) }
        for one in self { try one.settleFiles(session) }
        guard isAlone else { return try Ledger.append(entries, in: session, by: writer) }
        guard try Ledger.appendInPlace(entries, in: session, by: writer) else { return }
        var tally = Tally()
        for (entry, one) in zip(entries, self) { tally.count(entry, in: one.step.record.scope) }
        try tally.write(session)
    }

    /// In the order of the index: neighbours share its pages.
    private func writeTraces(_ session: any Session) throws {
        let found = compactMap { one in one.traces.map { (record: one.step.record, traces: $0) } }
        try session.executeMany(IndexKey.deletion, found.flatMap { record, traces in traces.lostLookups.map { $0.row(record) } })
        let lookups = found.flatMap { record, traces in traces.lookups.map { (key: $0.key, row: $0.row(record)) } }
        try session.executeMany(IndexKey.insertion, lookups.sorted { $0.key < $1.key }.map(\.row))
        try SearchIndex.write(found.map { ($0.record.id, $0.traces.grams, $0.traces.lostGrams) }, session)
    }
}

extension ArraySlice<PendingStep> {
    /// Sealed on all cores, where there are many.
    func ready(_ body: Body, _ key: EntryKey) throws -> [ReadyStep] {
        var first: [Int64: Int] = [:], last: [Int64: Int] = [:]
        for index in indices {
            last[self[index].record.id] = index
            if first[self[index].record.id] == nil { first[self[index].record.id] = index }
        }
        let (origins, ends) = (first, last), part = 32
        @Sendable func ready(_ index: Int) throws -> ReadyStep {
            let step = self[index], id = step.record.id, values = step.document.values
            let origin = origins[id].flatMap { self[$0].before }
            let traces = ends[id] == index ? step.traces(values, since: origin, body.keys.blindIndex) : nil
            return ReadyStep(step, try step.sealed(values, body, key), traces, body.keys)
        }
        guard count > part else { return try indices.map(ready) }
        let parts = Array<Int>(indices).chunked(part)
        let results = Mutex<[Int: Result<[ReadyStep], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: parts.count) { number in
            let result = Result { try parts[number].map(ready) }
            results.withLock { $0[number] = result }
        }
        return try results.withLock { results in try parts.indices.flatMap { try results[$0]?.get() ?? [] } }
    }
}

extension PendingStep {
    /// Whether tasks of the document may have another time now.
    fileprivate var changesTimes: Bool {
        if before == nil { return !effects.started.isEmpty && effects.tasks?.isEmpty == false }
        return !type.deadlines.isEmpty
            && (effects.tasks?.isEmpty == false || !effects.started.isEmpty || !effects.met.isEmpty || !effects.dropped.isEmpty)
    }

    /// What a step does to the clocks and tasks of a document that was there before.
    fileprivate func writeDeeds(_ session: any Session) throws {
        for deadline in effects.dropped { try RunningDeadlines.drop(deadline, of: record.id, session) }
        for met in effects.met {
            if let moment = met.at { try RunningDeadlines.acquit(met.deadline, of: record.id, at: moment, session) }
            try RunningDeadlines.meet(met.deadline, of: record.id, at: met.at ?? record.changed, by: effects.heldBy, session)
        }
        try session.executeMany(RunningDeadlines.insertion, effects.started)
        if let person = effects.done { try TaskList.end(entry.step, of: person, on: record.id, session) }
        if entry.kind == .act, entry.person != 0 {
            try session.execute(
                "DELETE FROM act_draft WHERE person = $1 AND document = $2 AND step = $3",
                [.int(entry.person), .int(record.id), .text(entry.step)])
        }
        if let tasks = effects.tasks {
            try TaskList.clear(record.id, session)
            try session.executeMany(TaskList.insertion, tasks)
        }
    }
}
