/// Rows of a sheet, taken apart, each with its number.
final class SheetCells {
    private struct Row {
        let bytes: Int
        let spans: Int
        let count: Int
        let number: Int
        let hasFormula: Bool
        /// Nothing for a sound row.
        let damages: Int?
    }

    private let texts = ByteBuffer()
    private var spans: [FieldSpan] = []
    private var damages: [UInt8] = []
    private var rows: [Row] = []

    /// About how much memory the rows take, in bytes.
    var size: Int { texts.count + spans.count * MemoryLayout<FieldSpan>.stride + rows.count * MemoryLayout<Row>.stride }
    var isEmpty: Bool { rows.isEmpty }

    /// - Parameter withDamage: what spreadsheets did to its values is kept too.
    func append(_ row: SheetRow, withDamage: Bool) {
        let found = withDamage ? row.damage : nil
        rows.append(
            Row(
                bytes: texts.count, spans: spans.count, count: row.fields.count, number: row.number, hasFormula: row.hasFormula,
                damages: found == nil ? nil : damages.count))
        texts.append(row.texts.bytes)
        spans.append(contentsOf: row.fields)
        if let found { damages += found }
    }

    func clear() {
        texts.clear()
        spans.removeAll(keepingCapacity: true)
        damages.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
    }

    /// Puts the rows in the order of their numbers. Answers a number that two rows have.
    func sort() -> Int? {
        rows.sort { $0.number < $1.number }
        return zip(rows, rows.dropFirst()).first { $0.number == $1.number }?.0.number
    }

    /// Gives all rows and answers how many there are.
    func forEachRow(_ body: (TableRow) throws -> Void) rethrows -> Int {
        try spans.withUnsafeBufferPointer { spans in
            try damages.withUnsafeBufferPointer { damages in
                guard let fields = spans.baseAddress else { return }
                for row in rows {
                    try body(
                        TableRow(
                            bytes: texts.base + row.bytes, spans: fields + row.spans, count: row.count, line: row.number,
                            number: row.number,
                            hasFormula: row.hasFormula, damages: row.damages.flatMap { place in damages.baseAddress.map { $0 + place } }))
                }
            }
        }
        return rows.count
    }

    func first(_ most: Int) -> [HeaderSearch.Row] {
        struct Enough: Error {}
        var found: [HeaderSearch.Row] = []
        _ = try? forEachRow { row in
            if found.count == most { throw Enough() }
            found.append(.init(texts: row.texts, line: row.line, number: row.number))
        }
        return found
    }
}
