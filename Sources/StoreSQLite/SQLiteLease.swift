import Foundation
import Store

/// A locked file beside the database. The system lets go of it when its holder dies, however it dies.
struct SQLiteLease: Sendable {
    private let descriptor: CInt

    /// - Returns: `nil` when another holds it.
    init?(_ name: String, besides path: String) throws {
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }) else {
            throw StoreError.broken("A lease is named with small letters, digits and hyphens, not \(name).")
        }
        let file = "\(path).lease-\(name)"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.gone("\(file) cannot be opened: \(String(cString: strerror(errno))).") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            end()
            if code == EWOULDBLOCK { return nil }
            throw StoreError.gone("\(file) cannot be locked: \(String(cString: strerror(code))).")
        }
    }

    func end() { _ = close(descriptor) }
}
