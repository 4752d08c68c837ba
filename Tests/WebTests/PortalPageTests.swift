import ArticleProof
import CustomerAuthenticity
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The customer's pages, used and attacked.
@Suite struct PortalPageTests {
    @Test(.demand(authenticity[18], 1)) func aCustomerComesInSeesTheOwnPolicyMaskedAndThenInFull() async throws {
        try await PortalHouse.with { house in
            let browser = try await house.inside()
            let home = try await browser.get()
            #expect(home.status == .ok && home.text.contains("林*岚") && !home.text.contains("PW1"))
            #expect(
                home.text.contains(PolicyDisclosure.masked("PW1")) && !home.text.contains("PW2") && !home.text.contains(PortalHouse.number))
            let handle = try #require(home.text.between("name=\"policy\" value=\"", "\""))
            let masked = try await browser.post([("do", "view"), ("policy", handle), ("scope", "payments")])
            #expect(masked.status == .ok && masked.text.contains("****") && !masked.text.contains("3600.50"))
            try await house.unmask(browser)
            let clear = try await browser.post([("do", "view"), ("policy", handle), ("scope", "payments")])
            #expect(clear.text.contains("3600.50") && clear.text.contains("2026年1月12日"))
            #expect(try await browser.post([("do", "leave")]).headers[.setCookie]?.contains("Max-Age=0") == true)
        }
    }

    @Test func theCookieIsOfTheSessionAloneAndUnknownToScriptsAndOtherSites() async throws {
        try await PortalHouse.with { house in
            #expect(try await house.visitor.get().headers[.setCookie] == nil, "no session before it is asked for")
            let answer = try await house.visitor.ask(PortalHouse.name, PortalHouse.number)
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.hasPrefix("dianzhang-portal=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            #expect(!cookie.contains("Max-Age") && answer.headers[.cacheControl] == "no-store")
            #expect(try await house.client.execute(uri: "/channels", method: .get).headers[.setCookie] == nil)
        }
    }

    /// Enumeration: whether somebody is a customer shows in no word, no header, no length and no time.
    @Test func somebodyAndNobodyAreAnsweredAlike() async throws {
        try await PortalHouse.with(floor: .milliseconds(700)) { house in
            let clock = ContinuousClock()
            func asked(_ name: String, _ number: String) async throws -> (String, Duration) {
                let browser = house.visitor, begin = clock.now
                let answer = try await browser.ask(name, number, "login")
                let time = begin.duration(to: clock.now), page = try await browser.get()
                let wrong = try await browser.post([("do", "enter"), ("code", "123456")])
                let length = answer.headers[.setCookie]?.prefix { $0 != "=" } ?? ""
                let words = [page.text, wrong.text].map { text in
                    text.replacing(browser.csrf, with: "").components(separatedBy: "value=\"").map { String($0.drop { $0 != "\"" }) }
                        .joined()
                }
                return ("\(answer.status) \(wrong.status) \(length) \(words.joined())", time)
            }
            let somebody = try await asked(PortalHouse.name, PortalHouse.number)
            let nobody = try await asked("张无名", PortalHouse.resident("19700101", 77))
            let misspelt = try await asked("林晓兰", PortalHouse.number)
            #expect(somebody.0 == nobody.0 && somebody.0 == misspelt.0 && somebody.0.contains("未能核实"))
            for (_, time) in [somebody, nobody, misspelt] { #expect(time >= .milliseconds(700)) }
            #expect(house.sent.count == 0)
        }
    }

    /// Fixation: a word that somebody planted is never one of a session, and the one of before the code is none after it.
    @Test func aPlantedWordOpensNothingAndTheWordChangesWithTheCode() async throws {
        try await PortalHouse.with { house in
            let planted = PortalBrowser(house.client, cookie: "dianzhang-portal=planted-by-somebody")
            try await planted.ask(PortalHouse.name, PortalHouse.number)
            let before = try #require(planted.cookie)
            #expect(!before.contains("planted"))
            let digits = try await house.sent.digits(after: 0)
            #expect(try await planted.post([("do", "enter"), ("code", digits)]).status == .seeOther)
            #expect(planted.cookie != before)
            #expect(try await planted.get().text.contains("我的保单"))
            for cookie in [before, "dianzhang-portal=planted-by-somebody"] {
                let attacker = PortalBrowser(house.client, cookie: cookie)
                #expect(try await attacker.get().text.contains("我的保单") == false)
            }
        }
    }

    /// Forgery: a form without the word of this session, with another session's, or from another site.
    @Test func aFormOfAnotherSiteOrSessionIsRefused() async throws {
        try await PortalHouse.with { house in
            let browser = try await house.inside(), other = try await house.inside("王建业", PortalHouse.otherNumber)
            try await browser.get()
            try await other.get()
            for csrf in ["", "x", other.csrf] {
                #expect(try await browser.post([("do", "leave")], csrf: csrf).status == .forbidden)
            }
            let site: HTTPFields = [HTTPField.Name("Sec-Fetch-Site")!: "cross-site"]
            #expect(try await browser.post([("do", "leave")], csrf: browser.csrf, more: site).status == .forbidden)
            #expect(try await house.visitor.post([("do", "ask")], csrf: "", more: site).status == .forbidden)
            #expect(try await browser.get().text.contains("我的保单"))
        }
    }

    /// Another's policy: by its number, by its word, by what another session calls it.
    @Test(.demand(authenticity[18], 1)) func anothersPolicyIsAbsentByWhateverName() async throws {
        try await PortalHouse.with { house in
            let browser = try await house.inside(), other = try await house.inside("王建业", PortalHouse.otherNumber)
            let foreign = try #require(try await other.get().text.between("name=\"policy\" value=\"", "\""))
            let policy = try #require(try await house.office.desk.all(Policy.self).first { $0.value.policyNo == "PW2" }).id.raw
            let names: [String] = ["PW2", foreign, house.server.edge.ids.word(policy, .document), String(policy), ""]
            for name in names {
                #expect(try await browser.post([("do", "view"), ("policy", name), ("scope", "policy")]).status == .notFound, "\(name)")
            }
            let own = try #require(try await browser.get().text.between("name=\"policy\" value=\"", "\""))
            #expect(try await browser.post([("do", "view"), ("policy", own), ("scope", "service")]).status == .notFound)
            // What is seen of one's own customer record elsewhere needs an account of the house.
            #expect(try await browser.get("/d/\(house.server.edge.ids.word(policy, .document))").status == .seeOther)
        }
    }

    @Test func aCodeIsNeitherGuessedNorUsedTwice() async throws {
        try await PortalHouse.with { house in
            let browser = house.visitor
            try await browser.ask(PortalHouse.name, PortalHouse.number)
            let digits = try await house.sent.digits(after: 0), wrong = digits == "111111" ? "222222" : "111111"
            for _ in 0..<5 { #expect(try await browser.post([("do", "enter"), ("code", wrong)]).status == .unprocessableContent) }
            #expect(try await browser.post([("do", "enter"), ("code", digits)]).status == .unprocessableContent, "five tries")
            house.office.move(hours: 2)
            let second = try await house.inside()
            let used = house.sent.count
            #expect(try await second.post([("do", "leave")]).status == .seeOther)
            house.office.move(hours: 1)
            let third = house.visitor
            try await third.ask(PortalHouse.name, PortalHouse.number, "login")
            let fresh = try await house.sent.digits(after: used)
            _ = fresh
            #expect(try await third.post([("do", "enter"), ("code", digits)]).status == .unprocessableContent, "one of before is none")
        }
    }

    @Test func aTelephoneThatChangedMeanwhileLetsNobodyIn() async throws {
        try await PortalHouse.with { house in
            let browser = house.visitor
            try await browser.ask(PortalHouse.name, PortalHouse.number)
            let digits = try await house.sent.digits(after: 0)
            let customer = try #require(try await house.office.desk.all(Customer.self).first { $0.value.name == PortalHouse.name }).id.raw
            let paper = try await house.office.desk.keep(file: "申请书.pdf", content: [1], by: house.service)
            let correction = try await house.office.desk.take(
                Correction.request,
                input: [
                    "customer": .whole(customer), "mobile": .text("13812340009"), "evidence": .list([paper.stored]),
                    "isSignedByCustomer": .flag(true), "reason": .text("换号"),
                ], by: house.service)
            let other = Principal(try await house.office.hire("service2", .customerService, in: house.office.service), signed: .password)
            try await house.office.desk.take(Correction.apply, on: correction.id, by: other)
            #expect(try await browser.post([("do", "enter"), ("code", digits)]).status == .unprocessableContent)
        }
    }

    @Test func anExtractIsFetchedByItsLinkAndTheDocumentNumberAlone() async throws {
        try await PortalHouse.with { house in
            let browser = try await house.inside()
            try await house.unmask(browser)
            let handle = try #require(try await browser.get().text.between("name=\"policy\" value=\"", "\""))
            let made = try await browser.post([("do", "extract"), ("policy", handle), ("scopes", "payments")])
            let word = try #require(made.text.between("/portal/extract/", "\""))
            let stranger = house.visitor
            func fetch(_ number: String, _ word: String) async throws -> TestResponse {
                try await stranger.post([("number", number)], to: "/portal/extract/\(word)", csrf: "")
            }
            let wrong = try await fetch(PortalHouse.otherNumber, word), none = try await fetch(PortalHouse.number, "no-such-link")
            #expect(wrong.status == .unprocessableContent && none.status == wrong.status)
            #expect(wrong.text.replacing(word, with: "") == none.text.replacing("no-such-link", with: ""))
            let file = try await fetch(PortalHouse.number, word)
            #expect(file.headers[.contentType] == "application/pdf" && file.text.hasPrefix("%PDF"))
            house.office.move(hours: 24)
            #expect(try await fetch(PortalHouse.number, word).status == .unprocessableContent, "a day later it is void")
        }
    }

    @Test func nothingIsDoneByGet() async throws {
        try await PortalHouse.with { house in
            let browser = try await house.inside()
            func rows() async throws -> [Int64] {
                try await house.office.desk.store.read { session in
                    try ["document", "entry"].map { try session.count("SELECT count(*) FROM \($0)") }
                }
            }
            let before = try await rows()
            for path in ["/portal", "/portal?do=leave", "/portal/extract/abc", "/channels"] { try await browser.get(path) }
            #expect(try await rows() == before)
            #expect(try await browser.get().text.contains("我的保单"))
        }
    }

    @Test func whereNoGatewayIsConnectedThePortalSaysSo() async throws {
        try await PortalHouse.with(way: nil) { house in
            let page = try await house.visitor.get()
            #expect(page.text.contains("网上查询暂时不能发送验证码") && !page.text.contains("name=\"number\""))
            #expect(try await house.visitor.ask(PortalHouse.name, PortalHouse.number).headers[.setCookie] == nil)
        }
    }

    @Test(.demand(authenticity[15], 1)) func theChannelsArePublicOnceTheyArePublished() async throws {
        try await PortalHouse.with { house in
            let desk = house.office.desk
            #expect(try await house.visitor.get("/channels").text.contains("目前没有公布查询渠道"))
            let draft = try await desk.take(
                QueryChannels.draft,
                input: [
                    "hotLine": .text("95500"), "hours": .text("每日<8-20>"), "webSite": .text("www.example.com"),
                    "offices": .list([.record([.init("office", .text("天河柜面")), .init("address", .text("体育西路1号"))])]),
                ], by: house.service)
            let compliance = Principal(try await house.office.hire("compliance", .compliance))
            try await desk.take(QueryChannels.publish, on: draft.id, by: compliance)
            let page = try await house.visitor.get("/channels")
            #expect(page.text.contains("95500") && page.text.contains("天河柜面") && page.text.contains("每日&lt;8-20&gt;"))
        }
    }
}
