import CArchive
import Glibc

/// One part of a ZIP package, unpacked as a stream, no further than the limits allow: a package of a few kilobytes can hold gigabytes.
final class ZipPart {
    let name: String
    /// How much of the package has been read, in bytes.
    var position: Int { Int(archive_filter_bytes(archive, -1)) }

    private let archive: OpaquePointer
    private let limits: TableLimits
    private let packageSize: Int
    private var unpacked = 0

    /// Goes to the part. Nothing if the package has none of this name.
    init?(_ name: String, in path: String, limits: TableLimits) throws(PaperError) {
        self.name = name
        self.limits = limits
        archive = try Self.open(path)
        var status = stat()
        packageSize = stat(path, &status) == 0 ? Int(status.st_size) : 0
        var passed = 0
        while let present = try Self.nextName(archive) {
            if Self.plain(present) == Self.plain(name) { return }
            passed += 1
            guard passed <= limits.parts else { throw .workbookTooLarge(part: "ZIP", limit: limits.parts) }
        }
        return nil
    }

    deinit { archive_read_free(archive) }

    /// Unpacks the next bytes; 0 at the end.
    func read(into room: UnsafeMutableRawBufferPointer) throws(PaperError) -> Int {
        let got = archive_read_data(archive, room.baseAddress, room.count)
        guard got >= 0 else { throw .damagedWorkbook(part: name, line: nil) }
        unpacked += got
        let (most, overflow) = packageSize.multipliedReportingOverflow(by: limits.ratio)
        let limit = min(limits.part, max(limits.freePart, overflow ? .max : most))
        guard unpacked <= limit else { throw .workbookTooLarge(part: name, limit: limit) }
        return got
    }

    /// Names of parts are equal in any case (ECMA-376 part 2, 6.2.2.3); some programs write the separators of their own system.
    private static func plain(_ name: String) -> String {
        String(
            decoding: name.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }

    private static func open(_ path: String) throws(PaperError) -> OpaquePointer {
        guard let archive = archive_read_new() else { throw .cannotOpen(path: path, cause: SystemCause(ENOMEM)) }
        archive_read_support_format_zip_seekable(archive)
        guard archive_read_open_filename(archive, path, 64 << 10) == ARCHIVE_OK else {
            archive_read_free(archive)
            throw .damagedWorkbook(part: "ZIP", line: nil)
        }
        return archive
    }

    private static func nextName(_ archive: OpaquePointer) throws(PaperError) -> String? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw .damagedWorkbook(part: "ZIP", line: nil) }
        guard let name = archive_entry_pathname(entry) else { return "" }
        return String(cString: name).trimmingLeadingSlash
    }
}

extension String {
    fileprivate var trimmingLeadingSlash: String { hasPrefix("/") ? String(dropFirst()) : self }
}
