/// Addresses where a customer can be reached.
package enum Address {
    /// `addressPlaceholder` for fewer than four characters, 无, 不详, 同上 and the like, and what has no words; `addressVague` (a
    /// warning) without a province or city or without a house number.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> FaultSet {
        var signs = AddressSigns()
        signs.read(bytes)
        if signs.count < 4 || !signs.hasWords || signs.isRepeated || isPlaceholder(bytes) { return FaultSet(.addressPlaceholder) }
        return (signs.hasPlace || startsWithProvince(bytes)) && signs.hasHouseNumber ? FaultSet() : FaultSet(.addressVague)
    }

    package static func check(_ text: String) -> FaultSet { text.withBytes { check($0) } }

    private static let placeholders = WordSet(
        "地址不详", "地址未知", "不详地址", "暂无地址", "没有地址", "无地址", "测试地址", "同身份证", "同身份证地址", "同户籍地址", "同户口地址", "同户口簿",
        "同投保人", "同被保人", "同被保险人", "同上地址", "见身份证", "详见身份证", "与身份证一致", "与身份证相同", "与投保人相同", "未提供地址", "未提供",
        "客户未提供", "不便提供", "地址保密", "暂时没有", "TEST", "test", "Test", "NULL", "null", "NONE", "none", "None", "UNKNOWN", "unknown", "Unknown",
        "N/A/", "nil.", "address", "ADDRESS")
    /// Whatever follows these is no address either: 同上。, 不详不详, 测试测试.
    private static let hollowBeginnings = WordSet("同上", "不详", "未知", "测试", "暂无", "没有", "保密", "无无")
    /// The first two characters of the 34.
    private static let provinces = WordSet(
        "北京", "天津", "河北", "山西", "内蒙", "辽宁", "吉林", "黑龙", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东",
        "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "台湾", "香港", "澳门")

    private static func isPlaceholder(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = trimmed(bytes)
        return placeholders.contains(text) || hollowBeginnings.contains(beginning(text))
    }

    private static func startsWithProvince(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { provinces.contains(beginning(trimmed(bytes))) }

    /// The first two Chinese characters, which take three bytes each.
    private static func beginning(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes.prefix(6))
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var rest = bytes[...]
        while let first = rest.first, first <= 32 { rest.removeFirst() }
        while let last = rest.last, last <= 32 { rest.removeLast() }
        return UnsafeBufferPointer(rebasing: rest)
    }
}

/// What one walk over an address notices.
private struct AddressSigns {
    /// Characters that are not spaces.
    var count = 0
    /// Letters or Chinese characters, not only digits and marks.
    var hasWords = false
    var hasPlace = false
    var hasHouseNumber = false
    /// One character again and again.
    var isRepeated = true

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var (place, first, previous) = (0, UInt32(0), UInt32(0))
        while place < bytes.count {
            let (scalar, width) = PlainCharacters.scalar(bytes, at: place)
            place += width
            if scalar < 0x3001, PlainCharacters.plainForm(scalar) == nil { continue }
            if count == 0 { first = scalar } else if scalar != first { isRepeated = false }
            count += 1
            note(scalar, after: previous)
            previous = scalar
        }
    }

    @inline(__always)
    private mutating func note(_ scalar: UInt32, after previous: UInt32) {
        switch scalar {
        case 0x30...0x39, 0xFF10...0xFF19: hasHouseNumber = true
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: hasWords = true
        // 省 市 州 盟, and 区 of 自治区, 行政区 and 地区.
        case 0x7701, 0x5E02, 0x5DDE, 0x76DF: (hasWords, hasPlace) = (true, true)
        case 0x533A: (hasWords, hasPlace) = (true, hasPlace || previous == 0x6CBB || previous == 0x653F || previous == 0x5730)
        // 号 栋 幢 楼 室 组 户 院 after a Chinese numeral.
        case 0x53F7, 0x680B, 0x5E62, 0x697C, 0x5BA4, 0x7EC4, 0x6237, 0x9662:
            (hasWords, hasHouseNumber) = (true, hasHouseNumber || ChineseNumeral.holds(previous))
        case 0x3400...0x9FFF, 0x20000...0x3FFFF: hasWords = true
        default: break
        }
    }
}
