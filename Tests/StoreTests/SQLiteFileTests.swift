import Foundation
import Store
import StoreSQLite
import Testing

/// What can happen to a file.
@Suite struct SQLiteFileTests {
    static let table = "CREATE TABLE page (id BIGINT PRIMARY KEY, body BYTEA NOT NULL)"
    static let insert = "INSERT INTO page VALUES ($1, $2)"

    @Test func aFullDiskFailsOnlyWhatDoesNotFit() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/full.db", pageLimit: 100)
            try await store.write { try $0.execute(Self.table) }
            let outcomes = await withTaskGroup(of: (Int64, StoreError?).self) { group in
                for id in Int64(0)..<40 {
                    group.addTask {
                        let size = id % 4 == 0 ? 1_000_000 : 10
                        do {
                            try await store.write { try $0.execute(Self.insert, [.int(id), .blob([UInt8](repeating: 1, count: size))]) }
                            return (id, nil)
                        } catch { return (id, error as? StoreError ?? .broken("\(error)")) }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0 * 4, .diskFull) }))
            #expect(try await store.read { try $0.count("SELECT count(*) FROM page") } == 30)
            #expect(try await store.read { try $0.first("PRAGMA integrity_check") { $0.text(0) } == "ok" })
            await store.close()
        }
    }

    @Test func itsFilesAreItsOwnersAloneAndThoseThatWereNotBecomeSo() async throws {
        try await withFolder { folder in
            func modes() throws -> [Int] {
                try ["", "-wal", "-shm"].compactMap {
                    try FileManager.default.attributesOfItem(atPath: folder + "/own.db" + $0)[.posixPermissions] as? Int
                }
            }
            let store = try SQLiteStore(path: folder + "/own.db")
            try await store.write { try $0.execute(Self.table) }
            #expect(try modes() == [0o600, 0o600, 0o600] && store.tightened.isEmpty)
            try await store.backup(to: folder + "/copy.db")
            #expect(try FileManager.default.attributesOfItem(atPath: folder + "/copy.db")[.posixPermissions] as? Int == 0o600)
            await store.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/own.db")
            let again = try SQLiteStore(path: folder + "/own.db")
            try await again.write { try $0.execute(Self.insert, [.int(1), .blob([1])]) }
            #expect(try modes() == [0o600, 0o600, 0o600] && again.tightened == [folder + "/own.db"])
            await again.close()
        }
    }

    @Test func whatWasDeletedIsGoneFromTheFileWhenItIsWrittenAnew() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/clean.db")
            try await store.write { session in
                try session.execute(Self.table)
                for id in Int64(0)..<200 {
                    try session.execute(Self.insert, [.int(id), .blob(Array("secret-\(id)".utf8) + [UInt8](repeating: 7, count: 6000))])
                }
            }
            try await store.write { try $0.execute("DELETE FROM page WHERE id > 1") }
            #expect(try await store.compact())
            let bytes = try ["", "-wal"].map { try Data(contentsOf: URL(filePath: folder + "/clean.db" + $0)) }.reduce(Data(), +)
            #expect(bytes.range(of: Data("secret-1".utf8)) != nil && bytes.range(of: Data("secret-150".utf8)) == nil)
            await store.close()
        }
    }

    @Test func whoeverWaitsIsSeenInTheSameProcessAndInAnother() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/two.db"), other = try SQLiteStore(path: folder + "/two.db")
            try await store.write { try $0.execute(Self.table) }
            #expect(try await store.write { $0.isAwaited } == false)
            for waiting in [store, other] {
                let sees = Task {
                    try await store.write { session in
                        try session.execute("DELETE FROM page", [])
                        let end = ContinuousClock.now + .seconds(20)
                        while !session.isAwaited, ContinuousClock.now < end { usleep(1000) }
                        return session.isAwaited
                    }
                }
                try await Task.sleep(for: .milliseconds(50))
                try await waiting.write { try $0.execute(Self.insert, [.int(1), .blob([1])]) }
                #expect(try await sees.value)
                // The wait is over.
                try await Task.sleep(for: .milliseconds(20))
                #expect(try await store.write { $0.isAwaited } == false)
            }
            await other.close()
            await store.close()
        }
    }

    /// A transaction too large for memory goes to the log before it ends, is read from there, and can still be taken back.
    @Test func aTransactionLargerThanMemory() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/large.db")
            try await store.write { try $0.execute(Self.table) }
            for (isKept, total) in [(false, 0), (true, 90)] {
                let act: Void? = try? await store.write { session in
                    for id in Int64(0)..<90 {
                        try session.execute(Self.insert, [.int(id), .blob([UInt8](repeating: UInt8(id), count: 1_000_000))])
                    }
                    for id in Int64(0)..<90 {
                        let first = try session.first("SELECT body FROM page WHERE id = $1", [.int(id)]) { $0.blob(0) }
                        #expect(first?.count == 1_000_000 && first?.last == UInt8(id))
                    }
                    if !isKept { throw StoreError.broken("taken back") }
                }
                #expect((act != nil) == isKept)
                #expect(try await store.read { try $0.count("SELECT count(*) FROM page WHERE length(body) = 1000000") } == total)
            }
            #expect(try await store.read { try $0.first("PRAGMA integrity_check") { $0.text(0) } == "ok" })
            await store.close()
        }
    }

    @Test func aFileThatIsNoDatabaseIsBroken() async throws {
        try await withFolder { folder in
            let path = folder + "/letter.db"
            try String(repeating: "A letter, not a database. ", count: 1_000).write(toFile: path, atomically: true, encoding: .utf8)
            let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
            guard case .broken(let details) = error else { return #expect(error == .broken("")) }
            #expect(details.contains("not a database"))
        }
    }

    @Test func aFileThatIsNotThereIsGone() async throws {
        try await withFolder { folder in
            for (path, mustExist) in [(folder + "/no/such/folder.db", false), (folder + "/absent.db", true)] {
                let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path, mustExist: mustExist) }
                guard case .gone = error else { return #expect(error == .gone("")) }
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test func nothingIsWrittenToAFileThatWasTakenAway() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/here.db")
            try await store.write { try $0.execute(Self.table) }
            try FileManager.default.moveItem(atPath: folder + "/here.db", toPath: folder + "/there.db")
            let error = await #expect(throws: StoreError.self) {
                try await store.write { try $0.execute(Self.insert, [.int(1), .blob([])]) }
            }
            guard case .gone = error else { return #expect(error == .gone("")) }
            await store.close()
        }
    }

    @Test func aDamagedFileIsBroken() async throws {
        try await withFolder { folder in
            let path = folder + "/damaged.db"
            let store = try SQLiteStore(path: path)
            try await store.write { session in
                try session.execute(Self.table)
                try session.executeMany(Self.insert, (0..<500).map { [.int($0), .blob([UInt8](repeating: 7, count: 500))] })
            }
            await store.close()
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seek(toOffset: 4096 * 3)
            try file.write(contentsOf: [UInt8](repeating: 0xff, count: 4096 * 20))
            try file.close()
            let damaged = try SQLiteStore(path: path)
            let error = await #expect(throws: StoreError.self) {
                try await damaged.read { try $0.count("SELECT sum(length(body)) FROM page") }
            }
            guard case .broken(let details) = error else { return #expect(error == .broken("")) }
            #expect(details.contains("restore a backup"))
            await damaged.close()
        }
    }

    @Test func aBackupIsTheDatabaseAtOneMoment() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/live.db")
            try await store.write { try $0.execute(Self.table) }
            let writing = Task {
                for id in Int64(0)..<500 {
                    try await store.write { session in
                        try session.execute(Self.insert, [.int(id * 2), .blob([1])])
                        try session.execute(Self.insert, [.int(id * 2 + 1), .blob([2])])
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(5))
            try await store.backup(to: folder + "/copy.db")
            try await writing.value
            #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("copy") }) == ["copy.db"])
            await #expect(throws: StoreError.self) { try await store.backup(to: folder + "/copy.db") }
            await store.close()
            let copy = try SQLiteStore(path: folder + "/copy.db", mustExist: true)
            #expect(try await copy.read { try $0.count("SELECT count(*) FROM page") } % 2 == 0)
            #expect(try await copy.read { try $0.first("PRAGMA integrity_check") { $0.text(0) } == "ok" })
            await copy.close()
        }
    }

    @Test func theWriterSyncsEachCommitAndChecksKeys() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/set.db")
            let settings = try await store.write { session in
                [
                    try session.count("PRAGMA synchronous"), try session.count("PRAGMA foreign_keys"),
                    try session.first("PRAGMA journal_mode") { $0.text(0) } == "wal" ? 1 : 0,
                ]
            }
            #expect(settings == [2, 1, 1])
            await store.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["set.db"], "the log is folded in at the end")
        }
    }

    @Test func eachConnectionKeepsAsMuchAsItWasOpenedWith() async throws {
        try await withFolder { folder in
            let path = folder + "/cache.db", asked = "PRAGMA cache_size"
            for (caches, writer, reader) in [(PageCaches(), -65536, -16384), (.server, -16384, -8192)] as [(PageCaches, Int64, Int64)] {
                let store = try SQLiteStore(path: path, caches: caches)
                let beside = try await store.write { try $0.found?.count(asked) }
                #expect(try await store.write { try $0.count(asked) } == writer)
                #expect(try await store.read { try $0.count(asked) } == reader)
                #expect(beside == reader)
                await store.close()
            }
        }
    }

    @Test func allWhoWaitForAnotherProcessAreRefusedTogether() async throws {
        try await withFolder { folder in
            let path = folder + "/shared.db"
            let (patient, other) = (try SQLiteStore(path: path, patience: 1), try SQLiteStore(path: path))
            try await other.write { try $0.execute(Self.table) }
            let took = try await other.write { _ in
                // Holds the file while the first store's acts wait.
                let began = ContinuousClock.now
                let done = DispatchSemaphore(value: 0)
                Task {
                    await withTaskGroup(of: Void.self) { group in
                        for id in Int64(0)..<30 {
                            group.addTask {
                                await #expect(throws: StoreError.overloaded) {
                                    try await patient.write { try $0.execute(Self.insert, [.int(id), .blob([])]) }
                                }
                            }
                        }
                    }
                    done.signal()
                }
                done.wait()
                return ContinuousClock.now - began
            }
            #expect(took < .seconds(12), "thirty acts must not wait one after the other")
            try await patient.write { try $0.execute(Self.insert, [.int(1), .blob([])]) }
            await patient.close()
            await other.close()
        }
    }

    @Test func moreThanMayWaitAreRefused() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(path: folder + "/busy.db", waiting: 10)
            try await store.write { try $0.execute(Self.table) }
            let refused = await withTaskGroup(of: Bool.self) { group in
                for id in Int64(0)..<200 {
                    group.addTask {
                        do {
                            try await store.write { session in
                                Thread.sleep(forTimeInterval: 0.001)
                                try session.execute(Self.insert, [.int(id), .blob([])])
                            }
                            return false
                        } catch { return error as? StoreError == .overloaded }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused > 0)
            #expect(try await store.read { try $0.count("SELECT count(*) FROM page") } == Int64(200 - refused))
            await store.close()
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }
}
