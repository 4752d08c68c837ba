import Store
import Vault

/// 常用语: what a person often says to an act. They are the person's own, sealed, and stand nowhere else until they are said.
enum PhraseBook {
    static let migration = Migration(
        name: "0026-phrases", sql: "CREATE TABLE phrase (person BIGINT PRIMARY KEY, content TEXT NOT NULL);")

    static func context(_ person: PersonID) -> [UInt8] { KeyRing.context(document: person.raw, field: "phrase") }
}

extension Desk {
    /// So many at most, and so long each, in characters.
    package static let mostPhrases = 20, longestPhrase = 200

    /// None where the person keeps none, or somebody else wrote them.
    package func phrases(of person: PersonID) async throws -> [String] {
        try await store.read { [self] in try phrases(of: person, $0) }
    }

    func phrases(of person: PersonID, _ session: any Session) throws -> [String] {
        let kept = try session.first("SELECT content FROM phrase WHERE person = $1", [.int(person.raw)]) { $0.text(0) }
        guard let kept, KeyRing.isSealed(kept), let text = try? keys.openText(kept, context: PhraseBook.context(person)) else { return [] }
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// - Throws: `DeskError.invalid` where they are too many or too long.
    package func keep(phrases: [String], by person: PersonID) async throws {
        let kept = phrases.map { String($0.trimmingBlanks) }.filter { !$0.isEmpty }
        guard kept.count <= Self.mostPhrases, kept.allSatisfy({ $0.count <= Self.longestPhrase }) else {
            throw DeskError.invalid([
                .init(
                    field: "phrases",
                    Words(
                        "常用语最多 \(Self.mostPhrases) 条，每条最多 \(Self.longestPhrase) 个字，请删减",
                        "At most \(Self.mostPhrases) phrases of \(Self.longestPhrase) characters each; shorten them"))
            ])
        }
        let sealed = try keys.sealText(
            kept.joined(separator: "\n"), level: Level.internal.rawValue, context: PhraseBook.context(person))
        try await store.write { session in
            try session.execute(
                "INSERT INTO phrase (person, content) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET content = excluded.content",
                [.int(person.raw), .text(sealed)])
        }
    }
}
