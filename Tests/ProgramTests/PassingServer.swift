import EngineFixture
import Foundation

/// A PostgreSQL of a test's own, which it can stop.
final class PassingServer: Sendable {
    nonisolated(unsafe) private let process: Process
    nonisolated(unsafe) private let input: Pipe
    let place: TestPlace

    init() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process(), input = Pipe(), output = Pipe()
        process.executableURL = root.appending(path: "bin/postgres")
        process.arguments = ["run", "sh", "-c", "echo \"$DIANZHANG_TEST_POSTGRES\"; cat"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var address: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 { address.append(byte) }
        (self.process, self.input) = (process, input)
        place = try await TestPlace.schema(on: String(decoding: address, as: UTF8.self))
    }

    /// At once, as if its machine were switched off.
    func stop() async {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
