/// 参数: a number that an article sets, as rules name it. Its value and its bounds stand in Articles.yaml; an administrator may set another
/// within them, from a day on.
package struct Parameter: Sendable, Hashable {
    package let name: String
    package let article: Article

    /// - Parameter name: as the article's `parameters` have it.
    package init(_ name: String, in article: Article) {
        self.name = name
        self.article = article
    }
}

/// What `CatalogueCheck` cannot see before a rule runs: the rule is not carried out, and the server goes on.
package struct CatalogueError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
