import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import ScratchFiles
import Tables
import TestOffice
import Testing

@testable import Web
@testable import dianzhang

/// Several people, decimal numbers, periods, and files in lines: their forms, pages, registers, files and programs.
struct FieldKindPageTests {
    private struct Laboratorians: Sendable {
        let web: WebOffice
        let client: any TestClientProtocol
        let analyst: PersonID, first: PersonID, second: PersonID
        let browser: Browser

        /// A form as a browser without a script sends it.
        var form: [(String, String)] {
            [
                ("subject", "样品"), ("readers", web.word(second)), ("readers", web.word(first)), ("price", "1,234.5"),
                ("quarter~year", "2026"),
                ("quarter", "Q3"),
            ]
        }

        func enter(_ more: [(String, String)] = []) async throws -> Int64 {
            let made = try await browser.post("/r/assay/new", form + more)
            #expect(made.status == .seeOther, "\(made.text.between("role=\"alert\"", "</div>") ?? "")")
            return try await web.office.desk.register("assay", RegisterQuery(), by: analyst).rows[0].id
        }
    }

    private static func with(_ colleagues: Int = 0, _ body: @escaping @Sendable (Laboratorians) async throws -> Void) async throws {
        try await WebOffice.with(more: [Laboratory.contents]) { web, client in
            let analyst = try await web.office.hire("analyst", Laboratory.analyst)
            let first = try await web.office.hire("甲方圆"), second = try await web.office.hire("乙方圆")
            for number in 0..<colleagues { try await web.office.hire("同事\(number)") }
            try await body(
                Laboratorians(
                    web: web, client: client, analyst: analyst, first: first, second: second,
                    browser: try await Browser.enter(analyst, web, client)))
        }
    }

    @Test func aFormWithoutScriptTakesThemAndThePageShowsThem() async throws {
        try await Self.with { office in
            let new = try await office.browser.get("/r/assay/new").text
            #expect(new.contains("<legend>阅知人</legend>") && new.contains("name=\"readers\" value=\"\(office.web.word(office.first))\""))
            #expect(new.contains("name=\"quarter~year\"") && new.contains("<option value=\"Q3\">第三季度</option>"))
            #expect(new.contains("inputmode=\"decimal\"") && new.contains("最多 2 位小数"))
            let id = try await office.enter([("warmth", "-0.5"), ("half~year", ""), ("half", ""), ("year", "2026")])
            let values = try await office.web.office.desk.document(id, by: office.analyst).row.values
            #expect(values["readers"] == .list([.whole(office.second.raw), .whole(office.first.raw)]))
            #expect(values["half"] == nil && values["year"] == .text("2026"))
            let page = try await office.browser.get(office.web.page(id)).text
            for shown in ["乙方圆、甲方圆", "1,234.50", "-0.5", "2026年第三季度", "2026年"] { #expect(page.contains(shown), "\(shown)") }
            // What stands is ticked, in its order, and chosen.
            let readers = try #require(page.between("<legend>阅知人</legend>", "</fieldset>"))
            let checked = readers.matches(of: /value="(\w{26})" checked/).map { String($0.output.1) }
            #expect(checked == [office.web.word(office.second), office.web.word(office.first)])
            #expect(page.contains("value=\"2026\" maxlength") && page.contains("<option value=\"Q3\" selected>"))
            _ = try await office.browser.post("/language", [("language", "en"), ("back", office.web.page(id))])
            let english = try await office.browser.get(office.web.page(id)).text
            for shown in ["Q3 2026", "1,234.50", "At most 2 decimal places"] { #expect(english.contains(shown), "\(shown)") }
            #expect(!page.contains(">\(office.first.raw)<"))
        }
    }

    @Test func aZeroThatWasTypedComesBackWithTheForm() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let copy = [("copies.0.place", "档案室"), ("copies.0.count", "0")]
            let wrong = try await clerk.post("/r/memo/new", [("subject", "便函"), ("pages", "0"), ("tone", "warm")] + copy)
            #expect(wrong.status == .unprocessableContent)
            for name in ["pages", "copies.0.count"] {
                #expect(wrong.text.between(" name=\"\(name)\"", ">")?.contains("value=\"0\"") == true, "\(name)")
            }
            #expect(try await clerk.get("/r/memo/new").text.between(" name=\"pages\"", ">")?.contains("value=\"\"") == true)
        }
    }

