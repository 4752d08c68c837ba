import Ledger
import Store
import WorkCalendar

/// Removes files that were handed in and never named by a document. What a document has named once stays: it is evidence of then.
extension Desk {
    /// The ledger's entry of it.
    static let clearingFiles = "clearFiles"
    private static let onePart: Int64 = 200

    /// Once an hour: requests and files whose time is over.
    func clearAway() async throws {
        let now = clock.now()
        let hour = String(now.milliseconds / 3_600_000)
        if try await setting("cleared") == hour { return }
        try await forgetRequests(at: now)
        try await listFileUses()
        try await clearFiles(at: now)
        try await set("cleared", hour)
    }

    private func clearFiles(at now: Moment) async throws {
        let end = now.adding(hours: -Self.hoursOfFiles).milliseconds
        var done = Self.onePart
        while done == Self.onePart {
            done = try await store.write(alone: true) { [self] session in
                let over = try session.all(
                    "SELECT digest, person FROM file_keeping WHERE at < $1 ORDER BY at LIMIT $2", [.int(end), .int(Self.onePart)]
                ) { ($0.text(0), $0.int(1)) }
                var cleared = 0
                for (digest, person) in over {
                    try session.execute("DELETE FROM file_keeping WHERE digest = $1 AND person = $2", [.text(digest), .int(person)])
                    cleared += try session.execute(
                        """
                        DELETE FROM file WHERE digest = $1 AND NOT EXISTS (SELECT 1 FROM file_use WHERE digest = $1)
                            AND NOT EXISTS (SELECT 1 FROM file_keeping WHERE digest = $1)
                        """, [.text(digest)])
                }
                if cleared > 0 {
                    try enter(
                        .system, nil, type: "organisation", principal: .system, step: Self.clearingFiles, purpose: String(cleared), at: now,
                        session)
                }
                return Int64(over.count)
            }
        }
    }

    func areFileUsesListed(_ session: any Session) throws -> Bool {
        try session.count("SELECT count(*) FROM setting WHERE name = 'file uses' AND value = 'listed'") > 0
    }

    /// Documents of an earlier program are not listed by the files that they name: done once, before anything is cleared.
    private func listFileUses() async throws {
        if try await store.read({ [self] in try areFileUsesListed($0) }) { return }
        for type in catalogue.types where !type.fileFields.isEmpty {
            var after: Int64? = 0
            while let start = after {
                after = try await store.write { session in
                    let part = try session.all(
                        "SELECT id, body FROM document WHERE type = $1 AND id > $2 ORDER BY id LIMIT $3",
                        [.text(type.name), .int(start), .int(Self.onePart)]
                    ) { ($0.int(0), try JSONReader.read($0.text(1))) }
                    let uses = part.flatMap { id, body in
                        type.files(in: body).compactMap { $0["digest"].text }.map { digest -> [Value] in [.text(digest), .int(id)] }
                    }
                    try session.executeMany(PendingStep.fileUseInsertion, uses)
                    for use in uses { if case .text(let digest) = use[0] { try FileStore.settle(digest, session) } }
                    return part.count == Int(Self.onePart) ? part.last?.0 : nil
                }
            }
        }
        try await set("file uses", "listed")
    }

    private func setting(_ name: String) async throws -> String? {
        try await store.read { session in
            try session.first("SELECT value FROM setting WHERE name = $1 LIMIT 1", [.text(name)]) { $0.text(0) }
        }
    }

    private func set(_ name: String, _ value: String) async throws {
        try await store.write { session in
            try session.execute(
                "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(name), .text(value)])
        }
    }
}
