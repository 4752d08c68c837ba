/// Finds the last row that ends within a text, without looking at its fields, so that text can be handed out in whole rows.
///
/// Works on GB18030 as on UTF-8: the later bytes of its characters are never a quote, a separator or a line end.
struct RowCutter {
    /// Where the last whole row ends, behind its line end; 0 if none does.
    private(set) var end = 0
    /// Line ends, and rows (empty ones too), before `end`.
    private(set) var lines = 0
    private(set) var rows = 0
    /// The text has bytes beyond ASCII.
    private(set) var hasHigh = false

    private var linesSoFar = 0
    private var inQuotes = false
    private var skip = 0
    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private let separator: UInt8

    /// The text begins with a row. Zeros for one block must follow it.
    /// - Parameter isLast: Nothing follows: a carriage return at the end is a whole line end.
    init(_ text: ByteBuffer, separator: UInt8, isLast: Bool) {
        bytes = UnsafePointer(text.base)
        count = text.count
        self.separator = separator
        var at = 0
        while at < count {
            take(blockAt: at, isLast: isLast)
            at &+= ByteBlock.size
        }
    }

    @inline(__always)
    private mutating func take(blockAt at: Int, isLast: Bool) {
        let block = ByteBlock(bytes + at)
        hasHigh = hasHigh || block.hasHigh
        let feeds = block.contains(.lineFeed) ? block.equal(to: .lineFeed) : 0
        let quotes = block.contains(.quote) ? block.equal(to: .quote) : 0
        var ends = feeds
        if block.contains(.carriageReturn) {
            // Of a pair, the line feed is the end. It may be the first byte of the next block, or not have been read yet.
            let paired = feeds >> 1 | (bytes[at &+ ByteBlock.size] == .lineFeed ? 1 << 63 : 0)
            ends |= block.equal(to: .carriageReturn) & ~paired
            if !isLast && bytes[count &- 1] == .carriageReturn && count &- at <= ByteBlock.size {
                ends &= ~(1 << UInt64(count &- 1 &- at))
            }
        }
        if quotes == 0 && !inQuotes {
            guard ends != 0 else { return }
            linesSoFar &+= ends.nonzeroBitCount
            rows &+= ends.nonzeroBitCount
            lines = linesSoFar
            end = at &+ ByteBlock.size &- ends.leadingZeroBitCount
        } else {
            walk(blockAt: at, quotes: quotes, ends: ends)
        }
    }

    private mutating func walk(blockAt at: Int, quotes: UInt64, ends: UInt64) {
        var found = quotes | ends
        while found != 0 {
            let here = at &+ found.trailingZeroBitCount
            found &= found &- 1
            if here < skip { continue }
            if bytes[here] != .quote {
                linesSoFar &+= 1
                if !inQuotes {
                    rows &+= 1
                    lines = linesSoFar
                    end = here &+ 1
                }
            } else if inQuotes {
                if bytes[here &+ 1] == .quote { skip = here &+ 2 } else { inQuotes = false }
            } else if here == 0 || isFieldEnd(bytes[here &- 1]) {
                inQuotes = true
            }
        }
    }

    private func isFieldEnd(_ byte: UInt8) -> Bool { byte == separator || byte == .lineFeed || byte == .carriageReturn }
}

extension UInt8 {
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
    static let quote: UInt8 = 34
}
