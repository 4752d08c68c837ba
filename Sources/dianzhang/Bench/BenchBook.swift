import ArgumentParser
import DrugQuality
import Foundation
import Kernel
import WorkCalendar

/// Fills a demonstration's book with so many pieces of quality information, by the road of acts: lists and to-do pages are measured on it.
struct BenchBook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "book")
    @Option var rows = 1_000_000
    /// Among whom they are shared.
    @Option var people = 5_000
    @Option(help: "The log-in name of a colleague: the people are taken on in the same unit") var beside = "fangli"
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let desk = try await database.openDesk(try await database.settings())
        let organisation = try await desk.organisation(), now = MachineClock.clock.now()
        guard let colleague = organisation.people.values.first(where: { $0.login == beside }),
            let unit = organisation.holdings(of: colleague.id, on: now.day).first?.unit
        else { throw ValidationError("nobody is called \(beside)") }
        var reporters: [Principal] = []
        for number in 0..<people {
            let id = PersonID(
                try await desk.administer(
                    .addPerson(
                        login: "reporter\(number)", zh: "报告人\(number)", en: "Reporter \(number)", clearance: .secret, administrator: false),
                    by: .system))
            try await desk.administer(.appoint(id, unit, post: Post.staff.id, from: now.day.adding(days: -1), to: nil), by: .system)
            reporters.append(Principal(id))
        }
        let started = ContinuousClock.now
        var refused = 0
        for part in stride(from: 0, to: rows, by: 1000) {
            let items = (part..<min(part + 1000, rows)).map { Self.item($0, now) }
            let results = try await desk.takeMany(QualityItem.report, items, by: reporters[part / 1000 % reporters.count])
            for case .failure(let error) in results {
                if refused == 0 { Terminal.say("\(error)") }
                refused += 1
            }
        }
        let taken = Bench.seconds(since: started)
        try await desk.settleLedger()
        try await desk.settleSearch()
        await desk.store.close()
        Terminal.answer("filled \(Double(rows) / taken) 1/s\nrefused \(refused) items")
    }

    private static func item(_ number: Int, _ now: Moment) -> QualityItem {
        var item = QualityItem()
        (item.subject, item.facts) = ("第\(number)批验收记录与票据不符", "验收时发现数量与随货同行单不一致，已隔离待查")
        (item.kind, item.stage, item.way) = (.consumer, .storage, .feedbackForm)
        item.concern = ConsumerConcern.allCases.first { $0 != .unknown } ?? .unknown
        item.knownAt = now.adding(seconds: -60 * (number % 600 + 1))
        if number % 50 == 0 { item.urgency = .abnormal }
        return item
    }
}

/// （9）: the failures that come together, of so many people over three years, counted anew from records in memory.
struct BenchChain: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "chain")
    @Option var people = 5_000
    @Option var records = 156

    func run() throws {
        let start = MachineClock.clock.now().adding(days: -3 * 365)
        let chains = (0..<people).map { person in
            (0..<records).map { number in
                // In no order, as corrections leave them.
                let place = number &* 61 % records, failed = (person &* 31 &+ place &* 17) % 9 < 2
                return FeedbackChain.Link(id: Int64(number), obligedAt: start.adding(days: place * 7), state: failed ? .failed : .good)
            }
        }
        var found = 0
        let seconds = Bench.seconds { for links in chains { found += FeedbackChain.entries(of: links, consecutive: 2).count } }
        Terminal.answer("chain \(seconds) s\nentries \(found) entries")
    }
}
