import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

/// What comes back of a document that went out: the recipients' receipts, and numbered copies.
@Suite struct ReceiptTests {
    /// Minutes bear no seal.
    private func printed(_ campus: Campus, _ secrecy: String, copies: Int) async throws -> Int64 {
        let id = try await campus.numbered(["kind": .text("minutes"), "present": .text("各部门负责人"), "secrecy": .text(secrecy)])
        try await campus.desk.take(OutgoingDocument.print, on: id, input: ["copyCount": .whole(Int64(copies))], by: campus.clerk)
        return id
    }

    private func receipt(_ name: String, _ day: String, by person: String = "王五") -> JSONValue {
        .record([.init("name", .text(name)), .init("by", .text(person)), .init("day", .text(day)), .init("copies", .whole(1))])
    }

    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func whatTheRecipientsSentBackIsEnteredAndStays(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await printed(campus, "internal", copies: 2)
            func enter(_ receipts: [JSONValue], by principal: Principal) async throws {
                try await desk.take(OutgoingDocument.acknowledge, on: id, input: ["receipts": .list(receipts)], by: principal)
            }
            let first = receipt("东工作点", "2026-01-15"), second = receipt("西工作点", "2026-01-16")
            await #expect(throws: DeskError.self) { try await enter([first], by: campus.clerk) }
            try await desk.take(OutgoingDocument.distribute, on: id, by: campus.clerk)
            await #expect(throws: DeskError.self) { try await enter([first], by: campus.dean) }
            for day in ["2026-01-14", "2026-01-16"] {
                let refusal = try await campus.refusal { try await enter([receipt("东工作点", day)], by: campus.clerk) }
                #expect(refusal?.article == school[16] && refusal?.words.zh.contains("须在印发之后，且不晚于今天") == true)
            }
            try await enter([first], by: campus.clerk)
            try await desk.take(OutgoingDocument.file, on: id, by: campus.clerk)
            campus.office.move(hours: 24)
            // One comes late, and none is written over.
            let changed = try await campus.refusal {
                try await enter([receipt("东工作点", "2026-01-15", by: "赵六"), second], by: campus.clerk)
            }
            #expect(changed?.words.zh.contains("已登记的回执不能改动") == true)
            try await enter([first, second], by: campus.adminSpecialist)
            let receipts = try await campus.view(id).row.values["receipts"]?.list ?? []
            #expect(receipts.map { $0["name"].text } == ["东工作点", "西工作点"])
            #expect(try await campus.state(id) == "filed")
        }
    }

    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func numberedCopiesComeBackOneByOne(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await printed(campus, "controlled", copies: 2)
            func copies(_ returned: [Bool], holder: String = "东工作点") -> [String: JSONValue] {
                let lines = returned.enumerated().map { index, isReturned in
                    JSONValue.record([
                        .init("serial", .text("00000\(index + 1)")), .init("holder", .text(holder)), .init("isReturned", .flag(isReturned)),
                    ])
                }
                return ["copies": .list(lines)]
            }
            try await desk.take(OutgoingDocument.distribute, on: id, input: copies([false, false]), by: campus.clerk)
            let other = try await campus.refusal {
                try await desk.take(OutgoingDocument.collect, on: id, input: copies([true, false], holder: "西工作点"), by: campus.clerk)
            }
            #expect(other?.article == school[16] && other?.words.zh.contains("份号和持有人不能改动") == true)
            let none = try await campus.refusal {
                try await desk.take(OutgoingDocument.collect, on: id, input: copies([false, false]), by: campus.clerk)
            }
            #expect(none?.words.zh.contains("请勾选本次收回的份号") == true)
            try await desk.take(OutgoingDocument.collect, on: id, input: copies([true, false]), by: campus.clerk)
            let undone = try await campus.refusal {
                try await desk.take(OutgoingDocument.collect, on: id, input: copies([false, true]), by: campus.clerk)
            }
            #expect(undone?.words.zh.contains("不能改为未收回") == true)
            try await desk.take(OutgoingDocument.collect, on: id, input: copies([true, true]), by: campus.clerk)
            let held = try await campus.view(id).row.values["copies"]?.list ?? []
            #expect(held.allSatisfy { $0["isReturned"] == .flag(true) } && held.count == 2)
        }
    }
}
