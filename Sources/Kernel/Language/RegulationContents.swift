/// A regulation's table of contents: what carries it out. A folder and one line in the program's list add a regulation.
package struct RegulationContents: Sendable {
    package let regulation: Regulation
    package let articles: [ArticleText]
    /// The numbers that its rules ask for.
    package let parameters: [Parameter]
    package let posts: [Post]
    package let documents: [any Document.Type]
    package let duties: [Duty]
    package let findings: [Finding]
    /// What administration may not do.
    package let guards: [Guard]
    /// The article for whose sake whoever opens personal data says why, and stands in the ledger.
    package let readings: Article?
    /// The article by which the regulation is in force from the day of its adoption.
    package let adoption: Article?
    /// The posts that hear of whoever opens much personal data at once.
    package let supervisors: [Post]

    /// - Parameter articles: the regulation's Articles.yaml; a mistake in it stops the program at its start.
    package init(
        _ regulation: Regulation, articles: [UInt8], parameters: [Parameter] = [], posts: [Post], documents: [any Document.Type],
        duties: [Duty] = [], findings: [Finding] = [], guards: [Guard] = [],
        readings: Article? = nil, adoption: Article? = nil, supervisors: [Post] = []
    ) {
        self.regulation = regulation
        do {
            self.articles = try ArticleText.read(articles)
        } catch {
            preconditionFailure("\(regulation.id): Articles.yaml cannot be read: \(error)")
        }
        self.parameters = parameters
        self.posts = posts
        self.documents = documents
        self.duties = duties
        self.findings = findings
        self.guards = guards
        self.readings = readings
        self.adoption = adoption
        self.supervisors = supervisors
    }
}
