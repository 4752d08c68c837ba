/// Rows as CSV text (RFC 4180, lines end with CR LF) in memory. A value of its own, so that threads can each write their part.
package struct CSVText: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []
    private let guardsFormulas: Bool
    private var isRowOpen = false
    private var rowStart = 0

    /// - Parameter guardsFormulas: Puts an apostrophe before a cell that a spreadsheet program would take for a formula
    ///   (`FormulaGuard`). The text is then no longer the same: only for what people open, not for what goes in again.
    package init(guardsFormulas: Bool = false) { self.guardsFormulas = guardsFormulas }

    package var isEmpty: Bool { bytes.isEmpty }

    /// Adds a field.
    package mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
        separate()
        let isFormula = guardsFormulas && FormulaGuard.applies(to: field)
        let isQuoted = isFormula || field.contains(where: Self.needsQuotes)
        guard isQuoted else { return bytes.append(contentsOf: field) }
        bytes.append(.quote)
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in field {
            if byte == .quote { bytes.append(.quote) }
            bytes.append(byte)
        }
        bytes.append(.quote)
    }

    /// Adds a field.
    package mutating func append(_ field: String) {
        var field = field
        field.withUTF8 { append($0) }
    }

    /// Adds a field. A number is never taken for a formula.
    package mutating func append(_ number: Int) {
        separate()
        var magnitude = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let first = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[first...].reverse()
    }

    /// Adds a decimal number, `-1234.50`, which is never taken for a formula either.
    package mutating func append(decimal text: String) {
        precondition(text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }, "\(text) is no number")
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    /// Adds all fields of a row as they are.
    package mutating func append(_ row: TableRow) { for index in 0..<row.count { append(row[index]) } }

    package mutating func endRow() {
        // A row of one empty field would be an empty line, which readers leave out.
        if isRowOpen && bytes.count == rowStart { bytes += [.quote, .quote] }
        bytes += [.carriageReturn, .lineFeed]
        isRowOpen = false
        rowStart = bytes.count
    }

    /// Forgets what has been written; a row that is open stays open.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        rowStart = isRowOpen ? -1 : 0
    }

    private mutating func separate() {
        if isRowOpen { bytes.append(UInt8(ascii: ",")) }
        isRowOpen = true
    }

    @inline(__always)
    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == .quote || byte == .lineFeed || byte == .carriageReturn
    }
}
