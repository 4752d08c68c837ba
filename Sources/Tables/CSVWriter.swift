import Glibc

/// Writes a CSV file. A file appears under its name only when `close` succeeds; a full disk leaves nothing behind.
package final class CSVWriter {
    package enum Destination {
        case file(String)
        case standardOutput
        case sink((UnsafeRawBufferPointer) throws -> Void)
    }

    private enum Outlet {
        case file(OutputFile)
        case standardOutput
        case sink((UnsafeRawBufferPointer) throws -> Void)
    }

    private let outlet: Outlet
    private var text: CSVText
    private static let most = 256 << 10

    /// - Parameters:
    ///   - byteOrderMark: Begins with the mark by which Excel knows UTF-8.
    ///   - guardsFormulas: See `CSVText`.
    package init(_ destination: Destination, byteOrderMark: Bool = false, guardsFormulas: Bool = false) throws {
        switch destination {
        case .file(let path): outlet = .file(try OutputFile(path: path))
        case .standardOutput: outlet = .standardOutput
        case .sink(let sink): outlet = .sink(sink)
        }
        text = CSVText(guardsFormulas: guardsFormulas)
        if byteOrderMark { try write([0xEF, 0xBB, 0xBF]) }
    }

    package func append(_ field: UnsafeBufferPointer<UInt8>) { text.append(field) }
    package func append(_ field: String) { text.append(field) }
    package func append(_ number: Int) { text.append(number) }
    package func append(decimal number: String) { text.append(decimal: number) }
    package func append(_ row: TableRow) { text.append(row) }

    /// - Throws: `PaperError` if what has gathered could not be written; or what the sink throws.
    package func endRow() throws {
        text.endRow()
        if text.bytes.count >= Self.most { try flush() }
    }

    /// A whole row.
    package func row(_ fields: [String]) throws {
        for field in fields { text.append(field) }
        try endRow()
    }

    /// Whole rows that were written elsewhere.
    package func append(_ rows: CSVText) throws {
        try flush()
        try write(rows.bytes)
    }

    /// Writes out what has gathered.
    package func flush() throws {
        if text.isEmpty { return }
        try write(text.bytes)
        text.removeAll()
    }

    /// To be called last: completes the file and gives it its name.
    package func close() throws {
        try flush()
        if case .file(let file) = outlet { try file.commit() }
    }

    private func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            switch outlet {
            case .file(let file): try file.write(bytes)
            case .standardOutput: try OutputFile.write(bytes, to: STDOUT_FILENO, path: "stdout")
            case .sink(let sink): try sink(bytes)
            }
        }
    }
}
