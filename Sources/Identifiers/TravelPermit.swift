/// The permits with which residents of Hong Kong, Macau and Taiwan travel to the mainland.
package enum TravelPermit {
    /// H or M and eight digits that stay for life, with or without the two digits that count the reissues.
    package static func checkHongKongMacau(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
        withPlain(bytes) { plain in
            guard plain.count == 9 || plain.count == 11, plain[0] == UInt8(ascii: "H") || plain[0] == UInt8(ascii: "M"),
                plain[1...].allSatisfy(isDigit)
            else { return Finding(.documentFormat) }
            return Finding()
        }
    }

    /// Eight digits. Longer older forms exist whose make-up could not be verified: they warn.
    package static func checkTaiwan(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
        withPlain(bytes) { plain in
            if plain.count == 8, plain.allSatisfy(isDigit) { return Finding() }
            let isOlder = (9...18).contains(plain.count) && plain.allSatisfy { isDigit($0) || isLetter($0) || $0 == 0x28 || $0 == 0x29 }
            return Finding(isOlder && plain.contains(where: isDigit) ? .documentUnverified : .documentFormat)
        }
    }

    package static func checkHongKongMacau(_ text: String) -> Finding { text.withBytes { checkHongKongMacau($0) } }
    package static func checkTaiwan(_ text: String) -> Finding { text.withBytes { checkTaiwan($0) } }
}

/// The plain characters of a number of at most 18; more come as none.
func withPlain<R>(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeMutableBufferPointer<UInt8>) -> R) -> R {
    ResidentNumber.withPlain(bytes, body)
}

func isDigit(_ byte: UInt8) -> Bool { byte &- 48 <= 9 }
/// Of upper case, as plain characters are.
func isLetter(_ byte: UInt8) -> Bool { byte &- 65 <= 25 }
