import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第22条 专人管理: whoever is named keeps what is classified, and so sees it - that, and no other.
@Suite struct CustodianTests {
    @Test(.article(confidentiality[22]), arguments: TestEngine.all)
    func theNamedCustodianSeesWhatHeKeepsAndNothingElse(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let other = Principal(try await archive.office.hire("keeper", .custodian, in: archive.office.service, clearance: .topSecret))
            let mine = try await archive.classifiedFile("汇通银行", number: 5)
            let his = try await archive.file("安信律所", number: 6, ["secrecy": .text("secret"), "custodian": .whole(other.person.raw)])
            let open = try await archive.file("开放商行", kind: "dealer", number: 7)
            for (keeper, kept, hidden) in [(archive.custodian, mine, his), (other, his, mine)] {
                #expect(await archive.sees(kept, keeper))
                for file in [hidden, open] { #expect(await !archive.sees(file, keeper)) }
                let page = try await archive.desk.register("customer-file", RegisterQuery(), by: keeper.person)
                #expect(page.rows.map(\.id) == [kept] && page.total == 1)
                #expect(try await archive.desk.search("汇通", by: keeper.person).rows.map(\.id) == (kept == mine ? [mine] : []))
            }
            // Keeping implies no print of what is classified.
            let denied = await refusal { _ = try await archive.desk.issue(.print, of: mine, by: archive.custodian) }
            #expect(denied?.article == confidentiality[23])
            // A clearance below the level hides it from him too.
            try await archive.desk.administer(.changePerson(
                    archive.custodian.person, zh: "custodian", en: "custodian", clearance: .internal, active: true, administrator: false, settled: true),
                by: .system)
            #expect(await !archive.sees(mine, archive.custodian))
        }
    }

    @Test(.demand(confidentiality[22], 4), arguments: TestEngine.all)
    func anotherIsNamedWhereTheCustodianHasLeft(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.classifiedFile()
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.supervisor, "customer-file").isEmpty)
            let held = try #require(
                try await archive.desk.organisation().holdings(of: archive.custodian.person, on: archive.office.now.day).first)
            try await archive.desk.administer(.endHolding(held.id, on: archive.office.now.day, settled: true), by: .system)
            archive.office.move(hours: 1)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.supervisor, "customer-file").contains { $0.article == confidentiality[22] })
            func appoint(_ keeper: Principal) async throws {
                try await archive.desk.take(CustomerFile.appoint, on: file, input: ["custodian": .whole(keeper.person.raw)], by: archive.supervisor)
            }
            let low = await refusal { try await appoint(archive.archivist) }
            #expect(low?.article == confidentiality[22] && low?.words.zh.contains("相应密级权限的专管人") == true)
            try await appoint(archive.manager)
            #expect(await archive.sees(file, archive.manager))
            archive.office.move(hours: 1)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.supervisor, "customer-file").isEmpty)
            // A file that is not classified has no custodian.
            let open = try await archive.file("开放商行", kind: "dealer", number: 7)
            await #expect(throws: DeskError.self) {
                try await archive.desk.take(CustomerFile.appoint, on: open, input: ["custodian": .whole(archive.manager.person.raw)], by: archive.supervisor)
            }
        }
    }
}