    @Test func aFormWithAFaultComesBackAsItWasSent() async throws {
        try await Self.with { office in
            let sent = office.form.filter { $0.0 != "price" && $0.0 != "quarter" } + [("price", "12.50元"), ("quarter", "")]
            let wrong = try await office.browser.post("/r/assay/new", sent)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("单价应为数字，不带单位") && wrong.text.contains("季度应为季度，请写成 2026-Q3"))
            #expect(wrong.text.contains("value=\"12.50元\"") && wrong.text.contains("name=\"quarter~year\" aria-invalid=\"true\""))
            let readers = try #require(wrong.text.between("<legend>阅知人</legend>", "</fieldset>"))
            #expect(
                readers.matches(of: /value="(\w{26})" checked/).map { String($0.output.1) }
                    == [office.web.word(office.second), office.web.word(office.first)])
            // The same person from two controls is one.
            let twice = try await office.browser.post("/r/assay/new", office.form + [("readers", office.web.word(office.first))])
            #expect(twice.status == .seeOther)
        }
    }

    @Test func aLongListOfPeopleIsSearched() async throws {
        try await Self.with(FieldOptions.longestList) { office in
            let new = try await office.browser.get("/r/assay/new").text
            let empty = try #require(new.between("<legend>阅知人</legend>", "</fieldset>"))
            #expect(empty.contains("name=\"readers~find\"") && !empty.contains("type=\"checkbox\""))
            for text in ["方圆", "jfy", "甲方圆"] {
                let looked = try await office.browser.post(
                    "/r/assay/new",
                    [("subject", "样品"), ("readers", office.web.word(office.second)), ("readers~find", text), ("look", "readers")])
                let readers = try #require(looked.text.between("<legend>阅知人</legend>", "</fieldset>"))
                #expect(readers.contains("value=\"\(office.web.word(office.second))\" checked"), "who is ticked stays")
                // Whoever is called exactly so is ticked; who only is like it, is offered.
                let mark = text == "甲方圆" ? " checked" : ""
                #expect(readers.contains("value=\"\(office.web.word(office.first))\"\(mark)>"), "\(text)")
                #expect(!readers.contains("同事"))
            }
            // A name that was typed and not looked for is not passed over.
            let forgotten = try await office.browser.post(
                "/r/assay/new", office.form.filter { $0.0 != "readers" } + [("readers~find", "甲")])
            #expect(forgotten.status != .seeOther && forgotten.text.contains("甲方圆"))
        }
    }

    @Test func aRegisterShowsAndFindsThem() async throws {
        try await Self.with { office in
            let id = try await office.enter(), page = office.web.page(id)
            let list = try await office.browser.get("/r/assay").text
            for shown in ["乙方圆、甲方圆", "<span class=\"number\">1,234.50</span>", "2026年第三季度"] { #expect(list.contains(shown), "\(shown)") }
            for (question, isFound) in [
                ("price=1234.50", true), ("price=1%2C234.5", true), ("price=1234.51", false), ("quarter=2026Q3", true),
                ("quarter=\(FormData.encode("2026年三季度"))", true), ("quarter=2026-Q4", false),
                ("readers=\(office.web.word(office.first))", true), ("readers=\(office.web.word(office.analyst))", false),
            ] {
                let answer = try await office.browser.get("/r/assay?\(question)")
                #expect(answer.text.contains(page) == isFound, "\(question)")
            }
            for question in ["price=12.345", "price=viel", "quarter=2026-07", "readers=x"] {
                #expect(try await office.browser.get("/r/assay?\(question)").text.contains("role=\"alert\""), "\(question)")
            }
        }
    }

    @Test func exportsKeepNumbersAsNumbers() async throws {
        try await Self.with { office in
            _ = try await office.enter([("warmth", "-20.5")])
            let csv = try await office.browser.post("/r/assay/export", [("format", "csv")])
            #expect(csv.text.contains("乙方圆、甲方圆,1234.50,-20.5,2026年第三季度"), "\(csv.text)")
            let workbook = try await office.browser.post("/r/assay/export", [("format", "xlsx")])
            let scratch = Scratch(), path = try scratch.file(Array(workbook.body.readableBytesView), "out.xlsx")
            var rows: [[String]] = []
            try TableReader(path: path).forEachRow { rows.append($0.texts) }
            // A text would have kept its last zero.
            #expect(rows[0][4...5] == ["1234.5", "-20.5"] && rows[0][3] == "乙方圆、甲方圆", "\(rows)")
        }
    }

    @Test func programsTakeAndGiveThem() async throws {
        try await Self.with { office in
            let (web, client) = (office.web, office.client), token = try await web.token(of: office.analyst)
            let readers = "\"\(web.word(office.second))\",\"\(web.word(office.first))\""
            func body(_ readers: String, _ price: String, _ quarter: String) -> String {
                "{\"subject\":\"样品\",\"readers\":[\(readers)],\"price\":\(price),\"quarter\":\(quarter),\"items\":[{\"substance\":\"水\",\"amount\":\"0.125\",\"witnesses\":[\(readers)]}]}"
            }
            let made = try await client.api(.post, "/api/v1/assay", token, body(readers, "\"1234.50\"", "\"2026-Q3\""))
            #expect(made.status == .created, "\(made.text)")
            let values = try await client.api(.get, "/api/v1/assay/\(try #require(made.json["id"].text))", token).json["values"]
            #expect(values["readers"] == .list([.text(web.word(office.second)), .text(web.word(office.first))]))
            #expect(values["price"] == .text("1234.5") && values["quarter"] == .text("2026-Q3"))
            #expect(values["items"].list[0]["amount"] == .text("0.125"))
            #expect(values["items"].list[0]["witnesses"] == values["readers"])
            for (wrong, field) in [
                (body(readers, "1234.5", "\"2026-Q3\""), ""), (body(readers, "1234", "\"2026-Q3\""), "price"),
                (body(readers, "\"\"", "\"2026-Q3\""), "price"), (body(readers, "\"1.005\"", "\"2026-Q3\""), "price"),
                (body(readers, "\"1\"", "\"2026-07\""), "quarter"), (body(readers, "\"1\"", "2026"), "quarter"),
                (
                    body("\(readers),\"\(web.word(office.first))\"", "\"1\"", "\"2026-Q3\"").replacing(/,"items".*\]\}\]/, with: ""),
                    "readers"
                ),
                (body("7", "\"1\"", "\"2026-Q3\"").replacing(/,"items".*\]\}\]/, with: ""), "readers.0"),
            ] {
                let answer = try await client.api(.post, "/api/v1/assay", token, wrong)
                #expect(answer.status == (field.isEmpty ? .badRequest : .unprocessableContent), "\(wrong)")
                if !field.isEmpty { #expect(try answer.json["faults"].list.map { $0["field"].text } == [field], "\(answer.text)") }
            }
            #expect(
                try await client.api(.get, "/api/v1/assay?price=1234.50&quarter=2026-Q3&readers=\(web.word(office.first))", token).json[
                    "items"
                ].list.count == 1)
            let schemas = try await client.api(.get, "/api/openapi.json", token).json["components"]["schemas"]
            let input = schemas["assay_enter_input"]["properties"]
            #expect(input["readers"]["uniqueItems"] == .flag(true) && input["readers"]["items"]["pattern"].text != nil)
            #expect(input["price"]["type"] == .text("string") && input["price"]["pattern"].text?.contains("{1,2}") == true)
            #expect(input["quarter"]["pattern"] == .text("^[0-9]{4}-Q[1-4]$"))
            #expect(schemas["assay_values"]["properties"]["readers"]["type"] == .text("array"))
        }
    }

    @Test func filesStandInLines() async throws {
        try await Self.with { office in
            let (web, client, browser) = (office.web, office.client, office.browser)
            let row = [("items.0.substance", "水"), ("items.1.substance", "盐")]
            let wrong = try await browser.postFiles(
                "/r/assay/new", office.form.filter { $0.0 != "price" } + row + [("price", "x")],
                files: [("items.1.papers", "图谱.txt", "峰一"), ("items.2.papers", "仅有文件.txt", "峰二")])
            #expect(wrong.status == .unprocessableContent)
            let word = try #require(wrong.text.between("name=\"items.1.papers~kept\" value=\"", "\""))
            #expect(wrong.text.contains("name=\"items.2.papers~kept\""), "a row may have come with nothing but a file")
            let id = try await office.enter(row + [("items.1.papers~kept", word)])
            let page = try await browser.get(web.page(id)).text
            let path = "/d/" + (try #require(page.between("<form class=\"file\" method=\"post\" action=\"/d/", "\"")))
            #expect(try await browser.post(path).text == "峰一" && page.contains("图谱.txt"))
            let stranger = try await Browser.enter(web.other, web, client)
            #expect(try await stranger.post(path).status == .notFound)
            // It stays when the form is sent again, goes where its tick is taken away, and another can be added to its row.
            let kept = try #require(page.between("name=\"items.1.papers~kept\" value=\"", "\""))
            let standing = [("items.0.substance", "水"), ("items.0.~was", "0"), ("items.1.substance", "盐"), ("items.1.~was", "1")]
            let version = ("version", try #require(page.between("name=\"version\" value=\"", "\"")))
            let amended = try await browser.postFiles(
                "\(web.page(id))/amend", office.form.filter { $0.0 != "subject" } + standing + [("items.1.papers~kept", kept), version],
                files: [("items.0.papers", "第二张.txt", "峰三")])
            #expect(amended.status == .seeOther)
            let items = try await web.office.desk.document(id, by: office.analyst).row.values["items"]?.list ?? []
            #expect(items.map { $0["papers"].list.map { $0["name"].text } } == [["第二张.txt"], ["图谱.txt"]])
            let csv = try await browser.post("/r/assay/export", [("format", "csv")])
            #expect(csv.text.contains("水 第二张.txt；盐 图谱.txt"))
            // Programs hand them in by their words.
            let token = try await web.token(of: office.analyst)
            let sent = try await client.execute(
                uri: "/api/v1/files?name=a.txt", method: .post, headers: [.authorization: "Bearer \(token)"],
                body: ByteBuffer(string: "evidence"))
            let file = try #require(try sent.json["file"].text)
            func body(_ file: String) -> String {
                "{\"subject\":\"样品\",\"readers\":[\"\(web.word(office.first))\"],\"price\":\"1\",\"quarter\":\"2026-Q3\",\"items\":[{\"substance\":\"水\",\"papers\":[\(file)]}]}"
            }
            #expect(try await client.api(.post, "/api/v1/assay", token, body("\"\(file)\"")).status == .created)
            let made = try await client.api(.post, "/api/v1/assay", token, body("{\"digest\":\"x\"}"))
            #expect(try made.json["faults"].list.map { $0["field"].text } == ["items.0.papers"])
        }
    }

    @Test func aTableOfThemIsRead() async throws {
        try await Self.with { office in
            let scratch = Scratch(), desk = office.web.office.desk
            let path = try scratch.file(
                """
                品名,阅知人,单价,温度,季度
                一,甲方圆、analyst,"1,234.50 ",-20.5,2026年3季度
                二,乙方圆;甲方圆,12,,2026Q3
                三,没有此人,12,,2026Q3
                四,甲方圆、甲方圆,12,,2026Q3
                五,甲方圆,12.50元,,2026Q3
                六,甲方圆,12,,Jul-26
                七,甲方圆,1.2E+05,,2026Q3

                """)
            let back = scratch.path("back.csv")
            let rows = RowImport(desk: desk, type: "assay", principal: Principal(office.analyst), language: .zh)
            let done = try await rows.run(path, rejected: back, isDryRun: false)
            #expect(done.taken == 2 && done.rejected == 5)
            let taken = try await desk.register("assay", RegisterQuery(), by: office.analyst).rows.map(\.values)
            #expect(taken.map { $0["price"] } == [.text("12"), .text("1234.5")] && taken[1]["warmth"] == .text("-20.5"))
            #expect(taken[0]["readers"] == .list([.whole(office.second.raw), .whole(office.first.raw)]))
            let reasons = try String(contentsOfFile: back, encoding: .utf8)
            for reason in ["没有这样的人员", "同一人只能选一次", "不带单位", "季度应为季度", "截去了末尾的数字"] { #expect(reasons.contains(reason), "\(reason)") }
        }
    }
}
