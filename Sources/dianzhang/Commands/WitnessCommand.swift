import ArgumentParser
import Ledger
import Logging
import Web
import Witnessing

/// A witness for other people's ledgers: on a machine of its own, it cosigns what continues what it saw before.
struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "为别处的存证作见证 / Witness the checkpoints of another system")
    @Option(help: "The file of its key and memory; made at the first start") var data: String
    @Option(help: "A system's key, as `dianzhang checkpoint --key` shows it there; may be given several times") var origin: [String]
    @Option(help: "The witness's name, for its first start") var name = "witness"
    @Option(help: "Address to listen on") var host = "127.0.0.1"
    @Option(help: "Port to listen on") var port = 8090

    func run() async throws {
        try await Failure.run {
            LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
            let witness = try Witness(path: data, name: name, logs: try origin.map { try VerifierKey(parsing: $0) })
            let (host, key) = (host, witness.key.text)
            let server = WitnessServer(witness: witness, host: host, port: port, clock: MachineClock.clock)
            try await server.run { port in
                Terminal.say(
                    "见证已启动；请在被见证的系统中设置 / The witness is running; set in the other system:\ncheckpoint-witness: \(key) http://\(host):\(port)")
            }
        }
    }
}
