/// What a spreadsheet has done to a value.
package enum CellDamage: UInt8, Sendable {
    case none
    /// A formula that failed: there is no value.
    case error
    /// A number of more figures than a spreadsheet keeps: the last ones are lost.
    case cut
    /// A long number in a text file whose last figures are zeros, as a spreadsheet leaves them.
    case perhapsCut
}

/// Takes the marks of spreadsheets off a value: what keeps a number text, decimals that say nothing, an exponent that holds all figures.
enum CellText {
    /// What stands in a cell whose formula failed, in any case; also a column too narrow to print (`####`).
    private static let errors = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
        "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#EXTERNAL!", "#GETTING_DATA", "#N/A N/A", "#NA", "#N/A!",
    ].map { Array($0.utf8) }

    /// Cheap, and rather once too often: whether a field may begin with a mark or a space, end in `.0`, have an exponent, or be a long
    /// number that ends in zeros.
    @inline(__always)
    static func looksMarked(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let first = bytes[start]
        if first &- 48 > 9 {
            return first == UInt8(ascii: "=") || first == UInt8(ascii: "'") || first == UInt8(ascii: "#") || first == 32
                || first == 0xE3 || first == 0xE2 || first == UInt8(ascii: "`")
                || first == UInt8(ascii: "E") && bytes[start &+ 1] == UInt8(ascii: "r")
        }
        let count = end &- start
        // A row of zeros is what formulas leave where there is nothing.
        guard count >= 4 else { return count == 1 && first == UInt8(ascii: "0") || count == 3 && isMarkedNumber(bytes, start, end) }
        // Only letters have this bit of those that stand in numbers.
        let tail = UInt32(littleEndian: UnsafeRawPointer(bytes + (end &- 4)).loadUnaligned(as: UInt32.self))
        return (tail & 0x0040_4040 != 0 || tail >> 24 == 48) && isMarkedNumber(bytes, start, end)
    }

    /// Of three bytes and more, the first a figure.
    @inline(never)
    private static func isMarkedNumber(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let count = end &- start
        let last = bytes[end &- 1], second = bytes[end &- 2], third = bytes[end &- 3]
        if last == UInt8(ascii: "0") {
            if second == UInt8(ascii: ".") || second == UInt8(ascii: "0") && third == UInt8(ascii: ".") { return true }
            if count >= 16, count == 16 || second == UInt8(ascii: "0") { return true }
        }
        return
            (second | 0x20 == UInt8(ascii: "e") || third | 0x20 == UInt8(ascii: "e")
            || count > 3 && bytes[end &- 4] | 0x20 == UInt8(ascii: "e"))
            && last &- 48 <= 9
    }

    /// Shortens the span to the value, rewriting the bytes where they have to change.
    static func clean(_ bytes: UnsafeMutablePointer<UInt8>, _ span: inout FieldSpan, _ content: Header.Content, isTextFile: Bool)
        -> CellDamage
    {
        if isPlain(bytes, span) { return .none }
        trim(bytes, &span)
        let isText = takeOffTextMark(bytes, &span, isText: content == .text)
        let text = UnsafeBufferPointer(start: bytes + Int(span.start), count: Int(span.end - span.start))
        guard let first = text.first else { return .none }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "E") { if isError(text) { return .error } }
        // What was not calculated before it was saved is no value either.
        if first == UInt8(ascii: "="), text.count > 1, content != .text { return .error }
        if isText || content == .text && !hasSignedExponent(text) { return .none }
        // 12.50 stays as it is; of 1.2E+11 the last figures are lost.
        if content == .decimal { return hasSignedExponent(text) ? .cut : .none }
        // 12E3 may be a code; 1.2E+4 is what a spreadsheet makes of a long one.
        if content == .code, text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }), !hasSignedExponent(text) { return .none }
        if let value = number(text) { return value.rewrite(bytes, &span) }
        return isTextFile && content == .number && endsInZeros(text) ? .perhapsCut : .none
    }

    /// Cheap, and true of most values: nothing is to be taken off, and there is no figure at the beginning that would have to be looked at.
    @inline(__always)
    private static func isPlain(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Bool {
        guard span.start < span.end else { return true }
        let first = bytes[Int(span.start)], last = bytes[Int(span.end) - 1]
        let isLetter = (first | 0x20) &- 97 <= 25 && first != UInt8(ascii: "E") || first >= 0xE4 && first != 0xEF
        // The wide space ends in 0x80, the byte order mark in 0xBF.
        return isLetter && last > 32 && last != 0x80 && last != 0xBF
    }

    private static func trim(_ bytes: UnsafeMutablePointer<UInt8>, _ span: inout FieldSpan) {
        while span.start < span.end {
            let (from, left) = (Int(span.start), Int(span.end - span.start))
            if isSpace(bytes[from]) {
                span.start += 1
            } else if left >= 3, isWideSpace(bytes + from) {
                span.start += 3
            } else {
                break
            }
        }
        while span.start < span.end {
            let (end, left) = (Int(span.end), Int(span.end - span.start))
            if isSpace(bytes[end - 1]) {
                span.end -= 1
            } else if left >= 3, isWideSpace(bytes + end - 3) {
                span.end -= 3
            } else {
                break
            }
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    /// The ideographic space and the byte order mark.
    private static func isWideSpace(_ at: UnsafePointer<UInt8>) -> Bool {
        (at[0] == 0xE3 && at[1] == 0x80 && at[2] == 0x80) || (at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF)
    }

    /// `'110101…` and `="110101…"`: ways to tell a spreadsheet that a number is text. Word processors make ’ or ‘ of the first, and some
    /// people type `.
    private static func takeOffTextMark(_ bytes: UnsafeMutablePointer<UInt8>, _ span: inout FieldSpan, isText: Bool) -> Bool {
        let (start, end) = (Int(span.start), Int(span.end))
        let count = end - start
        if count > 1, bytes[start] == UInt8(ascii: "'") {
            span.start += 1
            trim(bytes, &span)
            return true
        }
        if !isText, count > 3, bytes[start] == 0xE2, bytes[start + 1] == 0x80, bytes[start + 2] == 0x98 || bytes[start + 2] == 0x99 {
            span.start += 3
            trim(bytes, &span)
            return true
        }
        if !isText, count > 1, bytes[start] == UInt8(ascii: "`") {
            span.start += 1
            trim(bytes, &span)
            return true
        }
        if count >= 3, bytes[start] == UInt8(ascii: "="), bytes[start + 1] == .quote, bytes[end - 1] == .quote,
            !(start + 2..<end - 1).contains(where: { bytes[$0] == .quote })
        {
            (span.start, span.end) = (span.start + 2, span.end - 1)
            trim(bytes, &span)
            return true
        }
        return false
    }

    static func isError(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.count >= 3, text.allSatisfy({ $0 == UInt8(ascii: "#") }) { return true }
        if text.count > 4, text.count <= 7, text.starts(with: "Err:".utf8) { return true }
        guard text.count <= 16 else { return false }
        let upper = text.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        return errors.contains(upper)
    }

    private static func hasSignedExponent(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, isFigure(first), let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            return false
        }
        return mark + 1 < text.count && text[mark + 1] == UInt8(ascii: "+")
    }

    private static func isFigure(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }

    /// Sixteen figures and more of which none behind the fifteenth is left, or four zeros at the end: nobody can tell this from a number
    /// that was cut. A single zero at the end is too common to say so.
    private static func endsInZeros(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard (16...19).contains(text.count), text.allSatisfy(isFigure) else { return false }
        let zeros = text.count - (text.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) - 1
        return zeros >= min(4, max(2, text.count - 15))
    }

    /// A number with decimals or an exponent, as the figures in it say.
    struct Figures {
        var figures: [UInt8] = []
        var places = 0
        var exponent = 0

        /// The whole number, if it has all its figures.
        func rewrite(_ bytes: UnsafeMutablePointer<UInt8>, _ span: inout FieldSpan) -> CellDamage {
            let shift = exponent - places
            var whole = figures
            if shift < 0 {
                guard whole.count > -shift, whole.suffix(-shift).allSatisfy({ $0 == UInt8(ascii: "0") }) else {
                    return exponent > 0 ? .cut : .none
                }
                whole.removeLast(-shift)
            } else if shift > 0 {
                return .cut
            }
            let significant = whole.drop { $0 == UInt8(ascii: "0") }.count
            // A number with a point or an exponent was a number to some program, which keeps fifteen figures.
            guard significant <= 15, whole.count <= Int(span.end - span.start) else { return .cut }
            for (place, figure) in whole.enumerated() { bytes[Int(span.start) + place] = figure }
            span.end = span.start + UInt32(whole.count)
            return .none
        }
    }

    /// Nothing for plain figures and for what is no number.
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Figures? {
        var at = text.firstIndex { !isFigure($0) } ?? text.count
        guard at > 0, at < text.count, text.count <= 40 else { return nil }
        guard text[at] == UInt8(ascii: ".") || text[at] | 0x20 == UInt8(ascii: "e") else { return nil }
        var number = Figures(figures: Array(text[..<at]))
        if text[at] == UInt8(ascii: ".") {
            at += 1
            while at < text.count, isFigure(text[at]) {
                number.figures.append(text[at])
                (at, number.places) = (at + 1, number.places + 1)
            }
            guard number.places > 0 else { return nil }
        }
        if at == text.count { return number.figures.suffix(number.places).allSatisfy { $0 == UInt8(ascii: "0") } ? number : nil }
        guard text[at] | 0x20 == UInt8(ascii: "e"), at + 1 < text.count else { return nil }
        at += text[at + 1] == UInt8(ascii: "+") ? 2 : 1
        let power = text[at...]
        guard (1...2).contains(power.count), power.allSatisfy(isFigure) else { return nil }
        number.exponent = power.reduce(0) { $0 * 10 + Int($1 - 48) }
        return number
    }
}
