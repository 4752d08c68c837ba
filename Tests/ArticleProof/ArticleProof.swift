import Foundation
import Kernel
import Testing

/// Marks a test (or a suite) as the proof of an article. The names of proved articles are appended to the file that DIANZHANG_PROVED names,
/// and the whole run ends with the articles that no test proves.
package struct ArticleProof: TestTrait, SuiteTrait {
    let articles: [Article]
    package var isRecursive: Bool { true }

    package func prepare(for test: Test) async throws {
        guard !test.isSuite, let path = ProcessInfo.processInfo.environment["DIANZHANG_PROVED"] else { return }
        if !FileManager.default.fileExists(atPath: path) { FileManager.default.createFile(atPath: path, contents: nil) }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        try handle.seekToEnd()
        for article in articles { try handle.write(contentsOf: Data("\(article.key)\n".utf8)) }
    }
}

extension Trait where Self == ArticleProof {
    /// The test proves these articles.
    package static func article(_ articles: Article...) -> Self { ArticleProof(articles: articles) }
}
