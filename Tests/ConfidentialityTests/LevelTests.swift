import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第22条: levels rise and fall by approval; what is classified is not even known of below it.
@Suite struct LevelTests {
    private func propose(_ archive: ArchiveOffice, _ file: Int64, _ level: String, _ custodian: Principal?) async throws -> Int64 {
        var input: [String: JSONValue] = ["file": .whole(file), "to": .text(level), "reason": .text("涉及并购")]
        if let custodian { input["custodian"] = .whole(custodian.person.raw) }
        return try await archive.desk.take(LevelChange.propose, input: input, by: archive.supervisor).id
    }

    @Test(.demand(confidentiality[22], 4, 5), arguments: TestEngine.all)
    func raisingStopsGrantsAndRecallsCopiesAndLoans(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            let cleared = Principal(try await archive.office.hire("cleared", in: archive.office.market, clearance: .secret))
            try await archive.granted([file], toBorrow: true)
            try await archive.granted([file], to: cleared)
            _ = try await archive.desk.issue(.print, of: file, by: archive.specialist)
            let loan: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(1), "reason": .text("核对")]
            let lent = try await archive.desk.take(Loan.request, input: loan, by: archive.clerk).id
            try await archive.desk.take(Loan.lend, on: lent, by: archive.specialist)
            let none = await refusal { _ = try await propose(archive, file, "secret", nil) }
            #expect(none?.article == confidentiality[22] && none?.words.zh.contains("专管人") == true)
            let low = await refusal { _ = try await propose(archive, file, "secret", archive.archivist) }
            #expect(low?.words.zh.contains("涉密等级") == true)
            let change = try await propose(archive, file, "secret", archive.custodian)
            // Who proposes does not approve, and raising is not for the general manager alone; until it is approved nothing changes.
            await #expect(throws: DeskError.self) {
                try await archive.desk.take(LevelChange.approveRaising, on: change, by: archive.supervisor)
            }
            await #expect(throws: DeskError.self) { try await archive.desk.take(LevelChange.approveLowering, on: change, by: archive.general) }
            for person in [archive.clerk, cleared, archive.archivist] { #expect(await archive.sees(file, person)) }
            try await archive.desk.take(LevelChange.approveRaising, on: change, by: archive.manager)
            // Running grants stop, also of who would be cleared.
            for person in [archive.clerk, cleared, archive.archivist] { #expect(await !archive.sees(file, person)) }
            let view = try await archive.desk.document(change, by: archive.manager.person)
            #expect(view.row.values["copies"]?.list.count == 1 && view.row.values["loans"]?.list == [.whole(lent)])
            #expect(Set(view.row.values["ended"]?.list ?? []) == [.whole(archive.clerk.person.raw), .whole(cleared.person.raw)])
            var query = RegisterQuery()
            query.states = ["recalled"]
            #expect(try await archive.desk.register("controlled-copy", query, by: archive.manager.person).rows.count == 1)
            #expect(try await archive.desk.notices(of: archive.clerk.person).notices.contains { $0.words.zh.contains("密级已提升，请立即归还") })
            // The mark stands in the finding aid's remark column: the house's own, never the state's.
            let remark = try await archive.value(file, "remark", by: archive.manager).text ?? ""
            #expect(remark.hasPrefix("企业机密") && !remark.contains("★"))
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[6], 4), .article(confidentiality[22]), arguments: TestEngine.all)
    func whatIsClassifiedIsNotKnownOfBelow(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let open = try await archive.file(), secret = try await archive.classifiedFile()
            // The archivist reads the catalogue, up to internal.
            let page = try await archive.desk.register("customer-file", RegisterQuery(), by: archive.archivist.person)
            #expect(page.rows.map(\.id) == [open] && page.total == 1)
            #expect(try await archive.desk.search("汇通", by: archive.archivist.person).rows.isEmpty)
            await #expect(throws: DeskError.absent) { try await archive.desk.document(secret, by: archive.archivist.person) }
            #expect(await archive.sees(secret, archive.manager))
        }
    }

    @Test(.demand(confidentiality[22], 5), arguments: TestEngine.all)
    func loweringIsTheGeneralManagers(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.classifiedFile()
            let same = await refusal { _ = try await propose(archive, file, "secret", archive.custodian) }
            #expect(same?.words.zh == "该档案已是机密")
            let change = try await propose(archive, file, "internal", nil)
            await #expect(throws: DeskError.self) { try await archive.desk.take(LevelChange.approveRaising, on: change, by: archive.manager) }
            #expect(await !archive.sees(file, archive.archivist))
            try await archive.desk.take(LevelChange.approveLowering, on: change, by: archive.general)
            #expect(await archive.sees(file, archive.archivist))
        }
    }
}
