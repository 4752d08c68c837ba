import EngineFixture
import Foundation
import ScratchFiles
import Testing

/// The master key and its file, as a person at the terminal meets them.
@Suite struct KeyTests {
    private func lines(_ answer: String, with word: String) -> Int { answer.split(separator: "\n").count { $0.contains(word) } }

    @Test(arguments: TestEngine.all) func keysAreListedRotatedAndPutUnderAnotherMaster(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            let scratch = Scratch(), new = scratch.path("new.key")
            let database = ["--database", book.address]
            let listed = try await book.run(["keys"] + database)
            listed.expect(0)
            #expect(lines(listed.answer, with: "在用") == 6 && lines(listed.answer, with: "停用") == 0)
            try await book.run(["keys", "rotate", "--level", "1"] + database).expect(0, zh: "10 秒", en: "10 seconds")
            #expect(lines(try await book.run(["keys", "list"] + database).answer, with: "停用") == 1)
            try await book.run(["keys", "rotate"] + database).expect(0)
            #expect(lines(try await book.run(["keys"] + database).answer, with: "停用") == 5)
            try await book.run(["keys", "rotate", "--level", "7"] + database).expect(4, zh: "没有密级 7", en: "no level 7")
            try await book.run(["keys", "rewrap", "--to", new] + database).expect(0, zh: "重启所有服务", en: "start every server anew")
            #expect(try FileManager.default.attributesOfItem(atPath: new)[.posixPermissions] as? Int == 0o600)
            try await book.run(["verify"] + database).expect(4, zh: "主密钥与本数据库不符", en: "does not open this database")
            let verified = try await Program.run(["verify", "--key-file", new] + database)
            verified.expect(0)
            #expect(verified.answer.contains("完整无改动"))
            // Never over another key, and then nothing is changed.
            try await Program.run(["keys", "rewrap", "--to", new, "--key-file", new] + database).expect(
                4, zh: "不会覆盖", en: "never overwritten")
            try await Program.run(["verify", "--key-file", new] + database).expect(0)
        }
    }

    /// No server ever ran on it: what the commands write is placed and signed by them, however long ago the first entries were written.
    @Test(arguments: TestEngine.all) func aBookThatOnlyCommandsWorkOnIsProved(engine: TestEngine) async throws {
        try await BookPlace.with(engine, hoursAgo: 2) { book in
            let database = ["--database", book.address]
            try await book.run(["keys", "rotate", "--level", "1"] + database).expect(0)
            let verified = try await book.run(["verify"] + database)
            verified.expect(0)
            #expect(verified.answer.contains("检查点 1 个") && verified.answer.contains("完整无改动"), "\(verified.answer)")
        }
    }

    @Test func aMissingKeyFileIsSaidAndNoneIsMade() async throws {
        let scratch = Scratch(), path = scratch.path("book/book.sqlite"), key = scratch.path("apart.key")
        let serve = ["serve", "--database", "sqlite:\(path)", "--port", "0"]
        let first = try Program.start(serve + ["--key-file", key])
        try await Self.wait { FileManager.default.fileExists(atPath: key) && FileManager.default.fileExists(atPath: path + "-wal") }
        try await Self.wait { (try? String(contentsOfFile: key, encoding: .utf8))?.isEmpty == false }
        // The keys are in the database when the ledger can be proved.
        try await Self.wait {
            try await Program.run(["verify", "--database", "sqlite:\(path)", "--key-file", key]).status == 0
        }
        first.kill()
        _ = try await first.outcome()
        #expect(try FileManager.default.attributesOfItem(atPath: scratch.path("book"))[.posixPermissions] as? Int == 0o700)
        for command in [
            ["verify"], ["keys"], ["keys", "rotate"], ["token", "nobody"], ["backup", scratch.path("b")], ["serve", "--port", "0"],
        ] {
            let outcome = try await Program.run(command + ["--database", "sqlite:\(path)"])
            outcome.expect(4, zh: "找不到主密钥文件", en: "There is no master key file")
            #expect(!FileManager.default.fileExists(atPath: path + ".key"), "\(command) made a key")
        }
    }

    @Test func aServerTakesAwayWhatAKilledOneLeftAndSaysWhereItsKeyLies() async throws {
        let scratch = Scratch(), path = scratch.path("book.sqlite"), files = scratch.path("tmp/dianzhang-files-other")
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        try Data("张三".utf8).write(to: URL(filePath: files + "/upload"))
        func serve() throws -> Program.Running {
            try Program.start(["serve", "--database", "sqlite:\(path)", "--port", "0"], ["TMPDIR": scratch.path("tmp")])
        }
        // Another server in the middle of an intake: its folder is locked, and stays.
        let other = try Program.start(["-o", files, "sleep", "30"], by: ["/usr/bin/flock"])
        try await Self.wait { try await Program.run(["-n", files, "true"], by: ["/usr/bin/flock"]).status == 1 }
        let first = try serve()
        try await Self.wait { try await Program.run(["verify", "--database", "sqlite:\(path)"]).status == 0 }
        #expect(FileManager.default.fileExists(atPath: files + "/upload"))
        // Killed, both of them: the next start finds what is a moment old.
        other.kill()
        first.kill()
        let said = try await first.outcome().said
        #expect(said.contains("主密钥与数据库在同一文件夹") && said.contains("lies in the folder of the database"))
        let second = try serve()
        try await Self.wait { !FileManager.default.fileExists(atPath: files) }
        second.kill()
        _ = try await second.outcome()
    }

    /// With PostgreSQL there is no place beside the database, and none in whatever folder the program was started in.
    @Test(.enabled(if: TestEngine.hasPostgres)) func aServerWithoutAFileSaysWhereItsKeyBelongs() async throws {
        try await TestEngine.postgres.withPlace { place in
            let scratch = Scratch()
            for command in [["serve", "--port", "0"], ["verify"], ["backup", scratch.path("b")]] {
                let outcome = try await Program.run(command + ["--database", place.address], ["DIANZHANG_MASTER_KEY": ""])
                outcome.expect(4, zh: "没有指明主密钥文件", en: "name its file by the setting key-file")
            }
            #expect(!FileManager.default.fileExists(atPath: "dianzhang.key"))
        }
    }

    /// Waits for a server, for a minute at most.
    static func wait(for condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            try #require(ContinuousClock.now < end, "it did not happen")
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
