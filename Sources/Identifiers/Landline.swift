package enum Landline {
    /// Judges a land line as typed: area code (010, 02x, 03xx-09xx), a number of eight digits (seven or eight outside 010 and 02x),
    /// and perhaps an extension after `-`, 转 or 分机. The area code's 0 is left out after +86.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, junk: JunkNumbers = .usual) -> Telephone.CheckResult {
        Telephone.withPlain(bytes, .keepHyphens) { plain in
            guard let number = number(plain, isInternational: plain.startIndex > 0), !junk.contains(number) else {
                return Telephone.CheckResult(.landlineFormat)
            }
            return Telephone.CheckResult(number: number)
        }
    }

    package static func check(_ text: String, junk: JunkNumbers = .usual) -> Telephone.CheckResult {
        text.withBytes { check($0, junk: junk) }
    }

    /// Area code and number as one whole number, the extension left out.
    private static func number(_ plain: Slice<UnsafeMutableBufferPointer<UInt8>>, isInternational: Bool) -> UInt64? {
        var rest = plain
        if rest.first == 48 { rest.removeFirst() } else if !isInternational { return nil }
        guard let first = rest.first, isDigit(first), let areaDigits = areaDigits(rest) else { return nil }
        let area = rest.prefix(areaDigits)
        guard area.count == areaDigits, area.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(areaDigits)
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }

        var number = area.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 48) }
        guard let length = localLength(&rest, isLong: areaDigits == 2) else { return nil }
        for byte in rest.prefix(length) where isDigit(byte) { number = number * 10 + UInt64(byte - 48) }
        return isExtension(rest.dropFirst(length)) ? number : nil
    }

    /// Without the 0: 10 and 2x have two digits, 3xx to 9xx three.
    private static func areaDigits(_ rest: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Int? {
        switch rest.first {
        case UInt8(ascii: "1"): rest.dropFirst().first == 48 ? 2 : nil
        case UInt8(ascii: "2"): 2
        case .some(let byte) where byte >= UInt8(ascii: "3"): 3
        default: nil
        }
    }

    /// How many characters the number takes at the front, a hyphen that groups its digits (8888-8888) included.
    private static func localLength(_ rest: inout Slice<UnsafeMutableBufferPointer<UInt8>>, isLong: Bool) -> Int? {
        let front = rest.prefix(while: isDigit).count
        func isWhole(_ count: Int) -> Bool { count == 8 || (count == 7 && !isLong) }
        if isWhole(front) { return front }
        guard front == 3 || front == 4, rest.dropFirst(front).first == UInt8(ascii: "-") else { return nil }
        let back = rest.dropFirst(front + 1).prefix(while: isDigit).count
        return back == 4 && isWhole(front + back) ? front + 1 + back : nil
    }

    /// Nothing, or a mark and one to six digits.
    private static func isExtension(_ rest: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Bool {
        if rest.isEmpty { return true }
        let mark = rest.prefix { !isDigit($0) }
        let digits = rest.dropFirst(mark.count)
        let isMark = ["-", "E", "-E", "EXT", "X", "EXT.", "EXT:"].contains { mark.elementsEqual($0.utf8) }
        return isMark && (1...6).contains(digits.count) && digits.allSatisfy(isDigit)
    }
}
