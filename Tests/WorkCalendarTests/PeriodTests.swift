import Testing
import WorkCalendar

/// Months, quarters, half-years and years.
@Suite struct PeriodTests {
    @Test(arguments: [
        ("2026-07", ["2026-07", "2026.7", "2026/07", "2026年7月", "２０２６年７月份", "202607", "2026年七月", " 2026 - 07 ", "July 2026", "Jul-26", "Jul 2026",
            "2026-07-01", "2026/7/1", "2026年7月1日"]),
        ("2026-12", ["2026-12", "2026年十二月", "December 2026", "Dec-26"]),
        ("2026-Q3", ["2026-Q3", "2026Q3", "2026q3", "2026年第三季度", "2026年3季度", "2026年第3季度", "2026第三季度", "2026-3季", "２０２６－Ｑ３", "Q3 2026"]),
        ("2026-H2", ["2026-H2", "2026h2", "2026年下半年", "2026下半年", "H2 2026"]),
        ("2026", ["2026", "2026年", "2026年度", "２０２６"]),
        ("0987", ["0987"]),
    ]) func isReadAsPeopleWriteIt(written: String, texts: [String]) {
        for text in texts { #expect(Period(loose: text)?.description == written, "\(text)") }
    }

    @Test(arguments: [
        "", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026年第五季度", "2026-H3", "20267", "2026-07-02", "26", "Q3", "-Q3", "2026-", "季度",
        "2026年第季度", "2026年中", "45000", "0000", "7月2026年度", "2026-7-7-7", "Juli 2026", String(repeating: "2", count: 99),
    ]) func whatIsNoneIsNotTaken(text: String) { #expect(Period(loose: text) == nil) }

    @Test func itHasItsDays() throws {
        #expect(try #require(Period(loose: "2028-02")).days == Day(iso: "2028-02-01")!...Day(iso: "2028-02-29")!)
        #expect(try #require(Period(loose: "2026-Q4")).days == Day(iso: "2026-10-01")!...Day(iso: "2026-12-31")!)
        #expect(try #require(Period(loose: "2026-H1")).days == Day(iso: "2026-01-01")!...Day(iso: "2026-06-30")!)
        #expect(try #require(Period(loose: "9999")).days == Day(iso: "9999-01-01")!...Day(iso: "9999-12-31")!)
        for length in Period.Length.allCases {
            for text in ["2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31", "2028-02-29"] {
                let day = try #require(Day(iso: text)), period = Period(length, of: day)
                #expect(period.days.contains(day))
                #expect(period.adding(1).days.lowerBound == period.days.upperBound.adding(days: 1) && period.adding(1).adding(-1) == period)
                #expect(Period(loose: period.description) == period)
            }
        }
        #expect(Period(.quarter, year: 9999, number: 4)?.adding(.max) == Period(.quarter, year: 9999, number: 4))
        #expect(Period(.month, year: 1, number: 1)?.adding(.min) == Period(.month, year: 1, number: 1))
    }

    @Test func theyStandInTheOrderOfTime() {
        let written = ["2025-12", "2026-01", "2026-Q1", "2026-H1", "2026", "2026-02", "2026-Q2"]
        #expect(written.reversed().compactMap { Period(loose: $0) }.sorted().map(\.description) == written)
    }
}
