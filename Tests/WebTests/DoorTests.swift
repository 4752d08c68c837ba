import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Store
import TestOffice
import Testing

@testable import Web

/// Coming in when many do, what is written down of it, and one-time words.
struct DoorTests {
    @Test(arguments: TestEngine.all) func fortyAtOnceFromOneAddressAllComeIn(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let desk = web.office.desk
            let hash = try #require(try await desk.secret(login: "clerk")?.hash)
            for number in 0..<40 {
                let person = try await web.office.hire("colleague\(number)", nil)
                try await desk.administer(.setSecret(person, hash: hash), by: .system)
            }
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await client.post("/login", "login=colleague\(number)&password=\(FormData.encode(WebOffice.password))").status
                    }
                }
                return try await group.reduce(into: [HTTPResponse.Status: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [.seeOther: 40])
        }
    }

    @Test(arguments: TestEngine.all) func guessesCountTogetherOnTwoServers(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let other = try await web.anotherServer()
            try await other.application().test(.router) { second in
                var statuses: [HTTPResponse.Status] = []
                for turn in 0..<6 {
                    statuses.append(try await [client, second][turn % 2].post("/login", "login=clerk&password=x").status)
                }
                #expect(statuses == Array(repeating: .unprocessableContent, count: 5) + [.tooManyRequests])
                let held = try await second.post("/login", "login=clerk&password=\(FormData.encode(WebOffice.password))")
                #expect(held.status == .tooManyRequests && held.headers[.retryAfter] == "2")
                _ = try await Browser.logIn("head", second)
            }
        }
    }

    @Test func whoHasBeenHereComesInAfterManyFailures() async throws {
        try await WebOffice.with { web, client in
            _ = try await Browser.logIn("clerk", client)
            for number in 0..<12 { _ = try await client.post("/login", "login=clerk&password=\(number)") }
            for number in 0..<25 { _ = try await client.post("/login", "login=invented\(number)&password=x") }
            _ = try await Browser.logIn("clerk", client)
            _ = try await Browser.logIn("head", client)
        }
    }

    @Test func aNewLogInEndsTheOldOneOfTheSameBrowser() async throws {
        try await WebOffice.with { web, client in
            let old = try await Browser.logIn("clerk", client)
            let elsewhere = try await Browser.logIn("clerk", client)
            let form = "login=clerk&password=\(FormData.encode(WebOffice.password))"
            let answer = try await client.post("/login", form, headers: [.cookie: old.cookie])
            #expect(answer.status == .seeOther)
            #expect(try await old.get("/").status == .seeOther, "its cookie opens nothing any more")
            #expect(try await elsewhere.get("/").status == .ok)
        }
    }

    @Test(arguments: TestEngine.all) func loggedOutEverywhereOnEveryServer(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let other = try await web.anotherServer()
            try await other.application().test(.router) { second in
                let here = try await Browser.enter(web.clerk, web, client)
                let there = try await Browser.enter(web.clerk, web, client)
                #expect(try await second.execute(uri: "/", method: .get, headers: [.cookie: there.cookie]).status == .ok)
                #expect(try await here.get("/account").text.contains("目前登录 2 处"))
                #expect(try await here.post("/account/logout-everywhere").headers[.location] == "/login")
                #expect(try await here.get("/").status == .seeOther)
                #expect(try await second.execute(uri: "/", method: .get, headers: [.cookie: there.cookie]).status == .seeOther)
            }
        }
    }

    @Test func logInsAndFailuresAreReadableToTheirPersonAndToAdministrators() async throws {
        try await WebOffice.with { web, client in
            _ = try await client.post("/login", "login=clerk&password=x")
            _ = try await client.post("/login", "login=somebody&password=x")
            let clerk = try await Browser.logIn("clerk", client)
            _ = try await clerk.post("/logout")
            let events = try await web.accountLines().reversed().map(\.event)
            #expect(events == [.failed, .failed, .logIn, .logOut])
            let mine = try await Browser.enter(web.clerk, web, client)
            let account = try await mine.get("/account").text
            #expect(account.contains("最近的登录") && account.contains("登录失败") && account.contains("<code>unknown</code>"))
            let line = try #require(try await web.accountLines(of: web.clerk).last)
            #expect(try await mine.get("/ledger/\(web.word(line.id, .entry))").status == .ok)
            #expect(try await mine.get("/admin/logins").status == .forbidden)
            let root = try await Browser.enter(web.administrator, web, client)
            let all = try await root.get("/admin/logins").text
            #expect(all.contains("没有此登录名") && all.contains("登录失败") && !all.contains("somebody"))
            #expect(try await !root.get("/admin/logins?person=\(web.word(web.clerk))").text.contains("没有此登录名"))
            #expect(try await Browser.enter(web.other, web, client).get("/ledger/\(web.word(line.id, .entry))").status != .ok)
            #expect(try await web.office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aOneTimeWordOpensNothingButThePasswordsPage(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let word = OneTimeWord().text
            try await web.office.desk.administer(
                .giveWord(web.clerk, hash: try await web.server.edge.passwords.make(word)), by: .system)
            let answer = try await client.post("/login", "login=clerk&password=\(word)")
            #expect(answer.headers[.location] == "/account/first")
            let first = try await Browser.holding(answer, client, at: "/account/first")
            for path in ["/", "/account", "/r/memo", "/notices"] {
                #expect(try await first.get(path).headers[.location] == "/account/first", "\(path)")
            }
            #expect(try await first.get("/api/v1/memo").status == .forbidden)
            #expect(try await first.post("/account/tokens", [("label", "x"), ("days", "30")]).headers[.location] == "/account/first")
            #expect(try await first.get("/account/first").text.contains("您的密码于 2026-01-15 09:00 由服务器命令行重设"))
            for (new, again) in [("short", "short"), (word, word), (WebOffice.password, "other words here")] {
                #expect(try await first.post("/account/first", [("new", new), ("again", again)]).status == .unprocessableContent)
            }
            let own = "a password of my own"
            let done = try await first.post("/account/first", [("new", own), ("again", own)])
            #expect(done.headers[.location] == "/")
            #expect(try await Browser.holding(done, client).get("/r/memo").status == .ok)
            #expect(try await first.get("/").status == .seeOther)
            #expect(try await client.post("/login", "login=clerk&password=\(word)").status == .unprocessableContent)
            _ = try await Browser.logIn("clerk", client, password: own)
        }
    }

    @Test func anOldOneTimeWordIsNoGoodAnyMore() async throws {
        try await WebOffice.with { web, client in
            let word = OneTimeWord().text
            try await web.office.desk.administer(
                .giveWord(web.clerk, hash: try await web.server.edge.passwords.make(word)), by: .system)
            web.office.move(hours: 7 * 24 + 1)
            let answer = try await client.post("/login", "login=clerk&password=\(word)")
            #expect(answer.status == .unprocessableContent && answer.text.contains("一次性口令已过期"))
        }
    }

    @Test func aResetIsAskedForAndConfirmedOnThePage() async throws {
        try await WebOffice.with { web, client in
            let desk = web.office.desk
            let second = PersonID(
                try await desk.administer(
                    .addPerson(login: "root2", zh: "管理员乙", en: "Admin B", clearance: .internal, administrator: true), by: .system))
            let (one, two) = (try await Browser.enter(web.administrator, web, client), try await Browser.enter(second, web, client))
            let silent = try await one.post("/admin/persons/reset", [("person", web.word(web.clerk)), ("reason", "")])
            #expect(silent.status == .unprocessableContent && silent.text.contains("请写明重设的理由"))
            #expect(try await one.post("/admin/persons/reset", [("person", web.word(web.clerk)), ("reason", "忘记")]).status == .seeOther)
            let page = try await one.get("/admin/persons").text
            #expect(page.contains("待确认的账户申请") && !page.contains("/admin/persons/confirm"))
            let request = try #require(try await two.get("/admin/persons").text.between("name=\"request\" value=\"", "\""))
            #expect(try await one.post("/admin/persons/confirm", [("request", request)]).status == .forbidden)
            let confirmed = try await two.post("/admin/persons/confirm", [("request", request)])
            let word = try #require(confirmed.text.between("<p><code>", "</code>"))
            #expect(try await !two.get("/admin/persons").text.contains(word))
            _ = try await Browser.setPassword("clerk", client, word: word, password: "a password of my own")
            let own = try await one.post(
                "/admin/persons/appoint",
                [("who", web.word(web.administrator)), ("unit", web.word(web.office.market)), ("post", "clerk"), ("from", "2026-01-15")])
            #expect(own.status == .forbidden && own.text.contains("由另一位系统管理员更改"))
        }
    }

    @Test func whoHasNoPostAnyMoreIsNotLetIn() async throws {
        try await WebOffice.with { web, client in
            let browser = try await Browser.enter(web.clerk, web, client)
            let post = try #require(try await web.office.desk.organisation().holdings.first { $0.person == web.clerk })
            try await web.office.desk.administer(.endHolding(post.id, on: web.office.now.day.adding(days: 3)), by: .system)
            #expect(try await browser.get("/").status == .ok)
            web.office.move(hours: 4 * 24)
            #expect(try await browser.get("/").status == .seeOther)
            let answer = try await client.post("/login", "login=clerk&password=\(FormData.encode(WebOffice.password))")
            #expect(answer.status == .unprocessableContent && answer.text.contains("岗位已全部结束"))
        }
    }

    @Test func aCallersAddressIsTheLastThatNoTrustedProxyHas() throws {
        func address(_ peer: String?, _ forwarded: [String], trusted: [String] = ["10.0.0.0/8", "fd00::/8"]) throws -> CallerPlace {
            CallerPlace(peer: peer, forwarded: forwarded, trusted: try trusted.map { try #require(TrustedNetwork($0)) })
        }
        #expect(try address("10.1.2.3", ["203.0.113.5"]).address == "203.0.113.5")
        #expect(
            try address("10.1.2.3", ["1.1.1.1, 203.0.113.5, 10.9.9.9"]).address == "203.0.113.5", "what stands before it anybody may write")
        #expect(try address("10.1.2.3", ["1.1.1.1", "203.0.113.5:4711"]).network == "203.0.113.5")
        #expect(try address("198.51.100.1", ["203.0.113.5"]).address == "198.51.100.1", "no proxy of ours")
        #expect(try address("10.1.2.3", ["nonsense"]).address == "10.1.2.3")
        #expect(try address("10.1.2.3", []).address == "10.1.2.3")
        #expect(try address("::ffff:10.1.2.3", ["2001:db8:1:2:3:4:5:6"]).network == "2001:db8:1:2::/64")
        #expect(try address("fd00::1", ["[2001:db8:1:2:ffff::1]:443"]).network == "2001:db8:1:2::/64")
        #expect(try address(nil, ["203.0.113.5"]).address == "unknown")
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "proxy", "10.0.0.0/-1", "::1/129"] {
            #expect(TrustedNetwork(wrong) == nil, "\(wrong)")
        }
    }
}
