import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web

/// Forms, documents and steps, as a browser without a script uses them.
struct DocumentPageTests {
    private static let good = [("subject", "关于回访"), ("pages", "3"), ("tone", "warm")]

    @Test func aFormWithFaultsComesBackAsItWasSent() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let answer = try await clerk.post(
                "/r/memo/new",
                [
                    ("subject", ""), ("body", "第一行\n第二行"), ("pages", "很多"), ("day", "改天"), ("tone", "warm"), ("isUrgent", "1"),
                    ("phone", "13800134417"),
                    ("copies.0.place", ""), ("copies.0.count", ""), ("copies.1.place", "法务部"), ("copies.1.count", "2"),
                    ("copies.3.place", ""), ("copies.3.count", "5"),
                ])
            #expect(answer.status == .unprocessableContent)
            let page = answer.text
            #expect(page.contains("role=\"alert\""))
            for field in ["subject", "pages", "day", "copies.1.place"] {
                #expect(page.contains("<a href=\"#\(field)\">"), "\(field) is in the summary")
            }
            for id in ["subject", "pages", "day"] {
                #expect(page.contains("id=\"\(id)-wrong\""))
                #expect(page.contains("aria-describedby=\"\(id)") || page.contains("aria-describedby=\"day-hint day-wrong\""))
            }
            #expect(page.contains("value=\"很多\"") && page.contains("value=\"改天\"") && page.contains("第一行\n第二行"))
            #expect(page.contains("value=\"warm\" checked") && page.contains("name=\"isUrgent\" type=\"checkbox\" value=\"1\" checked"))
            #expect(page.contains("value=\"13800134417\""))
            #expect(page.contains("name=\"copies.0.place\"") && page.contains("value=\"法务部\""))
        }
    }

    @Test func aGoodFormMakesADocumentAndGoesOnWithGET() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let answer = try await clerk.post(
                "/r/memo/new", Self.good + [("day", "2026/3/4"), ("copies.0.place", "法务部"), ("copies.0.count", "2")])
            #expect(answer.status == .seeOther)
            let page = try await clerk.get(try #require(answer.headers[.location]))
            #expect(page.status == .ok)
            #expect(page.text.contains("便函〔2026〕1号"))
            #expect(page.text.contains("2026年3月4日") && page.text.contains("法务部") && page.text.contains("亲切"))
            #expect(page.text.contains("<title>便函〔2026〕1号 - 典章</title>"))
        }
    }

    /// Whoever checks that a page speaks one language leaves out what people wrote, and nothing else.
    @Test func whatAPersonWroteIsMarked() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let answer = try await clerk.post("/r/memo/new", Self.good + [("body", "Called back."), ("copies.0.place", "Legal")])
            let address = try #require(answer.headers[.location])
            _ = try await clerk.post(address + "/reveal", [("purpose", "Calling back")])
            let page = try await clerk.get(address).text
            for written in ["关于回访", "Called back.", "Legal", "Calling back"] {
                #expect(page.contains("<bdi class=\"written\">\(written)</bdi>"), "\(written)")
            }
            for own in ["亲切", "便函", "目的：", "文员"] {
                #expect(page.contains(own) && !page.contains("<bdi class=\"written\">\(own)"), "\(own)")
            }
        }
    }

    @Test func aRefusalStandsOnThePageWithItsArticle() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let answer = try await clerk.post("/r/memo/new", [("subject", "禁止"), ("pages", "3"), ("tone", "warm")])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("该主题不得发函"))
            #expect(answer.text.contains("href=\"/charter/test#第二条\""))
            #expect(answer.text.contains("value=\"禁止\""))

            let id = try await web.memo()
            let head = try await Browser.enter(web.person("head"), web, client)
            let refused = try await head.post("\(web.page(id))/approve", [("opinion", "不行")])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("意见与办理不符") && refused.text.contains("href=\"/charter/test#第一条\""))
            #expect(refused.text.contains(">\n不行</textarea>"))
            #expect(refused.text.contains("拒绝：审核通过"), "the refusal stands in the trail")
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .seeOther)
            #expect(try await head.get(web.page(id)).text.contains("<li aria-current=\"step\">已通过</li>"))
        }
    }

    @Test func aPageStartsAndListsWhatNamesItsDocument() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let first = try await web.memo()
            let page = try await clerk.get(web.page(first)).text
            #expect(page.contains("href=\"/r/memo/new?earlier=\(web.word(first))\"") && !page.contains("相关单据"))
            let form = try await clerk.get("/r/memo/new?earlier=\(web.word(first))").text
            #expect(form.contains("<option value=\"\(web.word(first))\" selected"))
            let made = try await clerk.post("/r/memo/new", Self.good + [("earlier", web.word(first))])
            #expect(made.status == .seeOther)
            let after = try await clerk.get(web.page(first)).text
            #expect(after.contains("相关单据") && after.contains("便函〔2026〕2号"))
            // Whoever may not know of it does not see it there.
            let other = try await Browser.enter(web.person("other"), web, client)
            #expect(try await other.get("/r/memo/new").status == .forbidden)
        }
    }

    @Test func whatWasTypedIsNotLostWhenSomebodyElseWasQuicker() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let head = try await Browser.enter(web.person("head"), web, client)
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .seeOther)
            let late = try await head.post("\(web.page(id))/approve", [("opinion", "写了很久的意见")])
            #expect(late.status == .conflict)
            #expect(late.text.contains("不能再办理") && late.text.contains("您填写的内容（未提交）") && late.text.contains("写了很久的意见"))
        }
    }

    @Test func whatWasTypedToPassADocumentOnIsNotLost() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let head = try await Browser.enter(web.person("head"), web, client)
            let task = try #require(try await web.office.desk.todo(of: web.head).items.first?.task)
            #expect(try await !head.get(web.page(id)).text.contains("转办"), "nobody else holds the post")
            _ = try await web.office.hire("second", .head)
            for (what, fields) in [
                ("reassign", [("task", web.word(task, .task)), ("to", ""), ("reason", "要出差两周")]),
                ("reassign", [("task", web.word(task, .task)), ("to", web.word(web.clerk)), ("reason", "要出差两周")]),
                ("signer", [("to", ""), ("reason", "要出差两周")]),
            ] {
                let answer = try await head.post("\(web.page(id))/handling/\(what)", fields)
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains("<details open>") && answer.text.contains("要出差两周</textarea>"), "\(what)")
            }
        }
    }

    @Test func whoMayNotSeeADocumentDoesNotLearnOfIt() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let other = try await Browser.enter(web.person("other"), web, client)
            let answers = [
                try await other.get(web.page(id)), try await other.get(web.page(999_999)), try await other.get("/d/\(id)"),
                try await other.post("\(web.page(id))/approve", [("opinion", "同意")]),
                try await other.post("\(web.page(id))/reveal", [("purpose", "好奇")]), try await other.get("\(web.page(id))/file/abc"),
                try await other.get("/d/abc"),
            ]
            for answer in answers { #expect(answer.status == .notFound) }
            #expect(try await !other.get("/r/memo").text.contains("关于回访"))
            #expect(try await !other.get("/search?q=回访").text.contains(web.page(id)))
        }
    }

    @Test func whoseStepItIsNotIsForbidden() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            #expect(try await !clerk.get(web.page(id)).text.contains("action=\"\(web.page(id))/approve\""))
            #expect(try await clerk.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .forbidden)
            let head = try await Browser.enter(web.person("head"), web, client)
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .seeOther)
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .conflict, "it has moved on")
            #expect(try await head.post("\(web.page(id))/nonsense").status == .notFound)
        }
    }

    @Test func personalDataIsMaskedUntilAPurposeIsGiven() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo("甲", ["phone": .text("13800134417")])
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let masked = try await clerk.get(web.page(id)).text
            #expect(masked.contains("138****4417") && !masked.contains("13800134417"))
            let without = try await clerk.post("\(web.page(id))/reveal", [("purpose", " ")])
            #expect(without.status == .unprocessableContent && !without.text.contains("13800134417"))
            let clear = try await clerk.post("\(web.page(id))/reveal", [("purpose", "电话回访")])
            #expect(clear.status == .ok && clear.text.contains("13800134417"))
            #expect(clear.headers[.cacheControl] == "no-store")
            #expect(try await clerk.get(web.page(id)).text.contains("电话回访"), "the reading stands in the trail")
        }
    }

    @Test func rowsAndReferencesWorkWithoutAScript() async throws {
        try await WebOffice.with { web, client in
            for index in 0..<60 { try await web.memo("档案移交\(index)") }
            try await web.memo("独此一件")
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let more = try await clerk.post(
                "/r/memo/new", Self.good + [("copies.0.place", "法务部"), ("copies.0.count", "1"), ("more", "copies")])
            #expect(more.status == .ok)
            #expect(more.text.contains("name=\"copies.1.place\"") && more.text.contains("value=\"法务部\""))
            let looked = try await clerk.post("/r/memo/new", Self.good + [("earlier~find", "移交1"), ("look", "earlier")])
            #expect(looked.text.contains("<select name=\"earlier\"") && looked.text.contains("档案移交1 "))
            let many = try await clerk.post("/r/memo/new", Self.good + [("earlier~find", "移交1")])
            #expect(many.status == .unprocessableContent && many.text.contains("找到不止一个"))
            let one = try await clerk.post("/r/memo/new", Self.good + [("earlier~find", "此一")])
            #expect(one.status == .seeOther)
            #expect(try await clerk.get(try #require(one.headers[.location])).text.contains("独此一件"))
        }
    }

    @Test func aRowIsCorrectedWithoutTypingWhatIsMasked() async throws {
        try await WebOffice.with { web, client in
            let rows: [JSONValue] = [
                .record([.init("place", .text("法务部")), .init("phone", .text("13800134417"))]),
                .record([.init("place", .text("财务部")), .init("phone", .text("13800134418"))]),
                .record([.init("place", .text("工会"))]),
            ]
            let id = try await web.memo("甲", ["copies": .list(rows)])
            let clerk = try await Browser.enter(web.clerk, web, client)
            let page = try await clerk.get(web.page(id)).text
            #expect(page.contains("name=\"copies.1.~was\" value=\"1\"") && page.contains("留空则保持 <bdi class=\"written\">138****4418</bdi>"))
            #expect(!page.contains("13800134418") && page.contains("value=\"财务部\""))
            let version = try #require(page.between("name=\"version\" value=\"", "\""))
            let fields = [
                ("version", version), ("copies.0.~was", "0"), ("copies.0.place", "法务部"), ("copies.0.phone", ""), ("copies.0.~drop", "1"),
                ("copies.1.~was", "1"), ("copies.1.place", "财务处"), ("copies.1.phone", ""), ("copies.2.~was", "2"),
                ("copies.2.place", "工会"), ("copies.2.phone", "13900134419"), ("copies.3.place", "党办"), ("copies.3.phone", ""),
            ]
            #expect(try await clerk.post("\(web.page(id))/amend", fields).status == .seeOther)
            let kept = try await web.office.desk.reveal(id, of: "memo", by: web.clerk, purpose: "test").values["copies"]?.list ?? []
            #expect(kept.map { $0["place"].text } == ["财务处", "工会", "党办"])
            #expect(kept.map { $0["phone"].text } == ["13800134418", "13900134419", nil])
            #expect(
                try await clerk.get(web.page(id)).text.contains("目的：<bdi class=\"written\">办理：改抄送</bdi>"), "the reading stands in the trail"
            )
            let late = try await clerk.post("\(web.page(id))/amend", fields + [("copies.4.place", "另一处")])
            #expect(late.status == .unprocessableContent && late.text.contains("您填写期间单据已被更改"))
        }
    }

    @Test func filesAreKeptWhileAFormIsCorrected() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let wrong = try await clerk.postFiles(
                "/r/memo/new", [("subject", ""), ("pages", "1"), ("tone", "warm")], files: [("files", "证明.txt", "内容\r\n--Xy 不是边界")])
            #expect(wrong.status == .unprocessableContent)
            let word = try #require(wrong.text.between("name=\"files~kept\" value=\"", "\""))
            let stolen = try await Browser.enter(web.person("head"), web, client).post("/r/memo/new", Self.good + [("files~kept", word)])
            #expect(stolen.status == .forbidden, "the word is of no use to another person")
            let made = try await clerk.post("/r/memo/new", Self.good + [("files~kept", word)])
            #expect(made.status == .seeOther)
            let page = try await clerk.get(try #require(made.headers[.location]))
            let path = "/d/" + (try #require(page.text.between("<form class=\"file\" method=\"post\" action=\"/d/", "\"")))
            let asked = try await clerk.get(path)
            #expect(asked.status == .ok && asked.text.contains("证明.txt") && !asked.text.contains("不是边界"), "a link reads nothing")
            let file = try await clerk.post(path)
            #expect(file.status == .ok)
            #expect(file.text == "内容\r\n--Xy 不是边界")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        }
    }

    @Test func tasksArePassedOn() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let head = try await Browser.enter(web.person("head"), web, client)
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let page = try await head.get(web.page(id)).text
            #expect(page.contains("action=\"\(web.page(id))/handling/signer\""))
            #expect(
                try await head.post("\(web.page(id))/handling/signer", [("to", web.word(web.other)), ("reason", "请看")]).status == .seeOther)
            let other = try await Browser.enter(web.person("other"), web, client)
            let asked = try await other.get(web.page(id)).text
            let task = try #require(asked.between("name=\"task\" value=\"", "\""))
            #expect(try await other.post("\(web.page(id))/handling/sign", [("task", task), ("note", "已阅")]).status == .seeOther)
            #expect(try await clerk.get(web.page(id)).text.contains("会签"))
            #expect(try await clerk.post("\(web.page(id))/handling/withdraw", [("reason", "")]).status == .unprocessableContent)
            #expect(try await clerk.post("\(web.page(id))/handling/withdraw", [("reason", "写错了")]).status == .seeOther)
            #expect(try await clerk.get(web.page(id)).text.contains("已撤回"))
        }
    }

    @Test func everyPageSpeaksBothLanguages() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let head = try await Browser.enter(web.person("head"), web, client)
            let switched = try await head.post("/language", [("language", "en"), ("back", web.page(id))])
            #expect(switched.headers[.location] == web.page(id))
            let page = try await head.get(web.page(id)).text
            #expect(page.contains("<html lang=\"en\">") && page.contains("What happened") && page.contains("To approve"))
            #expect(page.contains("<bdi class=\"written\" lang=\"zh-Hans\">关于回访</bdi>"), "Chinese on an English page is marked")
        }
    }
}
