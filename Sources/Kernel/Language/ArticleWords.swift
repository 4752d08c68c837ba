/// What an article is called wherever it is told: on pages, on paper, in files that are handed back.
extension Article {
    package func words(in l: Language) -> String { Self.words(ref, l) }

    /// 第十三条 or 第18条, as the regulation's own text counts; Art. 13 in English.
    package static func words(_ ref: String, _ l: Language) -> String {
        guard l == .en else { return ref }
        var parts: [String] = []
        var rest = Substring(ref)
        while let first = rest.first {
            if first == "第", let end = rest.firstIndex(where: { $0 == "章" || $0 == "条" || $0 == "节" }) {
                let number = numeral(rest[rest.index(after: rest.startIndex)..<end])
                parts.append(rest[end] == "条" ? "Art. \(number)" : rest[end] == "章" ? "Ch. \(number)" : "Sec. \(number)")
                rest = rest[rest.index(after: end)...]
            } else if first == "（" || first == "）" {
                parts.append(first == "（" ? "(" : ")")
                rest = rest.dropFirst()
            } else {
                let run = rest.prefix { $0 != "第" && $0 != "（" && $0 != "）" }
                let number = numeral(run)
                let isOfChapter = parts.last?.hasPrefix("Ch.") == true && Int(number) != nil
                parts.append(run == "前言" ? "preamble" : isOfChapter ? "no. \(number)" : number)
                rest = rest.dropFirst(run.count)
            }
        }
        return parts.joined(separator: " ").replacing("( ", with: "(").replacing(" )", with: ")")
    }

    private static let digits: [Character: Int] = ["一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9]

    /// 十三 -> 13; what is no Chinese numeral stays.
    private static func numeral(_ text: Substring) -> String {
        guard !text.isEmpty, text.allSatisfy({ digits[$0] != nil || $0 == "十" || $0 == "百" }) else { return String(text) }
        var (sum, digit) = (0, 0)
        for character in text {
            if let value = digits[character] {
                digit = value
            } else {
                sum += max(digit, 1) * (character == "十" ? 10 : 100)
                digit = 0
            }
        }
        return String(sum + digit)
    }
}
