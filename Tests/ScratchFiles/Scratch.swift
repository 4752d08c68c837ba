import CArchive
import Foundation
import Glibc

/// A folder for one test's files, gone with it.
package final class Scratch: Sendable {
    package let folder: URL

    package init() {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("papers-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    package func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a file and answers its path.
    package func file(_ bytes: [UInt8], _ name: String = "table.csv") throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    package func file(_ text: String, _ name: String = "table.csv") throws -> String { try file(Array(text.utf8), name) }

    /// Writes a ZIP package of these parts.
    package func package(_ parts: [(String, [UInt8])], _ name: String = "book.xlsx") throws -> String {
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        archive_write_set_format_zip(archive)
        guard archive_write_open_filename(archive, path(name)) == ARCHIVE_OK else {
            throw POSIXError(.EIO)
        }
        for (part, bytes) in parts {
            let entry = archive_entry_new()
            defer { archive_entry_free(entry) }
            archive_entry_set_pathname(entry, part)
            archive_entry_set_size(entry, Int64(bytes.count))
            archive_entry_set_filetype(entry, 0o100000)
            archive_entry_set_perm(entry, 0o644)
            archive_write_header(archive, entry)
            _ = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        }
        archive_write_close(archive)
        return path(name)
    }

    /// A workbook of one sheet, with the shared texts if they are given.
    package func workbook(_ rows: String, shared: String? = nil, properties: String = "", before: String = "") throws -> String {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var parts = [
            ("[Content_Types].xml", "\(head)<Types/>"),
            (
                "_rels/.rels",
                "\(head)<Relationships><Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            (
                "xl/workbook.xml",
                "\(head)<workbook xmlns:r=\"\(office)\">\(properties)<sheets><sheet name=\"客户\" r:id=\"r1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "\(head)<Relationships><Relationship Id=\"r1\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                    + "<Relationship Id=\"r2\" Type=\"\(office)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"
            ),
            ("xl/worksheets/sheet1.xml", "\(head)\(before)<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
        ]
        if let shared { parts.append(("xl/sharedStrings.xml", "\(head)<sst>\(shared)</sst>")) }
        return try package(parts.map { ($0.0, Array($0.1.utf8)) })
    }
}

/// Text in GB18030, by the C library's converter.
package func gb18030(_ text: String) -> [UInt8] {
    let converter = iconv_open("GB18030", "UTF-8")
    defer { iconv_close(converter) }
    var from = Array(text.utf8).map { CChar(bitPattern: $0) }
    var to = [CChar](repeating: 0, count: from.count * 2 + 8)
    var (left, free) = (from.count, to.count)
    from.withUnsafeMutableBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
            var (source, target) = (from.baseAddress, to.baseAddress)
            iconv(converter, &source, &left, &target, &free)
        }
    }
    return to.dropLast(free).map { UInt8(bitPattern: $0) }
}
