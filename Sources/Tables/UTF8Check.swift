/// Checks that bytes are UTF-8 as Unicode defines it (no overlong forms, no surrogates, nothing above U+10FFFF).
enum UTF8Check {
    struct Run {
        /// Where the valid part ends.
        var end = 0
        /// Characters of more than one byte in the valid part.
        var sequences = 0
        /// Those of them of three bytes, as Chinese characters are.
        var threes = 0
        /// The valid part is followed by a good beginning of a character that the end of the text cuts.
        var cutOff = false
    }

    /// The valid part at the beginning of the text.
    static func run(_ text: UnsafeBufferPointer<UInt8>) -> Run {
        var run = Run()
        guard let bytes = text.baseAddress else { return run }
        while true {
            run.end = skipASCII(bytes, from: run.end, to: text.count)
            guard run.end < text.count else { return run }
            let length = sequenceLength(bytes + run.end, available: text.count - run.end)
            run.cutOff = length < 0
            guard length > 0 else { return run }
            run.end += length
            run.sequences += 1
            if length == 3 { run.threes += 1 }
        }
    }

    @inline(__always)
    static func isValid(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
        var at = 0
        while true {
            at = skipASCII(bytes, from: at, to: count)
            if at == count { return true }
            // Chinese characters come in runs of three bytes: stay in the run.
            repeat {
                let length = sequenceLength(bytes + at, available: count - at)
                if length <= 0 { return false }
                at += length
            } while at < count && bytes[at] >= 0x80
        }
    }

    @inline(__always)
    private static func skipASCII(_ bytes: UnsafePointer<UInt8>, from start: Int, to count: Int) -> Int {
        var at = start
        while at &+ 8 <= count {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self)) & 0x8080_8080_8080_8080
            if word != 0 { return at &+ word.trailingZeroBitCount / 8 }
            at &+= 8
        }
        while at < count && bytes[at] < 0x80 { at &+= 1 }
        return at
    }

    /// Length of the character that begins here with a byte of 0x80 or above; 0 if it is none, below 0 if it is cut by the end.
    @inline(__always)
    private static func sequenceLength(_ p: UnsafePointer<UInt8>, available: Int) -> Int {
        let lead = p[0]
        if lead >= 0xE0 && lead < 0xF0 && available >= 3 {
            guard p[1] & 0xC0 == 0x80 && p[2] & 0xC0 == 0x80 else { return 0 }
            if lead == 0xE0 && p[1] < 0xA0 || lead == 0xED && p[1] >= 0xA0 { return 0 }
            return 3
        }
        let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
        if length == 0 { return 0 }
        for i in 1..<length {
            if i == available { return -1 }
            if p[i] & 0xC0 != 0x80 { return 0 }
            if i == 1 {
                switch lead {
                case 0xE0 where p[1] < 0xA0, 0xED where p[1] >= 0xA0, 0xF0 where p[1] < 0x90, 0xF4 where p[1] >= 0x90: return 0
                default: break
                }
            }
        }
        return length
    }
}
