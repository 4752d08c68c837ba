import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// What keeps browsers and people safe whatever is asked.
struct SafetyTests {
    private static func expectSafe(_ answer: TestResponse, _ note: Comment) {
        let policy = answer.headers[.contentSecurityPolicy] ?? ""
        #expect(policy.contains("default-src 'self'"), note)
        #expect(policy.contains("frame-ancestors 'none'"), note)
        #expect(!policy.contains("unsafe"), note)
        #expect(answer.headers[.xContentTypeOptions] == "nosniff", note)
        #expect(answer.headers[HTTPField.Name("Referrer-Policy")!] == "no-referrer", note)
        #expect(answer.headers[HTTPField.Name("Permissions-Policy")!] != nil, note)
    }

    @Test func headersStandOnEveryAnswer() async throws {
        try await WebOffice.with { web, client in
            Self.expectSafe(try await client.execute(uri: "/login", method: .get), "a page")
            let absent = try await client.execute(uri: "/no/such/page", method: .get)
            #expect(absent.status == .notFound)
            Self.expectSafe(absent, "404")
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            // A database that is gone: what the edge does not foresee, it answers with 5xx, safely and in words.
            await web.office.desk.store.close()
            let broken = try await clerk.get("/r/memo")
            #expect(broken.status.code >= 500)
            Self.expectSafe(broken, "5xx")
            #expect(broken.text.contains("数据库"))
            #expect(!broken.text.contains("StoreError"))
        }
    }

    @Test func anUnforeseenErrorIs500WithHeadersAndWithoutDetail() async throws {
        struct Unforeseen: Error { let secret = "detail-for-the-log" }
        let page = RegulationPage(path: "/broken", regulation: "test", title: Words("坏", "Broken"), show: { _ in throw Unforeseen() })
        try await WebOffice.with(extraPages: [page]) { web, client in
            let answer = try await Browser.enter(web.person("clerk"), web, client).get("/broken")
            #expect(answer.status == .internalServerError)
            Self.expectSafe(answer, "500")
            #expect(!answer.text.contains("detail-for-the-log"))
            #expect(answer.text.contains("系统出错"))
        }
    }

    @Test func whatPeopleTypeNeverBecomesMarkup() async throws {
        try await WebOffice.with { web, client in
            let attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
            let id = try await web.memo(attack, ["body": .text(attack), "copies": .list([.record([.init("place", .text(attack))])])])
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let head = try await Browser.enter(web.person("head"), web, client)
            let pages = [
                try await clerk.get(web.page(id)), try await clerk.get("/r/memo"), try await clerk.get("/mine"), try await head.get("/"),
                try await clerk.get("/search?q=\(FormData.encode(attack))"),
                try await clerk.get("/r/memo?q=\(FormData.encode(attack))&from=\(FormData.encode(attack))"),
                try await clerk.post("/r/memo/new", [("subject", attack), ("pages", attack), ("day", attack)]),
                try await client.execute(uri: "/login?next=\(FormData.encode("/\(attack)"))", method: .get),
            ]
            for page in pages {
                #expect(page.body.readableBytes > 0)
                #expect(!page.text.contains("<script>alert"))
                #expect(!page.text.contains("<img src=x"))
                #expect(!page.text.contains("style="), "no inline style: the policy forbids it")
            }
            #expect(pages[0].text.contains("&lt;script&gt;"))
        }
    }

