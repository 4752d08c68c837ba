import Dispatch
import Store

extension Ledger {
    /// What a verification needs to know besides the database.
    package struct Expectation: Sendable {
        /// The key by which checkpoints must be signed.
        package var key: VerifierKey
        /// The key that seals entries, leaves, head and checkpoints.
        package var entryKey: EntryKey
        /// Checkpoints that were printed or kept elsewhere.
        package var kept: [CheckpointNote]
        /// Entries from before this moment (milliseconds since 1970) must have their place.
        package var placedBefore: Int64
        /// Where entries from before this moment have their place, a checkpoint must have been signed.
        package var signedBefore: Int64

        package init(
            key: VerifierKey, entryKey: EntryKey, kept: [CheckpointNote] = [], placedBefore: Int64, signedBefore: Int64 = .min
        ) {
            (self.key, self.entryKey, self.kept) = (key, entryKey, kept)
            (self.placedBefore, self.signedBefore) = (placedBefore, signedBefore)
        }
    }

    private static let pageSize: Int64 = 8192

    /// Verifies the whole log: each leaf against its seal, each entry against its leaf, its columns against its body, the leaves against
    /// the tree, the tree against every checkpoint, the checkpoints' numbers, and that no entry stands outside.
    ///
    /// A leaf's seal says that the program placed exactly these bytes there, having checked the entry's own seal, so that the latter is
    /// not made again; the seal of a subtree says the same of its 256 leaves, and only where it does not fit are theirs asked one by one.
    /// Reads on this thread while another hashes, page by page, so that memory does not grow with the log. Runs in one read transaction;
    /// acts go on meanwhile (on SQLite, the write-ahead log cannot be cut back until it ends).
    /// - Parameter progress: called after each page with the number of entries read.
    package static func verify(
        in session: any Session, expecting expectation: Expectation, progress: (Int64) -> Void = { _ in }
    ) throws -> VerificationReport {
        let top = try size(in: session)
        let boundary = try Boundary.read(in: session, expectation.entryKey)
        let checker = VerificationChecker(expectation, boundary)
        let queue = DispatchQueue(label: "ledger.verification")
        // The reader is at most two pages ahead.
        let room = DispatchSemaphore(value: 2)
        defer { queue.sync {} }
        var start: Int64 = 0
        while start < top {
            let page = try read(start..<min(start + pageSize, top), expectation, in: session)
            room.wait()
            queue.async {
                checker.check(page)
                room.signal()
            }
            progress(page.positions.upperBound)
            start = page.positions.upperBound
            guard page.lines.isEmpty else { continue }
            // Nothing here: on with the page of the next leaf, however far that is.
            let next = try session.count("SELECT min(position) FROM leaf WHERE position >= $1", [.int(start)])
            start = max(start, next / pageSize * pageSize)
        }
        let beyond = try checkpoints(in: session, expectation, sizes: top + 1...Int64.max)
        let head = try keptHead(in: session, expectation.entryKey)
        var report = queue.sync { checker.finish(size: top, beyond: beyond, head: head) }
        var runs = queue.sync { checker.runs }
        try verifyPlaces(in: session, expectation, &runs, &report)
        runs.finish(&report)
        try say(limits: boundary, of: expectation, in: session, &report)
        return report
    }

    private static func keptHead(in session: any Session, _ key: EntryKey) throws -> TreeHead? {
        do { return try TreeHead.read(in: session, key) } catch is LedgerError { return nil }
    }

    private static func read(_ positions: Range<Int64>, _ expectation: Expectation, in session: any Session) throws -> VerificationPage {
        var page = VerificationPage(positions: positions)
        page.lines.reserveCapacity(positions.count)
        page.bodies.reserveCapacity(positions.count * 192)
        try session.each(
            """
            SELECT l.position, l.entry, l.hash, e.at, e.document, e.person, e.body, l.seal
            FROM leaf l LEFT JOIN entry e ON e.id = l.entry WHERE l.position >= $1 AND l.position < $2 ORDER BY l.position
            """, [.int(positions.lowerBound), .int(positions.upperBound)]
        ) { row in
            var entry: VerificationPage.EntryRow?
            if !row.isNull(6) {
                let start = page.bodies.count
                row.withBlob(6) { page.bodies.append(contentsOf: $0) }
                entry = .init(at: row.int(3), document: row.int(4), person: row.int(5), body: start..<page.bodies.count)
            }
            let seal = row.isNull(7) ? nil : row.withBlob(7) { TreeHash($0) }
            page.lines.append(
                .init(position: row.int(0), entry: row.int(1), leaf: row.withBlob(2) { TreeHash($0) }, seal: seal, row: entry))
        }
        for height in Subtree.keptHeights {
            let shift = Int64(height)
            let bounds = [positions.lowerBound >> shift, positions.upperBound >> shift]
            guard bounds[0] < bounds[1] else { break }
            try session.each(
                "SELECT position, hash, seal FROM subtree WHERE height = $1 AND position >= $2 AND position < $3",
                [.int(shift), .int(bounds[0]), .int(bounds[1])]
            ) { row in
                guard let hash = row.withBlob(1, { TreeHash($0) }) else { return }
                let seal = row.isNull(2) ? nil : row.withBlob(2) { TreeHash($0) }
                page.subtrees.append((Subtree(height: height, index: row.int(0), hash: hash), seal))
            }
        }
        page.checkpoints = try checkpoints(in: session, expectation, sizes: positions.lowerBound + 1...positions.upperBound)
        return page
    }

    private static func checkpoints(
        in session: any Session, _ expectation: Expectation, sizes: ClosedRange<Int64>
    ) throws -> [VerificationPage.Signed] {
        let own = try session.all(
            "SELECT size, at, note, number, seal FROM checkpoint WHERE size >= $1 AND size <= $2 ORDER BY size, at",
            [.int(sizes.lowerBound), .int(sizes.upperBound)]
        ) { row in
            VerificationPage.Signed(
                size: row.int(0), note: row.text(2),
                row: .init(at: row.int(1), number: row.intIfAny(3), seal: row.blobIfAny(4).flatMap { TreeHash($0) }))
        }
        let kept = expectation.kept.filter { sizes.contains($0.size) }
            .map { VerificationPage.Signed(size: $0.size, note: $0.note, row: nil) }
        return (own + kept).enumerated().sorted { ($0.element.size, $0.offset) < ($1.element.size, $1.offset) }.map(\.element)
    }
}
