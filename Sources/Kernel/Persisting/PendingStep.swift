import Ledger
import Store
import Vault

/// A step that was taken and waits to be written, with all that goes into the database with it.
final class PendingStep: Sendable {
    /// How a document stood before a step.
    struct Before: Sendable {
        let record: Record
        let values: [JSONValue]
        let lookups: [IndexKey]
        /// The names of the steps that were not on its way.
        let bypassed: [String]
    }

    let type: DocumentType
    /// As the step leaves it; the body is made when it is sealed.
    let record: Record
    let document: any Document
    let lookups: [IndexKey]
    /// Nothing for a new document.
    let before: Before?
    let effects: Effects
    /// Without the digest, which is taken when the body is sealed, of a document that was there before after it is written.
    let entry: Entry
    /// Of a document that has a key of its own.
    let ownKey: OwnKey?

    /// What a step does besides changing its document, as rows.
    struct Effects: Sendable {
        /// The tasks of the state that the document is in now; `nil` when it stays in its state.
        let tasks: [[Value]]?
        /// Whose task is done by this step alone, which others take too.
        let done: PersonID?
        let started: [[Value]]
        let met: [MetClock]
        let dropped: [Deadline]
        /// Who took it; `nil` for the system.
        let heldBy: Words?
        let taken: [Value]?
        let granted: [[Value]]
        let notices: [[Value]]
        let holds: [[Value]]
        /// The documents whose holds by this one end.
        let released: [[Value]]

        /// All that hangs on a document that is new with the step.
        var satellites: Satellites { Satellites(tasks: tasks ?? [], clocks: started, taken: taken) }
    }

    init(
        _ type: DocumentType, _ record: Record, _ document: any Document, lookups: [IndexKey], before: Before?, _ effects: Effects,
        _ entry: Entry, _ ownKey: OwnKey? = nil
    ) {
        (self.type, self.record, self.document, self.lookups) = (type, record, document, lookups)
        (self.before, self.effects, self.entry, self.ownKey) = (before, effects, entry, ownKey)
    }

    /// The document as it goes to disk. Needs no database, so that it is made on all cores.
    struct Sealed: Sendable {
        let record: Record
        /// Of the record alone.
        let digest: [UInt8]
        /// What stands beside a new document: see `ProvedDocument`.
        let seal: [UInt8]
        let entry: Entry
    }

    func sealed(_ values: [JSONValue], _ body: Body, _ key: EntryKey) throws -> Sealed {
        var record = record, entry = entry
        let kept =
            ownKey?.deed == .destroy
            ? Body.Kept.nothing
            : try body.write(values, type.fields, title: record.title, id: record.id, level: record.level, by: ownKey?.key)
        (record.body, record.sealed, record.title) = (kept.open, kept.sealed, kept.title)
        let digest = record.digest
        guard before == nil else { return Sealed(record: record, digest: digest, seal: [], entry: entry) }
        entry.digest = effects.satellites.whole(digest)
        return Sealed(record: record, digest: digest, seal: key.seal(document: entry.digest), entry: entry)
    }

    /// By what a document is found newly, and by what no longer: equal values, and parts of its number, title and names.
    struct IndexChanges: Sendable {
        let lookups: [IndexKey], lostLookups: [IndexKey]
        let grams: Set<Int64>, lostGrams: Set<Int64>
    }

    /// - Parameter origin: how the document stands in the database; `nil` where it is not there yet.
    func traces(_ values: [JSONValue], since origin: Before?, _ keys: BlindIndex) -> IndexChanges {
        let grams = type.grams(values, record, keys)
        guard let origin else { return IndexChanges(lookups: lookups, lostLookups: [], grams: grams, lostGrams: []) }
        let known = type.grams(origin.values, origin.record, keys)
        return IndexChanges(
            lookups: lookups.filter { !origin.lookups.contains($0) }, lostLookups: origin.lookups.filter { !lookups.contains($0) },
            grams: grams.subtracting(known), lostGrams: known.subtracting(grams))
    }
}
