import Foundation
import ScratchFiles
import Testing

/// A server that is killed in the middle of an upload leaves what it had of the file, in clear, in its folder.
@Suite struct KilledUploadTests {
    private static let scratchSize = 40 << 20

    /// Files in the folders of servers.
    private static func uploads(_ temporary: String) -> [String: Int] {
        var found: [String: Int] = [:]
        for folder in (try? FileManager.default.contentsOfDirectory(atPath: temporary)) ?? [] where folder.hasPrefix("dianzhang-") {
            for file in (try? FileManager.default.contentsOfDirectory(atPath: "\(temporary)/\(folder)")) ?? [] {
                let path = "\(temporary)/\(folder)/\(file)"
                found[path] = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            }
        }
        return found
    }

    private static func first(_ pattern: Regex<(Substring, Substring)>, in text: String) -> String? {
        text.firstMatch(of: pattern).map { String($0.output.1) }
    }

    @Test func whatIsLeftIsGoneBeforeTheNextServerListens() async throws {
        let scratch = Scratch(), temporary = scratch.path("tmp")
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        func serve() throws -> Program.Running {
            try Program.start(
                ["serve", "--database", "sqlite:\(scratch.path("book.sqlite"))", "--port", "0"], ["TMPDIR": temporary])
        }
        let server = try serve()
        try await KeyTests.wait { Self.first(/(http:\/\/[0-9.:]+)\//, in: server.said) != nil }
        let address = try #require(Self.first(/(http:\/\/[0-9.:]+)\//, in: server.said))
        let code = try #require(Self.first(/设置码 ([A-Z0-9]+)/, in: server.said))
        let setUp = try await Program.run(
            [
                "-s", "-c", scratch.path("jar"), "-d", "code=\(code)&unit=House&login=root&name=Root&password=correct%20horse%20battery",
                "-d", "regulation=life-insurance", "\(address)/setup",
            ], by: ["/usr/bin/curl"])
        #expect(setUp.status == 0 && setUp.answer.isEmpty, "\(setUp.answer)")
        try Data(repeating: UInt8(ascii: "x"), count: Self.scratchSize).write(to: URL(filePath: scratch.path("intake.csv")))
        let upload = try Program.start(
            ["-s", "-b", scratch.path("jar"), "--limit-rate", "1M", "-F", "file=@\(scratch.path("intake.csv"))", "\(address)/intake"],
            by: ["/usr/bin/curl"])
        try await KeyTests.wait { Self.uploads(temporary).values.contains { $0 > 1 << 20 } }
        server.kill()
        _ = try await server.outcome()
        _ = try await upload.outcome()
        #expect(Self.uploads(temporary).values.contains { $0 > 1 << 20 }, "what the killed server had of the file lies there")
        let next = try serve()
        try await KeyTests.wait { next.said.contains("Dianzhang is running") }
        #expect(Self.uploads(temporary).isEmpty)
        next.kill()
        _ = try await next.outcome()
    }
}
