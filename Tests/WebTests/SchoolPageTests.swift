import ArticleProof
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Practices
import School
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The pages of the regulation on school information: trays, figures, the rota, what is public; and its charter.
@Suite struct SchoolPageTests {
    private static func with(
        _ body: @escaping @Sendable (TestOffice, SchoolOffice, WebServer, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestOffice.with(.sqlite, [schoolContents, practicesContents]) { office in
            let people = try await SchoolOffice.found(office.desk, from: office.now.day)
            // Nobody's matter is drawn for a look by chance.
            try await office.desk.administer(
                .setParameter(
                    regulation: school.id, name: "spotCheckShare", unit: people.root, value: 0, from: office.now.day, reason: "test"),
                by: .system)
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(
                desk: office.desk, configuration: configuration, extraPages: SchoolPages.all + MarketPages.all,
                openPages: SchoolPages.open)
            try await server.application().test(.router) { client in try await body(office, people, server, client) }
        }
    }

    /// Written in the teaching department for the head of the east site, and released.
    @discardableResult
    private static func item(_ desk: Desk, _ people: SchoolOffice) async throws -> Int64 {
        let id = try await desk.take(
            InformationItem.write,
            input: [
                "subject": .text("期末工作安排"), "kind": .text("administrative"), "administrative": .text("notice"), "medium": .text("text"),
                "direction": .text("down"), "secrecy": .text("internal"), "text": .text("请于月底前完成。"),
                "readers": .list([.whole(people.eastHead.person.raw)]), "why": .text("请阅办"),
            ], by: people.teacher
        ).id
        try await desk.take(InformationItem.release, on: id, by: people.dean)
        return id
    }

    @Test(.demand(school[1], 1), .demand(school[3], 1), .demand(school[15], 1), .demand(school[17], 1))
    func theCharterShowsWhatOnlyHasToBeShown() async throws {
        try await Self.with { _, people, server, client in
            let page = try await Browser.enter(people.teacher.person, server, client).get("/charter/school")
            func law(_ ref: String) -> String? { page.text.between("<div class=\"law\" id=\"\(ref)\">", "</ul></div>") }
            #expect(page.status == .ok && page.text.contains("育才学校启用"))
            #expect(law("第一条")?.contains("加快学校信息化") == true)
            #expect(law("第三条")?.contains("严守保密纪律") == true)
            #expect(law("第十五条")?.contains("行政信息产生、传递、应用于学校行政活动") == true)
            #expect(law("第十七条")?.contains("市场信息产生、传达、应用于市场经营活动") == true)
            // What carries it out stands beside it; the gap of the original stays.
            #expect(law("第十五条")?.contains("起草信息") == true && law("第十七条")?.contains("接收整理") == true)
            #expect(law("第十九条") != nil && law("第二十条") == nil && law("第二十一条") != nil)
        }
    }

    @Test(.demand(school[7], 1)) func eachDepartmentHasItsTraysAndItsStaff() async throws {
        try await Self.with { office, people, server, client in
            try await Self.item(office.desk, people)
            func page(_ reader: Principal) async throws -> String {
                try await Browser.enter(reader.person, server, client).get("/school").text
            }
            let teaching = try #require(try await page(people.dean).between("<h2>教务部</h2>", "</section>"))
            #expect(teaching.between("<caption>发件", "</table>")?.contains("期末工作安排") == true)
            #expect(teaching.between("<h3>收件</h3>", "</div>")?.contains("没有") == true)
            #expect(teaching.between("贾欣（", "）")?.contains("信息人员") == true && !teaching.contains("尹浩（"))
            let east = try #require(try await page(people.eastHead).between("<h2>东城工作点</h2>", "</section>"))
            #expect(east.between("<caption>收件", "</table>")?.contains("期末工作安排") == true)
            #expect(east.between("<h3>发件</h3>", "</div>")?.contains("没有") == true)
            #expect(east.contains("尹浩（") && east.contains("詹飞（"))
            let west = try await page(people.westHead)
            #expect(west.contains("<h2>西城工作点</h2>") && !west.contains("期末工作安排"))
        }
    }

    @Test(.article(school[7])) func whatIsConfidentialStandsInTheTrayByItsNumber() async throws {
        try await Self.with { office, people, server, client in
            let desk = office.desk, readers: JSONValue = .list([.whole(people.secondTeacher.person.raw)])
            let id = try await desk.take(
                InformationItem.write,
                input: [
                    "subject": .text("试题样卷"), "kind": .text("administrative"), "administrative": .text("notice"),
                    "medium": .text("text"), "direction": .text("peer"), "secrecy": .text("controlled"), "text": .text("附后。"),
                    "core": readers, "readers": readers,
                ], by: people.teacher
            ).id
            try await desk.take(InformationItem.release, on: id, by: people.dean)
            let number = try #require(try await desk.document(id, by: people.teacher.person).row.number)
            let page = try await Browser.enter(people.secondTeacher.person, server, client).get("/school").text
            let tray = try #require(page.between("<caption>收件", "</table>"))
            #expect(tray.contains(number) && !tray.contains("试题样卷"))
        }
    }

    @Test(.article(school[4])) func aReaderIsToldOnceWhatCameAndWhy() async throws {
        try await Self.with { office, people, server, client in
            try await Self.item(office.desk, people)
            let page = try await Browser.enter(people.eastHead.person, server, client).get("/").text
            let list = try #require(page.between("<table class=\"stack todo\">", "</table>"))
            #expect(list.components(separatedBy: "期末工作安排").count == 2 && list.contains("请阅办") && !list.contains("尹浩"))
        }
    }

    @Test(.demand(school[23], 1), .demand(school[4], 1)) func theFiguresAreDrawnForEachUnitAndMonth() async throws {
        try await Self.with { office, people, server, client in
            let desk = office.desk, browser = try await Browser.enter(people.officeHead.person, server, client)
            #expect(try await browser.get("/school/figures").text.contains("还没有月份的指标"))
            for (hours, end) in [(2, "2026-02-01"), (6, "2026-03-01")] {
                let item = try await Self.item(desk, people)
                let delivery = try #require(try await desk.all(Delivery.self).first { $0.value.item == ID(item) }).id.raw
                office.move(hours: hours)
                for step in [Delivery.open, Delivery.read, Delivery.acknowledge] {
                    try await desk.take(step, on: delivery, by: people.eastHead)
                }
                office.move(to: Moment(Day(iso: end)!, hour: 1)!)
                try await desk.runJobs()
            }
            let page = try await browser.get("/school/figures").text
            let median = try #require(page.between("<h2>送达中位时间（小时）</h2>", "</section>"))
            #expect(median.contains("2026-01 教务部 2<") && median.contains("2026-02 教务部 6<"))
            let inTime = try #require(page.between("<h2>按时签收率</h2>", "</section>"))
            #expect(inTime.contains("2026-02 教务部 100%"))
            for name in ["最长送达时间（小时）", "退回更正件数", "阅读内容一致率"] { #expect(page.contains("<h2>\(name)</h2>")) }
            // Behind the last month's figures stands the document from which they were drawn.
            let unit = try #require(page.between("<h2>各单位 2026-02</h2>", "</table>")?.between("\">教务部</a>", "</tr>"))
            #expect(unit.contains(">6 小时<") && unit.contains(">100%<"))
            // Nobody types them, and the head of another unit sees none of it.
            #expect(try await browser.get("/r/school-figures/new").status != .ok)
            let other = try await Browser.enter(people.westHead.person, server, client).get("/school/figures").text
            #expect(other.contains("\">西城工作点</a>") && !other.contains("教务部"))
        }
    }

    @Test(.demand(school[19], 4)) func theAnalysisCarriesChartsDrawnFromTheItems() async throws {
        try await Self.with { office, people, server, client in
            let desk = office.desk
            for (source, month) in [("business", "2026-01-20"), ("business", "2026-02-10"), ("other", "2026-02-11")] {
                office.move(to: Moment(Day(iso: month)!, hour: 9)!)
                try await desk.take(
                    InformationItem.write,
                    input: [
                        "subject": .text("家长来电咨询"), "kind": .text("market"), "market": .text("call"), "medium": .text("call-record"),
                        "direction": .text("up"), "source": .text(source), "secrecy": .text("internal"), "text": .text("询问收费。"),
                        "readers": .list([.whole(people.marketSpecialist.person.raw)]),
                    ], by: people.westReporter)
            }
            office.move(to: Moment(Day(iso: "2026-04-01")!, hour: 1)!)
            try await desk.runJobs()
            let analysis = try #require(try await desk.all(MarketAnalysis.self).first { !$0.value.counts.isEmpty })
            let address = "/school/analysis/\(server.edge.ids.word(analysis.id.raw, .document))"
            let director = try await Browser.enter(people.director.person, server, client)
            let page = try await director.get(address)
            let months = try #require(page.text.between("<h2>各月市场信息</h2>", "</section>"))
            #expect(months.contains("2026-01 业务信息 1") && months.contains("2026-02 业务信息 1") && months.contains("2026-02 非业务信息 1"))
            let groups = try #require(page.text.between("<h2>各小类市场信息</h2>", "</section>"))
            #expect(groups.contains("电话记录 业务信息 2") && groups.contains("<svg class=\"chart\""))
            _ = try await director.post("/language", [("language", "en"), ("back", address)])
            let english = try await director.get(address)
            #expect(english.text.contains("Call record Business 2") && !english.text.contains("电话记录"))
            // Whoever does not read the analysis finds no chart of it.
            #expect(try await Browser.enter(people.eastTeacher.person, server, client).get(address).status == .notFound)
        }
    }

    @Test(.demand(school[16], 4)) func theRotaIsTakenIntoACalendar() async throws {
        try await Self.with { office, people, server, client in
            let desk = office.desk, from = Moment(Day(iso: "2026-01-19")!, hour: 18)!
            let id = try await desk.take(
                DutyShift.plan,
                input: [
                    "from": .text(from.description), "until": .text(from.adding(hours: 14).description),
                    "person": .whole(people.teacher.person.raw), "leader": .null,
                ], by: people.clerk
            ).id
            let browser = try await Browser.enter(people.eastTeacher.person, server, client), file = try await browser.get("/school/rota")
            #expect(file.status == .ok && file.headers[.contentType]?.hasPrefix("text/calendar") == true)
            #expect(file.text.contains("DTSTART;TZID=Asia/Shanghai:20260119T180000") && file.text.contains("SUMMARY:值班 贾欣"))
            #expect(file.text.contains("STATUS:CONFIRMED"))
            try await desk.take(DutyShift.cancel, on: id, input: ["reason": .text("调整")], by: people.clerk)
            #expect(try await browser.get("/school/rota").text.contains("STATUS:CANCELLED"))
        }
    }

    @Test(.demand(school[19], 1)) func whatIsPublishedStandsInPublicUntilItIsWithdrawn() async throws {
        try await Self.with { office, people, _, client in
            let desk = office.desk
            func isShown() async throws -> Bool {
                try await client.execute(uri: "/announcements", method: .get).text.contains("三月一日起报名。")
            }
            let id = try await desk.take(
                Publication.request,
                input: ["heading": .text("春季招生"), "channel": .text("学校网站"), "text": .text("三月一日起报名。")], by: people.marketSpecialist
            ).id
            try await desk.take(Publication.approve, on: id, by: people.director)
            let before = try await isShown()
            try await desk.take(Publication.publish, on: id, by: people.marketSpecialist)
            let published = try await isShown()
            try await desk.take(Publication.withdraw, on: id, input: ["reason": .text("日期更正")], by: people.marketSpecialist)
            let after = try await isShown()
            #expect([before, published, after] == [false, true, false])
        }
    }

    /// What a regulation says to a change of the organisation stands above the form that asked for it, with its article.
    @Test(.article(school[14])) func whoStillHoldsSomethingIsRefusedOnThePageOfPersons() async throws {
        try await Self.with { office, people, server, client in
            let desk = office.desk
            try await desk.take(
                AssignedTask.assign,
                input: [
                    "what": .text("整理名册"), "owner": .whole(people.deputyKeeper.person.raw),
                    "due": .text(office.now.day.adding(days: 9).description),
                ], by: people.manager)
            let root = try await desk.administer(
                .addPerson(login: "root", zh: "管理员", en: "Administrator", clearance: .internal, administrator: true), by: .system)
            let browser = try await Browser.enter(PersonID(root), server, client)
            let person = server.edge.ids.word(people.deputyKeeper.person)
            let page = try await browser.post("/admin/persons/change", [("person", person), ("zh", "靳宇"), ("clearance", "1")])
            let note = try #require(page.text.between("<div class=\"note refusal\"", "</div>"))
            #expect(page.status == .unprocessableContent)
            #expect(note.contains("尚未办清交接") && note.contains("第十四条</a>"), "\(note)")
            #expect(page.text.contains("action=\"/admin/persons/change\""))
        }
    }

    @Test(.article(school[16])) func aPaperThatIsNotIssuedYetSaysSo() async throws {
        try await Self.with { office, people, server, client in
            let desk = office.desk
            let letter = try await desk.take(
                IntroductionLetter.request,
                input: [
                    "addressee": .text("区教育局"), "bearer": .text("薛鹏"), "bearerPost": .text("教师"), "persons": .whole(1),
                    "matter": .text("联系教研活动"), "validUntil": .text(office.now.day.adding(days: 3).description),
                ], by: people.secondTeacher
            ).id
            let browser = try await Browser.enter(people.secondTeacher.person, server, client)
            let address = "/school/letter/\(server.edge.ids.word(letter, .document))"
            let before = try await browser.get(address)
            #expect(before.status == .ok && before.text.contains("批准开具、编号之后才能打印") && !before.text.contains("打印（PDF）"))
            try await desk.take(IntroductionLetter.issue, on: letter, by: people.dean)
            #expect(try await browser.get(address).text.contains("打印（PDF）"))
            let minutes = try await desk.take(
                ManagementMeeting.minute,
                input: [
                    "day": .text(office.now.day.description), "chair": .whole(people.manager.person.raw), "present": .text("各部门负责人"),
                    "discussion": .text("听取汇报。"),
                ], by: people.clerk
            ).id
            let clerk = try await Browser.enter(people.clerk.person, server, client)
            let unsigned = try await clerk.get("/school/minutes/\(server.edge.ids.word(minutes, .document))")
            #expect(unsigned.status == .ok && unsigned.text.contains("纪要经主持人签发之后才能打印"))
        }
    }
}
