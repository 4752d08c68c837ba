/// Takes a UTF-8 text apart into rows and fields as RFC 4180 says, and a little beyond: any of the three line ends, quotes in the
/// middle of a field stand for themselves, text behind a closing quote belongs to the field, empty lines are left out.
///
/// It works in place: doubled quotes are undone in the text itself, so a text can be scanned once.
struct RowScanner {
    /// Where the next row begins, its line and its number.
    private(set) var start: Int
    private(set) var line: Int
    private(set) var number: Int
    private(set) var given = 0
    /// What ended the scan early.
    private(set) var failure: PaperError?

    private let bytes: UnsafeMutablePointer<UInt8>
    private let count: Int
    private let separator: UInt8
    private let columnLimit: Int
    private let fieldLimit: Int
    private let spans: UnsafeMutablePointer<FieldSpan>

    private var columns = 0
    private var fieldStart: Int
    private var rowLine: Int
    private var inQuotes = false
    private var quoteLine = 0
    /// The field began with a quote, which closed here; it has doubled quotes.
    private var isQuoted = false
    private var closing = -1
    private var isDoubled = false
    /// Some field of the row must be unquoted byte by byte; some block of the row has bytes beyond ASCII.
    private var isUneven = false
    private var hasHigh = false
    private var blockHasHigh = false
    private var failed = false
    /// Some field of the row begins or ends as one does that a spreadsheet has marked or spoilt.
    private var isMarked = false
    private let rules: RowRules?
    private let doubts: RowDoubts?
    private let damages: UnsafeMutablePointer<UInt8>
    /// Rows that were left out.
    private(set) var notes = RowNotes()

    /// Marks a span that must be unquoted byte by byte. No text is longer than this.
    private static let uneven: UInt32 = 1 << 31

    /// - Parameters:
    ///   - rules: how the rows of data are taken; without them every row is given as it stands.
    ///   - spans: Room for as many fields as a row may have.
    ///   - damages: The same.
    init(
        _ text: ByteBuffer, from start: Int, line: Int, number: Int, separator: UInt8, limits: TableLimits, rules: RowRules?,
        spans: UnsafeMutablePointer<FieldSpan>, damages: UnsafeMutablePointer<UInt8>
    ) {
        (self.rules, doubts, self.damages) = (rules, rules?.doubts, damages)
        bytes = text.base
        count = text.count
        (self.start, self.line, self.number, self.separator, self.spans) = (start, line, number, separator, spans)
        (fieldStart, rowLine) = (start, line)
        (columnLimit, fieldLimit) = (limits.columns, limits.field)
    }

    /// Gives each row to `body`; returns behind the last, at a failure, or after `limit` rows.
    /// - Parameter tail: What a text means that ends without a line end.
    mutating func run(limit: Int, tail: TextTail, _ body: (TableRow) throws -> Void) rethrows {
        var block = start
        var skip = start
        while block < count {
            let view = ByteBlock(bytes + block)
            var found = view.control(or: .quote, or: separator)
            if block &+ ByteBlock.size > count { found &= (1 << UInt64(count &- block)) &- 1 }
            blockHasHigh = view.hasHigh
            hasHigh = hasHigh || blockHasHigh
            while found != 0 {
                if !inQuotes && !isQuoted {
                    found = endFields(found, in: block)
                    if found == 0 { break }
                }
                let at = block &+ found.trailingZeroBitCount
                found &= found &- 1
                if at < skip { continue }
                let byte = bytes[at]
                if inQuotes {
                    skip = passWithinQuotes(byte, at: at)
                } else if byte == separator {
                    endField(at)
                } else if byte == .lineFeed || byte == .carriageReturn {
                    skip = at &+ (byte == .carriageReturn && at &+ 1 < count && bytes[at &+ 1] == .lineFeed ? 2 : 1)
                    endField(at)
                    if let row = endRow(at, next: skip) {
                        given &+= 1
                        try body(row)
                        if given == limit { return }
                    }
                } else if byte == .quote {
                    openQuote(at)
                } else if byte == 0 {
                    fail(.nul(line: line))
                }
                if failed { return }
            }
            block &+= ByteBlock.size
        }
        if let row = finish(tail) {
            given &+= 1
            try body(row)
        }
    }

    /// Ends fields as long as nothing but separators comes, which is nearly always so, and answers what else is found in the block.
    @inline(__always)
    private mutating func endFields(_ found: UInt64, in block: Int) -> UInt64 {
        var (found, columns, start, isMarked) = (found, columns, fieldStart, isMarked)
        while found != 0 {
            let at = block &+ found.trailingZeroBitCount
            guard bytes[at] == separator, at &- start <= fieldLimit, columns < columnLimit else { break }
            spans[columns] = FieldSpan(start, at)
            isMarked = isMarked || CellText.looksMarked(bytes, start, at)
            (columns, start, found) = (columns &+ 1, at &+ 1, found & (found &- 1))
        }
        (self.columns, fieldStart, self.isMarked) = (columns, start, isMarked)
        return found
    }

