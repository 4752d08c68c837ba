import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct HandoverTests {
    private func leave(_ campus: Campus, _ person: Principal, to successor: Principal? = nil) async throws {
        try await campus.desk.administer(
            .changePerson(
                person.person, zh: "离任", en: "left", clearance: .secret, active: false, administrator: false, settled: true,
                successor: successor?.person), by: .system)
    }

    private func open(_ campus: Campus, _ more: [String: JSONValue] = [:], by principal: Principal? = nil) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "leaver": campus.person(campus.teacher), "successor": campus.person(campus.secondTeacher),
            "supervisor": campus.person(campus.dean),
            "lastDay": .text("2026-01-31"), "grounds": .text("调离"),
        ]
        return try await campus.desk.take(StaffHandover.open, input: input.merging(more) { $1 }, by: principal ?? campus.dean).id
    }

    private func rows(_ campus: Campus, _ id: Int64) async throws -> [JSONValue] {
        try await campus.view(id, by: campus.officeHead).row.values["rows"]?.list ?? []
    }

    /// Each line marked as accepted, but for those that are left out.
    private func marked(_ rows: [JSONValue], but left: Int = 0, taker: JSONValue? = nil) -> JSONValue {
        .list(
            rows.enumerated().map { index, row -> JSONValue in
                var entries = row.entries.filter { $0.key != "isAccepted" && $0.key != "taker" }
                if index >= left { entries.append(.init("isAccepted", .flag(true))) }
                if let taker { entries.append(.init("taker", taker)) }
                return .record(entries)
            })
    }

    private func accept(_ campus: Campus, _ id: Int64, but left: Int = 0, taker: Principal? = nil) async throws {
        let rows = marked(try await rows(campus, id), but: left, taker: taker.map { campus.person($0) })
        try await campus.desk.take(StaffHandover.mark, on: id, input: ["rows": rows], by: campus.secondTeacher)
        try await campus.desk.take(StaffHandover.accept, on: id, by: campus.secondTeacher)
    }

    private func task(_ campus: Campus, for person: Principal) async throws -> Int64 {
        try await campus.desk.take(
            AssignedTask.assign, input: ["what": .text("整理档案"), "owner": campus.person(person), "due": .text("2026-02-20")],
            by: campus.manager
        ).id
    }

    /// What the leaver begins while it is handed over.
    private func draft(_ campus: Campus) async throws {
        try await campus.desk.take(InformationItem.write, input: campus.draft(to: campus.people(campus.eastTeacher)), by: campus.teacher)
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func nobodyLeavesBeforeTheHandoverIsComplete(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, assigned = try await task(campus, for: campus.teacher)
            let item = try await campus.released(to: campus.people(campus.eastTeacher))
            let refusal = try await campus.refusal { try await leave(campus, campus.teacher) }
            #expect(refusal?.article == school[14] && refusal?.words.zh.contains("尚未办清交接") == true)
            let id = try await open(campus)
            let listed = try await rows(campus, id)
            #expect(listed.count == 2 && Set(listed.compactMap { $0["what"].text }) == ["交办事项", "信息件"])
            try await desk.take(StaffHandover.give, on: id, by: campus.teacher)
            // A line that is not accepted holds it up.
            let left = try await campus.refusal { try await accept(campus, id, but: 1) }
            #expect(left?.words.zh.contains("还有 1 项未标记接收") == true)
            // The list is the system's: nobody leaves out a line, or adds one.
            let short = try await campus.refusal {
                try await desk.take(
                    StaffHandover.mark, on: id, input: ["rows": marked(Array(listed.dropLast()))], by: campus.secondTeacher)
            }
            #expect(short?.words.zh.contains("不能增删") == true)
            try await accept(campus, id)
            await #expect(throws: (any Error).self) { try await leave(campus, campus.teacher, to: campus.secondTeacher) }
            await #expect(throws: DeskError.self) { try await desk.take(StaffHandover.countersign, on: id, by: campus.secondTeacher) }
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            // Another successor than the one who accepted it.
            let other = try await campus.refusal { try await leave(campus, campus.teacher, to: campus.eastTeacher) }
            #expect(other?.words.zh.contains("不一致") == true)
            try await leave(campus, campus.teacher)
            // The work is with the successor, without a gap.
            #expect(try await campus.view(item, by: campus.dean).row.holder == campus.secondTeacher.person)
            #expect(try await campus.view(assigned).row.holder == campus.secondTeacher.person)
            // What the leaver wrote stays the leaver's.
            #expect(try await campus.view(item, by: campus.dean).row.creator == campus.teacher.person)
        }
    }

    /// What comes after the signatures does not ride along.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func workThatArrivesDuringTheHandoverIsAcceptedToo(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            _ = try await task(campus, for: campus.teacher)
            let id = try await open(campus)
            try await desk.take(StaffHandover.give, on: id, by: campus.teacher)
            try await draft(campus)
            let changed = try await campus.refusal { try await accept(campus, id) }
            #expect(changed?.words.zh.contains("重新列出清单") == true)
            try await desk.take(StaffHandover.refresh, on: id, by: campus.secondTeacher)
            try await accept(campus, id)
            try await draft(campus)
            let late = try await campus.refusal { try await desk.take(StaffHandover.countersign, on: id, by: campus.dean) }
            #expect(late?.words.zh.contains("1 项新事项") == true)
            try await desk.take(StaffHandover.refresh, on: id, by: campus.dean)
            try await accept(campus, id)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            // And once more in the act that closes the account.
            try await draft(campus)
            let closing = try await campus.refusal { try await leave(campus, campus.teacher) }
            #expect(closing?.article == school[14] && closing?.words.zh.contains("交接之后又有 1 项") == true)
        }
    }

    /// Whoever knows how ids are made finds no document by trying: the mark is made with the house's key.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func aMarkTellsNothingOfTheDocument(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let assigned = try await task(campus, for: campus.teacher), id = try await open(campus)
            let mark = try #require(try await rows(campus, id).first?["mark"].text)
            #expect(mark.count == 16 && mark != String(FileReference.digest(of: Array("held \(assigned)".utf8)).prefix(16)))
            // The same document has the same mark again.
            try await campus.desk.take(StaffHandover.give, on: id, by: campus.teacher)
            try await campus.desk.take(StaffHandover.refresh, on: id, by: campus.secondTeacher)
            #expect(try await rows(campus, id).first?["mark"] == .text(mark))
        }
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func aGiverWhoIsNotThereIsWitnessed(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            _ = try await task(campus, for: campus.teacher)
            await #expect(throws: Refusal.self) { _ = try await open(campus, ["isAbsent": .flag(true)]) }
            let id = try await open(campus, ["isAbsent": .flag(true), "witness": campus.person(campus.clerk)])
            await #expect(throws: DeskError.self) { try await desk.take(StaffHandover.give, on: id, by: campus.teacher) }
            try await desk.take(StaffHandover.attest, on: id, by: campus.clerk)
            try await accept(campus, id)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            try await leave(campus, campus.teacher)
        }
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func theSupervisorIsNeitherOfTheTwo(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let refusal = try await campus.refusal { _ = try await open(campus, ["supervisor": campus.person(campus.secondTeacher)]) }
            #expect(refusal?.words.zh.contains("请另选监交人") == true)
        }
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func whatIsAboveTheSuccessorsClearanceGoesToSomebodyElse(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await campus.released(
                to: campus.people(campus.dean),
                ["secrecy": .text("controlled"), "core": campus.people(campus.teacher, campus.dean)])
            // The successor is cleared for less than the item.
            try await desk.administer(
                .changePerson(campus.secondTeacher.person, zh: "t2", en: "t2", clearance: .internal, active: true, administrator: false),
                by: .system)
            let id = try await open(campus)
            try await desk.take(StaffHandover.give, on: id, by: campus.teacher)
            let refusal = try await campus.refusal { try await accept(campus, id) }
            #expect(refusal?.words.zh.contains("涉密级别高于接收人") == true)
            try await accept(campus, id, taker: campus.dean)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.dean)
            #expect(try await campus.view(item, by: campus.dean).row.holder == campus.dean.person)
        }
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func sealsAndEquipmentPassWithIt(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal()
            let copier = try await desk.take(
                OfficeEquipment.register,
                input: [
                    "kind": .text("copier"), "label": .text("复印机"), "serial": .text("C-1"), "place": .text("一楼"),
                    "keeper": campus.person(campus.keeper),
                ], by: campus.adminSpecialist
            ).id
            let id = try await desk.take(
                StaffHandover.open,
                input: [
                    "leaver": campus.person(campus.keeper), "successor": campus.person(campus.secondKeeper),
                    "supervisor": campus.person(campus.manager),
                    "lastDay": .text("2026-01-31"), "grounds": .text("调离"),
                ], by: campus.keeper
            ).id
            try await desk.take(StaffHandover.give, on: id, by: campus.keeper)
            let listed = try await rows(campus, id)
            #expect(listed.count == 2)
            try await desk.take(StaffHandover.mark, on: id, input: ["rows": marked(listed)], by: campus.secondKeeper)
            try await desk.take(StaffHandover.accept, on: id, by: campus.secondKeeper)
            try await desk.take(StaffHandover.countersign, on: id, by: campus.manager)
            #expect(try await campus.view(seal).row.values["keeper"] == campus.person(campus.secondKeeper))
            #expect(try await campus.view(copier, by: campus.adminSpecialist).row.values["keeper"] == campus.person(campus.secondKeeper))
        }
    }

    @Test(.article(school[14]), arguments: TestEngine.all)
    func aUnitIsClosedWhenItsListIsSignedByBoth(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.teacher)), by: campus.eastTeacher
            ).id
            let refusal = try await campus.refusal { try await desk.administer(.closeUnit(campus.east), by: .system) }
            #expect(refusal?.article == school[14] && refusal?.words.zh.contains("1 件信息资料未移交") == true)
            func input(_ giver: Principal) -> [String: JSONValue] {
                [
                    "source": .whole(campus.east.raw), "target": .whole(campus.teaching.raw), "grounds": .text("合并"),
                    "giver": campus.person(giver), "receiver": campus.person(campus.dean),
                ]
            }
            await #expect(throws: Refusal.self) { try await desk.take(UnitTransfer.drawUp, input: input(campus.clerk), by: campus.clerk) }
            let id = try await desk.take(UnitTransfer.drawUp, input: input(campus.eastHead), by: campus.clerk).id
            #expect(try await campus.number(id) == "移交〔2026〕1号")
            try await desk.take(UnitTransfer.give, on: id, by: campus.eastHead)
            await #expect(throws: DeskError.self) { try await desk.take(UnitTransfer.receive, on: id, by: campus.eastHead) }
            // Something is written meanwhile: the list that was signed is not that of today.
            let second = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.teacher)), by: campus.eastTeacher
            ).id
            let changed = try await campus.refusal { try await desk.take(UnitTransfer.receive, on: id, by: campus.dean) }
            #expect(changed?.words.zh.contains("又有变化") == true)
            try await desk.take(UnitTransfer.redraw, on: id, by: campus.clerk)
            try await desk.take(UnitTransfer.give, on: id, by: campus.eastHead)
            try await desk.take(UnitTransfer.receive, on: id, by: campus.dean)
            for moved in [item, second] {
                #expect(try await campus.view(moved, by: campus.officeHead).row.unit == campus.teaching)
            }
            // It waits for the head of the unit that has it now.
            #expect(try await campus.tray(of: campus.dean).contains(item))
            #expect(try await desk.verify().isClean)
        }
    }

    /// A clock that ran in the old unit runs on in the new one, from when it began.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func clocksRunOnInTheNewUnit(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let visit = try await desk.take(
                SupervisionVisit.plan,
                input: ["visited": .whole(campus.east.raw), "day": .text("2026-01-15"), "purpose": .text("检查")], by: campus.adminSpecialist
            ).id
            let line = JSONValue.record([.init("what", .text("档案未上锁")), .init("due", .text("2026-01-30"))])
            try await desk.take(
                SupervisionVisit.carryOut, on: visit, input: ["record": .text("已查"), "observations": .list([line])],
                by: campus.adminSpecialist)
            let finding = try #require(try await campus.rows("visit-finding", by: campus.adminSpecialist).first)
            let before = try #require(finding.due)
            campus.office.move(hours: 48)
            let id = try await desk.take(
                UnitTransfer.drawUp,
                input: [
                    "source": .whole(campus.east.raw), "target": .whole(campus.teaching.raw), "grounds": .text("合并"),
                    "giver": campus.person(campus.eastHead), "receiver": campus.person(campus.dean),
                ], by: campus.clerk
            ).id
            try await desk.take(UnitTransfer.give, on: id, by: campus.eastHead)
            try await desk.take(UnitTransfer.receive, on: id, by: campus.dean)
            let after = try #require(try await campus.rows("visit-finding", by: campus.adminSpecialist).first)
            #expect(after.unit == campus.teaching && after.due?.due == before.due && after.due?.started == before.started)
        }
    }
}
