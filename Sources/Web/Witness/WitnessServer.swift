import Hummingbird
import Kernel
import Logging
import NIOCore
import Witnessing

/// The door of a witness: `POST /add-checkpoint` (C2SP tlog-witness) and nothing else.
package struct WitnessServer: Sendable {
    private let witness: Witness
    private let host: String
    private let port: Int
    private let clock: Clock
    /// A note, its signatures and 63 hashes.
    private static let greatestBody = 128 << 10

    package init(witness: Witness, host: String, port: Int, clock: Clock) {
        self.witness = witness
        self.host = host
        self.port = port
        self.clock = clock
    }

    /// Runs until the process is told to stop.
    /// - Parameter listening: called when it takes requests, with the port that it got.
    package func run(listening: @escaping @Sendable (Int) async -> Void) async throws {
        let logger = Logger(label: "dianzhang.witness")
        let router = Router()
        router.post("add-checkpoint") { request, _ in
            let body = Array(buffer: try await request.body.collect(upTo: Self.greatestBody))
            let answer = try await witness.add(body, atSeconds: clock.now().milliseconds / 1000)
            Self.tell(answer, logger)
            return Self.response(answer)
        }
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { channel in await listening(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.runService()
    }

    private static func tell(_ answer: Witness.Answer, _ logger: Logger) {
        switch answer {
        case .cosigned: logger.info("cosigned a checkpoint")
        case .malformed, .unknownLog: logger.info("refused what is no checkpoint of a known ledger")
        case .seen(let size): logger.info("refused: another checkpoint was the last", metadata: ["size": "\(size)"])
        case .unsigned: logger.warning("refused a checkpoint without the ledger's signature")
        case .discontinued: logger.critical("refused a signed checkpoint that does not continue what was seen: history was rewritten")
        }
    }

    private static func response(_ answer: Witness.Answer) -> Response {
        switch answer {
        case .cosigned(let lines): text(lines, .ok)
        case .malformed: text("no checkpoint request\n", .badRequest)
        case .unsigned: text("no signature by the known key\n", .forbidden)
        case .unknownLog: text("unknown origin\n", .notFound)
        case .seen(let size): text("\(size)\n", .conflict, type: "text/x.tlog.size")
        case .discontinued: text("the checkpoint does not continue the last one\n", .unprocessableContent)
        }
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status, type: String = "text/plain; charset=utf-8") -> Response {
        Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
