import Crypto

/// One change of the schema. Its text is never edited once it has landed anywhere: the database keeps its digest.
package struct Migration: Sendable, Hashable {
    package let name: String
    package let sql: String

    /// - Parameter sql: statements for both engines, each ended by `;` at the end of a line; bytes are written `bytes'01ff'`.
    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// SHA-256 of the text.
    package var digest: [UInt8] { Array(SHA256.hash(data: Array(sql.utf8))) }

    /// The statements of the text, without those that are comment only.
    package var statements: [String] {
        var statements: [String] = []
        var lines: [Substring] = []
        for line in sql.split(whereSeparator: \.isNewline) {
            let bare = line.trimmingSpaces()
            if bare.isEmpty || (lines.isEmpty && bare.hasPrefix("--")) { continue }
            if bare.hasSuffix(";") {
                lines.append(bare.dropLast())
                statements.append(lines.joined(separator: "\n"))
                lines = []
            } else {
                lines.append(line)
            }
        }
        if !lines.isEmpty { statements.append(lines.joined(separator: "\n")) }
        return statements
    }
}

extension Store {
    /// Lands the migrations that this database does not have yet, in order, each in one transaction.
    ///
    /// Servers that start at once wait for each other. Safe to call at every start.
    /// - Parameter at: the moment, in milliseconds since 1970.
    /// - Throws: `StoreError.newer` when the database has more migrations than these, `StoreError.altered` when one that has landed
    ///   differs; the database is then untouched.
    package func migrate(_ migrations: [Migration], at: Int64) async throws {
        while try await withLease("migration", { try await land(migrations, at: at) }) == nil {
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// For whoever must not write.
    /// - Throws: `StoreError.older` where some of the migrations have not landed, and what `migrate` throws.
    package func requireLanded(_ migrations: [Migration]) async throws {
        let landed = try await read { session in
            let table =
                session.engine == .sqlite
                ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'"
                : "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'migration'"
            return try session.count(table) == 0 ? [] : try Self.landed(session)
        }
        try Self.require(landed, among: migrations)
        guard landed.count == migrations.count else { throw StoreError.older(found: landed.count, known: migrations.count) }
    }

    private static func landed(_ session: any Session) throws -> [(name: String, digest: [UInt8])] {
        try session.all("SELECT name, digest FROM migration ORDER BY position") { ($0.text(0), $0.blob(1)) }
    }

    private static func require(_ landed: [(name: String, digest: [UInt8])], among migrations: [Migration]) throws {
        guard landed.count <= migrations.count else { throw StoreError.newer(found: landed.count, known: migrations.count) }
        for ((name, digest), migration) in zip(landed, migrations) where name != migration.name || digest != migration.digest {
            throw StoreError.altered(migration: name)
        }
    }

    private func land(_ migrations: [Migration], at: Int64) async throws {
        try await write { session in
            try session.execute(
                """
                CREATE TABLE IF NOT EXISTS migration (
                    position BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest BYTEA NOT NULL, at BIGINT NOT NULL)
                """)
        }
        let landed = try await read { try Self.landed($0) }
        try Self.require(landed, among: migrations)
        for position in landed.count..<migrations.count {
            let migration = migrations[position]
            try await write { session in
                for statement in migration.statements { try session.execute(session.engine.written(statement)) }
                try session.execute(
                    "INSERT INTO migration (position, name, digest, at) VALUES ($1, $2, $3, $4)",
                    [.int(Int64(position)), .text(migration.name), .blob(migration.digest), .int(at)])
            }
        }
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let last = lastIndex(where: { !isSpace($0) }) else { return "" }
        return self[...last].drop(while: isSpace)
    }
}
