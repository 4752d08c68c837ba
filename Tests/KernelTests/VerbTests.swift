import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// Reading implies neither print nor export nor copy; grants of verbs end at once; a freeze keeps all but the keepers away.
@Suite struct VerbTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Binder.self, BinderCopy.self], supervisors: [doctor])

    private struct Office {
        let office: TestOffice
        let nurse: Principal, doctor: Principal, guest: Principal
        let id: Int64
        var desk: Desk { office.desk }

        func give(_ verbs: String) async throws {
            try await desk.take(Binder.give, on: id, input: ["reader": .whole(guest.person.raw), "verbs": .text(verbs.replacing(" ", with: ";"))], by: doctor)
        }

        func codes(_ principal: Principal, _ format: Verb = .print) async throws -> String? { try await desk.issue(format, of: id, by: principal)?.code }
    }

    private func with(_ engine: TestEngine, _ body: @escaping @Sendable (Office) async throws -> Void) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let one = Principal(try await office.hire("nurse", nurse, clearance: .secret))
            let two = Principal(try await office.hire("doctor", doctor, clearance: .secret))
            let guest = Principal(try await office.hire("guest", clearance: .secret))
            let file = try await office.desk.keep(file: "合同.txt", content: Array("附件".utf8), by: one)
            let id = try await office.desk.take(Binder.open, input: ["subject": .text("甲案"), "files": .list([file.stored])], by: one).id
            try await body(Office(office: office, nurse: one, doctor: two, guest: guest, id: id))
        }
    }

    private static let refused = Refusal(
        article: clinic[2],
        words: Words(
            "查阅不等于可以打印：此件须另有“打印”的授权，请先申请批准",
            "Reading does not imply this: “Print” needs a grant of its own for this document; ask for it first"))

    @Test(arguments: TestEngine.all) func readingByAGrantImpliesNothingElse(engine: TestEngine) async throws {
        try await with(engine) { office in
            await #expect(throws: DeskError.absent) { try await office.codes(office.guest) }
            try await office.give("read")
            let view = try await office.desk.document(office.id, by: office.guest.person)
            #expect(view.verbs == [.read])
            await #expect(throws: Self.refused) { try await office.codes(office.guest) }
            let digest = try #require(view.row.values["files"]?.list.first?["digest"].text)
            let denied = await #expect(throws: Refusal.self) { try await office.desk.file(digest, of: office.id, by: office.guest) }
            #expect(denied?.words.zh.contains("复制") == true)
            // Whoever reads by post prints what is not classified.
            #expect(try await office.codes(office.nurse) == "案卷〔2026〕1号-1")
            try await office.give("read print copy")
            #expect(try await office.codes(office.guest) == "案卷〔2026〕1号-2")
            #expect(try await office.desk.file(digest, of: office.id, by: office.guest).1 == Array("附件".utf8))
            // Refusals and prints stand on the trail, each with who and what.
            let trail = try await office.desk.document(office.id, by: office.nurse.person).trail
            #expect(trail.filter { $0.kind == .refusal }.map(\.title.zh).sorted() == ["拒绝：打印", "拒绝：查阅附件"])
            #expect(trail.filter { $0.title.zh == "打印" }.map(\.written) == ["案卷〔2026〕1号-2", "案卷〔2026〕1号-1"])
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func fromItsLevelOnEverybodyNeedsTheVerb(engine: TestEngine) async throws {
        try await with(engine) { office in
            try await office.desk.take(Binder.raise, on: office.id, by: office.doctor)
            await #expect(throws: Self.refused) { try await office.codes(office.nurse) }
            #expect(try await office.desk.document(office.id, by: office.nurse.person).verbs == [.read])
        }
    }

    @Test(arguments: TestEngine.all) func anExportHoldsWhatMayBeExported(engine: TestEngine) async throws {
        try await with(engine) { office in
            let other = try await office.desk.take(Binder.open, input: ["subject": .text("乙案")], by: office.nurse).id
            try await office.give("read export")
            try await office.desk.take(Binder.raise, on: office.id, by: office.doctor)
            func rows(_ principal: Principal) async throws -> [Int64] {
                let found = Rows()
                try await office.desk.export("binder", RegisterQuery(), by: principal.person) { row, _ in found.add(row.id) }
                return found.ids
            }
            #expect(try await rows(office.guest) == [office.id])
            #expect(try await rows(office.nurse) == [other])
            let copy = try await office.desk.issueExport("binder", RegisterQuery(), isPlain: false, by: office.nurse)
            #expect(copy?.leftOut == 1 && copy?.code == "案卷〔2026〕2号-1")
            // Nothing classified leaves as plain text.
            let refusal = await #expect(throws: Refusal.self) {
                try await office.desk.issueExport("binder", RegisterQuery(), isPlain: true, by: office.guest)
            }
            #expect(refusal?.article == clinic[2] && refusal?.words.zh.contains("不能导出为 CSV") == true)
            // Who may export none is told so.
            try await office.desk.take(Binder.raise, on: other, by: office.doctor)
            await #expect(throws: Refusal.self) {
                try await office.desk.issueExport("binder", RegisterQuery(), isPlain: false, by: office.nurse)
            }
        }
    }

    @Test(arguments: TestEngine.all) func whatIsRevokedEndsAtOnceAndIsStated(engine: TestEngine) async throws {
        try await with(engine) { office in
            try await office.give("read print")
            #expect(try await office.codes(office.guest) != nil)
            try await office.desk.take(Binder.revoke, on: office.id, by: office.doctor)
            // At the very same moment.
            await #expect(throws: DeskError.absent) { try await office.desk.document(office.id, by: office.guest.person) }
            #expect(try await office.desk.verify().isClean)
            // A grant that somebody else widens is named.
            try await office.give("read")
            try await office.desk.store.write { try $0.execute("UPDATE access_grant SET verbs = 'read print' WHERE ends > 0 AND verbs = 'read'") }
            let report = try await office.desk.verify()
            #expect(!report.isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aLevelAboveTheClearanceEndsTheGrant(engine: TestEngine) async throws {
        try await with(engine) { office in
            let low = Principal(try await office.office.hire("low"))
            try await office.desk.take(
                Binder.give, on: office.id, input: ["reader": .whole(low.person.raw), "verbs": .text("read")], by: office.doctor)
            #expect(try await office.desk.document(office.id, by: low.person).row.id == office.id)
            try await office.give("read")
            try await office.desk.take(Binder.raise, on: office.id, by: office.doctor)
            await #expect(throws: DeskError.absent) { try await office.desk.document(office.id, by: low.person) }
            let running = try await office.desk.document(office.id, by: office.doctor.person).grants.map(\.person.zh)
            #expect(!running.contains("low") && running.contains("guest"))
        }
    }

    @Test(arguments: TestEngine.all) func aFreezeLeavesTheKeepersAlone(engine: TestEngine) async throws {
        try await with(engine) { office in
            try await office.give("read")
            try await office.desk.take(Binder.freeze, on: office.id, by: office.doctor)
            for person in [office.guest, office.nurse] {
                await #expect(throws: DeskError.absent) { try await office.desk.document(office.id, by: person.person) }
                #expect(try await office.desk.register("binder", RegisterQuery(), by: person.person).total == 0)
                #expect(try await office.desk.search("甲案", by: person.person).rows.isEmpty)
            }
            #expect(try await office.desk.document(office.id, by: office.doctor.person).grants.contains { $0.verbs.isEmpty })
            try await office.desk.take(Binder.thaw, on: office.id, by: office.doctor)
            #expect(try await office.desk.document(office.id, by: office.guest.person).row.id == office.id)
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whoCouldReadOnADayAndWhoDid(engine: TestEngine) async throws {
        try await with(engine) { office in
            let today = office.office.now.day
            try await office.give("read print")
            _ = try await office.codes(office.guest)
            office.office.move(hours: 24 * 5)
            let then = try await office.desk.readers(of: office.id, on: today, by: office.doctor.person)
            #expect(Set(then.could.map(\.person.zh)) == ["nurse", "doctor", "guest"])
            #expect(then.could.first { $0.person.zh == "guest" }?.grants.first?.verbs == [.read, .print])
            #expect(then.did.map(\.what.zh) == ["打印"] && then.did.first?.person.zh == "guest")
            let now = try await office.desk.readers(of: office.id, on: office.office.now.day, by: office.doctor.person)
            #expect(!now.could.map(\.person.zh).contains("guest") && now.did.isEmpty)
            // Who does not watch over it finds no such page.
            await #expect(throws: DeskError.absent) {
                try await office.desk.readers(of: office.id, on: today, by: office.nurse.person)
            }
        }
    }
}

private final class Rows: @unchecked Sendable {
    private(set) var ids: [Int64] = []
    func add(_ id: Int64) { ids.append(id) }
}
