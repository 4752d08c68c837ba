import WorkCalendar

extension Period: PresentValue {
    package init?(stored: JSONValue) {
        switch stored {
        case .text(let text): self.init(loose: text)
        case .whole(let year): self.init(.year, year: Int(year))
        default: return nil
        }
    }
    package var stored: JSONValue { .text(description) }

    /// 2026年7月, 2026年第三季度, 2026年下半年, 2026年; July 2026, Q3 2026, H2 2026, 2026.
    package var words: Words {
        let part = length.words(of: number)
        return length == .year ? Words("\(year)年", "\(year)") : Words("\(year)年\(part.zh)", "\(part.en) \(year)")
    }
}

extension Period.Length {
    /// 月, 季度, 半年, 年.
    package var words: Words {
        switch self {
        case .month: Words("月份", "month")
        case .quarter: Words("季度", "quarter")
        case .halfYear: Words("半年", "half-year")
        case .year: Words("年度", "year")
        }
    }

    /// What the one with this number is called within its year; empty of a year.
    package func words(of number: Int) -> Words {
        switch self {
        case .month: Words("\(number)月", Self.months[number - 1])
        case .quarter: Words("第\(["一", "二", "三", "四"][number - 1])季度", "Q\(number)")
        case .halfYear: Words(number == 1 ? "上半年" : "下半年", "H\(number)")
        case .year: Words("", "")
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]

    /// How one is written, for example that of a day.
    func example(_ day: Day) -> String { Period(self, of: day).description }
}
