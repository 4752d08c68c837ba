import Foundation
import Kernel

/// A password taken apart as somebody takes it who guesses: names and common words, years, sequences, rows of the keyboard and repeats are
/// one part each, every other character is one.
struct GuessedParts {
    enum Kind { case own, common, run }

    private(set) var count = 0
    private var covered: [Kind: Int] = [:]

    init(_ password: String, _ about: PasswordRule.About) {
        let typed = Array(password.lowercased()), plain = typed.map { Self.lookAlikes[$0] ?? $0 }
        let own = Self.own(about)
        var place = 0
        while place < typed.count {
            func longest(_ words: [[Character]]) -> Int {
                words.filter { typed[place...].starts(with: $0) || plain[place...].starts(with: $0) }.map(\.count).max() ?? 0
            }
            let common = max(longest(Self.words), Self.year(typed, place), Self.telephone(typed, place))
            let run = max(longest(Self.rows(from: typed, place)), Self.repeated(typed, place))
            let found = [(Kind.own, longest(own)), (.common, common), (.run, run)].max { $0.1 < $1.1 }
            if let (kind, length) = found, length > 1 {
                covered[kind, default: 0] += length
                place += length
            } else {
                place += 1
            }
            count += 1
        }
    }

    /// Of what most of it is.
    var greatest: Kind { covered.max { $0.value < $1.value }?.key ?? .run }

    /// Signs that stand for letters.
    private static let lookAlikes: [Character: Character] = ["0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"]

    // MARK: Words

    /// Those that head every list of stolen passwords, international and Chinese.
    private static let words = """
        password passwd pass admin administrator root guest test user login welcome letmein master monkey dragon football baseball iloveyou
        princess sunshine shadow superman batman trustno freedom whatever secret changeme default system service server hello world love
        woaini woaiwojia wodemima mima nihao zhongguo beijing shanghai guangzhou shenzhen china laopo laogong baobao wangluo weixin wechat
        taobao alipay zhifubao tencent huawei gongsi danwei bangong guanli guanliyuan kehu baoxian dianzhang jiayou mingtian woshi
        5201314 1314520 1314 520 521 888 666 168 110 119 007 abc xyz aaa qaz wsx
        """.split { $0 == " " || $0 == "\n" }.map(Array.init)

    private static func own(_ about: PasswordRule.About) -> [[Character]] {
        let names = about.names.flatMap { [$0.zh, $0.en] }.flatMap { name -> [String] in
            let parts = letters(name)
            let given = parts.dropFirst()
            let initials = parts.map { String($0.prefix(1)) }.joined()
            return [name, parts.joined(), given.joined(), (given + parts.prefix(1)).joined(), initials] + parts
        }
        let units = about.units.flatMap { [$0.zh, $0.en] }.flatMap { name -> [String] in
            let parts = letters(name)
            return [name, parts.joined()] + parts.filter { $0.count > 2 }
        }
        return ([about.login] + names + units).map { Array($0.lowercased()) }.filter { $0.count > 1 }
    }

    /// The words of a name in letters; of a Chinese one, the sounds of its characters.
    private static func letters(_ name: String) -> [String] {
        let latin = name.applyingTransform(.toLatin, reverse: false)?.applyingTransform(.stripDiacritics, reverse: false) ?? name
        return latin.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func year(_ typed: [Character], _ place: Int) -> Int {
        let four = typed[place...].prefix(4)
        guard four.count == 4, four.allSatisfy(\.isNumber), ["19", "20"].contains(String(four.prefix(2))) else { return 0 }
        // A day of that year.
        let rest = typed[(place + 4)...].prefix(4)
        guard rest.count == 4, rest.allSatisfy(\.isNumber), let month = Int(String(rest.prefix(2))) else { return 4 }
        return (1...12).contains(month) ? 8 : 4
    }

    private static func telephone(_ typed: [Character], _ place: Int) -> Int {
        let digits = typed[place...].prefix { $0.isNumber }
        return digits.count >= 11 ? digits.count : 0
    }

    // MARK: Runs

    /// Rows and columns of the keyboard, with what the shift key makes of the digits; the alphabet; each in both directions and round.
    private static let lines: [[Character]] = [
        "1234567890", "!@#$%^&*()", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
        "abcdefghijklmnopqrstuvwxyz", "0123456789",
    ].flatMap { line in [Array(line + line), Array((line + line).reversed())] }

    /// The longest piece of a line that begins here, three characters at least.
    private static func rows(from typed: [Character], _ place: Int) -> [[Character]] {
        lines.compactMap { line in
            guard let start = line.firstIndex(of: typed[place]) else { return nil }
            let piece = zip(line[start...], typed[place...]).prefix { $0 == $1 }.map(\.0)
            return piece.count >= 3 ? piece : nil
        }
    }

    /// The same character three times or more, or what stood just before, two characters or more.
    private static func repeated(_ typed: [Character], _ place: Int) -> Int {
        let same = typed[place...].prefix { $0 == typed[place] }.count
        let again = stride(from: min(place, typed.count - place), through: 2, by: -1).first { length in
            typed[(place - length)..<place] == typed[place..<(place + length)]
        }
        return max(same >= 3 ? same : 0, again ?? 0)
    }
}
