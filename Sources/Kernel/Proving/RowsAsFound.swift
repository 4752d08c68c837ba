import Ledger
import Store
import WorkCalendar

/// A database that an earlier program wrote: its rows are stated and sealed once, as they are found. From then on they are proved.
extension Desk {
    private static let mark = "rows"
    private static let rowsInOneEntry = 1000
    private static let documentsAtOnce = 5000

    func beginRows() async throws {
        let now = clock.now()
        // Servers that start at once wait for each other.
        while try await !store.read({ try Self.areStated($0) }) {
            let done: Void? = try await store.withLease("ledger") { [self] in
                try await store.write(alone: true) { [self] session in
                    guard try !Self.areStated(session) else { return }
                    // Whoever takes the mark away gets nothing stated anew.
                    if try !Ledger.hasWholeEntry(in: session) { try stateRows(at: now, session) }
                    try session.execute(
                        "INSERT INTO setting (name, value) VALUES ($1, 'stated') ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        [.text(Self.mark)])
                }
            }
            if done == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    private static func areStated(_ session: any Session) throws -> Bool {
        try session.count("SELECT count(*) FROM setting WHERE name = $1 AND value = 'stated'", [.text(mark)]) > 0
    }

    private func stateRows(at now: Moment, _ session: any Session) throws {
        var statements: [RowStatement] = []
        for table in StatedTable.allCases {
            statements += try session.all("SELECT \(table.list) FROM \(table.rawValue) WHERE \(table.condition) ORDER BY 1") {
                table.stated(new: table.values($0))
            }
        }
        for part in statements.chunked(Self.rowsInOneEntry) {
            try enter(
                .system, nil, type: "organisation", principal: .system, step: RowStatement.asFound, purpose: String(part.count),
                stating: Array(part), at: now, session)
        }
        try sealDocuments(session)
        try sealDoors(session)
    }

    private func sealDocuments(_ session: any Session) throws {
        var after: Int64 = .min
        while true {
            let page = try session.all(
                "SELECT \(Record.columns) FROM document WHERE id > $1 ORDER BY id LIMIT $2",
                [.int(after), .int(Int64(Self.documentsAtOnce))]
            ) { Record($0) }
            guard let last = page.last?.id else { return }
            let satellites = try Satellites.all(after: after, upTo: last, session)
            try session.executeMany(
                "INSERT INTO document_found (document, seal) VALUES ($1, $2)",
                page.map { record in
                    let own = satellites[record.id] ?? Satellites()
                    return [.int(record.id), .blob(seal(asFound: own, digest: record.digest, on: record.id))]
                })
            after = last
        }
    }

    /// The seal of a document as an earlier program left it, with what hung on it.
    func seal(asFound satellites: Satellites, digest: [UInt8], on document: Int64) -> [UInt8] {
        entryKey.seal(row: RowBytes.of([.text("document_found"), .int(document), .blob(satellites.digest(with: digest))]))
    }

    /// Passwords and tokens stay; who is logged in logs in again.
    private func sealDoors(_ session: any Session) throws {
        let people = try session.all("SELECT id, secret, once_until FROM person WHERE secret IS NOT NULL") { row in
            [Value.int(row.int(0)), .text(row.text(1)), .int(row.int(2))]
        }
        try session.executeMany(
            "UPDATE person SET secret_seal = $1 WHERE id = $2", people.map { [.blob(seal(.password, $0)), $0[0]] })
        let tokens = try session.all("SELECT token, id, person, scopes, maker, created, ends FROM api_token") { row in
            [Value.blob(row.blob(0)), .int(row.int(1)), .int(row.int(2)), .text(row.text(3)), .int(row.int(4)), .int(row.int(5)),
                .int(row.int(6))]
        }
        try session.executeMany("UPDATE api_token SET seal = $1 WHERE id = $2", tokens.map { [.blob(seal(.token, $0)), $0[1]] })
        try session.execute("DELETE FROM login")
    }
}
