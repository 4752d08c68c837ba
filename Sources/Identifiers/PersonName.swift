/// Names of persons: Chinese, of the minorities with their middle dot, and Latin.
package enum PersonName {
    /// `namePlaceholder` for what is no person's name: fewer than two characters, digits or marks only, 测试, 不详, 王先生, 张某,
    /// XXX, a masked or damaged name. Otherwise nothing.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> FaultSet {
        guard bytes.count <= longest else { return FaultSet(.namePlaceholder) }
        return withNormalForm(bytes) { isPlaceholder($0) } ? FaultSet(.namePlaceholder) : FaultSet()
    }

    package static func check(_ text: String) -> FaultSet { text.withBytes { check($0) } }

    /// The form in which equal names are equal: middle dots alike (`·`), look-alike characters as what they stand for, no spaces but one
    /// between Latin words, half-width, upper case.
    package static func normalForm(_ text: String) -> String {
        text.withBytes { withNormalForm($0) { String(decoding: $0, as: UTF8.self) } }
    }

    /// Whether two names are the same in normal form.
    package static func agree(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        if one.elementsEqual(other) { return true }
        return withNormalForm(one) { one in withNormalForm(other) { other in one.elementsEqual(other) } }
    }

    package static func agree(_ one: String, _ other: String) -> Bool { one.withBytes { one in other.withBytes { agree(one, $0) } } }

    /// Calls `body` with the normal form in UTF-8; without allocation for names of ordinary length.
    package static func withNormalForm<R>(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        if isPlainHan(bytes) { return body(bytes) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count * 2) { form in
            body(UnsafeBufferPointer(rebasing: form[..<write(bytes, into: form)]))
        }
    }

    /// The same for all names that agree: a hash under a key of this process, so that it is not to be kept.
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { withNormalForm(bytes) { KeyedHash.of($0) } }

    /// Bytes; no name comes near it.
    private static let longest = 300

    /// U+4000 to U+9FFF only, which nearly every name is, and no old form among them.
    private static func isPlainHan(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count % 3 == 0 else { return false }
        var place = 0
        while place < bytes.count {
            guard (0xE4...0xE9).contains(bytes[place]), bytes[place + 1] & 0xC0 == 0x80, bytes[place + 2] & 0xC0 == 0x80 else {
                return false
            }
            let code = UInt32(bytes[place] & 0xF) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6 | UInt32(bytes[place + 2] & 0x3F)
            if Ideographs.hasOldForm(code) { return false }
            place += 3
        }
        return true
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, into form: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var (place, count) = (0, 0)
        var isSpaced = false
        while place < bytes.count {
            let (typed, width) = PlainCharacters.scalar(bytes, at: place)
            defer { place += width }
            let scalar = Ideographs.matched(typed)
            if scalar == 0 && typed != 0 { continue }
            let ascii = plainASCII(scalar), isAfterLatin = count > 0 && form[count - 1] < 0x80
            // Passports have the family name first, with a comma behind it or none.
            if PlainCharacters.plainForm(scalar) == nil || (ascii == UInt8(ascii: ",") && isAfterLatin) {
                isSpaced = count > 0
                continue
            }
            if isDot(scalar) || ((ascii == UInt8(ascii: ".") || scalar == 0x3002) && count > 0 && !isAfterLatin) {
                (form[count], form[count + 1]) = (0xC2, 0xB7)
                (count, isSpaced) = (count + 2, false)
                continue
            }
            if isSpaced, ascii != 0, isAfterLatin {
                form[count] = 32
                count += 1
            }
            isSpaced = false
            if ascii != 0 {
                form[count] = isLetter(ascii & 0xDF) ? ascii & 0xDF : ascii
                count += 1
            } else if scalar != typed, let meant = Unicode.Scalar(scalar) {
                for byte in UTF8.encode(meant) ?? .init() {
                    form[count] = byte
                    count += 1
                }
            } else {
                for next in 0..<width { form[count + next] = bytes[place + next] }
                count += width
            }
        }
        return count
    }

    /// Of half or full width, apostrophes alike; 0 for what is no ASCII.
    private static func plainASCII(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0..<0x80: UInt8(scalar)
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFEE0)
        case 0x2018, 0x2019, 0x2BC, 0x2032: UInt8(ascii: "'")
        default: 0
        }
    }

    /// Middle dots and bullets of several alphabets that stand for `·`.
    private static func isDot(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xB7, 0x2D9, 0x387, 0x2E31, 0x2E33, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65: true
        default: false
        }
    }
}

extension PersonName {
    private static let placeholders = WordSet(
        "测试", "先生", "女士", "小姐", "太太", "不详", "未知", "无名", "姓名", "名字", "客户", "顾客", "用户", "投保人", "被保险人", "被保人", "受益人",
        "法定", "法定受益人", "法定继承人", "同上", "匿名", "保密", "暂无", "没有", "本人", "某某", "某某某", "无姓名", "待定", "待补", "新生儿",
        "TEST", "NULL", "NONE", "UNKNOWN", "N/A", "NA", "NAME", "CUSTOMER", "ANONYMOUS", "ADMIN")

    /// Letters of any script, Han also as radicals, compatibility forms and in private use (which old encodings leave), the middle dot,
    /// and what joins Latin names.
    private static func isPartOfName(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x323AF: true
        case 0x20, 0x27, 0x2D, 0x2E, 0x2018, 0x2019, 0x2010...0x2015, 0x2D9, 0x3007: true
        case 0...0x7F: isLetter(UInt8(scalar))
        case 0x2E80...0x2FDF, 0x31C0...0x31EF, 0xE000...0xF8FF, 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0xF0000...0x10FFFF: true
        default: isDot(scalar) || isLetterElsewhere(scalar)
        }
    }

    private static func isLetterElsewhere(_ scalar: UInt32) -> Bool {
        guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
        return properties.isAlphabetic || properties.generalCategory == .nonspacingMark || properties.generalCategory == .format
    }

    private static func isPlaceholder(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        var (place, count, hasLetter, isRepeated) = (0, 0, false, true)
        while place < name.count {
            let (scalar, width) = PlainCharacters.scalar(name, at: place)
            // A mask, or what a wrong encoding leaves.
            if scalar == 0x2A || scalar == 0x3F || scalar == 0xFFFD || scalar < 0x20 { return true }
            // A formula, markup, brackets, the word of an error.
            if !isPartOfName(scalar) { return true }
            if scalar >= 0x80 ? !isDot(scalar) : isLetter(UInt8(scalar)) { hasLetter = true }
            if scalar >= 0x80 || name[0] != name[place] { isRepeated = false }
            (place, count) = (place + width, count + 1)
        }
        if count < 2 || !hasLetter || isRepeated || placeholders.contains(name) { return true }
        if KnownWord("测试").begins(name) || KnownWord("某").ends(name) { return true }
        return count <= 4 && (KnownWord("先生").ends(name) || KnownWord("女士").ends(name) || KnownWord("小姐").ends(name))
    }
}
