import Kernel

/// The texts of all articles, as bytes that are looked through with every search.
struct ArticleSearch: Sendable {
    private struct Entry: Sendable {
        let article: Article
        let text: ArticleText
        let zh: [UInt8]
        /// In small letters.
        let en: [UInt8]
    }

    private let entries: [Entry]

    init(_ catalogue: Catalogue) {
        entries = catalogue.regulations.flatMap { contents in
            contents.articles.map { text in
                Entry(article: contents.regulation[text.ref], text: text, zh: Array(text.zh.utf8), en: Array(text.en.lowercased().utf8))
            }
        }
    }

    /// The articles in which a text stands, in either language, or whose number it is.
    func containing(_ text: String) -> [(article: Article, text: ArticleText)] {
        let zh = Array(text.utf8), en = Array(text.lowercased().utf8)
        let found = entries.filter { Self.stands(zh, in: $0.zh) || Self.stands(en, in: $0.en) || $0.text.ref == text }
        return found.map { ($0.article, $0.text) }
    }

    private static func stands(_ part: [UInt8], in whole: [UInt8]) -> Bool {
        guard let first = part.first, whole.count >= part.count else { return part.isEmpty }
        return whole.withUnsafeBufferPointer { whole in
            (0...whole.count - part.count).contains { place in
                whole[place] == first && part.indices.allSatisfy { whole[place + $0] == part[$0] }
            }
        }
    }
}
