import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// A test that is taken in the browser, from the list of tests to its result, and who may sell on a day (第九条, 第十条).
@Suite struct SellerTestPageTests {
    private struct House: Sendable {
        let office: TestOffice
        let trainer: Principal
        let service: Principal
        let seller: PersonID
        let agent: Int64
        var desk: Desk { office.desk }
    }

    /// A seller with a log-in and a licence.
    private static func open(_ office: TestOffice) async throws -> House {
        let backOffice = Principal(try await office.hire("back", .backOffice, in: office.market))
        let seller = try await office.hire("seller", .seller, in: office.market)
        let agent = try await office.desk.take(
            Agent.register,
            input: [
                "agentNo": .text("SELLER55"), "name": .text("孙业务"), "channel": .text("individual"), "team": .whole(office.market.raw),
                "phone": .text("13700000005"), "user": .whole(seller.raw), "licenceNo": .text("L55"), "grade": .text("4"),
                "registeredOn": .text("2025-01-01"),
            ], by: backOffice
        ).id
        return House(
            office: office, trainer: Principal(try await office.hire("trainer", .trainer)),
            service: Principal(try await office.hire("service", .customerService, in: office.service)), seller: seller, agent: agent)
    }

    /// The seller attends two hours.
    private static func train(_ house: House) async throws {
        let (desk, trainer) = (house.desk, house.trainer)
        let material = try await desk.keep(file: "讲义.txt", content: Array("如实填写".utf8), by: trainer)
        let course = try await desk.take(
            SellerCourse.draft,
            input: [
                "courseTitle": .text("投保单规范填写"), "subject": .text("applications"), "hours": .whole(2),
                "files": .list([material.stored]),
            ], by: trainer
        ).id
        try await desk.take(SellerCourse.approve, on: course, by: house.service)
        let session = try await desk.take(
            ClassSession.plan,
            input: [
                "course": .whole(course), "startsAt": .text(house.office.now.adding(hours: -1).description), "hours": .whole(2),
                "place": .text("教室"), "teacher": .text("唐老师"),
            ], by: trainer
        ).id
        let attendee = JSONValue.record([.init("agent", .whole(house.agent)), .init("hours", .whole(2))])
        try await desk.take(ClassSession.record, on: session, input: ["attendees": .list([attendee])], by: trainer)
        try await desk.take(ClassSession.confirm, on: session, by: house.service)
    }

    private static func question(_ number: Int) -> TestQuestion {
        var question = TestQuestion()
        (question.topic, question.difficulty, question.kind) = (.applicant, .easy, .single)
        (question.stem, question.explanation) = ("第\(number)题", "见讲义")
        question.options = [AnswerOption("对的\(number)", isRight: true), AnswerOption("错的甲"), AnswerOption("错的乙")]
        return question
    }

    /// Two questions of fifty points, out of four: both are needed.
    private static func arrange(_ house: House) async throws -> Int64 {
        let (desk, trainer) = (house.desk, house.trainer)
        for number in 1...4 {
            let question = Self.question(number)
            let id = try await desk.take(TestQuestion.draft, by: trainer) { $0 = question }.id
            try await desk.take(TestQuestion.approve, on: id, by: house.service)
        }
        let paper = try await desk.take(TestPaper.draft, by: trainer) { document in
            var paper = TestPaper()
            (paper.paperTitle, paper.minutes, paper.validMonths) = ("测试卷", 30, 12)
            paper.strata = [Stratum(.applicant, .easy, 2, points: 50)]
            document = paper
        }.id
        try await desk.take(TestPaper.approve, on: paper, by: house.service)
        return try await desk.take(
            SellerTest.arrange,
            input: [
                "testTitle": .text("专项测试"), "paper": .whole(paper), "opensAt": .text(house.office.now.description),
                "closesAt": .text(house.office.now.adding(days: 5).description), "channels": .text(""),
            ], by: trainer
        ).id
    }

    /// Which option of a question, counted as the page shows them, is the right one, or a wrong one.
    private static func option(_ page: String, _ serial: Int, isRight: Bool) throws -> String {
        let shown = try (1...3).first { place in
            let label = try #require(page.between("<label for=\"q\(serial)-\(place)\">", "</label>"))
            return label.contains("对的") == isRight
        }
        return String(try #require(shown))
    }

    /// Sits the test on its pages, with so many right answers; the page that tells the result.
    private static func sit(_ begin: String, right: Int, _ browser: Browser) async throws -> String {
        let sheet = try #require(try await browser.post(begin).headers[.location])
        for serial in 1...2 {
            let page = try await browser.get(sheet).text
            #expect(page.contains("已保存 \(serial - 1) / 2 题"))
            let chosen = try option(page, serial, isRight: serial <= right)
            let saved = try await browser.post(sheet, [("was\(serial)", ""), ("q\(serial)", chosen), ("save", "\(serial)")])
            #expect(saved.status == .seeOther)
        }
        #expect(try await browser.get(sheet + "/hand-in").text.contains("全部 2 题均已作答"))
        #expect(try await browser.post(sheet + "/hand-in").headers[.location] == sheet)
        return try await browser.get(sheet).text
    }

    @Test(.demand(authenticity[9], 1), .demand(authenticity[10], 2))
    func aTestIsTakenInTheBrowserAndWhoPassesIsOnTheListAtOnce() async throws {
        try await TestOffice.with(.sqlite, [authenticityContents]) { office in
            let house = try await Self.open(office)
            try await Self.train(house)
            let test = try await Self.arrange(house)
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: WebOffice.WallClock().clock)
            let server = WebServer(
                desk: office.desk, configuration: configuration, extraPages: SellerLearningPages.all + TestSittingPage.all)
            try await server.application().test(.router) { client in
                let seller = try await Browser.enter(house.seller, server, client)
                let trainer = try await Browser.enter(house.trainer.person, server, client)
                func isListed(_ day: String = "") async throws -> Bool {
                    try await trainer.get("/qualified?on=\(day)").text.contains("SELLER55")
                }
                let begin = "/tests/begin/\(server.edge.ids.word(test, .document))"
                #expect(try await seller.get("/tests").text.contains(begin))
                #expect(try await seller.get(begin).text.contains("2 题，满分 100 分，80 分及格"))
                let failed = try await Self.sit(begin, right: 1, seller)
                #expect(failed.contains("<span class=\"state no\">未通过</span>") && failed.contains("<b>50 分</b>"))
                #expect(try await !isListed())
                let passed = try await Self.sit(begin, right: 2, seller)
                #expect(passed.contains("<span class=\"state done\">通过</span>") && passed.contains("<b>100 分</b>"))
                #expect(try await isListed())
                #expect(try await !isListed("2026-01-14"), "the day before it was passed")
                // Both results are kept.
                let sheets = try await office.desk.all(AnswerSheet.self)
                #expect(sheets.map(\.value.points).sorted() == [50, 100] && sheets.allSatisfy { $0.state == .handedIn })
                office.move(to: .startOfDay(office.now.day.adding(months: 12).adding(days: 1)).adding(hours: 9))
                try await office.desk.runJobs()
                let later = try await Browser.enter(house.trainer.person, server, client)
                #expect(try await !later.get("/qualified").text.contains("SELLER55"), "it has ended")
            }
        }
    }
}
