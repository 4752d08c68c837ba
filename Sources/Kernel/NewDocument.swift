import Dispatch
import Ledger
import Store
import Synchronization
import Vault

/// A document that a step has created, with all that goes into the database with it.
final class NewDocument: Sendable {
    let record: Record
    let type: DocumentType
    /// The document itself, for rules that look it up.
    let document: any Document
    let lookups: [Lookup]
    let tasks: [[Value]]
    let deadlines: [[Value]]
    let taken: [Value]?
    /// Without the digest, which is taken when the body is sealed.
    let entry: Entry

    init(
        record: Record, type: DocumentType, document: any Document, lookups: [Lookup], tasks: [[Value]], deadlines: [[Value]],
        taken: [Value]?, entry: Entry
    ) {
        (self.record, self.type, self.document, self.lookups) = (record, type, document, lookups)
        (self.tasks, self.deadlines, self.taken, self.entry) = (tasks, deadlines, taken, entry)
    }
}

extension NewDocument {
    /// Writes these, table by table.
    static func put(_ documents: [NewDocument], _ session: any Session, _ keys: KeyRing) throws {
        if documents.isEmpty { return }
        let sealed = try sealed(documents, keys)
        try session.executeMany(Record.insertion, sealed.map(\.row))
        // In the order of the index: neighbours share its pages.
        let lookups = documents.flatMap { document in document.lookups.map { (key: $0.key, row: $0.row(document.record)) } }
        try session.executeMany(Lookup.insertion, lookups.sorted { $0.key < $1.key }.map(\.row))
        let grams = zip(documents, sealed).flatMap { document, sealed in
            sealed.grams.map { (gram: $0, row: [Value.text($0), .int(document.record.id)]) }
        }
        try session.executeMany(SearchText.insertion, grams.sorted { $0.gram < $1.gram }.map(\.row))
        try session.executeMany(TaskBoard.insertion, documents.flatMap(\.tasks))
        try session.executeMany(Clocks.insertion, documents.flatMap(\.deadlines))
        try session.executeMany(Transaction.takenInsertion, documents.compactMap(\.taken))
        try Ledger.append(sealed.map(\.entry), in: session)
    }

    private struct Sealed: Sendable {
        let row: [Value]
        let entry: Entry
        let grams: Set<String>
    }

    /// Sealed on all cores, where there are many.
    private static func sealed(_ documents: [NewDocument], _ keys: KeyRing) throws -> [Sealed] {
        let part = 32
        guard documents.count > part else { return try documents.map { try $0.sealed(keys) } }
        let parts = documents.chunked(part)
        let results = Mutex<[Int: Result<[Sealed], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            let result = Result { try parts[index].map { try $0.sealed(keys) } }
            results.withLock { $0[index] = result }
        }
        return try results.withLock { results in try parts.indices.flatMap { try results[$0]?.get() ?? [] } }
    }

    /// Seals the body and takes its digest.
    private func sealed(_ keys: KeyRing) throws -> Sealed {
        var record = record
        let values = document.values
        record.body = try Body(keys: keys).write(values, type.fields, id: record.id, level: record.level)
        var entry = entry
        entry.digest = record.digest
        return Sealed(row: record.row(digest: entry.digest), entry: entry, grams: type.grams(values, record))
    }
}
