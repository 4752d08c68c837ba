import Foundation
import Store

/// The files of a database are their owner's alone, whatever the process's umask says. SQLite gives its log and its index the mode of the
/// database, so that is set before SQLite sees it.
enum PrivateFiles {
    private static let mode: mode_t = 0o600

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes the file where there is none.
    /// - Returns: those of its files that others could read or write until now.
    static func prepare(_ path: String) throws -> [String] {
        let made = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        if made >= 0 { close(made) }
        // A folder that cannot be written, a path that is none: SQLite says so in its own words.
        return try ["", "-wal", "-shm", "-journal"].map { path + $0 }.filter(tighten)
    }

    private static func tighten(_ file: String) throws -> Bool {
        var status = stat()
        guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 else { return false }
        // Another's file is not ours to change; whoever made it so readable has to.
        guard status.st_uid == geteuid() || geteuid() == 0 else { return false }
        guard chmod(file, mode) == 0 else {
            throw StoreError.gone("\(file) can be read by others, and its mode cannot be changed: \(String(cString: strerror(errno))).")
        }
        return true
    }
}
