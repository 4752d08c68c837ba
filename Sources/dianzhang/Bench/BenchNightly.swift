import ArgumentParser
import Kernel
import Ledger
import School
import Store
import Synchronization
import WorkCalendar

/// What the program does by itself, one day after another: the clock is set on by a day, and rounds of jobs follow, as the server makes
/// them, until one finds nothing more to do. Day 0 is now: what an import has left to be done. The book moves on by these days, and a
/// command that takes the machine's time is no longer for it.
struct BenchNightly: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "nightly")
    @Option(help: "How many days after today") var days = 3
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let moved = MovedClock()
        let desk = try await database.openDesk(try await database.settings(), clock: moved.clock)
        // A book that was moved forward goes on from where it stands.
        let first = desk.clock.now()
        for number in 0...max(days, 0) {
            moved.run(from: first.adding(days: number))
            let day = try await work(desk, moved)
            Terminal.answer(day.lines("day\(number)").joined(separator: "\n"))
        }
        try await desk.settleLedger()
        await desk.store.close()
    }

    /// More rounds than a day can need; a job that acts in each of them would never end.
    private static let mostRounds = 200

    private func work(_ desk: Desk, _ moved: MovedClock) async throws -> DayOfJobs {
        var day = DayOfJobs()
        while day.rounds < Self.mostRounds {
            let before = try await Self.entries(desk), watch = JobWatch(), started = ContinuousClock.now
            // As `serve` has it where neither mail nor a gateway is set up.
            try await desk.runJobs { watch.note($0) }
            try await desk.settleAccounts(at: moved.clock.now())
            try await LetterCarrier(desk, nil).round()
            let seconds = Bench.seconds(since: started), parts = watch.seconds
            guard parts[.clearing] != nil else { throw ValidationError("another program does the jobs of this book") }
            let entries = try await Self.entries(desk) - before
            day.add(parts, seconds: seconds, entries: entries)
            if entries == 0 { break }
        }
        return day
    }

    /// With those that wait for their places.
    private static func entries(_ desk: Desk) async throws -> Int64 {
        try await desk.store.read { session in
            let waiting = try session.count("SELECT count(*) FROM entry_pending WHERE refused IS NULL")
            return try Ledger.head(in: session).size + waiting
        }
    }
}

/// How long each part of a round takes.
private final class JobWatch: Sendable {
    private struct Seen {
        var last = ContinuousClock.now
        var seconds: [JobDone: Double] = [:]
    }

    private let seen = Mutex(Seen())

    func note(_ part: JobDone) {
        seen.withLock { seen in
            seen.seconds[part, default: 0] += Bench.seconds(since: seen.last)
            seen.last = ContinuousClock.now
        }
    }

    var seconds: [JobDone: Double] { seen.withLock { $0.seconds } }
}

/// The rounds of one day together.
private struct DayOfJobs {
    private(set) var rounds = 0
    private var seconds = 0.0
    private var entries: Int64 = 0
    private var parts: [JobDone: Double] = [:]
    /// Of the round that found nothing to do; the server makes one every two seconds.
    private var quiet: Double?

    mutating func add(_ more: [JobDone: Double], seconds: Double, entries: Int64) {
        rounds += 1
        self.seconds += seconds
        self.entries += entries
        parts.merge(more, uniquingKeysWith: +)
        quiet = entries == 0 ? seconds : nil
    }

    func lines(_ day: String) -> [String] {
        var lines = ["\(day)_total \(seconds) s", "\(day)_rounds \(rounds) rounds", "\(day)_entries \(entries) entries"]
        if let quiet { lines.append("\(day)_quiet \(quiet) s") }
        var groups: [String: Double] = [:]
        for (part, taken) in parts { groups[part.group, default: 0] += taken }
        for (group, taken) in groups.sorted(by: { $0.key < $1.key }) { lines.append("\(day)_\(group) \(taken) s") }
        for (part, taken) in parts.sorted(by: { $0.value > $1.value }) where taken >= Self.worthNaming {
            if let single = part.single { lines.append("\(day)_\(single) \(taken) s") }
        }
        return lines
    }

    /// A duty or a finding that takes less has no line of its own, in seconds.
    private static let worthNaming = 0.02
}

extension JobDone {
    /// With which others it is added up.
    fileprivate var group: String {
        switch self {
        case .watch: "watch"
        case .leaving: "leaving"
        case .workingDays: "working-days"
        case .clocks: "clocks"
        case .dutiesAsked, .duty: "duties"
        case .finding: "findings"
        case .ledger: "ledger"
        case .search: "search"
        case .clearing: "clearing"
        }
    }

    /// What it is called where it is one of many.
    fileprivate var single: String? {
        switch self {
        case .dutiesAsked: "duty.asked"
        case .duty(let key): "duty." + key.split(separator: " ").joined(separator: ".")
        case .finding(let type, let name): "finding.\(type).\(name)"
        case .watch, .leaving, .workingDays, .clocks, .ledger, .search, .clearing: nil
        }
    }
}
