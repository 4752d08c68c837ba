import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

/// What stands on the list of a handover, where each line goes, and that a transfer needs it too.
@Suite struct HandoverLinesTests {
    /// Opened by the supervisor and given.
    private func given(
        _ campus: Campus, _ leaver: Principal, to successor: Principal, watchedBy supervisor: Principal
    ) async throws -> Int64 {
        let id = try await campus.desk.take(
            StaffHandover.open,
            input: [
                "leaver": campus.person(leaver), "successor": campus.person(successor), "supervisor": campus.person(supervisor),
                "lastDay": .text("2026-01-31"), "grounds": .text("调离"),
            ], by: supervisor
        ).id
        try await campus.desk.take(StaffHandover.give, on: id, by: leaver)
        return id
    }

    private func lines(_ campus: Campus, _ id: Int64) async throws -> [JSONValue] {
        try await campus.view(id, by: campus.officeHead).row.values["rows"]?.list ?? []
    }

    /// - Parameter takers: who else takes those of a kind.
    private func accept(
        _ campus: Campus, _ id: Int64, by successor: Principal, takers: [String: Principal] = [:]
    ) async throws {
        let marked = try await lines(campus, id).map { line -> JSONValue in
            var entries = line.entries.filter { $0.key != "isAccepted" && $0.key != "taker" } + [.init("isAccepted", .flag(true))]
            if let taker = takers[line["what"].text ?? ""] { entries.append(.init("taker", campus.person(taker))) }
            return .record(entries)
        }
        try await campus.desk.take(StaffHandover.mark, on: id, input: ["rows": .list(marked)], by: successor)
        try await campus.desk.take(StaffHandover.accept, on: id, by: successor)
    }

    private func task(_ campus: Campus, for person: Principal) async throws -> Int64 {
        try await campus.desk.take(
            AssignedTask.assign, input: ["what": .text("整理档案"), "owner": campus.person(person), "due": .text("2026-02-20")],
            by: campus.manager
        ).id
    }

    private func loan(_ campus: Campus, of item: Int64, by principal: Principal) async throws -> Int64 {
        try await campus.desk.take(
            ItemTaking.take,
            input: [
                "item": .whole(item), "way": .text("lend"), "to": .text("友校"), "purpose": .text("参考"), "copies": .whole(1),
                "due": .text("2026-01-30"),
            ], by: principal
        ).id
    }

    private func key(_ campus: Campus, for keeper: Principal) async throws -> Int64 {
        try await campus.desk.take(
            DoorKey.give,
            input: ["label": .text("档案柜"), "place": .text("二楼"), "pieces": .whole(1), "keeper": campus.person(keeper)],
            by: campus.adminSpecialist
        ).id
    }

