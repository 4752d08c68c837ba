import Foundation
import Store
import StorePostgres
import StoreSQLite

/// An engine that a test runs on. PostgreSQL takes part when DIANZHANG_TEST_POSTGRES names a server (see bin/postgres); without it the
/// tests' output shows that only SQLite ran.
///
///     @Test(arguments: TestEngine.all) func keepsWhatIsWritten(engine: TestEngine) async throws {
///         try await engine.withStore { store in … }
///     }
package struct TestEngine: Sendable, CustomStringConvertible {
    package let engine: Engine
    fileprivate let server: String?

    package static var all: [TestEngine] { hasPostgres ? [sqlite, postgres] : [sqlite] }
    package static let sqlite = TestEngine(engine: .sqlite, server: nil)
    package static var postgres: TestEngine { TestEngine(engine: .postgres, server: server) }
    package static var hasPostgres: Bool { server != nil }

    private static var server: String? {
        let server = ProcessInfo.processInfo.environment["DIANZHANG_TEST_POSTGRES"]
        return server?.isEmpty == false ? server : nil
    }

    package var description: String { engine.rawValue }

    /// A place for a database of the test's own, empty: a file, or a schema.
    package func makePlace() async throws -> TestPlace {
        let name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        guard let server else {
            let folder = FileManager.default.temporaryDirectory.appending(path: name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return TestPlace(address: folder.appending(path: "test.db").path, owner: nil, schema: name)
        }
        return try await TestPlace.schema(name, on: server)
    }

    /// Opens an empty store for `body`, and removes it afterwards.
    package func withStore(_ body: (any Store) async throws -> Void) async throws {
        try await withPlace { place in
            let store = try place.open()
            do { try await body(store) } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }

    /// Makes an empty place for `body`, which opens what it needs, and removes it afterwards.
    package func withPlace(_ body: (TestPlace) async throws -> Void) async throws {
        let place = try await makePlace()
        do { try await body(place) } catch {
            try await place.remove()
            throw error
        }
        try await place.remove()
    }

    /// An empty store that removes its database when it is closed.
    package func makeStore() async throws -> any Store {
        let place = try await makePlace()
        return PassingStore(store: try place.open(), place: place)
    }
}

/// Where a test's database lies.
package struct TestPlace: Sendable, Codable {
    /// A path, or a URL.
    package let address: String
    fileprivate let owner: String?
    fileprivate let schema: String

    /// An empty schema on a server.
    package static func schema(_ name: String = "test", on server: String) async throws -> TestPlace {
        try await execute("CREATE SCHEMA \(name)", on: server)
        let address = server + (server.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
        return TestPlace(address: address, owner: server, schema: name)
    }

    package var isFile: Bool { owner == nil }

    package func open() throws -> any Store {
        owner == nil ? try SQLiteStore(path: address) : try PostgresStore(url: address)
    }

    package func remove() async throws {
        if let owner {
            try await Self.execute("DROP SCHEMA \(schema) CASCADE", on: owner)
        } else {
            try FileManager.default.removeItem(at: URL(fileURLWithPath: address).deletingLastPathComponent())
        }
    }

    fileprivate static func execute(_ sql: String, on server: String) async throws {
        let store = try PostgresStore(url: server, writers: 1, readers: 1)
        do { try await store.write { try $0.execute(sql) } } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}

private struct PassingStore: Store {
    let store: any Store
    let place: TestPlace

    var engine: Engine { store.engine }

    @discardableResult
    func write<T: Sendable>(alone: Bool, _ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await store.write(alone: alone, body)
    }
    func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T { try await store.read(body) }
    func withLease<T: Sendable>(_ name: String, _ body: @escaping @Sendable () async throws -> T) async throws -> T? {
        try await store.withLease(name, body)
    }
    func close() async {
        await store.close()
        try? await place.remove()
    }
}
