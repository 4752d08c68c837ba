import ArticleProof
import CustomerAuthenticity
import Foundation
import Kernel
import Tables
import Testing
import WorkCalendar

@Suite struct FileCheckTests {
    private static let other = [
        "application_no": "T2", "customer_no": "C2", "name": "李红", "account_holder": "李红", "sex": "F",
        "document_number": IntakeFile.number(birth: "19800203", sequence: 12), "mobile": "13987654321", "bank_account": "622202000001",
    ]

    private func warnings(_ rows: [[String: String]]) throws -> [String] {
        let file = try IntakeFile(rows)
        defer { file.remove() }
        return try file.check().rows.map { $0["warnings"] ?? "" }
    }

    @Test(.article(authenticity[7])) func aSharedTelephoneIsAClueForBoth() throws {
        let shared = Self.other.merging(["mobile": "139 1234 5670"]) { $1 }
        #expect(
            try warnings([[:], shared, Self.other.merging(["application_no": "T3", "customer_no": "C3"]) { $1 }]) == [
                "clue.phone", "clue.phone", "",
            ])
        #expect(try warnings([[:], Self.other.merging(["mobile": "+86 139-1234-5670"]) { $1 }]) == ["clue.phone", "clue.phone"])
        // A land line, however it is typed.
        let landline = Self.other.merging(["landline": "+86-10-87654321"]) { $1 }
        #expect(try warnings([["landline": "010-87654321"], landline]) == ["clue.phone", "clue.phone"])
    }

    @Test(.article(authenticity[7])) func aSharedAccountIsAClueForBoth() throws {
        #expect(try warnings([[:], Self.other.merging(["bank_account": "6222-0200-0000"]) { $1 }]) == ["clue.account", "clue.account"])
    }

    @Test(.demand(authenticity[7], 2)) func thePersonOfTwoPoliciesIsNoClue() throws {
        #expect(try warnings([[:], ["application_no": "T2", "customer_no": "C9"]]) == ["", ""])
        // The old form of the same number is the same person.
        #expect(try warnings([[:], ["application_no": "T2", "document_number": "110105800203011"]]) == ["", "id.old"])
    }

    @Test(.article(authenticity[7])) func withoutANumberNameSexAndBirthTellCustomersApart() throws {
        let child = [
            "role": "insured", "document_number": "", "birth_date": "2015-05-01", "name": "王小小", "bank_account": "", "account_holder": "",
        ]
        let again = child.merging(["application_no": "T5", "birth_date": "2015/5/1", "mobile": "13700001111"]) { $1 }
        #expect(try warnings([child.merging(["mobile": "13700001111"]) { $1 }, again]) == ["", ""])
        #expect(
            try warnings([child.merging(["mobile": "13700001111"]) { $1 }, again.merging(["name": "王大大"]) { $1 }]) == [
                "clue.phone", "clue.phone",
            ])
    }

    @Test(.article(authenticity[7])) func fillersAndHotLinesAreNoClues() throws {
        let junk = ["mobile": "13800138000"]
        #expect(try warnings([junk, Self.other.merging(junk) { $1 }]) == ["", ""])
    }

    @Test(.article(authenticity[11])) func theHolderIsFoundWhereverTheApplicantStands() throws {
        let insured = ["role": "insured", "name": "王小小", "birth_date": "2015-05-01", "document_number": "", "bank_account": "622202000000"]
        let file = try IntakeFile([
            insured, [:], insured.merging(["application_no": "T2"]) { $1 }, insured.merging(["account_holder": "李红"]) { $1 },
        ])
        defer { file.remove() }
        // The third row's application has no applicant to compare with.
        #expect(try file.check().rows.map { $0["blocks"] } == ["", "", "", "account.not_applicants"])
    }

    @Test func answersComeInOrderWhateverTheThreads() throws {
        let rows = (0..<40_000).map { index in
            [
                "application_no": "T\(index)", "customer_no": "C\(index)", "mobile": "139\(10_000_000 + index / 2)", "bank_account": "",
                "document_number": IntakeFile.number(
                    birth: "19800203", sequence: index % 499 * 2 + 1, region: String(110_101 + index / 499)),
            ]
        }
        let file = try IntakeFile(rows)
        defer { file.remove() }
        let two = try file.check(workers: 3)
        #expect(two.rows.count == rows.count)
        #expect(two.summary.rows == rows.count)
        #expect(two.summary[.cluePhone] == rows.count)
        for (index, row) in two.rows.enumerated() where row["row"] != String(index + 1) || row["application_no"] != "T\(index)" {
            Issue.record("row \(index) answers \(row)")
            return
        }
    }

    @Test func emptyLinesDoNotCount() throws {
        let text = "name,role,application_date,term_years,mobile\n\n王小明,beneficiary,2026-01-05,20,\n\n\n李红,beneficiary,bad,20,\n"
        let file = try IntakeFile(Array(text.utf8))
        defer { file.remove() }
        let rows = try file.check().rows
        #expect(rows.map { $0["row"] } == ["1", "2"])
        #expect(rows.map { $0["blocks"] } == ["", "application_date.invalid"])
    }

    @Test func chineseHeadersAndGB18030AreRead() throws {
        let text = "姓名,角色,投保日期,性别,出生日期,证件号码,联系地址,手机\n王小明,投保人,2026年1月5日,男,1980-02-03,\(IntakeFile.good["document_number"]!),不详,13912345670\n"
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        let file = try IntakeFile(Array(try #require(text.data(using: encoding))))
        defer { file.remove() }
        #expect(try file.check().rows.map { $0["blocks"] } == ["address.placeholder"])
    }

    @Test func workbooksAreReadWithTheirDates() throws {
        let file = try IntakeFile([UInt8](), name: "intake.xlsx")
        defer { file.remove() }
        let good = IntakeFile.good.merging(["application_date": "46027", "sex": "2"]) { $1 }
        let workbook = try XLSXWriter(path: file.path, header: IntakeFile.columns)
        try workbook.row(IntakeFile.columns.map { good[$0] ?? "" })
        try workbook.close()
        #expect(try file.check().rows.map { $0["blocks"] } == ["id.sex_conflict"])
    }

    @Test func wordsSayWhatToDo() throws {
        let file = try IntakeFile([["address": "", "document_number": "110105194912310021"]])
        defer { file.remove() }
        let writer = try CSVWriter(.file(file.answers))
        _ = try FileCheck(RowCheck(today: Day(iso: "2026-03-04")!), language: .zh).run(file.path, to: writer)
        try writer.close()
        let words = try #require(try IntakeFile.read(file.answers).first?["words"])
        #expect(words.contains("联系地址未填"))
        #expect(words.contains("第18位应为X"))
    }

    /// An article is called as the answer's language calls it.
    @Test func articlesAreNamedInTheAnswersLanguage() throws {
        for (language, said, other) in [(Language.zh, "（第五条）", "Art."), (.en, "(Art. 5)", "第五条")] {
            let file = try IntakeFile([["address": ""]])
            defer { file.remove() }
            let writer = try CSVWriter(.file(file.answers))
            _ = try FileCheck(RowCheck(today: Day(iso: "2026-03-04")!), language: language).run(file.path, to: writer)
            try writer.close()
            let words = try #require(try IntakeFile.read(file.answers).first?["words"])
            #expect(words.contains(said) && !words.contains(other), "\(words)")
        }
    }

    @Test(arguments: [
        ("", PaperError.empty), ("a,b\n1,2\n", PaperError.missingColumns(["role/角色", "name/姓名"], line: 1)),
        ("name,姓名,role\n", PaperError.doubledColumn(first: "name", firstIndex: 0, second: "姓名", secondIndex: 1, line: 1)),
        ("name,role\n\"王,投保人\n", PaperError.unclosedQuote(line: 2)), ("name,role\nA\u{0}B,投保人\n", PaperError.nul(line: 2)),
    ])
    func badFilesAreRefusedWithTheirLine(text: String, error: PaperError) throws {
        let file = try IntakeFile(Array(text.utf8))
        defer { file.remove() }
        #expect(throws: error) { try file.check() }
    }
}
