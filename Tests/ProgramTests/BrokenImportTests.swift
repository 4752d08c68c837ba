import EngineFixture
import Foundation
import ScratchFiles
import Testing

/// An import that cannot go on, and the same import again: no doubles, no gaps, and a sentence that says what to do.
@Suite struct BrokenImportTests {
    /// Several transactions, so that there is a half of it.
    private static let count = 12_000

    /// Waits until some applications are in, but not all.
    private func halfWay(_ book: BookPlace, _ running: Program.Running) async throws {
        while running.isRunning, try await book.count("application").documents == 0 { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test(arguments: TestEngine.all) func killedHalfWayAndRunAgainItFinishes(engine: TestEngine) async throws {
        let scratch = Scratch()
        let file = try scratch.file(IntakeRows.file(Self.count))
        try await BookPlace.with(engine) { book in
            let running = try book.start(book.importing(file))
            try await halfWay(book, running)
            running.kill()
            #expect(try await running.outcome().wasKilled)
            let half = try await book.count("application").documents
            #expect(half > 0 && half < Self.count, "\(half)")
            let again = try await book.run(book.importing(file))
            again.expect(0, zh: "承保 \(Self.count - half)，草稿 0，已在册 \(half)", en: "\(half) known")
            #expect(try await book.expectWhole(Self.count))
        }
    }

    @Test(arguments: TestEngine.all) func twoAtOnceMakeNoDoubles(engine: TestEngine) async throws {
        let scratch = Scratch()
        let file = try scratch.file(IntakeRows.file(1_200))
        try await BookPlace.with(engine) { book in
            let other = try book.start(book.importing(file, more: ["--rejected", scratch.path("other.csv")]))
            try await book.run(book.importing(file)).expect(0, zh: "未登记 0", en: "0 not taken")
            try await other.outcome().expect(0, zh: "未登记 0", en: "0 not taken")
            #expect(try await book.expectWhole(1_200))
        }
    }

    @Test func aDatabaseFileThatVanishes() async throws {
        let scratch = Scratch()
        let file = try scratch.file(IntakeRows.file(Self.count))
        try await BookPlace.with(.sqlite) { book in
            let running = try book.start(book.importing(file))
            try await halfWay(book, running)
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: book.place.address + ending) }
            try await running.outcome().expect(4, zh: "请检查地址、网络和权限", en: "check address, network and rights")
            #expect(!FileManager.default.fileExists(atPath: book.place.address), "no new one is made in its place")
        }
    }

    @Test(.enabled(if: TestEngine.hasPostgres)) func aServerThatStops() async throws {
        let scratch = Scratch()
        let file = try scratch.file(IntakeRows.file(Self.count))
        let server = try await PassingServer()
        let book = try await BookPlace.found(server.place)
        let running = try book.start(book.importing(file))
        try await halfWay(book, running)
        await server.stop()
        try await running.outcome().expect(4, zh: "数据库无法连接", en: "The database cannot be reached")
    }

    /// The database lies on a disk of its own with a little room, which a namespace of this command alone sees and which goes with it.
    @Test(.enabled(if: SmallDisk.isPossible)) func aFullDisk() async throws {
        let scratch = Scratch()
        let file = try scratch.file(IntakeRows.file(Self.count))
        try await BookPlace.with(.sqlite) { book in
            let disk = SmallDisk(scratch: scratch, database: book.place.address)
            let first = try await disk.run(book.importing(file, more: ["--rejected", scratch.path("back.csv")]), room: "2m")
            first.expect(4, zh: "磁盘已满", en: "The disk is full")
            let half = try await book.count("application").documents
            #expect(half < Self.count)
            let again = try await book.run(book.importing(file))
            again.expect(0, zh: "承保 \(Self.count - half)", en: "\(half) known")
            #expect(try await book.expectWhole(Self.count))
        }
    }

    /// Somebody still writes the file: what is whole is taken, what may lack rows is not, and the whole file goes in afterwards.
    @Test func aFileThatGrowsMeanwhile() async throws {
        let scratch = Scratch()
        let path = try scratch.file(IntakeRows.file(Self.count))
        try await BookPlace.with(.sqlite) { book in
            let running = try book.start(book.importing(path))
            // First the insured of the last application, who was missing so far.
            var rows = [IntakeRows.row(Self.count - 1).replacing(",applicant,", with: ",insured,")]
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            var written = Self.count
            while running.isRunning {
                try handle.write(contentsOf: Data(rows.map { $0 + "\n" }.joined().utf8))
                rows = [IntakeRows.row(written)]
                written += 1
                try await Task.sleep(for: .milliseconds(5))
            }
            try handle.write(contentsOf: Data((rows[0] + "\n").utf8))
            try await running.outcome().expect(2, zh: "请等", en: "Wait until")
            let again = try await book.run(book.importing(path))
            again.expect(0, zh: "未登记 0", en: "0 not taken")
            #expect(try await book.expectWhole(written))
        }
    }

    @Test func noRoomForTheAnswers() async throws {
        let scratch = Scratch()
        let file = try scratch.file(IntakeRows.file(10))
        try await Program.run(["check", file, "--out", "/dev/full"]).expect(2, zh: "磁盘已满", en: "The disk is full")
    }
}
