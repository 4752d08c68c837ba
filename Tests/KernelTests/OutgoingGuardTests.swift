import Testing

@testable import Kernel

@Suite struct OutgoingGuardTests {
    @Test(arguments: [
        "请回电 13812345678", "请回电 138 1234 5678", "证件 11010519491231002X", "证件 110105 19491231 002x", "卡号 6222 0212 3456 7890 123",
    ]) func numbersOfPersonsStayInside(text: String) { #expect(OutgoingGuard.looksPersonal(text)) }

    @Test(arguments: [
        "质信〔2026〕17号 已逾期，请督办", "2026-11-29 13:20 到期", "统计〔2026〕5号 2026-10 报送", "共 1234567 元", "追溯码 81234567890123456789",
    ]) func numbersOfDocumentsLeave(text: String) { #expect(!OutgoingGuard.looksPersonal(text)) }
}
