// Days as people say them in a form, from the day on which it is filled in.

extension Day {
    /// Reads `明天`, `下周三`, `月底`, `3天后`, `三个工作日后`, `12月3日`, `12-3`, and in English `tomorrow`, `next wed`, `in 3 days`; and all that
    /// `init(loose:)` reads. A day without a year is the one nearest to today. Anything else gives `nil`.
    ///
    /// A week begins on Monday. For forms alone: in a file, what is meant by it depends on when it was written.
    package init?(spoken text: String, today: Day, calendar: WorkCalendar) {
        let plain = SpokenDay.plain(text)
        if let day = SpokenDay.named[plain] {
            self = today.adding(days: day)
        } else if let day = SpokenDay.end(plain, today) ?? SpokenDay.weekday(plain, today) ?? SpokenDay.distance(plain, today, calendar)
            ?? SpokenDay.withoutYear(plain, today)
        {
            self = day
        } else {
            self.init(loose: text)
        }
    }
}

private enum SpokenDay {
    static let named = [
        "今天": 0, "今日": 0, "本日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "後天": 2, "大后天": 3, "昨天": -1, "昨日": -1,
        "yesterday": -1, "前天": -2, "大前天": -3,
    ]

    /// In small letters and half width, without blanks.
    static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            plain.append((0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(plain).lowercased()
    }

    static func end(_ text: String, _ today: Day) -> Day? {
        let months = ["月底": 0, "本月底": 0, "月末": 0, "本月末": 0, "endofmonth": 0, "下月底": 1, "下个月底": 1, "下月末": 1, "上月底": -1, "上月末": -1]
        if let month = months[text] {
            let there = today.adding(months: month)
            return Day(year: there.year, month: there.month, day: Day.length(month: there.month, year: there.year))
        }
        let years = ["年底": 0, "年末": 0, "今年年底": 0, "endofyear": 0, "明年年底": 1, "去年年底": -1]
        return years[text].flatMap { Day(year: today.year + $0, month: 12, day: 31) }
    }

    private static let weekdays: [Substring: Int] = [
        "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "mon": 1,
        "monday": 1, "tue": 2, "tuesday": 2, "wed": 3, "wednesday": 3, "thu": 4, "thursday": 4, "fri": 5, "friday": 5, "sat": 6,
        "saturday": 6,
        "sun": 7, "sunday": 7,
    ]

    /// 下周三, 上星期五, 本周日, 周一.
    static func weekday(_ text: String, _ today: Day) -> Day? {
        let weeks = [
            ("下下", 2), ("下个", 1), ("下", 1), ("next", 1), ("上上", -2), ("上个", -1), ("上", -1), ("last", -1), ("本", 0), ("这个", 0), ("这", 0),
            ("this", 0), ("", 0),
        ]
        guard let (mark, week) = weeks.first(where: { text.hasPrefix($0.0) }) else { return nil }
        var rest = text.dropFirst(mark.count)
        let chinese = ["星期", "礼拜", "周"].first { rest.hasPrefix($0) }
        if let chinese { rest = rest.dropFirst(chinese.count) }
        guard let day = weekdays[rest], chinese != nil || rest.allSatisfy(\.isLetter) && rest.allSatisfy(\.isASCII) else { return nil }
        return today.adding(days: week * 7 + day - today.weekday.rawValue)
    }

    /// 3天后, 两周后, 三个工作日后, 5个工作日内, 2天前, in 3 days.
    static func distance(_ text: String, _ today: Day, _ calendar: WorkCalendar) -> Day? {
        var rest = Substring(text), sign = 1
        if rest.hasPrefix("in") {
            rest = rest.dropFirst(2)
        } else if let end = ["以后", "之后", "后", "以内", "之内", "内"].first(where: { rest.hasSuffix($0) }) {
            rest = rest.dropLast(end.count)
        } else if let end = ["以前", "之前", "前", "ago"].first(where: { rest.hasSuffix($0) }) {
            (rest, sign) = (rest.dropLast(end.count), -1)
        } else {
            return nil
        }
        let units: [(String, Unit)] = [
            ("个工作日", .workingDays), ("工作日", .workingDays), ("workingdays", .workingDays), ("workingday", .workingDays), ("天", .days),
            ("日", .days), ("days", .days), ("day", .days), ("个星期", .weeks), ("星期", .weeks), ("周", .weeks), ("weeks", .weeks),
            ("week", .weeks), ("个月", .months), ("months", .months), ("month", .months),
        ]
        guard let (name, unit) = units.first(where: { rest.hasSuffix($0.0) }), let number = numeral(rest.dropLast(name.count)) else {
            return nil
        }
        switch unit {
        case .workingDays: return calendar.adding(workingDays: sign * number, to: today).day
        case .days: return today.adding(days: sign * number)
        case .weeks: return today.adding(days: sign * number * 7)
        case .months: return today.adding(months: sign * number)
        }
    }

    private enum Unit { case workingDays, days, weeks, months }

    private static let numerals: [Character: Int] = [
        "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    /// From 1 to 999: in digits, or up to 九十九 in Chinese.
    private static func numeral(_ text: Substring) -> Int? {
        if !text.isEmpty, text.count <= 3, text.allSatisfy({ $0.isASCII && $0.isNumber }) { return Int(text).flatMap { $0 > 0 ? $0 : nil } }
        if text.count == 1, let one = text.first.flatMap({ numerals[$0] }) { return one }
        guard let place = text.firstIndex(of: "十") else { return nil }
        let (tens, ones) = (text[..<place], text[text.index(after: place)...])
        guard tens.count <= 1, ones.count <= 1, tens.isEmpty || numerals[tens.first!] != nil, ones.isEmpty || numerals[ones.first!] != nil
        else { return nil }
        return (tens.first.flatMap { numerals[$0] } ?? 1) * 10 + (ones.first.flatMap { numerals[$0] } ?? 0)
    }

    /// 12月3日, 12-3, 12/3, 12.3: the nearest such day.
    static func withoutYear(_ text: String, _ today: Day) -> Day? {
        var rest = Substring(text)
        for end in ["日", "号"] where rest.hasSuffix(end) && rest.contains("月") { rest = rest.dropLast() }
        guard let mark = rest.firstIndex(where: { "月-/.".contains($0) }) else { return nil }
        let (first, second) = (rest[..<mark], rest[rest.index(after: mark)...])
        guard (1...2).contains(first.count), (1...2).contains(second.count), (first + second).allSatisfy({ $0.isASCII && $0.isNumber }),
            let month = Int(first), let day = Int(second)
        else { return nil }
        return [today.year, today.year - 1, today.year + 1].compactMap { Day(year: $0, month: month, day: day) }.min {
            abs(today.distance(to: $0)) < abs(today.distance(to: $1))
        }
    }
}
