import Glibc
import Tables

/// A file that can be read twice. What comes from a pipe is first copied into a temporary file.
struct RereadableFile {
    let path: String
    /// In bytes.
    let size: Int
    private let isCopy: Bool

    init(_ path: String, scratch: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw PaperError.cannotOpen(path: path, cause: SystemCause(errno)) }
        if status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFDIR {
            (self.path, size, isCopy) = (path, Int(status.st_size), false)
        } else {
            (self.path, size) = try RereadableFile.copy(path, scratch)
            isCopy = true
        }
    }

    func remove() { if isCopy { unlink(path) } }

    private static func copy(_ path: String, _ scratch: String) throws -> (String, Int) {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw PaperError.cannotOpen(path: path, cause: SystemCause(errno)) }
        defer { close(source) }
        var template = Array("\(scratch)/dianzhang-XXXXXX".utf8CString)
        let target = mkstemp(&template)
        guard target >= 0 else { throw PaperError.cannotWrite(path: scratch, cause: SystemCause(errno)) }
        defer { close(target) }
        let name = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let room = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        var size = 0
        while true {
            let got = read(source, room, 1 << 20)
            if got == 0 { return (name, size) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else {
                unlink(name)
                throw PaperError.cannotRead(line: 1, cause: SystemCause(errno))
            }
            var done = 0
            while done < got {
                let n = write(target, room + done, got - done)
                if n < 0, errno == EINTR { continue }
                guard n > 0 else {
                    let error =
                        errno == ENOSPC ? PaperError.diskFull(path: scratch) : .cannotWrite(path: scratch, cause: SystemCause(errno))
                    unlink(name)
                    throw error
                }
                done += n
            }
            size += got
        }
    }
}
