import EngineFixture
import Kernel
import TestOffice
import Testing

/// A rule reads what stands in a file that its document names.
@Suite struct FileContentTests {
    private struct Count: Document {
        enum State: String, CaseIterable, Sendable { case counted }
        var file: [FileReference] = []
        var bytes = 0
        static let name = "byte-count"
        static let form = Form<Count>(
            "计数单", "Count", states: [.counted: .done("已计", "Counted")], readers: [.staff],
            [.files(\.file, "文件", "File"), .whole(\.bytes, "字节", "Bytes", in: 0...1_000_000).optional()])
        static let count = Step<Count>(
            "count", "计数", "Count", to: .counted, by: .staff, under: Laboratory.regulation[1], fields: [\.file]
        ) { count, act in
            guard let file = count.file.first else { return }
            count.bytes = try act.content(of: file)?.count ?? 0
            try act.require(count.bytes < 10, "文件过大", "It is too large")
        }
        static let steps = [count]
    }

    private static let contents = RegulationContents(
        Laboratory.regulation,
        articles: Array("articles:\n- {ref: 第1条, zh: 检验须登记, en: Assays are entered, kind: [register], demands: [a]}\n".utf8), posts: [],
        documents: [Count.self])

    @Test(arguments: TestEngine.all) func aRuleReadsTheFileOfItsDocument(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let person = Principal(try await office.hire("one")), other = Principal(try await office.hire("other"))
            func count(_ content: [UInt8], by hand: Principal) async throws -> Int64 {
                let file = try await office.desk.keep(file: "a.txt", content: content, by: person)
                return try await office.desk.take(Count.count, input: ["file": .list([file.stored])], by: hand).id
            }
            let id = try await count(Array("证明".utf8), by: person)
            #expect(try await office.desk.document(id, by: person.person).row.values["bytes"] == .whole(6))
            await #expect(throws: Refusal.self) { _ = try await count(Array(repeating: 1, count: 10), by: person) }
            // Whoever did not hand it in comes to no rule with it.
            await #expect(throws: DeskError.self) { _ = try await count([1, 2], by: other) }
        }
    }
}
