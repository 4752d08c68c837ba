import ArticleProof
import CustomerAuthenticity
import Tables
import Testing
import WorkCalendar

/// One document under two names or two dates of birth is said of a bare file too.
@Suite struct ContradictionTests {
    private static let other = [
        "application_no": "T2", "policy_no": "P2", "customer_no": "C2", "mobile": "13987654321", "bank_account": "", "account_holder": "",
    ]
    private static func row(_ changes: [String: String]) -> [String: String] { other.merging(changes) { $1 } }

    private static func words(_ rows: [[String: String]]) throws -> (rows: [[String: String]], zh: [String]) {
        let file = try IntakeFile(rows)
        defer { file.remove() }
        let rows = try file.check().rows
        let writer = try CSVWriter(.file(file.answers))
        _ = try FileCheck(RowCheck(today: Day(iso: "2026-03-04")!), language: .zh).run(file.path, to: writer)
        try writer.close()
        return (rows, try IntakeFile.read(file.answers).map { $0["words"] ?? "" })
    }

    @Test(.article(authenticity[6])) func aNumberUnderTwoNamesIsSaidAtBothRows() throws {
        // The second writes the number in full width, the third is the first person once more.
        let wide = String(
            String.UnicodeScalarView(IntakeFile.good["document_number"]!.unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0)! }))
        let (rows, words) = try Self.words([[:], Self.row(["name": "马冒名", "document_number": wide]), Self.row(["application_no": "T3"])])
        #expect(rows.map { $0["warnings"] } == ["clue.identity", "clue.identity", "clue.identity"])
        #expect(rows.map { $0["cells"] } == ["L2 L3", "L3 L2", "L4 L3"])
        #expect(rows.map { $0["verdict"] } == ["pass", "pass", "pass"])
        #expect(words[1].contains("L3：证件号码与 L2 相同，姓名或出生日期却不同，请对照证件改正有误的一行"))
    }

    @Test(.article(authenticity[6]), arguments: [("护照", "E12345678"), ("台胞证", "12345678")])
    func andUnderTwoDaysOfBirth(kind: String, number: String) throws {
        let passport = ["document_type": kind, "document_number": number]
        func warnings(_ birth: String) throws -> [String] {
            let rows = try Self.words([passport, Self.row(passport.merging(["birth_date": birth]) { $1 })]).rows
            return rows.map { ($0["warnings"] ?? "").contains("clue.identity") ? "clue" : "" }
        }
        #expect(try warnings("1985-02-03") == ["clue", "clue"])
        #expect(try warnings("1980/2/3") == ["", ""])
        #expect(try warnings("") == ["", ""], "what is not said contradicts nothing")
    }

    @Test(.article(authenticity[6])) func theSamePersonInAnotherSpellingIsNone() throws {
        let rows = try Self.words([["name": "方高明"], Self.row(["name": "方⾼明"]), Self.row(["application_no": "T3", "name": "方 高 明"])]).rows
        #expect(rows.map { $0["warnings"] } == ["", "", ""])
    }

    @Test(.article(authenticity[6])) func whatOnlyFillsTheCellIsNoDocument() throws {
        for filler in ["无", "000000", "不详"] {
            let rows = try Self.words([["document_number": filler], Self.row(["name": "李红", "document_number": filler])]).rows
            #expect(rows.allSatisfy { $0["warnings"]?.contains("clue.identity") == false && $0["verdict"] == "refuse" })
        }
    }

    @Test(.article(authenticity[6])) func aScreenListsItWithTheCellsOfBoth() throws {
        let passport = ["document_type": "护照", "document_number": "E12345678"]
        let file = try IntakeFile([
            [:], Self.row(["name": "马冒名"]), Self.row(passport.merging(["customer_no": "C3", "mobile": ""]) { $1 }),
            Self.row(passport.merging(["customer_no": "", "policy_no": "", "application_no": "T4", "name": "李红", "mobile": ""]) { $1 }),
        ])
        defer { file.remove() }
        let clues = try file.screen()
        #expect(clues.map { $0["kind"] } == ["identity", "identity"])
        #expect(clues.map { $0["customers"] } == ["C1;C2", "C3;4"])
        #expect(clues.map { $0["policies"] } == ["P1;P2", "P2;T4"])
        #expect(clues.map { $0["cells"] } == ["L2 L3", "L4 L5"])
        let number = IntakeFile.good["document_number"]!
        #expect(clues.map { $0["value_masked"] } == ["110105********\(number.suffix(4))", "E*******8"])
    }

    @Test(.article(authenticity[7])) func everyClueNamesItsCells() throws {
        let file = try IntakeFile([
            ["landline": "010-12345678"],
            Self.row([
                "document_number": IntakeFile.number(birth: "19800203", sequence: 12), "name": "李红", "mobile": "13912345670",
                "landline": "01012345678", "bank_account": "622202000000",
            ]),
        ])
        defer { file.remove() }
        #expect(Set(try file.screen().map { $0["cells"] }) == ["M2 M3", "N2 N3", "Q2 Q3"])
    }
}