    /// Lent, kept, drafted, waiting for a signature: none of it is typed.
    @Test(.demand(school[14], 1), arguments: TestEngine.all)
    func loansKeysDraftsAndApprovalsAreOnTheList(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, item = try await campus.released(to: campus.people(campus.eastTeacher))
            let lent = try await loan(campus, of: item, by: campus.teacher), key = try await key(campus, for: campus.teacher)
            let back = try await loan(campus, of: item, by: campus.teacher)
            try await desk.take(ItemTaking.giveBack, on: back, by: campus.clerk)
            let draft = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.eastTeacher)), by: campus.teacher
            ).id
            let paper = try await desk.take(
                OutgoingDocument.draft, input: campus.letter(["cosigners": campus.people(campus.teacher, campus.dean)]),
                by: campus.eastTeacher
            ).id
            try await desk.take(OutgoingDocument.check, on: paper, by: campus.adminSpecialist)
            let id = try await given(campus, campus.teacher, to: campus.secondTeacher, watchedBy: campus.dean)
            let listed = try await lines(campus, id)
            #expect(listed.compactMap { $0["what"].text }.sorted() == ["信息件", "信息件", "信息携出登记", "发文", "钥匙"].sorted())
            try await accept(campus, id, by: campus.secondTeacher)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            #expect(try await campus.view(lent, by: campus.officeHead).row.holder == campus.secondTeacher.person)
            #expect(try await campus.view(back, by: campus.officeHead).row.holder == campus.teacher.person)
            #expect(try await campus.view(draft, by: campus.dean).row.holder == campus.secondTeacher.person)
            let row = try await campus.view(key, by: campus.adminSpecialist).row
            #expect(row.values["keeper"] == campus.person(campus.secondTeacher))
        }
    }

    /// An approval that waits at a post which nobody else holds is in those hands as well.
    @Test(.demand(school[14], 1), arguments: TestEngine.all)
    func approvalsAtAPostThatNobodyElseHoldsAreOnTheList(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            try await desk.take(OutgoingDocument.draft, input: campus.letter(), by: campus.teacher)
            let alone = try await given(campus, campus.adminSpecialist, to: campus.secondTeacher, watchedBy: campus.manager)
            let listed = try await lines(campus, alone)
            #expect(listed.map { $0["what"] } == [.text("发文")] && listed.first?["reason"] == .text("在本岗位待办"))
            try await desk.administer(
                .appoint(
                    campus.secondTeacher.person, campus.administration, post: Post.administrativeSpecialist.id, from: campus.office.now.day,
                    to: nil), by: .system)
            try await desk.take(StaffHandover.refresh, on: alone, by: campus.secondTeacher)
            #expect(try await lines(campus, alone).isEmpty)
        }
    }

    @Test(.demand(school[14], 2), arguments: TestEngine.all)
    func aTransferNeedsTheHandoverToo(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, assigned = try await task(campus, for: campus.teacher)
            try await desk.administer(
                .appoint(campus.teacher.person, campus.west, post: Post.staff.id, from: campus.office.now.day, to: nil), by: .system)
            let refusal = try await campus.refusal { try await campus.end(campus.teacher) }
            #expect(refusal?.article == school[14] && refusal?.words.zh.contains("尚未办清交接，不得调动") == true)
            let id = try await given(campus, campus.teacher, to: campus.secondTeacher, watchedBy: campus.dean)
            let early = try await campus.refusal { try await campus.end(campus.teacher) }
            #expect(early?.article == school[14])
            try await accept(campus, id, by: campus.secondTeacher)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            try await campus.end(campus.teacher)
            // What was to be done is the successor's from the countersignature on, and says whose it was; its clock runs on.
            let row = try await campus.view(assigned).row
            #expect(row.values["owner"] == campus.person(campus.secondTeacher) && row.values["origin"] == campus.person(campus.teacher))
            #expect(row.due?.started == campus.office.now)
            #expect(try await campus.tray(of: campus.secondTeacher).contains(assigned))
            #expect(try await !campus.tray(of: campus.teacher).contains(assigned))
        }
    }

    /// What is the person's own goes along, where the supervisor countersigns it; whoever leaves takes nothing along.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func whatStaysWithWhoeverMovesIsSaidOnTheList(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, assigned = try await task(campus, for: campus.teacher)
            try await desk.administer(
                .appoint(campus.teacher.person, campus.west, post: Post.staff.id, from: campus.office.now.day, to: nil), by: .system)
            let id = try await given(campus, campus.teacher, to: campus.secondTeacher, watchedBy: campus.dean)
            try await accept(campus, id, by: campus.secondTeacher, takers: ["交办事项": campus.teacher])
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            try await campus.end(campus.teacher)
            #expect(try await campus.view(assigned).row.values["owner"] == campus.person(campus.teacher))
            let leaving = try await campus.refusal { try await campus.end(campus.teacher) }
            #expect(leaving?.article == school[14] && leaving?.words.zh.contains("又有 1 项新事项") == true)
        }
    }

    @Test(.demand(school[14], 2), arguments: TestEngine.all)
    func duringAHandoverWhatIsNewGoesToTheSuccessorAndSaysWhoseItWas(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, before = try await task(campus, for: campus.teacher)
            let id = try await given(campus, campus.teacher, to: campus.secondTeacher, watchedBy: campus.dean)
            let new = try await campus.view(try await task(campus, for: campus.teacher)).row
            #expect(new.values["owner"] == campus.person(campus.secondTeacher) && new.values["origin"] == campus.person(campus.teacher))
            #expect(try await campus.tray(of: campus.secondTeacher).contains(new.id))
            #expect(try await campus.view(before).row.values["owner"] == campus.person(campus.teacher))
            let point = JSONValue.record([
                .init("what", .text("修订细则")), .init("owner", campus.person(campus.teacher)), .init("due", .text("2026-01-30")),
            ])
            let meeting = try await desk.take(
                ManagementMeeting.minute,
                input: [
                    "day": .text("2026-01-15"), "chair": campus.person(campus.manager), "present": .text("各部门负责人"),
                    "discussion": .text("议定如下。"), "points": .list([point]),
                ], by: campus.clerk
            ).id
            try await desk.take(ManagementMeeting.sign, on: meeting, by: campus.manager)
            let ordered = try #require(try await campus.rows("resolution", by: campus.manager).first).values
            #expect(ordered["owner"] == campus.person(campus.secondTeacher) && ordered["origin"] == campus.person(campus.teacher))
            // Where it comes to nothing, the next is the person's own again.
            try await desk.take(StaffHandover.cancel, on: id, input: ["reason": .text("不调了")], by: campus.dean)
            let own = try await campus.view(try await task(campus, for: campus.teacher)).row
            #expect(own.values["owner"] == campus.person(campus.teacher))
        }
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func aSealAndEquipmentGoToWhomTheirLinesName(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal(), key = try await key(campus, for: campus.keeper)
            let copier = try await desk.take(
                OfficeEquipment.register,
                input: [
                    "kind": .text("copier"), "label": .text("复印机"), "place": .text("一楼"), "keeper": campus.person(campus.keeper),
                ], by: campus.adminSpecialist
            ).id
            let id = try await given(campus, campus.keeper, to: campus.teacher, watchedBy: campus.manager)
            try await accept(
                campus, id, by: campus.teacher, takers: ["印章": campus.secondKeeper, "办公设备": campus.adminSpecialist])
            try await desk.take(StaffHandover.countersign, on: id, by: campus.manager)
            let passed = try await campus.view(seal).row.values
            #expect(passed["keeper"] == campus.person(campus.secondKeeper) && passed["custodian"] == campus.person(campus.secondKeeper))
            let equipment = try await campus.view(copier, by: campus.adminSpecialist).row
            #expect(equipment.values["keeper"] == campus.person(campus.adminSpecialist))
            #expect(try await campus.view(key, by: campus.adminSpecialist).row.values["keeper"] == campus.person(campus.teacher))
        }
    }

    /// Being cleared is not enough for what has a core list.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func aConfidentialItemGoesToSomebodyOnItsCoreList(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await campus.released(
                to: campus.people(campus.dean),
                ["secrecy": .text("controlled"), "core": campus.people(campus.teacher, campus.dean)])
            let id = try await given(campus, campus.teacher, to: campus.secondTeacher, watchedBy: campus.dean)
            let refusal = try await campus.refusal { try await accept(campus, id, by: campus.secondTeacher) }
            #expect(refusal?.article == school[14] && refusal?.words.zh.contains("核心人员名单上的人") == true)
            try await accept(campus, id, by: campus.secondTeacher, takers: ["信息件": campus.dean])
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            #expect(try await campus.view(item, by: campus.dean).row.holder == campus.dean.person)
        }
    }

    /// Whatever goes over: what somebody has approved stays approved by that hand.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func whatTheLeaverApprovedStaysTheLeavers(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal()
            let request = try await desk.take(
                SealRequest.request,
                input: [
                    "seal": .whole(seal), "subject": .text("在读证明"), "text": .text("兹证明张某系我校学员。"), "purpose": .text("证明"),
                    "copies": .whole(1),
                ], by: campus.teacher
            ).id
            try await desk.take(SealRequest.approve, on: request, by: campus.dean)
            let before = try await campus.view(request, by: campus.keeper).trail.map(\.who)
            _ = try await task(campus, for: campus.dean)
            let id = try await given(campus, campus.dean, to: campus.secondTeacher, watchedBy: campus.manager)
            try await accept(campus, id, by: campus.secondTeacher)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.manager)
            try await campus.end(campus.dean)
            let view = try await campus.view(request, by: campus.keeper)
            #expect(view.row.values["approver"] == campus.person(campus.dean) && view.row.state == "approved")
            #expect(before.contains { $0.zh == "dean" } && before.allSatisfy { view.trail.map(\.who).contains($0) })
            // It is stamped on that approval, and the successor has none in it.
            try await desk.take(SealRequest.stamp, on: request, input: ["count": .whole(1), "present": .text("文员")], by: campus.keeper)
        }
    }
}
