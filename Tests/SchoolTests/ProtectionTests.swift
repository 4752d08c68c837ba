import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

/// Whoever stands by the rules: hidden from the accused, protected for a time, and commended.
@Suite struct ProtectionTests {
    /// A report that was handled to its end, so that nothing hangs on its reporter but the protection.
    private func handledReport(_ campus: Campus) async throws {
        let desk = campus.desk, id = try await campus.report(campus.eastReporter, by: campus.eastTeacher)
        try await desk.take(
            BreachReport.instruct, on: id, input: ["instruction": .text("查明"), "handler": campus.person(campus.clerk)], by: campus.eastHead)
        try await desk.take(BreachReport.handle, on: id, input: ["handling": .text("已查")], by: campus.clerk)
        try await desk.take(BreachReport.close, on: id, by: campus.eastHead)
    }

    /// Task, notice, search, register, page, what hangs on somebody: the accused and the unit learn of it nowhere.
    @Test(.demand(school[13], 1), arguments: TestEngine.all)
    func theAccusedLearnsOfItNowhere(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            // The manager's deputy is the accused: the manager does not receive it either.
            try await desk.handle(
                .delegate(to: campus.dean.person, from: campus.office.now, until: campus.office.now.adding(days: 9), reason: "出差"),
                by: campus.manager)
            let id = try await campus.report(campus.dean, by: campus.teacher)
            campus.office.move(hours: 30)
            try await desk.runJobs()
            for outsider in [campus.dean, campus.secondTeacher, campus.eastHead, campus.clerk, campus.keeper] {
                #expect(try await !campus.tray(of: outsider).contains(id))
                #expect(try await campus.rows("breach-report", by: outsider).isEmpty)
                #expect(try await campus.rows("reporter-protection", by: outsider).isEmpty)
                #expect(try await desk.search("违规", by: outsider.person).rows.isEmpty)
                #expect(try await !campus.told(outsider).contains { $0.contains("违规") || $0.contains("teacher") })
                await #expect(throws: DeskError.self) { try await campus.view(id, by: outsider) }
            }
            #expect(try await campus.number(id, by: campus.officeHead) == nil)
            // What hangs on the accused when an administrator looks at it does not say so.
            do {
                try await desk.administer(
                    .changePerson(campus.dean.person, zh: "dean", en: "dean", clearance: .secret, active: false, administrator: false),
                    by: .system)
            } catch let DeskError.invalid(faults) {
                #expect(!faults.contains { $0.words.zh.contains("违规") || $0.words.zh.contains("保护") })
            } catch let refusal as Refusal {
                #expect(!refusal.words.zh.contains("违规") && !refusal.words.zh.contains("保护"))
            }
        }
    }

    @Test(.demand(school[13], 2), arguments: TestEngine.all)
    func aProtectedReporterIsNotMovedWithoutTheManager(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            try await handledReport(campus)
            try await desk.administer(
                .appoint(campus.eastTeacher.person, campus.west, post: Post.staff.id, from: campus.office.now.day, to: nil), by: .system)
            let refusal = try await campus.refusal { try await campus.end(campus.eastTeacher) }
            #expect(refusal?.article == school[13] && refusal?.words == PersonnelMatter.neutral)
            #expect(refusal?.words.zh.contains("报告") == false && refusal?.words.zh.contains("保护") == false)
            // A penalty too: the head hears the same words.
            let matter = try await desk.take(
                PersonnelMatter.propose,
                input: ["subject": campus.person(campus.eastTeacher), "kind": .text("transfer"), "grounds": .text("工作需要")],
                by: campus.eastHead
            ).id
            let settled = try await campus.refusal { try await desk.take(PersonnelMatter.settle, on: matter, by: campus.eastHead) }
            #expect(settled?.words == PersonnelMatter.neutral)
            await #expect(throws: (any Error).self) { try await desk.take(PersonnelMatter.approve, on: matter, by: campus.manager) }
            try await desk.take(PersonnelMatter.approve, on: matter, input: ["answer": .text("与报告无关")], by: campus.manager)
            try await campus.end(campus.eastTeacher)
            // The manager alone sees why.
            #expect(try await campus.rows("reporter-protection", by: campus.manager).count == 1)
            #expect(try await campus.rows("reporter-protection", by: campus.officeHead).isEmpty)
        }
    }

    private func propose(_ campus: Campus, _ subject: Principal, by principal: Principal) async throws -> Int64 {
        try await campus.desk.take(
            PersonnelMatter.propose,
            input: ["subject": campus.person(subject), "kind": .text("penalty"), "grounds": .text("迟到")], by: principal
        ).id
    }

    /// Nor punished, nor put out; once the protection is over nobody is asked any more.
    @Test(.demand(school[13], 2), arguments: TestEngine.all)
    func aProtectedReporterIsNeitherPunishedNorPutOutWhileItLasts(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            try await handledReport(campus)
            func putOut() async throws {
                try await desk.administer(
                    .changePerson(
                        campus.eastTeacher.person, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false,
                        settled: true), by: .system)
            }
            let penalty = try await propose(campus, campus.eastTeacher, by: campus.eastHead)
            let punished = try await campus.refusal { try await desk.take(PersonnelMatter.settle, on: penalty, by: campus.eastHead) }
            #expect(punished?.article == school[13] && punished?.words == PersonnelMatter.neutral)
            let out = try await campus.refusal { try await putOut() }
            #expect(out?.article == school[13] && out?.words == PersonnelMatter.neutral)
            // The last day of twenty-four months counts, the next does not.
            campus.office.move(to: Moment(Day(iso: "2028-01-15")!, hour: 9)!)
            let last = try await campus.refusal { try await putOut() }
            #expect(last?.words == PersonnelMatter.neutral)
            campus.office.move(to: Moment(Day(iso: "2028-01-16")!, hour: 9)!)
            try await desk.take(PersonnelMatter.settle, on: penalty, by: campus.eastHead)
            try await putOut()
        }
    }

    /// What was approved or wished as one thing clears no other.
    @Test(.demand(school[13], 2), arguments: TestEngine.all)
    func aPenaltyThatWasApprovedClearsNeitherATransferNorALeaving(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            try await handledReport(campus)
            try await desk.administer(
                .appoint(campus.eastTeacher.person, campus.west, post: Post.staff.id, from: campus.office.now.day, to: nil), by: .system)
            func putOut() async throws {
                try await desk.administer(
                    .changePerson(
                        campus.eastTeacher.person, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false,
                        settled: true), by: .system)
            }
            let penalty = try await propose(campus, campus.eastTeacher, by: campus.eastHead)
            try await desk.take(PersonnelMatter.approve, on: penalty, input: ["answer": .text("与报告无关")], by: campus.manager)
            let moved = try await campus.refusal { try await campus.end(campus.eastTeacher) }
            #expect(moved?.article == school[13] && moved?.words == PersonnelMatter.neutral)
            // A wish to be transferred is none to leave.
            try await desk.take(PersonnelMatter.wish, input: ["kind": .text("transfer"), "grounds": .text("离家近")], by: campus.eastTeacher)
            try await campus.end(campus.eastTeacher)
            let out = try await campus.refusal { try await putOut() }
            #expect(out?.article == school[13] && out?.words == PersonnelMatter.neutral)
            try await desk.take(
                PersonnelMatter.wish, input: ["kind": .text("deactivation"), "grounds": .text("离职")], by: campus.eastTeacher)
            try await putOut()
        }
    }

    /// He decides neither what he proposed himself nor what touches somebody who reported him.
    @Test(.article(school[13]), arguments: TestEngine.all)
    func theManagersOwnMatterIsDecidedAboveTheSchool(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, answer: [String: JSONValue] = ["answer": .text("与报告无关")]
            _ = try await campus.report(campus.eastReporter, by: campus.eastTeacher)
            _ = try await campus.report(campus.manager, by: campus.teacher)
            // Proposed by him, about somebody protected.
            let own = try await propose(campus, campus.eastTeacher, by: campus.manager)
            let settled = try await campus.refusal { try await desk.take(PersonnelMatter.settle, on: own, by: campus.manager) }
            #expect(settled?.words == PersonnelMatter.neutral)
            await #expect(throws: DeskError.self) {
                try await desk.take(PersonnelMatter.approve, on: own, input: answer, by: campus.manager)
            }
            await #expect(throws: DeskError.self) {
                try await desk.take(PersonnelMatter.approveAbove, on: own, input: answer, by: campus.manager)
            }
            try await desk.take(PersonnelMatter.approveAbove, on: own, input: answer, by: campus.overseer)
            #expect(try await campus.state(own, by: campus.overseer) == "approved")
            // Proposed by another, about whoever reported him.
            let other = try await propose(campus, campus.teacher, by: campus.dean)
            await #expect(throws: DeskError.self) {
                try await desk.take(PersonnelMatter.approve, on: other, input: answer, by: campus.manager)
            }
            #expect(try await campus.tray(of: campus.overseer).contains(other))
            #expect(try await !campus.tray(of: campus.manager).contains(other))
            // What came to him before somebody reported him is passed up.
            let before = try await propose(campus, campus.secondTeacher, by: campus.dean)
            _ = try await campus.report(campus.manager, by: campus.secondTeacher)
            let late = try await campus.refusal {
                try await desk.take(PersonnelMatter.approve, on: before, input: answer, by: campus.manager)
            }
            #expect(late?.words == PersonnelMatter.ownMatter)
            try await desk.take(PersonnelMatter.passUp, on: before, by: campus.manager)
            try await desk.take(PersonnelMatter.approveAbove, on: before, input: answer, by: campus.overseer)
        }
    }

    @Test(.article(school[13]), arguments: TestEngine.all)
    func othersHearTheSameWordsByChance(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            func propose() async throws -> Int64 {
                try await campus.desk.take(
                    PersonnelMatter.propose,
                    input: ["subject": campus.person(campus.eastReporter), "kind": .text("penalty"), "grounds": .text("迟到")],
                    by: campus.eastHead
                ).id
            }
            try await campus.desk.take(PersonnelMatter.settle, on: try await propose(), by: campus.eastHead)
            try await campus.desk.administer(
                .setParameter(
                    regulation: school.id, name: "spotCheckShare", unit: campus.office.company, value: 100, from: campus.office.now.day,
                    reason: "all"),
                by: .system)
            let refusal = try await campus.refusal {
                try await campus.desk.take(PersonnelMatter.settle, on: try await propose(), by: campus.eastHead)
            }
            #expect(refusal?.words == PersonnelMatter.neutral)
        }
    }

    @Test(.article(school[13]), arguments: TestEngine.all)
    func aReportersOwnWishIsNotStopped(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            _ = try await campus.report(campus.eastReporter, by: campus.eastTeacher)
            try await desk.administer(
                .appoint(campus.eastTeacher.person, campus.west, post: Post.staff.id, from: campus.office.now.day, to: nil), by: .system)
            await #expect(throws: Refusal.self) { try await campus.end(campus.eastTeacher) }
            try await desk.take(PersonnelMatter.wish, input: ["kind": .text("transfer"), "grounds": .text("离家近")], by: campus.eastTeacher)
            try await campus.end(campus.eastTeacher)
        }
    }

    @Test(.demand(school[13], 3), arguments: TestEngine.all)
    func commendationsAreRegistered(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let own: [String: JSONValue] = ["person": campus.person(campus.dean), "deed": .text("坚持原则"), "reward": .text("通报表扬")]
            await #expect(throws: Refusal.self) { try await desk.take(Commendation.propose, input: own, by: campus.dean) }
            let id = try await desk.take(
                Commendation.propose,
                input: ["person": campus.person(campus.teacher), "deed": .text("坚持原则"), "reward": .text("通报表扬")], by: campus.dean
            ).id
            await #expect(throws: DeskError.self) { try await desk.take(Commendation.grant, on: id, by: campus.dean) }
            try await desk.take(Commendation.grant, on: id, by: campus.manager)
            #expect(try await campus.number(id) == "表扬〔2026〕1号")
            #expect(try await campus.told(campus.teacher).contains { $0.contains("通报表扬") })
        }
    }
}
