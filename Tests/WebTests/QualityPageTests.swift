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

    @Test func aQuestionnaireIsAnsweredWithoutAnAccount() async throws {
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

    @Test func anOpinionIsDroppedAndItsAnswerFetchedWithTheCode() async throws {
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

    @Test func theFormOfAnItemIsChosenFirstAndPrintsAsOnePage() async throws {
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
}
