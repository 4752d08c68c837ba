import Glibc

/// A file being read from its beginning: a regular file as far as it reached when it was opened, anything else to its end.
///
/// It is read, not mapped: a mapped file that becomes shorter kills the program.
final class InputFile {
    let path: String
    /// The size when it was opened; nothing for a pipe.
    let size: Int?
    private(set) var position = 0
    private let descriptor: Int32

    init(path: String) throws(PaperError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, cause: .latest) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let cause = SystemCause.latest
            Glibc.close(descriptor)
            throw .cannotOpen(path: path, cause: cause)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            Glibc.close(descriptor)
            throw .cannotOpen(path: path, cause: SystemCause(EISDIR))
        }
        self.descriptor = descriptor
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit { Glibc.close(descriptor) }

    /// Reads as much as is asked for; less only at the end.
    func read(_ wanted: Int, into room: UnsafeMutablePointer<UInt8>) throws(SystemCause) -> Int {
        let wanted = size.map { min(wanted, $0 - position) } ?? wanted
        var got = 0
        while got < wanted {
            let n = Glibc.read(descriptor, room + got, wanted - got)
            if n > 0 {
                got += n
            } else if n == 0 {
                break
            } else if errno != EINTR {
                throw .latest
            }
        }
        position += got
        return got
    }

    /// How the file's size now differs from when it was opened: above 0, it grew.
    var change: Int {
        guard let size else { return 0 }
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) - size : 0
    }
}

extension SystemCause: Error {}
