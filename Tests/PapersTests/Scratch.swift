import CArchive
import Foundation
import Glibc

@testable import Papers

/// A folder for one test's files, gone with it.
final class Scratch {
    let folder: URL

    init() {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("papers-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a file and answers its path.
    func file(_ bytes: [UInt8], _ name: String = "table.csv") throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    func file(_ text: String, _ name: String = "table.csv") throws -> String { try file(Array(text.utf8), name) }

    /// Writes a ZIP package of these parts.
    func package(_ parts: [(String, [UInt8])], _ name: String = "book.xlsx") throws -> String {
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        archive_write_set_format_zip(archive)
        guard archive_write_open_filename(archive, path(name)) == ARCHIVE_OK else {
            throw PaperError.cannotWrite(path: name, cause: SystemCause(EIO))
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
    func workbook(_ rows: String, shared: String? = nil, properties: String = "", before: String = "") throws -> String {
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

/// A row as it was read.
struct Seen: Equatable, CustomStringConvertible {
    var texts: [String]
    var line: Int
    var number: Int
    var hasFormula = false

    init(_ row: TableRow) { (texts, line, number, hasFormula) = (row.texts, row.line, row.number, row.hasFormula) }

    init(_ texts: [String], line: Int, number: Int? = nil) { (self.texts, self.line, self.number) = (texts, line, number ?? line) }

    var description: String { "\(line)/\(number): \(texts)" }
}

/// The header, the rows before any fault, and the fault.
struct Outcome: Equatable {
    var columns: [String] = []
    var rows: [Seen] = []
    var error: PaperError?

    var texts: [[String]] { rows.map(\.texts) }

    init(_ path: String, sheet: String? = nil, chunk: Int? = nil, limits: TableLimits = TableLimits()) throws {
        var limits = limits
        if let chunk { limits.chunk = chunk }
        do {
            let table = try TableReader(path: path, sheet: sheet, limits: limits)
            columns = table.columns
            try table.forEachRow { rows.append(Seen($0)) }
        } catch let error as PaperError {
            self.error = error
        }
    }

    init(parallel path: String, workers: Int, chunk: Int) throws {
        var limits = TableLimits()
        limits.chunk = chunk
        do {
            let table = try TableReader(path: path, limits: limits)
            columns = table.columns
            try ParallelTable(table, workers: workers).run(
                { chunk in
                    var rows: [(Seen.Parts)] = []
                    chunk.forEachRow { rows.append(Seen($0).parts) }
                    return rows
                },
                inOrder: { part, extent in
                    guard extent.rowsBefore == rows.count, extent.rows == part.count else { throw PaperError.empty }
                    rows += part.map(Seen.init)
                })
        } catch let error as PaperError {
            self.error = error
        }
    }
}

extension Seen {
    typealias Parts = (texts: [String], line: Int, number: Int)
    var parts: Parts { (texts, line, number) }
    init(_ parts: Parts) { self.init(parts.texts, line: parts.line, number: parts.number) }
}

/// Text in GB18030, by the C library's converter.
func gb18030(_ text: String) -> [UInt8] {
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
