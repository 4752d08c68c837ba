import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct FiguresTests {
    @Test(.article(school[4])) func theMedianIsThatOfAnybody() {
        #expect(SchoolFigures.median([]) == 0)
        #expect(SchoolFigures.median([7]) == 7)
        #expect(SchoolFigures.median([1, 9]) == 5)
        #expect(SchoolFigures.median([1, 2, 100]) == 2)
    }

    @Test(.demand(school[1], 2), .demand(school[4], 1), .article(school[23]), arguments: TestEngine.all)
    func figuresAreDrawnFromTheRegisters(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await campus.released(to: campus.people(campus.eastHead, campus.eastTeacher, campus.clerk))
            campus.office.move(hours: 2)
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.eastHead), by: campus.eastHead)
            campus.office.move(hours: 28)
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.eastTeacher), by: campus.eastTeacher)
            let returned = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.eastTeacher)), by: campus.teacher
            ).id
            try await desk.take(InformationItem.giveBack, on: returned, input: ["wrong": .text("漏项")], by: campus.dean)
            campus.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            let all = try await campus.rows("school-figures", by: campus.officeHead)
            let figures = try #require(all.first { $0.values["measured"] == .whole(campus.teaching.raw) }).values
            #expect(figures["period"] == .text("2026-01") && figures["items"] == .whole(1) && figures["deliveries"] == .whole(3))
            #expect(figures["medianMinutes"] == .whole(16 * 60) && figures["worstMinutes"] == .whole(30 * 60))
            #expect(figures["acknowledged"] == .whole(2) && figures["inTime"] == .whole(1))
            #expect(figures["returned"] == .whole(1) && figures["unchanged"] == .whole(2))
            // Nobody types them, and the head of another unit does not see them.
            await #expect(throws: DeskError.self) { try await desk.take(SchoolFigures.count, by: campus.officeHead) }
            let seen = try await campus.rows("school-figures", by: campus.eastHead)
            #expect(seen.allSatisfy { $0.values["measured"] == .whole(campus.east.raw) } && !seen.isEmpty)
            // Nor does anybody drill down to it who heads nothing: the indicator and what it was drawn from are absent.
            for outsider in [campus.eastTeacher, campus.keeper, campus.teacher] {
                #expect(try await campus.rows("school-figures", by: outsider).isEmpty)
                for row in all { await #expect(throws: DeskError.self) { try await campus.view(row.id, by: outsider) } }
            }
            await #expect(throws: DeskError.self) { try await campus.view(item, by: campus.keeper) }
        }
    }

    private func figures(_ campus: Campus, of unit: UnitID, _ period: String = "2026-01") async throws -> DocumentRow? {
        try await campus.rows("school-figures", by: campus.officeHead).first {
            $0.values["measured"] == .whole(unit.raw) && $0.values["period"] == .text(period)
        }
    }

    /// What was delivered on the last evening is acknowledged the next morning, in time.
    @Test(.demand(school[4], 1), arguments: TestEngine.all)
    func aMonthIsSettledWhenItsLastDeliveryCannotBeInTimeAnyMore(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, office = campus.office
            office.move(to: Moment(Day(iso: "2026-01-31")!, hour: 20)!)
            let item = try await campus.released(to: campus.people(campus.eastHead))
            office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            let early = try #require(try await figures(campus, of: campus.teaching))
            #expect(early.state == "provisional" && early.values["deliveries"] == .whole(1) && early.values["inTime"] == .whole(0))
            office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 8)!)
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.eastHead), by: campus.eastHead)
            office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 1)!)
            try await desk.runJobs()
            let settled = try #require(try await figures(campus, of: campus.teaching))
            #expect(settled.state == "counted" && settled.values["inTime"] == .whole(1) && settled.id == early.id)
            // From then on it stays as it is.
            office.move(to: Moment(Day(iso: "2026-02-04")!, hour: 1)!)
            try await desk.runJobs()
            #expect(try await figures(campus, of: campus.teaching)?.version == settled.version)
        }
    }

    @Test(.demand(school[4], 1), arguments: TestEngine.all)
    func aUnitWhosePostsEndedWithinTheMonthHasItsFigures(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, today = campus.office.now.day
            let person = PersonID(
                try await desk.administer(
                    .addPerson(login: "westTeacher", zh: "西点教师", en: "West teacher", clearance: .internal, administrator: false),
                    by: .system))
            try await desk.administer(
                .appoint(person, campus.west, post: Post.staff.id, from: today, to: today.adding(days: 5)), by: .system)
            campus.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            #expect(try await figures(campus, of: campus.west) != nil)
            campus.office.move(to: Moment(Day(iso: "2026-03-01")!, hour: 1)!)
            try await desk.runJobs()
            #expect(try await figures(campus, of: campus.west, "2026-02") == nil)
        }
    }

    /// Up to the day it counts for the unit that was merged, from then on for the other.
    @Test(.demand(school[4], 1), .demand(school[14], 3), arguments: TestEngine.all)
    func theMonthOfAMergedUnitIsSplitByTheDay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let before = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.clerk)), by: campus.eastTeacher
            ).id
            try await desk.take(InformationItem.release, on: before, by: campus.eastHead)
            campus.office.move(hours: 24 * 5)
            let id = try await desk.take(
                UnitTransfer.drawUp,
                input: [
                    "source": .whole(campus.east.raw), "target": .whole(campus.teaching.raw), "grounds": .text("合并"),
                    "giver": campus.person(campus.eastHead), "receiver": campus.person(campus.dean),
                ], by: campus.clerk
            ).id
            try await desk.take(UnitTransfer.give, on: id, by: campus.eastHead)
            try await desk.take(UnitTransfer.receive, on: id, by: campus.dean)
            campus.office.move(hours: 24)
            _ = try await campus.released(to: campus.people(campus.clerk, campus.keeper))
            campus.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            let merged = try #require(try await figures(campus, of: campus.east)).values
            let other = try #require(try await figures(campus, of: campus.teaching)).values
            #expect(merged["items"] == .whole(1) && merged["deliveries"] == .whole(1))
            #expect(other["items"] == .whole(1) && other["deliveries"] == .whole(2))
        }
    }
}
