import Kernel
import WorkCalendar

/// How the invented sellers learn and are tested: a course with two classes, a bank of questions, and tests that some pass, one passes at
/// the second try, one fails twice and waits, and one can sit now.
struct DemonstrationLearning {
    let desk: Desk
    let office: DemonstrationOffice
    let clock: Demonstration.MovingClock
    private var course: Int64 = 0, paper: Int64 = 0, session: Int64 = 0, test: Int64 = 0
    private let sellers: [Seller]

    /// A seller with a log-in: the agent, the person, and how the tests go.
    struct Seller {
        let agent: Int64
        let number: String
        let principal: Principal
        let part: Part

        enum Part { case passes, passesLate, runsOutOfTime, fails, isAbsent, sitsNow }
    }

    private init(_ desk: Desk, _ office: DemonstrationOffice, _ clock: Demonstration.MovingClock, _ sellers: [Seller]) {
        (self.desk, self.office, self.clock, self.sellers) = (desk, office, clock, sellers)
    }

    private static let names: [(login: String, zh: String, en: String, part: Seller.Part, grade: String)] = [
        ("heyutong", "何雨桐", "He Yutong", .passes, "3"), ("chenzhuo", "陈卓", "Chen Zhuo", .passes, "4"),
        ("liangjing", "梁静怡", "Liang Jingyi", .passesLate, "4"), ("zhongming", "钟鸣", "Zhong Ming", .runsOutOfTime, "4"),
        ("pengfei", "彭飞", "Peng Fei", .fails, "4"), ("dujuan", "杜鹃", "Du Juan", .isAbsent, "4"), ("subing", "苏冰", "Su Bing", .sitsNow, "4"),
    ]

    /// Hires the sellers, and registers each as an agent.
    static func found(_ desk: Desk, _ office: DemonstrationOffice, _ clock: Demonstration.MovingClock) async throws -> DemonstrationLearning
    {
        var people = DemonstrationPeople(seed: 4_242)
        var sellers: [Seller] = []
        let day = clock.now.day
        for (index, (login, zh, en, part, grade)) in names.enumerated() {
            let team = index % 2
            let person = PersonID(
                try await desk.administer(
                    .addPerson(login: login, zh: zh, en: en, clearance: .internal, administrator: false), by: .system))
            try await desk.administer(
                .appoint(person, office.teams[team], post: Post.seller.id, from: day.adding(days: -60), to: nil), by: .system)
            let number = "A44\(2001 + index)"
            let taken = try await desk.take(
                Agent.register,
                input: [
                    "agentNo": .text(number), "name": .text(zh), "channel": .text(Channel.individual.rawValue),
                    "team": .whole(office.teams[team].raw), "leader": .whole(office.leaders[team].raw), "phone": .text(people.phone()),
                    "address": .text(people.address()), "user": .whole(person.raw), "licenceNo": .text("0000214401\(20_250_001 + index)"),
                    "grade": .text(grade), "registeredOn": .text(day.adding(days: -30).description),
                ], by: office.backOffice(ofTeam: team))
            sellers.append(Seller(agent: taken.id, number: number, principal: Principal(person), part: part))
        }
        return DemonstrationLearning(desk, office, clock, sellers)
    }

    /// One working morning.
    mutating func work(_ number: Int, on day: Day) async throws {
        switch number {
        case 0: try await writeMaterial()
        case 1: session = try await plan(day, hours: 2)
        case 2: try await hold(session) { $0.part != .isAbsent }
        case 3:
            test = try await arrange("投保单规范填写专项测试（第一期）", from: day, days: 14)
            for seller in sellers where seller.part != .sitsNow && seller.part != .isAbsent { try await sit(seller, isFirst: true) }
        case 4:
            for seller in sellers where seller.part == .passesLate || seller.part == .fails { try await sit(seller, isFirst: false) }
        case 5: session = try await plan(day, hours: 1)
        case 6:
            try await hold(session) { $0.part == .isAbsent }
            try await revise()
        case 7: test = try await arrange("投保单规范填写专项测试（第二期）", from: day, days: 90)
        case 8: try await requestCorrection()
        case 9: try await confirmCheck(day)
        default: break
        }
    }

    // MARK: Material

    private mutating func writeMaterial() async throws {
        let material = try await desk.keep(
            file: "投保单规范填写讲义.txt", content: Array(DemonstrationQuestions.material.utf8), by: office.trainer)
        course = try await desk.take(
            SellerCourse.draft,
            input: [
                "courseTitle": .text("投保单规范填写"), "subject": .text("applications"), "hours": .whole(2), "files": .list([material.stored]),
            ], by: office.trainer
        ).id
        try await desk.take(SellerCourse.approve, on: course, by: office.service)
        for question in DemonstrationQuestions.all {
            let taken = try await desk.take(TestQuestion.draft, by: office.trainer) { $0 = question }
            try await desk.take(TestQuestion.approve, on: taken.id, by: office.service)
        }
        paper = try await desk.take(TestPaper.draft, by: office.trainer) { document in
            var paper = TestPaper()
            (paper.paperTitle, paper.minutes, paper.validMonths) = ("投保单规范填写测试卷", 20, 12)
            paper.strata = [
                Stratum(.applicant, .easy, 2, points: 8), Stratum(.insured, .easy, 1, points: 8), Stratum(.contact, .medium, 2, points: 12),
                Stratum(.account, .medium, 2, points: 12), Stratum(.signature, .medium, 1, points: 12),
                Stratum(.check, .hard, 1, points: 16),
            ]
            document = paper
        }.id
        try await desk.take(TestPaper.approve, on: paper, by: office.service)
    }

