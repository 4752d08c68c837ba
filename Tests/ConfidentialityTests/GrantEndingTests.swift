import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第17条, 第18条: none looks granted that is not.
@Suite struct GrantEndingTests {
    private func state(_ archive: ArchiveOffice, _ id: Int64) async throws -> String {
        try await archive.desk.document(id, by: archive.supervisor.person).row.state
    }

    private func contain(_ archive: ArchiveOffice, _ files: [Int64]) async throws -> Int64 {
        let input: [String: JSONValue] = ["certainty": .text("possible"), "what": .text("打印机旁发现合同"), "files": .list(files.map { .whole($0) })]
        let id = try await archive.desk.take(LeakReport.report, input: input, by: archive.supervisor).id
        try await archive.desk.take(LeakReport.contain, on: id, by: archive.supervisor)
        return id
    }

    private func copying(_ archive: ArchiveOffice, _ files: [Int64], by principal: Principal) async throws -> Int64 {
        let input: [String: JSONValue] = ["files": .list(files.map { .whole($0) }), "ways": .text("print"), "reason": .text("开庭举证")]
        let id = try await archive.desk.take(CopyRequest.request, input: input, by: principal).id
        try await archive.desk.take(CopyRequest.approve, on: id, by: archive.general)
        return id
    }

    @Test(.article(confidentiality[17], confidentiality[27]), arguments: TestEngine.all)
    func aLeakEndsTheRequestsByWhichItsRecordsWereGranted(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), other = try await archive.file("新合商贸", kind: "dealer", number: 2)
            let both = try await archive.granted([file, other]), one = try await archive.granted([file])
            let copies = try await copying(archive, [file], by: archive.clerk)
            _ = try await contain(archive, [file])
            #expect(try await state(archive, one) == "revoked")
            #expect(try await state(archive, copies) == "revoked")
            #expect(try await archive.text(one, "revocation") == "泄露处置")
            #expect(try await archive.desk.document(one, by: archive.supervisor.person).deadlines.allSatisfy { $0.met != nil })
            // The rest of a request goes on, and says what of it does not.
            #expect(try await state(archive, both) == "granted")
            #expect(try await archive.value(both, "withdrawn")?.list == [.whole(file)])
            #expect(await archive.sees(other, archive.clerk))
            #expect(try await archive.desk.notices(of: archive.clerk.person).notices.contains { $0.words.zh == "您的查阅授权已收回：泄露处置" })
            _ = try await contain(archive, [other])
            #expect(try await state(archive, both) == "revoked")
            // What is over is not ended once more.
            await #expect(throws: DeskError.self) { try await archive.desk.take(AccessRequest.end, on: both, by: archive.supervisor) }
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[18]), arguments: TestEngine.all)
    func endingOneRequestLeavesWhatAnotherGranted(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            let first = try await archive.granted([file], toBorrow: true), second = try await archive.granted([file])
            let copies = try await copying(archive, [file], by: archive.clerk)
            try await archive.desk.take(AccessRequest.end, on: first, by: archive.clerk)
            #expect(await archive.sees(file, archive.clerk))
            #expect(try await archive.desk.document(file, by: archive.clerk.person).verbs.isSuperset(of: [.read, .print]))
            // To borrow was the first one's alone.
            let denied = await refusal {
                let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(1), "reason": .text("核对")]
                try await archive.desk.take(Loan.request, input: input, by: archive.clerk)
            }
            #expect(denied?.words.zh.contains("“外借”的授权") == true)
            try await archive.desk.take(AccessRequest.end, on: second, by: archive.clerk)
            #expect(await !archive.sees(file, archive.clerk))
            #expect(try await state(archive, second) == "ended")
            // Who reads no more copies no more.
            #expect(try await state(archive, copies) == "revoked")
        }
    }

    @Test(.article(confidentiality[18], confidentiality[22]), arguments: TestEngine.all)
    func aLevelThatIsRaisedAndAPostThatEndsAreSeenInTheRequest(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), other = try await archive.file("新合商贸", kind: "dealer", number: 2)
            let raised = try await archive.granted([file], days: 7), left = try await archive.granted([other], days: 7)
            let change = try await archive.desk.take(
                LevelChange.propose,
                input: ["file": .whole(file), "to": .text("secret"), "custodian": .whole(archive.custodian.person.raw), "reason": .text("并购")],
                by: archive.supervisor
            ).id
            try await archive.desk.take(LevelChange.approveRaising, on: change, by: archive.manager)
            #expect(try await state(archive, raised) == "revoked")
            let held = try #require(try await archive.desk.organisation().holdings(of: archive.clerk.person, on: archive.office.now.day).first)
            try await archive.desk.administer(
                .appoint(archive.clerk.person, archive.office.service, post: Post.staff.id, from: archive.office.now.day, to: nil), by: .system)
            try await archive.desk.administer(.endHolding(held.id, on: archive.office.now.day, settled: true), by: .system)
            #expect(try await state(archive, left) == "granted")
            archive.office.move(hours: 24)
            try await archive.desk.runJobs()
            #expect(try await state(archive, left) == "revoked")
            // One that merely ran out has ended.
            let short = try await archive.granted([other], days: 1, to: Principal(try await archive.office.hire("second", in: archive.office.market)))
            archive.office.move(hours: 24)
            try await archive.desk.runJobs()
            #expect(try await state(archive, short) == "ended")
        }
    }
}
