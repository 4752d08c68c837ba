import Kernel
import WorkCalendar

/// How the two languages say days, moments, clocks and figures.
extension Language {
    /// One of two texts.
    package func callAsFunction(_ zh: String, _ en: String) -> String { self == .zh ? zh : en }

    /// As the `lang` attribute has it.
    package var code: String { self == .zh ? "zh-Hans" : "en" }
    package var other: Language { self == .zh ? .en : .zh }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// 2026年3月4日, 4 March 2026.
    package func day(_ day: Day) -> String {
        self("\(day.year)年\(day.month)月\(day.day)日", "\(day.day) \(Self.months[day.month - 1]) \(day.year)")
    }

    /// Without the year where it is that of `today`: 3月4日, 4 March.
    package func day(_ day: Day, in today: Day) -> String {
        day.year == today.year ? self("\(day.month)月\(day.day)日", "\(day.day) \(Self.months[day.month - 1])") : self.day(day)
    }

    /// 2026年3月4日 星期三.
    package func dayWithWeekday(_ day: Day) -> String {
        let weekday = day.weekday.rawValue - 1
        return self("\(self.day(day)) 星期\(Array("一二三四五六日")[weekday])", "\(Self.weekdays[weekday]), \(self.day(day))")
    }

    /// 3月4日 13:20; with the year where it is not that of `today`.
    package func moment(_ moment: Moment, in today: Day) -> String {
        let (day, time) = Self.clock(moment)
        return "\(self.day(day, in: today)) \(time)"
    }

    /// 2026年3月4日 13:20.
    package func moment(_ moment: Moment) -> String {
        let (day, time) = Self.clock(moment)
        return "\(self.day(day)) \(time)"
    }

    /// When something ends: midnight is the end of the day before.
    package func limit(_ end: Moment, in today: Day) -> String {
        guard end.hour == 0, end.minute == 0 else { return moment(end, in: today) }
        let last = self.day(end.adding(milliseconds: -1).day, in: today)
        return self("\(last) 24:00", "the end of \(last)")
    }

    package func limit(_ end: Moment) -> String {
        guard end.hour == 0, end.minute == 0 else { return moment(end) }
        let last = self.day(end.adding(milliseconds: -1).day)
        return self("\(last) 24:00", "the end of \(last)")
    }

    private static func clock(_ moment: Moment) -> (Day, String) {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (moment.day, "\(two(moment.hour)):\(two(moment.minute))")
    }

    /// 1,846.
    package func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// 1,234.50: a number as it is written, with its thousands apart.
    func grouped(_ number: String) -> String {
        let digits = number.prefix { $0 == "-" || $0.isNumber }
        return (Int(digits).map { $0 == 0 ? String(digits) : count($0) } ?? String(digits)) + number.dropFirst(digits.count)
    }

    /// 96.4%; a dash where there is nothing to count.
    package func share(_ part: Int, of all: Int) -> String {
        guard all > 0 else { return "—" }
        let thousandths = (part * 1000 + all / 2) / all
        return thousandths % 10 == 0 ? "\(thousandths / 10)%" : "\(thousandths / 10).\(thousandths % 10)%"
    }

    /// 12 KB.
    package func size(_ bytes: Int) -> String {
        if bytes < 1024 { return self("\(bytes) 字节", "\(bytes) bytes") }
        if bytes < 1 << 20 { return "\((bytes + 512) / 1024) KB" }
        let tenths = bytes / (1 << 20) * 10 + bytes % (1 << 20) * 10 / (1 << 20)
        return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
    }

    /// 12 件, 12 documents, 1 document.
    package func documents(_ count: Int) -> String {
        self("\(self.count(count)) 件", count == 1 ? "1 document" : "\(self.count(count)) documents")
    }

    package func yes(_ flag: Bool) -> String { flag ? self("是", "Yes") : self("否", "No") }
}
