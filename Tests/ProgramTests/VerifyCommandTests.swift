import CustomerAuthenticity
import EngineFixture
import Foundation
import Kernel
import Store
import Testing
import Vault
import WorkCalendar

/// `dianzhang verify`, with and without what was kept elsewhere.
@Suite struct VerifyCommandTests {
    /// A desk on the book's database for a moment.
    private static func desk<T>(_ book: BookPlace, _ body: (Desk) async throws -> T) async throws -> T {
        let store = try book.place.open()
        let now = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        do {
            let desk = try await Desk.open(
                store: store, catalogue: Catalogue([authenticityContents]), master: MasterKey(text: BookPlace.key), clock: Clock { now })
            let result = try await body(desk)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    /// Signs what there is, and again after one more act: two notes as they were kept.
    private static func signTwice(_ book: BookPlace) async throws -> [String] {
        try await desk(book) { desk in
            var notes: [String] = []
            for unit in ["甲", "乙"] {
                try await desk.administer(.addUnit(parent: nil, zh: unit, en: unit), by: .system)
                try await desk.runJobs()
                notes.append(try #require(try await desk.latestCheckpoint()).note)
            }
            return notes
        }
    }

    private static func verify(_ book: BookPlace, against texts: [String] = []) async throws -> Program.Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kept-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try texts.indices.map { index in
            let file = folder.appending(path: "\(index).txt")
            try Data(texts[index].utf8).write(to: file)
            return file.path
        }
        return try await book.run(["verify", "--database", book.address] + (files.isEmpty ? [] : ["--against"] + files))
    }

    @Test(arguments: TestEngine.all) func severalFilesAndSeveralNotesInOne(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            let notes = try await Self.signTwice(book)
            let bare = try await Self.verify(book)
            #expect(bare.status == 0 && bare.answer.contains("没有提供另存的检查点") && bare.answer.contains("would not be seen"))
            for texts in [notes, [notes.joined()], [notes.joined(separator: "\n")], [notes[1]]] {
                let kept = try await Self.verify(book, against: texts)
                #expect(kept.status == 0 && kept.answer.contains("所给的检查点管到"), "\(kept.answer) \(kept.said)")
            }
            let foreign = try await Self.verify(book, against: [notes[0], notes[1].replacing("dianzhang.internal/", with: "dianzhang.internal/2")])
            #expect(foreign.status == 1 && foreign.answer.contains("不是由本系统签署的"))
            try await Self.verify(book, against: ["hello"]).expect(4, zh: "不是检查点", en: "no checkpoint")
        }
    }

    /// Neither rows nor files nor their modes: what is looked at is evidence.
    @Test(arguments: TestEngine.all) func itChangesNothing(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            func state() async throws -> [String] {
                let store = try book.place.open()
                let rows = try await store.read { session in
                    try ["entry", "entry_pending", "leaf", "checkpoint", "data_key", "migration", "setting", "tree_head"].map {
                        try session.count("SELECT count(*) FROM \($0)")
                    }
                }
                await store.close()
                return rows.map(String.init)
            }
            _ = try await Self.signTwice(book)
            try await Self.desk(book) { desk in try await desk.administer(.addUnit(parent: nil, zh: "丙", en: "Third"), by: .system) }
            let before = try await state()
            #expect(before[1] != "0", "something waits for its place")
            var file: Data?
            if engine.engine == .sqlite {
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: book.place.address)
                file = try Data(contentsOf: URL(filePath: book.place.address))
            }
            let verified = try await Self.verify(book)
            verified.expect(0)
            #expect(verified.answer.contains("另有 1 条等待编入"), "\(verified.answer)")
            if let file {
                #expect(try Data(contentsOf: URL(filePath: book.place.address)) == file)
                #expect(try FileManager.default.attributesOfItem(atPath: book.place.address)[.posixPermissions] as? Int == 0o644)
            }
            #expect(try await state() == before)
        }
    }

    /// What was altered is the answer, and no reason to give none.
    @Test(arguments: TestEngine.all) func damageIsNamedAndEndsNothing(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            _ = try await Self.signTwice(book)
            for (damage, words) in [
                ("UPDATE checkpoint SET note = 'x'", "没有有效签名"), ("DELETE FROM checkpoint", "个检查点被删除"),
                ("UPDATE tree_head SET size = 0 - 1", "树头"), ("INSERT INTO entry_pending (entry) VALUES (7)", "不予编入"),
            ] {
                try await Self.desk(book) { desk in _ = try await desk.store.write { try $0.execute(damage) } }
                let outcome = try await Self.verify(book)
                #expect(outcome.status == 1 && outcome.answer.contains(words), "\(damage): \(outcome.answer) \(outcome.said)")
            }
        }
    }
}
