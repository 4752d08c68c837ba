import Store
import Vault

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
            try NewDocument.put(Array(documents[..<start]), session, keys)
            try session.execute("SAVEPOINT act_of_many")
            hasSavepoint = true
            try NewDocument.put(Array(documents[start...]), session, keys)
        } else {
            try NewDocument.put(documents, session, keys)
        }
        documents.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        positionByID.removeAll(keepingCapacity: true)
        if mark != nil { mark = 0 }
    }
}
