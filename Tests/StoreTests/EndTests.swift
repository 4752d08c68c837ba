import EngineFixture
import Foundation
import Store
import Testing

/// A store that was closed, and two servers on one database.
@Suite struct EndTests {
    @Test(arguments: TestEngine.all) func aClosedStoreIsGone(engine: TestEngine) async throws {
        let store = try await engine.makeStore()
        #expect(try await store.read { try $0.count("SELECT 1") } == 1)
        await store.close()
        let errors = [
            await #expect(throws: StoreError.self) { try await store.read { try $0.execute("SELECT 1") } },
            await #expect(throws: StoreError.self) { try await store.write { try $0.execute("SELECT 1") } },
        ]
        for error in errors {
            guard case .gone = error else { return #expect(error == .gone("")) }
        }
    }

    /// Whoever then carries the file away has all of it.
    @Test func aClosedDatabaseIsOneFile() async throws {
        try await TestEngine.sqlite.withPlace { place in
            let store = try place.open()
            try await store.write { session in
                let found = try #require(session.found)
                try session.execute("CREATE TABLE counter (amount BIGINT NOT NULL)")
                #expect(try found.count("SELECT count(*) FROM sqlite_schema WHERE name = 'counter'") == 0)
            }
            await store.close()
            #expect(FileManager.default.fileExists(atPath: place.address))
            #expect(!FileManager.default.fileExists(atPath: place.address + "-wal"))
        }
    }

    @Test(arguments: TestEngine.all) func twoServersShareADatabase(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            let stores = [try place.open(), try place.open()]
            try await stores[0].write { session in
                try session.execute("CREATE TABLE counter (amount BIGINT NOT NULL)")
                try session.execute("INSERT INTO counter VALUES (0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await stores[number % 2].write { session in
                            let amount = try session.count("SELECT amount FROM counter")
                            try session.execute("UPDATE counter SET amount = $1", [.int(amount + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            for store in stores {
                #expect(try await store.read { try $0.count("SELECT amount FROM counter") } == 100)
                await store.close()
            }
        }
    }

    @Test(arguments: TestEngine.all) func anotherProcessWritesMeanwhile(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            let store = try place.open()
            try await store.write { session in
                try session.execute("CREATE TABLE counter (amount BIGINT NOT NULL)")
                try session.execute("INSERT INTO counter VALUES (0)")
            }
            let here = Task {
                for _ in 0..<200 { try await store.write { try $0.execute("UPDATE counter SET amount = amount + 1") } }
            }
            await #expect(processExitsWith: .success) { [place = place as TestPlace] in
                let store = try place.open()
                for _ in 0..<200 { try await store.write { try $0.execute("UPDATE counter SET amount = amount + 1") } }
                await store.close()
            }
            try await here.value
            #expect(try await store.read { try $0.count("SELECT amount FROM counter") } == 400)
            await store.close()
        }
    }
}
