/// Checks pages in order and grows the tree. Used by one thread at a time (a serial queue), hence unchecked.
///
/// Leaves are proved by the seal of the subtree over them, and by their own where that one does not fit.
/// When an entry and its leaf disagree, one of them was altered. The leaf's seal says which; where neither is sealed, somebody else put
/// both there. Below the boundary, where leaves have no seals, the tree says which: from the first such place on, two trees are grown,
/// one from the leaves and one from the entries, until an anchor - a kept subtree, a checkpoint, the boundary, the kept head - shows
/// which of the two is the old one.
final class VerificationChecker: @unchecked Sendable {
    private let hasher = TreeHasher()
    private let expectation: Ledger.Expectation
    private let boundary: Boundary?
    private var checkpoints: CheckpointOrder
    private var report = VerificationReport()
    /// The moment of the entry at the first position.
    private var begun: Int64?
    private var next: Int64 = 0
    private var tree = Frontier()
    /// The tree that the entries make, while it is in doubt.
    private var doubt: (tree: Frontier, places: [(position: Int64, id: Int64)])?
    /// Leaves that fit their entries and whose seals were not asked: a sealed subtree, or the sealed head, answers for all of them.
    private var unasked: [VerificationPage.Line] = []
    /// The run of positions that the key did not fill, and where the report has it.
    private var forged: (first: Int64, last: Int64, id: Int64, place: Int?)?
    /// Keyed entries were found before the boundary.
    private var isBoundaryMoved = false
    /// How many entries each run has written.
    private(set) var runs = RunCounts()
    /// Positions were missing: the tree cannot be grown further.
    private var isBroken = false

    init(_ expectation: Ledger.Expectation, _ boundary: Boundary?) {
        (self.expectation, self.boundary) = (expectation, boundary)
        checkpoints = CheckpointOrder(expectation.entryKey, boundary)
        if boundary == nil { report.note(.boundaryAltered) }
    }

    func check(_ page: VerificationPage) {
        let subtrees: Kept = Dictionary(
            page.subtrees.map { (Place($0.subtree), ($0.subtree.hash, $0.seal)) }, uniquingKeysWith: { first, _ in first })
        var checkpoints = page.checkpoints[...]
        page.bodies.withUnsafeBytes { bodies in
            for line in page.lines {
                check(line, bodies, subtrees)
                checkBoundary()
                while let first = checkpoints.first, first.size <= next {
                    check(first)
                    checkpoints = checkpoints.dropFirst()
                }
            }
        }
        if next < page.positions.upperBound { missing(upTo: page.positions.upperBound) }
        for checkpoint in checkpoints { check(checkpoint) }
    }

