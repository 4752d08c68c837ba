import EngineFixture
import Store
import Testing

/// One server at a time holds a lease.
@Suite struct LeaseTests {
    @Test(arguments: TestEngine.all) func excludesOthersOfItsName(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            let (one, other) = (try place.open(), try place.open())
            let seen = try await one.withLease("jobs") {
                let same = try await other.withLease("jobs") { true }
                let again = try await one.withLease("jobs") { true }
                let different = try await other.withLease("mail") { true }
                return [same, again, different]
            }
            #expect(seen == [nil, nil, true])
            let free = try await other.withLease("jobs") { 7 }
            #expect(free == 7)
            await one.close()
            await other.close()
        }
    }

    @Test(arguments: TestEngine.all) func endsWithAnError(engine: TestEngine) async throws {
        try await engine.withStore { store in
            await #expect(throws: StoreError.overloaded) { try await store.withLease("jobs") { throw StoreError.overloaded } }
            let free = try await store.withLease("jobs") { 1 }
            #expect(free == 1)
        }
    }
}
