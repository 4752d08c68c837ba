import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

/// 第21条: from the day from which the organisation has it so, nobody is granted, lent or shown what is classified who has not signed.
@Suite struct UndertakingFirstTests {
    private func demand(_ archive: ArchiveOffice) async throws {
        try await archive.desk.administer(
            .setParameter(
                regulation: confidentiality.id, name: "undertakingFirst", unit: archive.office.company, value: 1, from: archive.office.now.day,
                reason: "未签承诺书的不得查阅"), by: .system)
    }

    /// The undertaking is drafted by one head and approved by another.
    private func enact(_ archive: ArchiveOffice, _ heads: (Principal, Principal)) async throws {
        try await archive.desk.runJobs()
        let rules = try await archive.desk.register(SignedRule.name, RegisterQuery(), by: archive.general.person).rows
        let rule = try #require(rules.first { $0.state == "draft" && $0.values["law"]?.text == confidentiality[21].key })
        try await archive.desk.take(
            SignedRule.draft, on: rule.id, input: ["heading": .text("保密承诺书"), "text": .text("不泄露"), "signingDays": .whole(7)], by: heads.0)
        try await archive.desk.take(SignedRule.approve, on: rule.id, by: heads.1)
    }

    private func sign(_ archive: ArchiveOffice, _ person: Principal) async throws {
        for one in try await archive.desk.register(Undertaking.name, RegisterQuery(), by: person.person).rows
        where one.state == "open" && one.holder == person.person {
            try await archive.desk.take(Undertaking.sign, on: one.id, by: person)
        }
    }

    private func isRefused(_ words: String, _ body: () async throws -> Void) async {
        let denied = await refusal(body)
        #expect(denied?.article == confidentiality[21] && denied?.words.zh.contains(words) == true, "\(denied?.words.zh ?? "nothing")")
    }

    @Test(.demand(confidentiality[2], 1), arguments: TestEngine.all)
    func whoHoldsAPostIsBoundAndSignsAndWhoHoldsNoneIsNot(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine, more: [practicesContents]) { archive in
            let head = Principal(try await archive.office.hire("head", .head, in: archive.office.company))
            try await enact(archive, (archive.marketHead, head))
            func people(_ state: Undertaking.State) async throws -> [PersonID] {
                try await archive.desk.all(Undertaking.self).filter { $0.state == state }.map(\.value.person).sorted { $0.raw < $1.raw }
            }
            let bound = [
                archive.specialist, archive.supervisor, archive.manager, archive.general, archive.archivist, archive.custodian,
                archive.courier, archive.clerk, archive.marketHead, head,
            ].map(\.person).sorted { $0.raw < $1.raw }
            #expect(try await people(.open) == bound)
            await #expect(throws: DeskError.self) {
                let one = try #require(try await archive.desk.all(Undertaking.self).first { $0.value.person == archive.manager.person })
                try await archive.desk.take(Undertaking.sign, on: one.id.raw, by: archive.clerk)
            }
            try await sign(archive, archive.manager)
            #expect(try await people(.signed) == [archive.manager.person])
            // Who comes is bound, and who holds no post any more is not.
            let late = try await archive.office.hire("late", in: archive.office.service)
            let today = archive.office.now.day
            let held = try #require(try await archive.desk.organisation().holdings(of: archive.clerk.person, on: today).first)
            try await archive.desk.administer(.endHolding(held.id, on: today, settled: true), by: .system)
            archive.office.move(hours: 24)
            try await archive.desk.runJobs()
            #expect(try await people(.open) == (bound + [late]).filter { ![archive.manager.person, archive.clerk.person].contains($0) })
            #expect(try await people(.lapsed) == [archive.clerk.person])
        }
    }

    @Test(.article(confidentiality[21]), arguments: TestEngine.all)
    func grantLoanAndClassifiedReadingWaitForTheSignature(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine, more: [practicesContents]) { archive in
            let head = Principal(try await archive.office.hire("head", .head, in: archive.office.company))
            let file = try await archive.file(), secret = try await archive.classifiedFile()
            let before = try await archive.granted([file], toBorrow: true)
            try await archive.desk.open(file, by: archive.clerk, for: "核对")
            try await demand(archive)
            archive.office.move(hours: 1)
            // Without a rule in force nothing can be signed, and nothing is granted.
            await isRefused("尚未批准生效") { try await archive.granted([file]) }
            try await enact(archive, (archive.marketHead, head))
            await isRefused("尚未签署现行的《保密承诺书》") { try await archive.granted([file]) }
            let loan: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(1), "reason": .text("核对")]
            await isRefused("尚未签署") { try await archive.desk.take(Loan.request, input: loan, by: archive.clerk) }
            await isRefused("尚未签署") { try await archive.desk.open(file, by: archive.clerk, for: "核对") }
            await isRefused("尚未签署") { try await archive.desk.open(secret, by: archive.manager, for: "审计") }
            // The archive's own work with what is not classified goes on.
            try await archive.desk.open(file, by: archive.archivist, for: "整理")
            for person in [archive.clerk, archive.manager] { try await sign(archive, person) }
            try await archive.granted([file])
            try await archive.desk.open(file, by: archive.clerk, for: "核对")
            try await archive.desk.open(secret, by: archive.manager, for: "审计")
            let lent = try await archive.desk.take(Loan.request, input: loan, by: archive.clerk).id
            try await archive.desk.take(Loan.lend, on: lent, by: archive.specialist)
            // The refused readings stand on the record's trail.
            let refused = try await archive.desk.document(secret, by: archive.manager.person).trail.filter { $0.kind == .refusal }
            #expect(refused.first?.articles == [confidentiality[21]] && refused.first?.who.zh == "manager")
            #expect(try await archive.desk.document(before, by: archive.manager.person).row.state == "granted")
        }
    }

    @Test(.demand(confidentiality[21], 1), arguments: TestEngine.all)
    func aNewVersionAsksForANewSignatureAtTheNextReading(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine, more: [practicesContents]) { archive in
            let head = Principal(try await archive.office.hire("head", .head, in: archive.office.company))
            let secret = try await archive.classifiedFile()
            try await demand(archive)
            try await enact(archive, (archive.marketHead, head))
            try await sign(archive, archive.manager)
            try await archive.desk.open(secret, by: archive.manager, for: "审计")
            let rule = try #require(
                try await archive.desk.register(SignedRule.name, RegisterQuery(), by: head.person).rows.first { $0.state == "inForce" })
            try await archive.desk.take(SignedRule.revise, on: rule.id, input: ["reason": .text("增加条款")], by: head)
            try await enact(archive, (archive.marketHead, head))
            archive.office.move(hours: 1)
            await isRefused("尚未签署") { try await archive.desk.open(secret, by: archive.manager, for: "审计") }
            try await sign(archive, archive.manager)
            try await archive.desk.open(secret, by: archive.manager, for: "审计")
        }
    }

    @Test(.article(confidentiality[21])) func whereItIsNotAskedNothingWaits() async throws {
        try await ArchiveOffice.with(more: [practicesContents]) { archive in
            let secret = try await archive.classifiedFile()
            try await archive.granted([try await archive.file()])
            try await archive.desk.open(secret, by: archive.manager, for: "审计")
        }
    }
}
