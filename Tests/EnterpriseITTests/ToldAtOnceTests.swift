import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing

/// A form comes back once with all that is wrong with it.
@Suite struct ToldAtOnceTests {
    @Test(.article(enterpriseIT["第二章9"]), arguments: TestEngine.all)
    func aFirewallRuleIsToldAllThatIsWrong(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let input: [String: JSONValue] = [
                "direction": .text("outbound"), "source": .text("192.168.10.0/24"), "destination": .text("any"), "ports": .text("tcp/443"),
                "purpose": .text("系统升级"), "until": factory.day(300),
            ]
            let law = enterpriseIT["第二章9"]
            let wrong = [
                WrongField("source", .text("车间"), "“车间”不是网段，应如 192.168.10.0/24 或 2001:db8::/32", under: law),
                WrongField("destination", .text("网站"), "“网站”不是网段，应如 192.168.10.0/24 或 2001:db8::/32", under: law),
                WrongField("until", factory.day(-1), "失效日期不能早于今天", under: law),
            ]
            await expectToldAtOnce(wrong) { fields in
                try await factory.desk.take(FirewallRule.request, input: input.merging(fields) { $1 }, by: factory.network)
            }
            let rule = try await factory.desk.take(FirewallRule.request, input: input, by: factory.network).id
            #expect(try await factory.value(rule, "destination") == .text("0.0.0.0/0"))
        }
    }

    @Test(.article(enterpriseIT["第二章23"]), arguments: TestEngine.all)
    func anAcceptanceIsToldAllThatIsWrong(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.purchased()
            let refusal = await #expect(throws: Refusal.self) {
                _ = try await factory.inspect(purchase, delivered: 3, passed: 1, failed: 1, serials: ["S1"])
            }
            #expect(refusal?.faults.map(\.field) == ["delivered", "reason", "action"] && refusal?.article == enterpriseIT["第二章23"])
        }
    }
}
