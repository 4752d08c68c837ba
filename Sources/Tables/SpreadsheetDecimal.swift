/// A number in a cell as the decimal number that people see there. A spreadsheet keeps fifteen figures and writes up to seventeen: of 1.1
/// some write 1.1000000000000001. No binary fraction comes between.
enum SpreadsheetDecimal {
    private static let figures = 15

    /// - Parameter isPercent: What is seen is a hundred times what stands there. It is given as `0.125×100%`, which is no number, so that
    ///   nobody takes the one for the other.
    static func text(of bytes: UnsafeBufferPointer<UInt8>, isPercent: Bool) -> String? {
        text(of: bytes).map { isPercent ? "\($0)×100%" : $0 }
    }

    /// `-1234.5`; `nil` for what is no number, or is so large that figures of it are lost.
    static func text(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }.lowercased()
        let halves = text.split(separator: "e", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), let exponent = halves.count == 2 ? Int(halves[1]) : 0, abs(exponent) <= 30 else { return nil }
        let isNegative = halves[0].hasPrefix("-")
        let parts = halves[0].dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        var digits = Array(parts.joined().utf8)
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        // Where the point stands, counted from the first digit.
        var point = parts[0].utf8.count + exponent
        while digits.first == 48 { (_, point) = (digits.removeFirst(), point - 1) }
        round(&digits, &point)
        if digits.isEmpty { return "0" }
        guard point <= figures else { return nil }
        let whole = point <= 0 ? "0" : string(digits.prefix(point)) + String(repeating: "0", count: max(0, point - digits.count))
        let fraction = String(repeating: "0", count: max(0, -point)) + string(digits.dropFirst(max(0, point)))
        return (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// To fifteen figures, without the zeros at their end.
    private static func round(_ digits: inout [UInt8], _ point: inout Int) {
        if digits.count > figures {
            let isUp = digits[figures] >= 53
            digits.removeLast(digits.count - figures)
            if isUp {
                while digits.last == 57 { digits.removeLast() }
                if digits.isEmpty { (digits, point) = ([49], point + 1) } else { digits[digits.count - 1] += 1 }
            }
        }
        while digits.last == 48 { digits.removeLast() }
    }

    private static func string(_ digits: ArraySlice<UInt8>) -> String { String(decoding: digits, as: UTF8.self) }
}
