import EngineFixture
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing
import WorkCalendar

@testable import Web

/// The first day of an administrator: everybody by one file, days off by a form, and nothing twice.
struct PeopleFileTests {
    private static let file = """
        单位,姓名,登录名,岗位,涉密等级
        公司/理赔部,赵一,zhao1,文员,内部
        公司/理赔部/查勘组,钱二,qian2,,
        市场部,孙三,sun3,文员,机密
        公司/理赔部,李四,li4,没有的岗位,
        公司/理赔部,周五,zhao1,文员,
        """

    @Test(arguments: TestEngine.all) func unitsPeopleAndPostsComeFromOneFile(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let preview = try await root.postFiles("/admin/people-file/preview", [], files: [("file", "people.csv", Self.file)])
            #expect(preview.status == .ok && preview.text.contains("共 5 行，其中 2 行有问题"))
            #expect(preview.text.contains("没有“没有的岗位”这个岗位") && preview.text.contains("登录名已由赵一使用"))
            #expect(
                try await web.office.desk.organisation().people.values.contains { $0.login == "zhao1" } == false, "nothing is taken yet")
            let rows = try #require(preview.text.between("name=\"rows\" value=\"", "\""))
            let taken = try await root.post("/admin/people-file/take", [("rows", rows)])
            #expect(taken.status == .ok && taken.text.contains("已导入 3 行，新增 3 人。未导入 2 行"))
            let organisation = try await web.office.desk.organisation()
            let claims = try #require(organisation.units.values.first { $0.words.zh == "理赔部" })
            #expect(claims.parent == web.office.company)
            #expect(organisation.units.values.first { $0.words.zh == "查勘组" }?.parent == claims.id)
            let zhao = try #require(organisation.people.values.first { $0.login == "zhao1" })
            #expect(organisation.holdings(of: zhao.id, on: web.office.now.day).map(\.post) == ["clerk"])
            #expect(organisation.people.values.first { $0.login == "sun3" }?.clearance == .secret)
            // The word that was shown lets the person in, and each comes in by his own.
            let words = taken.text.matches(of: /<code>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})<\/code>/).map { String($0.output.1) }
            #expect(Set(words).count == 3)
            _ = try await Browser.setPassword("zhao1", client, word: words[0])
            // Taken again it adds nothing.
            let again = try await root.post("/admin/people-file/take", [("rows", rows)])
            #expect(again.text.contains("新增 0 人"))
            #expect(try await web.office.desk.organisation().units.count == organisation.units.count)
        }
    }

    private static func new(_ path: String) -> String { "新设：<bdi class=\"written\">\(path)</bdi>" }

    private static func preview(_ rows: [String], _ root: Browser) async throws -> (text: String, rows: String) {
        let file = (["单位,姓名,登录名,岗位"] + rows).joined(separator: "\n")
        let page = try await root.postFiles("/admin/people-file/preview", [], files: [("file", "people.csv", file)])
        return (page.text, try #require(page.text.between("name=\"rows\" value=\"", "\"")))
    }

    /// With more than one house nothing is made at the top that stands somewhere already, and what is made is told with its whole path.
    @Test(arguments: TestEngine.all) func aPathBeginsWithAUnitThatThereIs(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let desk = web.office.desk, root = try await Browser.enter(web.person("root"), web, client)
            func add(_ name: String, below parent: UnitID?) async throws -> UnitID {
                UnitID(try await desk.administer(.addUnit(parent: parent, zh: name, en: ""), by: .system))
            }
            let other = try await add("基金会", below: nil), branch = try await add("广东分公司", below: web.office.company)
            let found = try await Self.preview(["广东分公司/新设部,赵一,zhao1,文员"], root)
            #expect(found.text.contains(Self.new("公司 / 广东分公司 / 新设部")) && !found.text.contains("最上级单位"))
            #expect(try await root.post("/admin/people-file/take", [("rows", found.rows)]).text.contains("已导入 1 行"))
            let units = try await desk.organisation().units.values
            #expect(units.filter { $0.words.zh == "广东分公司" }.map(\.id) == [branch])
            #expect(units.first { $0.words.zh == "新设部" }?.parent == branch)
            // Of two nobody guesses.
            _ = try await add("广东分公司", below: other)
            let two = try await Self.preview(["广东分公司/财务部,钱二,qian2,文员", "基金会/广东分公司/财务部,孙三,sun3,文员"], root)
            #expect(two.text.contains("有 2 个“广东分公司”，请从最上级写全：公司/广东分公司、基金会/广东分公司"))
            #expect(two.text.contains("共 2 行，其中 1 行有问题") && two.text.contains(Self.new("基金会 / 广东分公司 / 财务部")))
            // A new one at the top is called so, and a row below finds what a row above makes.
            let top = try await Self.preview(["学院/教务处,李四,li4,文员", "教务处/考务组,周五,zhou5,文员"], root)
            #expect(top.text.contains("最上级单位，不在任何现有单位之下") && top.text.contains(Self.new("学院 / 教务处 / 考务组")))
            #expect(try await root.post("/admin/people-file/take", [("rows", top.rows)]).text.contains("已导入 2 行"))
            let made = try await desk.organisation()
            let office = try #require(made.units.values.first { $0.words.zh == "教务处" })
            #expect(made.units.values.first { $0.words.zh == "考务组" }?.parent == office.id)
            #expect(made.units.values.filter { $0.parent == nil }.map(\.words.zh).sorted() == ["公司", "基金会", "学院"].sorted())
        }
    }

    /// The own post is another administrator's to give: those above keep their words, those below are taken, and a broken cell is one row.
    @Test func aRowThatIsForbiddenTakesNoWordsAway() async throws {
        try await WebOffice.with { web, client in
            try await web.office.desk.administer(
                .addPerson(login: "root2", zh: "二号管理员", en: "", clearance: .internal, administrator: true), by: .system)
            let root = try await Browser.enter(web.person("root"), web, client)
            let me = try #require(try await web.office.desk.organisation().people[web.person("root")])
            let own = "市场部,\(me.words.zh),\(me.login),文员"
            let file = "单位,姓名,登录名,岗位\r\n市场部,赵一,zhao1,文员\r\n\(own)\r\n\"市场\r\n部\",钱二,qian2,文员\r\n"
            let preview = try await root.postFiles("/admin/people-file/preview", [], files: [("file", "people.csv", file)])
            let rows = try #require(preview.text.between("name=\"rows\" value=\"", "\""))
            let taken = try await root.post("/admin/people-file/take", [("rows", rows)])
            #expect(taken.text.contains("已导入 2 行，新增 2 人。未导入 1 行") && taken.text.contains("由另一位系统管理员更改"))
            #expect(taken.text.matches(of: /<code>([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})<\/code>/).count == 2)
        }
    }

    @Test func nobodyElseTakesAFile() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            #expect(try await clerk.get("/admin/people-file").status == .forbidden)
            #expect(try await clerk.get("/admin/people-file/template.xlsx").status == .forbidden)
            let sent = try await clerk.postFiles("/admin/people-file/preview", [], files: [("file", "people.csv", Self.file)])
            #expect(sent.status == .forbidden)
        }
    }

    @Test func theTemplateHasItsChoicesAndIsTheSameEachTime() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let first = try await root.get("/admin/people-file/template.xlsx"),
                second = try await root.get("/admin/people-file/template.xlsx")
            #expect(first.status == .ok && first.text.utf8.count > 1_000)
            #expect(first.text == second.text)
        }
    }

    @Test func aFileThatIsNoneIsRefusedInWords() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let wrong = try await root.postFiles("/admin/people-file/preview", [], files: [("file", "people.csv", "甲,乙\n1,2\n")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("登录名"))
            let none = try await root.postFiles("/admin/people-file/preview", [], files: [])
            #expect(none.status == .unprocessableContent && none.text.contains("请选择文件"))
        }
    }

    @Test(arguments: TestEngine.all) func twoUnitsBelowOneAreNotCalledAlike(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let company = web.word(web.office.company)
            let twice = try await root.post("/admin/units/add", [("parent", company), ("zh", "市场部")])
            #expect(twice.status == .unprocessableContent && twice.text.contains("上级单位下已有“市场部”"))
            #expect(try await root.post("/admin/units/add", [("parent", web.word(web.office.market)), ("zh", "市场部")]).status == .seeOther)
            let renamed = try await root.post("/admin/units/rename", [("unit", web.word(web.office.service)), ("zh", "市场部"), ("en", "M")])
            #expect(renamed.status == .unprocessableContent)
        }
    }

    @Test func daysOffAreEnteredByAFormAndByAChineseTable() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let form = [("first", "2026-07-06"), ("last", "2026-07-07"), ("kind", "holiday"), ("name", "司庆")]
            #expect(try await root.post("/admin/holidays/add", form).status == .seeOther)
            #expect(try await root.post("/admin/holidays/add", [("rows", "日期,类别,名称\n2026/7/11,上班,司庆")]).status == .seeOther)
            let calendar = try await web.office.desk.calendar()
            #expect(!calendar.isWorkingDay(Day(iso: "2026-07-06")!) && !calendar.isWorkingDay(Day(iso: "2026-07-07")!))
            #expect(calendar.isWorkingDay(Day(iso: "2026-07-11")!))
            let wrong = try await root.post(
                "/admin/holidays/add", [("first", "2026-07-06"), ("last", "2026-07-01"), ("kind", "holiday"), ("name", "")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("请填写节日名称"))
        }
    }

    @Test func whatIsLeftToDoStandsOnAListUntilItIsDone() async throws {
        try await WebOffice.with { web, client in
            let root = try await Browser.enter(web.person("root"), web, client)
            let page = try await root.get("/admin/units").text
            #expect(page.contains("启用清单") && page.contains("设第二位系统管理员"))
        }
    }
}
