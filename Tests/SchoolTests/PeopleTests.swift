import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct PeopleTests {
    @Test(.demand(school[6], 1), arguments: TestEngine.all)
    func aUnitWithoutAnOfficerIsAStandingFinding(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, office = campus.office
            office.move(hours: 24)
            try await desk.runJobs()
            func standing() async throws -> Set<Int64> {
                Set(
                    try await campus.rows("officer-vacancy", by: campus.officeHead).filter { $0.state == "standing" }
                        .compactMap { $0.values["vacant"]?.whole })
            }
            let found = try await standing()
            #expect(found.contains(campus.east.raw) && found.contains(campus.teaching.raw))
            // The office has one; nobody works in the west yet.
            #expect(!found.contains(campus.information.raw) && !found.contains(campus.west.raw))
            let vacancy = try #require(
                try await campus.rows("officer-vacancy", by: campus.officeHead).first { $0.values["vacant"] == .whole(campus.east.raw) })
            #expect(try await campus.tray(of: campus.eastHead).contains(vacancy.id))
            try await desk.administer(
                .appoint(campus.eastTeacher.person, campus.east, post: Post.unitInformationOfficer.id, from: office.now.day, to: nil),
                by: .system)
            office.move(hours: 24)
            try await desk.runJobs()
            #expect(try await !standing().contains(campus.east.raw))
            #expect(try await campus.state(vacancy.id, by: campus.officeHead) == "ended")
        }
    }

    @Test(.demand(school[5], 1, 2), arguments: TestEngine.all)
    func aUnitOutsideIsNotBound(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let outside = UnitID(try await desk.administer(.addUnit(parent: nil, zh: "外校", en: "Other"), by: .system))
            let stranger = Principal(try await campus.office.hire("stranger", nil, in: outside))
            let below = UnitID(try await desk.administer(.addUnit(parent: campus.east, zh: "东一班", en: "East class"), by: .system))
            let deep = Principal(try await campus.office.hire("deep", nil, in: below))
            await #expect(throws: DeskError.self) {
                try await desk.take(InformationItem.write, input: campus.draft(to: campus.people(campus.teacher)), by: stranger)
            }
            campus.office.move(hours: 24)
            try await desk.runJobs()
            let vacant = try await campus.rows("officer-vacancy", by: campus.officeHead).compactMap { $0.values["vacant"]?.whole }
            #expect(!vacant.contains(outside.raw) && vacant.contains(campus.east.raw) && vacant.contains(below.raw))
            // Below the head school it holds without a word, however deep.
            for bound in [campus.eastTeacher, deep] {
                try await desk.take(InformationItem.write, input: campus.draft(to: campus.people(campus.teacher)), by: bound)
            }
        }
    }

    @Test(.demand(school[12], 1, 2, 3), arguments: TestEngine.all)
    func aReportGoesToTheSuperiorWhoMustInstruct(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await campus.report(campus.secondTeacher, by: campus.teacher)
            #expect(try await campus.tray(of: campus.dean).contains(id))
            campus.office.move(hours: 25)
            try await desk.runJobs()
            // It escalates to the one above.
            let late = try await campus.view(id, by: campus.manager)
            #expect(late.deadlines.first?.breached != nil && late.trail.contains { $0.title.zh == "督办：按时批示已逾期" })
            #expect(try await campus.told(campus.manager).contains { $0.contains("按时批示已逾期，请督办") })
            await #expect(throws: (any Error).self) {
                try await desk.take(BreachReport.instruct, on: id, input: ["handler": campus.person(campus.clerk)], by: campus.dean)
            }
            let toAccused: [String: JSONValue] = ["instruction": .text("查明"), "handler": campus.person(campus.secondTeacher)]
            await #expect(throws: Refusal.self) { try await desk.take(BreachReport.instruct, on: id, input: toAccused, by: campus.dean) }
            try await desk.take(
                BreachReport.instruct, on: id, input: ["instruction": .text("查明并收回"), "handler": campus.person(campus.clerk)],
                by: campus.dean)
            await #expect(throws: DeskError.self) { try await desk.take(BreachReport.close, on: id, by: campus.dean) }
            try await desk.take(BreachReport.handle, on: id, input: ["handling": .text("档案已收回")], by: campus.clerk)
            try await desk.take(BreachReport.close, on: id, by: campus.dean)
            #expect(try await campus.state(id, by: campus.dean) == "closed")
        }
    }

    /// It is no task, no notice and no page of whoever stands above, until the superior's time is over.
    @Test(.demand(school[12], 1, 3), arguments: TestEngine.all)
    func whoeverStandsAboveHasAReportWhenItEscalatesAndNotBefore(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await campus.report(campus.secondTeacher, by: campus.teacher)
            let input: [String: JSONValue] = ["instruction": .text("查明并收回"), "handler": campus.person(campus.clerk)]
            #expect(try await campus.tray(of: campus.dean).contains(id))
            #expect(try await !campus.tray(of: campus.manager).contains(id))
            #expect(try await !campus.told(campus.manager).contains { $0.contains("批示") || $0.contains("违规") })
            await #expect(throws: DeskError.self) { try await campus.view(id) }
            await #expect(throws: DeskError.self) {
                try await desk.take(BreachReport.instructAbove, on: id, input: input, by: campus.manager)
            }
            campus.office.move(hours: 25)
            try await desk.runJobs()
            #expect(try await campus.tray(of: campus.manager).contains(id))
            try await desk.take(BreachReport.instructAbove, on: id, input: input, by: campus.manager)
            try await desk.take(BreachReport.handle, on: id, input: ["handling": .text("档案已收回")], by: campus.clerk)
            // Whoever instructed says that it is done.
            #expect(try await !campus.tray(of: campus.dean).contains(id))
            await #expect(throws: DeskError.self) { try await desk.take(BreachReport.close, on: id, by: campus.dean) }
            try await desk.take(BreachReport.close, on: id, by: campus.manager)
            #expect(try await campus.state(id) == "closed")
        }
    }

    /// Neither what a file is called nor what an office file says of its author.
    @Test(.demand(school[13], 1), arguments: TestEngine.all)
    func aPaperOfAReportDoesNotNameWhoHandedItIn(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func report(_ name: String) async throws -> Int64 {
                let file = try await desk.keep(file: name, content: Array("内容".utf8), by: campus.teacher)
                return try await desk.take(
                    BreachReport.report,
                    input: [
                        "matter": .text("secrecy"), "accused": campus.person(campus.eastTeacher), "facts": .text("私自带走学员档案"),
                        "files": .list([file.stored]),
                    ], by: campus.teacher
                ).id
            }
            let small = try await campus.refusal { _ = try await report("teacher的记录.docx") }
            #expect(small?.article == school[12] && small?.words.zh.contains("Office 文件含有作者信息") == true)
            let id = try await report("teacher的记录.PDF")
            let files = try await campus.view(id, by: campus.dean).row.values["files"]?.list ?? []
            #expect(files.map { $0["name"].text } == ["材料1.pdf"])
            // Among many it is nobody's.
            for login in ["third", "fourth"] { _ = try await campus.office.hire(login, .staff, in: campus.teaching) }
            _ = try await report("记录.docx")
        }
    }

    @Test(.article(school[12]), arguments: TestEngine.all)
    func whereTheSuperiorIsAccusedItGoesOneHigher(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let id = try await campus.report(campus.dean, by: campus.teacher)
            #expect(try await !campus.tray(of: campus.dean).contains(id))
            #expect(try await campus.tray(of: campus.manager).contains(id))
            campus.office.move(hours: 30)
            try await campus.desk.runJobs()
            #expect(try await !campus.tray(of: campus.dean).contains(id))
            await #expect(throws: DeskError.self) { try await campus.view(id, by: campus.dean) }
        }
    }

    /// Whoever stands beneath the general manager does not receive what is reported about him; whoever stands above the school does.
    @Test(.article(school[12]), arguments: TestEngine.all)
    func aReportAboutTheManagerGoesAboveTheSchool(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await campus.report(campus.manager, by: campus.teacher)
            campus.office.move(hours: 30)
            try await desk.runJobs()
            for beneath in [campus.manager, campus.dean, campus.officeHead, campus.director, campus.clerk] {
                #expect(try await !campus.tray(of: beneath).contains(id))
                await #expect(throws: DeskError.self) { try await campus.view(id, by: beneath) }
                #expect(try await campus.rows("higher-protection", by: beneath).isEmpty)
                #expect(try await campus.rows("reporter-protection", by: beneath).isEmpty)
            }
            #expect(try await campus.tray(of: campus.overseer).contains(id))
            #expect(try await campus.rows("higher-protection", by: campus.overseer).count == 1)
            await #expect(throws: Refusal.self) {
                try await desk.take(
                    BreachReport.instruct, on: id, input: ["instruction": .text("查明"), "handler": campus.person(campus.manager)],
                    by: campus.overseer)
            }
            try await desk.take(
                BreachReport.instruct, on: id, input: ["instruction": .text("查明"), "handler": campus.person(campus.overseer)],
                by: campus.overseer)
        }
    }

    /// With nobody above, nobody beneath receives it in his place.
    @Test(.article(school[12]), arguments: TestEngine.all)
    func withoutAnOverseerAReportAboutTheManagerIsNotGivenToASubordinate(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            try await campus.end(campus.overseer)
            let refusal = try await campus.refusal { _ = try await campus.report(campus.manager, by: campus.teacher) }
            #expect(refusal?.article == school[12] && refusal?.words.zh.contains("请任命“上级监督人”") == true)
        }
    }

    @Test(.demand(school[11], 1, 2), arguments: TestEngine.all)
    func obstructionCanBeReported(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let id = try await campus.desk.take(
                BreachReport.report,
                input: ["matter": .text("obstruction"), "accused": campus.person(campus.eastHead), "facts": .text("拒绝提供资料")],
                by: campus.eastReporter
            ).id
            #expect(try await campus.tray(of: campus.manager).contains(id))
            let own = try await campus.refusal {
                _ = try await campus.desk.take(
                    BreachReport.report, input: ["matter": .text("other"), "accused": campus.person(campus.teacher), "facts": .text("x")],
                    by: campus.teacher)
            }
            #expect(own?.article == school[12])
            // From there it goes as every breach does.
            let desk = campus.desk
            try await desk.take(
                BreachReport.instruct, on: id, input: ["instruction": .text("当面查明"), "handler": campus.person(campus.clerk)],
                by: campus.manager)
            try await desk.take(BreachReport.handle, on: id, input: ["handling": .text("资料已提供")], by: campus.clerk)
            try await desk.take(BreachReport.close, on: id, by: campus.manager)
            #expect(try await campus.state(id) == "closed")
        }
    }
}
