/// Follows the numbers of the checkpoints in the database, from the smallest tree to the largest: none may be missing, none may have been
/// written by somebody else.
struct CheckpointOrder {
    private let key: EntryKey
    private let boundary: Boundary?
    private var earlier = EarlierNotes()
    /// The number of the last one.
    private var last: Int64 = 0
    private(set) var isEmpty = true

    init(_ key: EntryKey, _ boundary: Boundary?) { (self.key, self.boundary) = (key, boundary) }

    /// - Returns: whether it stands where it should. Those kept elsewhere always do.
    mutating func take(_ checkpoint: VerificationPage.Signed, _ report: inout VerificationReport) -> Bool {
        guard let row = checkpoint.row else { return true }
        isEmpty = false
        guard let number = row.number else {
            earlier.add(size: checkpoint.size, at: row.at, note: checkpoint.note)
            // Beyond the boundary nothing is without a number. Before it, the digest over all of them tells.
            return boundary.map { checkpoint.size <= $0.size } ?? true
        }
        let isSealed = row.seal == key.seal(checkpoint: checkpoint.note, number: number, size: checkpoint.size, at: row.at)
        // A number that the key does not vouch for is worth only as much as it fits.
        guard isSealed || number == last + 1 else { return false }
        if number > last + 1 { report.note(.checkpointsMissing(first: last + 1, last: number - 1)) }
        let isInOrder = isSealed && number > last
        last = max(last, number)
        return isInOrder
    }

    /// - Parameter signed: how many the head says were signed, where the head can be trusted.
    mutating func finish(_ signed: Int64?, _ report: inout VerificationReport) {
        if let signed, signed > last { report.note(.checkpointsMissing(first: last + 1, last: signed)) }
        if let boundary, earlier.count != boundary.checkpoints || earlier.digest != boundary.notes {
            report.note(.earlierCheckpointsAltered(count: boundary.checkpoints))
        }
    }
}
