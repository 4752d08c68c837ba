import Foundation

/// A file that notes are added to, one below the other. Nothing in it is ever written over.
enum CheckpointFile {
    /// Returns when it is on the disk.
    static func append(_ text: String, to path: String) throws {
        let isNew = !FileManager.default.fileExists(atPath: path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw fault(path, errno) }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0 else { throw fault(path, errno) }
        guard about.st_mode & S_IFMT == S_IFREG else {
            throw DeliveryFault("\(path) 不是普通文件，请另选一个。", "\(path) is no ordinary file; choose another.")
        }
        // An empty line ends whatever stands before, even half a note of a write that the disk broke off.
        let bytes = Array(((about.st_size > 0 ? "\n" : "") + text).utf8)
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw fault(path, written < 0 ? errno : ENOSPC) }
        guard fsync(descriptor) == 0 else { throw fault(path, errno) }
        if isNew { try syncFolder(of: path) }
    }

    /// A new name is on the disk only when its folder is.
    static func syncFolder(of path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(folder, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault(folder, errno) }
    }

    private static func fault(_ path: String, _ code: Int32) -> DeliveryFault {
        let cause = String(cString: strerror(code))
        return DeliveryFault(
            "文件 \(path) 无法写入（\(cause)）。请检查目录、磁盘和权限。", "\(path) cannot be written (\(cause)). Check folder, disk and rights.")
    }

    /// Whether both lie on one device: then a lost disk takes both. `nil` where it cannot be told.
    static func isBeside(_ database: String, _ path: String) -> Bool? {
        func device(_ path: String) -> dev_t? {
            var about = stat()
            return stat(path, &about) == 0 ? about.st_dev : nil
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard let one = device(database), let other = device(path) ?? device(folder) else { return nil }
        return one == other
    }
}
