import ArgumentParser
import Foundation

/// Rates of parts of the product in this process, for `bin/bench`: lines of `name value unit`.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rates of single parts, for bin/bench", shouldDisplay: false,
        subcommands: [
            BenchIdentifiers.self, BenchClue.self, BenchVerify.self, BenchBook.self, BenchChain.self, BenchArchive.self, BenchSchool.self,
            BenchAssets.self, BenchSitting.self, BenchPortal.self, BenchNotices.self, BenchCarry.self,
            BenchNightly.self,
        ])

    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let started = ContinuousClock.now
        try body()
        return seconds(since: started)
    }

    static func seconds(since started: ContinuousClock.Instant) -> Double {
        let taken = started.duration(to: .now).components
        return Double(taken.seconds) + Double(taken.attoseconds) / 1e18
    }

    /// Runs `body` in a scratch folder that is gone afterwards.
    static func inScratch(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dianzhang-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}
