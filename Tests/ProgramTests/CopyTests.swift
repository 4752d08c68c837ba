import Copies
import CustomerAuthenticity
import CustomerConfidentiality
import EngineFixture
import Foundation
import Kernel
import Ledger
import ScratchFiles
import Store
import TestOffice
import Testing
import Vault
import WorkCalendar

/// Backups: rehearsed from each engine into each, and against everything that can be wrong with a file.
@Suite struct CopyTests {
    struct Ways: Sendable, CustomStringConvertible {
        let from: TestEngine
        let to: TestEngine
        var description: String { "\(from) to \(to)" }
        static let all = TestEngine.all.flatMap { from in TestEngine.all.map { Ways(from: from, to: $0) } }
    }

    private static let contents = [authenticityContents, confidentialityContents]

    /// An office with documents, files, reasons and jobs done, and its master key.
    private func withBook(_ engine: TestEngine, _ body: (TestOffice, MasterKey) async throws -> Void) async throws {
        try await engine.withStore { store in
            let master = MasterKey.fleeting()
            let office = try await TestOffice.open(store, Self.contents, master: master)
            let specialist = Principal(try await office.hire("specialist", informationSpecialist, in: office.service))
            let clerk = Principal(try await office.hire("clerk", informationSpecialist, in: office.service))
            try await office.hire("compliance", .compliance)
            let file = try await office.desk.take(
                "open", of: "customer-file", input: [
                    "customer": .text("华信律师事务所"), "subclass": .text("lawyer"), "withoutCode": .text("境外机构"), "copies": .whole(2),
                ], by: specialist
            ).id
            _ = try await Self.request(office.desk, file, by: clerk, at: office.now)
            let evidence = try await office.desk.keep(file: "附件.bin", content: [UInt8](repeating: 0xA7, count: 3_000_000), by: clerk)
            try await office.desk.take(
                "report", of: "misconduct-report",
                input: [
                    "kind": .text("private_account"), "account": .text("6222021234567890128"), "facts": .text("经过"),
                    "evidence": .list([evidence.stored]),
                ], by: clerk)
            try await office.desk.runJobs()
            _ = try await office.desk.document(file, by: specialist.person, revealing: "核对")
            try await body(office, master)
        }
    }

    private static func request(_ desk: Desk, _ file: Int64, by principal: Principal, at now: Moment) async throws -> Int64 {
        try await desk.take(
            "request", of: "loan",
            input: [
                "file": .whole(file), "copies": .whole(1), "reason": .text("核对合同"), "days": .whole(1),
            ], by: principal
        ).id
    }

