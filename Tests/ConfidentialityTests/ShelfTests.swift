import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing

/// 第7条, 第8条: places in order, re-shelving, medium and ink.
@Suite struct ShelfTests {
    private func refusal(_ body: () async throws -> Void) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await body() }
    }

    @Test(.demand(confidentiality[7], 1), arguments: TestEngine.all)
    func filesStandByClassAndCodeFromLeftToRightAndTopToBottom(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let (_, shelf) = try await archive.shelf(rows: 3, slots: 4)
            let bank = try await archive.file("甲银行", kind: "bank", number: 1)
            #expect(try await archive.text(bank, "shelf") == "一库1柜-1-1")
            // The next of its series stands beside it; another class stands before it, if there is room, and else out of order.
            #expect(try await archive.text(archive.file("乙银行", kind: "bank", number: 2), "shelf") == "一库1柜-1-2")
            let dealer = try await archive.file("甲商贸", kind: "dealer", number: 3)
            #expect(try await archive.text(dealer, "shelf") == "一库1柜-3-4")
            let notices = try await archive.desk.notices(of: archive.archivist.person).notices.map(\.words.zh)
            #expect(notices.contains { $0.contains("请编制倒架计划") })
            // Insurers come after banks, in a row of their own.
            #expect(try await archive.text(archive.file("甲保险", kind: "insurer", number: 4), "shelf") == "一库1柜-2-1")
            let slots = try await archive.value(shelf, "slots")?.list ?? []
            #expect(slots.map { $0["code"].text } == [
                "K001-YH·2026-D30-0001", "K001-YH·2026-D30-0002", "K001-BX·2026-D30-0001", "K001-JX·2026-D30-0001",
            ])
        }
    }

    @Test(.article(confidentiality[7])) func theOrderComparesNumbersAsNumbers() {
        let codes = ["K001-LS·2026-D30-10", "K001-JX·2026-D30-3", "K001-LS·2026-D30-2", "K001-LS·2026-Y-4", "K001-LS·2025-D10-9"]
        let sorted = codes.sorted { ReferenceCode.order($0).lexicographicallyPrecedes(ReferenceCode.order($1)) }
        #expect(sorted == [
            "K001-JX·2026-D30-3", "K001-LS·2025-D10-9", "K001-LS·2026-Y-4", "K001-LS·2026-D30-2", "K001-LS·2026-D30-10",
        ])
    }

    @Test(.demand(confidentiality[7], 4), arguments: TestEngine.all)
    func reShelvingSaysOldAndNewSlotAndKeepsTheOrder(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let (store, shelf) = try await archive.shelf(rows: 3, slots: 4)
            let bank = try await archive.file("甲银行", kind: "bank", number: 1)
            let dealer = try await archive.file("甲商贸", kind: "dealer", number: 2)
            let input: [String: JSONValue] = ["store": .whole(store), "carrier": .text("paper")]
            let run = try await archive.desk.take(ReshelvingRun.plan, input: input, by: archive.archivist).id
            let moves = try await archive.value(run, "moves")?.list ?? []
            #expect(moves.map { [$0["from"].text, $0["to"].text] } == [["一库1柜-3-4", "一库1柜-1-1"], ["一库1柜-1-1", "一库1柜-2-1"]])
            // Nothing has moved yet; and it is not done before every line is.
            #expect(try await archive.text(bank, "shelf") == "一库1柜-1-1")
            let early = await refusal {
                try await archive.desk.take(ReshelvingRun.finish, on: run, input: ["moves": .list(moves)], by: archive.archivist)
            }
            #expect(early?.words.zh == "还有 2 卷未确认移到新架位" && early?.article == confidentiality[7])
            let moved = moves.map { line in
                JSONValue.record(line.entries.filter { $0.key != "isMoved" } + [.init("isMoved", .flag(true))])
            }
            try await archive.desk.take(ReshelvingRun.finish, on: run, input: ["moves": .list(moved)], by: archive.archivist)
            #expect(try await archive.text(bank, "shelf") == "一库1柜-2-1")
            #expect(try await archive.text(dealer, "shelf") == "一库1柜-1-1")
            let slots = try await archive.value(shelf, "slots")?.list ?? []
            #expect(slots.map { $0["code"].text } == ["K001-JX·2026-D30-0001", "K001-YH·2026-D30-0001"])
            // What is in order is not planned; and what changes after a plan makes it void.
            let nothing = await refusal { try await archive.desk.take(ReshelvingRun.plan, input: input, by: archive.archivist) }
            #expect(nothing?.words.zh == "架上次序正确，不需要倒架")
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[7])) func aPlanThatTheShelvesHaveOutrunIsNotCarriedOut() async throws {
        try await ArchiveOffice.with { archive in
            let (store, _) = try await archive.shelf(rows: 3, slots: 4)
            try await archive.file("甲银行", kind: "bank", number: 1)
            try await archive.file("甲商贸", kind: "dealer", number: 2)
            let input: [String: JSONValue] = ["store": .whole(store), "carrier": .text("paper")]
            let run = try await archive.desk.take(ReshelvingRun.plan, input: input, by: archive.archivist).id
            try await archive.file("乙商贸", kind: "dealer", number: 3)
            let moved = (try await archive.value(run, "moves")?.list ?? []).map { line in
                JSONValue.record(line.entries.filter { $0.key != "isMoved" } + [.init("isMoved", .flag(true))])
            }
            let late = await refusal {
                try await archive.desk.take(ReshelvingRun.finish, on: run, input: ["moves": .list(moved)], by: archive.archivist)
            }
            #expect(late?.words.zh.contains("架上又有变动") == true)
        }
    }

    @Test(.demand(confidentiality[7], 1), arguments: TestEngine.all)
    func discsStandApartAndWhatHasNoPlaceIsSaid(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(["parts": .list([ArchiveOffice.part("contract", ["medium": .text("disc")])])])
            #expect(try await archive.text(file, "shelf") == nil)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.archivist, "customer-file").contains { $0.article == confidentiality[7] })
            let none = await refusal { try await archive.desk.take(CustomerFile.findPlace, on: file, by: archive.archivist) }
            #expect(none?.article == confidentiality[7])
            let (store, _) = try await archive.shelf()
            try await archive.shelf(kind: "paper", cabinet: 2, carrier: "disc", in: store)
            try await archive.desk.take(CustomerFile.findPlace, on: file, by: archive.archivist)
            #expect(try await archive.text(file, "shelf") == "一库1柜-1-1")
            #expect(try await archive.text(file, "discShelf") == "一库2柜-1-1")
            let twice = await refusal { try await archive.shelf(cabinet: 2, in: store) }
            #expect(twice?.words.zh == "该库房已有 2 号柜")
        }
    }

    @Test(.article(confidentiality[7], confidentiality[22]), arguments: TestEngine.all)
    func classifiedFilesStandApartAndTheirShelfIsNotKnown(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.shelf()
            let (store, shelf) = try await archive.shelf("密库", kind: "classified")
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            let hidden = try await archive.file("密字律所", secret)
            #expect(try await archive.text(hidden, "shelf") == "密库1柜-1-1")
            for id in [store, shelf, hidden] {
                await #expect(throws: DeskError.absent) { try await archive.desk.document(id, by: archive.archivist.person) }
            }
            #expect(try await archive.rows("archive-shelf", by: archive.archivist).map(\.title) == ["一库1柜"])
            // Raised, a file leaves its slot for the other shelf.
            let open = try await archive.file("丙律所", number: 3)
            #expect(try await archive.text(open, "shelf") == "一库1柜-1-1")
            let custodian = archive.custodian.person
            try await archive.desk.take(CustomerFile.changeLevel, on: open, by: .system) { document in
                guard var file = document as? CustomerFile else { return }
                (file.secrecy, file.custodian) = (.secret, custodian)
                document = file
            }
            let view = try await archive.desk.document(open, by: archive.manager.person).row
            // The code stays what it was.
            #expect(view.level == .secret && view.values["referenceCode"] == .text("K001-LS·2026-D30-0001"))
            #expect(view.values["shelf"]?.text?.hasPrefix("密库1柜") == true && view.title == "K001-LS·2026-D30-0001")
            let left = try await archive.rows("archive-shelf", by: archive.archivist).first?.values["slots"]?.list
            #expect(left ?? [] == [])
        }
    }

    @Test(.demand(confidentiality[8], 1, 2), arguments: TestEngine.all)
    func ballPointAndPencilAskForARecopy(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let parts = [
                ArchiveOffice.part("card", ["ink": .text("ball-point")]), ArchiveOffice.part("contract", ["ink": .text("carbon")]),
            ]
            let file = try await archive.file(["parts": .list(parts)])
            let tasks = try await archive.todo(archive.archivist, "recopy-task")
            #expect(tasks.count == 1 && tasks.first?.row.values["ink"] == .text("ball-point"))
            let task = try #require(tasks.first?.row.id)
            #expect(tasks.first?.due?.due.day.description == "2026-01-30")
            let again = await refusal {
                try await archive.desk.take(RecopyTask.copy, on: task, input: ["newInk": .text("pencil")], by: archive.archivist)
            }
            #expect(again?.article == confidentiality[8] && again?.words.zh.contains("不得再用圆珠笔") == true)
            try await archive.desk.take(RecopyTask.copy, on: task, input: ["newInk": .text("carbon")], by: archive.archivist)
            let inks = try await archive.value(file, "parts")?.list.map { $0["ink"].text }
            #expect(inks == ["carbon", "carbon"])
            #expect(try await archive.value(file, "parts")?.list.map { $0["medium"].text } == ["paper", "paper"])
            #expect(try await archive.todo(archive.archivist, "recopy-task").isEmpty)
            // Pencil that goes goes with its task.
            let pencil = parts + [ArchiveOffice.part("other", ["ink": .text("pencil")])]
            try await archive.desk.take(
                CustomerFile.supplement, on: file, input: ["parts": .list(Array(pencil.dropFirst()))], by: archive.specialist)
            #expect(try await archive.todo(archive.archivist, "recopy-task").count == 1)
            try await archive.desk.take(CustomerFile.supplement, on: file, input: ["parts": .list([parts[1]])], by: archive.specialist)
            #expect(try await archive.todo(archive.archivist, "recopy-task").isEmpty)
        }
    }
}
