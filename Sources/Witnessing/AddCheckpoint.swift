import Foundation
import Ledger

/// What a log asks of a witness (C2SP tlog-witness): to see that a checkpoint continues the one that it cosigned last, and to cosign it.
package struct AddCheckpoint: Sendable, Hashable {
    package let old: Int64
    package let proof: [TreeHash]
    package let note: CheckpointNote

    private static let greatestProof = 63

    package init(old: Int64, proof: [TreeHash], note: CheckpointNote) {
        self.old = old
        self.proof = proof
        self.note = note
    }

    package var text: String {
        "old \(old)\n" + proof.map { Data($0.bytes).base64EncodedString() + "\n" }.joined() + "\n" + note.note
    }

    /// - Returns: `nil` where it is no such question.
    package init?(parsing bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), let gap = text.range(of: "\n\n") else { return nil }
        let lines = text[..<gap.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix("old "), let old = Int64(first.dropFirst(4)), old >= 0, "old \(old)" == first,
            lines.count - 1 <= Self.greatestProof
        else { return nil }
        var proof: [TreeHash] = []
        for line in lines.dropFirst() {
            guard let data = Data(base64Encoded: String(line)), data.base64EncodedString() == line, let hash = TreeHash(Array(data)) else {
                return nil
            }
            proof.append(hash)
        }
        guard let note = try? CheckpointNote(parsing: String(text[gap.upperBound...])) else { return nil }
        self.init(old: old, proof: proof, note: note)
    }
}
