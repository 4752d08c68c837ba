import ArgumentParser
import CustomerAuthenticity
import Kernel
import WorkCalendar

/// Takes so many sellers into a demonstration's book, with class hours and log-ins, and lays a test before them: they sit it over HTTP
/// (bench/insurer.py). All of it by the road of acts.
struct BenchSitting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sitting")
    @Option var people = 5_000
    @OptionGroup var database: DatabaseOptions

    private struct Office {
        let trainer: Principal
        let service: Principal
        let backOffice: Principal
        let leader: PersonID
        let team: UnitID
    }

    /// So many are on one list of attendance.
    private static let classSize = 50

    func run() async throws {
        let desk = try await database.openDesk(try await database.settings())
        let started = ContinuousClock.now
        let office = try await office(desk)
        // Before there are sellers: each of them would be told of every class and of the test.
        let classes = try await plan(desk, office)
        try await arrange(desk, office)
        let agents = try await register(try await hire(desk, office), desk, office)
        try await attend(agents, classes, desk, office)
        try await desk.settleLedger()
        try await desk.settleSearch()
        await desk.store.close()
        Terminal.answer("furnished \(Bench.seconds(since: started)) s\nsellers \(agents.count) people")
    }

    private func office(_ desk: Desk) async throws -> Office {
        let leader = try await desk.person(named: "huangwei").id
        guard let team = try await desk.organisation().home(of: leader, on: desk.clock.now().day) else {
            throw ValidationError("the book is no demonstration")
        }
        return Office(
            trainer: Principal(try await desk.person(named: "tangli").id), service: Principal(try await desk.person(named: "zhoumin").id),
            backOffice: Principal(try await desk.person(named: "lintao").id), leader: leader, team: team)
    }

    private func plan(_ desk: Desk, _ office: Office) async throws -> [Int64] {
        guard let course = try await desk.all(SellerCourse.self).first(where: { $0.state == .inUse || $0.state == .revised }) else {
            throw ValidationError("the book has no course")
        }
        let yesterday = Moment.startOfDay(desk.clock.now().day.adding(days: -1)).adding(hours: 9)
        var classes: [Int64] = []
        for _ in stride(from: 0, to: people, by: Self.classSize) {
            let planned = try await desk.take(
                ClassSession.plan,
                input: [
                    "course": .whole(course.id.raw), "startsAt": .text(yesterday.description), "hours": .whole(2),
                    "place": .text("培训部一号教室"), "teacher": .text("唐丽"),
                ], by: office.trainer)
            classes.append(planned.id)
        }
        return classes
    }

    /// Twenty questions of the demonstration's bank, and two hours for them.
    private func arrange(_ desk: Desk, _ office: Office) async throws {
        let paper = try await desk.take(TestPaper.draft, by: office.trainer) { document in
            var paper = TestPaper()
            (paper.paperTitle, paper.minutes, paper.validMonths) = ("全员测试卷", 120, 12)
            paper.strata = [
                Stratum(.applicant, .easy, 4, points: 5), Stratum(.insured, .easy, 3, points: 5), Stratum(.contact, .medium, 4, points: 5),
                Stratum(.account, .medium, 4, points: 5), Stratum(.signature, .medium, 2, points: 5), Stratum(.check, .hard, 3, points: 5),
            ]
            document = paper
        }
        try await desk.take(TestPaper.approve, on: paper.id, by: office.service)
        let now = desk.clock.now()
        try await desk.take(
            SellerTest.arrange,
            input: [
                "testTitle": .text("全员专项测试"), "paper": .whole(paper.id), "opensAt": .text(now.description),
                "closesAt": .text(Moment.endOfDay(now.day.adding(days: 30)).description),
            ], by: office.trainer)
    }

    private func hire(_ desk: Desk, _ office: Office) async throws -> [PersonID] {
        let from = desk.clock.now().day.adding(days: -60)
        var hired: [PersonID] = []
        for number in 0..<people {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(
                        login: "sitter\(number)", zh: "应试\(number)", en: "Sitter \(number)", clearance: .internal, administrator: false),
                    by: .system))
            try await desk.administer(.appoint(id, office.team, post: Post.seller.id, from: from, to: nil), by: .system)
            hired.append(id)
        }
        return hired
    }

    private func register(_ hired: [PersonID], _ desk: Desk, _ office: Office) async throws -> [Int64] {
        let day = desk.clock.now().day.adding(days: -30)
        let agents = hired.enumerated().map { number, person -> Agent in
            var agent = Agent()
            (agent.agentNo, agent.name, agent.channel) = ("S\(100_000 + number)", "应试\(number)", .individual)
            (agent.team, agent.leader, agent.user) = (office.team, office.leader, person)
            (agent.phone, agent.address) = ("177\(10_000_000 + number)", "广东省广州市天河区华景路\(number + 1)号1栋101室")
            (agent.licenceNo, agent.grade, agent.registeredOn) = ("000021449\(10_000_000 + number)", .fourth, day)
            return agent
        }
        return try await desk.takeMany(Agent.register, agents, by: office.backOffice).map { try $0.get().id }
    }

    private func attend(_ agents: [Int64], _ classes: [Int64], _ desk: Desk, _ office: Office) async throws {
        for (number, session) in classes.enumerated() {
            let there = agents[(number * Self.classSize)..<min((number + 1) * Self.classSize, agents.count)]
            let list = there.map { agent in JSONValue.record([.init("agent", .whole(agent)), .init("hours", .whole(2))]) }
            try await desk.take(ClassSession.record, on: session, input: ["attendees": .list(list)], by: office.trainer)
            try await desk.take(ClassSession.confirm, on: session, by: office.service)
        }
    }
}
