import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// Registers: pages by key, filters, files.
struct RegisterTests {
    @Test(arguments: ["/r/memo", "/mine"]) func pagesByKeyShowEveryDocumentOnce(list: String) async throws {
        try await WebOffice.with { web, client in
            for index in 0..<120 { try await web.memo("函件\(index)件") }
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            var address: String? = list
            var found: [Substring] = []
            var pages = 0
            while let here = address {
                let page = try await clerk.get(here).text
                pages += 1
                found += page.matches(of: /函件(\d+)件/).map(\.output.1)
                #expect(page.contains("共 120 件") == (pages == 1), "counted once, and all of them")
                address = page.between("<a href=\"\(list)?after=", "\"").map { "\(list)?after=\($0)" }
            }
            #expect(pages == 3)
            #expect(found.count == 120)
            #expect(Set(found).count == 120)
        }
    }

    /// Whoever decided something looks for it later, and holds it no more.
    @Test(arguments: TestEngine.all) func whatSomebodyActedOnStandsAmongTheOwn(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let approved = try await web.memo("已审函件")
            try await web.memo("待审函件")
            try await web.office.desk.take(Memo.approve, on: approved, input: ["opinion": .text("可")], by: Principal(web.head))
            let head = try await Browser.enter(web.person("head"), web, client).get("/mine").text
            #expect(head.contains("已审函件") && !head.contains("待审函件") && head.contains("共 1 件"))
            let clerk = try await Browser.enter(web.person("clerk"), web, client).get("/mine").text
            #expect(clerk.contains("已审函件") && clerk.contains("待审函件") && clerk.contains("共 2 件"))
            let other = try await Browser.enter(web.person("other"), web, client).get("/mine").text
            #expect(other.contains("您还没有发起或办理过单据"))
        }
    }

    /// Who has no number yet is not "Guest" fifty times over; and a name is masked wherever it stands.
    @Test(arguments: ["/r/guest", "/mine", "/search?q=ld"]) func whoHasNoNumberIsCalledByName(list: String) async throws {
        try await WebOffice.with { web, client in
            for name in ["林道静", "余永泽"] {
                try await web.office.desk.take(Guest.enter, input: ["name": .text(name)], by: Principal(web.clerk))
            }
            let page = try await Browser.enter(web.person("clerk"), web, client).get(list).text
            #expect(page.contains(/href="\/d\/\w{26}"><bdi class="written">林\*静<\/bdi><\/a>/))
            #expect(!page.contains("林道静"))
            #expect(page.contains("余*泽") == !list.hasPrefix("/search"))
        }
    }

    /// Browsers keep the titles of pages.
    @Test func aRevealedNameStandsOnThePageAndNotInItsTitle() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.office.desk.take(Guest.enter, input: ["name": .text("林道静")], by: Principal(web.clerk)).id
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let page = try await clerk.post("\(web.page(id))/reveal", [("purpose", "来访登记核对")]).text
            #expect(page.contains("林道静"))
            let title = try #require(page.between("<title>", "</title>"))
            #expect(title.contains("林*静") && !title.contains("林道静"))
        }
    }

    @Test func searchTellsHowManyThereAre() async throws {
        try await WebOffice.with { web, client in
            for index in 0..<60 { try await web.memo("函件\(index)件") }
            let page = try await Browser.enter(web.person("clerk"), web, client).get("/search?q=\(FormData.encode("函件"))").text
            #expect(page.contains("共 60 件") && page.contains("只列出最近的 50 件"))
        }
    }

    /// Of another house nobody is found, and it is not told whether there is one of that name.
    @Test func inALargeOrganisationAPersonIsTypedByName() async throws {
        try await WebOffice.with { web, client in
            let desk = web.office.desk
            let elsewhere = UnitID(try await desk.administer(.addUnit(parent: nil, zh: "别家公司", en: "Elsewhere"), by: .system))
            var far: [PersonID] = []
            for number in 0..<200 { far.append(try await web.office.hire("far\(number)", in: elsewhere)) }
            try await web.memo("关于移交")
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            func answer(_ typed: String) async throws -> String { try await clerk.get("/r/memo?person=\(FormData.encode(typed))").text }
            let whole = try await clerk.get("/r/memo").text
            #expect(whole.contains("<input name=\"person\"") && !whole.contains("<select name=\"person\""))
            for known in ["head", "clerk"] {
                let page = try await answer(known)
                #expect(page.contains("value=\"\(known)\"") && !page.contains("没有“\(known)”这个人"))
            }
            for unknown in ["far1", "nobody"] {
                #expect(try await answer(unknown).contains("没有“\(unknown)”这个人，或不止一人同名：请核对姓名，或改用登录名"))
            }
            #expect(try await !answer(web.server.edge.ids.word(far[1])).contains("far1"))
            #expect(try await answer(web.server.edge.ids.word(web.head)).contains("value=\"head\""))
        }
    }

    @Test func filtersAndTheirFaults() async throws {
        try await WebOffice.with { web, client in
            let first = try await web.memo("关于移交", ["tone": .text("plain"), "phone": .text("13800134417")])
            let second = try await web.memo("关于回访")
            try await web.office.desk.take(Memo.approve, on: first, input: ["opinion": .text("同意")], by: Principal(web.head))
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            func shows(_ query: String) async throws -> [Bool] {
                let page = try await clerk.get("/r/memo?\(query)").text
                return [page.contains("\(web.page(first))\""), page.contains("\(web.page(second))\"")]
            }
            #expect(try await shows("") == [true, true])
            #expect(try await shows("state=open") == [false, true])
            #expect(try await shows("state=approved") == [true, false])
            #expect(try await shows("tone=plain") == [true, false])
            #expect(try await shows("q=\(FormData.encode("回访"))") == [false, true])
            #expect(try await shows("from=2026-01-16") == [false, false])
            #expect(try await shows("from=2026/1/15&to=20260115") == [true, true])
            #expect(try await clerk.get("/r/memo?from=someday").text.contains("不是日期"))
            let sealed = try await clerk.post("/r/memo/find", [("field", "phone"), ("value", "138 0013 4417")]).text
            #expect(sealed.contains("\(web.page(first))\"") && !sealed.contains("\(web.page(second))\""))
        }
    }

    @Test func anEmptyRegisterSaysWhatToDo() async throws {
        try await WebOffice.with { web, client in
            #expect(try await Browser.enter(web.person("clerk"), web, client).get("/r/memo").text.contains("点右上角“新建”发起第一件"))
            let head = try await Browser.enter(web.person("head"), web, client).get("/r/memo").text
            #expect(head.contains("没有您可以查看的单据") && head.contains("本登记簿由文员查看"))
            #expect(!head.contains("还没有单据") && !head.contains("/r/memo/new"))
        }
    }

    @Test func exportsAsCSVAndWorkbook() async throws {
        try await WebOffice.with { web, client in
            for index in 0..<3 { try await web.memo("=1+\(index)", ["phone": .text("13800134417")]) }
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let csv = try await clerk.post("/r/memo/export", [("format", "csv")])
            #expect(csv.status == .ok)
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(csv.text.hasPrefix("\u{FEFF}"))
            #expect(csv.text.split(whereSeparator: \.isNewline).count == 4)
            #expect(csv.text.contains("138****4417") && !csv.text.contains("13800134417"))
            #expect(!csv.text.contains(",=1+"), "what could be taken for a formula is guarded")
            let workbook = try await clerk.post("/r/memo/export", [("format", "xlsx")])
            #expect(workbook.status == .ok)
            #expect(Array(workbook.body.readableBytesView.prefix(2)) == Array("PK".utf8))
        }
    }
}
