/// 通用事项: a regulation has it by a line in its contents, for one of its articles. Its documents are ordinary types that stand under the
/// article which each of them names in its field `law`.
package struct Practice: Sendable {
    package let name: String
    package let title: Words
    package let article: Article
    /// Whose holders it is about; none: everybody whom the regulation binds.
    package let posts: [Post]
    /// Whose holders see its documents besides.
    package let seenBy: [Post]
    /// Words that its papers hold in any case, whatever else the house writes; `nil` where the article has none.
    package let clauses: Words?
    let types: [String]

    package init(
        _ name: String, _ title: Words, under article: Article, of posts: [Post], seenBy: [Post] = [], stating clauses: Words? = nil,
        documents: [any Document.Type]
    ) {
        self.name = name
        self.title = title
        self.article = article
        self.posts = posts
        self.seenBy = seenBy
        self.clauses = clauses
        types = documents.map { $0.name }
    }
}

extension Article {
    /// The article that a document names in its field `law`.
    package static let named = Regulation.practices["law"]

    /// The same for a document that says which it is.
    func of(_ record: Record?) -> Article {
        guard self == .named, let record, let fields = try? JSONReader.read(record.body) else { return self }
        return fields["law"].text.flatMap(Article.init(key:)) ?? self
    }
}

extension [Article] {
    func of(_ record: Record?) -> [Article] { contains(.named) ? map { $0.of(record) } : self }
}

extension Document {
    /// Under which article it stands, where it names one.
    var law: Article? { Self.form.fields.first { $0.key == "law" }.flatMap { $0.read(self).text }.flatMap(Article.init(key:)) }
}

extension Step {
    /// Its articles for a document.
    func articles(of document: D) -> [Article] {
        guard articles.contains(.named), let law = document.law else { return articles }
        return articles.map { $0 == .named ? law : $0 }
    }
}

extension Inquiry {
    /// The practices of a document type that the regulations in force here have.
    package func practices<D: Document>(of type: D.Type) -> [Practice] {
        transaction.desk.catalogue.practices(of: D.name).filter {
            organisation.adopter(of: $0.article.regulation, for: scope, on: today) == scope
        }
    }

    /// Whoever holds one of the posts here.
    package func holders(of posts: [Post]) -> [PersonID] {
        var seen: Set<PersonID> = []
        return posts.flatMap { organisation.holders(of: $0.id, within: scope, on: today) }.filter { seen.insert($0).inserted }
    }

    /// Whom the practice of an article binds here: the holders of its posts, or everybody in service.
    package func bound<D: Document>(by law: String, _ type: D.Type) throws -> [PersonID] {
        guard let practice = practices(of: type).first(where: { $0.article.key == law }) else { return [] }
        if !practice.posts.isEmpty { return holders(of: practice.posts) }
        return organisation.people.keys.filter { organisation.isInService($0, within: scope, on: today) }.sorted { $0.raw < $1.raw }
    }
}
