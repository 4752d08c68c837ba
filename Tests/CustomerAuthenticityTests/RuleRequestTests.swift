import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// A number of an article has bounds, and is no one person's to change (第二十九条, 第五条).
@Suite struct RuleRequestTests {
    private static func administrator(_ login: String, _ insurer: InsurerOffice) async throws -> Principal {
        let id = PersonID(
            try await insurer.desk.administer(
                .addPerson(login: login, zh: login, en: login, clearance: .internal, administrator: true), by: .system))
        try await insurer.desk.administer(
            .appoint(id, insurer.office.company, post: Post.staff.id, from: insurer.office.now.day, to: nil), by: .system)
        return Principal(id)
    }

    private static func change(_ insurer: InsurerOffice, _ value: Int, _ name: String = "minorAge") -> Administration {
        .setParameter(
            regulation: authenticity.id, name: name, unit: insurer.office.company, value: value, from: insurer.office.now.day,
            reason: "总办〔2026〕1号")
    }

    @Test(.article(authenticity[5]), arguments: TestEngine.all) func aNumberStaysWithinItsBounds(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let root = try await Self.administrator("root", insurer)
            for (name, value, bounds) in [("minorAge", 99, "1 至 18"), ("minorAge", 0, "1 至 18"), ("investigationWorkingDays", 30, "1 至 5")]
            {
                for principal in [root, .system] {
                    let words = Words(
                        "条文只容许 \(bounds) 之间的值，请改正",
                        "The article allows values from \(bounds.replacing("至", with: "to")) only; correct it")
                    await #expect(throws: DeskError.invalid([.init(field: "value", words)])) {
                        try await insurer.desk.administer(Self.change(insurer, value, name), by: principal)
                    }
                }
            }
            let words = Words("该单位采用到第 1 版，下一版应为第 2 版", "The unit has adopted up to version 1; the next is version 2")
            await #expect(throws: DeskError.invalid([.init(field: "version", words)])) {
                try await insurer.desk.administer(
                    .adopt(regulation: authenticity.id, version: 99, unit: insurer.office.company, from: insurer.office.now.day), by: root)
            }
            #expect(try await insurer.desk.ruleRequests(of: authenticity.id, for: insurer.compliance.person).isEmpty)
        }
    }

    @Test(.article(authenticity[29], authenticity[5]), arguments: TestEngine.all)
    func aSecondPersonConfirmsIt(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let (desk, root) = (insurer.desk, try await Self.administrator("root", insurer))
            func value() async throws -> Int? {
                try await desk.charter(authenticity.id, by: insurer.service.person).parameters.first { $0.name == "minorAge" }?.value
            }
            try await desk.administer(Self.change(insurer, 16), by: root)
            #expect(try await value() == 18, "asked for, and not in force")
            let request = try #require(try await desk.ruleRequests(of: authenticity.id, for: insurer.compliance.person).first)
            #expect(request.parameter == "minorAge" && request.value == 16 && request.asker == root.person)
            #expect(try await desk.todo(of: insurer.compliance.person).notices.contains { $0.words.zh.contains("申请变更“真实性”的规则") })
            // Asked twice it is one; nobody confirms the own request; whoever does not supervise knows of none.
            await #expect(throws: DeskError.self) { try await desk.administer(Self.change(insurer, 17), by: root) }
            let own = Words("申请人不能自己确认，请由另一位系统管理员或监督岗位确认", "Whoever asked cannot confirm; another administrator or whoever supervises must")
            await #expect(throws: DeskError.forbidden(own)) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: root) }
            #expect(try await desk.ruleRequests(of: authenticity.id, for: insurer.service.person).isEmpty)
            await #expect(throws: DeskError.absent) {
                try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: insurer.service)
            }
            try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: insurer.compliance)
            #expect(try await value() == 16)
            await #expect(throws: DeskError.self) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: insurer.manager) }
            // Declined, or taken back, it changes nothing.
            for principal in [insurer.manager, root] {
                try await desk.administer(Self.change(insurer, 14), by: root)
                let next = try #require(try await desk.ruleRequests(of: authenticity.id, for: root.person).first)
                try await desk.decide(ruleRequest: next.id, isConfirmed: false, by: principal)
                #expect(try await value() == 16)
            }
            try await desk.sequence()
            #expect(try await desk.verify().isClean)
        }
    }

    /// How much may be read binds the house: no administrator alone opens it for bulk reading.
    @Test(arguments: TestEngine.all) func aSecondPersonConfirmsTheReadingLimit(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let (desk, root) = (insurer.desk, try await Self.administrator("root", insurer))
            try await desk.administer(.setReadingLimit(999_999), by: root)
            #expect(try await desk.organisation().readingLimit == 200, "asked for, and not in force")
            let told = try await desk.todo(of: insurer.compliance.person).notices.map(\.words.zh)
            #expect(told.contains("root申请把每人每小时可查看的单据件数改为 999999，请在制度条文页确认或退回"))
            let request = try #require(try await desk.ruleRequests(of: RuleRequest.house, for: insurer.compliance.person).first)
            await #expect(throws: DeskError.absent) {
                try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: insurer.service)
            }
            await #expect(throws: DeskError.self) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: root) }
            #expect(try await desk.organisation().readingLimit == 200)
            try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: insurer.compliance)
            #expect(try await desk.organisation().readingLimit == 999_999)
            let words = Words("请填写 1 至 1000000 的整数", "Enter a whole number from 1 to 1000000")
            await #expect(throws: DeskError.invalid([.init(field: "limit", words)])) {
                try await desk.administer(.setReadingLimit(0), by: root)
            }
            try await desk.sequence()
            #expect(try await desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func changedWorkingDaysAreToldToWhoeverSupervises(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let root = try await Self.administrator("root", insurer), day = insurer.office.now.day.adding(days: 30)
            try await insurer.desk.administer(.addHolidays([.init(day: day, kind: .holiday, holiday: "停业")]), by: root)
            func isTold(_ person: PersonID) async throws -> Bool {
                try await insurer.desk.todo(of: person).notices.contains { $0.words.zh.hasPrefix("root更改了工作日：\(day)，") }
            }
            #expect(try await isTold(insurer.compliance.person))
            #expect(try await isTold(insurer.manager.person))
            #expect(try await !isTold(insurer.service.person))
        }
    }
}
