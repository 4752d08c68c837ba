import Foundation
import Glibc
import Kernel
import Synchronization

/// A gateway for short messages, by HTTP on loopback: it takes a message once for each key, and answers as it is told to: at once, late, with
/// an error, or not at all.
final class GatewayServer: Sendable {
    enum Reaction: Sendable {
        /// Takes it and says so.
        case take
        /// Takes it, and says so after so many seconds.
        case takeLate(seconds: Double)
        /// Takes it, and breaks off.
        case takeAndHangUp
        /// Takes nothing and answers.
        case answer(Int, String)
    }

    struct Came: Sendable {
        let key: String
        let to: String
        let text: String
        let signature: String
        let template: String
        let version: Int64
        let heads: [String: String]
        let body: [UInt8]
    }

    let port: Int
    private let descriptor: Int32
    private let state: Mutex<State>

    private struct State {
        var react: @Sendable (Came, Int) -> Reaction
        var came: [Came] = []
        /// What was taken, by its key: what really goes out.
        var taken: [String: String] = [:]
    }

    /// - Parameter react: what is done with a request and how many came before it.
    init(_ react: @escaping @Sendable (Came, Int) -> Reaction = { _, _ in .take }) throws {
        state = Mutex(State(react: react))
        (descriptor, port) = try LoopbackSocket.listen()
        let descriptor = descriptor
        Thread { [self] in
            while case let guest = accept(descriptor, nil, nil), guest >= 0 { Thread { self.serve(guest) }.start() }
        }.start()
    }

    var url: String { "http://127.0.0.1:\(port)/messages" }
    /// Every request that came, the same message more than once.
    var came: [Came] { state.withLock { $0.came } }
    /// How many messages really went out.
    var sent: Int { state.withLock { $0.taken.count } }
    func number(of key: String) -> String? { state.withLock { $0.taken[key] } }
    func react(_ react: @escaping @Sendable (Came, Int) -> Reaction) { state.withLock { $0.react = react } }

    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve(_ guest: Int32) {
        defer { close(guest) }
        guard let (heads, body) = LoopbackSocket.request(guest), let json = try? JSONReader.read(body) else { return }
        let came = Came(
            key: json["key"].text ?? "", to: json["to"].text ?? "", text: json["text"].text ?? "", signature: json["signature"].text ?? "",
            template: json["template"].text ?? "", version: json["version"].whole ?? 0, heads: heads, body: body)
        let reaction = state.withLock { state in
            let reaction = state.react(came, state.came.count)
            state.came.append(came)
            if case .answer = reaction { return reaction }
            if state.taken[came.key] == nil { state.taken[came.key] = "G\(state.taken.count + 1)" }
            return reaction
        }
        let taken = "{\"id\":\"\(number(of: came.key) ?? "")\"}"
        switch reaction {
        case .take: LoopbackSocket.answer(guest, 200, taken)
        case .takeLate(let seconds):
            Thread.sleep(forTimeInterval: seconds)
            LoopbackSocket.answer(guest, 200, taken)
        case .takeAndHangUp: return
        case .answer(let status, let body): LoopbackSocket.answer(guest, status, body)
        }
    }
}

/// A mail server on loopback that speaks as much of SMTP as it takes to hand a message in.
final class MailboxServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let letters = Mutex<[(to: String, content: String)]>([])

    /// - Parameter refusing: the answer to a recipient, where it is no yes: `550 no such mailbox`.
    init(refusing: @escaping @Sendable (String) -> String? = { _ in nil }) throws {
        (descriptor, port) = try LoopbackSocket.listen()
        let descriptor = descriptor
        Thread { [self] in
            while case let guest = accept(descriptor, nil, nil), guest >= 0 { Thread { self.serve(guest, refusing) }.start() }
        }.start()
    }

    var url: String { "smtp://127.0.0.1:\(port)" }
    var came: [(to: String, content: String)] { letters.withLock { $0 } }

    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve(_ guest: Int32, _ refusing: (String) -> String?) {
        defer { close(guest) }
        func say(_ line: String) { LoopbackSocket.write(guest, line + "\r\n") }
        var reader = LineReader(guest), recipient = ""
        say("220 mail.example.org")
        while let line = reader.next() {
            switch line.prefix(4).uppercased() {
            case "EHLO", "HELO": say("250 mail.example.org")
            case "RCPT":
                recipient = String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
                say(refusing(recipient) ?? "250 OK")
            case "DATA":
                say("354 go on")
                var content = ""
                while let part = reader.next(), part != "." { content += part + "\n" }
                let (to, text) = (recipient, content)
                letters.withLock { $0.append((to, text)) }
                say("250 OK")
            case "QUIT":
                say("221 bye")
                return
            default: say("250 OK")
            }
        }
    }
}

/// Lines as a socket brings them.
private struct LineReader {
    let descriptor: Int32
    private var rest: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    mutating func next() -> String? {
        while true {
            if let end = rest.firstIndex(of: 10) {
                let line = String(decoding: rest[..<end].filter { $0 != 13 }, as: UTF8.self)
                rest.removeSubrange(...end)
                return line
            }
            var place = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &place, place.count)
            if count <= 0 { return nil }
            rest += place[..<count]
        }
    }
}

enum LoopbackSocket {
    struct Fault: Error {}

    static func listen() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && Glibc.listen(descriptor, 64) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Fault() }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// One request: its heads by small names, and its body.
    static func request(_ guest: Int32) -> (heads: [String: String], body: [UInt8])? {
        var bytes: [UInt8] = [], place = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = firstEnd(of: bytes) {
                let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n").dropFirst()
                let heads = Dictionary(
                    lines.compactMap { line -> (String, String)? in
                        guard let colon = line.firstIndex(of: ":") else { return nil }
                        return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
                    }) { $1 }
                let length = Int(heads["content-length"] ?? "") ?? 0
                if bytes.count >= end + 4 + length { return (heads, Array(bytes[(end + 4)..<(end + 4 + length)])) }
            }
            let count = read(guest, &place, place.count)
            if count <= 0 { return nil }
            bytes += place[..<count]
        }
    }

    private static func firstEnd(of bytes: [UInt8]) -> Int? {
        bytes.indices.dropLast(3).first { bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10 }
    }

    static func answer(_ guest: Int32, _ status: Int, _ body: String) {
        write(
            guest,
            "HTTP/1.1 \(status) -\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
    }

    static func write(_ guest: Int32, _ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(guest, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }
}
