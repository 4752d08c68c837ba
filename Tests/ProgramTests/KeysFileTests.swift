import Copies
import CustomerConfidentiality
import EngineFixture
import Foundation
import Kernel
import ScratchFiles
import Store
import TestOffice
import Testing
import Vault
import WorkCalendar

/// What was destroyed comes back by no backup, what was held stays held, and everything else is as it was.
@Suite struct KeysFileTests {
    private static let contents = [confidentialityContents]

    private struct Office: Sendable {
        let office: TestOffice
        let master: MasterKey
        let specialist: Principal
        let manager: Principal
        let supervisor: Principal
        var desk: Desk { office.desk }

        func person(_ name: String) async throws -> Int64 {
            try await desk.take(
                CustomerFile.openFile, input: ["subclass": .text("individual"), "person": .text(name), "copies": .whole(1)], by: specialist
            ).id
        }

        func erase(_ file: Int64) async throws {
            let request = try await desk.take(
                PersonRequest.receive, input: ["kind": .text("erasure"), "who": .text("某人"), "wants": .text("删除"), "ground": .text("ended")],
                by: specialist
            ).id
            try await desk.take(PersonRequest.verify, on: request, input: ["identity": .text("证件"), "file": .whole(file)], by: specialist)
            try await desk.take(PersonRequest.erase, on: request, input: ["answer": .text("已删除")], by: manager)
        }

        func hold(_ file: Int64) async throws {
            try await desk.take(
                LegalHoldOrder.place,
                input: [
                    "files": .list([.whole(file)]), "ground": .text("lawsuit"), "reason": .text("诉讼"), "reviewOn": .text("2026-12-31"),
                ], by: supervisor)
        }
    }

    private static func with(_ engine: TestEngine, _ body: (Office) async throws -> Void) async throws {
        try await engine.withStore { store in
            let master = MasterKey.fleeting(), office = try await TestOffice.open(store, contents, master: master)
            try await body(
                Office(
                    office: office, master: master,
                    specialist: Principal(try await office.hire("specialist", .informationSpecialist, in: office.service, clearance: .topSecret)),
                    manager: Principal(try await office.hire("manager", .serviceManager, in: office.service, clearance: .topSecret)),
                    supervisor: Principal(try await office.hire("supervisor", .informationSupervisor, in: office.service, clearance: .topSecret))))
        }
    }

    @Test(arguments: CopyTests.Ways.all) func anOldBackupDoesNotBringBackWhatWasDestroyedSince(ways: CopyTests.Ways) async throws {
        try await Self.with(ways.from) { office in
            let scratch = Scratch(), old = scratch.path("old.backup"), keys = scratch.path("dianzhang.keys")
            let gone = try await office.person("欧阳震华"), kept = try await office.person("司马相如"), held = try await office.person("诸葛亮")
            let number = try await office.desk.document(gone, by: office.manager.person).row.number
            let (header, tables) = try await Copying.backUp(office.desk.store, to: old, master: office.master, at: office.office.now)
            #expect(header.contentKeys == 3 && !tables.contains { $0.table == "content_key" }, "keys of their own stand in no backup")
            let former = scratch.path("former.keys")
            try FileManager.default.copyItem(atPath: keys, toPath: former)
            office.office.move(hours: 1)
            try await office.erase(gone)
            try await office.hold(held)
            _ = try await Copying.backUp(office.desk.store, to: scratch.path("new.backup"), master: office.master, at: office.office.now)
            try await ways.to.withStore { store in
                let (_, restored, file) = try await Copying.restore(old, into: store, master: office.master, at: 0)
                #expect(restored == tables)
                let desk = try await Desk.open(
                    store: store, catalogue: Catalogue(Self.contents), master: office.master,
                    clock: Clock { office.office.now.adding(hours: 1) })
                await #expect(throws: VaultError.contentDestroyed(document: gone), "there is no key for it") {
                    try await desk.document(gone, by: office.manager.person)
                }
                let cleared = try await desk.clearDestroyed(holds: file?.holds ?? [])
                #expect(cleared.documents == 1 && cleared.holds == 1)
                let row = try await desk.document(gone, by: office.manager.person).row
                #expect(row.state == "destroyed" && row.number == number && row.values.isEmpty)
                #expect(try await desk.search("震华", by: office.manager.person).rows.isEmpty)
                #expect(try await desk.document(kept, by: office.manager.person, revealing: "核对").row.values["person"]?.text == "司马相如")
                let holds = try await desk.store.read { try $0.count("SELECT count(*) FROM legal_hold WHERE document = $1 AND released IS NULL", [.int(held)]) }
                #expect(holds == 1, "a hold is not lost by a restore")
                let again = try await desk.clearDestroyed(holds: file?.holds ?? [])
                #expect(again.documents == 0 && again.holds == 0, "done again, nothing is left to do")
                try await desk.settleLedger()
                let report = try await desk.verify(isDeep: true)
                #expect(report.isClean, "\(report.faults.map(\.en))")
            }
            // The file of keys that is older than the backup is not taken.
            await #expect(throws: CopyError.self) {
                try await ways.to.withStore { store in
                    _ = try await Copying.restore(scratch.path("new.backup"), keys: former, into: store, master: office.master, at: 0)
                }
            }
            await #expect(throws: CopyError.keysMissing(path: scratch.path("none"))) {
                try await ways.to.withStore { store in
                    _ = try await Copying.restore(old, keys: scratch.path("none"), into: store, master: office.master, at: 0)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all) func theFileOfAnotherDatabasesKeysIsNotWrittenOver(engine: TestEngine) async throws {
        try await Self.with(engine) { office in
            let scratch = Scratch(), keys = scratch.path("dianzhang.keys")
            _ = try await office.person("欧阳震华")
            _ = try await Copying.backUp(office.desk.store, to: scratch.path("a.backup"), master: office.master, at: office.office.now)
            let bytes = try Data(contentsOf: URL(filePath: keys))
            try await engine.withStore { store in
                let other = try await TestOffice.open(store, Self.contents, master: office.master)
                await #expect(throws: CopyError.otherKeys(path: keys)) {
                    _ = try await Copying.backUp(other.desk.store, to: scratch.path("b.backup"), master: office.master, at: other.now)
                }
            }
            #expect(try Data(contentsOf: URL(filePath: keys)) == bytes)
            #expect(try FileManager.default.attributesOfItem(atPath: keys)[.posixPermissions] as? Int == 0o600)
        }
    }
}
