import Store

extension Ledger {
    /// Signs the head of the tree, if it has grown since the last checkpoint.
    ///
    /// A head that does not continue the last checkpoint is never signed: a rewritten log cannot be made good by waiting.
    /// - Parameter at: the moment, in milliseconds since 1970.
    /// - Returns: the new note; `nil` when there is nothing new.
    /// - Throws: `LedgerError.inconsistent`, `.treeDamaged`.
    package static func checkpoint(in session: any Session, signer: Signer, at: Int64) throws -> CheckpointNote? {
        let hasher = TreeHasher()
        let head = try head(in: session)
        let root = head.root(hasher)
        if let last = try lastCheckpoint(in: session) {
            guard head.size >= last.size else { throw LedgerError.inconsistent(size: last.size) }
            if head.size == last.size {
                guard root == last.root else { throw LedgerError.inconsistent(size: last.size) }
                return nil
            }
            try last.verify(by: signer.verifierKey)
            let proof = try consistencyProof(from: last.size, to: head.size, in: session)
            guard proof.proves(last.root, isBeginningOf: root) else { throw LedgerError.inconsistent(size: last.size) }
        }
        guard head.size > 0 else { return nil }
        let note = try CheckpointNote(origin: signer.verifierKey.name, size: head.size, root: root, signer: signer)
        try session.execute(
            "INSERT INTO checkpoint (size, at, note) VALUES ($1, $2, $3)", [.int(note.size), .int(at), .text(note.note)])
        return note
    }

    /// The checkpoint of the largest tree.
    package static func lastCheckpoint(in session: any Session) throws -> CheckpointNote? {
        try session.first("SELECT note FROM checkpoint ORDER BY size DESC, at DESC LIMIT 1") { try CheckpointNote(parsing: $0.text(0)) }
    }
}
