import CSQLite
import Foundation

/// SQLite writes each page of a commit to its log by two calls of the system. This layer between SQLite and the system
/// (sqlite.org/vfs.html) gathers them, and hands them on in large pieces before the log is brought to disk.
///
/// Nobody can miss what is gathered: other connections read only what a commit has published in the log's index, and with
/// `synchronous = FULL` SQLite publishes after it has synced. The connection itself has it written before it reads there.
enum BatchedWAL {
    private static let header = 32
    fileprivate typealias File = UnsafeMutablePointer<sqlite3_file>

    /// Makes SQLite use it for every connection that is opened from now on.
    static let install: Void = {
        sqlite3_count_no_memory()
        guard let base else { return }
        let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        layer.initialize(to: base.pointee)
        layer.pointee.zName = UnsafePointer(strdup("dianzhang"))
        layer.pointee.szOsFile = base.pointee.szOsFile + CInt(header)
        layer.pointee.xOpen = { _, path, file, flags, outFlags in
            guard let file, let base = BatchedWAL.base, let open = base.pointee.xOpen else { return SQLITE_CANTOPEN }
            guard flags & SQLITE_OPEN_WAL != 0 else { return open(base, path, file, flags, outFlags) }
            file.pointee.pMethods = nil
            let code = open(base, path, BatchedWAL.underlying(file), flags, outFlags)
            guard code == SQLITE_OK else { return code }
            BatchedWAL.setGathering(Gathering(BatchedWAL.underlying(file)), of: file)
            file.pointee.pMethods = BatchedWAL.methods
            return code
        }
        sqlite3_vfs_register(layer, 1)
    }()

    nonisolated(unsafe) private static let base = sqlite3_vfs_find(nil)

    /// The system's file, behind our header in the memory that SQLite has set aside.
    private static func underlying(_ file: File) -> File {
        UnsafeMutableRawPointer(file).advanced(by: header).assumingMemoryBound(to: sqlite3_file.self)
    }

    private static func place(of file: File?) -> UnsafeMutablePointer<Unmanaged<Gathering>>? {
        file.map { UnsafeMutableRawPointer($0).advanced(by: 16).assumingMemoryBound(to: Unmanaged<Gathering>.self) }
    }

    private static func setGathering(_ gathering: Gathering, of file: File) {
        place(of: file)?.initialize(to: Unmanaged.passRetained(gathering))
    }

    private static func gathering(_ file: File?) -> Gathering { place(of: file)!.pointee.takeUnretainedValue() }

    nonisolated(unsafe) private static let methods: UnsafePointer<sqlite3_io_methods> = {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        methods.xClose = { file in
            let gathering = BatchedWAL.place(of: file)!.pointee.takeRetainedValue()
            _ = gathering.handOn()
            return gathering.at { $0.methods.xClose($0) }
        }
        methods.xRead = { BatchedWAL.gathering($0).read(into: $1, Int($2), at: $3) }
        methods.xWrite = { BatchedWAL.gathering($0).write($1, Int($2), at: $3) }
        methods.xTruncate = { file, size in BatchedWAL.gathering(file).handedOn { $0.methods.xTruncate($0, size) } }
        methods.xSync = { file, flags in BatchedWAL.gathering(file).handedOn { $0.methods.xSync($0, flags) } }
        methods.xFileSize = { file, size in BatchedWAL.gathering(file).handedOn { $0.methods.xFileSize($0, size) } }
        methods.xLock = { file, level in BatchedWAL.gathering(file).at { $0.methods.xLock($0, level) } }
        methods.xUnlock = { file, level in BatchedWAL.gathering(file).at { $0.methods.xUnlock($0, level) } }
        methods.xCheckReservedLock = { file, answer in BatchedWAL.gathering(file).at { $0.methods.xCheckReservedLock($0, answer) } }
        methods.xFileControl = { file, what, argument in BatchedWAL.gathering(file).at { $0.methods.xFileControl($0, what, argument) } }
        methods.xSectorSize = { file in BatchedWAL.gathering(file).at { $0.methods.xSectorSize($0) } }
        methods.xDeviceCharacteristics = { file in BatchedWAL.gathering(file).at { $0.methods.xDeviceCharacteristics($0) } }
        let place = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        place.initialize(to: methods)
        return UnsafePointer(place)
    }()
}

/// Successive writes of one connection to its log, not handed to the system yet.
private final class Gathering {
    /// SQLite's own layer takes less than 128 KiB at once.
    private static let most = 120 * 1024

    private let base: BatchedWAL.File
    private var bytes: UnsafeMutableRawPointer?
    private var start: Int64 = 0
    private var count = 0

    init(_ base: BatchedWAL.File) { self.base = base }

    deinit { bytes?.deallocate() }

    func write(_ source: UnsafeRawPointer?, _ size: Int, at offset: Int64) -> CInt {
        if count > 0, offset != start + Int64(count) || count + size > Self.most {
            let code = handOn()
            if code != SQLITE_OK { return code }
        }
        guard let source, size <= Self.most else { return base.methods.xWrite(base, source, CInt(size), offset) }
        let place = bytes ?? .allocate(byteCount: Self.most, alignment: 16)
        bytes = place
        if count == 0 { start = offset }
        place.advanced(by: count).copyMemory(from: source, byteCount: size)
        count += size
        return SQLITE_OK
    }

    func read(into target: UnsafeMutableRawPointer?, _ size: Int, at offset: Int64) -> CInt {
        if count > 0, offset < start + Int64(count), offset + Int64(size) > start {
            let code = handOn()
            if code != SQLITE_OK { return code }
        }
        return base.methods.xRead(base, target, CInt(size), offset)
    }

    func at(_ body: (BatchedWAL.File) -> CInt) -> CInt { body(base) }

    func handedOn(_ body: (BatchedWAL.File) -> CInt) -> CInt {
        let code = handOn()
        return code == SQLITE_OK ? body(base) : code
    }

    /// What cannot be written is lost with the transaction that wrote it, which SQLite rolls back on hearing of it.
    func handOn() -> CInt {
        guard count > 0 else { return SQLITE_OK }
        defer { count = 0 }
        return base.methods.xWrite(base, bytes, CInt(count), start)
    }
}

extension BatchedWAL.File {
    fileprivate var methods: sqlite3_io_methods { pointee.pMethods.pointee }
}
