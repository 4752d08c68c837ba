import ArticleProof
import DrugQuality
import EngineFixture
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The pages of the regulation on drug quality: for whoever comes, without an account; and the form that is printed.
struct QualityPageTests {
    private static func with(
        _ body:
            @escaping @Sendable (TestOffice, WebServer, any TestClientProtocol, _ officer: PersonID, _ clerk: PersonID) async throws -> Void
    ) async throws {
        try await TestOffice.with(.sqlite, [drugQualityContents]) { office in
            let officer = try await office.hire("officer", .qualityOfficer), clerk = try await office.hire("clerk")
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(
                desk: office.desk, configuration: configuration, extraPages: QualityPages.all, openPages: PublicPages.all)
            try await server.application().test(.router) { client in try await body(office, server, client, officer, clerk) }
        }
    }

    private static func questionnaire(_ office: TestOffice, by officer: PersonID) async throws -> String {
        func question(_ text: String, _ kind: String, options: String = "", isRequired: Bool = false, becomesItem: Bool = false)
            -> JSONValue
        {
            .record([
                .init("text", .text(text)), .init("kind", .text(kind)), .init("options", .text(options)),
                .init("isRequired", .flag(isRequired)), .init("becomesItem", .flag(becomesItem)),
            ])
        }
        let id = try await office.desk.take(
            Questionnaire.make,
            input: [
                "heading": .text("用药<服务>"), "introduction": .text("请您评价"), "stage": .text("sale"),
                "closesOn": .text(office.now.day.adding(days: 3).description),
                "questions": .list([
                    question("满意吗", "choice", options: "满意;不满意", isRequired: true), question("有何问题", "text", becomesItem: true),
                ]),
            ], by: Principal(officer)
        ).id
        try await office.desk.take(Questionnaire.publish, on: id, by: Principal(officer))
        return try await office.desk.document(id, by: officer).row.values["word"]?.text ?? ""
    }

