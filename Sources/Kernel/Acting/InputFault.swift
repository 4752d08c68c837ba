import WorkCalendar

/// What is wrong with a value that was handed in, in words that say what to write instead.
enum InputFault {
    static func missing(_ field: String, _ label: Words) -> Refusal.Fault {
        .init(field: field, Words("请填写\(label.zh)", "Enter \(label.en.lowercasedFirst)"))
    }

    /// It belongs to another choice than the one that was made.
    static func unasked(_ field: String, _ label: Words, _ choice: Words) -> Refusal.Fault {
        .init(
            field: field,
            Words(
                "所选\(choice.zh)不填写\(label.zh)，请清除或改选",
                "\(label.en) does not belong to the \(choice.en.lowercasedFirst) chosen; clear it or choose another"))
    }

    /// It is no value of its field's kind.
    static func unreadable(_ field: String, _ label: Words, _ kind: FieldKind) -> Refusal.Fault {
        let words: Words =
            switch kind {
            case .day, .birthday: Words("\(label.zh)不是日期，请写成 2026-03-04", "\(label.en) is not a date; write it like 2026-03-04")
            case .moment: Words("\(label.zh)不是时间，请写成 2026-03-04 13:20", "\(label.en) is not a time; write it like 2026-03-04 13:20")
            case .whole: Words("\(label.zh)应为整数", "\(label.en) must be a whole number")
            case .decimal:
                Words("\(label.zh)应为数字，不带单位，请写成 1234.5", "\(label.en) must be a number without a unit; write it like 1234.5")
            case .period(let length): wrongPeriod(label, length)
            case .choice: Words("\(label.zh)不在可选范围内，请从列表中选择", "\(label.en) is not one of the choices; pick one from the list")
            case .article: Words("\(label.zh)应为制度的一条，请从列表中选择", "\(label.en) must be an article; pick one from the list")
            case .person, .people:
                Words(
                    "\(label.zh)：没有这样的人员，或同名的不止一人，请核对或改用登录名",
                    "\(label.en): there is no such person, or more than one of that name; check it, or give the log-in name")
            default: Words("\(label.zh)的内容无法识别，请重新填写", "\(label.en) cannot be read; enter it again")
            }
        return .init(field: field, words)
    }

    private static func wrongPeriod(_ label: Words, _ length: Period.Length) -> Words {
        let example = length.example(Day(number: 20_650))
        return Words(
            "\(label.zh)应为\(length.words.zh)，请写成 \(example)", "\(label.en) must be a \(length.words.en); write it like \(example)")
    }

    /// It is of its kind, and its field does not take it.
    /// - Parameter value: as it is kept. A number that was handed in, be it 0, lies within what its field takes.
    static func unfit(_ value: JSONValue, _ kind: FieldKind, _ label: Words, path: String) -> Refusal.Fault? {
        switch kind {
        case .whole(let range):
            guard let number = value.whole, !range.contains(Int(number)) else { return nil }
            return .init(field: path, outside(label, "\(range.lowerBound)", "\(range.upperBound)"))
        case .decimal(let places, let range):
            guard let number = DecimalNumber(stored: value) else { return nil }
            if number.places > places {
                return .init(
                    field: path,
                    Words(
                        "\(label.zh)最多 \(places) 位小数，现有 \(number.places) 位，请改正",
                        "\(label.en) has at most \(places) decimal places; this has \(number.places), correct it"))
            }
            guard !range.contains(number) else { return nil }
            return .init(field: path, outside(label, "\(range.lowerBound)", "\(range.upperBound)"))
        case .period(let length):
            guard let period = Period(stored: value), period.length != length else { return nil }
            return .init(field: path, wrongPeriod(label, length))
        case .codes(let choices):
            let known = choices.map(\.value)
            guard let wrong = FieldKind.codes(in: value.text ?? "").first(where: { !known.contains($0) }) else { return nil }
            return .init(
                field: path,
                Words(
                    "\(label.zh)没有“\(wrong)”，可选：\(choices.map(\.words.zh).joined(separator: "；"))",
                    "\(label.en) has no “\(wrong)”; there are: \(choices.map(\.words.en).joined(separator: "; "))"))
        case .people:
            guard Set(value.list).count < value.list.count else { return nil }
            return .init(field: path, Words("\(label.zh)：同一人只能选一次", "\(label.en): each person is named once"))
        default: return nil
        }
    }

    private static func outside(_ label: Words, _ least: String, _ most: String) -> Words {
        Words("\(label.zh)应在 \(least) 至 \(most) 之间", "\(label.en) must be from \(least) to \(most)")
    }
}
