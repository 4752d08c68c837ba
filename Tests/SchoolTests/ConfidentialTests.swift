import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing

/// A confidential item at each of its doors.
@Suite struct ConfidentialTests {
    private func confidential(_ campus: Campus) async throws -> Int64 {
        try await campus.released(
            to: campus.people(campus.secondTeacher),
            [
                "subject": .text("合并方案秘密标题"), "secrecy": .text("controlled"),
                "core": campus.people(campus.teacher, campus.secondTeacher, campus.dean),
            ])
    }

    @Test(.demand(school[2], 2), arguments: TestEngine.all)
    func nobodyOffTheCoreListTakesItAway(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, item = try await confidential(campus)
            for way in ["send", "export", "print", "lend"] {
                let input: [String: JSONValue] = [
                    "item": .whole(item), "way": .text(way), "to": .text("某公司"), "purpose": .text("参考"), "copies": .whole(1),
                    "due": way == "lend" ? .text("2026-01-20") : .null,
                ]
                // The clerk is cleared for it and reads it, and yet is not on its list.
                let refusal = try await campus.refusal { try await desk.take(ItemTaking.take, input: input, by: campus.clerk) }
                #expect(refusal?.article == school[2] && refusal?.words.zh.contains("核心人员名单") == true)
                try await desk.take(ItemTaking.take, input: input, by: campus.secondTeacher)
                // Whoever may not read it does not learn that there is such an item.
                await #expect(throws: DeskError.self) { try await desk.take(ItemTaking.take, input: input, by: campus.eastTeacher) }
            }
            // Each refusal stands in the ledger.
            try await desk.settleLedger()
            #expect(try await desk.charter(school.id, by: nil).refusalsOf90Days == 4)
        }
    }

    /// The archive reads it and yet neither prints nor exports it.
    @Test(.demand(school[2], 2), arguments: TestEngine.all)
    func theProductsOwnPrintAndExportAreDoorsToo(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, item = try await confidential(campus)
            func export(_ reader: Principal) async throws {
                _ = try await desk.issueExport("information-item", RegisterQuery(), isPlain: false, by: reader)
            }
            func print(_ reader: Principal) async throws {
                try await desk.issue(.print, of: item, by: reader)
            }
            let exported = try await campus.refusal { try await export(campus.clerk) }
            let printed = try await campus.refusal { try await print(campus.clerk) }
            for refusal in [exported, printed] {
                #expect(refusal?.article == school[2] && refusal?.words.zh.contains("查阅不等于可以") == true)
            }
            try await desk.settleLedger()
            #expect(try await desk.charter(school.id, by: nil).refusalsOf90Days == 2)
            try await export(campus.secondTeacher)
            try await print(campus.dean)
        }
    }

    @Test(.article(school[2]), arguments: TestEngine.all)
    func aPrintJobIsADoorToo(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, item = try await confidential(campus)
            let job: [String: JSONValue] = [
                "subject": .text("合并方案秘密标题"), "item": .whole(item), "secrecy": .text("internal"), "pages": .whole(3), "copies": .whole(2),
            ]
            let refusal = try await campus.refusal { try await desk.take(PrintJob.request, input: job, by: campus.clerk) }
            #expect(refusal?.article == school[2])
            let id = try await desk.take(PrintJob.request, input: job, by: campus.teacher).id
            // The name of the job in the queue says nothing, and it is as secret as the item.
            let row = try await campus.view(id, by: campus.adminSpecialist).row
            #expect(row.title.isEmpty && row.level == .secret)
            await #expect(throws: DeskError.self) { try await campus.view(id, by: campus.keeper) }
        }
    }

    @Test(.article(school[2]), arguments: TestEngine.all)
    func theTitleLeaksNowhere(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, item = try await confidential(campus)
            for outsider in [campus.eastTeacher, campus.eastHead, campus.keeper] {
                #expect(try await campus.rows("information-item", by: outsider).isEmpty)
                #expect(try await campus.rows("item-delivery", by: outsider).isEmpty)
                #expect(try await desk.search("合并方案", by: outsider.person).rows.isEmpty)
                #expect(try await !campus.tray(of: outsider).contains(item))
                #expect(try await campus.told(outsider).isEmpty)
                await #expect(throws: DeskError.self) { try await campus.view(item, by: outsider) }
            }
            for insider in [campus.secondTeacher, campus.dean] {
                #expect(try await !campus.told(insider).contains { $0.contains("合并方案") })
            }
            #expect(try await campus.view(item, by: campus.secondTeacher).row.level == .secret)
        }
    }

    /// A delegate sees what waits for the other, and none of it that is above the own clearance.
    @Test(.article(school[2]), arguments: TestEngine.all)
    func aDelegateWhoIsNotClearedFindsItInNoTray(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            try await desk.handle(
                .delegate(to: campus.eastTeacher.person, from: campus.office.now, until: campus.office.now.adding(days: 3), reason: "出差"),
                by: campus.secondTeacher)
            let before = try await campus.told(campus.eastTeacher)
            let secret = try await campus.delivery(of: try await confidential(campus), to: campus.secondTeacher)
            #expect(try await campus.tray(of: campus.secondTeacher).contains(secret))
            #expect(try await !campus.tray(of: campus.eastTeacher).contains(secret))
            #expect(try await campus.told(campus.eastTeacher) == before)
            await #expect(throws: DeskError.self) { try await campus.view(secret, by: campus.eastTeacher) }
            let plain = try await campus.released(to: campus.people(campus.secondTeacher))
            let open = try await campus.delivery(of: plain, to: campus.secondTeacher)
            #expect(try await campus.tray(of: campus.eastTeacher).contains(open))
        }
    }

    @Test(.article(school[2]), arguments: TestEngine.all)
    func itGoesToItsCoreListAlone(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let outside = campus.draft(
                to: campus.people(campus.dean, campus.clerk),
                ["secrecy": .text("core"), "core": campus.people(campus.teacher, campus.dean)])
            let refusal = try await campus.refusal { try await campus.desk.take(InformationItem.write, input: outside, by: campus.teacher) }
            #expect(refusal?.words.zh.contains("核对收件人") == true)
            // Not cleared so high.
            let uncleared = campus.draft(
                to: campus.people(campus.dean), ["secrecy": .text("core"), "core": campus.people(campus.teacher, campus.dean)])
            let second = try await campus.refusal {
                try await campus.desk.take(InformationItem.write, input: uncleared, by: campus.teacher)
            }
            #expect(second?.words.zh.contains("涉密级别不够") == true)
        }
    }
}
