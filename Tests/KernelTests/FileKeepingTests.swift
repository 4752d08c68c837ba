import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// Who may hand in a file, who may name it, and when it goes.
@Suite struct FileKeepingTests {
    private static let content = Array("证明".utf8)

    private static func keep(_ office: TestOffice, _ person: PersonID, _ files: [FileReference], name: String = "甲卷") async throws -> Int64
    {
        try await office.desk.take(
            "keep", of: "dossier",
            input: ["name": .text(name), "pages": .whole(1), "files": .list(files.map(\.stored))], by: Principal(person)
        ).id
    }

    @Test(arguments: TestEngine.all) func aFileIsNamedByWhoHandedItIn(engine: TestEngine) async throws {
        try await RequestTests.with(engine) { office, person in
            let colleague = try await office.hire("colleague", archivist)
            let file = try await office.desk.keep(file: "证明.txt", content: Self.content, by: Principal(person))
            let seen = await faults { try await Self.keep(office, colleague, [file]) }
            let never = await faults {
                try await Self.keep(office, colleague, [FileReference(digest: String(repeating: "0", count: 64), name: "无.txt", size: 6)])
            }
            #expect(seen == never && seen.map(\.field) == ["files"], "a digest seen elsewhere is no key, and tells nothing")
            let id = try await Self.keep(office, person, [file])
            #expect(try await office.desk.file(file.digest, of: id, by: Principal(colleague)).1 == Self.content)
            // What stands in the document may stay there, whoever sends the form.
            office.move(hours: Desk.hoursOfFiles + 1)
            try await office.desk.take(
                "add", of: "dossier", on: id, input: ["note": .text("补"), "files": .list([file.stored])], by: Principal(colleague))
            #expect(await faults { try await Self.keep(office, person, [file]) }.map(\.field) == ["files"], "it was handed in too long ago")
        }
    }

    @Test(arguments: TestEngine.all) func onlyWhoHasAStepThatTakesFilesHandsThemIn(engine: TestEngine) async throws {
        try await RequestTests.with(engine) { office, person in
            let stranger = try await office.hire("stranger")
            do {
                _ = try await office.desk.keep(file: "a.txt", content: Self.content, by: Principal(stranger))
                Issue.record("it was kept")
            } catch DeskError.forbidden {}
            try await office.desk.handle(
                .delegate(to: stranger, from: office.now, until: office.now.adding(days: 1), reason: "休假"), by: Principal(person))
            _ = try await office.desk.keep(file: "a.txt", content: Self.content, by: Principal(stranger))
        }
    }

    @Test(arguments: TestEngine.all) func whatIsHandedInAndNotNamedHasAMeasure(engine: TestEngine) async throws {
        try await RequestTests.with(engine) { office, person in
            let file = try await office.desk.keep(file: "a.txt", content: Self.content, by: Principal(person))
            try await office.desk.store.write { session in
                try session.execute("UPDATE file_keeping SET size = $1 WHERE digest = $2", [.int(Desk.dailyFiles), .text(file.digest)])
            }
            do {
                _ = try await office.desk.keep(file: "b.txt", content: [1], by: Principal(person))
                Issue.record("it was kept")
            } catch DeskError.forbidden {}
            office.move(hours: 25)
            _ = try await office.desk.keep(file: "b.txt", content: [1], by: Principal(person))
        }
    }

    @Test(arguments: TestEngine.all) func whatNothingNamesGoesAfterTwoDays(engine: TestEngine) async throws {
        try await RequestTests.with(engine) { office, person in
            let named = try await office.desk.keep(file: "a.txt", content: Self.content, by: Principal(person))
            _ = try await office.desk.keep(file: "b.txt", content: [1, 2], by: Principal(person))
            let id = try await Self.keep(office, person, [named])
            try await office.desk.take(Dossier.add, on: id, input: ["note": .text("撤下附件"), "files": .list([])], by: Principal(person))
            office.move(hours: Desk.hoursOfFiles - 1)
            try await office.desk.runJobs()
            #expect(try await RequestTests.count("file", office) == 2)
            office.move(hours: 2)
            try await office.desk.runJobs()
            #expect(try await RequestTests.count("file", office) == 1, "what a document has named once is evidence")
            #expect(try await RequestTests.count("file_keeping", office) == 0)
        }
    }

    @Test(arguments: TestEngine.all) func filesOfDocumentsOfBeforeStay(engine: TestEngine) async throws {
        try await RequestTests.with(engine) { office, person in
            let file = try await office.desk.keep(file: "a.txt", content: Self.content, by: Principal(person))
            _ = try await Self.keep(office, person, [file])
            // As a program without this list has left it.
            try await office.desk.store.write { session in try session.execute("DELETE FROM file_use") }
            office.move(hours: Desk.hoursOfFiles + 1)
            try await office.desk.runJobs()
            #expect(try await RequestTests.count("file", office) == 1)
            #expect(try await RequestTests.count("file_use", office) == 1)
        }
    }
}
