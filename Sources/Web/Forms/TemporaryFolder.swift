import Foundation
import Synchronization

/// The folder of this process's temporary files, for its owner alone. What an uploaded file says stands in it in clear, so it goes away
/// with the process; after one that was killed, the next that starts removes it.
enum TemporaryFolder {
    static let prefix = "dianzhang-files-"
    /// A folder is made before it is locked.
    private static let youngest: TimeInterval = 60
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

    private static func make() -> String? {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var name = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { return nil }
        let folder = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        // Held open, and so locked, until the process ends, however it ends.
        guard lock(folder) != nil else { return nil }
        if let now = changed(folder) { sweep(parent, at: now) }
        return folder
    }

    private static func remove() { made.withLock { path in if let path { try? FileManager.default.removeItem(atPath: path) } } }

    /// - Returns: `nil` when another process has it.
    static func lock(_ folder: String) -> CInt? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { return nil }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    private static func changed(_ folder: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: folder))?[.modificationDate] as? Date
    }

    /// Removes what processes left that are no more.
    /// - Parameter now: by the clock of the disk.
    static func sweep(_ parent: String, at now: Date) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let folder = "\(parent)/\(name)"
            guard let changed = changed(folder), now.timeIntervalSince(changed) > youngest, let descriptor = lock(folder) else { continue }
            try? FileManager.default.removeItem(atPath: folder)
            close(descriptor)
        }
    }
}
