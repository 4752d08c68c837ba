import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web

/// The list of what waits and what is said after an act, as a browser without a script uses them.
@Suite struct OfficePageTests {
    /// The next page after a form, with the cookies that its answer set.
    private static func follow(_ answer: TestResponse, _ browser: Browser) async throws -> TestResponse {
        let cookie = String(try #require(answer.headers[.setCookie]).prefix { $0 != ";" })
        let address = try #require(answer.headers[.location])
        return try await browser.client.execute(uri: address, method: .get, headers: [.cookie: "\(browser.cookie); \(cookie)"])
    }

    @Test func afterAnActItIsSaidOnceWhatHappenedAndWhatIsNext() async throws {
        try await WebOffice.with { web, client in
            let first = try await web.memo("甲"), second = try await web.memo("乙")
            let head = try await Browser.enter(web.head, web, client)
            let answer = try await head.post("\(web.page(first))/approve", [("opinion", "同意")])
            #expect(answer.status == .seeOther && answer.headers[.location] == web.page(first))
            let page = try await Self.follow(answer, head)
            #expect(page.text.contains("已办：审核通过") && page.text.contains("还剩 1 件待办"))
            #expect(page.text.contains("data-next href=\"\(web.page(second))\""))
            #expect(page.headers[.setCookie]?.contains("Max-Age=0") == true, "it is said once")
            #expect(try await !head.get(web.page(first)).text.contains("已办：审核通过"))
            // Another's word of a document says nothing.
            let clerk = try await Browser.enter(web.clerk, web, client)
            let forged = try await client.execute(
                uri: web.page(first), method: .get, headers: [.cookie: "\(clerk.cookie); dianzhang-done=\(web.word(first))"])
            #expect(forged.status == .ok && !forged.text.contains("已办：审核通过"))
        }
    }

    @Test func severalAreDoneTogetherAndARefusedOneIsSaid() async throws {
        try await WebOffice.with { web, client in
            let memos = try await [web.memo("甲"), web.memo("乙"), web.memo("丙")]
            let head = try await Browser.enter(web.head, web, client)
            let list = try await head.get("/?type=memo&task=approve&chosen=all").text
            #expect(list.components(separatedBy: " checked>").count == 4, "all rows are ticked")
            let items = memos.map { ("item", web.word($0)) }, step = [("type", "memo"), ("step", "approve"), ("back", "/")]
            let confirm = try await head.post("/todo", items + step)
            #expect(confirm.status == .ok && confirm.text.contains("确认办理 3 件：审核通过"))
            let rows = try await head.get("/").text
            #expect(rows.contains("待我办理 <span class=\"count\">3</span>"), "nothing is done before it is confirmed")
            // Somebody else is quicker with one of them.
            try await web.office.desk.handle(.withdraw(document: memos[1], reason: "误发"), by: Principal(web.clerk))
            let sign = [("confirmed", "1"), ("opinion", "同意"), ("~password", WebOffice.password)]
            let done = try await head.post("/todo", items + step + sign)
            #expect(done.status == .ok && done.text.contains("已办：审核通过 2 件"))
            #expect(done.text.contains("另有 1 件已不在您的待办中，未办"), "what was left out is said, and no more")
            for id in [memos[0], memos[2]] {
                let view = try await web.office.desk.document(id, by: web.head)
                #expect(view.row.state == "approved" && view.trail.first?.title.zh == "审核通过")
            }
            let none = try await head.post("/todo", step)
            #expect(none.status == .unprocessableContent && none.text.contains("没有选中任何一件"))
            let clerk = try await Browser.enter(web.clerk, web, client)
            let foreign = try await clerk.post("/todo", items + step + sign)
            #expect(!foreign.text.contains("已办：审核通过 1 件"))
        }
    }

    @Test func whatWasChangedSinceItWasShownIsNotConfirmedUnseen() async throws {
        try await WebOffice.with { web, client in
            let word = web.word(try await web.memo("甲"))
            let head = try await Browser.enter(web.head, web, client)
            let asked = [("item", word), ("type", "memo"), ("step", "approve"), ("back", "/")]
            let confirm = try await head.post("/todo", asked)
            #expect(confirm.text.contains("name=\"version.\(word)\" value=\"1\""))
            let sign = [("confirmed", "1"), ("~password", WebOffice.password)]
            let stale = try await head.post("/todo", asked + sign + [("version.\(word)", "0")])
            #expect(stale.text.contains("已办：审核通过 0 件") && stale.text.contains("确认之前单据已被更改"))
            let done = try await head.post("/todo", asked + sign + [("version.\(word)", "1")])
            #expect(done.text.contains("已办：审核通过 1 件"))
        }
    }

    @Test func whatIsFilledInIsKeptAndStandsInTheFormAgain() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), head = try await Browser.enter(web.head, web, client)
            let kept = try await head.post("\(web.page(id))/approve", [("opinion", "写到一半"), ("~keep", "1")])
            #expect(kept.status == .seeOther && kept.headers[.location] == "\(web.page(id))#act-approve")
            let page = try await head.get(web.page(id)).text
            #expect(page.contains("暂存的内容") && page.contains(">\n写到一半</textarea>"))
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "再写"), ("~keep", "script")]).status == .noContent)
            #expect(try await head.post("\(web.page(id))/approve", [("~drop", "1")]).status == .seeOther)
            #expect(try await !head.get(web.page(id)).text.contains("再写"))
            #expect(try await web.office.desk.document(id, by: web.head).row.state == "drafted", "nothing was taken")
        }
    }

    @Test func anOpinionStandsInTheTrailAndOnThePaper() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), head = try await Browser.enter(web.head, web, client)
            let fields = [("opinion", "同意"), ("~phrase", "请尽快办理。"), ("~opinion", "周五前"), ("~password", WebOffice.password)]
            #expect(try await head.post("\(web.page(id))/approve", fields).status == .seeOther)
            let page = try await head.get(web.page(id)).text
            #expect(page.contains("意见：<bdi class=\"written\">请尽快办理。周五前</bdi>"))
        }
    }

    @Test func aReminderThatWasSentSaysSoAndIsNotOfferedAgain() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), clerk = try await Browser.enter(web.clerk, web, client)
            let before = try await clerk.get(web.page(id)).text
            let task = try #require(before.between("name=\"task\" value=\"", "\""))
            #expect(try await clerk.post("\(web.page(id))/handling/remind", [("task", task)]).status == .seeOther)
            let page = try await clerk.get(web.page(id)).text
            #expect(page.contains("今日不再重复") && !page.contains(">催办</button>"))
            #expect(try await clerk.post("\(web.page(id))/handling/remind", [("task", task)]).status == .conflict)
            #expect(try await web.office.desk.notices(of: web.head).notices.count { $0.words.zh.hasPrefix("催办") } == 1)
        }
    }

    @Test func aPictureIsLookedAtAndWhatCouldRunIsSaved() async throws {
        let png = ShownFile([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])
        #expect(png?.type == "image/png")
        let shown = try #require(png).response([1], name: "图.png")
        #expect(shown.headers[.contentDisposition]?.hasPrefix("inline;") == true)
        #expect(shown.headers[.contentSecurityPolicy]?.hasSuffix("sandbox") == true)
        for other in ["<html><script>", "<svg xmlns='http://www.w3.org/2000/svg'>", "MZ", ""] {
            #expect(ShownFile(Array(other.utf8)) == nil)
        }
    }
}