    @Test(arguments: Ways.all) func whatIsPutBackIsEqualAndProved(ways: Ways) async throws {
        try await withBook(ways.from) { office, master in
            let scratch = Scratch(), path = scratch.path("book.backup")
            let (header, tables) = try await Copying.backUp(office.desk.store, to: path, master: master, at: office.now)
            #expect(try await Copying.digests(office.desk.store) == tables)
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            #expect(header.engine == ways.from.engine && header.at == office.now && header.checkpoint.hasPrefix("dianzhang.internal/"))
            let documents = try await office.desk.store.read { try $0.count("SELECT count(*) FROM document", []) }
            #expect(tables.first { $0.table == "document" }.map { Int64($0.rows) } == documents && documents > 2)
            #expect(tables.first { $0.table == "file" }?.rows == 1)
            let bytes = try Data(contentsOf: URL(filePath: path))
            for clear in ["华信", "specialist", "附件", "misconduct"] { #expect(bytes.range(of: Data(clear.utf8)) == nil, "\(clear)") }
            try await ways.to.withStore { store in
                let (again, restored, _) = try await Copying.restore(path, into: store, master: master, at: office.now.milliseconds)
                #expect(again == header && restored == tables)
                let desk = try await Desk.open(
                    store: store, catalogue: Catalogue(Self.contents), master: master, clock: Clock { office.now.adding(hours: 1) })
                #expect(try await desk.verify(against: CheckpointNote.all(in: header.checkpoint)).isClean)
                let people = try await desk.organisation().people.values
                let specialist = try #require(people.first { $0.login == "specialist" })
                #expect(try await desk.search("华信", by: specialist.id).rows.map(\.title) == ["华信律师事务所"])
                let loan = try #require(try await desk.register("loan", RegisterQuery(), by: specialist.id).rows.first)
                #expect(try await desk.take(Loan.lend, on: loan.id, by: Principal(specialist.id)).state == "lent")
                #expect(try await desk.verify().isClean)
                await #expect(throws: CopyError.notEmpty(table: "adoption")) {
                    try await Copying.restore(path, into: store, master: master, at: 0)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all) func aBackupUnderLoadIsOneMomentsState(engine: TestEngine) async throws {
        try await withBook(engine) { office, master in
            let scratch = Scratch(), desk = office.desk
            let clerk = Principal(try #require(try await desk.organisation().people.values.first { $0.login == "clerk" }).id)
            let file = try #require(try await desk.register("customer-file", RegisterQuery(), by: clerk.person).rows.first).id
            let now = office.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { for _ in 0..<40 { _ = try await Self.request(desk, file, by: clerk, at: now) } }
                }
                for number in 0..<3 {
                    group.addTask {
                        _ = try await Copying.backUp(desk.store, to: scratch.path("\(number).backup"), master: master, at: now)
                    }
                }
                try await group.waitForAll()
            }
            for number in 0..<3 {
                try await engine.withStore { store in
                    _ = try await Copying.restore(scratch.path("\(number).backup"), into: store, master: master, at: 0)
                    let copy = try await Desk.open(store: store, catalogue: Catalogue(Self.contents), master: master, clock: Clock { now })
                    #expect(try await copy.verify().isClean)
                }
            }
            #expect(try await desk.store.read { try $0.count("SELECT count(*) FROM document WHERE type = 'loan'") } == 161)
        }
    }

    @Test(arguments: TestEngine.all) func aKeptCheckpointTellsThatAnOlderStateWasPutBack(engine: TestEngine) async throws {
        try await withBook(engine) { office, master in
            let scratch = Scratch(), desk = office.desk
            let (header, _) = try await Copying.backUp(desk.store, to: scratch.path("a"), master: master, at: office.now)
            try await office.hire("later")
            try await desk.runJobs()
            let kept = try #require(try await desk.latestCheckpoint()).note
            try await engine.withStore { store in
                _ = try await Copying.restore(scratch.path("a"), into: store, master: master, at: 0)
                let old = try await Desk.open(
                    store: store, catalogue: Catalogue(Self.contents), master: master, clock: Clock { office.now })
                #expect(try await old.verify(against: CheckpointNote.all(in: header.checkpoint)).isClean)
                #expect(try await !old.verify(against: CheckpointNote.all(in: kept)).isClean)
            }
        }
    }

    @Test func aFileThatIsNotWholeRestoresNothing() async throws {
        try await withBook(.sqlite) { office, master in
            let scratch = Scratch(), path = scratch.path("a")
            _ = try await Copying.backUp(office.desk.store, to: path, master: master, at: office.now)
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            func expect(_ error: CopyError, of path: String, _ master: MasterKey, _ location: SourceLocation = #_sourceLocation)
                async throws
            {
                try await TestEngine.sqlite.withStore { store in
                    await #expect(throws: error, sourceLocation: location) {
                        try await Copying.restore(path, into: store, master: master, at: 0)
                    }
                    let left = try await store.read { session in
                        try session.count("SELECT count(*) FROM sqlite_master WHERE name = 'entry'") == 0
                            ? 0 : try session.count("SELECT count(*) FROM entry")
                    }
                    #expect(left == 0, sourceLocation: location)
                }
            }
            try await expect(.otherKey(path: path), of: path, .fleeting())
            for end in [bytes.count - 1, bytes.count / 2, 2_000_000] {
                let cut = try scratch.file(Array(bytes.prefix(end)), "cut-\(end)")
                try await expect(.cutOff(path: cut), of: cut, master)
            }
            // Whole pieces left out at the end are missed too.
            let pieces = try scratch.file(Array(bytes.prefix(Self.endOfFirstPiece(bytes))), "pieces")
            try await expect(.cutOff(path: pieces), of: pieces, master)
            for place in [bytes.count - 20, bytes.count / 2, 5_000] {
                var flipped = bytes
                flipped[place] ^= 1
                let path = try scratch.file(flipped, "flipped-\(place)")
                try await expect(.damaged(path: path), of: path, master)
            }
            // What the file says of itself is bound to it.
            var older = bytes
            let digit = try #require(bytes.firstRange(of: Array("\"entries\":".utf8))).upperBound
            older[digit] = older[digit] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            let said = try scratch.file(older, "said")
            try await expect(.damaged(path: said), of: said, master)
            let longer = try scratch.file(bytes + [0], "longer")
            try await expect(.damaged(path: longer), of: longer, master)
            let other = try scratch.file("no backup", "other")
            try await expect(.noBackup(path: other), of: other, master)
            await #expect(throws: CopyError.exists(path: path)) {
                try await Copying.backUp(office.desk.store, to: path, master: master, at: office.now)
            }
            await #expect(throws: VaultError.wrongMaster) {
                try await Copying.backUp(office.desk.store, to: scratch.path("b"), master: .fleeting(), at: office.now)
            }
            #expect(!FileManager.default.fileExists(atPath: scratch.path("b")))
        }
    }

