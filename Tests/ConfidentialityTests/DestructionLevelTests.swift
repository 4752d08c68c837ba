import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第22条, 第25条: a destruction list tells nobody of a file that he may not know of, and no copy of what is destroyed is elsewhere.
@Suite struct DestructionLevelTests {
    private typealias Lists = DestructionListTests

    /// A classified file of ten years, closed in 2026.
    private func classified(_ archive: ArchiveOffice) async throws -> Int64 {
        let file = try await archive.file(
            "汇通银行", kind: "bank", number: 5,
            ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw), "retention": .text("D10")])
        try await archive.desk.take(CustomerFile.close, on: file, by: archive.specialist)
        return file
    }

    private func lists(_ archive: ArchiveOffice, by principal: Principal) async throws -> [DocumentRow] {
        try await archive.rows(DestructionList.name, by: principal) { $0.sort = .oldest }
    }

    private func files(_ list: DocumentRow) -> [Int64] { (list.values["lines"]?.list ?? []).compactMap { $0["file"].whole } }

    @Test(.demand(confidentiality[22], 2), .demand(confidentiality[25], 2), arguments: TestEngine.all)
    func eachLevelHasAListOfItsOwn(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let open = try await Lists.due(archive, 1), secret = try await classified(archive)
            let code = try #require(try await archive.text(secret, "referenceCode"))
            try await Lists.move(archive, "2037-01-04")
            let all = try await lists(archive, by: archive.manager)
            #expect(all.map(\.level) == [.internal, .secret] && all.map(files) == [open, [secret]])
            #expect(all.map(\.number) == ["销毁〔2037〕1号", "密销〔2037〕1号"])
            // The archivist is not told that there is the other, nor of the file in it.
            let seen = try await lists(archive, by: archive.archivist)
            #expect(seen.map(files) == [open] && !seen.contains { "\($0.values)".contains(code) })
            await #expect(throws: DeskError.absent) { try await archive.desk.document(all[1].id, by: archive.archivist.person) }
            #expect(try await archive.desk.search(code, by: archive.archivist.person).rows.isEmpty)
            #expect(try await archive.todo(archive.archivist, DestructionList.name).allSatisfy { $0.row.id == all[0].id })
        }
    }

    @Test(.demand(confidentiality[22], 2), .demand(confidentiality[25], 5), arguments: TestEngine.all)
    func whoWatchesTheDestructionOfClassifiedFilesIsClearedForThem(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let desk = archive.desk, secret = try await classified(archive)
            try await Lists.move(archive, "2037-01-04")
            let list = try #require(try await lists(archive, by: archive.manager).first).id
            try await Lists.decide(archive, list, [secret], "destroy")
            let members: JSONValue = .list([archive.archivist, archive.clerk].map { .whole($0.person.raw) })
            try await desk.take(
                DestructionList.appraise, on: list, input: ["members": members, "opinion": .text("到期无价值")], by: archive.manager)
            try await desk.take(DestructionList.approve, on: list, by: archive.general)
            let one = try await archive.office.hire("witness-one", clearance: .secret)
            func name(_ other: PersonID) async throws {
                let witnesses: JSONValue = .list([one, other].map { .whole($0.raw) })
                try await desk.take(
                    DestructionList.nameWitnesses, on: list, input: ["witnesses": witnesses, "method": .text("pulped")], by: archive.supervisor)
            }
            let low = await refusal { try await name(archive.courier.person) }
            #expect(low?.article == confidentiality[22] && low?.words.zh == "监销人的密级权限不能低于清册的密级，请另行指定")
            let two = try await archive.office.hire("witness-two", clearance: .secret)
            try await name(two)
            for witness in [one, two] {
                try await desk.take(DestructionList.check, on: list, input: ["checkedFiles": .list([.whole(secret)])], by: Principal(witness))
            }
            try await Lists.move(archive, "2037-05-04")
            try await desk.take(DestructionList.execute, on: list, by: archive.supervisor)
            #expect(try await desk.document(secret, by: archive.manager.person).row.state == "destroyed")
            #expect(try await desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[22], 2), arguments: TestEngine.all)
    func aFileWhoseLevelIsRaisedLeavesTheListForThatOfItsLevel(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let due = try await Lists.due(archive)
            try await Lists.move(archive, "2037-01-04")
            func raise(_ file: Int64) async throws {
                let input: [String: JSONValue] = [
                    "file": .whole(file), "to": .text("secret"), "custodian": .whole(archive.custodian.person.raw), "reason": .text("涉及并购"),
                ]
                let change = try await archive.desk.take(LevelChange.propose, input: input, by: archive.supervisor).id
                try await archive.desk.take(LevelChange.approveRaising, on: change, by: archive.manager)
            }
            try await raise(due[0])
            #expect(try await lists(archive, by: archive.archivist).map(files) == [[due[1]]])
            // What nothing is left on is closed.
            try await raise(due[1])
            #expect(try await lists(archive, by: archive.archivist).map(\.state) == ["closed"])
            try await Lists.move(archive, "2037-02-02")
            let next = try #require(try await lists(archive, by: archive.manager).last)
            #expect(next.level == .secret && Set(files(next)) == Set(due))
            #expect(try await lists(archive, by: archive.archivist).count == 1)
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[25], 7), .demand(confidentiality[20], 1), arguments: TestEngine.all)
    func aFileWithACopyThatIsBackAndNotLookedAtIsNotDestroyed(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let desk = archive.desk, file = try await archive.file(["retention": .text("D10")])
            try await archive.granted([file], toBorrow: true)
            let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(1), "reason": .text("核对合同")]
            let loan = try await desk.take(Loan.request, input: input, by: archive.clerk).id
            try await desk.take(Loan.lend, on: loan, by: archive.specialist)
            try await desk.take(Loan.bringBack, on: loan, by: archive.clerk)
            try await desk.take(CustomerFile.close, on: file, by: archive.specialist)
            try await Lists.move(archive, "2037-01-04")
            let list = try #require(try await Lists.list(archive))
            try await Lists.checked(archive, list, [file], ["destroy"])
            try await Lists.move(archive, "2037-05-04")
            try await desk.take(DestructionList.execute, on: list, by: archive.archivist)
            let result = (try await archive.value(list, "lines")?.list ?? []).first?["result"].text
            #expect(result == "未销毁：有份数借出或交回后尚未检查，检查归还后另行列入")
            #expect(try await desk.document(file, by: archive.manager.person).row.state == "closed")
            // Looked at, it comes on the next list.
            try await desk.take(Loan.giveBack, on: loan, input: ["outcome": .text("intact")], by: archive.specialist)
            try await Lists.move(archive, "2037-06-02")
            #expect(try await lists(archive, by: archive.manager).map(files) == [[file], [file]])
        }
    }
}
