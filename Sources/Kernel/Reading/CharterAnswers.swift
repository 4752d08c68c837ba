import Store
import WorkCalendar

/// A published answer beside its article.
package struct CharterAnswer: Sendable {
    package let document: Int64
    package let number: String
    package let day: Day
    package let question: String
    package let answer: String
}

extension Desk {
    /// By the key of the article, the newest first.
    func published(_ contents: RegulationContents, in scope: UnitID, _ session: any Session) throws -> [String: [CharterAnswer]] {
        guard let type = contents.answers else { return [:] }
        return try published(type, in: scope, session)
    }

    private static let mostAnswers = 500

    private func published<A: PublishedAnswer>(_ type: A.Type, in scope: UnitID, _ session: any Session) throws -> [String: [CharterAnswer]]
    {
        let records = try session.all(
            "SELECT \(Record.columns) FROM document WHERE type = $1 AND state = $2 AND scope = $3 ORDER BY id DESC LIMIT \(Self.mostAnswers)",
            [.text(A.name), .text(A.published.rawValue), .int(scope.raw)]
        ) { Record($0) }
        let body = Body(keys: keys, session)
        let answers = try records.map { record in
            let value = try body.read(A.self, record)
            return (
                value.article,
                CharterAnswer(
                    document: record.id, number: record.number ?? "", day: record.changed.day, question: value.question,
                    answer: value.answer)
            )
        }
        return Dictionary(grouping: answers, by: \.0).mapValues { $0.map(\.1) }
    }
}
