// The form in which equal addresses are equal, however they were typed.

extension Address {
    /// Half-width, upper case, look-alike characters as what they stand for, no spaces and punctuation; numbers in Arabic digits;
    /// 省, 市, 区, 自治区 and the doubled name of a municipality left out before the road. Only for comparing: 三亚市 becomes 3亚, on both sides.
    package static func normalForm(_ text: String) -> String {
        text.withBytes { withNormalForm($0) { String(decoding: $0, as: UTF8.self) } }
    }

    /// Whether two addresses are the same in normal form.
    package static func agree(_ one: String, _ other: String) -> Bool { normalForm(one) == normalForm(other) }

    /// Calls `body` with the normal form in UTF-8. An address longer than 1,000 bytes is compared by its first 1,000.
    package static func withNormalForm<R>(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(1000))
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bytes.count) { scalars in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count * 4 + 4) { form in
                let plain = scalars[..<plainScalars(bytes, into: scalars)]
                let count = write(plain, into: form)
                let start = isDoubledMunicipality(form, count) ? 6 : 0
                return body(UnsafeBufferPointer(rebasing: form[start..<count]))
            }
        }
    }

    private static func plainScalars(_ bytes: UnsafeBufferPointer<UInt8>, into scalars: UnsafeMutableBufferPointer<UInt32>) -> Int {
        var (place, count) = (0, 0)
        while place < bytes.count {
            let (typed, width) = PlainCharacters.scalar(bytes, at: place)
            place += width
            let scalar = Ideographs.matched(typed)
            if scalar == 0, typed != 0 { continue }
            guard let byte = PlainCharacters.plainForm(scalar) else { continue }
            let isPlain = byte != PlainCharacters.unknown && !(0x370...0x4FF).contains(scalar)
            // Marks of either width; 、and 。 and the middle dot have no plain form.
            if isPlain, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "#"), !isDigit(byte), !isLetter(byte) { continue }
            if [0x3001, 0x3002, 0xB7].contains(scalar) { continue }
            scalars[count] = isPlain ? UInt32(byte) : scalar
            count += 1
        }
        return count
    }

    private static func write(_ plain: Slice<UnsafeMutableBufferPointer<UInt32>>, into form: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var (place, count, isHead) = (plain.startIndex, 0, true)
        func emit(_ byte: UInt8) {
            form[count] = byte
            count += 1
        }
        while place < plain.endIndex {
            let scalar = plain[place]
            if ChineseNumeral.holds(scalar) {
                place += ChineseNumeral.read(plain[place...], write: emit)
                continue
            }
            if isHead {
                let suffix = regionSuffix(plain[place...], after: place > plain.startIndex ? plain[place - 1] : 0)
                if suffix > 0 {
                    place += suffix
                    continue
                }
                isHead = !endsHead(scalar)
            }
            if let character = Unicode.Scalar(scalar) {
                for byte in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter { emit(byte) }
            }
            place += 1
        }
        return count
    }

    /// How many characters a region's suffix takes at the front: 省, 市, 区 (not that of 小区), 自治区 with its people, 特别行政区.
    private static func regionSuffix(_ rest: Slice<UnsafeMutableBufferPointer<UInt32>>, after previous: UInt32) -> Int {
        guard previous != 0, let first = rest.first else { return 0 }
        switch first {
        case 0x7701, 0x5E02: return 1
        case 0x533A: return previous == 0x5C0F ? 0 : 1
        // 壮 回 维 自 特 may begin a longer suffix.
        case 0x58EE, 0x56DE, 0x7EF4, 0x81EA, 0x7279:
            for suffix in ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区"]
            where rest.starts(with: suffix.unicodeScalars.lazy.map(\.value)) { return suffix.unicodeScalars.count }
            return 0
        default: return 0
        }
    }

    /// 路 街 道 巷 弄 村 镇 乡 号 and digits: from here on 区 and 市 belong to names.
    private static func endsHead(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x8DEF, 0x8857, 0x9053, 0x5DF7, 0x5F04, 0x6751, 0x9547, 0x4E61, 0x53F7, 0x30...0x39: true
        default: false
        }
    }

    /// 北京北京朝阳… from 北京市北京市朝阳区….
    private static func isDoubledMunicipality(_ form: UnsafeMutableBufferPointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 12, form[..<6].elementsEqual(form[6..<12]) else { return false }
        return ["北京", "天津", "上海", "重庆"].contains { form[..<6].elementsEqual($0.utf8) }
    }
}
