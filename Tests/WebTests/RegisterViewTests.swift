import EngineFixture
import HTTPTypes
import HummingbirdTesting
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// How a register is looked at: states as tabs, in the order of a column, as a chart; and days as people write them.
struct RegisterViewTests {
    @Test(arguments: TestEngine.all) func statesAreTabsWithTheirCounts(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for index in 0..<3 { try await web.memo("函件\(index)件") }
            let refused = try await web.memo("函件退件")
            try await web.office.desk.take(Memo.refuse, on: refused, by: Principal(web.head))
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let page = try await clerk.get("/r/memo").text
            #expect(page.contains(/<a href="\/r\/memo[^"]*" aria-current="true">全部 <span class="quiet">4<\/span>/))
            #expect(page.contains(/<a href="\/r\/memo\?state=drafted[^"]*">待审核 <span class="quiet">3<\/span>/))
            #expect(page.contains(/<a href="\/r\/memo\?state=refused[^"]*">未通过 <span class="quiet">1<\/span>/))
            #expect(!page.contains(">已通过 <span"), "nothing is in that state")
            let one = try await clerk.get("/r/memo?state=refused").text
            #expect(one.contains("函件退件") && !one.contains("函件0件") && one.contains(/待审核 <span class="quiet">3</))
            // Whoever may not read them is not told how many there are.
            let other = try await Browser.enter(web.person("other"), web, client).get("/r/memo").text
            #expect(!other.contains("class=\"quiet\">3<") && !other.contains("class=\"quiet\">4<"))
        }
    }

    @Test(arguments: TestEngine.all) func aSmallRegisterIsSortedByAnyColumn(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for (subject, pages) in [("甲函", "9"), ("乙函", "30"), ("丙函", "4")] { try await web.memo(subject, ["pages": .text(pages)]) }
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            func order(_ address: String) async throws -> [String] {
                try await clerk.get(address).text.matches(of: /([甲乙丙]函)<\/bdi>/).map { String($0.output.1) }.reduce(into: []) {
                    if $0.last != $1 { $0.append($1) }
                }
            }
            #expect(try await order("/r/memo?sort=pages") == ["丙函", "甲函", "乙函"])
            #expect(try await order("/r/memo?sort=-pages") == ["乙函", "甲函", "丙函"])
            let page = try await clerk.get("/r/memo?sort=pages").text
            #expect(page.contains("aria-sort=\"ascending\"><a href=\"/r/memo?sort=-pages\""))
            #expect(try await clerk.get("/r/memo?sort=nothing").text.contains("没有“nothing”这个值"))
        }
    }

    @Test(arguments: TestEngine.all) func aViewIsKeptForOneselfOrForAPost(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            try await web.memo()
            let colleague = try await web.office.hire("colleague", TestRegulation.clerk)
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            #expect(try await clerk.post("/r/memo/views", [("name", "我的待审"), ("state", "drafted"), ("post", "")]).status == .seeOther)
            #expect(
                try await clerk.post("/r/memo/views", [("name", "大家的待审"), ("state", "drafted"), ("post", "clerk")]).status == .seeOther)
            let mine = try await clerk.get("/r/memo").text
            #expect(mine.contains("我的待审") && mine.contains("大家的待审") && mine.contains("href=\"/r/memo?state=drafted\""))
            let theirs = try await Browser.enter(colleague, web, client).get("/r/memo").text
            #expect(!theirs.contains("我的待审") && theirs.contains("大家的待审"))
            let other = try await Browser.enter(web.person("head"), web, client)
            #expect(!(try await other.get("/r/memo").text.contains("大家的待审")))
            // For a post that one does not hold nothing is kept, and nobody takes away another's.
            #expect(try await other.post("/r/memo/views", [("name", "冒名"), ("state", "drafted"), ("post", "clerk")]).status == .notFound)
            #expect(try await clerk.post("/r/memo/views", [("name", " "), ("state", "drafted")]).status == .unprocessableContent)
            let word = try #require(mine.between("name=\"view\" value=\"", "\""))
            _ = try await other.post("/r/memo/views/remove", [("view", word)])
            #expect(try await clerk.get("/r/memo").text.contains("我的待审"))
            _ = try await clerk.post("/r/memo/views/remove", [("view", word)])
            #expect(!(try await clerk.get("/r/memo").text.contains("我的待审")))
        }
    }

    /// Another house has heads and clerks as well; and what somebody keeps for a post is kept while he holds it.
    @Test(arguments: TestEngine.all) func aViewForAPostStaysInItsHouse(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let desk = web.office.desk, day = web.office.now.day
            let colleague = try await web.office.hire("colleague", TestRegulation.clerk)
            let house = UnitID(try await desk.administer(.addUnit(parent: nil, zh: "别家公司", en: "Another house"), by: .system))
            try await desk.administer(
                .adopt(regulation: TestRegulation.regulation.id, version: 1, unit: house, from: day.adding(days: -30)), by: .system)
            let stranger = try await web.office.hire("stranger", TestRegulation.clerk, in: house)
            try await desk.saveView("张三的投诉", "?state=drafted", of: "memo", post: "clerk", by: web.clerk)
            #expect(try await desk.savedViews(of: "memo", for: colleague).map(\.name) == ["张三的投诉"])
            #expect(try await desk.savedViews(of: "memo", for: stranger).isEmpty)
            let held = try #require(try await desk.organisation().holdings.first { $0.person == web.clerk })
            try await desk.administer(.endHolding(held.id, on: day, settled: true), by: .system)
            web.office.move(to: web.office.now.adding(days: 1))
            #expect(try await desk.savedViews(of: "memo", for: colleague).isEmpty)
        }
    }

    /// Neither opens a row that somebody wrote into the database a private view to others, nor keeps it the register from its readers.
    @Test(arguments: TestEngine.all) func aViewThatSomebodyElseWroteIsNone(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let desk = web.office.desk, colleague = try await web.office.hire("colleague", TestRegulation.clerk)
            for name in ["甲视图", "乙视图"] {
                try await desk.saveView(name, "?state=drafted", of: "memo", post: nil, by: web.clerk)
            }
            let view = try #require(try await desk.savedViews(of: "memo", for: web.clerk).first { $0.name == "甲视图" }).id
            try await desk.store.write { session in
                try session.execute("UPDATE saved_view SET body = $1 WHERE id <> $2", [.text("{\"name\":\"冒充\"}"), .int(view)])
                try session.execute("UPDATE saved_view SET post = 'clerk'")
            }
            #expect(try await desk.savedViews(of: "memo", for: colleague).isEmpty)
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let page = try await clerk.get("/r/memo")
            #expect(page.status == .ok && !page.text.contains("冒充"))
        }
    }

    @Test func theColumnsAreChosen() async throws {
        try await WebOffice.with { web, client in
            try await web.memo("关于栏目", ["body": .text("正文若干")])
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let page = try await clerk.get("/r/memo?column=tone").text
            #expect(page.contains("<td data-label=\"语气\"") && !page.contains("<td data-label=\"页数\""))
            // The choice goes with the tabs and with what is kept.
            #expect(page.contains("state=drafted&amp;column=tone"))
            // One that is ticked and not there is no fault.
            #expect(page.contains("本页均为空的栏不显示"))
            let usual = try await clerk.get("/r/memo").text
            #expect(usual.contains("<td data-label=\"页数\"") && !usual.contains("<td data-label=\"语气\""))
        }
    }

    @Test func whatIsFilteredIsDrawnWithItsTable() async throws {
        try await WebOffice.with { web, client in
            for index in 0..<2 { try await web.memo("函件\(index)件") }
            let page = try await Browser.enter(web.person("clerk"), web, client).get("/r/memo?view=chart").text
            #expect(page.contains("<svg class=\"chart\"") && page.contains("<td>待审核</td><td class=\"n\">2</td>"))
            #expect(page.contains("<td>2026-01</td><td class=\"n\">2</td>"))
        }
    }

    @Test(arguments: [("明天", "2026-01-16"), ("下周三", "2026-01-21"), ("1月20日", "2026-01-20"), ("三个工作日后", "2026-01-20")])
    func aDayIsTakenAsPeopleWriteIt(typed: String, day: String) async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let sent = try await clerk.post("/r/memo/new", [("subject", "关于日期"), ("pages", "2"), ("tone", "warm"), ("day", typed)])
            #expect(sent.status == .seeOther)
            let row = try #require(try await web.office.desk.register("memo", RegisterQuery(), by: web.clerk).rows.first)
            #expect(row.values["day"] == .text(day))
            let said = try await clerk.get("/day?text=\(FormData.encode(typed))").text
            #expect(said.contains("工作日") && said.contains("星期"))
        }
    }

    @Test func whatIsNoDayComesBackAsItWasTyped() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let sent = try await clerk.post("/r/memo/new", [("subject", "关于日期"), ("pages", "2"), ("tone", "warm"), ("day", "改天再说")])
            #expect(sent.status == .unprocessableContent && sent.text.contains("value=\"改天再说\"") && sent.text.contains("日期不是日期"))
        }
    }

    /// Whoever reloads after a form comes to the document, and of one that he may not see to nothing.
    @Test func theAddressOfAFormLeadsToItsDocument() async throws {
        try await WebOffice.with { web, client in
            let memo = try await web.memo()
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let answer = try await clerk.get("\(web.page(memo))/approve")
            #expect(answer.status == .seeOther && answer.headers[.location] == web.page(memo))
            #expect(try await clerk.get("\(web.page(memo))/nothing").status == .notFound)
            let other = try await Browser.enter(web.person("other"), web, client)
            #expect(try await other.get("\(web.page(memo))/approve").status == .notFound)
        }
    }

    @Test func thePaletteFindsPagesFormsAndDocuments() async throws {
        try await WebOffice.with { web, client in
            let memo = try await web.memo("关于回访安排")
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            #expect(try await clerk.get("/palette?q=\(FormData.encode("便函"))").text.contains("/r/memo/new"))
            let found = try await clerk.get("/palette?q=\(FormData.encode("回访"))").text
            #expect(found.hasPrefix("<div><a role=\"option\"") && found.contains(web.page(memo)))
            let other = try await Browser.enter(web.person("other"), web, client)
            let theirs = try await other.get("/palette?q=\(FormData.encode("回访"))").text
            #expect(!theirs.contains(web.page(memo)))
            // Without a script the page of the search shows the same places.
            #expect(try await clerk.get("/search").text.contains("/r/memo/new"))
        }
    }

    @Test(arguments: TestEngine.all) func whoHasOneCharacterForASurnameIsFoundByIt(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for name in ["林道静", "余永泽"] {
                try await web.office.desk.take(Guest.enter, input: ["name": .text(name)], by: Principal(web.clerk))
            }
            let page = try await Browser.enter(web.person("clerk"), web, client).get("/search?q=\(FormData.encode("林"))").text
            #expect(page.contains("林*静") && !page.contains("余*泽"))
        }
    }

    /// What does not stand among the first kinds is folded and counted, and the one that is chosen is in sight.
    @Test(arguments: TestEngine.all) func noKindOfTaskIsLeftOut(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for index in 10..<25 {
                let memo = try await web.memo("函件\(index)件")
                try await web.office.desk.store.write { session in
                    try session.execute("UPDATE task SET step = $2 WHERE document = $1", [.int(memo), .text("?kind\(index)")])
                }
            }
            let head = try await Browser.enter(web.person("head"), web, client)
            func parts(_ address: String) async throws -> (shown: String, folded: String) {
                let page = try await head.get(address).text
                let shown = try #require(page.between("<div class=\"chips\">", "<details>"))
                return (shown, try #require(page.between("</summary><div class=\"row\">", "</details>")))
            }
            let whole = try await parts("/")
            #expect(try await head.get("/").text.contains("<summary>更多（3）</summary>"))
            #expect((10..<25).allSatisfy { (whole.shown + whole.folded).contains("kind\($0)（") })
            let far = try #require((10..<25).first { whole.folded.contains("kind\($0)（") })
            let chosen = try await parts("/?type=memo&task=\(FormData.encode("?kind\(far)"))")
            #expect(chosen.shown.contains("kind\(far)（") && !chosen.folded.contains("kind\(far)（"))
        }
    }

    @Test(arguments: TestEngine.all) func theOverviewLeadsToTheListsBehindItsFigures(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for index in 0..<3 { try await web.memo("函件\(index)件") }
            let page = try await Browser.enter(web.person("clerk"), web, client).get("/overview").text
            #expect(page.contains("<a href=\"/r/memo?state=unfinished\">3</a>"))
            #expect(page.contains("<a href=\"/r/memo?from=2026-01-01\">3</a>"))
            let other = try await Browser.enter(web.person("other"), web, client).get("/overview").text
            #expect(!other.contains("/r/memo?state=unfinished") && other.contains("暂无可以汇总的登记簿"))
        }
    }

    @Test(arguments: TestEngine.all) func aCalendarFeedIsOpenByItsAddressAloneAndEnds(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            try await web.memo()
            let head = try await Browser.enter(web.person("head"), web, client)
            #expect(!(try await head.get("/reach").text.contains("/calendar/")))
            _ = try await head.post("/reach/calendar", [("on", "1")])
            func address() async throws -> String {
                let page = try await head.get("/reach").text
                return "/calendar/" + (try #require(page.between("/calendar/", "</code>")))
            }
            let first = try await address()
            let feed = try await client.execute(uri: first, method: .get)
            #expect(feed.status == .ok && feed.text.hasPrefix("BEGIN:VCALENDAR\r\n") && feed.text.hasSuffix("END:VCALENDAR\r\n"))
            #expect(!feed.text.contains("关于回访"), "no words of the document")
            // Another's, or a guessed one, is nothing.
            let guessed = String(first.dropLast(5)) + (first.hasSuffix("0.ics") ? "1.ics" : "0.ics")
            #expect(try await client.execute(uri: guessed, method: .get).status == .notFound)
            _ = try await head.post("/reach/calendar", [("on", "1")])
            #expect(try await client.execute(uri: first, method: .get).status == .notFound)
            let second = try await address()
            #expect(try await client.execute(uri: second, method: .get).status == .ok)
            _ = try await head.post("/reach/calendar", [("on", "0")])
            #expect(try await client.execute(uri: second, method: .get).status == .notFound)
        }
    }
}