    func finish(size: Int64, beyond: [VerificationPage.Signed], head: TreeHead?) -> VerificationReport {
        let kept = head?.frontier
        if !isBroken {
            settle(fits: tree == kept, otherFits: doubt != nil && doubt?.tree == kept)
            settleWithoutAnchor()
        }
        if isBroken || head?.isSealed != true || kept != tree { askSeals() }
        let isTrees = isBroken || (kept ?? Frontier()) == tree, isOwn = head?.isSealed ?? (next == 0)
        if !isTrees || !isOwn { report.note(.headAltered(size: kept?.size ?? 0)) }
        for checkpoint in beyond {
            guard verified(checkpoint) != nil else { continue }
            report.note(.shortened(expected: checkpoint.size, found: size))
        }
        if let boundary, boundary.size > next { report.note(.shortened(expected: boundary.size, found: next)) }
        let signed = head.flatMap { $0.isSealed ? $0.checkpoints : nil }
        checkpoints.finish(signed, &report)
        if checkpoints.isEmpty, signed ?? 0 == 0, let begun, begun < expectation.signedBefore { report.note(.noCheckpoints) }
        report.size = next
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

    /// The subtrees that the database has, with their seals.
    private typealias Kept = [Place: (hash: TreeHash, seal: TreeHash?)]

    private func check(_ line: VerificationPage.Line, _ bodies: UnsafeRawBufferPointer, _ subtrees: Kept) {
        if line.position > next { missing(upTo: line.position) }
        next = line.position + 1
        report.entries += 1
        var made: TreeHash?
        if let row = line.row {
            let body = UnsafeRawBufferPointer(rebasing: bodies[row.body])
            made = hasher.leaf(body)
            if !agrees(row, line.entry, body) { report.note(.columnsDisagree(position: line.position, id: line.entry)) }
            checkForm(body, at: line.position)
            runs.take(body, id: line.entry)
        } else {
            report.note(.entryMissing(position: line.position, id: line.entry))
        }
        if begun == nil { begun = line.row?.at }
        let leaf = hasSeal(line) ? sealedLeaf(line, made) : line.leaf ?? hasher.empty
        if !hasSeal(line), let made, made != line.leaf {
            if isBroken { return report.note(.entryAltered(position: line.position, id: line.entry)) }
            if doubt == nil { doubt = (tree, []) }
            doubt?.places.append((line.position, line.entry))
        }
        guard !isBroken else { return }
        grow(leaf, hasSeal(line) ? leaf : made ?? leaf, subtrees)
    }

    /// Adds a leaf to the tree, and to the one in doubt the leaf that the entry makes.
    private func grow(_ leaf: TreeHash, _ other: TreeHash, _ subtrees: Kept) {
        var grown: [Subtree] = []
        var doubted: [Subtree] = []
        doubt?.tree.append(other, hasher) { doubted.append($0) }
        tree.append(leaf, hasher) { grown.append($0) }
        for index in grown.indices {
            let kept = subtrees[Place(grown[index])]?.hash
            let other = doubted.isEmpty ? nil : doubted[index].hash
            if settle(fits: grown[index].hash == kept, otherFits: other != nil && other == kept) { grown = doubted }
            guard grown[index].hash != kept else {
                pass(grown[index], subtrees)
                continue
            }
            askSeals()
            let positions = grown[index].positions
            report.note(.rangeDisagrees(first: positions.lowerBound, last: positions.upperBound - 1))
        }
    }

    /// Without a boundary nobody knows which leaves must have a seal; those that have one are still checked.
    private func hasSeal(_ line: VerificationPage.Line) -> Bool { boundary.map { line.position >= $0.size } ?? (line.seal != nil) }

    /// The leaves under a sealed hash need not be asked one by one.
    private func pass(_ subtree: Subtree, _ kept: Kept) {
        guard !unasked.isEmpty, subtree.height == Subtree.keptHeights[0] else { return }
        if kept[Place(subtree)]?.seal == expectation.entryKey.seal(subtree) { return unasked.removeAll(keepingCapacity: true) }
        askSeals()
    }

    private func askSeals() {
        for line in unasked {
            guard let leaf = line.leaf else { continue }
            if line.seal != expectation.entryKey.seal(leaf: leaf, entry: line.entry, position: line.position) { noteForged(line) }
        }
        unasked.removeAll(keepingCapacity: true)
    }

    /// The leaf that the program placed here, as far as it can be told now.
    private func sealedLeaf(_ line: VerificationPage.Line, _ made: TreeHash?) -> TreeHash {
        if let leaf = line.leaf, !isBroken, made == nil || made == leaf {
            unasked.append(line)
            return leaf
        }
        askSeals()
        func isSealed(_ hash: TreeHash) -> Bool {
            line.seal == expectation.entryKey.seal(leaf: hash, entry: line.entry, position: line.position)
        }
        if let leaf = line.leaf, isSealed(leaf) {
            if let made, made != leaf { report.note(.entryAltered(position: line.position, id: line.entry)) }
            return leaf
        }
        if let made, made != line.leaf, isSealed(made) {
            report.note(.leafAltered(position: line.position, id: line.entry))
            return made
        }
        noteForged(line)
        return line.leaf ?? hasher.empty
    }

    /// Where one is taken out and the rest moved up, every position after it is false: that is one fault.
    private func noteForged(_ line: VerificationPage.Line) {
        if let run = forged, run.last == line.position - 1 {
            forged?.last = line.position
            if let place = run.place { report.amend(place, .leavesForged(first: run.first, last: line.position, id: run.id)) }
        } else {
            let place = report.noteForNow(.leavesForged(first: line.position, last: line.position, id: line.entry))
            forged = (line.position, line.position, line.entry, place)
        }
    }

    /// Columns are what queries see; the body is what the tree proves.
    private func agrees(_ row: VerificationPage.EntryRow, _ id: Int64, _ body: UnsafeRawBufferPointer) -> Bool {
        guard let fixed = try? Entry.Fixed(body) else { return false }
        return fixed.id == id && fixed.at == row.at && fixed.document == row.document && fixed.person == row.person
    }

    /// The earlier program wrote no keyed entries: where one lies before the boundary, that was drawn anew over what it must not bless.
    private func checkForm(_ body: UnsafeRawBufferPointer, at position: Int64) {
        guard !isBoundaryMoved, let boundary, position < boundary.size, Entry.Format(byte: body.first)?.isKeyed == true else { return }
        isBoundaryMoved = true
        report.note(.boundaryAltered)
    }

    private func missing(upTo position: Int64) {
        askSeals()
        report.note(.gap(position: next))
        settleWithoutAnchor()
        isBroken = true
        next = position
    }

    // MARK: anchors

    private func checkBoundary() {
        guard let boundary, boundary.size == next, !isBroken else { return }
        settle(fits: tree.root(hasher) == boundary.root, otherFits: doubt?.tree.root(hasher) == boundary.root)
        settleWithoutAnchor()
        if tree.root(hasher) != boundary.root { report.note(.earlierEntriesAltered(size: boundary.size)) }
    }

    private func check(_ checkpoint: VerificationPage.Signed) {
        guard let note = verified(checkpoint), !isBroken else { return }
        settle(fits: tree.root(hasher) == note.root, otherFits: doubt?.tree.root(hasher) == note.root)
        if tree.size != note.size || tree.root(hasher) != note.root {
            askSeals()
            report.note(checkpoint.isExternal ? .rewritten(size: note.size) : .checkpointWrong(size: note.size))
        }
    }

    private func verified(_ checkpoint: VerificationPage.Signed) -> CheckpointNote? {
        report.checkpoints += 1
        let isInOrder = checkpoints.take(checkpoint, &report)
        if let note = try? CheckpointNote(parsing: checkpoint.note), note.size == checkpoint.size,
            (try? note.verify(by: expectation.key)) != nil
        {
            if !isInOrder { report.note(.checkpointForged(size: checkpoint.size)) }
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
