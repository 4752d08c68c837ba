import Crypto
import Kernel
import Synchronization

/// By what an exported file is known again: its rows, and the SHA-256 of all that it holds.
final class ExportedFile: Sendable {
    struct Known: Sendable { var rows = 0, digest = "" }

    private let state = Mutex(Known())
    var known: Known { state.withLock { $0 } }

    func count() { state.withLock { $0.rows += 1 } }

    /// Once the file is written whole.
    /// - Returns: what the ledger says of it.
    func settle(_ file: TemporaryFile) throws -> String {
        let digest = try Self.digest(of: file)
        return state.withLock { known in
            known.digest = digest
            return ExportManifest.line(rows: known.rows, digest: digest)
        }
    }

    private static func digest(of file: TemporaryFile) throws -> String {
        var hash = SHA256(), offset = 0
        while true {
            let piece = try file.read(at: offset, count: 256 << 10)
            if piece.isEmpty { return Token.hexadecimal(hash.finalize()) }
            hash.update(data: piece)
            offset += piece.count
        }
    }
}