    @inline(__always)
    private mutating func openQuote(_ at: Int) {
        guard at == fieldStart else { return }
        inQuotes = true
        isQuoted = true
        quoteLine = line
    }

    /// Answers up to where the text has been dealt with.
    @inline(__always)
    private mutating func passWithinQuotes(_ byte: UInt8, at: Int) -> Int {
        let next: UInt8 = at &+ 1 < count ? bytes[at &+ 1] : 0
        if byte == .quote {
            if next == .quote {
                isDoubled = true
                return at &+ 2
            }
            inQuotes = false
            closing = at
        } else if byte == .lineFeed || byte == .carriageReturn && next != .lineFeed {
            line &+= 1
        } else if byte == 0 {
            fail(.nul(line: line))
        }
        return at &+ 1
    }

    @inline(__always)
    private mutating func endField(_ end: Int) {
        if end &- fieldStart > fieldLimit { return fail(.fieldTooLong(line: rowLine, column: columns + 1, limit: fieldLimit)) }
        if columns == columnLimit { return fail(.tooManyColumns(line: rowLine, limit: columnLimit)) }
        var span = FieldSpan(fieldStart, end)
        if isQuoted {
            if closing == end &- 1 && !isDoubled {
                span = FieldSpan(fieldStart &+ 1, end &- 1)
            } else {
                span.end |= Self.uneven
                isUneven = true
                isMarked = true
            }
            isQuoted = false
            isDoubled = false
        }
        spans[columns] = span
        isMarked = isMarked || CellText.looksMarked(bytes, Int(span.start), Int(span.end))
        columns &+= 1
        fieldStart = end &+ 1
    }

    @inline(__always)
    private mutating func endRow(_ end: Int, next: Int) -> TableRow? {
        if failed { return nil }
        let isEmpty = end == start
        if hasHigh && !UTF8Check.isValid(bytes + start, count: end &- start) {
            failBadText(end)
            return nil
        }
        if isUneven { unquote() }
        let row = isEmpty ? nil : read()
        line &+= 1
        number &+= 1
        start = next
        fieldStart = next
        rowLine = line
        columns = 0
        hasHigh = blockHasHigh
        isMarked = false
        return row
    }

    /// The row, as the rules have it; nothing when it is none of data.
    @inline(__always)
    private mutating func read() -> TableRow? {
        let row = TableRow(bytes: bytes, spans: spans, count: columns, line: rowLine, number: number)
        guard let doubts, isMarked || doubts.apply(spans, columns, bytes) else { return row }
        return clean(row)
    }

    @inline(never)
    private mutating func clean(_ row: TableRow) -> TableRow? {
        guard let rules else { return row }
        var isDamaged = false
        let contents = rules.contents
        for column in 0..<columns {
            var damage = CellDamage.none
            if column < contents.count, let content = contents[column] {
                damage = CellText.clean(bytes, &spans[column], content, isTextFile: true)
            }
            damages[column] = damage.rawValue
            isDamaged = isDamaged || damage != .none
        }
        let row = TableRow(
            bytes: bytes, spans: spans, count: columns, line: rowLine, number: number, damages: isDamaged ? UnsafePointer(damages) : nil)
        guard let skipped = rules.other(row) else { return row }
        notes.add(skipped, number)
        return nil
    }

    private mutating func finish(_ tail: TextTail) -> TableRow? {
        if let error = tail.error(line: rowLine) {
            // A field or a quote that is too long explains a row that is too long.
            if case .rowTooLong = error { failLongRow(error) } else { fail(error) }
            return nil
        }
        guard start < count else { return nil }
        if inQuotes {
            fail(.unclosedQuote(line: quoteLine))
            return nil
        }
        endField(count)
        return endRow(count, next: count)
    }

    private mutating func failLongRow(_ error: PaperError) {
        if inQuotes && line > quoteLine {
            fail(.unclosedQuote(line: quoteLine))
        } else if count - fieldStart > fieldLimit {
            fail(.fieldTooLong(line: rowLine, column: columns + 1, limit: fieldLimit))
        } else {
            fail(error)
        }
    }

    private mutating func failBadText(_ end: Int) {
        let run = UTF8Check.run(UnsafeBufferPointer(start: bytes + start, count: end - start))
        fail(run.cutOff && end == count ? .cutOff(line: rowLine) : .badText(line: rowLine, expected: .utf8))
    }

    private mutating func fail(_ error: PaperError) {
        failure = error
        failed = true
    }

    private mutating func unquote() {
        isUneven = false
        for column in 0..<columns where spans[column].end & Self.uneven != 0 {
            let begin = Int(spans[column].start)
            let end = Int(spans[column].end & ~Self.uneven)
            var to = begin
            var from = begin + 1
            var inside = true
            while from < end {
                let byte = bytes[from]
                from += 1
                if inside && byte == .quote {
                    guard from < end && bytes[from] == .quote else {
                        inside = false
                        continue
                    }
                    from += 1
                }
                bytes[to] = byte
                to += 1
            }
            spans[column] = FieldSpan(begin, to)
        }
    }
}
