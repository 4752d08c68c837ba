/// Whole rows of a table, some megabytes of them. One thread at a time may use it.
package final class TableChunk: @unchecked Sendable {
    /// How much of the file has been used when this chunk is done, in bytes of the file.
    package internal(set) var position = 0
    /// Rows given to the closure so far.
    package private(set) var rows = 0
    /// Why the rows end early. The rows before it have been given.
    package internal(set) var failure: PaperError?
    /// What there is to say of the rows so far.
    var notes = RowNotes()
    /// How rows are taken, once the header is known.
    var rules: RowRules?

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
    private let room: FieldRoom
    private lazy var decoded = ByteBuffer()
    private lazy var decoder = GB18030Decoder()

    init(separator: UInt8, limits: TableLimits) {
        self.separator = separator
        self.limits = limits
        room = FieldRoom(limits)
    }

    /// Gives each row, in order. To be called once. It ends early where `failure` says so; it throws only what `body` throws.
    package func forEachRow(_ body: (TableRow) throws -> Void) rethrows {
        if failure != nil { return }
        switch content {
        case .cells(let fault):
            rows += try cells.forEachRow(body)
            failure = fault
        case .text(.utf8, let tail): try scan(tail, body)
        case .text(.gb18030, let tail):
            let tail = decode() ?? tail
            content = .text(.utf8, tail)
            try scan(tail, body)
        }
    }

    /// The first rows, which stay where they are, each with where the next one begins; and why there are no more, if that is a fault.
    func firstRows(_ most: Int) -> (rows: [(row: HeaderSearch.Row, next: Place)], failure: PaperError?) {
        var tail = TextTail.whole
        switch content {
        case .cells(let fault):
            return (cells.first(most).map { ($0, Place(start: 0, line: 0, number: 0)) }, fault)
        case .text(.utf8, let end): tail = end
        case .text(.gb18030, let end):
            tail = decode() ?? end
            content = .text(.utf8, tail)
        }
        // A text can be scanned once, so a copy is.
        let copy = ByteBuffer(capacity: raw.count - start)
        copy.append(UnsafeBufferPointer(rebasing: raw.bytes[start...]))
        var found: [(row: HeaderSearch.Row, next: Place)] = []
        var scanner = RowScanner(
            copy, from: 0, line: line, number: number, separator: separator, limits: limits, rules: nil, spans: room.spans,
            damages: room.damages)
        while found.count < most {
            var row: HeaderSearch.Row?
            scanner.run(limit: scanner.given + 1, tail: tail) { row = .init(texts: $0.texts, line: $0.line, number: $0.number) }
            guard let row else { break }
            found.append((row, Place(start: start + scanner.start, line: scanner.line, number: scanner.number)))
        }
        return (found, scanner.failure)
    }

    /// Where a row of a text begins.
    struct Place {
        let start, line, number: Int
    }

    /// The rows before this place are not given.
    func begin(at place: Place) {
        guard case .text = content else { return }
        (start, line, number) = (place.start, place.line, place.number)
    }

    /// Decoding is left to whoever takes the rows, so that all cores do it.
    private func decode() -> TextTail? {
        let stopped = decoder.decode(UnsafeBufferPointer(rebasing: raw.bytes[start...]), into: decoded)
        swap(&raw, &decoded)
        start = 0
        return stopped
    }

    private func scan(_ tail: TextTail, _ body: (TableRow) throws -> Void) rethrows {
        var scanner = RowScanner(
            raw, from: start, line: line, number: number, separator: separator, limits: limits, rules: rules, spans: room.spans,
            damages: room.damages
        )
        defer {
            (start, line, number) = (scanner.start, scanner.line, scanner.number)
            rows += scanner.given
            failure = scanner.failure
            notes.add(scanner.notes)
        }
        try scanner.run(limit: .max, tail: tail, body)
    }

    /// Makes it empty, for the next rows.
    func clear() {
        (position, rows, start, failure, notes) = (0, 0, 0, nil, RowNotes())
        raw.clear()
        cells.clear()
    }
}
