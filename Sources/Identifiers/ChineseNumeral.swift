/// Numbers written in Chinese characters, up to thousands.
enum ChineseNumeral {
    static func holds(_ scalar: UInt32) -> Bool { digit(scalar) != nil || unit(scalar) != nil }

    /// 〇 零 一 二 三 四 五 六 七 八 九.
    static func digit(_ scalar: UInt32) -> Int? {
        switch scalar {
        case 0x3007, 0x96F6: 0
        case 0x4E00: 1
        case 0x4E8C: 2
        case 0x4E09: 3
        case 0x56DB: 4
        case 0x4E94: 5
        case 0x516D: 6
        case 0x4E03: 7
        case 0x516B: 8
        case 0x4E5D: 9
        default: nil
        }
    }

    /// 十 百 千.
    static func unit(_ scalar: UInt32) -> Int? {
        switch scalar {
        case 0x5341: 10
        case 0x767E: 100
        case 0x5343: 1000
        default: nil
        }
    }

    /// Reads the run of numerals at the front: 三十二 is 32, 三〇二 is 302, 一百零五 is 105. Digits without a unit among them are
    /// taken one by one, as many as there are. Answers the decimal digits and how many characters they stood for.
    static func read(_ scalars: Slice<UnsafeMutableBufferPointer<UInt32>>, write: (UInt8) -> Void) -> Int {
        let run = scalars.prefix { holds($0) }
        // A value below ten thousand has at most nine characters: 九千九百九十九 and 零s.
        guard run.count <= 9, run.contains(where: { unit($0) != nil }) else {
            for scalar in run { for byte in String(digit(scalar) ?? unit(scalar) ?? 0).utf8 { write(byte) } }
            return run.count
        }
        var (total, pending) = (0, nil as Int?)
        for scalar in run {
            if let unit = unit(scalar) {
                total += (pending ?? 1) * unit
                pending = nil
            } else if let digit = digit(scalar) {
                pending = (pending ?? 0) * 10 + digit
            }
        }
        for byte in String(total + (pending ?? 0)).utf8 { write(byte) }
        return run.count
    }
}
