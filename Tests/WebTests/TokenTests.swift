import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// Tokens of programs: what they may do, who sees them, and when they end.
struct TokenTests {
    @Test(arguments: TestEngine.all) func aTokenDoesWhatItWasMadeForAndNothingElse(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let id = try await web.memo("甲", ["phone": .text("13800134417")])
            let memo = "/api/v1/memo"
            let requests: [(scope: TokenScope, method: HTTPRequest.Method, path: String, body: String?)] = [
                (.read, .get, "/api/openapi.json", nil), (.read, .get, "/api/v1/todo", nil), (.read, .get, memo, nil),
                (.read, .get, "\(memo)/\(web.word(id))", nil), (.reveal, .post, "\(memo)/\(web.word(id))/reveal", #"{"purpose":"回访核对电话"}"#),
                (.act, .post, "/api/v1/files?name=a.txt", "x"), (.act, .post, memo, #"{"subject":"甲","pages":1,"tone":"warm"}"#),
                (.act, .post, "\(memo)/\(web.word(id))/refuse", nil), (.sign, .post, "\(memo)/\(web.word(id))/approve", #"{"opinion":"同意"}"#),
            ]
            for given in TokenScope.allCases {
                let token = try await web.token(of: web.head, [given])
                for request in requests where request.scope != given && request.scope != .read {
                    let answer = try await client.api(request.method, request.path, token, request.body)
                    #expect(answer.status == .forbidden, "\(given) \(request.path)")
                    #expect(answer.text.contains("“\(request.scope.rawValue)”"), "the missing scope is named: \(answer.text)")
                }
                for request in requests where request.scope == .read {
                    #expect(try await client.api(request.method, request.path, token, request.body).status == .ok)
                }
            }
            let (reveals, acts, signs) = (
                try await web.token(of: web.head, [.reveal]), try await web.token(of: web.clerk, [.act]),
                try await web.token(of: web.head, [.sign])
            )
            #expect(try await client.api(.post, requests[4].path, reveals, requests[4].body).json["values"]["phone"] == .text("13800134417"))
            #expect(try await client.api(.post, memo, acts, requests[6].body).status == .created)
            #expect(try await client.api(.post, requests[8].path, signs, requests[8].body).status == .ok)
            let trail = try await web.office.desk.document(id, by: web.head).trail
            #expect(trail.first?.words?.zh == "凭有签署权限的接口令牌签署")
            #expect(try await client.api(.get, "/api/openapi.json", reveals).text.contains(#""security":[{"token":["sign"]}]"#))
        }
    }

    @Test func noTokenOutlivesAYear() async throws {
        try await WebOffice.with { web, _ in
            for days in [0, -1, 366, 100_000] {
                let fault = Refusal.Fault(
                    field: "days", Words("接口令牌的有效期为 1 至 365 天", "An API token is valid for 1 to 365 days"))
                do {
                    _ = try await web.token(of: web.clerk, days: days)
                    Issue.record("\(days) days were taken")
                } catch DeskError.invalid(let faults) {
                    #expect(faults == [fault])
                }
            }
        }
    }

    /// What ends a person's ways in, and what is done for it.
    enum Ending: String, CaseIterable { case password, reset, left, lastPost }

    @Test(arguments: TestEngine.all, Ending.allCases) func everyWayInEndsAtOnceOnEveryServer(engine: TestEngine, ending: Ending)
        async throws
    {
        try await WebOffice.with(engine) { web, client in
            let other = try await web.anotherServer()
            try await other.application().test(.router) { second in
                let desk = web.office.desk
                let token = try await web.token(of: web.clerk)
                let browser = try await Browser.enter(web.clerk, web, client)
                for client in [client, second] {
                    #expect(try await client.api(.get, "/api/v1/memo", token).status == .ok)
                    #expect(try await client.execute(uri: "/", method: .get, headers: [.cookie: browser.cookie]).status == .ok)
                }
                switch ending {
                case .password: try await desk.administer(.setSecret(web.clerk, hash: "x"), by: Principal(web.clerk))
                case .reset: try await desk.administer(.giveWord(web.clerk, hash: "x"), by: .system)
                case .left:
                    let person = Administration.changePerson(
                        web.clerk, zh: "x", en: "x", clearance: .internal, active: false, administrator: false, settled: true)
                    try await desk.administer(person, by: Principal(web.administrator))
                case .lastPost:
                    let post = try #require(try await desk.organisation().holdings.first { $0.person == web.clerk })
                    try await desk.administer(.endHolding(post.id, on: web.office.now.day, settled: true), by: Principal(web.administrator))
                }
                let memo = #"{"subject":"甲","pages":1,"tone":"warm"}"#
                for client in [client, second] {
                    #expect(try await client.api(.post, "/api/v1/memo", token, memo).status == .unauthorized)
                    #expect(try await client.api(.get, "/api/v1/memo", token).status == .unauthorized)
                    #expect(try await client.execute(uri: "/", method: .get, headers: [.cookie: browser.cookie]).status == .seeOther)
                }
                let line = try #require(try await web.accountLines(of: web.clerk).first)
                #expect(line.event == .tokenEnded && line.words != nil)
            }
        }
    }

    @Test(arguments: TestEngine.all) func whatWasRevokedActsOnNoServer(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let other = try await web.anotherServer()
            try await other.application().test(.router) { second in
                let token = try await web.token(of: web.clerk)
                let memo = #"{"subject":"甲","pages":1,"tone":"warm"}"#
                #expect(try await second.api(.post, "/api/v1/memo", token, memo).status == .created)
                let id = try #require(try await web.server.edge.apiTokens.list(of: web.clerk).first).id
                try await web.server.edge.apiTokens.revoke(id, of: nil, by: Principal(web.administrator))
                #expect(try await second.api(.post, "/api/v1/memo", token, memo).status == .unauthorized)
                let documents = try await web.office.desk.store.read { try $0.count("SELECT count(*) FROM document") }
                #expect(documents == 1)
                // The organisation changes for other reasons too, and a good token goes on.
                let good = try await web.token(of: web.clerk)
                #expect(try await second.api(.post, "/api/v1/memo", good, memo).status == .created)
                try await web.office.desk.administer(.renameUnit(web.office.market, zh: "新名", en: "New"), by: .system)
                #expect(try await second.api(.post, "/api/v1/memo", good, memo).status == .created)
            }
        }
    }

    @Test func administratorsSeeAllTokensAndRevokeThem() async throws {
        try await WebOffice.with { web, client in
            let token = try await web.token(of: web.clerk, [.read, .reveal])
            let root = try await Browser.enter(web.administrator, web, client)
            let clerk = try await Browser.enter(web.clerk, web, client)
            #expect(try await clerk.get("/admin/tokens").status == .forbidden)
            let before = try await root.get("/admin/tokens").text
            #expect(before.contains("clerk") && before.contains("查看、明文") && before.contains("从未使用") && !before.contains(token))
            #expect(try await client.api(.get, "/api/v1/memo", token).status == .ok)
            #expect(try await root.get("/admin/tokens").text.contains("2026年1月15日"))
            let id = try #require(before.between("name=\"token\" value=\"", "\""))
            #expect(try await clerk.post("/admin/tokens/revoke", [("token", id)]).status == .forbidden)
            #expect(try await root.post("/admin/tokens/revoke", [("token", id)]).status == .seeOther)
            #expect(try await client.api(.get, "/api/v1/memo", token).status == .unauthorized)
            let lines = try await web.accountLines(of: web.clerk).filter { $0.event != .logIn }
            #expect(lines.map(\.event) == [.tokenEnded, .tokenFirstUsed, .tokenMade])
            #expect(lines.map(\.by) == [web.administrator, web.clerk, web.clerk])
            #expect(try await root.get("/ledger/\(web.word(lines[0].id, .entry))").text.contains("接口令牌终止"))
            let kept = try await web.office.desk.store.read {
                try $0.all("SELECT body FROM entry") { String(decoding: $0.blob(0), as: UTF8.self) }
            }
            #expect(!kept.contains { $0.contains(token) })
        }
    }

    @Test func aTokenWhoseTimeIsUpEndsWithAnEntry() async throws {
        try await WebOffice.with { web, client in
            let token = try await web.token(of: web.clerk, days: 1)
            web.wall.move(seconds: 86_401)
            #expect(try await client.api(.get, "/api/v1/memo", token).status == .unauthorized)
            try await web.office.desk.settleAccounts(at: web.wall.clock.now())
            #expect(try await web.accountLines(of: web.clerk).first?.words?.zh == "到期")
            #expect(try await web.server.edge.apiTokens.list(of: nil).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aFormThatIsSentTwiceMakesOneToken(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client)
            let form = try #require(try await clerk.get("/account").text.between("action=\"/account/tokens\"", "</form>"))
            let once = try #require(form.between("name=\"once\" value=\"", "\""))
            let fields = [("label", "报表"), ("days", "30"), ("once", once)]
            let first = try await clerk.post("/account/tokens", fields), again = try await clerk.post("/account/tokens", fields)
            #expect(first.status == .ok && first.text.contains("新令牌，只显示这一次"))
            #expect(again.status == .conflict && again.text.contains("这个令牌已经创建，只显示一次"))
            #expect(try await web.server.edge.apiTokens.list(of: web.clerk).map(\.label) == ["报表"])
            #expect(try await clerk.post("/account/tokens", [("label", "报表"), ("days", "90"), ("once", once)]).status == .ok)
            #expect(try await web.server.edge.apiTokens.list(of: web.clerk).count == 2, "filled in otherwise, it is another one")
        }
    }

    @Test func aTokensLabelIsOfSomeLength() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client), longest = String(repeating: "长", count: 100)
            let long = try await clerk.post("/account/tokens", [("label", longest + "长"), ("days", "30")])
            #expect(long.status == .unprocessableContent && long.text.contains("最多 100 个字符，现有 101 个"))
            #expect(try await clerk.post("/account/tokens", [("label", longest), ("days", "30")]).status == .ok)
            #expect(try await web.server.edge.apiTokens.list(of: nil).map(\.label) == [longest])
        }
    }

    @Test func aTokenThatSignsIsMadeWithThePassword() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client)
            web.wall.move(seconds: 6 * 60)
            let form = [("label", "报表"), ("days", "30"), ("scope", "sign")]
            let asked = try await clerk.post("/account/tokens", form)
            #expect(
                asked.status == .unprocessableContent && asked.text.contains("id=\"token-password\"") && asked.text.contains("value=\"报表\"")
            )
            #expect(try await clerk.post("/account/tokens", form + [(Signing.field, WebOffice.password)]).text.contains("<code>"))
            #expect(try await clerk.post("/account/tokens", [("label", "只读"), ("days", "30")]).status == .ok)
        }
    }
}
