import Kernel
import Synchronization
import WorkCalendar

/// An invented insurer's branch with some weeks of history, so that clocks, overdue items and figures show. Every act goes through the
/// desk at its own past moment; nothing is written beside it.
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
    /// Days of history.
    package let days: Int
    /// Applications on a working day.
    package let daily: Int

    package init(seed: UInt64 = 7, days: Int = 42, daily: Int = 41) {
        (self.seed, self.days, self.daily) = (seed, days, daily)
    }

    /// When its history begins, if it is to end now.
    package func start(before now: Moment) -> Moment { .startOfDay(now.day.adding(days: -days)) }

    /// Fills an empty database. The desk's clock must be `clock`, standing at `start(before:)`; it stands at `now` afterwards.
    /// - Parameter beside: what others do on each working morning, the first of which is number 0.
    package func fill(
        _ desk: Desk, _ clock: MovingClock, until now: Moment, beside: (_ number: Int) async throws -> Void = { _ in }
    ) async throws {
        let office = try await DemonstrationOffice.found(desk, from: clock.now.day)
        let calendar = try await desk.calendar()
        let agents = try await register(desk, office, on: clock.now.day)
        let chase = DemonstrationChase(desk: desk, office: office)
        var learning = try await DemonstrationLearning.found(desk, office, clock)
        var consequences = try await DemonstrationConsequences.found(desk, office, from: clock.now.day)
        let notices = DemonstrationNotices(desk, office)
        var intake = DemonstrationIntake(seed: seed, agents: agents)
        try await requestExceptions(desk, office)
        let queries = try await DemonstrationQueries.found(desk, office, from: clock.now.day)
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
                try await queries.work(number, at: clock.now)
                try await beside(number)
                number += 1
                clock.move(to: min(now, Moment.startOfDay(day).adding(hours: 14)))
                let applications = (0..<daily).map { _ in intake.application(on: day) }
                _ = try await desk.takeMany(Application.submit, applications, by: office.underwriter)
            }
            day = day.adding(days: 1)
        }
        clock.move(to: now)
        try await desk.runJobs()
        try await notices.end(on: now.day)
    }

    private func register(_ desk: Desk, _ office: DemonstrationOffice, on day: Day) async throws -> [(
        number: String, phone: String, channel: Channel, grade: SellerGrade, isQualified: Bool
    )] {
        var people = DemonstrationPeople(seed: seed &+ 99)
        var agents: [(number: String, phone: String, channel: Channel, grade: SellerGrade, isQualified: Bool)] = []
        for index in 0..<40 {
            let team = index % office.teams.count
            var relative = Relative()
            (relative.name, relative.phone) = (people.name(), people.phone())
            let channel = team == 2 ? Channel.bancassurance : .individual
            let number = "A44\(1001 + index)", phone = people.phone()
            let grade: SellerGrade = [.first, .first, .second, .third, .fourth][index % 5]
            let taken = try await desk.take(
                "register", of: "agent",
                input: [
                    "agentNo": .text(number), "name": .text(people.name()), "channel": .text(channel.rawValue),
                    "team": .whole(office.teams[team].raw), "leader": .whole(office.leaders[team].raw), "phone": .text(phone),
                    "address": .text(people.address()), "relatives": .list([relative.stored]),
                    "licenceNo": .text("0000114401\(20_200_001 + index)"), "grade": .text(grade.rawValue),
                    "registeredOn": .text(day.adding(days: -700 - index).description),
                ], by: office.backOffice(ofTeam: team))
            let isQualified = index % 13 != 12
            agents.append((number, phone, channel, grade, isQualified))
            // One whose qualification ran out meanwhile.
            let isLapsing = index == 38
            guard isQualified || isLapsing else { continue }
            try await desk.take(
                "qualify", of: "agent", on: taken.id,
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
    }
}
