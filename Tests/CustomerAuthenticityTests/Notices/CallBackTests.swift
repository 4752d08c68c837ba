import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The call-back within the cooling-off: what satisfies, what is late, what is a problem.
@Suite struct CallBackTests {
    private static func moment(_ day: String, _ hour: Int, _ minute: Int = 0) -> Moment { Moment(Day(iso: day)!, hour: hour, minute: minute)! }

    static func answers(_ change: [ScriptPoint: ScriptAnswer.Answer] = [:], without: Set<ScriptPoint> = []) -> JSONValue {
        .list(
            ScriptPoint.asked.filter { !without.contains($0) }.map {
                .record([.init("point", .text($0.rawValue)), .init("answer", .text((change[$0] ?? .yes).rawValue))])
            })
    }

    static func input(_ answers: JSONValue = answers(), phone: String = "13912340001", isApplicant: Bool = true) -> [String: JSONValue] {
        ["phone": .text(phone), "isApplicant": .flag(isApplicant), "answers": answers]
    }

    /// A policy that was received on 2 February: the contract's days end on the 17th, in the holidays, the customer's right on the 24th.
    private func received(_ engine: TestEngine = .sqlite, _ body: (NoticeOffice, Int64) async throws -> Void) async throws {
        try await NoticeOffice.with(engine, at: Self.moment("2026-02-02", 9)) { house in
            try await house.desk.take(
                Policy.deliver, on: try await house.policy().id, input: ["signedOn": .text("2026-02-02"), "wasHintGiven": .flag(true)],
                by: house.insurer.service)
            let call = try #require(try await house.insurer.rows("call-back").first)
            #expect(call.values["plannedOn"] == .text("2026-02-14") && call.values["coolingOffEnd"] == .text("2026-02-17"))
            try await body(house, call.id)
        }
    }

    private func found(_ house: NoticeOffice, _ id: Int64) async throws -> Found<CallBack> {
        try #require(try await house.desk.load([ID<CallBack>(id)]).first)
    }

