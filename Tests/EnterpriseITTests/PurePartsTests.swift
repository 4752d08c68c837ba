import ArticleProof
import EnterpriseIT
import Kernel
import Testing
import WorkCalendar

@Suite struct ServiceClockTests {
    private static let hours = ServiceHours((try? WorkCalendar.announced()) ?? WorkCalendar(HolidayTable(rows: [])))
    private func at(_ day: String, _ hour: Int, _ minute: Int = 0) -> Moment { Moment(Day(iso: day)!, hour: hour, minute: minute)! }

    @Test(.article(enterpriseIT["第二章21"])) func makeUpDaysAreWorked() {
        #expect(Self.hours.end(of: 4 * 3_600_000, from: at("2026-02-13", 16, 30)) == at("2026-02-14", 11))
        #expect(Self.hours.end(of: 8 * 3_600_000, from: at("2026-09-19", 10)) == at("2026-09-20", 17, 30))
    }

    @Test(.article(enterpriseIT["第二章21"])) func aPauseAddsWorkingTimeAlone() {
        var log: [(at: Moment, event: ServiceClock.Event)] = [(at("2026-09-30", 16, 30), .pause)]
        #expect(ServiceClock(opened: at("2026-09-30", 15, 30), log: log).target(hours: 8, Self.hours) == nil)
        log.append((at("2026-10-10", 9), .resume))
        let clock = ServiceClock(opened: at("2026-09-30", 15, 30), log: log)
        #expect(clock.target(hours: 8, Self.hours) == at("2026-10-10", 17, 30))
        #expect(clock.spent(at: at("2026-10-10", 10), Self.hours) == 2 * 3_600_000)
    }

    @Test(.article(enterpriseIT["第二章21"])) func outOfHoursTheClockBeginsWithTheNextHour() {
        #expect(Self.hours.end(of: 3_600_000, from: at("2026-01-17", 20)) == at("2026-01-19", 9))
        #expect(Self.hours.end(of: 3_600_000, from: at("2026-01-19", 12, 10)) == at("2026-01-19", 14, 30))
        #expect(Self.hours.worked(from: at("2026-01-16", 17), to: at("2026-01-19", 8, 30)) == 3_600_000)
    }

    @Test(.article(enterpriseIT["第二章21"])) func priorityComesFromBoth() {
        #expect(Priority.of(.high, .high) == .first && Priority.of(.low, .high) == .third && Priority.of(.low, .low) == .fourth)
        #expect(Priority.of(.medium, .high) == .second)
    }
}

@Suite struct SupplierGroupsTests {
    @Test(.article(enterpriseIT["第二章7"])) func whoBelongsTogetherIsOne() {
        #expect(SupplierGroups([["甲", "", "王强"], ["乙", "", "王 强"], ["丙", "", "李华"]]).groups == [[0, 1], [2]])
        #expect(SupplierGroups([["甲", "1", ""], ["乙", "2", ""], ["丙", "3", ""]]).count == 3)
        // Over a third: A with B by telephone, B with C by account.
        #expect(SupplierGroups([["甲", "020-1", ""], ["乙", "0201", "6222"], ["丙", "", "6222"]]).count == 1)
    }
}

@Suite struct InvoiceNumberTests {
    private func key(_ code: String, _ number: String) -> String? { try? InvoiceNumber.key(code: code, number: number).get() }

    @Test(.article(enterpriseIT["第二章24"])) func oneInvoiceHasOneNumber() {
        #expect(key("", "24452000000071738888") == "24452000000071738888")
        #expect(key("", "2445 2000 0000 7173 8888") == "24452000000071738888")
        #expect(key("", "２４４５２０００００００７１７３８８８８") == "24452000000071738888")
        #expect(key("044001900111", "12345678") == "044001900111-12345678")
        #expect(key("4400191130", "00000001") == "4400191130-00000001")
        for (code, number) in [("", "12345678"), ("", "2445200000007173888"), ("123", "12345678"), ("", "2445200000007173888X")] {
            #expect(key(code, number) == nil)
        }
    }

    @Test(.article(enterpriseIT["第二章24"])) func theCodeIsRead() throws {
        let code = try #require(InvoiceCode("01,32,,23442000000014209621,112,20230215,,74AE"))
        #expect(code.number == "23442000000014209621" && code.code.isEmpty && code.amount == 112 && code.day == Day(iso: "2023-02-15"))
        #expect(InvoiceCode("01,10,044001900111,12345678,99.50,20240101,12345678901234567890,AB")?.code == "044001900111")
        #expect(InvoiceCode("http://example.cn/x,1,2,3,4,5") == nil && InvoiceCode("02,32,,23442000000014209621,112,20230215") == nil)
    }

