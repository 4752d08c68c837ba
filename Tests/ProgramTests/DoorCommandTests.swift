import EngineFixture
import Foundation
import Kernel
import ScratchFiles
import Store
import Testing

/// Tokens and passwords on the server's command line.
struct DoorCommandTests {
    @Test(arguments: TestEngine.all) func aTokenIsMadeForAYearAtMostWithItsScopes(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            func token(_ more: [String], of login: String = "back") async throws -> Program.Outcome {
                try await book.run(["token", login, "--database", book.address] + more)
            }
            try await token(["--days", "100000"]).expect(3, zh: "接口令牌的有效期为 1 至 365 天", en: "valid for 1 to 365 days")
            try await token(["--scopes", "read,everything"]).expect(3, zh: "没有“everything”这种权限", en: "choose among read, reveal, act, sign")
            try await token([], of: "nobody").expect(3, zh: "没有登录名为 nobody 的人员", en: "Nobody has the log-in name nobody")
            let made = try await token(["--scopes", "act,sign"])
            made.expect(0)
            #expect(made.answer.trimmingCharacters(in: .whitespacesAndNewlines).count == 64)
            try await token([]).expect(0)
            let store = try book.place.open()
            let scopes = try await store.read { try $0.all("SELECT scopes FROM api_token ORDER BY id") { $0.text(0) } }
            await store.close()
            #expect(scopes == ["read act sign", "read"])
            try await book.run(["verify", "--database", book.address]).expect(0)
        }
    }

    /// Working days are counted with what the organisation entered; without a database with what was announced.
    @Test(arguments: TestEngine.all) func workingDaysAreTheOrganisations(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            func day(_ words: [String]) async throws -> String {
                let outcome = try await book.run(["workdays"] + words)
                outcome.expect(0)
                return outcome.answer.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            let here = ["--database", book.address]
            #expect(try await day(["2026-02-13", "3"] + here) == "2026-02-25")
            #expect(try await day(["2026-12-25", "1"] + here) == "2026-12-28 provisional")
            #expect(try await day(["2026-12-31", "1"] + here) == "2027-01-04 provisional")
            let store = try book.place.open()
            try await store.write { session in
                // 2026-03-04, a Wednesday.
                try session.execute("INSERT INTO holiday (day, kind, name) VALUES ($1, 'holiday', '公司成立日')", [.int(20_516)])
            }
            await store.close()
            #expect(try await day(["2026-03-03", "1"] + here) == "2026-03-05")
            try await Program.run(["workdays", "2026-03-03", "1", "--database", "sqlite:\(Scratch().path("absent.sqlite"))"]).expect(
                4, zh: "没有数据库", en: "There is no database at")
        }
    }

    @Test(arguments: TestEngine.all) func aPasswordIsResetOnTheServer(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            let given = try await book.run(["password", "back", "--database", book.address])
            given.expect(0, zh: "back的一次性口令（7 天内有效", en: "The one-time word of back, good for 7 days")
            let word = given.answer.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(word.count == 14 && !given.said.contains(word))
            try await book.run(["requests", "--database", book.address]).expect(0)
            try await book.run(["requests", "--confirm", "1", "--database", book.address]).expect(3, zh: "此申请已处理或已过期")
            let store = try book.place.open()
            let (secret, entries) = try await store.read { session in
                (
                    try session.first("SELECT secret FROM person WHERE login = 'back' AND once_until > 0") { $0.text(0) },
                    try session.all("SELECT body FROM entry") { String(decoding: $0.blob(0), as: UTF8.self) }
                )
            }
            await store.close()
            #expect(secret?.hasPrefix("scrypt$") == true && entries.contains { $0.contains("giveWord") })
            #expect(!entries.contains { $0.contains(word) })
        }
    }

    @Test(arguments: TestEngine.all) func anIdIsTranslatedThereAndBack(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            func id(_ words: String...) async throws -> Program.Outcome { try await book.run(["id"] + words + ["--database", book.address]) }
            let out = try await id("--of", "document", "4711", "4712")
            out.expect(0)
            let lines = out.answer.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(lines.map { Array($0.dropFirst()) } == [["document", "4711"], ["document", "4712"]])
            let back = try await id(lines[0][0], lines[1][0])
            back.expect(0)
            #expect(back.answer == out.answer)
            try await id("4711").expect(3, zh: "“4711”不是本数据库给出的编号", en: "This database gave no id “4711”")
            try await id("--of", "thing", "1").expect(3, zh: "没有“thing”这一类", en: "choose among document, person")
            try await id("--of", "person", "x").expect(3, zh: "“x”不是数据库编号", en: "“x” is no number of the database")
        }
    }

    @Test func aProxyThatIsNoAddressIsTold() async throws {
        let scratch = Scratch()
        let database = "sqlite:" + scratch.path("book.sqlite")
        let outcome = try await Program.run(
            ["serve", "--database", database], BookPlace.environment.merging(["DIANZHANG_TRUSTED_PROXIES": "10.0.0.7, proxy"]) { $1 })
        #expect(outcome.status != 0 && outcome.said.contains("“proxy”不是地址或网段"))
    }
}
