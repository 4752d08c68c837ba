import Foundation
import Synchronization

/// The folder of this process's temporary files, for its owner alone. What an uploaded file says stands in it in clear, so it goes away
/// with the process; after one that was killed, the next that starts removes it before it does anything else.
package enum TemporaryFolder {
    static let prefix = "dianzhang-files-"
    /// A folder gets its name when it is locked already, so that none of a living process is ever found unlocked. Until then it is empty.
    private static let unlockedPrefix = "dianzhang-new-"
    private static let made = Mutex<String?>(nil)

    /// Made at the first call, and anew where a machine has cleared its temporary files meanwhile; `nil` when it cannot be made.
    static var path: String? {
        made.withLock { path in
            if let path, FileManager.default.fileExists(atPath: path) { return path }
            if path == nil { atexit { TemporaryFolder.remove() } }
            path = make()
            return path
        }
    }

    private static var parent: String { ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp" }

    /// Removes what processes left that are no more. Called first by whatever handles files.
    package static func sweep() { sweep(parent) }

    private static func make() -> String? {
        sweep()
        // Another process that sweeps may take an unnamed one for a dead one's; the next is made then.
        for _ in 0..<10 { if let folder = makeOne(parent) { return folder } }
        return nil
    }

    /// - Returns: `nil` where it cannot be made, or was swept away before it had its name.
    static func makeOne(_ parent: String) -> String? {
        var name = Array("\(parent)/\(unlockedPrefix)XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { return nil }
        let unlocked = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let folder = "\(parent)/\(prefix)\(UUID().uuidString.lowercased())"
        // Held open, and so locked, until the process ends, however it ends.
        guard let descriptor = lock(unlocked) else { return nil }
        guard rename(unlocked, folder) == 0 else {
            close(descriptor)
            return nil
        }
        return folder
    }

    private static func remove() { made.withLock { path in if let path { try? FileManager.default.removeItem(atPath: path) } } }

    /// - Returns: `nil` when another process has it.
    static func lock(_ folder: String) -> CInt? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if descriptor < 0 { return nil }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    static func sweep(_ parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            let folder = "\(parent)/\(name)"
            // Only an empty one goes away so.
            if name.hasPrefix(unlockedPrefix) { rmdir(folder) }
            guard name.hasPrefix(prefix), let descriptor = lock(folder) else { continue }
            try? FileManager.default.removeItem(atPath: folder)
            close(descriptor)
        }
    }
}
