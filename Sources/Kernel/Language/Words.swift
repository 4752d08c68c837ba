/// A text in the two languages of the product.
package struct Words: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    /// As one text of a column: both, separated by U+001F. A text without it is the same in both languages.
    init(kept: String) {
        let parts = kept.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(parts[0], parts.count > 1 ? parts[1] : parts[0])
    }

    var kept: String { zh + "\u{1F}" + en }

    /// Both, one after the other.
    func and(_ other: Words) -> Words { Words("\(zh)；\(other.zh)", "\(en); \(other.en)") }

    package subscript(_ language: Language) -> String { language == .zh ? zh : en }
}

/// Chinese first, English second.
package enum Language: String, Sendable, CaseIterable { case zh, en }
