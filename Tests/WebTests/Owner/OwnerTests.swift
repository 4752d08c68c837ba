import EngineFixture
import Foundation
import Kernel
import Ledger
import Store
import Synchronization
import TestOffice
import Testing

@testable import Web

/// What becomes of whatever the owner of the database does to a table: as docs/SECURITY.md says, cell by cell.
@Suite struct OwnerTests {
    /// What an update changes, and what an insert must change besides the key; elsewhere the last column, and nothing.
    private static let columns: [String: (update: String, unique: [String])] = [
        "account_request": ("outcome", []), "access_grant": ("ends", []), "adoption": ("from_day", []), "api_token": ("person", ["id"]),
        "checkpoint": ("note", []), "classified_file": ("content", []), "content_key": ("destroyed", []), "checkpoint_place": ("alarm", []), "data_key": ("wrapped", ["level"]), "deadline": ("due", []),
        "delegation": ("to_at", []), "document": ("holder", ["number"]), "duty_run": ("day", []), "entry": ("body", []), "file": ("content", []), "gram_waiting": ("document", []),
        "holding": ("person", []), "leaf": ("hash", ["entry"]), "ledger_boundary": ("root", []), "login": ("person", []),
        "migration": ("digest", ["name"]), "person": ("administrator", ["login"]), "rule_request": ("reason", []), "setting": ("value", []), "subtree": ("hash", []),
        "taken": ("holding", []), "task": ("sender", []), "tree_head": ("frontier", []), "unit": ("zh", ["path"]),
    ]

    /// The table of the text, by the tables of the database.
    private static func said() throws -> [String: [Tampering: String]] {
        let text = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/SECURITY.md"), encoding: .utf8)
        var said: [String: [Tampering: String]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count > Tampering.allCases.count else { continue }
            let name = cells[0].trimmingCharacters(in: ["`"])
            said[name] = Dictionary(uniqueKeysWithValues: zip(Tampering.allCases, cells.dropFirst()))
        }
        return said
    }

    private struct Outcome {
        let word: String
        var faults: [LedgerFault] = []
    }

    /// As whoever starts the program anew, and verifies, sees it.
    private static func outcome(_ office: TestOffice) async -> Outcome {
        let desk: Desk
        do { desk = try await office.anotherDesk() } catch { return Outcome(word: "refused") }
        do {
            let report = try await desk.verify()
            if !report.isClean { return Outcome(word: "named", faults: report.faults) }
            let deep = try await desk.verify(isDeep: true)
            return Outcome(word: deep.isClean ? "not seen" : "deep", faults: deep.faults)
        } catch {
            return Outcome(word: "stops: \(error)")
        }
    }

    @Test(arguments: TestEngine.all) func everyTableIsAsTheTextSays(engine: TestEngine) async throws {
        let said = try Self.said(), middle = Mutex<[String: OwnedTable.Rows]>([:])
        try await OwnerOffice.with(engine) { store in
            let rows = try await store.read { session in
                try OwnedTable.names(session).map { ($0, try OwnedTable($0, session).rows(session)) }
            }
            middle.withLock { $0 = Dictionary(uniqueKeysWithValues: rows) }
        } _: { owned in
            let store = owned.office.desk.store, earlier = middle.withLock { $0 }
            let whole = await Self.outcome(owned.office)
            #expect(whole.word == "not seen", "\(whole.faults.map(\.en))")
            let tables = try await store.read { session in try OwnedTable.names(session).map { try OwnedTable($0, session) } }
            #expect(Set(tables.map(\.name)) == Set(said.keys), "docs/SECURITY.md says what becomes of each table")
            for table in tables { try await Self.own(table, earlier[table.name] ?? [], said[table.name] ?? [:], owned.office) }
            let end = await Self.outcome(owned.office)
            #expect(end.word == "not seen", "\(end.faults.map(\.en))")
        }
    }

    private static func own(
        _ table: OwnedTable, _ earlier: OwnedTable.Rows, _ said: [Tampering: String], _ office: TestOffice
    ) async throws {
        let store = office.desk.store, found = try await store.read { try table.rows($0) }
        // Of the settings, the one that somebody set; the others are marks of what the program has done.
        let isSet: ([Value]) -> Bool = { $0.first == .text("reading-limit") }
        let rows = found.isEmpty ? table.anyRows : found.filter { !isSet($0) } + found.filter(isSet), known = columns[table.name]
        let column = known?.update ?? table.columns.last { !$0.isKey }?.name ?? table.columns.last!.name
        var line: [String] = []
        for deed in Tampering.allCases {
            let earlier = found.isEmpty ? rows : earlier
            guard let done = deed.done(to: rows, of: table, column: column, unique: known?.unique ?? [], earlier: earlier) else {
                line.append("–")
                continue
            }
            do { try await store.write { try table.write(done, $0) } } catch StoreError.constraint {
                // The table does not take it.
                line.append("–")
                continue
            }
            let outcome = await outcome(office)
            try await store.write { try table.write(found, $0) }
            line.append(outcome.word)
            if outcome.word == "named" { #expect(names(table.name, outcome.faults), "\(table.name), \(deed.rawValue): \(outcome.faults.map(\.en))") }
        }
        let expected = Tampering.allCases.map { said[$0] ?? "" }
        #expect(expected == line, "| `\(table.name)` | \(line.joined(separator: " | ")) |")
    }

    /// Whether a fault says which table it is, where it is not one of the ledger's own.
    private static func names(_ table: String, _ faults: [LedgerFault]) -> Bool {
        faults.contains { fault in
            switch fault {
            case .row(let name, _): name.table == table || ["task", "deadline", "taken"].contains(table)
            case .documentAltered, .documentMissing, .documentUnrecorded: ["document", "task", "deadline", "taken"].contains(table)
            default: ["entry", "entry_pending", "leaf", "subtree", "tree_head", "checkpoint", "ledger_boundary", "data_key"].contains(table)
            }
        }
    }
}
