import Kernel

/// How an article is called and where it is found: 真实性 第十三条, Authenticity Art. 13.
package enum ArticleName {
    /// 第十三条 as it stands; Art. 13 in English.
    package static func ref(_ ref: String, _ l: Language) -> String { Article.words(ref, l) }

    /// The article on the page of its regulation.
    static func address(_ article: Article) -> String { "/charter/\(article.regulation)#\(article.ref)" }

    /// A link to the article; `named` puts the regulation's short word before it.
    static func link(_ article: Article, in catalogue: Catalogue, named: Bool = true, _ l: Language) -> HTML {
        let short = named ? catalogue.regulation(article.regulation).map { $0.regulation.short[l] + " " } ?? "" : ""
        return "<a class=\"article\" href=\"\(address(article))\">\(short)\(ref(article.ref, l))</a>"
    }

    /// The same as text alone.
    static func words(_ article: Article, in catalogue: Catalogue, _ l: Language) -> String {
        let short = catalogue.regulation(article.regulation).map { $0.regulation.short[l] + " " } ?? ""
        return short + ref(article.ref, l)
    }

    static func links(_ articles: [Article], in catalogue: Catalogue, named: Bool = false, _ l: Language) -> HTML {
        articles.filter { $0 != .named }.map { link($0, in: catalogue, named: named, l) }.joined(by: " ")
    }
}
