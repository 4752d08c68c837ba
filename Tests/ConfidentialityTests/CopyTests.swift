import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第23条: copies by approval, numbered; couriers with seals.
@Suite struct CopyTests {
    private func approved(_ archive: ArchiveOffice, _ files: [Int64], _ ways: String, by principal: Principal) async throws -> Int64 {
        let input: [String: JSONValue] = ["files": .list(files.map { .whole($0) }), "ways": .text(ways), "reason": .text("开庭举证")]
        let request = try await archive.desk.take(CopyRequest.request, input: input, by: principal).id
        try await archive.desk.take(CopyRequest.approve, on: request, by: archive.general)
        return request
    }

    @Test(.demand(confidentiality[23], 1), arguments: TestEngine.all)
    func aClassifiedRecordIsPrintedWithAGrantOfItsOwnAndNumbered(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.classifiedFile(), code = try await archive.value(file, "referenceCode").text ?? ""
            // Not even who keeps it prints it.
            let denied = await refusal { _ = try await archive.desk.issue(.print, of: file, by: archive.specialist) }
            #expect(denied?.article == confidentiality[23])
            let request = try await approved(archive, [file], "print", by: archive.specialist)
            #expect(try await archive.desk.issue(.print, of: file, by: archive.specialist)?.code == "\(code)-F1")
            #expect(try await archive.desk.issue(.print, of: file, by: archive.specialist)?.code == "\(code)-F2")
            for verb in [Verb.export, .copy] {
                await #expect(throws: Refusal.self) { _ = try await archive.desk.issue(verb, of: file, by: archive.specialist) }
            }
            // The copy bears the record's level, and is not seen below it.
            var query = RegisterQuery()
            query.states = ["out"]
            let copies = try await archive.desk.register("controlled-copy", query, by: archive.manager.person).rows
            #expect(copies.count == 2 && copies.allSatisfy { $0.level == .secret })
            // A returned one's number is not used again.
            let first = try #require(copies.last)
            try await archive.desk.take(ControlledCopy.giveBack, on: first.id, input: ["condition": .text("完好")], by: archive.specialist)
            #expect(try await archive.desk.issue(.print, of: file, by: archive.specialist)?.code == "\(code)-F3")
            archive.office.move(hours: 25)
            try await archive.desk.runJobs()
            #expect(try await archive.desk.document(request, by: archive.manager.person).row.state == "ended")
            await #expect(throws: Refusal.self) { _ = try await archive.desk.issue(.print, of: file, by: archive.specialist) }
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[23]), arguments: TestEngine.all)
    func whoAsksDoesNotApproveAndOnlyWhoReadsAsks(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            let input: [String: JSONValue] = ["files": .list([.whole(file)]), "ways": .text("print"), "reason": .text("x")]
            await #expect(throws: DeskError.self) { try await archive.desk.take(CopyRequest.request, input: input, by: archive.clerk) }
            let own = try await archive.desk.take(CopyRequest.request, input: input, by: archive.supervisor).id
            let same = await refusal { try await archive.desk.take(CopyRequest.approve, on: own, by: archive.supervisor) }
            #expect(same?.article == confidentiality[23])
            // The manager of customer service is none of the two.
            await #expect(throws: DeskError.self) { try await archive.desk.take(CopyRequest.approve, on: own, by: archive.manager) }
            try await archive.granted([file])
            let asked = try await archive.desk.take(CopyRequest.request, input: input, by: archive.clerk).id
            try await archive.desk.take(CopyRequest.approve, on: asked, by: archive.supervisor)
            #expect(try await archive.desk.issue(.print, of: file, by: archive.clerk) != nil)
            await #expect(throws: Refusal.self) { _ = try await archive.desk.issue(.copy, of: file, by: archive.clerk) }
        }
    }

    @Test(.article(confidentiality[23]), arguments: TestEngine.all)
    func anExtractIsMadeByTheArchiveAndHasANumber(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            try await archive.granted([file])
            let printing = try await approved(archive, [file], "print", by: archive.clerk)
            let denied = await refusal { try await archive.desk.take(CopyRequest.extract, on: printing, by: archive.specialist) }
            #expect(denied?.words.zh.contains("不含复制摘抄") == true)
            let copying = try await approved(archive, [file], "copy", by: archive.clerk)
            try await archive.desk.take(CopyRequest.extract, on: copying, by: archive.specialist)
            let copy = try #require(try await archive.desk.register("controlled-copy", RegisterQuery(), by: archive.clerk.person).rows.first)
            #expect(copy.title.hasSuffix("-F1") && copy.values["way"] == .text("copy"))
            try await archive.desk.take(ControlledCopy.recall, on: copy.id, input: ["recallReason": .text("用毕")], by: archive.specialist)
            #expect(try await archive.desk.notices(of: archive.clerk.person).notices.contains { $0.words.zh.contains("须收回") })
            try await archive.desk.take(ControlledCopy.giveBack, on: copy.id, input: ["condition": .text("完好")], by: archive.specialist)
            let alone = await refusal {
                try await archive.desk.take(
                    ControlledCopy.destroy, on: copy.id, input: ["witness": .whole(archive.specialist.person.raw)], by: archive.specialist)
            }
            #expect(alone?.words.zh.contains("监销") == true)
            try await archive.desk.take(
                ControlledCopy.destroy, on: copy.id, input: ["witness": .whole(archive.archivist.person.raw)], by: archive.specialist)
        }
    }

    @Test(.article(confidentiality[23]), arguments: TestEngine.all)
    func anAttachmentLeavesAsANumberedCopy(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let kept = try await archive.desk.keep(file: "合同.txt", content: Array("条款".utf8), by: archive.specialist)
            let file = try await archive.file(["parts": .list([ArchiveOffice.part("contract", ["files": .list([kept.stored])])])])
            let code = try await archive.value(file, "referenceCode").text ?? ""
            let taken = try await archive.desk.copy(ofFile: kept.digest, of: file, by: archive.specialist)
            #expect(taken.copy?.code == "\(code)-F1" && taken.content == Array("条款".utf8))
            let copies = try await archive.rows("controlled-copy")
            #expect(copies.map { $0.values["way"] } == [.text("copy")] && copies.first?.values["reader"] == .whole(archive.specialist.person.raw))
            // Reading by a grant implies no copy, and then there is no number.
            try await archive.granted([file])
            let denied = await refusal { _ = try await archive.desk.copy(ofFile: kept.digest, of: file, by: archive.clerk) }
            #expect(denied?.article == confidentiality[23] && denied?.words.zh.contains("“复制”的授权") == true)
            await #expect(throws: DeskError.absent) { _ = try await archive.desk.copy(ofFile: "ab", of: file, by: archive.specialist) }
            #expect(try await archive.rows("controlled-copy").count == 1)
        }
    }

    @Test(.demand(confidentiality[23], 3), arguments: TestEngine.all)
    func recordsAreCarriedByADesignatedCourierUnderSeal(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.classifiedFile()
            func input(_ courier: Principal, _ safeguard: String = "locked-case", seal: String = "F-001") -> [String: JSONValue] {
                [
                    "files": .list([.whole(file)]), "content": .text("合同一册"), "purpose": .text("送审"), "courier": .whole(courier.person.raw),
                    "receiver": .whole(archive.manager.person.raw), "safeguard": .text(safeguard), "sealNumber": .text(seal),
                ]
            }
            let carrier = Principal(try await archive.office.hire("carrier", .courier, in: archive.office.service, clearance: .secret))
            let other = await refusal { try await archive.desk.take(RecordDispatch.order, input: input(archive.custodian), by: archive.specialist) }
            #expect(other?.article == confidentiality[23] && other?.words.zh.contains("指定的档案递送员") == true)
            let weak = await refusal { try await archive.desk.take(RecordDispatch.order, input: input(carrier, "envelope"), by: archive.specialist) }
            #expect(weak?.words.zh.contains("密码箱或双人押运") == true)
            let id = try await archive.desk.take(RecordDispatch.order, input: input(carrier), by: archive.specialist).id
            // A seal is used once.
            await #expect(throws: (any Error).self) { try await archive.desk.take(RecordDispatch.order, input: input(carrier), by: archive.specialist) }
            let wrong = await refusal { try await archive.desk.take(RecordDispatch.handOver, on: id, input: ["sealCarried": .text("F-002")], by: carrier) }
            #expect(wrong?.words.zh.contains("封签号与传递单不符") == true)
            try await archive.desk.take(RecordDispatch.handOver, on: id, input: ["sealCarried": .text("F-001")], by: carrier)
            let broken = await refusal {
                try await archive.desk.take(
                    RecordDispatch.receive, on: id, input: ["sealReceived": .text("F-001"), "sealState": .text("broken")], by: archive.manager)
            }
            #expect(broken?.words.zh.contains("不得签收") == true)
            let second = try await archive.desk.take(RecordDispatch.order, input: input(carrier, seal: "F-003"), by: archive.specialist).id
            try await archive.desk.take(RecordDispatch.handOver, on: second, input: ["sealCarried": .text("F-003")], by: carrier)
            try await archive.desk.take(
                RecordDispatch.receive, on: second, input: ["sealReceived": .text("F-003"), "sealState": .text("intact")], by: archive.manager)
            // A seal that came broken is a possible leak, and both officers have it at once.
            try await archive.desk.take(
                RecordDispatch.dispute, on: id, input: ["sealReceived": .text("F-001"), "note": .text("封签断裂")], by: archive.manager)
            for officer in [archive.supervisor, archive.manager] {
                #expect(try await archive.todo(officer, "leak-report").count == 1)
            }
        }
    }
}
