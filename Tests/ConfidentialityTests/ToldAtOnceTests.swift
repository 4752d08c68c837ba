import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing

/// A form comes back once with all that is wrong with it.
@Suite struct ToldAtOnceTests {
    @Test(.article(confidentiality[3]), .article(confidentiality[4]), arguments: TestEngine.all)
    func aFileThatIsOpenedIsToldAllThatIsWrong(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let wrong = [
                WrongField("copies", .whole(0), "建档至少一份", under: confidentiality[4]),
                WrongField("customer", .text(""), "单位客户请只填写“客户名称”，不填“客户姓名”", under: confidentiality[3]),
                WrongField("creditCode", .text("9144"), "统一社会信用代码应为18位，请对照证照检查是否多写或少写", under: confidentiality[3]),
            ]
            await expectToldAtOnce(wrong) { try await archive.file("甲银行", kind: "bank", $0) }
        }
    }

    @Test(.article(confidentiality[18]), arguments: TestEngine.all)
    func anOutsidersRequestIsToldAllThatIsWrong(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let wrong = [
                WrongField("days", .whole(31), "查阅期限不得超过 7 天", under: confidentiality[18]),
                WrongField("alsoLend", .flag(true), "外单位人员只能在馆内阅览，不能借出", under: confidentiality[18]),
                WrongField("letterUntil", .text("2026-01-14"), "介绍信已过有效期，请重新开具", under: confidentiality[18]),
            ]
            await expectToldAtOnce(wrong) { fields in
                _ = try await archive.ask(AccessRequestTests.letter.merging(fields) { $1 }, by: archive.specialist)
            }
        }
    }
}
