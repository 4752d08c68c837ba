import ArgumentParser
import Ledger
import Store
import StoreSQLite

/// Entries verified a second: leaves, tree, columns and checkpoint of a log of a million.
struct BenchVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "verify")
    @Option var entries = 1_000_000

    func run() async throws {
        try await Bench.inScratch { folder in
            let store = try SQLiteStore(path: folder + "/ledger.sqlite")
            try await store.migrate(
                [Migration(name: "ledger", sql: Ledger.schema), Migration(name: "keyed", sql: Ledger.keyedSchema)], at: 0)
            let key = EntryKey(secret: [UInt8](repeating: 5, count: 32)), writer = EntryWriter(key)
            try await store.write { try Ledger.begin(in: $0, key: key, at: 0) }
            let signer = try Signer(name: "bench", secret: [UInt8](repeating: 7, count: 32))
            let digest = [UInt8](repeating: 9, count: 32)
            for start in stride(from: 0, to: entries, by: 50_000) {
                try await store.write { [entries] session in
                    for number in start..<min(start + 50_000, entries) {
                        let entry = Entry(
                            id: Int64(number + 1), at: Int64(number), kind: .act, document: Int64(number / 3 + 1), documentType: "loan",
                            version: 1,
                            person: 7, step: "lend", articles: ["customer-confidentiality 第19条"], from: "requested", to: "lent",
                            digest: digest)
                        try Ledger.append(entry, in: session, by: writer)
                    }
                }
                try await store.write { session in _ = try Ledger.sequence(in: session, key: key, limit: 50_000) }
            }
            try await store.write { session in _ = try Ledger.checkpoint(in: session, signer: signer, key: key, at: 1) }
            let started = ContinuousClock.now
            let report = try await store.read { session in
                try Ledger.verify(in: session, expecting: .init(key: signer.verifierKey, entryKey: key, placedBefore: 0))
            }
            let seconds = Bench.seconds(since: started)
            await store.close()
            precondition(report.isClean && report.entries == entries, "the log is whole")
            Terminal.answer("verify \(Int(Double(entries) / seconds)) 1/s")
        }
    }
}
