import Kernel

/// What a number that an article sets is called: its name in plain words in English, what it counts in Chinese, where it stands beside
/// its article.
enum ParameterName {
    private static let measures: [(ending: String, zh: String)] = [
        ("WorkingDays", "工作日数"), ("Days", "天数"), ("Hours", "小时数"), ("Months", "月数"), ("Years", "年数"), ("Threshold", "次数"),
        ("Quotes", "家数"), ("Age", "年龄"),
    ]

    static func words(_ name: String) -> Words {
        let zh = measures.first { name.hasSuffix($0.ending) }?.zh ?? "数值"
        var en = ""
        for character in name {
            if character.isUppercase { en += " " + character.lowercased() } else { en.append(character) }
        }
        return Words(zh, en.prefix(1).uppercased() + en.dropFirst())
    }
}
