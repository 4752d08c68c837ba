import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Ledger
import Store
import TestOffice
import Testing

@testable import Web

/// Rows by which somebody comes in, written by the owner of the database: they open nothing, at once.
@Suite struct BelievedRowsTests {
    private func inserted(_ word: Token, sealedAs other: String?, _ web: WebOffice) async throws {
        let seal = other.flatMap { Token($0) }.map { Value.blob($0.digest) } ?? .null
        try await web.office.desk.store.write { session in
            try session.execute(
                """
                INSERT INTO api_token (token, person, label, created, ends, id, scopes, maker, used, seal)
                VALUES ($1, $2, 'x', $3, $4, 7, 'read reveal act sign', $2, 0, (SELECT seal FROM api_token WHERE token = $5))
                """,
                [
                    .blob(word.digest), .int(web.administrator.raw), .int(web.office.now.milliseconds),
                    .int(web.office.now.adding(days: 9).milliseconds), seal,
                ])
        }
    }

    @Test(arguments: TestEngine.all) func aTokenWrittenIntoTheDatabaseIsNone(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let own = try await web.token(of: web.clerk)
            #expect(try await client.api(.get, "/api/v1/todo", own).status == .ok)
            for seal in [nil, own] {
                let word = Token()
                try await inserted(word, sealedAs: seal, web)
                #expect(try await client.api(.get, "/api/v1/todo", word.text).status == .unauthorized)
                try await web.office.desk.store.write { try $0.execute("DELETE FROM api_token WHERE id = 7") }
            }
            // Another's, or for longer, in a row that is there: known only to this server's memory.
            try await web.office.desk.store.write { session in
                try session.execute("UPDATE api_token SET person = $1", [.int(web.administrator.raw)])
            }
            #expect(try await web.anotherServer().edge.apiTokens.recall(own) == nil)
            let name = RowName(table: "api_token", "接口令牌 管理员甲“test”", "API token Admin A, “test”")
            #expect(try await web.office.desk.verify().faults == [.row(name, .altered)])
        }
    }

    @Test(arguments: TestEngine.all) func aRevokedTokenThatIsPutBackIsNone(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let store = web.office.desk.store, own = try await web.token(of: web.clerk)
            let table = try await store.read { try OwnedTable("api_token", $0) }
            #expect(try await client.api(.get, "/api/v1/todo", own).status == .ok)
            let (kept, tokens) = (try await store.read { try table.rows($0) }, web.server.edge.apiTokens)
            let id = try await tokens.list(of: web.clerk)[0].id
            try await tokens.revoke(id, of: nil, by: Principal(web.administrator))
            try await store.write { try table.write(kept, $0) }
            #expect(try await client.api(.get, "/api/v1/todo", own).status == .unauthorized)
            #expect(try await web.anotherServer().edge.apiTokens.recall(own) == nil)
        }
    }

    @Test(arguments: TestEngine.all) func aPasswordCopiedFromAnotherPersonIsNone(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            _ = try await Browser.logIn("head", client)
            try await web.office.desk.store.write { session in
                for column in ["secret", "secret_seal"] {
                    try session.execute(
                        "UPDATE person SET \(column) = (SELECT \(column) FROM person WHERE id = $1) WHERE id = $2",
                        [.int(web.clerk.raw), .int(web.head.raw)])
                }
            }
            let answer = try await client.post("/login", "login=head&password=\(FormData.encode(WebOffice.password))")
            #expect(answer.status != .seeOther)
            _ = try await Browser.logIn("clerk", client)
        }
    }

    /// A trigger changes a row in the very act that sets it, and the act would state that as its own.
    @Test(arguments: TestEngine.all) func codeInTheDatabaseIsActedOnByNobody(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, _ in
            let desk = web.office.desk, store = desk.store, clerk = Principal(web.clerk)
            let deed = "UPDATE person SET administrator = 1 WHERE id = \(web.clerk.raw)"
            let statements =
                store.engine == .sqlite
                ? ["CREATE TRIGGER helper AFTER UPDATE OF secret ON person BEGIN \(deed); END"]
                : [
                    "CREATE FUNCTION help() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(deed); RETURN NULL; END $$",
                    "CREATE TRIGGER helper AFTER UPDATE OF secret ON person FOR EACH ROW EXECUTE FUNCTION help()",
                ]
            try await store.write { session in for statement in statements { try session.execute(statement, []) } }
            let name = RowName(table: "person", "表 person 的触发器、视图或规则", "A trigger, view or rule of the table person")
            #expect(try await desk.verify().faults == [.row(name, .unrecorded)])
            let said = await #expect(throws: DeskError.self) {
                try await desk.administer(.setSecret(web.clerk, hash: "x"), by: clerk)
            }
            guard case .conflict(let words)? = said else { return #expect(Bool(false), "\(String(describing: said))") }
            #expect(words.zh.hasPrefix("数据库的表“person”带有并非本系统所建的触发器、视图或规则，不能办理"))
            try await desk.runJobs()
            #expect(desk.watch.takeAlarms().contains(words))
            try await store.write { try $0.execute("DROP TRIGGER helper\(store.engine == .sqlite ? "" : " ON person")", []) }
            #expect(try await desk.organisation().people[web.clerk]?.isAdministrator == false)
            try await desk.administer(.setSecret(web.clerk, hash: "x"), by: clerk)
            try await desk.sequence()
            #expect(try await desk.verify().faults == [])
        }
    }

    /// Whoever changes a row that somebody else altered in between says in his entry what he found.
    @Test(arguments: TestEngine.all) func anAlterationThatWasActedOnIsNamed(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, _ in
            let desk = web.office.desk
            func change(_ name: String) async throws {
                try await desk.administer(
                    .changePerson(web.other, zh: name, en: name, clearance: .internal, active: true, administrator: false), by: .system)
            }
            try await change("甲")
            #expect(try await desk.verify().faults == [])
            try await desk.store.write { session in
                try session.execute("UPDATE person SET clearance = 3 WHERE id = $1", [.int(web.other.raw)])
            }
            let name = RowName(table: "person", "人员 甲", "Person 甲")
            #expect(try await desk.verify().faults == [.row(name, .altered)])
            try await change("乙")
            let faults = try await desk.verify().faults
            #expect(faults.count == 1)
            guard case .row(let found, .alteredBefore)? = faults.first else {
                Issue.record("\(faults)")
                return
            }
            #expect(found.en == "Person \(web.other.raw)" && faults[0].zh.contains("之前被绕过系统改动过"))
        }
    }

    /// A file is named by whoever handed it in; that somebody did so is not for the owner to say.
    @Test(arguments: TestEngine.all) func aFileIsNotHandedInByARow(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, _ in
            let desk = web.office.desk, clerk = Principal(web.clerk)
            let other = try await web.office.hire("clerk 2", TestRegulation.clerk)
            let file = try await desk.keep(file: "a.txt", content: Array("内容".utf8), by: Principal(other))
            let input: [String: JSONValue] = [
                "subject": .text("甲"), "pages": .text("1"), "tone": .text("warm"), "files": .list([file.stored]),
            ]
            try await desk.store.write { session in
                try session.execute(
                    "INSERT INTO file_keeping (digest, person, size, at, seal) SELECT digest, $1, size, at, seal FROM file_keeping",
                    [.int(web.clerk.raw)])
            }
            await #expect(throws: DeskError.self) { try await desk.take(Memo.draft, input: input, by: clerk) }
            try await desk.take(Memo.draft, input: input, by: Principal(other))
        }
    }
}