    @Test(.article(enterpriseIT["第二章24"])) func theFileIsBelievedFirst() throws {
        let xml = """
            <EInvoice><EInvoiceData><BasicInformation><TotalAmWithoutTax>100.00</TotalAmWithoutTax><TotalTaxAm>13.00</TotalTaxAm>\
            </BasicInformation></EInvoiceData><TaxSupervisionInfo><InvoiceNumber>24452000000071738888</InvoiceNumber>\
            <IssueTime>2024-05-06</IssueTime></TaxSupervisionInfo></EInvoice>
            """
        let file = try #require(InvoiceFile(Array(xml.utf8)))
        #expect(file.number == "24452000000071738888" && file.total == 113)
        #expect(InvoiceFile(Array("<!DOCTYPE a [<!ENTITY b 'c'>]>\(xml)".utf8)) == nil)
        #expect(
            InvoiceFile.amount("（负数）¥12.50") == "-12.50" && InvoiceFile.amount("¥-12.50") == "-12.50" && InvoiceFile.amount("***") == nil)
    }

    @Test(.article(enterpriseIT["第二章24"])) func anUnknownRegionOnlyWarns() {
        let day = Day(iso: "2026-01-15")!
        #expect(InvoiceNumber.warning("24452000000071738888", today: day) == nil)
        #expect(InvoiceNumber.warning("24992000000071738888", today: day)?.zh.contains("99") == true)
        #expect(InvoiceNumber.warning("27442000000071738888", today: day)?.zh.contains("年份") == true)
    }
}

@Suite struct StocktakeComparisonTests {
    private let base = Moment(Day(iso: "2026-01-15")!, hour: 9)!
    private typealias Book = StocktakeComparison.Book
    private func scan(_ hours: Int, _ number: String, _ place: String) -> StocktakeComparison.Scan {
        .init(at: base.adding(hours: hours), number: number, place: place)
    }

    @Test(.demand(enterpriseIT["第二章22"], 2)) func eachResult() {
        let books = ["A1", "A2", "A3", "A4", "A5"].map { Book(number: $0, place: "甲室", keeper: 1) }
        var wrong = scan(1, "a-4", "甲室"), broken = scan(1, "A5", "甲室")
        wrong.isConfigurationWrong = true
        broken.isSealBroken = true
        let result = StocktakeComparison(books, scans: [scan(1, "A1", "甲室"), scan(1, "A2", "乙室"), wrong, broken, scan(1, "X9", "甲室")])
        #expect(
            Dictionary(uniqueKeysWithValues: result.differences.map { ($0.number, $0.outcome) }) == [
                "A2": .wrongPlace, "A3": .missing, "A4": .wrongConfiguration, "A5": .brokenSeal, "X9": .surplus,
            ])
        // Surplus stands beside it and raises nothing: one of five.
        #expect(result.agreement == 200 && result.surplus == 1)
    }

    @Test(.article(enterpriseIT["第二章22"])) func whatMovedDuringTheCountMovedLawfully() {
        let moved = Book(number: "A1", place: "甲室", moves: [(base.adding(hours: 2), "乙室")])
        // After the move, there; before it, here; in both rooms, each at its time.
        for scans in [[scan(3, "A1", "乙室")], [scan(1, "A1", "甲室"), scan(3, "A1", "乙室")]] {
            let result = StocktakeComparison([moved], scans: scans)
            #expect(result.differences.isEmpty && result.lawful.count == 1 && result.agreement == 1000)
        }
        #expect(StocktakeComparison([moved], scans: [scan(1, "A1", "甲室")]).agreeing == 1)
        // Not scanned: gone from this room by its move, and not missing.
        #expect(StocktakeComparison([moved], scans: [scan(1, "A9", "甲室")], scope: "甲室").differences.map(\.outcome) == [.surplus])
        // Where it was before its move, after it.
        #expect(StocktakeComparison([moved], scans: [scan(3, "A1", "甲室")]).differences.map(\.outcome) == [.wrongPlace])
    }

    @Test(.article(enterpriseIT["第二章22"])) func scannedInTwoRoomsShowsBoth() {
        let result = StocktakeComparison([Book(number: "A1", place: "甲室")], scans: [scan(1, "A1", "甲室"), scan(2, "A1", "丙室")])
        #expect(result.differences.first?.outcome == .wrongPlace && result.differences.first?.places == ["甲室", "丙室"])
    }
}
