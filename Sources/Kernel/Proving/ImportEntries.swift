import Ledger
import Store
import WorkCalendar

/// 导入记录: a file that somebody took in, and what became of it. The documents have their own entries; this one says that they came together.
package struct ImportLine: Sendable {
    package let at: Moment
    /// The file's.
    package let name: String
    /// By what became of them, in the order in which they were told.
    package let counts: [(what: String, count: Int)]
}

extension Desk {
    private static let importing = "import"

    /// - Parameter counts: how many documents came to what, in the caller's codes.
    package func enterImport(of type: String, named name: String, _ counts: [(what: String, count: Int)], by principal: Principal)
        async throws
    {
        let now = clock.now()
        let told = JSONValue.record([
            .init("name", .text(name)), .init("counts", .record(counts.map { .init($0.what, .whole(Int64($0.count))) })),
        ])
        try await store.write { [self] session in
            // What people call their files can name anybody.
            try enter(
                .note, nil, type: type, principal: principal, step: Self.importing, written: JSONText.text(told), at: now, session)
        }
    }

    /// The person's own, the latest first.
    package func imports(of type: String, by person: PersonID, limit: Int = 50) async throws -> [ImportLine] {
        try await store.read { [self] session in
            let notes = try session.all(
                session.engine.written(
                    """
                    SELECT body FROM entry WHERE person = $1 AND person <> 0 AND substr(body, 2, 1) = $2 AND \(Entry.isNoAct())
                    ORDER BY id DESC LIMIT 2000
                    """),
                [.int(person.raw), .blob([Entry.Kind.note.rawValue])]
            ) { row in try row.withBlob(0) { try Entry($0) } }
            return try notes.filter { $0.documentType == type && $0.step == Self.importing }.prefix(limit).map { entry in
                let told = try JSONReader.read(FreeText(keys: keys).opened(entry))
                return ImportLine(
                    at: Moment(milliseconds: entry.at), name: told["name"].text ?? "",
                    counts: told["counts"].entries.map { ($0.key, Int($0.value.whole ?? 0)) })
            }
        }
    }
}
