// Dates as they stand in files that people send.

extension Day {
    /// Reads a day as people and spreadsheets write it: `2026-02-13`, `2026/2/13`, `2026.2.13`, `20260213`, `2026年2月13日`, each
    /// also with full-width digits and followed by a weekday (星期三) or a time of day, with 上午 or 下午 or without (which are dropped); and
    /// spreadsheet serial numbers of five digits
    /// (1900 system, 10000 = 1927-05-18), with or without a fraction. Anything else, and days that do not exist, give `nil`.
    package init?(loose text: String) {
        let read = text.utf8.withContiguousStorageIfAvailable { Day(loose: $0) }
        guard let day = read ?? Array(text.utf8).withUnsafeBufferPointer({ Day(loose: $0) }) else { return nil }
        self = day
    }

    /// The same from the bytes of a UTF-8 text, without allocation.
    package init?(loose bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count == 10, bytes[4] == bytes[7], bytes[4] == UInt8(ascii: "-") || bytes[4] == UInt8(ascii: "/"),
            let year = Day.digits(bytes, 0, 4), let month = Day.digits(bytes, 5, 2), let day = Day.digits(bytes, 8, 2)
        {
            self.init(year: year, month: month, day: day)
        } else if bytes.count == 8, let whole = Day.digits(bytes, 0, 8) {
            self.init(year: whole / 10_000, month: whole / 100 % 100, day: whole % 100)
        } else {
            self.init(typed: bytes)
        }
    }

    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for place in start..<start + count {
            let digit = bytes[place] &- 48
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private init?(typed bytes: UnsafeBufferPointer<UInt8>) {
        var reader = TypedDate(bytes)
        reader.skipSpaces()
        guard let (leading, width) = reader.number(), let mark = reader.next() else { return nil }
        switch (width, mark) {
        case (5, .end), (5, .dot):
            guard leading >= 10_000, mark == .end || reader.isFraction() else { return nil }
            self.init(number: leading - 25_569)
        case (8, .end), (8, .space):
            guard mark == .end || reader.isRest() else { return nil }
            self.init(year: leading / 10_000, month: leading / 100 % 100, day: leading % 100)
        case (4, .dash), (4, .slash), (4, .dot), (4, .year):
            guard let (month, monthWidth) = reader.number(), monthWidth <= 2, let second = reader.next(),
                second == (mark == .year ? .month : mark), let (day, dayWidth) = reader.number(), dayWidth <= 2
            else { return nil }
            // 2026年3月4日星期三: what follows needs no space.
            var third = reader.isAtWords() ? .space : reader.next()
            if mark == .year, third == .day {
                third = reader.isAtWords() ? .space : reader.next()
            }
            guard third == .end || third == .timeMark && reader.isTimeOfDay() || third == .space && reader.isRest() else { return nil }
            self.init(year: leading, month: month, day: day)
        default:
            return nil
        }
    }
}

/// Walks over a typed date, taking full-width characters for what they mean.
private struct TypedDate {
    enum Mark: Equatable { case end, digit(UInt8), dash, slash, dot, year, month, day, space, timeMark, colon, other }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The character here and how many bytes it takes.
    private func peek() -> (mark: Mark, width: Int) {
        guard place < bytes.count else { return (.end, 0) }
        let byte = bytes[place]
        switch byte {
        case 48...57: return (.digit(byte - 48), 1)
        case UInt8(ascii: "-"): return (.dash, 1)
        case UInt8(ascii: "/"): return (.slash, 1)
        case UInt8(ascii: "."): return (.dot, 1)
        case UInt8(ascii: ":"): return (.colon, 1)
        case UInt8(ascii: "T"): return (.timeMark, 1)
        case UInt8(ascii: " "), 9, 10, 13: return (.space, 1)
        default: break
        }
        guard place + 2 < bytes.count else { return (.other, 1) }
        switch (byte, bytes[place + 1], bytes[place + 2]) {
        case (0xEF, 0xBC, let digit) where (0x90...0x99).contains(digit): return (.digit(digit - 0x90), 3)
        case (0xEF, 0xBC, 0x8D): return (.dash, 3)
        case (0xEF, 0xBC, 0x8F): return (.slash, 3)
        case (0xEF, 0xBC, 0x8E): return (.dot, 3)
        case (0xEF, 0xBC, 0x9A): return (.colon, 3)
        case (0xE3, 0x80, 0x80): return (.space, 3)
        case (0xE5, 0xB9, 0xB4): return (.year, 3)
        case (0xE6, 0x9C, 0x88): return (.month, 3)
        case (0xE6, 0x97, 0xA5), (0xE5, 0x8F, 0xB7): return (.day, 3)
        default: return (.other, 1)
        }
    }

    mutating func skipSpaces() {
        while peek().mark == .space { place += peek().width }
    }

    /// Up to eight digits and how many there were; `nil` without a digit or with more.
    mutating func number() -> (value: Int, width: Int)? {
        var value = 0
        var count = 0
        while case (.digit(let digit), let width) = peek() {
            guard count < 8 else { return nil }
            (value, count, place) = (value * 10 + Int(digit), count + 1, place + width)
        }
        return count == 0 ? nil : (value, count)
    }

    /// The mark here, past it; spaces at the end are the end.
    mutating func next() -> Mark? {
        let (mark, width) = peek()
        place += width
        guard mark == .space else { return mark }
        skipSpaces()
        return peek().mark == .end ? .end : .space
    }

    /// Whether only digits and spaces follow.
    mutating func isFraction() -> Bool {
        while case (.digit, let width) = peek() { place += width }
        return next() == .end
    }

    /// Words that stand behind a day.
    private static let weekdays = ["星期", "周", "礼拜"].map { Array($0.utf8) }
    private static let weekdayNames = ["一", "二", "三", "四", "五", "六", "日", "天"].map { Array($0.utf8) }
    private static let halves = ["上午", "下午", "凌晨", "中午", "晚上"].map { Array($0.utf8) }

    private func stands(_ word: [UInt8]) -> Bool {
        place + word.count <= bytes.count && bytes[place..<place + word.count].elementsEqual(word)
    }

    private mutating func take(_ words: [[UInt8]]) -> Bool {
        guard let word = words.first(where: { stands($0) }) else { return false }
        place += word.count
        return true
    }

    /// Whether a weekday or a half of the day stands here.
    func isAtWords() -> Bool { (Self.weekdays + Self.halves).contains { stands($0) } }

    /// Whether a weekday, a time of day, or both follow, and nothing else.
    mutating func isRest() -> Bool {
        let isBracketed = take([Array("(".utf8), Array("（".utf8)])
        if take(Self.weekdays) {
            guard take(Self.weekdayNames) else { return false }
            if isBracketed, !take([Array(")".utf8), Array("）".utf8)]) { return false }
            skipSpaces()
            if peek().mark == .end { return true }
        } else if isBracketed {
            return false
        }
        if take(Self.halves) { skipSpaces() }
        return isTimeOfDay()
    }

    /// Whether `13:20`, `13:20:05` or `13:20:05.123` follows, and nothing else.
    mutating func isTimeOfDay() -> Bool {
        guard let hour = number(), hour.width <= 2, hour.value <= 24, next() == .colon,
            let minute = number(), minute.width == 2, minute.value < 60
        else { return false }
        var mark = next()
        if mark == .colon {
            guard let second = number(), second.width == 2, second.value < 60 else { return false }
            mark = next()
        }
        return mark == .end || (mark == .dot && isFraction())
    }
}
