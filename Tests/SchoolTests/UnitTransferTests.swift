import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

/// What goes over with a unit that is dissolved or merged: all that it has, and nothing of what nobody may know.
@Suite struct UnitTransferTests {
    private func drawnUp(_ campus: Campus, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "source": .whole(campus.east.raw), "target": .whole(campus.teaching.raw), "grounds": .text("合并"),
            "giver": campus.person(campus.eastHead), "receiver": campus.person(campus.dean),
        ]
        return try await campus.desk.take(UnitTransfer.drawUp, input: input.merging(more) { $1 }, by: campus.clerk).id
    }

    private func move(_ campus: Campus, _ id: Int64) async throws {
        try await campus.desk.take(UnitTransfer.give, on: id, by: campus.eastHead)
        try await campus.desk.take(UnitTransfer.receive, on: id, by: campus.dean)
    }

    /// A seal, equipment, a key and a loan of the site, registered by others.
    private func assets(_ campus: Campus) async throws -> [Int64] {
        let desk = campus.desk
        let seal = try await desk.take(
            Seal.register,
            input: [
                "label": .text("东工作点印章"), "issuer": .text("育才学校东工作点"), "owner": .whole(campus.east.raw),
                "custodian": campus.person(campus.keeper),
            ], by: campus.officeHead
        ).id
        let copier = try await desk.take(
            OfficeEquipment.register,
            input: [
                "kind": .text("copier"), "label": .text("复印机"), "place": .text("东点"), "keeper": campus.person(campus.eastTeacher),
            ], by: campus.adminSpecialist
        ).id
        let key = try await desk.take(
            DoorKey.give,
            input: ["label": .text("大门"), "place": .text("东点"), "pieces": .whole(1), "keeper": campus.person(campus.eastTeacher)],
            by: campus.adminSpecialist
        ).id
        let item = try await desk.take(
            InformationItem.write, input: campus.draft(to: campus.people(campus.teacher)), by: campus.eastTeacher
        ).id
        let loan = try await desk.take(
            ItemTaking.take,
            input: [
                "item": .whole(item), "way": .text("lend"), "to": .text("友校"), "purpose": .text("参考"), "copies": .whole(1),
                "due": .text("2026-01-30"),
            ], by: campus.eastTeacher
        ).id
        return [seal, copier, key, item, loan]
    }

    @Test(.demand(school[14], 3), arguments: TestEngine.all)
    func itsSealsEquipmentKeysAndLoansAreOnItsListAndGoOver(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let assets = try await assets(campus)
            let refusal = try await campus.refusal { try await campus.desk.administer(.closeUnit(campus.east), by: .system) }
            #expect(refusal?.article == school[14] && refusal?.words.zh.contains("5 件信息资料未移交") == true)
            let id = try await drawnUp(campus)
            let rows = try await campus.view(id).row.values["rows"]?.list ?? []
            #expect(Set(rows.compactMap { $0["what"].text }) == ["印章", "办公设备", "钥匙", "信息件", "信息携出登记"] && rows.count == 5)
            try await move(campus, id)
            for asset in assets {
                #expect(try await campus.view(asset, by: asset == assets[3] ? campus.officeHead : campus.clerk).row.unit == campus.teaching)
            }
            #expect(try await campus.desk.verify().isClean)
        }
    }

    /// One that was registered under another unit is assigned to whose it is.
    @Test(.article(school[14]), arguments: TestEngine.all)
    func aSealIsAssignedToTheUnitWhoseItIs(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal()
            #expect(try await campus.view(seal).row.unit == campus.administration)
            let owner: [String: JSONValue] = ["owner": .whole(campus.east.raw)]
            await #expect(throws: DeskError.self) { try await desk.take(Seal.assign, on: seal, input: owner, by: campus.keeper) }
            try await desk.take(Seal.assign, on: seal, input: owner, by: campus.officeHead)
            #expect(try await campus.view(seal).row.unit == campus.east)
        }
    }

    /// A report that nobody has instructed yet goes over and tells nothing; whoever is protected stays so.
    @Test(.demand(school[14], 3), .demand(school[13], 1), arguments: TestEngine.all)
    func aBreachReportStandsHiddenOnTheList(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, report = try await campus.report(campus.eastReporter, by: campus.eastTeacher)
            let id = try await drawnUp(campus)
            let rows = try await campus.view(id).row.values["rows"]?.list ?? []
            #expect(rows.count == 1 && rows[0]["what"] == .text("另行移交事项") && (rows[0]["number"].text ?? "").isEmpty)
            try await move(campus, id)
            // It waits for whoever received it, and for nobody of the other side.
            #expect(try await campus.tray(of: campus.eastHead).contains(report))
            for outsider in [campus.clerk, campus.dean, campus.officeHead, campus.eastReporter] {
                await #expect(throws: DeskError.self) { try await campus.view(report, by: outsider) }
                // Neither a row nor a number of rows: a copy of the register is made of the same.
                let found = try await desk.register("breach-report", RegisterQuery(), by: outsider.person)
                #expect(found.rows.isEmpty && found.total == 0)
            }
            #expect(try await campus.rows("reporter-protection", by: campus.manager).count == 1)
        }
    }

    /// The superior sees whom it is about, and neither the small unit from which it came nor the minute.
    @Test(.article(school[12]), arguments: TestEngine.all)
    func aReportFromASmallUnitShowsNeitherItsUnitNorTheMinute(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let id = try await campus.report(campus.eastHead, by: campus.eastReporter)
            let row = try await campus.view(id).row
            #expect(row.unit == campus.office.company && row.number == nil)
            #expect(row.values["day"] == .text("2026-01-15"))
        }
    }

    @Test(.demand(school[14], 3), arguments: TestEngine.all)
    func theSeriesOfAMergedUnitEndsThatDay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let wrong = try await campus.refusal { _ = try await drawnUp(campus, ["codes": .text("东〔2026〕")]) }
            #expect(wrong?.article == school[14] && wrong?.words.zh.contains("不含年份、括号和数字") == true)
            let paper = try await campus.signed(["code": .text("育才东发")]), first = try await campus.signed(["code": .text("育才东发")])
            try await desk.take(OutgoingDocument.number, on: first, by: campus.clerk)
            try await move(campus, try await drawnUp(campus, ["codes": .text("育才东发")]))
            let refusal = try await campus.refusal { try await desk.take(OutgoingDocument.number, on: paper, by: campus.clerk) }
            #expect(refusal?.article == school[16] && refusal?.words.zh.contains("已随单位撤并停用") == true)
            // What was numbered stays as it was signed, and the school's own series goes on.
            #expect(try await campus.number(first) == "育才东发〔2026〕1号")
            let other = try await campus.numbered()
            #expect(try await campus.number(other) == "育才校发〔2026〕1号")
        }
    }
}
