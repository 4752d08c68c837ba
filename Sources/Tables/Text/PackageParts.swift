import CArchive

/// The parts of a ZIP package that was handed in and stands in memory: an OFD, whose data is XML among them. No more is unpacked than a
/// reader of small papers needs, since a package of a few kilobytes can hold gigabytes.
package struct PackageParts: Sendable {
    package struct Part: Sendable {
        /// As it is called in the package, without a slash before it.
        package let name: String
        package let content: [UInt8]
    }

    package static let largestPart = 8 << 20
    package static let largestSum = 32 << 20
    private static let most = 2_000

    /// The parts that are asked for; `nil` for what is no package, is damaged, or holds more than is taken.
    /// - Parameter isWanted: by the name of a part.
    package static func read(_ content: [UInt8], _ isWanted: (String) -> Bool) -> [Part]? {
        guard content.starts(with: [0x50, 0x4B, 0x03, 0x04]), let archive = archive_read_new() else { return nil }
        defer { archive_read_free(archive) }
        archive_read_support_format_zip_seekable(archive)
        return content.withUnsafeBytes { bytes -> [Part]? in
            guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
            return parts(archive, isWanted)
        }
    }

    private static func parts(_ archive: OpaquePointer, _ isWanted: (String) -> Bool) -> [Part]? {
        var parts: [Part] = [], sum = 0, passed = 0, entry: OpaquePointer?
        while true {
            let status = archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return parts }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry, passed < most else { return nil }
            passed += 1
            let written = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
            let name = written.hasPrefix("/") ? String(written.dropFirst()) : written
            guard isWanted(name) else { continue }
            guard let content = content(archive, upTo: min(largestPart, largestSum - sum)) else { return nil }
            sum += content.count
            parts.append(Part(name: name, content: content))
        }
    }

    private static func content(_ archive: OpaquePointer, upTo limit: Int) -> [UInt8]? {
        var content: [UInt8] = [], room = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got = room.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            if got == 0 { return content }
            guard got > 0, content.count + got <= limit else { return nil }
            content += room[..<got]
        }
    }
}
