import EngineFixture
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// Where there are many to choose from, a name is typed; whoever may not be named is answered like a name that nobody has.
struct TypeAheadTests {
    /// More people of the house than stand in a list, two of one name, and somebody in the other house.
    private static func crowd(_ office: LeadOffice) async throws -> [String: PersonID] {
        let desk = office.web.office.desk, day = office.web.office.now.day
        let far = try #require(try await desk.organisation().units.values.first { $0.words.zh == "分公司" }).id
        var people: [String: PersonID] = [:]
        func hire(_ login: String, _ name: String, _ unit: UnitID) async throws {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(login: login, zh: name, en: login, clearance: .internal, administrator: false), by: .system))
            try await desk.administer(.appoint(id, unit, post: Post.staff.id, from: day.adding(days: -10), to: nil), by: .system)
            people[login] = id
        }
        for (number, name) in ["沈青", "姚远", "魏明", "章华", "金辉", "秦岭", "许诺", "何勇", "吕梁", "施工", "孔方", "曹操", "严肃"].enumerated() {
            try await hire("many\(number)", name, office.web.office.market)
        }
        try await hire("wang1", "王伟", office.web.office.market)
        try await hire("wang2", "王伟", office.web.office.service)
        try await hire("twin1", "李娜", office.web.office.market)
        try await hire("twin2", "李娜", office.web.office.market)
        try await hire("hidden", "欧阳隐", far)
        return people
    }

    private static let good = [("subject", "试名"), ("phone", "13800134499")]

    private static func keeper(of answer: TestResponse, _ office: LeadOffice) async throws -> PersonID? {
        let word = String(try #require(answer.headers[.location]).dropFirst("/d/".count).prefix { $0 != "?" && $0 != "#" })
        let id = office.web.server.edge.ids.id(word, .document)
        return try await office.web.office.desk.document(id, by: office.visitor("reader").id).row.values["keeper"]?.whole.map {
            PersonID($0)
        }
    }

    @Test(arguments: TestEngine.all) func aPersonIsTypedByName(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            let people = try await Self.crowd(office), browser = office.visitor("creator").browser
            let page = try await browser.get("/r/lead/new").text
            #expect(page.contains("<input id=\"keeper\" name=\"keeper\"") && !page.contains("<select id=\"keeper\""))
            #expect(page.contains("<option value=\"沈青（市场部）\"></option>") && !page.contains("欧阳隐"))
            #expect(page.contains("<option value=\"李娜（市场部）〔twin1〕\">") && page.contains("<option value=\"李娜（市场部）〔twin2〕\">"))
            for (typed, login) in [
                ("沈青", "many0"), (" 沈 青 ", "many0"), ("沈青（市场部）", "many0"), ("沈青(市场部)", "many0"), ("many0", "many0"),
                ("王伟（客户服务部）", "wang2"), ("李娜（市场部）〔twin2〕", "twin2"), ("twin1", "twin1"),
                (office.web.word(people["many3"]!), "many3"),
            ] {
                let made = try await browser.post("/r/lead/new", Self.good + [("keeper", typed)])
                #expect(made.status == .seeOther, "\(typed): \(made.text.between("role=\"alert\"", "</div>") ?? "")")
                #expect(try await Self.keeper(of: made, office) == people[login], "\(typed)")
            }
            // Left empty where it is optional.
            let none = try await browser.post("/r/lead/new", Self.good + [("keeper", "")])
            #expect(none.status == .seeOther)
        }
    }

    @Test func aNameOfSeveralIsChosenFromThem() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let people = try await Self.crowd(office), browser = office.visitor("creator").browser
            let several = try await browser.post("/r/lead/new", Self.good + [("keeper", "王伟")])
            #expect(several.status == .unprocessableContent)
            #expect(several.text.contains("“王伟”不止一个：王伟（客户服务部）、王伟（市场部），请从下面的列表中选择"))
            let list = try #require(several.text.between("<select name=\"keeper\"", "</select>"))
            for login in ["wang1", "wang2"] { #expect(list.contains(office.web.word(people[login]!))) }
            #expect(list.matches(of: /<option value="[^"]+"/).count == 2 && several.text.contains("value=\"试名\""))
            // As the page sends it, without the script: what was typed, and what was chosen below it.
            let chosen = try await browser.post(
                "/r/lead/new", Self.good + [("keeper", "王伟"), ("keeper", office.web.word(people["wang1"]!))])
            #expect(chosen.status == .seeOther)
            #expect(try await Self.keeper(of: chosen, office) == people["wang1"])
            let retyped = try await browser.post("/r/lead/new", Self.good + [("keeper", "姚远"), ("keeper", "")])
            #expect(try await Self.keeper(of: retyped, office) == people["many1"])
            // A part of a name is no name: nothing is taken that was not meant.
            let part = try await browser.post("/r/lead/new", Self.good + [("keeper", "沈")])
            #expect(part.status == .unprocessableContent)
            #expect(part.text.contains("没有叫“沈”的；相近的有沈青（市场部），请从下面的列表中选择或写全"))
        }
    }

    @Test func whomOneMayNotKnowOfIsAnsweredLikeNobody() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let people = try await Self.crowd(office), browser = office.visitor("creator").browser
            func answer(_ name: String) async throws -> String {
                let refused = try await browser.post("/r/lead/new", Self.good + [("keeper", name)])
                #expect(refused.status == .unprocessableContent)
                let note = try #require(refused.text.between("role=\"alert\"", "</div>"))
                #expect(!refused.text.contains("<select name=\"keeper\"") && note.contains("没有找到“\(name)”：查无此项，或者不能由您选用"))
                return note.replacing(name, with: "…")
            }
            let unknown = try await answer("司马无")
            for hidden in ["欧阳隐", "欧阳", "欧阳隐（分公司）", "hidden"] { #expect(try await answer(hidden) == unknown) }
            // The word itself opens nothing.
            let word = try await browser.post("/r/lead/new", Self.good + [("keeper", office.web.word(people["hidden"]!))])
            #expect(word.status == .unprocessableContent && !word.text.contains("欧阳"))
            // Nor does a form that says that the name stood there.
            let forged = [("keeper", "欧阳隐"), ("keeper~called", "欧阳隐"), ("keeper~stands", office.web.word(people["hidden"]!))]
            #expect(try await browser.post("/r/lead/new", Self.good + forged).status == .unprocessableContent)
        }
    }

    @Test func aRegisterIsAskedByNames() async throws {
        try await LeadOffice.with(.sqlite) { office in
            _ = try await Self.crowd(office)
            let creator = office.visitor("creator").browser, reader = office.visitor("reader").browser
            for (subject, keeper) in [("关于甲", "沈青"), ("关于乙", "姚远")] {
                let made = try await creator.post("/r/lead/new", [("subject", subject), ("phone", "13800134499"), ("keeper", keeper)])
                #expect(made.status == .seeOther)
            }
            func page(_ name: String, _ field: String = "keeper") async throws -> String {
                try await reader.get("/r/lead?\(field)=\(FormData.encode(name))").text
            }
            for typed in ["沈青", "沈青（市场部）", "many0"] {
                let found = try await page(typed)
                #expect(found.contains("关于甲") && !found.contains("关于乙"), "\(typed)")
            }
            let unknown = try await page("司马无"), hidden = try await page("欧阳隐")
            #expect(unknown.contains("没有“司马无”这个人") && !unknown.contains("关于甲"))
            #expect(hidden.replacing("欧阳隐", with: "…").contains("没有“…”这个人") && !hidden.contains("分公司"))
            #expect(try await page("王伟").contains("没有“王伟”这个人，或不止一人同名"))
        }
    }

    @Test func aUnitIsTypedByName() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let desk = office.web.office.desk, browser = office.visitor("creator").browser
            let company = office.web.office.company
            let branch = UnitID(try await desk.administer(.addUnit(parent: company, zh: "东区", en: "East"), by: .system))
            for number in 0..<12 {
                try await desk.administer(.addUnit(parent: company, zh: "第\(number)科", en: "Unit \(number)"), by: .system)
            }
            try await desk.administer(.addUnit(parent: branch, zh: "第3科", en: "Unit 3"), by: .system)
            let page = try await browser.get("/r/lead/new").text
            #expect(page.contains("<input id=\"origin\" name=\"origin\"") && page.contains("<option value=\"第4科\">"))
            #expect(page.contains("<option value=\"第3科（东区）\">") && page.contains("<option value=\"第3科（公司）\">"))
            #expect(!page.contains("分公司"))
            for (typed, status) in [("第4科", 303), ("第3科（东区）", 303), ("第3科", 422), ("分公司", 422), ("无此科", 422)] {
                let answer = try await browser.post("/r/lead/new", Self.good + [("origin", typed)])
                #expect(answer.status.code == status, "\(typed)")
            }
            let register = try await office.visitor("reader").browser.get("/r/lead?unit=\(FormData.encode("分公司"))").text
            #expect(register.contains("没有找到“分公司”"))
        }
    }

    @Test func aDocumentIsTypedByItsTitle() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let browser = office.visitor("creator").browser
            for number in 0..<14 {
                let made = try await browser.post("/r/lead/new", [("subject", "事由\(number)号"), ("phone", "13800134499")])
                #expect(made.status == .seeOther)
            }
            let page = try await browser.get("/r/remark/new").text
            #expect(page.contains("<input id=\"about\" name=\"about\"") && !page.contains("线索戊五") && !page.contains("线索丙三"))
            let title = try #require(page.firstMatch(of: /<option value="(事由7号[^"]*)"/)).output.1
            let made = try await browser.post("/r/remark/new", [("text", "批"), ("about", String(title))])
            #expect(made.status == .seeOther)
            func note(_ typed: String) async throws -> String {
                let refused = try await browser.post("/r/remark/new", [("text", "批"), ("about", typed)])
                #expect(refused.status == .unprocessableContent)
                return try #require(refused.text.between("role=\"alert\"", "</div>")).replacing(typed, with: "…")
            }
            let unknown = try await note("无此线索")
            for hidden in ["线索戊五", "线索丙三", "线索乙二"] { #expect(try await note(hidden) == unknown, "\(hidden)") }
            // Several are looked for, and ticked.
            let looked = try await browser.post(
                "/r/remark/new", [("text", "批"), ("about", String(title)), ("others~find", "事由1"), ("look", "others")])
            #expect(looked.status == .ok && looked.text.contains("type=\"checkbox\" name=\"others\""))
            #expect(
                try await !browser.post("/r/remark/new", [("text", "批"), ("others~find", "线索戊"), ("look", "others")]).text.contains("线索戊五"))
        }
    }

    @Test func workIsPassedOnByName() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let people = try await Self.crowd(office), checker = office.visitor("checker").browser
            let address = "/d/\(office.paper("线索丙三").word)"
            let page = try await checker.get(address).text
            #expect(page.contains("<input id=\"signer-to\" name=\"to\"") && !page.contains("欧阳隐"))
            for wrong in ["王伟", "司马无", "欧阳隐"] {
                let refused = try await checker.post("\(address)/handling/signer", [("to", wrong), ("reason", "请看")])
                #expect(refused.status == .unprocessableContent && refused.text.contains("“\(wrong)”"), "\(wrong)")
            }
            #expect(try await checker.post("\(address)/handling/signer", [("to", "沈青"), ("reason", "请看")]).status == .seeOther)
            #expect(try await !office.web.office.desk.todo(of: people["many0"]!).items.isEmpty)
        }
    }

    @Test func administrationAndDelegationTakeNames() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let people = try await Self.crowd(office), root = office.visitor("root").browser
            let form = [("post", LeadRegulation.reader.id), ("unit", "市场部"), ("from", "2026-01-15")]
            #expect(try await root.get("/admin/persons").text.contains("<input id=\"who\" name=\"who\""))
            let several = try await root.post("/admin/persons/appoint", form + [("who", "王伟")])
            #expect(several.status == .unprocessableContent && several.text.contains("“王伟”不止一个"))
            #expect(try await root.post("/admin/persons/appoint", form + [("who", "王伟（市场部）")]).status == .seeOther)
            let held = try await office.web.office.desk.organisation().holdings
            #expect(
                held.contains { $0.person == people["wang1"] && $0.post == LeadRegulation.reader.id && $0.unit == office.web.office.market }
            )
            let searched = try await root.get("/admin/persons?q=\(FormData.encode("王伟"))").text
            let rows = try #require(searched.between("<tbody>", "</tbody>"))
            #expect(rows.matches(of: /<tr>/).count == 2 && rows.contains("wang1") && rows.contains("wang2"))
            let record = try await root.get("/admin/logins?person=\(FormData.encode("creator"))").text
            #expect(!record.contains("没有找到"))
            #expect(try await root.get("/admin/logins?person=\(FormData.encode("司马无"))").text.contains("没有找到“司马无”"))
            let creator = office.visitor("creator").browser
            let delegation = [("from", "2026-01-16"), ("until", "2026-01-17"), ("reason", "出差")]
            #expect(try await creator.post("/delegations", delegation + [("to", "沈")]).status == .unprocessableContent)
            for nobody in ["欧阳隐", "司马无"] {
                let refused = try await creator.post("/delegations", delegation + [("to", nobody)])
                #expect(refused.text.contains("没有找到“\(nobody)”"))
            }
            #expect(try await !creator.get("/delegations").text.contains("欧阳隐"))
            #expect(try await creator.post("/delegations", delegation + [("to", "沈青")]).status == .seeOther)
            #expect(try await office.web.office.desk.organisation().delegations.contains { $0.receiver == people["many0"] })
        }
    }
}
