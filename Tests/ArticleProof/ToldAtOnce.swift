import Kernel
import Testing

/// A field that is filled in wrongly, and what is said of it.
package struct WrongField: Sendable {
    let key: String
    let value: JSONValue
    let zh: String
    let field: String
    let article: Article?

    /// - Parameter field: at which it is said, where that is another one.
    package init(_ key: String, _ value: JSONValue, _ zh: String, at field: String? = nil, under article: Article) {
        (self.key, self.value, self.zh, self.field, self.article) = (key, value, zh, field ?? key, article)
    }
}

/// 一次说全: all that is wrong is told in one refusal, each field with its sentence and its article; and each of them alone is refused too.
/// - Parameter step: takes the step with what is right, but for these fields.
package func expectToldAtOnce(
    _ wrong: [WrongField], sourceLocation: SourceLocation = #_sourceLocation, _ step: ([String: JSONValue]) async throws -> Void
) async {
    for fields in [wrong] + wrong.map({ [$0] }) {
        let input = Dictionary(uniqueKeysWithValues: fields.map { ($0.key, $0.value) })
        let refusal = await #expect(throws: Refusal.self, sourceLocation: sourceLocation) { try await step(input) }
        #expect(refusal?.faults.map(\.field) == fields.map(\.field), sourceLocation: sourceLocation)
        #expect(refusal?.faults.map(\.words.zh) == fields.map(\.zh), sourceLocation: sourceLocation)
        #expect(refusal?.faults.map(\.article) == fields.map(\.article), sourceLocation: sourceLocation)
    }
}
