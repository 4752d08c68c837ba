package enum MilitaryCard {
    /// 军字第1234567号 and the like. The numbering is not public: what has at least five digits and at most 18 characters in all,
    /// Chinese ones among them, warns; anything else is refused.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
        withPlain(bytes) { plain in
            let digits = plain.count(where: isDigit)
            let isCard = digits >= 5 && plain.allSatisfy { isDigit($0) || isLetter($0) || $0 == PlainCharacters.unknown }
            return Finding(isCard ? .documentUnverified : .documentFormat)
        }
    }

    package static func check(_ text: String) -> Finding { text.withBytes { check($0) } }
}
