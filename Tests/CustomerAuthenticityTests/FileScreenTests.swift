import ArticleProof
import CustomerAuthenticity
import Tables
import Testing

@Suite struct FileScreenTests {
    private static let second = [
        "application_no": "T2", "policy_no": "P2", "customer_no": "C2", "name": "李红", "application_date": "2025-12-01",
        "document_number": IntakeFile.number(birth: "19800203", sequence: 12), "agent_no": "A2",
    ]

    @Test(.article(authenticity[7])) func aClueNamesCustomersPoliciesAgentsAndItsFirstDay() throws {
        let file = try IntakeFile([[:], Self.second, ["application_no": "T3", "policy_no": "P3", "mobile": "", "bank_account": ""]])
        defer { file.remove() }
        let clues = try file.screen()
        #expect(clues.map { $0["kind"] } == ["account", "phone"])
        #expect(clues.map { $0["clue_no"] } == ["1", "2"])
        #expect(clues[1]["value_masked"] == "139****5670")
        #expect(clues[0]["value_masked"] == "****0000")
        for clue in clues {
            #expect(clue["customers"] == "C1;C2")
            #expect(clue["policies"] == "P1;P2")
            #expect(clue["agents"] == "A1;A2")
            #expect(clue["first_seen"] == "2025-12-01")
        }
    }

    @Test(.article(authenticity[7])) func rowsStandForCustomersWithoutNumbers() throws {
        let file = try IntakeFile([
            ["customer_no": "", "bank_account": ""], Self.second.merging(["customer_no": "", "policy_no": ""]) { $1 },
        ])
        defer { file.remove() }
        let clue = try #require(try file.screen().first)
        #expect(clue["customers"] == "1;2")
        #expect(clue["policies"] == "P1;T2")
    }

    @Test func nothingSharedIsNothingAnswered() throws {
        let file = try IntakeFile([
            [:], Self.second.merging(["mobile": "13987654321", "bank_account": ""]) { $1 }, ["application_no": "T9"],
        ])
        defer { file.remove() }
        #expect(try file.screen().isEmpty)
    }

    @Test(.demand(authenticity[11], 1)) func agentsAndTheirRelativesAreMatched() throws {
        let agents = try IntakeFile(
            Array("agent_no,phone,relatives_phones,address\nA7,13912345670,,\nA8,,13700000001;13987654321,北京市海淀区学院路5号\n".utf8))
        let file = try IntakeFile([[:], Self.second.merging(["mobile": "13987654321", "bank_account": "", "address": "北京海淀学院路５号"]) { $1 }])
        defer {
            agents.remove()
            file.remove()
        }
        let clues = try file.screen(agents: AgentContacts(path: agents.path))
        #expect(clues.allSatisfy { $0["kind"] == "agent_contact" })
        #expect(Set(clues.map { "\($0["customers"]!) \($0["agents"]!)" }) == ["C1 A7;A1", "C2 A8;A2"])
        #expect(clues.count == 3)
    }

    /// A number that ends as if a spreadsheet had cut it is no key without the name; its old form is then none either.
    @Test(.article(authenticity[7]), arguments: [("彭霞", 0), ("彭云", 1)])
    func theOldFormOfARoundNumberIsTheSamePersons(name: String, clues: Int) throws {
        let row = ["customer_no": "", "name": "彭霞", "sex": "F", "birth_date": "1960-10-07", "bank_account": "", "account_holder": ""]
        let file = try IntakeFile([
            row.merging(["document_number": "530102196010073000"]) { $1 },
            row.merging(["document_number": "530102601007300", "name": name]) { $1 },
        ])
        defer { file.remove() }
        #expect(try file.screen().count == clues)
    }

    @Test func aFileWithoutTelephoneAndAccountIsRefused() throws {
        let file = try IntakeFile(Array("name,sex\n王小明,男\n".utf8))
        defer { file.remove() }
        #expect(throws: PaperError.self) { try file.screen() }
    }
}
