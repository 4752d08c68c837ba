import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing

/// A form comes back once with all that is wrong with it.
@Suite struct ToldAtOnceTests {
    @Test(.article(drugQuality[1]), .article(drugQuality[7]), arguments: TestEngine.all)
    func whatIsReportedIsToldAllThatIsWrong(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let expiry = "有效期“2026-02-30”不是日历上的日期或月份，请照包装写成 2026.02 或 2026-02-28"
            let wrong = [
                WrongField(
                    "knownAt", .text(trader.office.now.adding(hours: 2).description), "知悉时间不能晚于现在，请填写最早知道的时间", under: drugQuality[7]),
                WrongField("drug", .text(""), "涉及药品的，请填写通用名称", under: drugQuality[1]),
                WrongField("expiry", .text("2026-02-30"), expiry, under: drugQuality[1]),
            ]
            await expectToldAtOnce(wrong) { fields in
                try await trader.report(Trader.goods.merging(fields) { $1 })
            }
            try await trader.report(Trader.goods)
        }
    }
}
