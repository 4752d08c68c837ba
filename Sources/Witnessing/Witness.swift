import Foundation
import Ledger

/// The witness's side of C2SP tlog-witness, for a machine that belongs to somebody else: sees that each checkpoint of a log continues the
/// last, cosigns it, and never cosigns two heads of one size.
package actor Witness {
    package enum Answer: Sendable, Equatable {
        /// 200, with the lines that are added to the note.
        case cosigned(String)
        /// 400
        case malformed
        /// 403
        case unsigned
        /// 404
        case unknownLog
        /// 409, with the size cosigned last.
        case seen(Int64)
        /// 422: what the log shows does not continue what it showed before.
        case discontinued
    }

    private let logs: [String: VerifierKey]
    private let file: WitnessFile
    private var memory: WitnessMemory
    private let cosigner: Cosigner

    /// - Parameters:
    ///   - path: where key and memory are kept; made at the first start.
    ///   - name: the witness's name, for the first start.
    ///   - logs: whose checkpoints are taken; a log's origin is the name of its key.
    package init(path: String, name: String, logs: [VerifierKey]) throws {
        guard !logs.isEmpty, Set(logs.map(\.name)).count == logs.count else {
            throw PlaceFault(
                "每个 --origin 的名称应各不相同；同名的两个系统请各用一个见证方。",
                "Each --origin needs another name; two systems of one name need a witness each.")
        }
        self.logs = Dictionary(uniqueKeysWithValues: logs.map { ($0.name, $0) })
        file = try WitnessFile(path: path)
        memory = try file.read() ?? WitnessMemory(name: name, secret: Self.freshSecret(), notes: [:])
        cosigner = try memory.cosigner
        try file.write(memory)
    }

    private static func freshSecret() -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &source) }
    }

    /// By which the cosignatures are checked.
    package nonisolated var key: WitnessKey { cosigner.witnessKey }

    /// Cosigns what continues; what was seen is on the disk before anybody gets the signature.
    package func add(_ body: [UInt8], atSeconds now: Int64) throws -> Answer {
        guard let asked = AddCheckpoint(parsing: body) else { return .malformed }
        let note = asked.note
        guard let log = logs[note.origin] else { return .unknownLog }
        guard (try? note.verify(by: log)) != nil else { return .unsigned }
        guard asked.old <= note.size else { return .malformed }
        let last = try memory.notes[note.origin].map { try CheckpointNote(parsing: $0) }
        guard asked.old == last?.size ?? 0 else { return .seen(last?.size ?? 0) }
        if let last {
            if last.size == note.size, last.root != note.root { return .seen(last.size) }
            let proof = ConsistencyProof(from: last.size, to: note.size, path: asked.proof)
            guard proof.proves(last.root, isBeginningOf: note.root) else { return .discontinued }
        } else if !asked.proof.isEmpty {
            return .discontinued
        }
        let line = try cosigner.line(on: note, atSeconds: now)
        memory.notes[note.origin] = try note.adding(line).note
        try file.write(memory)
        return .cosigned(line)
    }
}
