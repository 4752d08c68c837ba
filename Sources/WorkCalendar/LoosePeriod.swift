extension Period {
    /// Reads a period as people and spreadsheets write it, in full width too: `2026-07`, `2026.7`, `202607`, `2026年7月`, `July 2026`,
    /// `Jul-26`, the first of a month (which a spreadsheet makes of 2026-07); `2026-Q3`, `2026Q3`, `Q3 2026`, `2026年第三季度`, `2026年3季度`;
    /// `2026-H2`, `2026年下半年`; `2026`, `2026年度`. Anything else gives `nil`.
    package init?(loose text: String) {
        guard text.utf8.count <= 60 else { return nil }
        let plain = Self.plain(text)
        guard let read = Self.byYear(plain) ?? Self.behindPart(plain) ?? Self.firstOfMonth(text) else { return nil }
        self = read
    }

    /// Without spaces, in capitals and half width.
    private static func plain(_ text: String) -> Substring {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            // U+FF01 to U+FF5E stand for 0x21 to 0x7E.
            let half = (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            plain.append(half.value == 0x3002 ? "." : half)
        }
        return Substring(String(plain).uppercased())
    }

    /// The year stands first.
    private static func byYear(_ text: Substring) -> Period? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if digits.count == 6, digits.count == text.count {
            return Period(.month, year: Int(digits.prefix(4)) ?? 0, number: Int(digits.suffix(2)) ?? 0)
        }
        guard digits.count == 4, let year = Int(digits) else { return nil }
        var rest = text.dropFirst(4)
        if ["", "年", "年度"].contains(rest) { return Period(.year, year: year) }
        let mark = rest.first.flatMap { "年-/.".contains($0) ? $0 : nil }
        if mark != nil { rest = rest.dropFirst() }
        if let (length, number) = part(rest) { return Period(length, year: year, number: number) }
        // 20267 could be anything.
        guard mark != nil else { return nil }
        for end in ["月份", "月", ""] where rest.hasSuffix(end) {
            if let number = month(rest.dropLast(end.count)) { return Period(.month, year: year, number: number) }
        }
        return nil
    }

    /// Q3, 第三季度, 3季度, H2, 下半年.
    private static func part(_ text: Substring) -> (Length, Int)? {
        let text = text.hasPrefix("第") ? text.dropFirst() : text
        if let number = ["Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4][text] { return (.quarter, number) }
        if let number = ["H1": 1, "上半年": 1, "H2": 2, "下半年": 2][text] { return (.halfYear, number) }
        for end in ["季度", "季"] where text.hasSuffix(end) {
            return numeral(text.dropLast(end.count)).map { (.quarter, $0) }
        }
        return nil
    }

    private static let numerals: [Substring] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    private static let months: [Substring] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    private static let longMonths: [Substring] = [
        "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
    ]

    private static func numeral(_ text: Substring) -> Int? {
        if let place = numerals.firstIndex(of: text) { return place + 1 }
        return text.count <= 2 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    private static func month(_ text: Substring) -> Int? { numeral(text) ?? named(text) }

    private static func named(_ text: Substring) -> Int? { (months.firstIndex(of: text) ?? longMonths.firstIndex(of: text)).map { $0 + 1 } }

    /// Q3 2026, July 2026, Jul-26.
    private static func behindPart(_ text: Substring) -> Period? {
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.count
        for count in [4, 2] where digits >= count {
            guard let year = Int(text.suffix(count)) else { continue }
            var head = text.dropLast(count)
            if head.last == "-" || head.last == "," { head = head.dropLast() }
            if let number = named(head) { return Period(.month, year: count == 2 ? 2000 + year : year, number: number) }
            if count == 4, let (length, number) = part(head) { return Period(length, year: year, number: number) }
        }
        return nil
    }

    private static func firstOfMonth(_ text: String) -> Period? {
        guard let day = Day(loose: text), day.day == 1, !text.allSatisfy(\.isNumber) else { return nil }
        return Period(.month, of: day)
    }
}
