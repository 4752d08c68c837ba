package enum MilitaryCard {
    /// 军字第1234567号 and the like. The numbering is not public and what is told of it contradicts itself: whatever is written there is
    /// noted and compared with the card. Only what holds no letter and no digit at all is no number.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> CheckResult {
        var place = 0
        while place < bytes.count {
            let (scalar, width) = PlainCharacters.scalar(bytes, at: place)
            place += width
            let isLetter = Unicode.Scalar(scalar)?.properties.isAlphabetic == true
            if isLetter || (0x30...0x39).contains(scalar) { return CheckResult(.documentUnverified) }
        }
        return CheckResult(.documentFormat)
    }

    package static func check(_ text: String) -> CheckResult { text.withBytes { check($0) } }
}
