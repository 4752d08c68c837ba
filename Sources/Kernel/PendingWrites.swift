import Dispatch
import Ledger
import Store
import Synchronization
import Vault

/// A document that a step has created, with all that goes into the database with it.
final class NewDocument: Sendable {
    let record: Record
    let type: DocumentType
    /// What the fields hold, in clear, in their order.
    let values: [Stored]
    /// The document itself, for rules that look it up.
    let document: any Document
    let lookups: [Lookup]
    let grams: Set<String>
    let tasks: [[Value]]
    let deadlines: [[Value]]
    let taken: [Value]?
    /// Without the digest, which is taken when the body is sealed.
    let entry: Entry

    init(
        record: Record, type: DocumentType, values: [Stored], document: any Document, lookups: [Lookup], grams: Set<String>,
        tasks: [[Value]], deadlines: [[Value]], taken: [Value]?, entry: Entry
    ) {
        (self.record, self.type, self.values, self.document) = (record, type, values, document)
        (self.lookups, self.grams) = (lookups, grams)
        (self.tasks, self.deadlines, self.taken, self.entry) = (tasks, deadlines, taken, entry)
    }
}

/// The documents that a transaction has created and not written yet. They are written together, table by table: sealing goes on all cores,
/// and the database is asked once for many rows. Whoever looks something up in the transaction finds them all the same; whoever asks the
/// database directly has them written first (`Transaction.session`).
final class PendingWrites {
    private(set) var documents: [NewDocument] = []
    private var positions: [Lookup: [Int]] = [:]
    private var positionByID: [Int64: Int] = [:]
    /// Where the documents of the present act begin, when acts share the transaction and each can fail by itself.
    private var mark: Int?
    private var hasSavepoint = false

    func add(_ document: NewDocument) {
        for lookup in document.lookups { positions[lookup, default: []].append(documents.count) }
        positionByID[document.record.id] = documents.count
        documents.append(document)
    }

    func document(_ id: Int64) -> NewDocument? { positionByID[id].map { documents[$0] } }

    /// The newest first.
    func documents(with lookup: Lookup) -> [NewDocument] { (positions[lookup] ?? []).reversed().map { documents[$0] } }

    // MARK: Acts that share a transaction

    /// What `body` creates and writes stands or falls with it.
    func act<T>(_ session: any Session, _ body: () throws -> T) throws -> T {
        mark = documents.count
        defer { mark = nil }
        do {
            let result = try body()
            if hasSavepoint { try session.execute("RELEASE SAVEPOINT act_of_many") }
            hasSavepoint = false
            return result
        } catch {
            if hasSavepoint {
                try session.execute("ROLLBACK TO SAVEPOINT act_of_many")
                try session.execute("RELEASE SAVEPOINT act_of_many")
            }
            hasSavepoint = false
            forget(from: mark ?? 0)
            throw error
        }
    }

    private func forget(from start: Int) {
        while documents.count > start {
            let document = documents.removeLast()
            positionByID[document.record.id] = nil
            for lookup in document.lookups {
                positions[lookup]?.removeLast()
                if positions[lookup]?.isEmpty == true { positions[lookup] = nil }
            }
        }
    }

    // MARK: Writing

    /// Writes everything. In an act among many, what it writes from now on can be taken back.
    func write(_ session: any Session, _ keys: KeyRing) throws {
        if let start = mark, !hasSavepoint {
            try put(documents[..<start], session, keys)
            try session.execute("SAVEPOINT act_of_many")
            hasSavepoint = true
            try put(documents[start...], session, keys)
        } else {
            try put(documents[...], session, keys)
        }
        documents.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        positionByID.removeAll(keepingCapacity: true)
        if mark != nil { mark = 0 }
    }

    private func put(_ documents: ArraySlice<NewDocument>, _ session: any Session, _ keys: KeyRing) throws {
        if documents.isEmpty { return }
        let sealed = try Self.sealed(Array(documents), keys)
        try session.executeMany(Record.insertion, sealed.map(\.row))
        // In the order of the index: neighbours share its pages.
        let lookups = documents.flatMap { document in document.lookups.map { (key: $0.key, row: $0.row(document.record)) } }
        try put(lookups.sorted { $0.key < $1.key }.map(\.row), Lookup.insertion, session)
        let grams = documents.flatMap { document in document.grams.map { (gram: $0, row: [Value.text($0), .int(document.record.id)]) } }
        try put(grams.sorted { $0.gram < $1.gram }.map(\.row), SearchText.insertion, session)
        try put(documents.flatMap(\.tasks), TaskBoard.insertion, session)
        try put(documents.flatMap(\.deadlines), Clocks.insertion, session)
        try put(documents.compactMap(\.taken), Transaction.takenInsertion, session)
        try Ledger.append(sealed.map(\.entry), in: session)
    }

    private func put(_ rows: [[Value]], _ insertion: String, _ session: any Session) throws {
        if !rows.isEmpty { try session.executeMany(insertion, rows) }
    }

    private struct Sealed: Sendable {
        let row: [Value]
        let entry: Entry
    }

    /// Seals the bodies and takes their digests, on all cores where there are many.
    private static func sealed(_ documents: [NewDocument], _ keys: KeyRing) throws -> [Sealed] {
        let part = 32
        guard documents.count > part else { return try documents.map { try seal($0, keys) } }
        let parts = documents.chunked(part)
        let results = Mutex<[Int: Result<[Sealed], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            let result = Result { try parts[index].map { try seal($0, keys) } }
            results.withLock { $0[index] = result }
        }
        return try results.withLock { results in try parts.indices.flatMap { try results[$0]?.get() ?? [] } }
    }

    private static func seal(_ new: NewDocument, _ keys: KeyRing) throws -> Sealed {
        var record = new.record
        record.body = try Body(keys: keys).write(new.values, new.type.fields, id: record.id, level: record.level)
        var entry = new.entry
        entry.digest = record.digest
        return Sealed(row: record.row(digest: entry.digest), entry: entry)
    }
}
