import Glibc
import Vault

/// A backup being written: under another name until it is whole and on disk.
final class CopyFile {
    /// Bytes of a piece before it is sealed.
    static let pieceSize = 1 << 20
    /// Marks the length of the last piece.
    static let last: UInt32 = 1 << 31

    private let path: String
    private let partial: String
    private var descriptor: Int32
    private var stream: SealedStream
    private var piece: [UInt8] = []
    private var isCommitted = false

    init(_ path: String, _ header: CopyHeader, _ master: MasterKey) throws {
        self.path = path
        partial = path + ".partial"
        guard access(path, F_OK) != 0 else { throw CopyError.exists(path: path) }
        let bytes = header.bytes
        stream = SealedStream(master, salt: header.salt, binding: bytes)
        unlink(partial)
        descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else { throw CopyError.writing(path, errno) }
        try put(CopyHeader.magic + UInt32(bytes.count).bytes + bytes)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if !isCommitted { unlink(partial) }
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.pieceSize - piece.count)
            piece.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if piece.count == Self.pieceSize { try endPiece(isLast: false) }
        }
    }

    private func endPiece(isLast: Bool) throws {
        let sealed = try stream.seal(piece, isLast: isLast)
        piece.removeAll(keepingCapacity: true)
        try put((UInt32(sealed.count) | (isLast ? Self.last : 0)).bytes + sealed)
    }

    private func put(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw CopyError.writing(path, errno)
            }
        }
    }

    func commit() throws {
        try endPiece(isLast: true)
        guard fsync(descriptor) == 0 else { throw CopyError.writing(path, errno) }
        // Unlike a renaming, a link is never put over a file that came meanwhile.
        guard link(partial, path) == 0 else {
            throw errno == EEXIST ? CopyError.exists(path: path) : CopyError.writing(path, errno)
        }
        unlink(partial)
        isCommitted = true
        let folder = open(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw CopyError.writing(path, errno) }
    }
}

/// A backup being read, piece by piece; a piece is looked at only when its seal was found whole.
final class CopyReader {
    let header: CopyHeader
    private let path: String
    private let descriptor: Int32
    private var stream: SealedStream
    private var piece: [UInt8] = []
    private var used = 0
    private var isLast = false

    init(_ path: String, _ master: MasterKey) throws {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CopyError.cannotRead(path: path, reason: String(cString: strerror(errno))) }
        self.descriptor = descriptor
        do {
            let magic = try Self.take(CopyHeader.magic.count, descriptor, path)
            guard magic == CopyHeader.magic else { throw CopyError.noBackup(path: path) }
            let size = UInt32(bytes: try Self.take(4, descriptor, path))
            guard size < 1 << 20 else { throw CopyError.damaged(path: path) }
            let bytes = try Self.take(Int(size), descriptor, path)
            header = try CopyHeader(bytes, from: path)
            guard SealedStream.check(master, salt: header.salt) == header.check else { throw CopyError.otherKey(path: path) }
            stream = SealedStream(master, salt: header.salt, binding: bytes)
        } catch let error as CopyError {
            close(descriptor)
            // Too short for a header: nothing of ours.
            throw error == .cutOff(path: path) ? CopyError.noBackup(path: path) : error
        }
    }

    deinit { close(descriptor) }

    func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            if used == piece.count { try nextPiece() }
            let part = piece[used..<min(piece.count, used + count - bytes.count)]
            bytes.append(contentsOf: part)
            used += part.count
        }
        return bytes
    }

    private func nextPiece() throws {
        guard !isLast else { throw CopyError.cutOff(path: path) }
        let length = UInt32(bytes: try Self.take(4, descriptor, path))
        isLast = length & CopyFile.last != 0
        let size = Int(length & ~CopyFile.last)
        guard size <= CopyFile.pieceSize + 16 else { throw CopyError.damaged(path: path) }
        do {
            piece = try stream.open(try Self.take(size, descriptor, path), isLast: isLast)
        } catch is VaultError {
            throw CopyError.damaged(path: path)
        }
        used = 0
    }

    /// After what was read nothing may follow.
    func requireEnd() throws {
        while !isLast { try nextPiece() }
        var byte: UInt8 = 0
        guard used == piece.count, Glibc.read(descriptor, &byte, 1) == 0 else { throw CopyError.damaged(path: path) }
    }

    private static func take(_ count: Int, _ descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + filled, count - filled) }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw CopyError.cannotRead(path: path, reason: String(cString: strerror(errno))) }
            guard got > 0 else { throw CopyError.cutOff(path: path) }
            filled += got
        }
        return bytes
    }
}

extension FixedWidthInteger {
    var bytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    init(bytes: [UInt8]) { self = bytes.reduce(0) { $0 << 8 | Self($1) } }
}
