/// A regulation's table of contents: what carries it out. A folder and one line in the program's list add a regulation.
package struct RegulationContents: Sendable {
    package let regulation: Regulation
    package let articles: [ArticleText]
    /// The numbers that its rules ask for.
    package let parameters: [Parameter]
    package let posts: [Post]
    /// Its registers, in the parts in which the menu shows them.
    package let chapters: [Chapter]
    package var documents: [any Document.Type] { chapters.flatMap(\.documents) }
    package let duties: [Duty]
    package let findings: [Finding]
    /// What administration may not do.
    package let guards: [Guard]
    /// What it has in common with other regulations.
    package let practices: [Practice]
    /// The article for whose sake whoever opens personal data says why, and stands in the ledger.
    package let readings: Article?
    /// The article by which the regulation is in force from the day of its adoption.
    package let adoption: Article?
    /// The posts that hear of whoever opens much personal data at once.
    package let supervisors: [Post]
    /// What is started in an emergency, from whatever page somebody is on: a leak, an accident.
    package let alarm: (any Document.Type)?
    /// What the interpreting unit answered about articles: published, it stands beside them in the charter.
    package let answers: (any PublishedAnswer.Type)?

    /// - Parameters:
    ///   - articles: the regulation's Articles.yaml; a mistake in it stops the program at its start.
    ///   - documents: those that stand in no chapter.
    package init(
        _ regulation: Regulation, articles: [UInt8], parameters: [Parameter] = [], posts: [Post], documents: [any Document.Type] = [],
        chapters: [Chapter] = [], duties: [Duty] = [], findings: [Finding] = [], guards: [Guard] = [], practices: [Practice] = [],
        readings: Article? = nil, adoption: Article? = nil, supervisors: [Post] = [], alarm: (any Document.Type)? = nil,
        answers: (any PublishedAnswer.Type)? = nil
    ) {
        self.regulation = regulation
        do {
            self.articles = articles.isEmpty ? [] : try ArticleText.read(articles)
        } catch {
            preconditionFailure("\(regulation.id): Articles.yaml cannot be read: \(error)")
        }
        self.parameters = parameters
        self.posts = posts
        self.chapters = (documents.isEmpty ? [] : [Chapter(nil, documents)]) + chapters
        self.duties = duties
        self.findings = findings
        self.guards = guards
        self.practices = practices
        self.readings = readings
        self.adoption = adoption
        self.supervisors = supervisors
        self.alarm = alarm
        self.answers = answers
    }
}
