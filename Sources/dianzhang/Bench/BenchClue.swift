import ArgumentParser
import Kernel
import Store
import StoreSQLite
import Vault
import WorkCalendar

/// Finding the clue of one new record: whose telephone is this, in a book of ten million customers? In milliseconds.
struct BenchClue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "clue")
    @Option var rows = 10_000_000
    @Option var asked = 20_000

    func run() async throws {
        try await Bench.inScratch { folder in
            let store = try SQLiteStore(path: folder + "/book.sqlite")
            try await store.migrate(Migration.kernel, at: MachineClock.clock.now().milliseconds)
            let keys = try await KeyRing.open(store, master: .fleeting(), at: 0)
            try await fill(store, keys.blindIndex)
            var times: [Double] = []
            for question in 0..<asked {
                let phone = "139\(10_000_000 + question &* 7919 % (rows * 2))"
                let started = ContinuousClock.now
                let value = keys.blindIndex.blind(phone, domain: "phone")
                _ = try await store.read { session in
                    try session.all(
                        """
                        SELECT d.id FROM lookup k CROSS JOIN document d ON d.id = k.document
                        WHERE k.key = $1 AND k.type = 'customer' AND d.id = k.document AND d.scope = $2 ORDER BY k.document DESC LIMIT 50
                        """, [.int(value), .int(1)]
                    ) { $0.int(0) }
                }
                times.append(Bench.seconds(since: started) * 1000)
            }
            await store.close()
            times.sort()
            Terminal.answer("p50 \(times[times.count / 2]) ms\np99 \(times[times.count * 99 / 100]) ms")
        }
    }

    private func fill(_ store: SQLiteStore, _ index: BlindIndex) async throws {
        try await store.write { session in
            try session.execute("INSERT INTO unit (id, path, zh, en) VALUES (1, '/1/', '单位', 'Unit')")
        }
        let batch = 200_000
        for start in stride(from: 0, to: rows, by: batch) {
            try await store.write { [rows] session in
                // In the order of the index, as a book that has long been there has it.
                var values = (start..<min(start + batch, rows)).map { ($0, index.blind("139\(10_000_000 + $0)", domain: "phone")) }
                for (number, _) in values {
                    try session.execute(
                        """
                        INSERT INTO document (id, type, state, title, scope, unit, holder, creator, level, version, created, changed,
                            body, sealed, digest)
                        VALUES ($1, 'customer', 'verified', '', 1, 1, 0, 0, 1, 1, 0, 0, '{}', x'', x'00')
                        """, [.int(Int64(number + 1))])
                }
                values.sort { $0.1 < $1.1 }
                try session.executeMany(
                    "INSERT INTO lookup (key, type, document) VALUES ($1, $2, $3)",
                    values.map { [.int($1), .text("customer"), .int(Int64($0 + 1))] })
            }
        }
    }
}
