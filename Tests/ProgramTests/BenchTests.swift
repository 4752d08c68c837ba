import Testing

/// What `bin/bench` asks of the program itself. The figures are the bench's; here it only has to run.
@Suite struct BenchTests {
    @Test(arguments: [
        (["clue", "--rows", "2000", "--asked", "100"], ["p50 ", "p99 "]), (["verify", "--entries", "2000"], ["verify "]),
    ])
    func itsOwnMeasuresRun(arguments: [String], figures: [String]) async throws {
        let outcome = try await Program.run(["bench"] + arguments)
        #expect(outcome.status == 0, "\(outcome.said)")
        for figure in figures { #expect(outcome.answer.contains(figure)) }
    }
}
