package enum Email {
    /// Judges the form of an address (RFC 5321 without quoted local parts and address literals): `emailFormat` or nothing.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> FaultSet {
        let address = trimmed(bytes)
        guard address.count <= 254, let at = address.firstIndex(of: UInt8(ascii: "@")) else { return FaultSet(.emailFormat) }
        return isLocalPart(address[..<at]) && isDomain(address[(at + 1)...]) ? FaultSet() : FaultSet(.emailFormat)
    }

    package static func check(_ text: String) -> FaultSet { text.withBytes { check($0) } }

    /// The address in lower case, as equal ones are matched.
    package static func normalForm(_ text: String) -> String {
        text.withBytes { String(decoding: trimmed($0), as: UTF8.self) }.lowercased()
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
        let isSpace = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
        guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) }) else {
            return bytes[..<0]
        }
        return bytes[start...end]
    }

    private static func isLocalPart(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard (1...64).contains(part.count) else { return false }
        var previous = UInt8(ascii: ".")
        for byte in part {
            if byte == UInt8(ascii: "."), previous == byte { return false }
            guard byte == UInt8(ascii: ".") || isAlphanumeric(byte) || isMark(byte) else { return false }
            previous = byte
        }
        return previous != UInt8(ascii: ".")
    }

    private static func isDomain(_ domain: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var (labels, start) = (0, domain.startIndex)
        while true {
            let end = domain[start...].firstIndex(of: UInt8(ascii: ".")) ?? domain.endIndex
            let label = domain[start..<end]
            guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
                label.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
            else { return false }
            labels += 1
            if end == domain.endIndex { return labels >= 2 && label.count >= 2 && !label.allSatisfy(isDigit) }
            start = end + 1
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte & 0xDF) }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