    @Test(.demand(drugQuality[5], 4), .demand(drugQuality[2], 1)) func aQuestionnaireIsAnsweredWithoutAnAccount() async throws {
        try await Self.with { office, _, client, officer, _ in
            let word = try await Self.questionnaire(office, by: officer)
            let page = try await client.execute(uri: "/q/\(word)", method: .get)
            #expect(page.status == .ok && page.text.contains("用药&lt;服务&gt;") && page.headers[.setCookie] == nil)
            let key = try #require(page.text.between("name=\"key\" value=\"", "\""))
            // Wrong: it comes back with what was typed and the same key.
            let wrong = try await client.post("/q/\(word)", "key=\(key)&answer.1=%E5%8F%97%E6%BD%AE")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("请回答：满意吗") && wrong.text.contains("受潮"))
            #expect(wrong.text.contains(key))
            let body = "key=\(key)&answer.0=%E6%BB%A1%E6%84%8F&answer.1=%E5%8F%97%E6%BD%AE"
            #expect(try await client.post("/q/\(word)", body).text.contains("谢谢您的答复"))
            // Sent twice, it is one.
            #expect(try await client.post("/q/\(word)", body).text.contains("已经收到"))
            let answers = try await office.desk.register("questionnaire-answer", RegisterQuery(), by: officer).rows
            #expect(answers.count == 1 && answers[0].creator.isNone)
            #expect(try await office.desk.todo(of: officer).items.contains { $0.row.type == "quality-item" })
            #expect(try await client.execute(uri: "/q/nobody", method: .get).status == .notFound)
            #expect(try await client.execute(uri: "/q/", method: .get).status == .notFound)
        }
    }

    @Test(.demand(drugQuality[5], 5)) func anOpinionIsDroppedAndItsAnswerFetchedWithTheCode() async throws {
        try await Self.with { office, _, client, officer, _ in
            let page = try await client.execute(uri: "/opinion", method: .get)
            #expect(page.status == .ok && page.headers[.setCookie] == nil)
            let empty = try await client.post("/opinion", "scope=0&stage=storage&opinion=+")
            #expect(empty.status == .unprocessableContent && empty.text.contains("请写下您的意见"))
            let dropped = try await client.post("/opinion", "scope=0&stage=storage&opinion=%E8%B4%A7%E6%9E%B6%E4%B8%8D%E7%A8%B3")
            let code = try #require(dropped.text.between("<code>", "</code>"))
            #expect(try await client.post("/opinion/answer", "code=\(code)").text.contains("没有找到"))
            office.move(hours: 24)
            try await office.desk.runJobs()
            #expect(try await client.post("/opinion/answer", "code=\(code)").text.contains("尚未答复"))
            let opinion = try #require(try await office.desk.register("staff-opinion", RegisterQuery(), by: officer).rows.first)
            try await office.desk.take(StaffOpinion.answer, on: opinion.id, input: ["answer": .text("已加固")], by: Principal(officer))
            #expect(try await client.post("/opinion/answer", "code=\(code.uppercased())").text.contains("已加固"))
            #expect(try await client.post("/opinion/answer", "code=2222222222222222222z").text.contains("没有找到"))
        }
    }

    @Test(.article(drugQuality[3], drugQuality[7])) func theFormOfAnItemIsChosenFirstAndPrintsAsOnePage() async throws {
        try await Self.with { office, server, client, officer, clerk in
            let browser = try await Browser.enter(clerk, server, client)
            let choice = try await browser.get("/r/quality-item/new")
            #expect(choice.status == .ok && choice.text.contains("消费者查询、反映、投诉") && !choice.text.contains("name=\"concern\""))
            let form = try await browser.get("/r/quality-item/new?kind=competitor")
            #expect(
                form.text.contains("name=\"competitor\"") && !form.text.contains("name=\"concern\"")
                    && !form.text.contains("name=\"batchNo\""))
            // Several aspects are ticked; nobody has to know their values.
            #expect(form.text.contains("name=\"competitorAspects\" type=\"checkbox\" value=\"measures\"") && form.text.contains("质量水平"))
            let taken = try await browser.post(
                "/r/quality-item/new",
                [
                    ("kind", "competitor"), ("subject", "同行追溯"), ("stage", "sale"), ("way", "visit"),
                    ("facts", String(repeating: "很长的情况。", count: 300)),
                    ("knownAt", "2026-01-15 08:00"), ("competitor", "同城医药"), ("competitorAspects", "measures"),
                    ("competitorAspects", "level"), ("minutes", "5"),
                ])
            #expect(taken.status == .seeOther)
            let page = try #require(taken.headers[.location])
            let shown = try await browser.get(page)
            #expect(shown.text.contains("同城医药") && shown.text.contains("质量措施；质量水平") && !shown.text.contains("消费者姓名"))
            let word = page.replacing("/d/", with: "")
            #expect(shown.text.contains("/quality/print/\(word)"))
            let paper = try await browser.get("/quality/print/\(word)")
            #expect(paper.status == .ok && paper.headers[.contentType]?.hasPrefix("application/pdf") == true)
            #expect(Array(paper.body.readableBytesView.prefix(5)) == Array("%PDF-".utf8))
            // Who may not see it gets none.
            let stranger = try await Browser.enter(try await office.hire("stranger"), server, client)
            #expect(try await stranger.get("/quality/print/\(word)").status == .notFound)
            // The whole file: the item with all that names it.
            let whole = try await browser.get("/d/\(word)/whole")
            #expect(whole.status == .ok && whole.text.contains("上报质量信息"))
            // The quality department's figures, before any month is counted.
            let reader = try await Browser.enter(officer, server, client)
            #expect(try await reader.get("/quality").text.contains("还没有月份的指标"))
            _ = try await office.desk.verify()
        }
    }

    /// A consumer's complaint, reported by the clerk and known for an hour.
    private static func report(_ office: TestOffice, by clerk: PersonID, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "kind": .text("consumer"), "subject": .text("顾客反映药片受潮"), "stage": .text("sale"), "way": .text("telephone"),
            "facts": .text("瓶口未封严"), "knownAt": .text(office.now.adding(hours: -1).description), "minutes": .whole(10),
            "concern": .text("complaint"),
        ]
        return try await office.desk.take(QualityItem.report, input: input.merging(more) { $1 }, by: Principal(clerk)).id
    }

    @Test(.demand(drugQuality[7], 2)) func howMuchIsLeftOfTheTenHoursStandsBeforeTheManager() async throws {
        try await Self.with { office, server, client, _, clerk in
            let manager = try await office.hire("manager", .enterpriseManager, in: office.company)
            let id = try await Self.report(office, by: clerk, ["urgency": .text("sudden")])
            let page = "/d/\(server.edge.ids.word(id, .document))"
            let browser = try await Browser.enter(manager, server, client)
            for path in ["/", page] { #expect(try await browser.get(path).text.contains("剩 9 小时"), "\(path)") }
            office.move(hours: 10)
            try await office.desk.runJobs()
            for path in ["/", page] { #expect(try await browser.get(path).text.contains("逾期 1 小时"), "\(path)") }
            #expect(try await browser.get(page).text.contains("逾期时在"))
            try await office.desk.take(QualityItem.receive, on: id, by: Principal(manager))
            let received = try await browser.get(page)
            #expect(received.text.contains("逾期办结") && !received.text.contains("逾期 1 小时"))
        }
    }

    @Test(.demand(drugQuality[8], 2)) func theWholeFileOfWhatIsArchivedIsPrinted() async throws {
        try await Self.with { office, server, client, officer, clerk in
            let desk = office.desk, hub = Principal(officer), reporter = Principal(clerk)
            let manager = Principal(try await office.hire("manager", .enterpriseManager, in: office.company))
            let id = try await Self.report(office, by: clerk)
            try await desk.take(
                QualityItem.analyse, on: id,
                input: ["analysis": .text("包装密封不严"), "proposal": .text("抽检同批次"), "decider": .text("leader")], by: hub)
            let measure: JSONValue = .record([
                .init("what", .text("检查库存包装")), .init("owner", .whole(clerk.raw)),
                .init("due", .text(office.now.day.adding(days: 20).description)),
            ])
            try await desk.take(
                QualityItem.decide, on: id, input: ["decision": .text("同意抽检"), "measures": .list([measure])], by: manager)
            try await desk.take(QualityItem.answer, on: id, input: ["feedback": .text("抽检已安排")], by: hub)
            try await desk.take(QualityItem.acknowledge, on: id, by: reporter)
            let order = try #require(try await desk.register("measure", RegisterQuery(), by: officer).rows.first)
            try await desk.take(Measure.finish, on: order.id, input: ["result": .text("逐箱看过")], by: reporter)
            try await desk.take(Measure.confirm, on: order.id, by: hub)
            try await desk.take(
                Measure.check, on: order.id, input: ["isEffective": .flag(true), "effect": .text("抽查完好")], by: hub)
            try await desk.take(QualityItem.close, on: id, input: ["usefulness": .text("useful")], by: hub)

            let page = "/d/\(server.edge.ids.word(id, .document))/whole"
            let whole = try await Browser.enter(officer, server, client).get(page)
            #expect(whole.status == .ok && whole.text.contains("件，可直接打印"))
            // What was written, by whom each step was taken, and the measure that belongs to it.
            let parts = [
                "已归档", "瓶口未封严", "包装密封不严", "同意抽检", "抽检已安排", "上报质量信息", "分析汇总", "审阅决策", "填写信息反馈单", "确认收到反馈", "结案归档", "检查库存包装", "逐箱看过",
                "抽查完好", "核查效果",
            ]
            for part in parts { #expect(whole.text.contains(part), "\(part)") }
            for person in ["clerk", "officer", "manager"] { #expect(whole.text.contains("</b> \(person)"), "\(person)") }
            let stranger = try await Browser.enter(try await office.hire("stranger"), server, client)
            #expect(try await stranger.get(page).status == .notFound)
        }
    }
}
