import Identifiers
import Tables

/// How many rows were judged, and how often each fault was found.
package struct CheckSummary: Sendable {
    package private(set) var rows = 0
    package private(set) var refused = 0
    /// What was read of the file, and what was not.
    package internal(set) var notes = TableNotes()
    private var counts = [Int](repeating: 0, count: DataFault.allCases.count)

    package var passed: Int { rows - refused }

    package subscript(fault: DataFault) -> Int { counts[Int(fault.rawValue)] }

    /// The faults that were found, in the order of answers.
    package var found: [(fault: DataFault, count: Int)] { DataFault.allCases.map { ($0, self[$0]) }.filter { $0.1 > 0 } }

    mutating func add(_ faults: FaultSet) {
        rows += 1
        if faults.isEmpty { return }
        if faults.hasBlock { refused += 1 }
        for fault in faults { counts[Int(fault.rawValue)] += 1 }
    }

    mutating func add(_ other: CheckSummary) {
        rows += other.rows
        refused += other.refused
        for index in counts.indices { counts[index] += other.counts[index] }
    }
}