    /// A second edition, which waits for its approval.
    private func revise() async throws {
        let material = try await desk.keep(
            file: "投保单规范填写讲义（第二版）.txt", content: Array((DemonstrationQuestions.material + "\n补充：亲属电话不得代替客户电话。").utf8), by: office.trainer)
        try await desk.take(
            SellerCourse.revise, on: course, input: ["files": .list([material.stored]), "changes": .text("增加亲属电话的案例")], by: office.trainer)
    }

    // MARK: Classes

    private func plan(_ day: Day, hours: Int) async throws -> Int64 {
        try await desk.take(
            ClassSession.plan,
            input: [
                "course": .whole(course), "startsAt": .text(Moment.startOfDay(day).adding(hours: 15).description),
                "hours": .whole(Int64(hours)),
                "place": .text("培训部一号教室"), "teacher": .text("唐丽"),
            ], by: office.trainer
        ).id
    }

    private func hold(_ session: Int64, _ isThere: (Seller) -> Bool) async throws {
        let attendees = sellers.filter(isThere).map { seller in
            JSONValue.record([.init("agent", .whole(seller.agent)), .init("hours", .whole(seller.part == .isAbsent ? 1 : 2))])
        }
        try await desk.take(ClassSession.record, on: session, input: ["attendees": .list(attendees)], by: office.trainer)
        try await desk.take(ClassSession.confirm, on: session, by: office.service)
    }

    // MARK: Tests

    private func arrange(_ title: String, from day: Day, days: Int) async throws -> Int64 {
        try await desk.take(
            SellerTest.arrange,
            input: [
                "testTitle": .text(title), "paper": .whole(paper), "opensAt": .text(clock.now.description),
                "closesAt": .text(Moment.endOfDay(day.adding(days: days)).description),
            ], by: office.trainer
        ).id
    }

    private func sit(_ seller: Seller, isFirst: Bool) async throws {
        let sheet = try await desk.take(AnswerSheet.begin, input: ["test": .whole(test)], by: seller.principal).id
        guard let drawn = try await desk.load([ID<AnswerSheet>(sheet)]).first?.value else { return }
        let questions = try await desk.load(drawn.questions)
        let isGood = seller.part == .passes || seller.part == .runsOutOfTime || (seller.part == .passesLate && !isFirst)
        for (index, (item, question)) in zip(drawn.items, questions).enumerated() {
            // Who fails takes the first option that is not right.
            let right = Set(AnswerOption.places(question.value.rightAnswer))
            let wanted = isGood || index % 3 == 0 ? right : Set(item.places.filter { !right.contains($0) }.prefix(1))
            let choice = item.places.indices.filter { wanted.contains(item.places[$0]) }.map { String($0 + 1) }.joined(separator: ";")
            try await desk.take(
                AnswerSheet.save, on: sheet, input: ["serial": .whole(Int64(index + 1)), "choice": .text(choice)], by: seller.principal)
        }
        // The connection is lost before the end: what was saved is handed in when the time is over.
        if seller.part != .runsOutOfTime { try await desk.take(AnswerSheet.handIn, on: sheet, by: seller.principal) }
    }

    /// Waits for compliance, with the list of who would change.
    private func requestCorrection() async throws {
        let sheets = try await desk.all(AnswerSheet.self)
        guard let question = sheets.first(where: { $0.value.result == .failed })?.value.questions.last else { return }
        try await desk.take(
            QuestionCorrection.request,
            input: ["question": .whole(question.raw), "effect": .text("void"), "grounds": .text("有业务员反映题意有两种理解，建议作废（演示）")],
            by: office.trainer)
    }

    /// One application whose check the agent has confirmed in person, and what was made of it.
    private func confirmCheck(_ day: Day) async throws {
        guard let seller = sellers.first else { return }
        var people = DemonstrationPeople(seed: 5_151)
        var application = Application()
        (application.applicationNo, application.policyNo) = ("T\(day.yyyymmdd)901", "P449000901")
        (application.productClass, application.term, application.applicationDate) = (.participating, "20", day)
        (application.agentNo, application.channel) = (seller.number, .individual)
        var applicant = people.person(.applicant, on: day)
        (applicant.account, applicant.accountHolder) = (people.account(), applicant.name)
        application.persons = [applicant]
        try await desk.take(
            CheckConfirmation.confirm,
            input: [
                "applicationNo": .text(application.applicationNo), "applicationDate": .text(day.description),
                "hasSeenIdentity": .flag(true),
                "isOwnContact": .flag(true), "isOwnAccount": .flag(true), "isOwnSignature": .flag(true),
            ], by: seller.principal)
        let entered = application
        try await desk.take(Application.submit, by: office.underwriter) { $0 = entered }
    }
}
