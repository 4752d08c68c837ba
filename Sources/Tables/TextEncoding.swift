/// How the text of a CSV file is written down.
package enum TextEncoding: Sendable, Equatable {
    case utf8, gb18030

    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .gb18030: "GB18030"
        }
    }

    /// What a text begins with when it says its own encoding.
    struct Mark {
        let length: Int
        /// Nothing for UTF-16.
        let encoding: TextEncoding?

        init?(_ text: UnsafeBufferPointer<UInt8>) {
            if text.starts(with: [0xEF, 0xBB, 0xBF]) {
                (length, encoding) = (3, .utf8)
            } else if text.starts(with: [0x84, 0x31, 0x95, 0x33]) {
                (length, encoding) = (4, .gb18030)
            } else if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
                (length, encoding) = (2, nil)
            } else {
                return nil
            }
        }
    }

    /// The encoding of a piece that has bytes beyond ASCII, by the majority of its lines; if none is UTF-8, by its characters.
    ///
    /// A line of GB18030 is hardly ever UTF-8 too: nearly every pair of its bytes breaks the rules. A piece that is mostly UTF-8 is a
    /// damaged UTF-8 file, whose bad line is to be named.
    static func guess(_ piece: UnsafeBufferPointer<UInt8>) -> TextEncoding {
        var (goodLines, badLines, good, bad) = (0, 0, 0, 0)
        for line in piece.split(whereSeparator: { $0 == .lineFeed || $0 == .carriageReturn }) {
            var rest = line
            var faults = 0
            var characters = 0
            while !rest.isEmpty {
                let run = UTF8Check.run(UnsafeBufferPointer(rebasing: rest))
                characters += run.sequences
                // A character that is cut by the end of the piece is no fault of its encoding.
                if run.end == rest.count || run.cutOff && rest.endIndex == piece.endIndex { break }
                faults += 1
                rest = rest.dropFirst(run.end + 1)
            }
            (good, bad) = (good + characters, bad + faults)
            if faults > 0 { badLines += 1 } else if characters > 0 { goodLines += 1 }
        }
        return goodLines > 0 && goodLines >= badLines || bad * 2 <= good ? .utf8 : .gb18030
    }
}
