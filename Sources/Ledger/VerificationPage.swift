/// A stretch of the log, as the database has it, on its way from the thread that reads to the thread that checks.
struct VerificationPage: Sendable {
    struct Line: Sendable {
        let position: Int64
        let entry: Int64
        let leaf: TreeHash?
        let seal: TreeHash?
        /// `nil` when the entry's row is missing.
        let row: EntryRow?
    }

    /// The columns of an entry; the body lies in `bodies`.
    struct EntryRow: Sendable {
        let at: Int64
        let document: Int64
        let person: Int64
        let body: Range<Int>
    }

    /// A checkpoint, with the note unread.
    struct Signed: Sendable {
        let size: Int64
        let note: String
        /// `nil` for one that was kept elsewhere and given by whoever verifies.
        let row: Row?

        var isExternal: Bool { row == nil }

        struct Row: Sendable {
            let at: Int64
            /// `nil` for one of an earlier program.
            let number: Int64?
            let seal: TreeHash?
        }
    }

    /// Positions that this page is about.
    let positions: Range<Int64>
    var lines: [Line] = []
    var bodies: [UInt8] = []
    var subtrees: [(subtree: Subtree, seal: TreeHash?)] = []
    /// Those whose size lies in the page, its end included, by size.
    var checkpoints: [Signed] = []
}
