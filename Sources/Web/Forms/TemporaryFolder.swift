import Foundation

/// The folder of this process's temporary files, for its owner alone. What an uploaded file says stands in it in clear, so it goes away
/// with the process; after one that was killed, the next that starts removes it.
enum TemporaryFolder {
    static let prefix = "dianzhang-files-"
    static let lock = "lock"
    /// A folder is made before it is locked.
    private static let youngest: TimeInterval = 60

    /// `nil` when none can be made.
    static let path: String? = {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var name = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { return nil }
        let folder = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        // Held open, and so locked, until the process ends, however it ends.
        let descriptor = open("\(folder)/\(lock)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
        if let now = changed(folder) { sweep(parent, at: now) }
        atexit { if let path = TemporaryFolder.path { try? FileManager.default.removeItem(atPath: path) } }
        return folder
    }()

    private static func changed(_ folder: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: folder))?[.modificationDate] as? Date
    }

    /// Removes what processes left that are no more.
    /// - Parameter now: by the clock of the disk.
    static func sweep(_ parent: String, at now: Date) {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let folder = "\(parent)/\(name)"
            let descriptor = open("\(folder)/\(lock)", O_RDWR | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard let changed = changed(folder), now.timeIntervalSince(changed) > youngest else { continue }
            if descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? files.removeItem(atPath: folder) }
        }
    }
}
