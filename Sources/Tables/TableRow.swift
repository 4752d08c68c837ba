/// Where a field lies in the bytes of its row.
@usableFromInline
struct FieldSpan {
    @usableFromInline var start: UInt32
    @usableFromInline var end: UInt32

    @inline(__always)
    init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }
}

/// One row of a table, in UTF-8. It is valid only within the closure that received it: the bytes belong to the reader.
package struct TableRow {
    @usableFromInline let bytes: UnsafePointer<UInt8>
    @usableFromInline let spans: UnsafePointer<FieldSpan>

    /// Fields in this row; it may differ from the header's.
    package let count: Int
    /// The line of the text where the row begins, from 1. In a workbook, the row of the sheet.
    package let line: Int
    /// The number that a spreadsheet shows beside the row: the header is 1, and empty rows count.
    package let number: Int
    /// Some value was calculated. The value that the spreadsheet program kept is given; nothing is calculated here.
    package let hasFormula: Bool
    /// By column; nothing when the whole row is sound.
    @usableFromInline let damages: UnsafePointer<UInt8>?

    @inline(__always)
    init(
        bytes: UnsafePointer<UInt8>, spans: UnsafePointer<FieldSpan>, count: Int, line: Int, number: Int, hasFormula: Bool = false,
        damages: UnsafePointer<UInt8>? = nil
    ) {
        (self.bytes, self.spans, self.count) = (bytes, spans, count)
        (self.line, self.number, self.hasFormula, self.damages) = (line, number, hasFormula, damages)
    }

    /// Some value of the row is none, or not what was entered.
    @inlinable
    package var isDamaged: Bool { damages != nil }

    /// What a spreadsheet has done to the value of a column that is read.
    package func damage(_ index: Int) -> CellDamage {
        guard let damages, index >= 0, index < count else { return .none }
        return CellDamage(rawValue: damages[index]) ?? .none
    }

    /// The bytes of a field; a field that the row does not have is empty.
    @inlinable
    package subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        guard index >= 0 && index < count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let span = spans[index]
        return UnsafeBufferPointer(start: bytes + Int(span.start), count: Int(span.end &- span.start))
    }

    /// The field as a string of its own.
    package func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

    /// All fields as strings of their own.
    package var texts: [String] { (0..<count).map(text) }
}
