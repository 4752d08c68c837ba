import Glibc

/// A file being written that is there whole or not at all: it is written under another name beside its own, and renamed when complete.
/// What is no regular file (a device, a pipe) is written as it is.
final class OutputFile {
    let path: String
    /// The name that it is written under.
    let writtenPath: String
    private var descriptor: Int32

    init(path: String) throws(PaperError) {
        self.path = path
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere && status.st_mode & S_IFMT == S_IFDIR { throw .cannotWrite(path: path, cause: SystemCause(EISDIR)) }
        if isThere && status.st_mode & S_IFMT != S_IFREG {
            writtenPath = path
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            // The name is new as long as O_EXCL says so.
            var attempt = 0
            var name = ""
            repeat {
                name = "\(path).\(getpid())-\(attempt).partial"
                // Rows of people's data: for whoever asked for them, until that person says otherwise.
                descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
                attempt += 1
            } while descriptor < 0 && errno == EEXIST && attempt < 1_000
            writtenPath = name
            if descriptor >= 0 && isThere { fchmod(descriptor, status.st_mode & 0o7777) }
        }
        guard descriptor >= 0 else { throw Self.error(path, .latest) }
    }

    /// Without `commit`, nothing remains.
    deinit { discard() }

    func write(_ bytes: UnsafeRawBufferPointer) throws(PaperError) { try Self.write(bytes, to: descriptor, path: path) }

    /// Forces it to disk and gives it its name.
    func commit() throws(PaperError) {
        // A pipe or a terminal cannot be forced to disk, and need not be.
        if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS { throw Self.error(path, .latest) }
        let closed = close(descriptor)
        let cause = SystemCause.latest
        descriptor = -1
        if closed != 0 || (writtenPath != path && rename(writtenPath, path) != 0) {
            let error = Self.error(path, closed != 0 ? cause : .latest)
            discard()
            throw error
        }
        isCommitted = true
    }

    private var isCommitted = false

    private func discard() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        if !isCommitted && writtenPath != path { unlink(writtenPath) }
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws(PaperError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let n = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if n >= 0 {
                rest = rest.dropFirst(n)
            } else if errno != EINTR {
                throw error(path, .latest)
            }
        }
    }

    static func error(_ path: String, _ cause: SystemCause) -> PaperError {
        cause.number == ENOSPC || cause.number == EDQUOT ? .diskFull(path: path) : .cannotWrite(path: path, cause: cause)
    }
}
