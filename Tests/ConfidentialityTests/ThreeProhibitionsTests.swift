import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

/// 第26条: the three prohibitions are signed in their words, and no answer of the check tells of a customer.
@Suite struct ThreeProhibitionsTests {
    private static let prohibitions = ["私人交往中泄露客户信息", "公共场所谈论、泄露客户信息", "普通电话、明码通信传递、泄露客户信息"]

    private func rule(_ archive: ArchiveOffice, _ state: String) async throws -> DocumentRow {
        let rows = try await archive.desk.register(SignedRule.name, RegisterQuery(), by: archive.general.person).rows
        return try #require(rows.first { $0.state == state && $0.values["law"]?.text == confidentiality[26].key })
    }

    private func draft(_ archive: ArchiveOffice, _ text: String) async throws -> Int64 {
        let input: [String: JSONValue] = ["heading": .text("“三不准”承诺书"), "text": .text(text), "signingDays": .whole(7)]
        let id = try await rule(archive, "draft").id
        try await archive.desk.take(SignedRule.draft, on: id, input: input, by: archive.marketHead)
        return id
    }

    @Test(.demand(confidentiality[26], 1), arguments: TestEngine.all)
    func theProhibitionsAreSignedWhateverTheHouseWrites(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine, more: [practicesContents]) { archive in
            let head = Principal(try await archive.office.hire("head", .head, in: archive.office.company))
            try await archive.desk.runJobs()
            await #expect(throws: DeskError.self, "a text is asked for") { _ = try await draft(archive, "") }
            let id = try await draft(archive, "离岗后仍遵守。")
            try await archive.desk.take(SignedRule.approve, on: id, by: head)
            let papers = try await archive.desk.all(Undertaking.self)
            #expect(papers.contains { $0.value.person == archive.clerk.person } && papers.contains { $0.value.person == archive.manager.person })
            for paper in papers {
                #expect(paper.value.law == confidentiality[26].key && paper.value.text.hasSuffix("离岗后仍遵守。"))
                for words in Self.prohibitions { #expect(paper.value.text.contains(words)) }
            }
            let own = try #require(papers.first { $0.value.person == archive.clerk.person }).id.raw
            await #expect(throws: DeskError.self) { try await archive.desk.take(Undertaking.sign, on: own, by: archive.manager) }
            try await archive.desk.take(Undertaking.sign, on: own, by: archive.clerk)
            #expect(try await archive.desk.document(own, by: archive.clerk.person).row.state == "signed")
            // A version that leaves them out has them again, and one that has them has them once.
            for text in ["只此一句。", try await archive.text(id, "text", by: archive.general) ?? ""] {
                let inForce = try await rule(archive, "inForce").id
                try await archive.desk.take(SignedRule.revise, on: inForce, input: ["reason": .text("精简")], by: head)
                let next = try await draft(archive, text)
                let written = try await archive.text(next, "text", by: archive.general) ?? ""
                for words in Self.prohibitions { #expect(written.components(of: words) == 1, "\(written)") }
                try await archive.desk.take(SignedRule.approve, on: next, by: head)
            }
            try await archive.desk.runJobs()
            let charter = try await archive.desk.charter(confidentiality.id, by: nil)
            let carriers = charter.laws.filter { $0.article == confidentiality[26] }.flatMap(\.carriers)
            #expect(carriers.contains { $0.type == Undertaking.name && $0.acts > 0 })
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[26], 2), .demand(confidentiality[22], 2), arguments: TestEngine.all)
    func aCreditCodeIsRefusedWhosesoeverItIsSoThatTheAnswerTellsOfNoCustomer(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.file(number: 1)
            _ = try await archive.classifiedFile(number: 5)
            func answer(_ number: Int) async -> String? {
                await refusal {
                    try await archive.desk.take(
                        OutgoingNotice.send,
                        input: [
                            "channel": .text("open-mail"), "recipient": .text("某合作方"), "content": .text("代码\(CreditCodes.code(number))，请核对"),
                            "files": .list([]),
                        ], by: archive.clerk)
                }?.words.zh
            }
            let nobodys = await answer(77)
            #expect(nobodys?.contains("明文客户信息（统一社会信用代码）") == true)
            for number in [1, 5] { #expect(await answer(number) == nobodys) }
            // By a sealed channel it may go.
            try await archive.desk.take(
                OutgoingNotice.send,
                input: [
                    "channel": .text("registered"), "recipient": .text("某合作方"), "content": .text("代码\(CreditCodes.code(1))"), "files": .list([]),
                ], by: archive.clerk)
        }
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
