#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension MasterKey {
    /// Reads the key from a file that only its owner can read (mode 0600, or 0400).
    /// - Throws: `VaultError.keyFileMissing`, `.keyFileExposed`, `.keyFileUnusable`, and what `init(text:)` throws.
    package init(file path: String) throws(VaultError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .keyFileMissing(path: path) : .keyFileUnusable(path: path, reason: Self.reason())
        }
        defer { close(descriptor) }
        var state = stat()
        guard fstat(descriptor, &state) == 0 else { throw .keyFileUnusable(path: path, reason: Self.reason()) }
        guard state.st_mode & S_IFMT == S_IFREG else { throw .keyFileUnusable(path: path, reason: "not a regular file") }
        let mode = UInt32(state.st_mode & 0o7777)
        guard mode == 0o600 || mode == 0o400 else { throw .keyFileExposed(path: path, mode: mode) }

        // Our own files have some 500 bytes; one that fills this is not ours.
        var bytes = [UInt8](repeating: 0, count: 8192)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + filled, $0.count - filled) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .keyFileUnusable(path: path, reason: Self.reason()) }
            if count == 0 { break }
            filled += count
        }
        guard filled < bytes.count, let text = String(validating: bytes[..<filled], as: UTF8.self) else { throw .keyUnreadable }
        try self.init(text: text)
    }

    /// Makes a new key and writes it, mode 0600, to a file that must not exist yet. It is on disk when this returns.
    /// - Throws: `VaultError.keyFileExists`, `.keyFileUnusable`.
    package static func create(file path: String) throws(VaultError) -> MasterKey {
        let master = MasterKey.fleeting()
        let text = master.fileText
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .keyFileExists(path: path) : .keyFileUnusable(path: path, reason: reason())
        }
        defer { close(descriptor) }
        // A umask can only take bits away; the mode is set again in case it took the owner's.
        guard fchmod(descriptor, 0o600) == 0, writeAll(text, to: descriptor), fsync(descriptor) == 0, syncFolder(of: path) else {
            let reason = reason()
            unlink(path)
            throw .keyFileUnusable(path: path, reason: reason)
        }
        return master
    }

    private var fileText: String {
        let line = key.withUnsafeBytes { Base64URL.encode($0) }
        return """
            # 典章主密钥。丢失本文件，所有封存的数据将永远无法打开；泄露本文件，封存即告失效。
            # 请另存一份于安全之处，与数据库的备份分开存放。权限必须是 0600。
            # The master key of Dianzhang. Whoever loses this file loses all sealed data for ever; whoever leaks it has sealed nothing.
            # Keep a copy in a safe place, apart from the backups of the database. The mode must be 0600.
            \(line)

            """
    }

    private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The name of a new file is only durable once its folder is.
    private static func syncFolder(of path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
