import ArgumentParser
import CustomerAuthenticity
import Kernel
import Logging
import Outbox
import Store
import WorkCalendar

/// Records that premiums were received, so many times, of the policies of a book: each queues a notice to its customer. No two name one
/// amount, by which whoever receives them tells them apart.
struct BenchNotices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "notices")
    @Option var rows = 200_000
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let desk = try await database.openDesk(try await database.settings())
        let service = Principal(try await desk.person(named: "zhoumin").id), day = desk.clock.now().day
        let insured = try await PolicyOfCustomer.all(desk)
        guard !insured.isEmpty else { throw ValidationError("the book has no policies") }
        let before = try await Self.count(.queued, desk), handed = try await Self.count(.handed, desk), started = ContinuousClock.now
        for start in stride(from: 0, to: rows, by: 1_000) {
            let events = (start..<min(start + 1_000, rows)).map { number -> PolicyEvent in
                var event = PolicyEvent()
                (event.eventNo, event.kind, event.day) = ("BENCH\(number)", .premiumReceived, day)
                event.policy = ID(insured[number % insured.count].policy)
                // One fen more than whole: no other notice of the book has such an amount.
                event.amount = DecimalNumber(loose: "\(number + 1).01")
                return event
            }
            for result in try await desk.takeMany(PolicyEvent.record, events, by: service) { _ = try result.get() }
        }
        let seconds = Bench.seconds(since: started)
        let queued = try await Self.count(.queued, desk) - before
        try await desk.settleLedger()
        await desk.store.close()
        Terminal.answer("composed \(Double(rows) / seconds) 1/s\nqueued \(queued) notices\nhanded \(handed) notices")
    }

    /// How many short messages are in a state; what goes by mail or on paper is carried by others.
    static func count(_ state: CustomerNotice.State, _ desk: Desk) async throws -> Int64 {
        try await desk.store.read { session in
            try session.count(
                "SELECT count(*) FROM document WHERE type = $1 AND state = $2 AND body LIKE $3",
                [.text(CustomerNotice.name), .text(state.rawValue), .text("%\"way\":\"sms\"%")])
        }
    }
}

/// The part of the server that hands notices over, beside its jobs, until no short message waits any more. Whoever kills it starts it
/// again later: by as many minutes as its clock is said to be ahead.
struct BenchCarry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "carry")
    @Option(help: "By how many minutes the clock is ahead of the machine's") var ahead = 0
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let settings = try await database.settings(), seconds = ahead * 60
        let desk = try await database.openDesk(settings, clock: Clock { MachineClock.clock.now().adding(seconds: seconds) })
        let messages = try CustomerMessages(settings, desk, OutboxWays(server: nil, sender: nil, robot: nil, base: nil))
        let logger = Logger(label: "bench")
        try await withThrowingTaskGroup(of: Void.self) { group in
            // As `serve` has it.
            group.addTask {
                while !Task.isCancelled {
                    try await desk.runJobs()
                    try await Task.sleep(for: .seconds(2))
                }
            }
            group.addTask { await messages.run(logger) }
            group.addTask { while try await Self.isWaiting(desk) { try await Task.sleep(for: .milliseconds(500)) } }
            // The first two end by a fault alone.
            try await group.next()
            group.cancelAll()
        }
        let left = try await (BenchNotices.count(.handed, desk), BenchNotices.count(.dead, desk))
        await desk.store.close()
        Terminal.answer("handed \(left.0) notices\ndead \(left.1) notices")
    }

    /// Whether a short message is queued, or claimed by a carrier that was killed.
    private static func isWaiting(_ desk: Desk) async throws -> Bool {
        for state in [CustomerNotice.State.queued, .sending] {
            let part = try await desk.waiting(CustomerNotice.self, in: state, limit: 50)
            if try await desk.load(part).contains(where: { $0.value.way == .sms }) { return true }
        }
        return false
    }
}
