import Kernel
import Synchronization
import WorkCalendar

/// An invented insurer's branch with some weeks of history, told day by day, and months before them, told by two days of each week; so that
/// clocks, overdue items, figures and trends show. Every act goes through the desk at its own past moment; nothing is written beside it.
package struct Demonstration: Sendable {
    /// The clock of a demonstration: it stands where it is put.
    package final class MovingClock: Sendable {
        private let moment: Mutex<Moment>
        package init(_ start: Moment) { moment = Mutex(start) }
        package var now: Moment { moment.withLock { $0 } }
        package func move(to moment: Moment) { self.moment.withLock { $0 = max($0, moment) } }
        package var clock: Clock { Clock { self.now } }
    }

    package let seed: UInt64
    /// Days of history that are told day by day.
    package let days: Int
    /// Days before them.
    package let before: Int
    /// Applications on one of the last ten days.
    package let daily: Int

    package init(seed: UInt64 = 7, days: Int = 42, before: Int = 0, daily: Int = 36) {
        (self.seed, self.days, self.before, self.daily) = (seed, days, before, daily)
    }

    /// When its history begins, if it is to end now.
    package func start(before now: Moment) -> Moment { .startOfDay(now.day.adding(days: -days - before)) }

    /// Fills an empty database. The desk's clock must be `clock`, standing at `start(before:)`; it stands at `now` afterwards.
    /// - Parameters:
    ///   - months: what others do in the parts of a week (`DemonstrationYear.Part`) of the months before.
    ///   - beside: what others do on each working morning, the first of which is number 0.
    package func fill(
        _ desk: Desk, _ clock: MovingClock, until now: Moment, months: (_ week: Int, _ part: Int) async throws -> Void = { _, _ in },
        beside: (_ number: Int) async throws -> Void = { _ in }
    ) async throws {
        let office = try await DemonstrationOffice.found(desk, from: clock.now.day)
        let calendar = try await desk.calendar()
        let first = now.day.adding(days: -days)
        var agents = try await register(desk, office, before > 0 ? 0..<Self.early : 0..<Self.agents, on: clock.now.day)
        let chase = DemonstrationChase(desk: desk, office: office)
        var consequences = try await DemonstrationConsequences.found(desk, office, from: clock.now.day)
        let notices = DemonstrationNotices(desk, office)
        var intake = DemonstrationIntake(seed: seed, agents: agents)
        let queries = try await DemonstrationQueries.found(desk, office, from: clock.now.day)
        if before > 0 {
            let year = DemonstrationYear(desk: desk, office: office, clock: clock, notices: notices, queries: queries, end: first)
            try await year.pass(calendar, &consequences, &intake, beside: months)
            clock.move(to: .startOfDay(first))
            agents = try await register(desk, office, 0..<Self.agents, isAnew: true, on: first)
            intake.take(agents)
        }
        var learning = try await DemonstrationLearning.found(desk, office, clock)
        try await requestExceptions(desk, office)
        var (day, number) = (clock.now.day, 0)
        while day <= now.day {
            clock.move(to: min(now, Moment.startOfDay(day).adding(hours: 1)))
            try await desk.runJobs()
            if calendar.isWorkingDay(day), Moment.startOfDay(day).adding(hours: 9) < now {
                clock.move(to: Moment.startOfDay(day).adding(hours: 9))
                try await chase.work(
                    on: day, calendar: calendar, isLast: Moment.startOfDay(calendar.workingDay(after: day)).adding(hours: 9) >= now)
                try await learning.work(number, on: day)
                try await consequences.work(number, on: day, until: now.day)
                try await notices.work(number, on: day)
                // What the book begins with stands there since months.
                if before == 0 || number > 1 { try await queries.work(number, at: clock.now) }
                try await beside(number)
                number += 1
                clock.move(to: min(now, Moment.startOfDay(day).adding(hours: 14)))
                let count = before > 0 && day.distance(to: now.day) > 13 ? daily / 3 : daily
                let applications = (0..<count).map { _ in intake.application(on: day) }
                _ = try await desk.takeMany(Application.submit, applications, by: office.underwriter)
            }
            day = day.adding(days: 1)
        }
        clock.move(to: now)
        try await desk.runJobs()
        try await notices.end(on: now.day)
    }

    /// How many sell, and how many of them did when the history began.
    private static let agents = 40, early = 12

    /// - Parameter isAnew: whether the early ones stand in the book already and are qualified for another year.
    private func register(
        _ desk: Desk, _ office: DemonstrationOffice, _ range: Range<Int>, isAnew: Bool = false, on day: Day
    ) async throws -> [DemonstrationAgent] {
        var people = DemonstrationPeople(seed: seed &+ 99)
        var agents: [DemonstrationAgent] = []
        for index in range {
            let agent = DemonstrationAgent(index, office, &people)
            let isThere = isAnew && index < Self.early
            let id = try await isThere ? agent.id(desk) : agent.register(desk, office, on: day)
            agents.append(agent)
            // One whose qualification ran out meanwhile.
            let isLapsing = index == 38
            guard agent.isQualified || isLapsing else { continue }
            try await desk.take(
                "qualify", of: "agent", on: id,
                input: [
                    "trainingHours": .whole(2), "testedOn": .text(day.adding(days: -30).description),
                    "qualifiedUntil": .text(day.adding(days: isLapsing ? days / 2 : 335).description),
                    "takenOverFrom": .text("系统启用前培训部纸质测试记录（演示）"),
                ], by: office.trainer)
        }
        return agents
    }

    /// A hot line that is exempt, and one more that waits for its approval.
    private func requestExceptions(_ desk: Desk, _ office: DemonstrationOffice) async throws {
        for (owner, phone, isApproved) in [("分公司柜台电话", "020-83330000", true), ("合作银行网点电话", "020-83331111", false)] {
            let taken = try await desk.take(
                "request", of: "exemption", input: ["phone": .text(phone), "owner": .text(owner), "reason": .text("多名客户留存，属机构电话")],
                by: office.service)
            if isApproved { try await desk.take(Exemption.approve, on: taken.id, by: office.compliance) }
        }
        let exception = try await desk.take(
            "request", of: "account-exception",
            input: [
                "applicationNo": .text("T20250001"), "accountHolder": .text("李建国"), "account": .text("6222020200000000992"),
                "relation": .text("父亲"),
                "reason": .text("投保人无本人账户，由父亲代缴首期保费"),
            ], by: office.backOffices[0])
        try await desk.take(
            "investigate", of: "account-exception", on: exception.id, input: ["findings": .text("已核对户口簿，关系属实")], by: office.compliance)
        try await desk.take(AccountException.approve, on: exception.id, by: office.generalManager)
        let report = try await desk.take(
            "report", of: "misconduct-report",
            input: [
                "kind": .text("forged_signature"), "agentNo": .text("A441005"),
                "facts": .text("回访时客户称回执上的签名不是本人所签"),
            ], by: office.service)
        try await desk.take(
            "investigate", of: "misconduct-report", on: report.id, input: ["findings": .text("笔迹与投保单不符，业务员承认代签")], by: office.compliance)
        // Another is about a colleague of whoever would look into it: somebody of the general office does.
        let other = try await desk.take(
            "report", of: "misconduct-report",
            input: ["kind": .text("false_contact"), "agentNo": .text("A441008"), "facts": .text("两份投保单的联系地址都是业务员家庭住址")],
            by: office.secondService)
        let investigator = try await desk.organisation().people.values.first { $0.login == "wuhao" }?.id ?? .none
        try await desk.take(
            MisconductReport.appoint, on: other.id, input: ["investigator": .whole(investigator.raw)], by: office.generalManager)
    }
}
