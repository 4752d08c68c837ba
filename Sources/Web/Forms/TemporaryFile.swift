import Glibc

/// A file that only this program reads, and that is gone when nobody holds it any more.
package final class TemporaryFile: Sendable {
    package let path: String
    private let descriptor: Int32

    /// - Throws: `WebFault.noRoom` when it cannot be made.
    package init() throws(WebFault) {
        guard let folder = TemporaryFolder.path else { throw .noRoom }
        var name = Array("\(folder)/XXXXXX".utf8CString)
        // mkstemp makes it readable by its owner alone.
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw .noRoom }
        path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(WebFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .noRoom
            }
        }
    }

    /// Its length in bytes as it is now.
    package var size: Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Up to `count` bytes from `offset` on; empty at the end.
    package func read(at offset: Int, count: Int) throws(WebFault) -> [UInt8] {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw .noRoom }
        defer { close(source) }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            length = max(pread(source, buffer.baseAddress, count, off_t(offset)), 0)
        }
        return bytes
    }
}
