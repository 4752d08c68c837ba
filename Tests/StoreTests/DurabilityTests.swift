import EngineFixture
import Foundation
import Store
import Testing

/// What was acknowledged survives the sudden death of the process.
@Suite struct DurabilityTests {
    @Test(arguments: TestEngine.all) func acknowledgedRowsOutliveAKilledProcess(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            let store = try place.open()
            try await store.write { try $0.execute("CREATE TABLE fact (id BIGINT PRIMARY KEY, double BIGINT NOT NULL)") }
            await store.close()
            let acknowledged = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
            defer { try? FileManager.default.removeItem(atPath: acknowledged) }

            await #expect(processExitsWith: .signal(SIGKILL)) { [place = place as TestPlace, acknowledged = acknowledged as String] in
                let store = try place.open()
                let file = open(acknowledged, O_WRONLY | O_CREAT | O_APPEND, 0o600)
                await withTaskGroup(of: Void.self) { group in
                    for lane in Int64(0)..<8 {
                        group.addTask {
                            var id = lane
                            while true {
                                let row: [Value] = [.int(id), .int(id * 2)]
                                let written = try? await store.write { try $0.execute("INSERT INTO fact VALUES ($1, $2)", row) }
                                guard written == 1 else { return }
                                _ = "\(id)\n".withCString { write(file, $0, strlen($0)) }
                                id += 8
                                // The other lanes are in the middle of something.
                                if id > 800 { kill(getpid(), SIGKILL) }
                            }
                        }
                    }
                }
            }

            let text = try String(contentsOfFile: acknowledged, encoding: .utf8)
            let rows = Set(text.split(separator: "\n").compactMap { Int64($0) })
            #expect(rows.count >= 100)
            let survivor = try place.open()
            let found = Set(try await survivor.read { try $0.all("SELECT id FROM fact WHERE double = id * 2") { $0.int(0) } })
            #expect(rows.subtracting(found).isEmpty)
            await survivor.close()
        }
    }
}
