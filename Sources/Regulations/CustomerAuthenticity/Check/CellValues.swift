import Identifiers

/// What a person is in an application.
package enum Role: UInt8, Sendable, CaseIterable {
    case applicant, insured, beneficiary

    /// - Parameter cell: the English or the Chinese word, in any case, with or without spaces around it.
    package init?(_ cell: UnsafeBufferPointer<UInt8>) {
        switch cell.count {
        case 9 where cell.elementsEqual("applicant".utf8) || cell.elementsEqual("投保人".utf8): self = .applicant
        case 7 where cell.elementsEqual("insured".utf8): self = .insured
        case 12 where cell.elementsEqual("被保险人".utf8): self = .insured
        case 11 where cell.elementsEqual("beneficiary".utf8): self = .beneficiary
        case 9 where cell.elementsEqual("受益人".utf8): self = .beneficiary
        default:
            guard let role = Role.other(cell) else { return nil }
            self = role
        }
    }

    private static func other(_ cell: UnsafeBufferPointer<UInt8>) -> Role? {
        switch choiceWord(cell) {
        case "applicant", "投保人", "policyholder": .applicant
        case "insured", "被保险人", "被保人", "主被保险人", "第一被保险人", "主被保人": .insured
        case "beneficiary", "受益人", "身故受益人", "第一受益人", "生存受益人": .beneficiary
        default: nil
        }
    }
}

extension Sex {
    /// M and F, male and female, 男 and 女, 1 and 2.
    package init?(_ cell: UnsafeBufferPointer<UInt8>) {
        if cell.count == 1 {
            switch cell[0] {
            case UInt8(ascii: "M"), UInt8(ascii: "m"), UInt8(ascii: "1"): self = .male
            case UInt8(ascii: "F"), UInt8(ascii: "f"), UInt8(ascii: "2"): self = .female
            default: return nil
            }
        } else if cell.elementsEqual("男".utf8) {
            self = .male
        } else if cell.elementsEqual("女".utf8) {
            self = .female
        } else {
            switch choiceWord(cell) {
            case "m", "male", "男", "男性", "1": self = .male
            case "f", "female", "女", "女性", "2": self = .female
            default: return nil
            }
        }
    }
}

/// How long the cover lasts.
package enum Term: Sendable, Hashable {
    case years(Int)
    case months(Int)
    case days(Int)
    case wholeLife
    /// To an age: taken as a year or longer, so that nobody slips out of the rules.
    case toAge(Int)
    /// Nothing that can be understood; taken as a year or longer as well.
    case unknown

    /// 第四条: the rules bind business of one year and longer.
    package var isBelowOneYear: Bool {
        switch self {
        case .years(let years): years < 1
        case .months(let months): months < 12
        // A year is written as 365 days, or 366 in a leap year.
        case .days(let days): days < 365
        case .wholeLife, .toAge, .unknown: false
        }
    }

    /// Whole years, with or without 年; 终身; months, weeks and days as people write them, in figures or in Chinese (一年, 半年); a
    /// fraction is rounded down.
    package init(_ cell: UnsafeBufferPointer<UInt8>) {
        if (1...3).contains(cell.count), cell.allSatisfy({ $0 &- 48 <= 9 }) {
            self = .years(cell.reduce(0) { $0 * 10 + Int($1 - 48) })
            return
        }
        let word = plainWord(cell)
        if let age = Self.age(word) {
            self = .toAge(age)
            return
        }
        let (number, rest) = Self.figure(word)
        switch (number, rest) {
        case (_, "终身"), (_, "whole-life"), (_, "wholelife"), (_, "lifelong"), (_, "life"): self = .wholeLife
        case (nil, "半年"), (nil, "半年期"): self = .months(6)
        case (let years?, "年半"), (let years?, "年半期"): self = .months(years * 12 + 6)
        case (let years?, ""), (let years?, "年"), (let years?, "年期"), (let years?, "周年"), (let years?, "整年"), (let years?, "y"),
            (let years?, "years"), (let years?, "year"):
            self = .years(years)
        case (let months?, "月"), (let months?, "个月"), (let months?, "个月期"), (let months?, "months"), (let months?, "month"):
            self = .months(months)
        case (let weeks?, "周"), (let weeks?, "星期"), (let weeks?, "weeks"), (let weeks?, "week"): self = .days(weeks * 7)
        case (let days?, "天"), (let days?, "日"), (let days?, "天期"), (let days?, "days"), (let days?, "day"): self = .days(days)
        default: self = .unknown
        }
    }
}

