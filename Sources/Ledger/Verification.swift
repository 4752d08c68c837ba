import Dispatch
import Store

extension Ledger {
    /// What a verification needs to know besides the database.
    package struct Expectation: Sendable {
        /// The key by which checkpoints must be signed.
        package var key: VerifierKey
        /// Checkpoints that were printed or kept elsewhere.
        package var kept: [CheckpointNote]
        /// Entries from before this moment (milliseconds since 1970) must have their place.
        package var placedBefore: Int64

        package init(key: VerifierKey, kept: [CheckpointNote] = [], placedBefore: Int64) {
            self.key = key
            self.kept = kept
            self.placedBefore = placedBefore
        }
    }

    private static let pageSize: Int64 = 8192

    /// Verifies the whole log: each entry against its leaf, its columns against its body, the leaves against the tree, the tree against
    /// every checkpoint, and that no entry stands outside.
    ///
    /// Reads on this thread while another hashes, page by page, so that memory does not grow with the log. Runs in one read transaction;
    /// acts go on meanwhile (on SQLite, the write-ahead log cannot be cut back until it ends).
    /// - Parameter progress: called after each page with the number of entries read.
    package static func verify(
        in session: any Session, expecting expectation: Expectation, progress: (Int64) -> Void = { _ in }
    ) throws -> VerificationReport {
        let top = try session.first("SELECT max(position) FROM leaf") { $0.isNull(0) ? 0 : $0.int(0) + 1 } ?? 0
        let checker = VerificationChecker(key: expectation.key)
        let queue = DispatchQueue(label: "ledger.verification")
        // The reader is at most two pages ahead.
        let room = DispatchSemaphore(value: 2)
        defer { queue.sync {} }
        for start in stride(from: 0, to: top, by: Int(pageSize)) {
            let page = try read(start..<min(start + pageSize, top), expectation, in: session)
            room.wait()
            queue.async {
                checker.check(page)
                room.signal()
            }
            progress(page.positions.upperBound)
        }
        let beyond = try checkpoints(in: session, expectation, sizes: top + 1...Int64.max)
        let kept = try? head(in: session)
        var report = queue.sync { checker.finish(size: top, beyond: beyond, kept: kept) }
        try verifyPlaces(in: session, size: top, before: expectation.placedBefore, &report)
        return report
    }

    private static func read(_ positions: Range<Int64>, _ expectation: Expectation, in session: any Session) throws -> VerificationPage {
        var page = VerificationPage(positions: positions)
        page.lines.reserveCapacity(positions.count)
        page.bodies.reserveCapacity(positions.count * 192)
        try session.each(
            """
            SELECT l.position, l.entry, l.hash, e.at, e.document, e.person, e.body
            FROM leaf l LEFT JOIN entry e ON e.id = l.entry WHERE l.position >= $1 AND l.position < $2 ORDER BY l.position
            """, [.int(positions.lowerBound), .int(positions.upperBound)]
        ) { row in
            var entry: VerificationPage.EntryRow?
            if !row.isNull(6) {
                let start = page.bodies.count
                row.withBlob(6) { page.bodies.append(contentsOf: $0) }
                entry = .init(at: row.int(3), document: row.int(4), person: row.int(5), body: start..<page.bodies.count)
            }
            page.lines.append(.init(position: row.int(0), entry: row.int(1), leaf: row.withBlob(2) { TreeHash($0) }, row: entry))
        }
        for height in Subtree.keptHeights {
            let shift = Int64(height)
            let bounds = [positions.lowerBound >> shift, positions.upperBound >> shift]
            guard bounds[0] < bounds[1] else { break }
            try session.each(
                "SELECT position, hash FROM subtree WHERE height = $1 AND position >= $2 AND position < $3",
                [.int(shift), .int(bounds[0]), .int(bounds[1])]
            ) { row in
                guard let hash = row.withBlob(1, { TreeHash($0) }) else { return }
                page.subtrees.append(Subtree(height: height, index: row.int(0), hash: hash))
            }
        }
        page.checkpoints = try checkpoints(in: session, expectation, sizes: positions.lowerBound + 1...positions.upperBound)
        return page
    }

    private static func checkpoints(
        in session: any Session, _ expectation: Expectation, sizes: ClosedRange<Int64>
    ) throws -> [VerificationPage.Signed] {
        let own = try session.all(
            "SELECT size, note FROM checkpoint WHERE size >= $1 AND size <= $2 ORDER BY size",
            [.int(sizes.lowerBound), .int(sizes.upperBound)]
        ) { VerificationPage.Signed(size: $0.int(0), note: $0.text(1), isExternal: false) }
        let kept = expectation.kept.filter { sizes.contains($0.size) }
            .map { VerificationPage.Signed(size: $0.size, note: $0.note, isExternal: true) }
        return (own + kept).sorted { $0.size < $1.size }
    }

    /// Entries outside the tree: those that wait, and those that nobody knows of. Counting is cheap; names are looked for only when the
    /// counts do not agree.
    private static func verifyPlaces(in session: any Session, size: Int64, before: Int64, _ report: inout VerificationReport) throws {
        try session.each(
            "SELECT e.id, e.at FROM entry_pending p JOIN entry e ON e.id = p.entry WHERE e.at < $1 ORDER BY e.id LIMIT 1", [.int(before)]
        ) { report.note(.entryWaiting(id: $0.int(0), since: $0.int(1))) }
        try session.each(
            "SELECT p.entry FROM entry_pending p LEFT JOIN entry e ON e.id = p.entry WHERE e.id IS NULL ORDER BY p.entry", []
        ) { report.note(.waitingMissing(id: $0.int(0))) }
        let entries = try session.count("SELECT count(*) FROM entry")
        let placed = try session.count("SELECT count(*) FROM leaf")
        let waiting = try session.count("SELECT count(*) FROM entry_pending")
        guard entries != placed + waiting || !report.isClean else { return }
        try session.each(
            """
            SELECT e.id FROM entry e WHERE NOT EXISTS (SELECT 1 FROM leaf l WHERE l.entry = e.id)
            AND NOT EXISTS (SELECT 1 FROM entry_pending p WHERE p.entry = e.id) ORDER BY e.id LIMIT $1
            """, [.int(Int64(VerificationReport.faultLimit))]
        ) { report.note(.entryUnplaced(id: $0.int(0))) }
    }
}