    private static func endOfFirstPiece(_ bytes: [UInt8]) -> Int {
        func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        let head = "dianzhang-backup\n".utf8.count
        let first = head + 4 + number(head)
        return first + 4 + number(first)
    }

    @Test(arguments: TestEngine.all) func theCommandsSayWhatTheyDid(engine: TestEngine) async throws {
        try await BookPlace.with(engine) { book in
            let scratch = Scratch(), file = scratch.path("book.backup"), target = "sqlite:" + scratch.path("again/book.sqlite")
            let made = try await book.run(["backup", file, "--database", book.address])
            made.expect(0, zh: "恢复时需要主密钥", en: "Restoring needs the master key")
            let back = try await book.run(["restore", file, "--database", target])
            back.expect(0, zh: "此后的办理不在其中", en: "what was done since is not in it")
            #expect(back.answer.contains("已恢复，与备份一致，校验通过"))
            let digests = { (answer: String) in answer.split(separator: "\n").filter { $0.split(separator: " ").last?.count == 64 } }
            #expect(digests(made.answer) == digests(back.answer) && digests(made.answer).count > 20)
            try await book.run(["verify", "--database", target]).expect(0)
            try await book.run(["restore", file, "--database", target]).expect(4, zh: "不是空的", en: "not empty")
            try await book.run(["backup", file, "--database", book.address]).expect(4, zh: "已经存在", en: "already")
            let other = ["DIANZHANG_MASTER_KEY": "ff112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe00"]
            try await Program.run(["restore", file, "--database", "sqlite:" + scratch.path("c.sqlite")], other).expect(
                4, zh: "主密钥与备份", en: "does not open the backup")
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible)) func aFullDiskLeavesNoBackup() async throws {
        try await BookPlace.with(.sqlite) { book in
            let scratch = Scratch(), folder = scratch.path("small")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let script = """
                mount -t tmpfs -o size=16k none "$FOLDER"
                head -c 12288 /dev/zero > "$FOLDER/full"
                "$@"
                status=$?
                ls -A "$FOLDER"
                exit $status
                """
            let outcome = try await Program.run(
                [
                    "--map-root-user", "--mount", "sh", "-c", script, "sh", Program.path, "backup", folder + "/a", "--database",
                    book.address,
                ],
                BookPlace.environment.merging(["FOLDER": folder]) { $1 }, by: ["/usr/bin/unshare"])
            outcome.expect(4, zh: "磁盘已满", en: "The disk was full")
            #expect(outcome.answer == "full\n", "nothing is left on the disk: \(outcome.answer)")
        }
    }
}
