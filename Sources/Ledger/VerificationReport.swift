/// What a verification looked at and what it found.
package struct VerificationReport: Sendable {
    /// How many entries were checked.
    package internal(set) var entries: Int64 = 0
    /// Entries without a place, intact.
    package internal(set) var waiting: Int64 = 0
    /// The tree's size; that of `entries` unless positions are missing.
    package internal(set) var size: Int64 = 0
    /// The root of the tree over them.
    package internal(set) var root = TreeHasher().empty
    /// Checkpoints, those kept elsewhere included.
    package internal(set) var checkpoints = 0
    package internal(set) var documents: Int64 = 0
    /// What this verification cannot tell, whatever it found.
    package internal(set) var limits: [Limit] = []
    /// What the entries say of rows that rights and duties rest on, for whoever has the tables.
    package var stated = StatedRows()
    /// The first faults, in the order in which they were found; no more than `faultLimit`.
    package private(set) var faults: [LedgerFault] = []
    /// How many there were in all.
    package private(set) var faultCount = 0

    package static let faultLimit = 100

    package init() {}

    package var isClean: Bool { faultCount == 0 }

    package mutating func note(_ fault: LedgerFault) {
        faultCount += 1
        if faults.count < Self.faultLimit { faults.append(fault) }
    }

    package mutating func say(_ limit: Limit) { limits.append(limit) }

    /// Notes a fault of which more may be said: see `amend`.
    /// - Returns: where it stands in the list; `nil` when the list is full.
    mutating func noteForNow(_ fault: LedgerFault) -> Int? {
        note(fault)
        return faultCount <= Self.faultLimit ? faults.count - 1 : nil
    }

    /// Says more of a fault that turned out to be part of a larger one.
    mutating func amend(_ place: Int, _ fault: LedgerFault) { faults[place] = fault }
}

extension VerificationReport {
    /// What lies outside a verification. Moments are in milliseconds since 1970.
    package enum Limit: Sendable, Hashable {
        /// No checkpoint kept elsewhere was given: that an older whole database was put back, or the end cut off after this moment, would
        /// not be seen.
        case nothingKept(newest: Int64)
        /// The newest checkpoint that was given covers so many entries, the last of them of this moment: of later ones it says nothing.
        case keptUpTo(size: Int64, at: Int64)
        /// So many entries were written by an earlier program, without a key, and were sealed as a whole at this moment.
        case earlierForm(size: Int64, at: Int64)
        /// The rows of an earlier program's database were stated as they stood at this moment.
        case rowsAsFound(at: Int64)
        /// Not everything was made anew: what documents are found by, the files' contents and what is counted from the entries.
        case notDeep
    }
}