    @Test func aFormNeedsTheWordOfItsLogin() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let fields = [("subject", "甲"), ("pages", "1"), ("tone", "warm")]
            #expect(try await clerk.post("/r/memo/new", fields, csrf: "").status == .forbidden)
            #expect(try await clerk.post("/r/memo/new", fields, csrf: String(repeating: "a", count: 64)).status == .forbidden)
            let head = try await Browser.enter(web.person("head"), web, client)
            #expect(try await clerk.post("/r/memo/new", fields, csrf: head.csrf).status == .forbidden)
            #expect(try await clerk.post("/logout", csrf: "").status == .forbidden)
            let register = try await web.office.desk.register("memo", RegisterQuery(), by: web.clerk)
            #expect(register.rows.isEmpty)
            #expect(try await clerk.post("/r/memo/new", fields).status == .seeOther)
        }
    }

    @Test func whatWasTypedOutlivesTheLogIn() async throws {
        try await WebOffice.with { web, client in
            let fields = [("subject", "关于\"回访\""), ("body", "第一行\n第二行"), ("pages", "1"), ("tone", "warm")]
            func body(_ csrf: String) -> String {
                ([("csrf", csrf)] + fields).map { "\($0.0)=\(FormData.encode($0.1))" }.joined(separator: "&")
            }
            let here: HTTPFields = [HTTPField.Name("Sec-Fetch-Site")!: "same-origin"]
            let ended = try await client.post("/r/memo/new", body("of an earlier log-in"), headers: here)
            #expect(ended.status == .unauthorized)
            #expect(ended.text.contains("登录已结束") && ended.text.contains("href=\"/login\" target=\"_blank\""))
            #expect(ended.text.contains("name=\"subject\" value=\"关于&quot;回访&quot;\"") && ended.text.contains("第一行\n第二行"))
            #expect(!ended.text.contains("name=\"csrf\""))

            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            var known = here
            known[.cookie] = clerk.cookie
            let shown = try await client.post("/r/memo/new", body(""), headers: known)
            #expect(shown.status == .ok)
            #expect(shown.text.contains("value=\"关于&quot;回访&quot;\"") && shown.text.contains("value=\"\(clerk.csrf)\""))
            #expect(try await web.office.desk.register("memo", RegisterQuery(), by: web.clerk).rows.isEmpty, "it is only shown")
            #expect(try await client.post("/r/memo/new", body(clerk.csrf), headers: known).status == .seeOther)

            // A program, or another site, gets what it always got.
            #expect(try await client.post("/r/memo/new", body("")).status == .seeOther)
            let elsewhere: HTTPFields = [HTTPField.Name("Sec-Fetch-Site")!: "cross-site"]
            #expect(try await client.post("/r/memo/new", body(""), headers: elsewhere).status == .forbidden)
        }
    }

    @Test func whatWasTypedForHandlingAndAdministrationOutlivesTheLogIn() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo("转交")
            let forms = [
                ("clerk", "\(web.page(id))/handling/withdraw", [("reason", "写错了人")]),
                ("root", "/admin/persons/add", [("login", "wang"), ("zh", "写错了人"), ("password", WebOffice.password)]),
                ("clerk", "/delegations", [("to", web.word(web.other)), ("until", "2026-01-20"), ("reason", "写错了人")]),
            ]
            for (who, path, fields) in forms {
                let body = fields.map { "\($0.0)=\(FormData.encode($0.1))" }.joined(separator: "&")
                var here: HTTPFields = [HTTPField.Name("Sec-Fetch-Site")!: "same-origin"]
                let ended = try await client.post(path, body, headers: here)
                #expect(ended.status == .unauthorized && ended.text.contains("写错了人") && !ended.text.contains(WebOffice.password))
                here[.cookie] = try await Browser.enter(web.person(who), web, client).cookie
                let shown = try await client.post(path, body, headers: here)
                #expect(shown.status == .ok && shown.text.contains("写错了人"), "\(path)")
            }
            #expect(try await web.office.desk.document(id, by: web.clerk).row.state == "drafted", "it is only shown")
            let organisation = try await web.office.desk.organisation()
            #expect(organisation.delegations.isEmpty && !organisation.people.values.contains { $0.login == "wang" })
        }
    }

    @Test func whatIsNotThereIsSaidInThePersonsLanguage() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            for path in ["/nowhere", "/d/1"] {
                #expect(try await clerk.get(path).text.contains("没有找到"))
            }
            #expect(try await clerk.post("/language", [("language", "en"), ("back", "/")]).status == .seeOther)
            for path in ["/nowhere", "/d/1"] {
                let page = try await clerk.get(path)
                #expect(page.status == .notFound && page.text.contains("Not found") && !page.text.contains("没有找到"), "\(path)")
            }
        }
    }

    @Test func aFormFromAnotherSiteIsRefused() async throws {
        try await WebOffice.with { web, client in
            let site = HTTPField.Name("Sec-Fetch-Site")!
            let body = "login=clerk&password=\(FormData.encode(WebOffice.password))"
            let foreign = try await client.post("/login", body, headers: [site: "cross-site"])
            #expect(foreign.status == .forbidden)
            for origin in ["http://evil.example", "http://evil.example//localhost", "http://localhost.evil.example", "null"] {
                #expect(try await client.post("/login", body, headers: [.origin: origin]).status == .forbidden, "\(origin)")
            }
            let own = try await client.post("/login", body, headers: [site: "same-origin"])
            #expect(own.status == .seeOther)
        }
    }

    @Test func largeBodiesAreRefused() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let texts = try await clerk.post("/r/memo/new", [("subject", String(repeating: "长", count: 900_000))])
            #expect(texts.status == .contentTooLarge)
            let file = try await clerk.postFiles(
                "/r/memo/new", [("subject", "甲")], files: [("files", "a.bin", String(repeating: "x", count: 70 << 10))])
            #expect(file.status == .contentTooLarge)
            #expect(file.text.contains("64 KB") && file.text.contains("value=\"甲\""), "all else that was typed is kept")
        }
    }
}
