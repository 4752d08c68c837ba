import Crypto
import EngineFixture
import Store
import Testing

@testable import Ledger

/// Documents against their last entries, with a table such as the Kernel's.
@Suite struct DocumentVerificationTests {
    private static let table = "CREATE TABLE document (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, body TEXT NOT NULL);"

    private static func digest(_ body: String) -> [UInt8] { Array(SHA256.hash(data: Array(body.utf8))) }

    private static let read: @Sendable (any Session, Int64, Int) throws -> [Ledger.DocumentState] = { session, after, limit in
        try session.all("SELECT id, version, body FROM document WHERE id > $1 ORDER BY id LIMIT $2", [.int(after), .int(Int64(limit))]) {
            Ledger.DocumentState(id: $0.int(0), version: $0.int(1), digest: digest($0.text(2)))
        }
    }

    /// Documents 1...25, each with two versions and a read after the last.
    private func withDocuments(_ engine: TestEngine, _ body: (FilledLedger) async throws -> Void) async throws {
        try await FilledLedger.with(engine) { ledger in
            try await ledger.store.migrate(FilledLedger.migrations + [Migration(name: "document", sql: Self.table)], at: 0)
            try await ledger.store.write { session in
                var id: Int64 = 0
                for document in 1...25 as ClosedRange<Int64> {
                    for version in 1...2 as ClosedRange<Int64> {
                        id += 1
                        let entry = Entry(
                            id: id, at: id, kind: .act, document: document, version: version, person: 1,
                            digest: Self.digest("\(document) \(version)"))
                        try Ledger.append(entry, in: session, by: ledger.writer)
                    }
                    id += 1
                    try Ledger.append(Entry(id: id, at: id, kind: .read, document: document, person: 2), in: session, by: ledger.writer)
                    try session.execute(
                        "INSERT INTO document (id, version, body) VALUES ($1, 2, $2)", [.int(document), .text("\(document) 2")])
                }
            }
            try await ledger.sequence()
            try await body(ledger)
        }
    }

    private func verify(_ ledger: FilledLedger, pageSize: Int) async throws -> VerificationReport {
        try await ledger.store.read { session in
            var report = VerificationReport()
            try Ledger.verifyDocuments(in: session, pageSize: pageSize, into: &report, documents: Self.read)
            return report
        }
    }

    @Test(arguments: TestEngine.all, [1, 5, 7, 25, 100]) func everyDocumentIsFoundOnWhateverPage(engine: TestEngine, pageSize: Int)
        async throws
    {
        try await withDocuments(engine) { ledger in
            let report = try await verify(ledger, pageSize: pageSize)
            #expect(report.faults == [] && report.documents == 25)

            try await ledger.execute("UPDATE document SET body = 'other' WHERE id = 1")
            try await ledger.execute("UPDATE document SET version = 3 WHERE id = 6")
            try await ledger.execute("DELETE FROM document WHERE id IN (5, 8, 25)")
            try await ledger.execute("INSERT INTO document (id, version, body) VALUES (30, 1, '')")
            let expected: [LedgerFault] = [
                .documentAltered(id: 1, version: 2), .documentMissing(id: 5), .documentAltered(id: 6, version: 2), .documentMissing(id: 8),
                .documentMissing(id: 25), .documentUnrecorded(id: 30),
            ]
            #expect(try await verify(ledger, pageSize: pageSize).faults == expected)
        }
    }

    @Test(arguments: TestEngine.all) func whatWasDestroyedStaysAway(engine: TestEngine) async throws {
        try await withDocuments(engine) { ledger in
            try await ledger.store.write { session in
                try Ledger.append(Entry(id: 1000, at: 1000, kind: .destruction, document: 9, version: 3, person: 1), in: session,
                    by: ledger.writer)
            }
            #expect(try await verify(ledger, pageSize: 10).faults == [.documentReturned(id: 9)])
            try await ledger.execute("DELETE FROM document WHERE id = 9")
            #expect(try await verify(ledger, pageSize: 10).faults == [])
        }
    }

    /// An older state put back, row and all, as from a backup of that row.
    @Test(arguments: TestEngine.all) func anOldVersionPutBackIsSeen(engine: TestEngine) async throws {
        try await withDocuments(engine) { ledger in
            try await ledger.execute("UPDATE document SET version = 1, body = '4 1' WHERE id = 4")
            #expect(try await verify(ledger, pageSize: 10).faults == [.documentAltered(id: 4, version: 2)])
        }
    }
}
