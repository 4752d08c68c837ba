import EngineFixture
import ScratchFiles
import Testing

/// An existing book checked from the command line: by rule and by unit, with the report and its tasks in the book (第二十六条).
@Suite struct SelfCheckCommandTests {
    @Test(arguments: TestEngine.all) func aBookIsReportedByRuleAndUnitInSomebodysName(engine: TestEngine) async throws {
        let spoilt = IntakeRows.row(2).replacing("广东省广州市天河区中山路2号2栋301室", with: "")
        let scratch = Scratch()
        defer { withExtendedLifetime(scratch) {} }
        let file = try scratch.file(IntakeRows.file(2) + spoilt + "\n")
        try await BookPlace.with(engine) { book in
            func check(_ more: [String]) async throws -> Program.Outcome {
                try await book.run(["self-check", file, "--database", book.address] + more)
            }
            try await check([]).expect(3, zh: "请用 --as 指明由谁办理", en: "Say in whose name by --as LOGIN")
            try await check(["--as", "back"]).expect(3)
            #expect(try await book.count("self-check").documents == 0, "whoever may not report leaves none")
            let done = try await check(["--as", "service"])
            done.expect(0, zh: "共 3 行，不合规 1 行，整改任务 1 项", en: "3 rows, 1 refused, 1 tasks")
            #expect(done.answer.contains("missing.address") && done.answer.contains("1/3"), "\(done.answer)")
            #expect(try await book.count("self-check").documents == 1)
            #expect(try await book.count("self-check-task").documents == 1)
            try await book.run(["verify", "--database", book.address]).expect(0)
        }
    }
}
