import ArgumentParser
import Foundation
import Ledger
import Witnessing
import WorkCalendar

/// What somebody kept outside and brings back to be compared: checkpoints, cosignatures, time stamps.
struct KeptEvidence {
    private(set) var notes: [CheckpointNote] = []
    private var unreadable = 0
    private var timeStamps: [TimeStampReply] = []
    private let witness: WitnessKey?
    /// When the witness last cosigned one of them.
    private var cosigned: Cosigned?

    private struct Cosigned {
        let size: Int64
        let at: Moment
    }

    /// - Throws: where a file holds nothing of the kind, a time stamp is for something else, or the witness has not cosigned.
    init(files: [String], witness: String?) throws {
        self.witness = try witness.map { try WitnessKey(parsing: $0) }
        for path in files { try read(path) }
        let imprints = notes.map { TimeStampQuery(of: Array($0.note.utf8), nonce: 0).imprint }
        // A cosigned note was stamped without its cosignatures, or with them: each may be in one of the files.
        guard timeStamps.allSatisfy({ imprints.contains($0.imprint) }) else { throw TimeStampError.otherImprint }
        guard let key = self.witness else { return }
        guard !files.isEmpty else { throw ValidationError("--witness 需要与 --against 同用；--witness needs --against") }
        cosigned = try Self.newest(of: notes, cosignedBy: key)
        if cosigned == nil { throw WitnessError.notCosigned(witness: key.name) }
    }

    /// - Throws: `WitnessError.forged`. That others in a file are not cosigned is nothing: notes stand there as they left.
    private static func newest(of notes: [CheckpointNote], cosignedBy key: WitnessKey) throws -> Cosigned? {
        var newest: Cosigned?
        for note in notes where note.isCosigned(by: key) {
            let found = Cosigned(size: note.size, at: Moment(milliseconds: try key.cosigned(note) * 1000))
            if newest.map({ $0.size <= found.size }) ?? true { newest = found }
        }
        return newest
    }

    private mutating func read(_ path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("文件 \(path) 无法读取；\(path) cannot be read")
        }
        let bytes = Array(data)
        // A time stamp response as it came: DER begins with a sequence.
        if bytes.first == 0x30, let reply = try? TimeStampReply(parsing: bytes) { return timeStamps.append(reply) }
        let kept = KeptCheckpoint(bytes)
        guard !kept.notes.isEmpty else { throw LedgerError.noteMalformed }
        notes += kept.notes
        unreadable += kept.unreadable
        timeStamps += try kept.timeStamps.map { try TimeStampReply(parsing: $0) }
    }

    /// What came of it, for the terminal.
    func tell() {
        if let last = notes.map(\.size).max() {
            Terminal.answer("与外部保存的 \(notes.count) 个检查点核对，最新的有 \(last) 条记录")
            Terminal.answer("compared with \(notes.count) checkpoints kept elsewhere, the newest of \(last) entries")
        }
        if unreadable > 0 {
            Terminal.answer("文件中有 \(unreadable) 处像检查点而无法读取：残缺，或者被改动过")
            Terminal.answer("\(unreadable) places in the files look like a checkpoint and cannot be read: torn, or altered")
        }
        if let witness, let cosigned {
            Terminal.answer("见证方 \(witness.name) 于 \(cosigned.at) 见证到第 \(cosigned.size) 条 / cosigned by \(witness.name) up to entry \(cosigned.size)")
        }
        for stamp in timeStamps {
            Terminal.answer(
                "时间戳所载时刻 \(stamp.moment)；其签名请用 openssl ts -verify 核对 / time stamp of \(stamp.moment); check its signature by openssl ts -verify"
            )
        }
    }
}
