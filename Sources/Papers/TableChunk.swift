/// Whole rows of a table, some megabytes of them. One thread at a time may use it.
package final class TableChunk: @unchecked Sendable {
    /// How much of the file has been used when this chunk is done, in bytes of the file.
    package internal(set) var position = 0
    /// Rows given to the closure so far.
    package private(set) var rows = 0
    /// Why the rows end early. The rows before it have been given.
    package internal(set) var failure: PaperError?

    enum Content {
        /// Text as it was read, in this encoding.
        case text(TextEncoding, TextTail)
        /// Cells, already taken apart, and what follows them if it is a fault.
        case cells(PaperError?)
    }

    var content = Content.cells(nil)
    private(set) var raw = ByteBuffer()
    let cells = SheetCells()
    var line = 1
    var number = 1
    var start = 0
    private let separator: UInt8
    private let limits: TableLimits
    private let spans: UnsafeMutablePointer<FieldSpan>
    private lazy var decoded = ByteBuffer()
    private lazy var decoder = GB18030Decoder()

    init(separator: UInt8, limits: TableLimits) {
        self.separator = separator
        self.limits = limits
        spans = .allocate(capacity: max(limits.columns, 1))
    }

    deinit { spans.deallocate() }

    /// Gives each row, in order. To be called once. It ends early where `failure` says so; it throws only what `body` throws.
    package func forEachRow(_ body: (TableRow) throws -> Void) rethrows { try forEachRow(limit: .max, body) }

    /// Gives so many rows; the next call goes on behind them.
    func forEachRow(limit: Int, _ body: (TableRow) throws -> Void) rethrows {
        if failure != nil { return }
        switch content {
        case .cells(let fault):
            rows += try cells.forEachRow(limit: limit, body)
            if cells.isDone { failure = fault }
        case .text(.utf8, let tail): try scan(tail, limit: limit, body)
        case .text(.gb18030, let tail):
            let tail = decode() ?? tail
            content = .text(.utf8, tail)
            try scan(tail, limit: limit, body)
        }
    }

    /// Decoding is left to whoever takes the rows, so that all cores do it.
    private func decode() -> TextTail? {
        let stopped = decoder.decode(UnsafeBufferPointer(rebasing: raw.bytes[start...]), into: decoded)
        swap(&raw, &decoded)
        start = 0
        return stopped
    }

    private func scan(_ tail: TextTail, limit: Int, _ body: (TableRow) throws -> Void) rethrows {
        var scanner = RowScanner(raw, from: start, line: line, number: number, separator: separator, limits: limits, spans: spans)
        defer {
            (start, line, number) = (scanner.start, scanner.line, scanner.number)
            rows += scanner.given
            failure = scanner.failure
        }
        try scanner.run(limit: limit, tail: tail, body)
    }

    /// The rows that follow are counted from none.
    func forgetHeader() { rows = 0 }

    /// Makes it empty, for the next rows.
    func clear() {
        (position, rows, start, failure) = (0, 0, 0, nil)
        raw.clear()
        cells.clear()
    }
}
