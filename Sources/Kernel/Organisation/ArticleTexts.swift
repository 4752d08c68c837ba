import Ledger
import Store
import WorkCalendar

extension Migration {
    /// What articles say since they were amended, and from when on.
    static let articleTexts = Migration(
        name: "0018-article-texts",
        sql: """
            CREATE TABLE article_text (
                id BIGINT PRIMARY KEY, regulation TEXT NOT NULL, unit BIGINT NOT NULL REFERENCES unit (id), version BIGINT NOT NULL,
                ref TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, from_day BIGINT NOT NULL, source BIGINT NOT NULL);
            CREATE INDEX article_text_regulation ON article_text (regulation, unit);

            """)
}

/// An article as it reads from a day on.
package struct AmendedArticle: Sendable {
    package let ref: String
    package let text: Words

    package init(ref: String, text: Words) { (self.ref, self.text) = (ref, text) }
}

/// A number of an article as it is from a day on.
package struct AmendedNumber: Sendable {
    package let parameter: String
    package let value: Int

    package init(parameter: String, value: Int) { (self.parameter, self.value) = (parameter, value) }
}

extension Transaction {
    /// What an article says on a day where a unit adopted the regulation; `nil` where there is no such article.
    func text(of article: Article, at scope: UnitID, on day: Day) throws -> Words? {
        guard let written = desk.catalogue.text(of: article) else { return nil }
        let set = try database.all(
            "SELECT unit, zh, en FROM article_text WHERE regulation = $1 AND ref = $2 AND from_day <= $3 ORDER BY from_day, id",
            [.text(article.regulation), .text(article.ref), .int(Int64(day.number))]
        ) { (unit: UnitID($0.int(0)), text: Words($0.text(1), $0.text(2))) }
        for unit in organisation.lineage(scope) { if let last = set.last(where: { $0.unit == unit }) { return last.text } }
        return written.words
    }
}

extension Inquiry {
    /// What an article of a regulation says today in this scope.
    package func text(of article: Article) throws -> Words? { try transaction.text(of: article, at: scope, on: today) }
}

extension Act {
    /// Puts an amendment of this document's own regulation in force from a day on: what articles say, numbers that they set, and the
    /// version
    /// of the regulation that this makes. What is done before that day is judged by what was in force then; clocks that run keep their
    /// time.
    /// - Returns: the number of the version.
    /// - Throws: `Refusal` where there is no such article or number, or the article does not allow the value.
    package func enact(texts: [AmendedArticle], numbers: [AmendedNumber] = [], from day: Day) throws -> Int {
        guard transaction.mayWrite else { throw Transaction.WritingNeeded() }
        let regulation = type.regulation
        try require(day >= today, "施行日期不能早于今天", "It cannot be in force before today")
        let last = organisation.adoptions.filter { $0.regulation == regulation.id && $0.unit == scope }.map(\.version).max() ?? 0
        for number in numbers {
            let bounds = transaction.desk.catalogue.bounds(of: number.parameter, in: regulation.id)
            try require(bounds != nil, "制度中没有数值“\(number.parameter)”", "The regulation sets no number “\(number.parameter)”")
            try require(
                bounds?.contains(number.value) ?? false, "“\(number.parameter)”只能在 \(bounds?.lowerBound ?? 0) 至 \(bounds?.upperBound ?? 0) 之间",
                "“\(number.parameter)” may be from \(bounds?.lowerBound ?? 0) to \(bounds?.upperBound ?? 0)")
            _ = try transaction.setParameter(
                regulation.id, number.parameter, scope, number.value, day, record.number ?? type.title.zh)
        }
        for amended in texts {
            try require(
                transaction.desk.catalogue.text(of: regulation[amended.ref]) != nil, "制度中没有“\(amended.ref)”", "The regulation has no “\(amended.ref)”")
            let id = transaction.desk.idGenerator.next(now)
            try transaction.stating(.articleText, id) {
                try $0.execute(
                    """
                    INSERT INTO article_text (id, regulation, unit, version, ref, zh, en, from_day, source)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                    """,
                    [
                        .int(id), .text(regulation.id), .int(scope.raw), .int(Int64(last + 1)), .text(amended.ref), .text(amended.text.zh),
                        .text(amended.text.en), .int(Int64(day.number)), .int(record.id),
                    ])
            }
        }
        _ = try transaction.adopt(regulation.id, last + 1, scope, day)
        try transaction.organisationChanged()
        stated += transaction.takeStatements()
        return last + 1
    }

    /// Who has taken a step of this document, in whose name ever, since it was made.
    package func takers<D: Document>(of step: Step<D>) throws -> [PersonID] {
        let taken = try database.all(
            "SELECT person, behalf FROM taken WHERE document = $1 AND step = $2", [.int(record.id), .text(step.name)]
        ) { [$0.int(0), $0.int(1)] }
        return taken.flatMap(\.self).filter { $0 != 0 }.map { PersonID($0) }
    }
}
