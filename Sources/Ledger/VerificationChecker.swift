/// Checks pages in order and grows the tree. Used by one thread at a time (a serial queue), hence unchecked.
///
/// When an entry and its leaf disagree, one of them was altered, and the tree says which. From the first such place on, two trees are
/// grown, one from the leaves and one from the entries, until an anchor - a kept subtree, a checkpoint, the kept head - shows which of
/// the two is the old one.
final class VerificationChecker: @unchecked Sendable {
    private let hasher = TreeHasher()
    private let key: VerifierKey
    private var report = VerificationReport()
    private var next: Int64 = 0
    private var tree = Frontier()
    /// The tree that the entries make, while it is in doubt.
    private var doubt: (tree: Frontier, places: [(position: Int64, id: Int64)])?
    /// Positions were missing: the tree cannot be grown further.
    private var isBroken = false

    init(key: VerifierKey) { self.key = key }

    func check(_ page: VerificationPage) {
        let subtrees = Dictionary(page.subtrees.map { (Place($0), $0.hash) }, uniquingKeysWith: { first, _ in first })
        var checkpoints = page.checkpoints[...]
        page.bodies.withUnsafeBytes { bodies in
            for line in page.lines {
                check(line, bodies, subtrees)
                while let first = checkpoints.first, first.size <= next {
                    check(first)
                    checkpoints = checkpoints.dropFirst()
                }
            }
        }
        if next < page.positions.upperBound { missing(upTo: page.positions.upperBound) }
        for checkpoint in checkpoints { check(checkpoint) }
    }

    func finish(size: Int64, beyond: [VerificationPage.Signed], kept: Frontier?) -> VerificationReport {
        if !isBroken {
            settle(fits: tree == kept, otherFits: doubt != nil && doubt?.tree == kept)
            settleWithoutAnchor()
            if kept != tree { report.note(.headAltered(size: kept?.size ?? 0)) }
        }
        for checkpoint in beyond {
            report.checkpoints += 1
            guard verified(checkpoint) != nil else { continue }
            report.note(.shortened(expected: checkpoint.size, found: size))
        }
        report.root = tree.root(hasher)
        return report
    }

    private struct Place: Hashable {
        let height: Int
        let index: Int64
        init(_ subtree: Subtree) {
            height = subtree.height
            index = subtree.index
        }
    }

    private func check(_ line: VerificationPage.Line, _ bodies: UnsafeRawBufferPointer, _ subtrees: [Place: TreeHash]) {
        if line.position > next { missing(upTo: line.position) }
        next = line.position + 1
        report.entries += 1
        var made: TreeHash?
        if let row = line.row {
            let body = UnsafeRawBufferPointer(rebasing: bodies[row.body])
            made = hasher.leaf(body)
            if !agrees(row, line.entry, body) { report.note(.columnsDisagree(position: line.position, id: line.entry)) }
        } else {
            report.note(.entryMissing(position: line.position, id: line.entry))
        }
        guard !isBroken else {
            if let made, made != line.leaf { report.note(.entryAltered(position: line.position, id: line.entry)) }
            return
        }
        if let made, made != line.leaf {
            if doubt == nil { doubt = (tree, []) }
            doubt?.places.append((line.position, line.entry))
        }
        let leaf = line.leaf ?? hasher.empty
        var grown: [Subtree] = []
        var doubted: [Subtree] = []
        doubt?.tree.append(made ?? leaf, hasher) { doubted.append($0) }
        tree.append(leaf, hasher) { grown.append($0) }
        for index in grown.indices {
            let kept = subtrees[Place(grown[index])]
            let other = doubted.isEmpty ? nil : doubted[index].hash
            if settle(fits: grown[index].hash == kept, otherFits: other != nil && other == kept) { grown = doubted }
            guard grown[index].hash != kept else { continue }
            let positions = grown[index].positions
            report.note(.rangeDisagrees(first: positions.lowerBound, last: positions.upperBound - 1))
        }
    }

    /// Columns are what queries see; the body is what the tree proves.
    private func agrees(_ row: VerificationPage.EntryRow, _ id: Int64, _ body: UnsafeRawBufferPointer) -> Bool {
        guard let fixed = try? Entry.Fixed(body) else { return false }
        return fixed.id == id && fixed.at == row.at && fixed.document == row.document && fixed.person == row.person
    }

    private func missing(upTo position: Int64) {
        report.note(.gap(position: next))
        settleWithoutAnchor()
        isBroken = true
        next = position
    }

    // MARK: anchors

    private func check(_ checkpoint: VerificationPage.Signed) {
        report.checkpoints += 1
        guard let note = verified(checkpoint), !isBroken else { return }
        settle(fits: tree.root(hasher) == note.root, otherFits: doubt?.tree.root(hasher) == note.root)
        if tree.size != note.size || tree.root(hasher) != note.root {
            report.note(checkpoint.isExternal ? .rewritten(size: note.size) : .checkpointWrong(size: note.size))
        }
    }

    private func verified(_ checkpoint: VerificationPage.Signed) -> CheckpointNote? {
        if let note = try? CheckpointNote(parsing: checkpoint.note), note.size == checkpoint.size, (try? note.verify(by: key)) != nil {
            return note
        }
        report.note(checkpoint.isExternal ? .foreignCheckpoint(size: checkpoint.size) : .checkpointSignature(size: checkpoint.size))
        return nil
    }

    /// Decides what is in doubt, if an anchor fits one of the two trees.
    /// - Returns: whether the tree of the entries is the old one, and now the only one.
    @discardableResult
    private func settle(fits: Bool, otherFits: Bool) -> Bool {
        guard let doubt, fits || otherFits else { return false }
        self.doubt = nil
        for (position, id) in doubt.places {
            report.note(fits ? .entryAltered(position: position, id: id) : .leafAltered(position: position, id: id))
        }
        if !fits { tree = doubt.tree }
        return !fits
    }

    /// Neither tree is confirmed: the entry is the evidence, and it is not what was placed.
    private func settleWithoutAnchor() {
        for place in doubt?.places ?? [] { report.note(.entryAltered(position: place.position, id: place.id)) }
        doubt = nil
    }
}