extension Term {
    /// The number at the front, in figures or in Chinese, rounded down, and what follows it.
    private static func figure(_ word: String) -> (number: Int?, rest: Substring) {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        if digits.isEmpty {
            let numeral = word.prefix { numerals[$0] != nil || $0 == "十" || $0 == "百" }
            return (numeral.isEmpty ? nil : value(of: numeral), word.dropFirst(numeral.count))
        }
        var rest = word.dropFirst(digits.count)
        if rest.first == "." { rest = rest.dropFirst().drop { $0.isNumber } }
        return (Int(digits.prefix(6)), rest)
    }

    private static let numerals: [Character: Int] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    private static func value(of numeral: Substring) -> Int {
        var (total, pending) = (0, Int?.none)
        for character in numeral.prefix(8) {
            if let digit = numerals[character] {
                pending = (pending ?? 0) * 10 + digit
            } else {
                total += (pending ?? 1) * (character == "百" ? 100 : 10)
                pending = nil
            }
        }
        return total + (pending ?? 0)
    }

    /// 至70岁, 保至70周岁, to age 70.
    private static func age(_ word: String) -> Int? {
        for (before, after) in [("保至", "岁"), ("保至", "周岁"), ("至", "岁"), ("至", "周岁"), ("toage", "")]
        where word.hasPrefix(before) && word.hasSuffix(after) {
            if let age = Int(word.dropFirst(before.count).dropLast(after.count)), (1...120).contains(age) { return age }
        }
        return nil
    }
}

/// A word chosen from a list, without the number or letter that such lists put before or behind it: 1-身份证, 01.投保人, 01投保人, F-女,
/// 身份证(01).
func choiceWord(_ cell: UnsafeBufferPointer<UInt8>) -> String {
    let word = plainWord(cell)
    let figures = word.prefix { $0.isASCII && ($0.isNumber || $0.isLetter) }
    let rest = word.dropFirst(figures.count)
    let isNumber = !figures.isEmpty && figures.allSatisfy(\.isNumber)
    if isNumber, rest.count > 1, rest.first?.isLetter == true { return String(rest) }
    if isNumber || figures.count == 1, let mark = rest.first, "-.:、_–—|/)".contains(mark), rest.count > 1 { return String(rest.dropFirst()) }
    if word.last == ")", let open = word.lastIndex(of: "("), open > word.startIndex {
        let remark = word[word.index(after: open)...].dropLast()
        if !remark.isEmpty, remark.allSatisfy({ $0.isASCII && $0.isNumber }) || remark == "二代" { return String(word[..<open]) }
    }
    return word
}

/// A short cell without spaces around it, in half-width and lower case. Longer ones are nothing that is looked for.
func plainWord(_ cell: UnsafeBufferPointer<UInt8>) -> String {
    guard cell.count <= 64 else { return "" }
    if cell.allSatisfy({ (0x21..<0x7F).contains($0) }) { return String(decoding: cell, as: UTF8.self).lowercased() }
    let scalars = String(decoding: cell, as: UTF8.self).unicodeScalars.map { scalar in
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars.filter { !$0.isSpace && $0.value != 0xFEFF })
    return String(text).lowercased()
}

extension Unicode.Scalar {
    /// Unicode's white space, without asking its table about ASCII.
    var isSpace: Bool { isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace }
}