    @Test(.article(authenticity[7], authenticity[16]), arguments: TestEngine.all)
    func itNeedsTheApplicantInPersonAndAYesToEveryPoint(engine: TestEngine) async throws {
        try await received(engine) { house, call in
            let (desk, service) = (house.desk, house.insurer.service)
            // However often it was tried, that is no call.
            for missed in ["no_answer", "busy", "no_answer"] {
                try await desk.take(CallBack.attempt, on: call, input: ["missed": .text(missed)], by: service)
            }
            let tried = try await found(house, call)
            #expect(tried.state == .planned && tried.value.attempts.count == 3)
            func complete(_ input: [String: JSONValue]) async throws { try await desk.take(CallBack.complete, on: call, input: input, by: service) }
            await NoticeOffice.refused("投保人本人", 7) { try await complete(Self.input(isApplicant: false)) }
            await NoticeOffice.refused("未得到肯定答复", 7) { try await complete(Self.input(Self.answers([.coolingOff: .unsure]))) }
            await NoticeOffice.refused("未得到肯定答复", 7) { try await complete(Self.input(Self.answers(without: [.surrender]))) }
            await NoticeOffice.refused("不是客户登记的号码", 7) { try await complete(Self.input(phone: "13700009999")) }
            await #expect(throws: DeskError.self, "others do not call") {
                try await desk.take(CallBack.complete, on: call, input: Self.input(), by: house.insurer.backOffice)
            }
            try await complete(Self.input(phone: "139 1234 0001"))
            let done = try await found(house, call)
            #expect(done.state == .done && !done.value.isLate && done.value.calledAt == house.office.now)
        }
    }

    /// What waits is called by what is to be done; what was done by what came of it.
    @Test func itWaitsAsACallAndIsEnteredAsASuccess() async throws {
        try await received { house, call in
            let (desk, service) = (house.desk, house.insurer.service)
            let waiting = try await desk.todo(of: service.person).items.filter { $0.row.id == call }
            #expect(waiting.map(\.title.zh) == ["回访客户"])
            try await desk.take(CallBack.complete, on: call, input: Self.input(), by: service)
            #expect(try await desk.document(call, by: service.person).trail.contains { $0.title.zh == "回访成功" })
        }
    }

    @Test(.demand(authenticity[13], 5), .article(authenticity[7])) func withoutTheYesItIsAProblemItem() async throws {
        try await received { house, call in
            let (desk, service) = (house.desk, house.insurer.service)
            await NoticeOffice.refused("请登记回访成功", 7) { try await desk.take(CallBack.raise, on: call, input: Self.input(), by: service) }
            try await desk.take(CallBack.raise, on: call, input: Self.input(Self.answers([.signed: .no])), by: service)
            let problem = try await found(house, call)
            let item = try #require(try await desk.load([problem.value.suspicion]).first)
            #expect(problem.state == .problem && item.state == .listed && item.value.kind == .callBack)
            #expect(item.value.report.contains("亲笔签名") && item.value.policies.map(\.raw) == [problem.value.policy.raw])
            // The call is still owed.
            #expect(try await desk.document(call, by: service.person).deadlines.contains { $0.name == "limit" && $0.met == nil })
            try await desk.take(CallBack.complete, on: call, input: Self.input(), by: service)
            #expect(try await found(house, call).state == .done)
        }
    }

    /// The contract's last day, whatever the customer's right has been moved to.
    private static let lastDay: [(hour: Int, minute: Int, day: String, isLate: Bool)] = [
        (23, 59, "2026-02-17", false), (0, 0, "2026-02-18", true), (9, 0, "2026-02-24", true),
    ]

    @Test(.article(authenticity[7]), arguments: lastDay.indices) func oneMinuteToTwelveIsInTimeAndTwelveIsLate(index: Int) async throws {
        let wanted = Self.lastDay[index]
        try await received { house, call in
            #expect(try await house.policy().values["rightEnds"] == .text("2026-02-24"))
            house.office.move(to: Self.moment(wanted.day, wanted.hour, wanted.minute))
            try await house.desk.take(CallBack.complete, on: call, input: Self.input(), by: house.insurer.service)
            let done = try await found(house, call)
            let clock = try #require(try await house.desk.document(call, by: house.insurer.service.person).deadlines.first { $0.name == "limit" })
            #expect(done.value.isLate == wanted.isLate && (clock.breached != nil) == wanted.isLate)
        }
    }

    @Test(.article(authenticity[7])) func aCallBeforeTheReceiptSatisfiesNothing() async throws {
        try await NoticeOffice.with { house in
            let policy = try await house.policy().id
            await NoticeOffice.refused("签收之前的回访不算", 7) {
                try await house.desk.take(CallBack.register, input: ["policy": .whole(policy)], by: house.insurer.service)
            }
            try await house.desk.take(
                Policy.deliver, on: policy, input: ["signedOn": .text(house.office.now.day.description), "wasHintGiven": .flag(true)],
                by: house.insurer.service)
            await NoticeOffice.refused("已有回访记录", 7) {
                try await house.desk.take(CallBack.register, input: ["policy": .whole(policy)], by: house.insurer.service)
            }
            let call = try #require(try await house.insurer.rows("call-back").first).id
            await NoticeOffice.refused("须完成回访", 7) {
                try await house.desk.take(CallBack.void, on: call, input: ["reason": .text("忙")], by: house.insurer.service)
            }
            try await house.desk.take(Policy.end, on: policy, input: ["reason": .text("犹豫期退保")], by: house.insurer.service)
            try await house.desk.take(CallBack.void, on: call, input: ["reason": .text("已退保")], by: house.insurer.service)
            #expect(try await found(house, call).state == .void)
        }
    }

    @Test(.article(authenticity[4], authenticity[7])) func aShorterPolicyIsNotCalledBack() async throws {
        try await NoticeOffice.with { house in
            try await house.insurer.submit(house.insurer.application("T2", sequence: 2) { $0.term = "6个月" })
            try await house.desk.take(
                Policy.deliver, on: try await house.policy("PT2").id,
                input: ["signedOn": .text(house.office.now.day.description), "wasHintGiven": .flag(true)], by: house.insurer.service)
            #expect(try await house.insurer.rows("call-back").isEmpty)
        }
    }
}
