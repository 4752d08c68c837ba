import EngineFixture
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Ledger
import Store
import StoreSQLite
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// Administration, set-up, and the pages that everybody has.
struct AdministrationTests {
    @Test func onlyAdministratorsAdminister() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let root = try await Browser.enter(web.person("root"), web, client)
            for page in ["units", "persons", "adoptions", "parameters", "holidays"] {
                #expect(try await clerk.get("/admin/\(page)").status == .forbidden)
                #expect(try await root.get("/admin/\(page)").status == .ok)
            }
            #expect(try await clerk.post("/admin/units/add", [("zh", "新部门")]).status == .forbidden)
            #expect(try await !clerk.get("/").text.contains("/admin/"))
        }
    }

    @Test func aTryToAdministerStandsInTheLedgerOnce() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client), person = web.person("clerk").raw
            func refusals() async throws -> [String?] {
                try await web.office.desk.store.read { session in
                    try session.all("SELECT body FROM entry WHERE person = $1 ORDER BY id", [.int(person)]) { row in
                        try row.withBlob(0) { try Entry($0) }
                    }
                }.filter { $0.kind == .refusal }.map { "\($0.purpose) \($0.told?.zh ?? "")" }
            }
            for _ in 0..<4 { #expect(try await clerk.post("/admin/units/add", [("zh", "新部门")]).status == .forbidden) }
            #expect(try await clerk.post("/admin/persons/add", [("login", "x"), ("zh", "某")]).status == .forbidden)
            #expect(try await clerk.get("/admin/persons").status == .forbidden)
            #expect(try await refusals() == ["units/add 只有系统管理员可以更改组织设置", "persons/add 只有系统管理员可以更改组织设置"])
        }
    }

    @Test func aPersonIsHiredAndAppointed() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let taken = try await root.post("/admin/persons/add", [("login", "clerk"), ("zh", "王五"), ("clearance", "1")])
            #expect(taken.status == .unprocessableContent && taken.text.contains("value=\"王五\""))
            let added = try await root.post("/admin/persons/add", [("login", "wang"), ("zh", "王五"), ("clearance", "2")])
            #expect(added.status == .ok)
            let word = try #require(added.text.between("<p><code>", "</code>"), "the word is shown once")
            let organisation = try await web.office.desk.organisation()
            let wang = try #require(organisation.people.values.first { $0.login == "wang" })
            #expect(wang.clearance == .secret)
            let fields = [("who", web.word(wang.id)), ("unit", web.word(web.office.market)), ("post", "clerk"), ("from", "2026/1/1")]
            #expect(try await root.post("/admin/persons/appoint", fields).status == .seeOther)
            _ = try await web.memo("只有文员能看")
            let browser = try await Browser.setPassword("wang", client, word: word)
            #expect(try await browser.get("/r/memo").text.contains("只有文员能看"))
            let gone = try await root.post("/admin/persons/change", [("person", web.word(wang.id)), ("zh", "王五"), ("clearance", "2")])
            #expect(gone.status == .seeOther)
            #expect(try await browser.get("/r/memo").status == .seeOther, "whoever has left is out at once")
        }
    }

    @Test func theLastAdministratorStays() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let answer = try await root.post(
                "/admin/persons/change", [("person", web.word(web.administrator)), ("zh", "甲"), ("active", "1"), ("clearance", "1")])
            #expect(answer.status == .unprocessableContent && answer.text.contains("最后一位系统管理员"))
        }
    }

    @Test func unitsParametersAndHolidays() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            #expect(try await root.post("/admin/units/add", [("parent", web.word(web.office.company)), ("zh", "法务部")]).status == .seeOther)
            #expect(try await root.get("/admin/units").text.contains("法务部"))
            let wrong = try await root.post(
                "/admin/parameters/set",
                [
                    ("parameter", "test memoDays"), ("unit", web.word(web.office.company)), ("value", "五"), ("from", "2026-01-01"),
                    ("reason", "文"),
                ])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"五\""))
            let set = try await root.post(
                "/admin/parameters/set",
                [
                    ("parameter", "test memoDays"), ("unit", web.word(web.office.company)), ("value", "5"), ("from", "2026-01-01"),
                    ("reason", "总办〔2026〕1号"),
                ])
            #expect(set.status == .seeOther)
            #expect(try await root.get("/admin/parameters").text.contains("<b>5</b>"))
            #expect(try await root.get("/charter/test").text.contains("条文为 3"))
            let table = try await root.post("/admin/holidays/add", [("rows", "date,kind,holiday\r\n2026-02-30,holiday,春节")])
            #expect(table.status == .unprocessableContent && table.text.contains("第2行"))
            #expect(
                try await root.post("/admin/holidays/add", [("rows", "date,kind,holiday\r\n2026-07-07,holiday,司庆")]).status == .seeOther)
            #expect(try await web.office.desk.calendar().holidayName(Day(iso: "2026-07-07")!) == "司庆")
        }
    }

    @Test func whatWouldBeAMistakeIsRefused() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let company = web.word(web.office.company), day = web.office.now.day
            let post = [("who", web.word(web.other)), ("unit", company), ("post", "clerk"), ("from", day.description)]
            #expect(try await root.post("/admin/persons/appoint", post).status == .seeOther)
            let twice = try await root.post("/admin/persons/appoint", post)
            #expect(twice.status == .unprocessableContent && twice.text.contains("已任此岗位"))
            func adopt(_ version: String, _ from: Day, _ reason: String = "") async throws -> (status: HTTPResponse.Status, text: String) {
                let answer = try await root.post(
                    "/admin/adoptions/adopt",
                    [("regulation", "test"), ("unit", company), ("version", version), ("from", from.description), ("reason", reason)])
                return (answer.status, answer.text)
            }
            #expect(try await adopt("1", day).text.contains("已采用此版本"))
            #expect(try await adopt("2", day.adding(days: -3)).text.contains("请写明理由"))
            #expect(try await adopt("2", day.adding(days: -3), "总办〔2026〕9号").status == .seeOther)
        }
    }

    @Test func namesAndReasonsAreOfSomeLength() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.administrator, web, client)
            let (name, reason) = (String(repeating: "长", count: 100), String(repeating: "长", count: 200))
            let day = web.office.now.day.description, unit = web.word(web.office.company)
            let forms: [(path: String, fields: [(String, String)], field: String, longest: String)] = [
                ("units/add", [("parent", unit), ("zh", "部")], "zh", name), ("units/add", [("parent", unit), ("zh", "部")], "en", name),
                ("units/rename", [("unit", unit), ("zh", "公司")], "en", name), ("persons/add", [("login", "a"), ("zh", "甲")], "login", name),
                ("persons/add", [("login", "b"), ("zh", "甲")], "zh", name),
                ("persons/change", [("person", web.word(web.other)), ("zh", "甲"), ("active", "1"), ("clearance", "1")], "en", name),
                ("persons/reset", [("person", web.word(web.other))], "reason", reason),
                ("adoptions/adopt", [("regulation", "test"), ("unit", unit), ("version", "2"), ("from", day)], "reason", reason),
                ("parameters/set", [("parameter", "test memoDays"), ("unit", unit), ("value", "5"), ("from", day)], "reason", reason),
            ]
            try await web.office.desk.administer(
                .addPerson(login: "root2", zh: "管理员乙", en: "Admin B", clearance: .internal, administrator: true), by: .system)
            for form in forms {
                let fields = form.fields.filter { $0.0 != form.field }
                let long = try await root.post("/admin/\(form.path)", fields + [(form.field, form.longest + "长")])
                #expect(long.status == .unprocessableContent && long.text.contains("最多 \(form.longest.count) 个字符"), "\(form.path)")
                let good = try await root.post("/admin/\(form.path)", fields + [(form.field, form.longest)])
                #expect(good.status == .seeOther || good.status == .ok, "\(form.path) \(form.field)")
            }
        }
    }

    @Test func theFirstStartIsSetUpOnce() async throws {
        try await TestEngine.sqlite.withStore { store in
            let desk = try await Desk.open(
                store: store, catalogue: Catalogue([TestRegulation.contents]), master: .fleeting(), clock: Clock { TestOffice.start })
            let configuration = WebConfiguration(host: "0.0.0.0", port: 0, wallClock: Clock { TestOffice.start }, setupCode: "ABCD2345EFGH")
            try await WebServer(desk: desk, configuration: configuration).application().test(.router) { client in
                #expect(try await client.execute(uri: "/login", method: .get).headers[.location] == "/setup")
                let body =
                    "unit=\(FormData.encode("安和人寿"))&name=\(FormData.encode("周敏"))&login=zhou&password=\(FormData.encode(WebOffice.password))&regulation=test"
                #expect(try await client.post("/setup", "code=WRONG&" + body).status == .unprocessableContent)
                let long = "&unitEn=" + String(repeating: "x", count: 101)
                #expect(try await client.post("/setup", "code=ABCD2345EFGH&" + body + long).text.contains("最多 100 个字符，现有 101 个"))
                let made = try await client.post("/setup", "code=ABCD2345EFGH&" + body)
                #expect(made.status == .seeOther && made.headers[.setCookie] != nil)
                #expect(try await client.execute(uri: "/setup", method: .get).status == .notFound)
                #expect(try await client.post("/setup", "code=ABCD2345EFGH&" + body).status == .notFound)
                let zhou = try await Browser.logIn("zhou", client)
                #expect(try await zhou.get("/admin/adoptions").text.contains("测试制度"))
            }
        }
    }

    @Test func delegationIsGivenAndEnded() async throws {
        try await WebOffice.with { web, client in
            let head = try await Browser.enter(web.person("head"), web, client)
            let wrong = try await head.post(
                "/delegations", [("to", web.word(web.other)), ("from", "2026-01-15"), ("until", "soon"), ("reason", "休假")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"soon\""))
            let empty = try await head.post("/delegations", [("to", ""), ("from", ""), ("until", "昨天"), ("reason", " ")])
            for told in ["请选择代理人", "请填写开始日期", "截止日期须为今天或以后", "请填写事由"] { #expect(empty.text.contains(told)) }
            #expect(
                try await head.post(
                    "/delegations", [("to", web.word(web.other)), ("from", "今天"), ("until", "三个工作日后"), ("reason", "休假")]
                ).status == .seeOther)
            let id = try await web.memo()
            let other = try await Browser.enter(web.person("other"), web, client)
            let page = try await other.get(web.page(id)).text
            let behalf = try #require(page.between("name=\"behalf\" value=\"", "\""))
            #expect(behalf == web.word(web.head))
            #expect(try await other.post("\(web.page(id))/approve", [("opinion", "同意"), ("behalf", behalf)]).status == .seeOther)
            let delegation = try #require(try await head.get("/delegations").text.between("name=\"delegation\" value=\"", "\""))
            #expect(try await head.post("/delegations/end", [("delegation", delegation)]).status == .seeOther)
        }
    }

    @Test func theCharterShowsLawBesideDeed() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            try await web.office.desk.take(Memo.approve, on: id, input: ["opinion": .text("同意")], by: Principal(web.head))
            try await web.office.desk.runJobs()
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let charter = try await clerk.get("/charter/test").text
            #expect(charter.contains("id=\"第一条\"") && charter.contains("便函·审核通过") && charter.contains("便函须经审核。"))
            #expect(charter.contains("说明性条文"))
            let root = try await Browser.enter(web.person("root"), web, client)
            let ledger = try await root.post("/ledger/verify").text
            #expect(ledger.contains("校验通过"))
            let note = try #require(try await root.get("/ledger").text.between("tabindex=\"0\">", "</pre>"))
            let same = try await root.post("/ledger/verify", [("note", note.replacingOccurrences(of: "\n", with: "\r\n"))])
            #expect(same.text.contains("校验通过"), "a note kept elsewhere, as a browser sends it")
            let signature = try #require(note.firstRange(of: "— "))
            let forged = note[..<signature.lowerBound] + "— dianzhang AAAAAAAAAAAA"
            #expect(try await !root.post("/ledger/verify", [("note", String(forged))]).text.contains("校验通过"))
            let entry = try #require(try await clerk.get(web.page(id)).text.between("href=\"/ledger/", "\""))
            #expect(try await clerk.get("/ledger/\(entry)").status == .ok)
            #expect(try await Browser.enter(web.person("other"), web, client).get("/ledger/\(entry)").status == .notFound)
        }
    }

    @Test func anExtraPageTakesAFileOfAnySize() async throws {
        let page = RegulationPage(
            path: "/upload", regulation: "test", title: Words("导入", "Import"),
            show: { request in
                .page("<h1>导入</h1><form method=\"post\">\(request.csrf)</form>")
            },
            take: { _, form in
                guard let file = form.files("file").first, case .temporary(let kept) = file.content else {
                    return .page("none", isFault: true)
                }
                return .page("<p>\(file.name) \(file.size) \(kept.size)</p>")
            })
        try await WebOffice.with(extraPages: [page]) { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            #expect(try await clerk.get("/").text.contains("href=\"/upload\""))
            let answer = try await clerk.postFiles(
                "/upload", [], files: [("file", "大.csv", String(repeating: "0123456789", count: 500_000))])
            #expect(answer.text.contains("大.csv 5000000 5000000"))
        }
    }
}
