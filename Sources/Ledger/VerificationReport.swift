/// What a verification looked at and what it found.
package struct VerificationReport: Sendable {
    /// How many entries were checked, and the tree's size.
    package internal(set) var entries: Int64 = 0
    /// The root of the tree over them.
    package internal(set) var root = TreeHasher().empty
    /// Checkpoints, those kept elsewhere included.
    package internal(set) var checkpoints = 0
    package internal(set) var documents: Int64 = 0
    /// The first faults, in the order in which they were found; no more than `faultLimit`.
    package private(set) var faults: [Fault] = []
    /// How many there were in all.
    package private(set) var faultCount = 0

    package static let faultLimit = 100

    package init() {}

    package var isClean: Bool { faultCount == 0 }

    mutating func note(_ fault: Fault) {
        faultCount += 1
        if faults.count < Self.faultLimit { faults.append(fault) }
    }
}
