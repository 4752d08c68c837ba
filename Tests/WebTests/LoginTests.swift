import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Ledger
import Store
import Testing

@testable import Web

/// Who comes in, and for how long.
struct LoginTests {
    @Test func pagesAskForALogin() async throws {
        try await WebOffice.with { _, client in
            for path in ["/", "/mine", "/r/memo", "/d/1", "/charter", "/ledger", "/admin/units"] {
                let answer = try await client.execute(uri: path, method: .get)
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location]?.hasPrefix("/login") == true)
            }
            let back = try await client.execute(uri: "/r/memo?state=open", method: .get)
            #expect(back.headers[.location] == "/login?next=%2Fr%2Fmemo%3Fstate%3Dopen")
        }
    }

    @Test func theSameWordsForAWrongNameAndAWrongPassword() async throws {
        try await WebOffice.with { _, client in
            let name = try await client.post("/login", "login=nobody&password=x")
            let password = try await client.post("/login", "login=clerk&password=x")
            #expect(name.status == .unprocessableContent)
            #expect(password.status == .unprocessableContent)
            #expect(name.text.replacingOccurrences(of: "nobody", with: "clerk") == password.text)
        }
    }

    @Test func guessingIsSlowedDown() async throws {
        try await WebOffice.with { web, client in
            for _ in 0..<5 { #expect(try await client.post("/login", "login=clerk&password=x").status == .unprocessableContent) }
            let slow = try await client.post("/login", "login=clerk&password=\(FormData.encode(WebOffice.password))")
            #expect(slow.status == .tooManyRequests)
            // Another name is not held back, and this one only for a while.
            _ = try await Browser.logIn("head", client)
            web.wall.move(seconds: 3)
            _ = try await Browser.logIn("clerk", client)
        }
    }

    @Test func theCookieIsSafe() async throws {
        try await WebOffice.with { _, client in
            let cookie = try #require(
                try await client.post("/login", "login=clerk&password=\(FormData.encode(WebOffice.password))").headers[.setCookie])
            #expect(cookie.hasPrefix("dianzhang="))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            #expect(!cookie.contains("Secure"))
        }
        try await WebOffice.with(isHTTPS: true) { _, client in
            let answer = try await client.post("/login", "login=clerk&password=\(FormData.encode(WebOffice.password))")
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-dianzhang=") && cookie.contains("Secure"))
            #expect(answer.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test func aLoginEnds() async throws {
        try await WebOffice.with { web, client in
            let idle = try await Browser.logIn("clerk", client)
            web.wall.move(seconds: 29 * 60)
            #expect(try await idle.get("/").status == .ok)
            web.wall.move(seconds: 29 * 60)
            #expect(try await idle.get("/").status == .ok)
            web.wall.move(seconds: 31 * 60)
            #expect(try await idle.get("/").status == .seeOther)

            let busy = try await Browser.logIn("clerk", client)
            for _ in 0..<29 {
                web.wall.move(seconds: 25 * 60)
                if try await busy.get("/").status != .ok { break }
            }
            #expect(try await busy.get("/").status == .seeOther, "twelve hours are the end, however busy")
        }
    }

    @Test func logOutHoldsAtOnce() async throws {
        try await WebOffice.with { _, client in
            let clerk = try await Browser.logIn("clerk", client)
            #expect(try await clerk.get("/").status == .ok)
            #expect(try await clerk.post("/logout").status == .seeOther)
            #expect(try await clerk.get("/").status == .seeOther)
        }
    }

    @Test func theDatabaseKeepsNeitherPasswordsNorCookies() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.logIn("clerk", client)
            let token = Array(clerk.cookie.split(separator: "=")[1].utf8)
            let kept = try await web.office.desk.store.read { session in
                try session.all("SELECT token FROM login") { $0.blob(0) }
                    + session.all("SELECT secret FROM person WHERE secret IS NOT NULL") { Array($0.text(0).utf8) }
            }
            #expect(kept.count >= 2)
            #expect(!kept.contains(token))
            #expect(!kept.contains { String(decoding: $0, as: UTF8.self).contains(WebOffice.password) })
            #expect(kept.contains { String(decoding: $0, as: UTF8.self).hasPrefix("scrypt$15$8$1$") })
        }
    }

    @Test func aNewPasswordEndsTheOtherLogins() async throws {
        try await WebOffice.with { _, client in
            let here = try await Browser.logIn("clerk", client)
            let there = try await Browser.logIn("clerk", client)
            let short = try await here.post("/account/password", [("old", WebOffice.password), ("new", "short"), ("again", "short")])
            #expect(short.status == .unprocessableContent)
            let new = "another long password"
            #expect(
                try await here.post("/account/password", [("old", "wrong"), ("new", new), ("again", new)]).status == .unprocessableContent)
            #expect(
                try await here.post("/account/password", [("old", WebOffice.password), ("new", new), ("again", new)]).status == .seeOther)
            #expect(try await here.get("/").status == .ok)
            #expect(try await there.get("/").status == .seeOther)
            _ = try await Browser.logIn("clerk", client, password: new)
        }
    }

    @Test func theOwnPasswordIsChangedInTheOwnName() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.logIn("clerk", client)
            let new = "another long password"
            #expect(
                try await clerk.post("/account/password", [("old", WebOffice.password), ("new", new), ("again", new)]).status == .seeOther)
            let last = try await web.office.desk.store.read { session in
                try session.first("SELECT body FROM entry ORDER BY id DESC LIMIT 1") { try Entry(body: $0.blob(0)) }
            }
            #expect(last?.step == "setSecret" && last?.person == web.clerk.raw)
            // The password of another is the administrator's to set.
            for person in [web.head, web.administrator] {
                await #expect(throws: DeskError.self) {
                    try await web.office.desk.administer(.setSecret(person, hash: "x"), by: Principal(web.clerk))
                }
            }
        }
    }

    @Test func nobodyIsSentToAnotherSite() async throws {
        for address in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: b"] {
            #expect(LoginPage.inside(address) == "/", "\(address)")
        }
        #expect(LoginPage.inside("/r/memo?state=open") == "/r/memo?state=open")
    }

    @Test func aDemonstrationsDoorIsShutForWhosePostsHaveEnded() async throws {
        try await WebOffice.with(demonstration: Demonstration {}) { web, client in
            let today = web.office.now.day
            for holding in try await web.office.desk.organisation().holdings(of: web.clerk, on: today) {
                try await web.office.desk.administer(.endHolding(holding.id, on: today.adding(days: -1)), by: .system)
            }
            let answer = try await client.post("/login/demo", "person=\(web.word(web.clerk))")
            #expect(answer.status == .unprocessableContent && answer.text.contains("岗位已全部结束"))
            #expect(answer.headers[.setCookie] == nil)
            #expect(try await web.office.desk.accountLines(of: web.clerk).isEmpty)
        }
    }

    @Test func theDemonstrationsDoorsOpenOnLoopbackOnly() async throws {
        try await WebOffice.with(demonstration: Demonstration {}) { web, client in
            #expect(try await client.execute(uri: "/login", method: .get).text.contains("/login/demo"))
            let answer = try await client.post("/login/demo", "person=\(web.word(web.clerk))")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.setCookie] != nil)
        }
        try await WebOffice.with { web, client in
            let answer = try await client.post("/login/demo", "person=\(web.word(web.clerk))")
            #expect(answer.status == .notFound)
        }
        var configuration = WebConfiguration(
            host: "0.0.0.0", port: 1, wallClock: Clock { WebOffice.start }, demonstration: Demonstration {})
        #expect(configuration.openDemonstration == nil)
        configuration.host = "localhost"
        #expect(configuration.openDemonstration != nil)
    }
}
