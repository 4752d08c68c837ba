/// A text in the two languages of the product.
package struct Words: Sendable, Hashable {
    package let zh: String
    package let en: String

    package init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }

    package subscript(_ language: Language) -> String { language == .zh ? zh : en }
}

/// Chinese first, English second.
package enum Language: String, Sendable, CaseIterable { case zh, en }
