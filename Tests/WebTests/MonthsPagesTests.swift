import HTTPTypes
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// Work that goes on for months, as it is seen on pages: objections, posts that nobody holds, people who leave, clocks that move.
struct MonthsPagesTests {
    private static func task(_ page: String, _ what: String) throws -> String {
        let form = try #require(page.range(of: "handling/\(what)\"").map { String(page[$0.upperBound...]) })
        return try #require(form.between("name=\"task\" value=\"", "\""))
    }

    @Test func anObjectionIsMadeAndAnsweredOnPages() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), address = web.page(id)
            // Somebody to whom the signature can be passed on.
            try await web.office.hire("third")
            let head = try await Browser.logIn("head", client), other = try await Browser.enter(web.other, web, client)
            for expected in [HTTPResponse.Status.seeOther, .unprocessableContent] {
                let asked = try await head.post("\(address)/handling/signer", [("to", web.word(web.other)), ("reason", "请看")])
                #expect(asked.status == expected)
                if expected != .seeOther { #expect(asked.text.contains("此人已在会签中，不必重复邀请")) }
            }
            let page = try await other.get(address).text, task = try Self.task(page, "sign")
            #expect(page.contains("formaction=\"\(address)/handling/object\"") && page.contains("转办"))
            let silent = try await other.post("\(address)/handling/object", [("task", task), ("note", "")])
            #expect(silent.status == .unprocessableContent && silent.text.contains("请写明理由"))
            #expect(try await other.post("\(address)/handling/object", [("task", task), ("note", "金额不符")]).status == .seeOther)
            let refused = try await head.post("\(address)/approve", [("opinion", "同意")])
            #expect(refused.status == .unprocessableContent && refused.text.contains("会签人不同意，须由请其会签的人答复后方可办理"))
            #expect(refused.text.contains("href=\"/charter/test#第一条\""))
            let answering = try Self.task(try await head.get(address).text, "answer")
            #expect(try await head.post("\(address)/handling/answer", [("task", answering), ("note", "已更正金额")]).status == .seeOther)
            #expect(try await head.post("\(address)/approve", [("opinion", "同意")]).status == .seeOther)
        }
    }

    @Test func aProgramObjectsAndAnswers() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), address = "/api/v1/memo/\(web.word(id))/handling"
            let (head, other) = (try await web.token(of: web.head), try await web.token(of: web.other))
            let ask = "{\"to\":\"\(web.word(web.other))\",\"reason\":\"请看\"}"
            #expect(try await client.api(.post, "\(address)/signer", head, ask).json["handled"] == .text("signer"))
            #expect(try await client.api(.post, "\(address)/signer", head, ask).text.contains("此人已在会签中，不必重复邀请"))
            func task(_ token: String) async throws -> String {
                let waiting = try await client.api(.get, "/api/v1/memo/\(web.word(id))", token).json["waiting"].list
                return try #require(
                    waiting.first { $0["mine"] == .flag(true) && $0["title"]["zh"].text?.contains("会签") == true }?["task"].text)
            }
            let note = try await "{\"task\":\"\(task(other))\",\"note\":\"金额不符\"}"
            // A token that acts objects; one that signs is needed to sign.
            let acts = try await web.token(of: web.other, [.read, .act])
            #expect(try await client.api(.post, "\(address)/sign", acts, note).status == .forbidden)
            #expect(try await client.api(.post, "\(address)/answer", acts, note).status == .unprocessableContent)
            #expect(try await client.api(.post, "\(address)/object", acts, note).status == .ok)
            #expect(try await client.api(.post, "\(address)/object", acts, note).status == .notFound, "it is done, and the memo not theirs")
            let answer = try await "{\"task\":\"\(task(head))\",\"note\":\"已更正\"}"
            #expect(try await client.api(.post, "\(address)/answer", head, answer).status == .ok)
            #expect(try await client.api(.post, "/api/v1/memo/\(web.word(id))/approve", head, #"{"opinion":"同意"}"#).status == .ok)
            #expect(try await client.api(.post, "/api/v1/guest/\(web.word(id))/handling/withdraw", head, "{}").status == .notFound)
            #expect(try await client.api(.post, "\(address)/unknown", head, "{}").status == .notFound)
        }
    }

    @Test func aSignatureIsDoneWithoutOnThePage() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), head = try await Browser.logIn("head", client)
            try await web.office.desk.handle(.addSigner(document: id, web.other, note: "请看"), by: Principal(web.head))
            let task = try Self.task(try await head.get("\(web.page(id))").text, "unsigner")
            #expect(try await head.post("\(web.page(id))/handling/unsigner", [("task", task), ("reason", "已电话确认")]).status == .seeOther)
            #expect(try await head.post("\(web.page(id))/approve", [("opinion", "同意")]).status == .seeOther)
        }
    }

    @Test func aReminderIsSentOnceADay() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), clerk = try await Browser.enter(web.clerk, web, client)
            let task = try #require(
                try await clerk.get("\(web.page(id))").text.between("<button class=\"plain\" name=\"task\" value=\"", "\""))
            #expect(try await clerk.post("\(web.page(id))/handling/remind", [("task", task)]).status == .seeOther)
            let again = try await clerk.post("\(web.page(id))/handling/remind", [("task", task)])
            #expect(again.status == .conflict && again.text.contains("此待办今天已催办过，同一待办每天催办一次"))
        }
    }

    @Test func whoLeavesIsAskedAboutAndAVacantPostIsShown() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.administrator, web, client), clerk = try await Browser.enter(web.clerk, web, client)
            #expect(try await !root.get("/admin/persons").text.contains("空缺岗位"))
            #expect(try await !clerk.get("/r/memo/new").text.contains("目前无人任职"))
            _ = try await web.memo()
            let change = [("person", web.word(web.head)), ("zh", "部门负责人"), ("clearance", "1")]
            let asked = try await root.post("/admin/persons/change", change)
            #expect(asked.status == .unprocessableContent)
            #expect(asked.text.contains("此人尚有未交接事项（名下待办：便函 1 件；此后无人担任：市场部 部门负责人）"))
            #expect(asked.text.contains("<input type=\"checkbox\" name=\"settled\" value=\"1\">"))
            #expect(try await root.post("/admin/persons/change", change + [("settled", "1")]).status == .seeOther)
            let persons = try await root.get("/admin/persons").text
            #expect(persons.contains("空缺岗位") && persons.contains("<b>部门负责人</b> 公司"))
            let form = try await clerk.get("/r/memo/new").text
            #expect(form.contains("下一步由部门负责人办理，目前无人任职：登记后要等任命后才能办理。请联系系统管理员（管理员甲）"))
        }
    }

    @Test func aSuccessorIsNamedOnThePage() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), root = try await Browser.enter(web.administrator, web, client)
            let stranger = try await web.office.hire("stranger"),
                second = try await web.office.hire("second head", .head, in: web.office.market)
            let change = [("person", web.word(web.head)), ("zh", "部门负责人"), ("clearance", "1")]
            let asked = try await root.post("/admin/persons/change", change)
            #expect(asked.status == .unprocessableContent)
            let field = try #require(asked.text.between("<select id=\"successor\"", "</select>"))
            #expect(field.contains(web.word(second)) && !field.contains(web.word(stranger)) && !field.contains(web.word(web.head)))
            let wrong = try await root.post("/admin/persons/change", change + [("successor", web.word(stranger))])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("所选人员的岗位不能办理其名下的任何一件待办"))
            #expect(try await root.post("/admin/persons/change", change + [("successor", web.word(second))]).status == .seeOther)
            #expect(try await web.office.desk.todo(of: second).items.map(\.row.id) == [id])
        }
    }

    @Test func theLastOfAPostIsAskedAboutWhereThePostEnds() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.administrator, web, client)
            let holding = try await web.office.desk.organisation().holdings.first { $0.person == web.clerk }
            let end = [("holding", web.word(try #require(holding).id, .holding))]
            let asked = try await root.post("/admin/persons/end", end)
            #expect(asked.status == .unprocessableContent && asked.text.contains("此后无人担任：市场部 文员"))
            #expect(try await root.post("/admin/persons/end", end + [("settled", "1")]).status == .seeOther)
        }
    }

    @Test func aStepOfAProgramSaysWhichVersionItSaw() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), token = try await web.token(of: web.clerk)
            func amend(_ version: String) async throws -> TestResponse {
                try await client.api(
                    .post, "/api/v1/memo/\(web.word(id))/amend?version=\(version)", token, #"{"copies":[{"place":"财务部"}]}"#)
            }
            #expect(try await amend("一").status == .unprocessableContent)
            #expect(try await amend("1").status == .ok)
            let late = try await amend("1")
            #expect(late.status == .conflict && late.text.contains("您填写期间单据已被更改"))
            #expect(try await amend("2").status == .ok)
            let waiting = try await client.api(.get, "/api/v1/memo/\(web.word(id))", token).json["waiting"].list
            #expect(waiting.count == 1 && waiting[0]["who"]["zh"] == .text("head") && waiting[0]["vacant"] == .flag(false))
        }
    }
}
