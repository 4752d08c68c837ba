import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Who bought from somebody who has left is told within thirty days.
@Suite struct SellerLeavingTests {
    private func register(_ house: NoticeOffice, left: Day, successor: Int64? = nil) async throws -> Int64 {
        var input: [String: JSONValue] = [
            "agent": .whole(house.insurer.agent), "leftOn": .text(left.description), "servedBy": .text("李小红（A2）"),
        ]
        if let successor { input["successor"] = .whole(successor) }
        return try await house.desk.take(SellerLeaving.register, input: input, by: house.insurer.backOffice).id
    }

    private func found(_ house: NoticeOffice, _ id: Int64) async throws -> Found<SellerLeaving> {
        try #require(try await house.desk.load([ID<SellerLeaving>(id)]).first)
    }

    @Test(.article(authenticity[20]), arguments: TestEngine.all) func everyCustomerIsToldOnceAndTheLastEndsTheClock(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let insurer = house.insurer
            try await insurer.submit(insurer.application("T2", sequence: 2))
            // A second policy of the first customer, and one of nobody's any more.
            try await insurer.submit(insurer.application("T3", sequence: 1))
            try await insurer.submit(insurer.application("T4", sequence: 4))
            try await house.desk.take(Policy.end, on: try await house.policy("PT4").id, input: ["reason": .text("退保")], by: insurer.service)
            let today = house.office.now.day
            await NoticeOffice.refused("不能晚于今天", 20) { _ = try await register(house, left: today.adding(days: 1)) }
            await NoticeOffice.refused("离职者本人", 20) { _ = try await register(house, left: today, successor: insurer.agent) }
            let id = try await register(house, left: today)
            await NoticeOffice.refused("不重复告知", 20) { _ = try await register(house, left: today) }
            let notices = try await house.notices()
            #expect(notices.count == 2 && notices.allSatisfy { $0.value.text.contains("李小红（A2）") && $0.value.kind == .sellerLeft })
            #expect(try await found(house, id).value.count == 2)
            let due = try await house.desk.document(id, by: insurer.service.person).deadlines.first?.due
            #expect(due == .endOfDay(today.adding(days: 30)))
            let gateway = try GatewayServer { came, count in count == 0 ? .answer(503, "") : .take }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway)
            _ = try await carrier.round()
            let half = try await found(house, id)
            #expect(half.state == .telling && half.value.told == 1)
            house.office.move(hours: 1)
            try await house.desk.runJobs()
            _ = try await carrier.round()
            #expect(try await found(house, id).state == .told)
            #expect(try await house.desk.document(id, by: insurer.service.person).deadlines.allSatisfy { $0.met != nil && $0.breached == nil })
        }
    }

    @Test(.article(authenticity[20])) func registeredTooLateItIsBrokenAtOnce() async throws {
        try await NoticeOffice.with { house in
            let id = try await register(house, left: house.office.now.day.adding(days: -31))
            #expect(try await house.desk.document(id, by: house.insurer.service.person).deadlines.first?.breached != nil)
        }
    }

    /// A number that fails and is followed by mail tells one customer, not two.
    @Test(.article(authenticity[20])) func twoWaysToOneCustomerCountOnce() async throws {
        try await NoticeOffice.with { house in
            try await house.insurer.submit(house.insurer.application("T2", sequence: 2))
            let gateway = try GatewayServer(), mailbox = try MailboxServer()
            defer {
                gateway.end()
                mailbox.end()
            }
            let id = try await register(house, left: house.office.now.day)
            let carrier = try house.carrier(gateway, mail: mailbox)
            gateway.react { came, _ in came.to == "13912340001" ? .take : .answer(503, "") }
            _ = try await carrier.round()
            let key = try #require(gateway.came.first { $0.to == "13912340001" }).key
            try await carrier.take(reported: NoticeOffice.report("permanent", key: key, at: house.office.now))
            _ = try await carrier.round()
            #expect(mailbox.came.count == 1)
            let half = try await found(house, id)
            #expect(half.state == .telling && half.value.told == 1)
        }
    }
}
