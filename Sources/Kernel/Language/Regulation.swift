/// 制度: a regulation as its documents name it. Its table of contents is `RegulationContents`.
package struct Regulation: Sendable, Hashable {
    /// How its articles are counted: 第19条, 第十九条 or （7）.
    package enum Numbering: Sendable { case arabic, chinese, bracketed }
    package let id: String
    package let title: Words
    /// One word for menus and article links: 保密.
    package let short: Words
    package let numbering: Numbering

    package init(_ id: String, _ title: Words, short: Words, numbering: Numbering) {
        self.id = id
        self.title = title
        self.short = short
        self.numbering = numbering
    }

    /// `confidentiality[19]` is 第19条.
    package subscript(_ number: Int) -> Article {
        switch numbering {
        case .arabic: self["第\(number)条"]
        case .chinese: self["第\(Regulation.chinese(number))条"]
        case .bracketed: self["（\(number)）"]
        }
    }

    /// 通用事项: what several regulations ask for in the same way. Its documents name the article that they carry out, and it is in force
    /// wherever some regulation is.
    package static let practices = Regulation(
        "practices", Words("通用事项", "Common practices"), short: Words("通用", "Common"), numbering: .arabic)

    package subscript(_ ref: String) -> Article { Article(regulation: id, ref: ref) }

    /// 1 to 99 in Chinese numerals.
    static func chinese(_ number: Int) -> String {
        precondition((1...99).contains(number), "articles count from 1 to 99")
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let tens = number / 10
        return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[number % 10]
    }
}

/// 条: one article, by the regulation that it stands in.
package struct Article: Sendable, Hashable {
    package let regulation: String
    package let ref: String

    /// How the ledger names it.
    package let key: String

    package init(regulation: String, ref: String) {
        self.regulation = regulation
        self.ref = ref
        key = "\(regulation) \(ref)"
    }

    package init?(key: String) {
        guard let space = key.firstIndex(of: " ") else { return nil }
        self.init(regulation: String(key[..<space]), ref: String(key[key.index(after: space)...]))
    }
}
