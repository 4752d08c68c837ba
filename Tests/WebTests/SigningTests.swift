import EngineFixture
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web

/// A step that signs is taken by who shows to be that person in the very act.
struct SigningTests {
    @Test(arguments: TestEngine.all) func anApprovalAsksForThePasswordAndLosesNothing(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let id = try await web.memo()
            let head = try await Browser.enter(web.head, web, client)
            #expect(try await !head.get(web.page(id)).text.contains("id=\"approve-password\""), "it was given a moment ago")
            web.wall.move(seconds: 301)
            let page = try await head.get(web.page(id)).text
            #expect(page.contains("<label for=\"approve-password\">") && !page.contains("id=\"refuse-password\""))
            for password in ["", "wrong"] {
                let asked = try await head.post("\(web.page(id))/approve", [("opinion", "同意发函"), (Signing.field, password)])
                #expect(asked.status == .unprocessableContent && asked.text.contains("同意发函"), "what was typed stays")
                #expect(asked.text.contains("href=\"#approve-password\"") && asked.text.contains("id=\"approve-password-wrong\""))
                #expect(!asked.text.contains("value=\"wrong\""))
            }
            #expect(try await web.office.desk.document(id, by: web.head).row.state == "drafted")
            let good = [("opinion", "不行"), (Signing.field, WebOffice.password)]
            let refused = try await head.post("\(web.page(id))/approve", good)
            #expect(refused.text.contains("意见与办理不符") && !refused.text.contains("id=\"approve-password\""), "it is not asked for twice")
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .seeOther)
            #expect(try await head.get(web.page(id)).text.contains("已验证本人密码，签署"))
        }
    }

    @Test func wrongPasswordsAreSlowedDownHereToo() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let head = try await Browser.enter(web.head, web, client)
            web.wall.move(seconds: 301)
            for _ in 0..<5 {
                #expect(try await head.post("\(web.page(id))/approve", [("opinion", "x"), (Signing.field, "wrong")]).text.contains("密码不对"))
            }
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "x"), (Signing.field, WebOffice.password)]).text.contains("秒后再试"))
            #expect(try await web.accountLines(of: web.head).contains { $0.event == .failed })
        }
    }

    @Test func aCountersignatureAsksForIt() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            try await web.office.desk.handle(.addSigner(document: id, web.other, note: "请会签"), by: Principal(web.head))
            let other = try await Browser.enter(web.other, web, client)
            web.wall.move(seconds: 301)
            let task = try #require(try await other.get(web.page(id)).text.between("name=\"task\" value=\"", "\""))
            let asked = try await other.post("\(web.page(id))/handling/sign", [("task", task), ("note", "无异议")])
            #expect(
                asked.status == .unprocessableContent && asked.text.contains("无异议") && asked.text.contains("id=\"sign-password-wrong\""))
            let signed = [("task", task), ("note", "无异议"), (Signing.field, WebOffice.password)]
            #expect(try await other.post("\(web.page(id))/handling/sign", signed).status == .seeOther)
            let entry = try #require(try await web.office.desk.document(id, by: web.head).trail.first)
            #expect(entry.title.zh == "会签" && entry.words?.en == "Signed; the password was given" && entry.written == "无异议")
        }
    }

    @Test func theDemonstrationsDoorsSignWithoutAndSaySo() async throws {
        try await WebOffice.with(demonstration: Demonstration {}) { web, client in
            let id = try await web.memo()
            let answer = try await client.post("/login/demo", "person=\(web.word(web.head))")
            let head = try await Browser.holding(answer, client)
            #expect(try await head.get(web.page(id)).text.contains("演示环境不验证密码"))
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .seeOther)
            #expect(try await head.get(web.page(id)).text.contains("演示环境签署，未验证密码"))
        }
    }

    /// What says when the password was given is sealed with the log-in.
    @Test(arguments: ["authenticated = authenticated + 600000", "person = 1", "ends = ends + 1", "seal = NULL"])
    func aLogInThatSomebodyAlteredIsNone(change: String) async throws {
        try await WebOffice.with { web, client in
            let head = try await Browser.enter(web.head, web, client)
            #expect(try await head.get("/account").status == .ok)
            try await web.office.desk.store.write { session in
                if change.hasPrefix("person") {
                    try session.execute("UPDATE login SET person = $1", [.int(web.administrator.raw)])
                } else {
                    try session.execute("UPDATE login SET \(change)")
                }
            }
            #expect(try await head.get("/account").status != .ok)
        }
    }
}
