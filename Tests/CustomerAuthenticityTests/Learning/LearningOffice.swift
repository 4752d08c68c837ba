import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// An insurer's office with a course, a bank, a test that is open, and one seller with a log-in who has attended two hours.
struct LearningOffice: Sendable {
    let insurer: InsurerOffice
    let seller: Principal
    let agent: Int64
    let course: Int64
    let paper: Int64
    let test: Int64
    var desk: Desk { insurer.desk }
    var office: TestOffice { insurer.office }

    static func with(_ engine: TestEngine = .sqlite, hours: Int = 2, _ body: (LearningOffice) async throws -> Void) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let (seller, agent) = try await hire("seller", "A5", insurer)
            let course = try await course(insurer)
            let paper = try await paper(insurer)
            if hours > 0 { try await attend([agent], hours: hours, course: course, insurer) }
            let test = try await arrange(paper, insurer)
            try await body(
                LearningOffice(insurer: insurer, seller: seller, agent: agent, course: course, paper: paper, test: test))
        }
    }

    /// A seller with a log-in, registered with grade 4.
    static func hire(_ login: String, _ number: String, _ insurer: InsurerOffice, more: [String: JSONValue] = [:]) async throws -> (
        Principal, Int64
    ) {
        let seller = Principal(try await insurer.office.hire(login, .seller, in: insurer.office.market))
        let input: [String: JSONValue] = [
            "agentNo": .text(number), "name": .text("孙业务"), "channel": .text("individual"), "team": .whole(insurer.office.market.raw),
            "phone": .text("1370000000\(number.suffix(1))"), "user": .whole(seller.person.raw), "licenceNo": .text("L\(number)"),
            "grade": .text("4"),
            "registeredOn": .text("2025-01-01"),
        ]
        return (seller, try await insurer.desk.take(Agent.register, input: input.merging(more) { $1 }, by: insurer.backOffice).id)
    }

    static func course(_ insurer: InsurerOffice, subject: String = "applications", hours: Int = 2) async throws -> Int64 {
        let material = try await insurer.desk.keep(file: "讲义.txt", content: Array("如实填写".utf8), by: insurer.trainer)
        let course = try await insurer.desk.take(
            SellerCourse.draft,
            input: [
                "courseTitle": .text("投保单规范填写"), "subject": .text(subject), "hours": .whole(Int64(hours)),
                "files": .list([material.stored]),
            ], by: insurer.trainer
        ).id
        try await insurer.desk.take(SellerCourse.approve, on: course, by: insurer.service)
        return course
    }

    /// A class this morning, which these agents attended.
    @discardableResult
    static func attend(_ agents: [Int64], hours: Int = 2, course: Int64, _ insurer: InsurerOffice) async throws -> Int64 {
        let desk = insurer.desk
        let session = try await desk.take(
            ClassSession.plan,
            input: [
                "course": .whole(course), "startsAt": .text(insurer.office.now.adding(hours: -1).description), "hours": .whole(2),
                "place": .text("教室"), "teacher": .text("唐老师"),
            ], by: insurer.trainer
        ).id
        let attendees = agents.map { JSONValue.record([.init("agent", .whole($0)), .init("hours", .whole(Int64(hours)))]) }
        try await desk.take(ClassSession.record, on: session, input: ["attendees": .list(attendees)], by: insurer.trainer)
        try await desk.take(ClassSession.confirm, on: session, by: insurer.service)
        return session
    }

    static func question(_ topic: QuestionTopic, _ difficulty: Difficulty, _ number: Int) -> TestQuestion {
        var question = TestQuestion()
        (question.topic, question.difficulty, question.kind) = (topic, difficulty, .single)
        (question.stem, question.explanation) = ("\(topic.words.zh)第\(number)题", "见讲义")
        question.options = [AnswerOption("对的\(number)", isRight: true), AnswerOption("错的甲"), AnswerOption("错的乙"), AnswerOption("错的丙")]
        return question
    }

    @discardableResult
    static func ask(_ question: TestQuestion, _ insurer: InsurerOffice) async throws -> Int64 {
        let id = try await insurer.desk.take(TestQuestion.draft, by: insurer.trainer) { $0 = question }.id
        try await insurer.desk.take(TestQuestion.approve, on: id, by: insurer.service)
        return id
    }

    /// Five questions of twenty points: four right ones pass.
    static func paper(_ insurer: InsurerOffice) async throws -> Int64 {
        for number in 1...4 { try await ask(question(.applicant, .easy, number), insurer) }
        for number in 1...6 { try await ask(question(.contact, .medium, number), insurer) }
        let paper = try await insurer.desk.take(TestPaper.draft, by: insurer.trainer) { document in
            var paper = TestPaper()
            (paper.paperTitle, paper.minutes, paper.validMonths) = ("测试卷", 30, 12)
            paper.strata = [Stratum(.applicant, .easy, 2, points: 20), Stratum(.contact, .medium, 3, points: 20)]
            document = paper
        }.id
        try await insurer.desk.take(TestPaper.approve, on: paper, by: insurer.service)
        return paper
    }

    static func arrange(_ paper: Int64, _ insurer: InsurerOffice, days: Int = 60, channels: String = "") async throws -> Int64 {
        try await insurer.desk.take(
            SellerTest.arrange,
            input: [
                "testTitle": .text("专项测试"), "paper": .whole(paper), "opensAt": .text(insurer.office.now.description),
                "closesAt": .text(insurer.office.now.adding(days: days).description), "channels": .text(channels),
            ], by: insurer.trainer
        ).id
    }

    // MARK: Sitting

    func begin(by principal: Principal? = nil, test other: Int64? = nil) async throws -> Int64 {
        try await desk.take(AnswerSheet.begin, input: ["test": .whole(other ?? test)], by: principal ?? seller).id
    }

    func sheet(_ id: Int64) async throws -> AnswerSheet { try await found(id).value }
    func found(_ id: Int64) async throws -> Found<AnswerSheet> { try await desk.load([ID<AnswerSheet>(id)])[0] }
    func agent(_ id: Int64? = nil) async throws -> Found<Agent> { try await desk.load([ID<Agent>(id ?? agent)])[0] }

    func save(_ sheet: Int64, _ serial: Int, _ choice: String, shown: String = "", by principal: Principal? = nil) async throws {
        try await desk.take(
            AnswerSheet.save, on: sheet,
            input: ["serial": .whole(Int64(serial)), "choice": .text(choice), "shown": .text(shown)], by: principal ?? seller)
    }

    /// The place on the paper of the right option of a question, counted from 1; or of a wrong one.
    func place(_ id: Int64, _ serial: Int, isRight: Bool) async throws -> String {
        let sheet = try await sheet(id)
        let question = try await desk.load([sheet.questions[serial - 1]])[0].value
        let places = sheet.items[serial - 1].places
        let wanted = places.firstIndex { question.options[$0].isRight == isRight } ?? 0
        return String(wanted + 1)
    }

    /// Answers all five questions, so many of them rightly.
    func answer(_ sheet: Int64, right: Int, by principal: Principal? = nil) async throws {
        for serial in 1...5 {
            try await save(sheet, serial, place(sheet, serial, isRight: serial <= right), by: principal)
        }
    }

    /// Sits the test from the first to the last.
    @discardableResult
    func sit(right: Int, by principal: Principal? = nil, test other: Int64? = nil) async throws -> Int64 {
        let sheet = try await begin(by: principal, test: other)
        try await answer(sheet, right: right, by: principal)
        try await desk.take(AnswerSheet.handIn, on: sheet, by: principal ?? seller)
        return sheet
    }

    /// An application of this seller's, with the check confirmed by himself.
    func submit(_ number: String, sequence: Int, _ change: (inout Application) -> Void = { _ in }) async throws -> Desk.Taken {
        let application = insurer.application(number, sequence: sequence) {
            $0.agentNo = "A5"
            change(&$0)
        }
        try? await confirm(application)
        return try await insurer.submit(application)
    }

    @discardableResult
    func confirm(_ application: Application, by principal: Principal? = nil, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "applicationNo": .text(application.applicationNo), "applicationDate": .text(application.applicationDate?.description ?? ""),
            "hasSeenIdentity": .flag(true), "isOwnContact": .flag(true), "isOwnAccount": .flag(true), "isOwnSignature": .flag(true),
        ]
        return try await desk.take(CheckConfirmation.confirm, input: input.merging(more) { $1 }, by: principal ?? seller).id
    }
}
