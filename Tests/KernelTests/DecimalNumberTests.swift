import Kernel
import Testing

/// Numbers with digits after the point, kept exactly.
@Suite struct DecimalNumberTests {
    @Test(arguments: [
        ("1234.5", ["1234.5", "1,234.50", "１２３４．５", " 1234.500 ", "+1234.5", "01234.5", "1，234.5"]), ("-12.5", ["-12.5", "－１２．５", "−12.50"]),
        ("0", ["0", "0.00", "-0", ".0"]), ("0.05", ["0.05", ".05"]), ("12", ["12.", "12", "12.000"]),
        ("999999999999999999.999999999999999999", ["999,999,999,999,999,999.999999999999999999"]),
    ]) func isReadAsPeopleWriteIt(kept: String, texts: [String]) {
        for text in texts { #expect(DecimalNumber(loose: text)?.description == kept, "\(text)") }
    }

    @Test(arguments: [
        "", " ", ".", "-", "12.50元", "¥12.5", "1.2.3", "1,23.5", "12,34", ",123", "1,234,5", "1e5", "1.5E+3", "12%", "一二", "１２·５", "1 234", "0x1F",
        "--1", "1-", "NaN", "inf", "1234567890123456789", "0.1234567890123456789", String(repeating: "1", count: 200), "٣",
    ]) func whatIsNoneIsNotTaken(text: String) { #expect(DecimalNumber(loose: text) == nil) }

    @Test func sumsAreExact() {
        let tenths = (0..<100_000).reduce(into: DecimalNumber.zero) { sum, _ in sum += "0.1" }
        #expect(tenths == 10_000, "a binary fraction would give 10000.000000018848")
        #expect(("0.1" as DecimalNumber) + "0.2" == "0.3")
        #expect(("1.005" as DecimalNumber) * 3 == "3.015")
        #expect(("19.99" as DecimalNumber) * ("0.175" as DecimalNumber) == "3.49825")
        #expect(("1" as DecimalNumber) - "1.00" == 0 && ("1" as DecimalNumber) - "2.5" == "-1.5")
        let most = DecimalNumber(integerLiteral: DecimalNumber.greatestInField), largest = most - "0.000001"
        #expect((0..<100).reduce(into: DecimalNumber.zero) { sum, _ in sum += largest * largest } > most * most * 99)
    }

    @Test func theyAreOrderedAsNumbers() {
        let texts = ["-10", "-9.5", "0", "0.09", "0.1", "2", "10", "10.01"]
        #expect(texts.reversed().compactMap { DecimalNumber(loose: $0) }.sorted().map(\.description) == texts)
        #expect(Set(["1.50", "1.5", "01.500"].compactMap { DecimalNumber(loose: $0) }).count == 1)
        #expect((0...5 as ClosedRange<DecimalNumber>).contains("4.999999") && !(0...5 as ClosedRange<DecimalNumber>).contains("5.000001"))
    }

    @Test func halvesAreRoundedAwayFromZero() {
        let cases: [(DecimalNumber, String)] = [("1.005", "1.01"), ("1.0049", "1.00"), ("-1.005", "-1.01"), ("2", "2.00"), ("0.999", "1.00"), ("-0.001", "0.00")]
        for (number, shown) in cases { #expect(number.rounded(to: 2).text(places: 2) == shown, "\(number)") }
    }
}
