import Foundation
import Kernel
import Testing

/// Marks a test (or a suite) as the proof of an article, or of single demands of it. What a test proved is appended, after the test has
/// come to its end, to the file that DIANZHANG_PROVED names, and the whole run ends with the articles and the demands that no test proves.
package struct ArticleProof: TestTrait, SuiteTrait, TestScoping {
    /// As `dianzhang articles --proved` reads them: an article's key, or that with the number of a demand behind `#`.
    let proved: [String]
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await function()
        guard !test.isSuite, let path = ProcessInfo.processInfo.environment["DIANZHANG_PROVED"] else { return }
        if !FileManager.default.fileExists(atPath: path) { FileManager.default.createFile(atPath: path, contents: nil) }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        try handle.seekToEnd()
        for key in proved { try handle.write(contentsOf: Data("\(key)\n".utf8)) }
    }
}

extension Trait where Self == ArticleProof {
    /// The test proves these articles.
    package static func article(_ articles: Article...) -> Self { ArticleProof(proved: articles.map(\.key)) }

    /// The test proves these demands of an article, by their numbers in Articles.yaml, from 1.
    package static func demand(_ article: Article, _ numbers: Int...) -> Self {
        ArticleProof(proved: [article.key] + numbers.map { "\(article.key)#\($0)" })
    }
}
