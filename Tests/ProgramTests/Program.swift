import Foundation
import Testing

/// The real program, started as a person starts it on the command line.
struct Program: Sendable {
    struct Outcome: Sendable {
        let status: Int32
        /// Killed by a signal: what a trap or a crash looks like.
        let wasKilled: Bool
        let answer: String
        /// What it said to the person at the terminal.
        let said: String

        /// Ended as told, in both languages, and without a trace of its inside.
        func expect(
            _ status: Int32, zh: String = "", en: String = "", _ location: SourceLocation = #_sourceLocation
        ) {
            #expect(!wasKilled && self.status == status, "\(self.status): \(said)\(answer)", sourceLocation: location)
            #expect((zh.isEmpty || said.contains(zh)) && (en.isEmpty || said.contains(en)), "\(said)", sourceLocation: location)
            for trace in ["Fatal error", "Stack dump", "Backtrace", ".swift:", "Error: "] {
                #expect(!said.contains(trace), "\(said)", sourceLocation: location)
            }
        }
    }

    /// It lies beside the tests.
    static let path: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "dianzhang").path
    }()

    /// One that runs.
    final class Running: Sendable {
        nonisolated(unsafe) private let process: Process
        private let folder: URL
        private let end: Task<Void, Never>

        fileprivate init(_ command: [String], _ environment: [String: String]) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "program-" + UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let process = Process()
            process.executableURL = URL(filePath: command[0])
            process.arguments = Array(command.dropFirst())
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try Self.file(folder.appending(path: "answer"))
            process.standardError = try Self.file(folder.appending(path: "said"))
            let (ends, told) = AsyncStream.makeStream(of: Void.self)
            process.terminationHandler = { _ in told.finish() }
            try process.run()
            self.process = process
            end = Task { for await _ in ends {} }
        }

        private static func file(_ url: URL) throws -> FileHandle {
            try Data().write(to: url)
            return try FileHandle(forWritingTo: url)
        }

        var isRunning: Bool { process.isRunning }
        /// What it has said until now.
        var said: String { (try? String(contentsOf: folder.appending(path: "said"), encoding: .utf8)) ?? "" }
        func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

        func outcome() async throws -> Outcome {
            await end.value
            defer { try? FileManager.default.removeItem(at: folder) }
            func text(_ name: String) -> String {
                String(decoding: (try? Data(contentsOf: folder.appending(path: name))) ?? Data(), as: UTF8.self)
            }
            return Outcome(
                status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal, answer: text("answer"),
                said: text("said"))
        }
    }

    static func start(_ arguments: [String], _ environment: [String: String] = [:], by command: [String] = [path]) throws -> Running {
        try Running(command + arguments, environment)
    }

    static func run(_ arguments: [String], _ environment: [String: String] = [:], by command: [String] = [path]) async throws -> Outcome {
        try await start(arguments, environment, by: command).outcome()
    }
}
