import Store

extension Ledger {
    /// Signs the head of the tree, if it has grown since the last checkpoint.
    ///
    /// A head that does not continue the last checkpoint is never signed: a rewritten log cannot be made good by waiting.
    /// - Parameter at: the moment, in milliseconds since 1970.
    /// - Returns: the new note; `nil` when there is nothing new.
    /// - Throws: `LedgerError.inconsistent`, `.checkpointsMissing`, `.treeDamaged`.
    package static func checkpoint(in session: any Session, signer: Signer, key: EntryKey, at: Int64) throws -> CheckpointNote? {
        let hasher = TreeHasher()
        var head = try TreeHead.toContinue(in: session, key)
        let size = head.frontier.size, root = head.frontier.root(hasher)
        if let (last, number) = try lastNumbered(in: session) {
            guard size >= last.size else { throw LedgerError.inconsistent(size: last.size) }
            guard number == head.checkpoints else { throw LedgerError.checkpointsMissing(found: number, signed: head.checkpoints) }
            if size == last.size {
                guard root == last.root else { throw LedgerError.inconsistent(size: last.size) }
                return nil
            }
            try last.verify(by: signer.verifierKey)
            let proof = try consistencyProof(from: last.size, to: size, in: session)
            guard proof.proves(last.root, isBeginningOf: root) else { throw LedgerError.inconsistent(size: last.size) }
        } else if head.checkpoints > 0 {
            throw LedgerError.checkpointsMissing(found: 0, signed: head.checkpoints)
        }
        guard size > 0 else { return nil }
        let note = try CheckpointNote(origin: signer.verifierKey.name, size: size, root: root, signer: signer)
        head.checkpoints += 1
        let seal = key.seal(checkpoint: note.note, number: head.checkpoints, size: size, at: at)
        try session.execute(
            "INSERT INTO checkpoint (size, at, note, number, seal) VALUES ($1, $2, $3, $4, $5)",
            [.int(size), .int(at), .text(note.note), .int(head.checkpoints), .blob(seal.bytes)])
        try head.write(in: session, key)
        return note
    }

    /// The checkpoint of the largest tree, and its number: 0 for one of an earlier program.
    private static func lastNumbered(in session: any Session) throws -> (CheckpointNote, Int64)? {
        try session.first("SELECT note, number FROM checkpoint ORDER BY size DESC, at DESC LIMIT 1") {
            (try CheckpointNote(parsing: $0.text(0)), $0.intIfAny(1) ?? 0)
        }
    }

    /// The checkpoint of the largest tree.
    package static func lastCheckpoint(in session: any Session) throws -> CheckpointNote? { try lastNumbered(in: session)?.0 }
}

/// How the ledger stood when somebody looked: what a server remembers, to see that it does not become less.
package struct LedgerStanding: Sendable {
    package let size: Int64
    /// The newest checkpoint, where it can be read.
    package let checkpoint: CheckpointNote?
    /// Its moment, in milliseconds since 1970, where the program's key vouches for it.
    package let moment: Int64?

    /// - Throws: `LedgerError.treeDamaged` where there is no head to be read.
    package static func read(in session: any Session, key: EntryKey) throws -> LedgerStanding {
        var checkpoint: CheckpointNote?
        do { checkpoint = try Ledger.lastCheckpoint(in: session) } catch is LedgerError {}
        return LedgerStanding(
            size: try Ledger.head(in: session).size, checkpoint: checkpoint, moment: try Ledger.latestMoment(in: session, key))
    }

    /// Whether the present ledger continues this one.
    /// - Throws: `LedgerError.shrunk` where it does not.
    package func mustBeContinued(by present: LedgerStanding, in session: any Session) throws {
        guard present.size >= size else { throw LedgerError.shrunk(seen: size, found: present.size) }
        guard let checkpoint, present.checkpoint != checkpoint else { return }
        guard try Ledger.root(size: checkpoint.size, in: session) == checkpoint.root else {
            throw LedgerError.shrunk(seen: size, found: present.size)
        }
    }
}
