import Foundation
import Ledger

/// What a witness knows: who it is, and the last checkpoint of each log with its own signature.
struct WitnessMemory: Codable, Sendable {
    let name: String
    let secret: [UInt8]
    var notes: [String: String]

    private enum CodingKeys: String, CodingKey { case name, secret, notes }

    init(name: String, secret: [UInt8], notes: [String: String]) {
        (self.name, self.secret, self.notes) = (name, secret, notes)
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        secret = Array(try values.decode(Data.self, forKey: .secret))
        notes = try values.decode([String: String].self, forKey: .notes)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(Data(secret), forKey: .secret)
        try values.encode(notes, forKey: .notes)
    }

    var cosigner: Cosigner { get throws { try Cosigner(name: name, secret: secret) } }
}

/// The file of a witness's memory, replaced as a whole and held by one process.
final class WitnessFile: Sendable {
    private let path: String
    private let lock: Int32

    /// - Throws: `PlaceFault` where another process holds it.
    init(path: String) throws {
        self.path = path
        lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Self.fault(path, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw PlaceFault("另一个见证进程正在使用 \(path)。", "Another witness uses \(path).")
        }
    }

    deinit { close(lock) }

    /// `nil` where there is none yet. A file that is there and cannot be read is never taken for none: a witness that forgot would sign
    /// a second history.
    func read() throws -> WitnessMemory? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path), let memory = try? JSONDecoder().decode(WitnessMemory.self, from: data)
        else {
            throw PlaceFault(
                "\(path) 无法读取，见证方不能继续。请从备份恢复，不要新建。",
                "\(path) cannot be read, and the witness cannot go on. Restore it from a backup; do not make a new one.")
        }
        return memory
    }

    func write(_ memory: WitnessMemory) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try encoder.encode(memory)), fresh = path + ".new"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.fault(fresh, errno) }
        let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        let isKept = written == bytes.count && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isKept else { throw Self.fault(fresh, code) }
        guard rename(fresh, path) == 0 else { throw Self.fault(path, errno) }
        try CheckpointFile.syncFolder(of: path)
    }

    private static func fault(_ path: String, _ code: Int32) -> PlaceFault {
        let cause = String(cString: strerror(code))
        return PlaceFault("\(path) 无法写入（\(cause)）。", "\(path) cannot be written (\(cause)).")
    }
}
