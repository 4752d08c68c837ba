/// Rows of a sheet, taken apart, each with its number.
final class SheetCells {
    private struct Row {
        let bytes: Int
        let spans: Int
        let count: Int
        let number: Int
        let hasFormula: Bool
    }

    private let texts = ByteBuffer()
    private var spans: [FieldSpan] = []
    private var rows: [Row] = []
    private var given = 0

    /// About how much memory the rows take, in bytes.
    var size: Int { texts.count + spans.count * MemoryLayout<FieldSpan>.stride + rows.count * MemoryLayout<Row>.stride }
    var isEmpty: Bool { rows.isEmpty }
    /// All have been given.
    var isDone: Bool { given == rows.count }

    func append(_ text: UnsafeBufferPointer<UInt8>, _ fields: [FieldSpan], number: Int, hasFormula: Bool) {
        rows.append(Row(bytes: texts.count, spans: spans.count, count: fields.count, number: number, hasFormula: hasFormula))
        texts.append(text)
        spans.append(contentsOf: fields)
    }

    func clear() {
        texts.clear()
        spans.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        given = 0
    }

    /// Gives so many rows and answers how many those were; the next call goes on behind them.
    func forEachRow(limit: Int, _ body: (TableRow) throws -> Void) rethrows -> Int {
        let first = given
        try spans.withUnsafeBufferPointer { spans in
            guard let fields = spans.baseAddress else { return }
            while given < rows.count && given - first < limit {
                let row = rows[given]
                given += 1
                try body(
                    TableRow(
                        bytes: texts.base + row.bytes, spans: fields + row.spans, count: row.count, line: row.number, number: row.number,
                        hasFormula: row.hasFormula))
            }
        }
        return given - first
    }
}
