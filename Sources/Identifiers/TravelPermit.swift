/// The permits with which residents of Hong Kong, Macau and Taiwan travel to the mainland.
package enum TravelPermit {
    /// H or M and eight digits that stay for life, with or without the two digits that count the reissues; for permanent residents who
    /// are no Chinese citizens (since 2024-07-10) HA or MA and seven digits, the reissues printed apart.
    package static func checkHongKongMacau(_ bytes: UnsafeBufferPointer<UInt8>) -> CheckResult {
        withPlain(bytes) { plain in
            guard plain.count == 9 || plain.count == 11, plain[0] == UInt8(ascii: "H") || plain[0] == UInt8(ascii: "M"),
                plain[2...].allSatisfy(isDigit)
            else { return CheckResult(.documentFormat) }
            if isDigit(plain[1]) { return CheckResult() }
            guard plain[1] == UInt8(ascii: "A") else { return CheckResult(.documentFormat) }
            return plain.count == 9 ? CheckResult() : CheckResult(.documentUnverified)
        }
    }

    /// Eight digits for life since 2008-09-25; before, two more that count the issues, and a code of who issued it, in brackets or (some
    /// provinces) not printed.
    package static func checkTaiwan(_ bytes: UnsafeBufferPointer<UInt8>) -> CheckResult {
        withPlain(bytes) { isTaiwan($0) ? CheckResult() : CheckResult(.documentFormat) }
    }

    static func isTaiwan(_ plain: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard plain.count == 8 || plain.count >= 10, plain.prefix(10).allSatisfy(isDigit) else { return false }
        let issuer = plain.dropFirst(10).filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
        return issuer.count <= 2 && issuer.allSatisfy { isLetter($0) || isDigit($0) && plain[10] == UInt8(ascii: "(") } && (plain.count <= 10 || !issuer.isEmpty)
    }

    package static func checkHongKongMacau(_ text: String) -> CheckResult { text.withBytes { checkHongKongMacau($0) } }
    package static func checkTaiwan(_ text: String) -> CheckResult { text.withBytes { checkTaiwan($0) } }
}

/// The plain characters of a number of at most 18, or as many as are said; more come as none.
func withPlain<R>(
    _ bytes: UnsafeBufferPointer<UInt8>, atMost most: Int = 18, _ body: (UnsafeMutableBufferPointer<UInt8>) -> R
) -> R {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { plain in
        let count = PlainCharacters.copy(bytes, into: plain)
        return body(UnsafeMutableBufferPointer(rebasing: plain[..<(count <= most ? count : 0)]))
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }
/// Of upper case, as plain characters are.
func isLetter(_ byte: UInt8) -> Bool { byte &- 65 <= 25 }
