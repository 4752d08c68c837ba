import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Ledger
import Store
import TestOffice
import Testing
import Vault
import WorkCalendar

/// 第22条, 第26条: the title is the secret: what is told of a file, and entered about it, says its code or number, and under which key it lies.
@Suite struct TitleTrapTests {
    private static let names = ["汇通密字", "欧阳彗星"]

    /// A classified organisation and an individual: asked for, borrowed, printed, raised, leaked and checked.
    private func work(_ archive: ArchiveOffice) async throws {
        let desk = archive.desk
        let secret = try await archive.classifiedFile("汇通密字银行")
        let person = try await archive.file(
            "", kind: "individual", ["customer": .text(""), "creditCode": .text(""), "person": .text("欧阳彗星"), "copies": .whole(1)])
        try await archive.granted([person], toBorrow: true)
        let input: [String: JSONValue] = ["file": .whole(person), "copies": .whole(1), "days": .whole(1), "reason": .text("核对合同")]
        let loan = try await desk.take(Loan.request, input: input, by: archive.clerk).id
        try await desk.take(Loan.lend, on: loan, by: archive.specialist)
        _ = try await desk.issue(.print, of: person, by: archive.specialist)
        let change = try await desk.take(
            LevelChange.propose,
            input: [
                "file": .whole(person), "to": .text("secret"), "custodian": .whole(archive.custodian.person.raw), "reason": .text("涉及并购"),
            ], by: archive.supervisor
        ).id
        try await desk.take(LevelChange.approveRaising, on: change, by: archive.manager)
        let leak = try await desk.take(
            LeakReport.report, input: ["certainty": .text("possible"), "what": .text("打印机旁发现合同")], by: archive.clerk
        ).id
        try await desk.take(
            LeakReport.nameRecords, on: leak, input: ["files": .list([.whole(secret), .whole(person)])], by: archive.supervisor)
        try await desk.take(LeakReport.contain, on: leak, by: archive.supervisor)
        archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
        try await desk.runJobs()
    }

    @Test(.demand(confidentiality[22], 2), .article(confidentiality[26]), arguments: TestEngine.all)
    func noNoticeAndNoEntrySaysWhoseFileItIs(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await work(archive)
            // Mails, messages and lists are made of notices.
            let told = try await archive.desk.store.read { session in
                try session.all("SELECT zh, en FROM notice", []) { "\($0.text(0)) \($0.text(1))" }
            }
            #expect(told.count > 5)
            let bodies = try await archive.desk.store.read { session in try session.all("SELECT body FROM entry", []) { $0.blob(0) } }
            let entries = try bodies.map { try Entry(body: $0) }.map { "\($0.purpose) \($0.words) \($0.step)" }
            let titles = try await archive.desk.store.read { session in
                try session.all("SELECT title FROM document", []) { $0.text(0) }
            }
            for name in Self.names { #expect(!(told + entries + titles).contains { $0.contains(name) }, "\(name)") }
            for principal in [archive.archivist, archive.specialist, archive.supervisor, archive.custodian, archive.clerk] {
                let tasks = try await archive.desk.todo(of: principal.person).items.map { "\($0.title.zh) \($0.row.title)" }
                for name in Self.names { #expect(!tasks.contains { $0.contains(name) }, "\(tasks)") }
            }
        }
    }

    @Test(.demand(confidentiality[22], 3), arguments: TestEngine.all)
    func eachLevelLiesUnderAKeyOfItsOwnAndGoesUnderAnotherWithItsLevel(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let desk = archive.desk, open = try await archive.file(), secret = try await archive.classifiedFile()
            /// Under which key the key of a document's own is wrapped.
            func key(_ id: Int64) async throws -> UInt32? {
                let wrapped = try await desk.store.read { session in
                    try session.first("SELECT wrapped FROM content_key WHERE id = $1", [.int(id)]) { $0.blob(0) }
                }
                return try wrapped.map { try KeyRing.keyID(of: $0) }
            }
            let (lower, higher) = (try desk.keys.currentKey(level: 1), try desk.keys.currentKey(level: 2))
            #expect(lower != higher)
            #expect(try await key(open) == lower)
            #expect(try await key(secret) == higher)
            let input: [String: JSONValue] = [
                "file": .whole(open), "to": .text("secret"), "custodian": .whole(archive.custodian.person.raw), "reason": .text("涉及并购"),
            ]
            let up = try await desk.take(LevelChange.propose, input: input, by: archive.supervisor).id
            try await desk.take(LevelChange.approveRaising, on: up, by: archive.manager)
            #expect(try await key(open) == higher)
            let less: [String: JSONValue] = ["file": .whole(open), "to": .text("internal"), "reason": .text("合作已公开")]
            let down = try await desk.take(LevelChange.propose, input: less, by: archive.supervisor).id
            try await desk.take(LevelChange.approveLowering, on: down, by: archive.general)
            #expect(try await key(open) == lower)
            #expect(try await archive.text(open, "customer") == "华信律师事务所")
            #expect(try await desk.verify(isDeep: true).isClean)
        }
    }
}
