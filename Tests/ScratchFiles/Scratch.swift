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

    /// A workbook of one sheet, with the shared texts and the styles if they are given.
    package func workbook(
        _ rows: String, shared: String? = nil, properties: String = "", before: String = "", styles: String? = nil
    ) throws -> String {
        try workbook(sheets: [("客户", "", rows)], shared: shared, properties: properties, before: before, styles: styles)
    }

    /// A workbook of several sheets, each with its name, its state and its rows.
    package func workbook(
        sheets: [(name: String, state: String, rows: String)], shared: String? = nil, properties: String = "", before: String = "",
        styles: String? = nil
    ) throws -> String {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let listed = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(sheet.name)\"\(sheet.state.isEmpty ? "" : " state=\"\(sheet.state)\"") r:id=\"s\(index + 1)\"/>"
        }
        let related = sheets.indices.map {
            "<Relationship Id=\"s\($0 + 1)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
        }
        var parts = [
            ("[Content_Types].xml", "\(head)<Types/>"),
            (
                "_rels/.rels",
                "\(head)<Relationships><Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
            ("xl/workbook.xml", "\(head)<workbook xmlns:r=\"\(office)\">\(properties)<sheets>\(listed.joined())</sheets></workbook>"),
            (
                "xl/_rels/workbook.xml.rels",
                "\(head)<Relationships>\(related.joined())"
                    + "<Relationship Id=\"r2\" Type=\"\(office)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                    + "<Relationship Id=\"r3\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ]
        for (index, sheet) in sheets.enumerated() {
            parts.append(
                ("xl/worksheets/sheet\(index + 1).xml", "\(head)\(before)<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>"))
        }
        if let shared { parts.append(("xl/sharedStrings.xml", "\(head)<sst>\(shared)</sst>")) }
        if let styles { parts.append(("xl/styles.xml", "\(head)<styleSheet>\(styles)</styleSheet>")) }
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
