import WorkCalendar

/// 解释: a question about an article with the answer of the unit that interprets the regulation. Published, it stands beside the article in
/// the charter, for everybody whom the regulation binds.
package protocol PublishedAnswer: Document {
    /// The state in which it stands there.
    static var published: State { get }
    /// The key of the article that it is about.
    var article: String { get }
    var question: String { get }
    var answer: String { get }
}
