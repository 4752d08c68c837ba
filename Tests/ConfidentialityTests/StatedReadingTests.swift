import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第17条, 第18条, 第22条: each reading is logged with its purpose, and each try without permission.
@Suite struct StatedReadingTests {
    private static let words: [String: JSONValue] = ["keywords": .text("鲎主题")]

    @Test(.article(confidentiality[17], confidentiality[22]), arguments: TestEngine.all)
    func aRecordIsShownOnlyForAStatedPurposeAndTheReadingIsLogged(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(kind: "bank", Self.words.merging(["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]) { $1 })
            func view() async throws -> DocumentView { try await archive.desk.document(file, by: archive.manager.person) }
            let before = try await view()
            #expect(before.gate?.minutes == 30 && before.gate?.purposes.map(\.value).contains("audit") == true)
            // Until then there is the entry in the catalogue.
            #expect(before.row.values["keywords"] == nil && before.row.values["referenceCode"] != nil && before.availableSteps.isEmpty)
            await #expect(throws: DeskError.self) { try await archive.desk.open(file, by: archive.manager, for: " ") }
            #expect(try await view().trail.allSatisfy { $0.kind != .read })
            let shown = try await archive.desk.open(file, by: archive.manager, for: "审计检查")
            #expect(shown.gate == nil && shown.row.values["keywords"] == .text("鲎主题"))
            let readings = try await view().trail.filter { $0.kind == .read }
            #expect(readings.map(\.title.zh) == ["查阅"] && readings.first?.written == "审计检查" && readings.first?.articles == [confidentiality[17]])
            // Within the time nobody is asked again, and another person is.
            archive.office.move(to: archive.office.now.adding(seconds: 29 * 60))
            #expect(try await view().gate == nil)
            #expect(try await archive.desk.document(file, by: archive.supervisor.person).gate != nil)
            archive.office.move(to: archive.office.now.adding(seconds: 2 * 60))
            #expect(try await view().gate != nil)
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[18], 3), arguments: TestEngine.all)
    func aReadingUnderAGrantIsLoggedAtEveryLevelAndTheArchiveReadsWhatIsPublic(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(["secrecy": .text("public")].merging(Self.words) { $1 })
            #expect(try await archive.desk.document(file, by: archive.archivist.person).gate == nil)
            try await archive.granted([file])
            let asked = try await archive.desk.document(file, by: archive.clerk.person)
            #expect(asked.gate != nil && asked.row.values["keywords"] == nil)
            #expect(try await archive.desk.open(file, by: archive.clerk, for: "业务办理：核对合同").row.values["keywords"] != nil)
            let trail = try await archive.desk.document(file, by: archive.archivist.person).trail
            #expect(trail.contains { $0.kind == .read && $0.who.zh == "clerk" && $0.written == "业务办理：核对合同" })
            // Lists and programs get the catalogue's entry, whoever asks.
            let row = try #require(try await archive.rows("customer-file").first)
            #expect(row.values["keywords"] == nil && row.values["region"] == nil && row.values["subclass"] != nil)
        }
    }

    @Test(.demand(confidentiality[17], 2), arguments: TestEngine.all)
    func whoTriesWithoutPermissionStandsInTheLedgerAndLearnsNothing(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            for _ in 0..<2 {
                await #expect(throws: DeskError.absent) { try await archive.desk.open(file, by: archive.clerk, for: "好奇") }
            }
            await #expect(throws: DeskError.absent) { try await archive.desk.open(987_654_321, by: archive.clerk, for: "好奇") }
            let refused = try await archive.desk.document(file, by: archive.manager.person).trail.filter { $0.kind == .refusal }
            #expect(refused.map(\.title.zh) == ["拒绝：查阅"] && refused.first?.who.zh == "clerk" && refused.first?.articles == [confidentiality[17]])
        }
    }

    @Test(.article(confidentiality[17]), arguments: TestEngine.all)
    func theOrganisationSaysFromWhichLevelItIsAskedAndForHowLongNotAgain(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), secret = try await archive.classifiedFile()
            func set(_ name: String, _ value: Int) async throws {
                try await archive.desk.administer(
                    .setParameter(
                        regulation: confidentiality.id, name: name, unit: archive.office.company, value: value, from: archive.office.now.day,
                        reason: "试行"), by: .system)
            }
            func isAsked(_ id: Int64) async throws -> Bool { try await archive.desk.document(id, by: archive.manager.person).gate != nil }
            #expect(try await isAsked(file))
            try await set("readingLevel", 2)
            #expect(try await !isAsked(file))
            #expect(try await isAsked(secret))
            // What is classified is always asked.
            await #expect(throws: (any Error).self) { try await set("readingLevel", 3) }
            try await set("readingMinutes", 5)
            try await archive.desk.open(secret, by: archive.manager, for: "审计检查")
            archive.office.move(to: archive.office.now.adding(seconds: 301))
            #expect(try await isAsked(secret))
        }
    }

    @Test(.article(confidentiality[22], confidentiality[17]), arguments: TestEngine.all)
    func theTextOfAnAttachmentIsReadForAPurposeToo(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let kept = try await archive.desk.keep(file: "合同.txt", content: Array("鲎条款".utf8), by: archive.specialist)
            try await archive.file(["parts": .list([ArchiveOffice.part("contract", ["files": .list([kept.stored])])])])
            let text = try #require(try await archive.rows("attachment-text").first)
            #expect(text.values["text"] == nil && text.values["part"] != nil)
            #expect(try await archive.desk.document(text.id, by: archive.manager.person).row.values["text"] == nil)
            #expect(try await archive.desk.open(text.id, by: archive.manager, for: "核对").row.values["text"] == .text("鲎条款"))
        }
    }
}
