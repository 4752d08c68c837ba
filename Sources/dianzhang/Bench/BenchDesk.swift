import Foundation
import Kernel
import StoreSQLite
import WorkCalendar

extension Bench {
    /// A desk on an empty book in a folder, with the regulations that a measure is about.
    static func desk(in folder: String, _ contents: [RegulationContents]) async throws -> Desk {
        try await Desk.open(
            store: try SQLiteStore(path: folder + "/book.sqlite"), catalogue: Catalogue(contents), master: .fleeting(),
            clock: MachineClock.clock)
    }

    /// How long each of so many questions takes, in milliseconds.
    static func times(_ count: Int, _ body: (Int) async throws -> Void) async throws -> [Double] {
        var times: [Double] = []
        for number in 0..<max(1, count) {
            let started = ContinuousClock.now
            try await body(number)
            times.append(seconds(since: started) * 1000)
        }
        return times
    }

    static func percentiles(_ name: String, _ times: [Double]) -> [String] {
        let sorted = times.sorted()
        guard !sorted.isEmpty else { return [] }
        return ["\(name)_p50 \(sorted[sorted.count / 2]) ms", "\(name)_p99 \(sorted[min(sorted.count - 1, sorted.count * 99 / 100)]) ms"]
    }
}
