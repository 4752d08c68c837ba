import Courier
import Foundation
import Testing

/// Against sockets that behave badly.
struct CourierTests {
    /// Listens on loopback and gives each who comes the same bytes; with none, it never answers.
    private final class Listener: Sendable {
        let port: Int
        private let descriptor: Int32

        init(_ bytes: [UInt8]?) throws {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &length) == 0
                }
            }
            try #require(isBound)
            self.descriptor = descriptor
            port = Int(UInt16(bigEndian: address.sin_port))
            Thread { Self.serve(descriptor, bytes) }.start()
        }

        private static func serve(_ descriptor: Int32, _ bytes: [UInt8]?) {
            var waiting: [Int32] = []
            while case let guest = accept(descriptor, nil, nil), guest >= 0 {
                guard let bytes else {
                    waiting.append(guest)
                    continue
                }
                var place = [UInt8](repeating: 0, count: 4096)
                _ = read(guest, &place, place.count)
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = rest.withUnsafeBytes { send(guest, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                    if count <= 0 { break }
                    rest = rest.dropFirst(count)
                }
                close(guest)
            }
            for guest in waiting { close(guest) }
        }

        func end() {
            shutdown(descriptor, Int32(SHUT_RDWR))
            close(descriptor)
        }
    }

    private func post(_ port: Int, seconds: Int = 5) async throws -> HTTPReply {
        try await Courier(seconds: seconds).post(HTTPRequest(url: "http://127.0.0.1:\(port)/", body: [1, 2, 3]))
    }

    @Test func theWholeAnswerComesWhateverItsStatus() async throws {
        let listener = try Listener(Array("HTTP/1.1 409 Conflict\r\nContent-Type: Text/X.tlog.size; a=b\r\nContent-Length: 3\r\n\r\n12\n".utf8))
        defer { listener.end() }
        let reply = try await post(listener.port)
        #expect(reply.status == 409 && reply.type == "text/x.tlog.size" && reply.body == Array("12\n".utf8))
    }

    @Test func whoNeverAnswersIsLeftWhenTheTimeIsOver() async throws {
        let listener = try Listener(nil)
        defer { listener.end() }
        await #expect(throws: CourierError.slow(seconds: 1)) { try await post(listener.port, seconds: 1) }
        let mail = MailMessage(
            sender: "a@example.org", recipients: ["b@example.org"], subject: "s", text: "t", date: .init(milliseconds: 0), id: "i")
        await #expect(throws: CourierError.slow(seconds: 1)) {
            try await Courier(seconds: 1).send(mail, by: MailServer(url: "smtp://127.0.0.1:\(listener.port)"))
        }
    }

    @Test func anErrandIsRecalledWhenItsTaskIs() async throws {
        let listener = try Listener(nil)
        defer { listener.end() }
        let task = Task { try await post(listener.port, seconds: 60) }
        task.cancel()
        let started = ContinuousClock.now
        await #expect(throws: CourierError.recalled) { try await task.value }
        #expect(started.duration(to: .now) < .seconds(20))
    }

    @Test func nobodyThereIsSaid() async throws {
        let listener = try Listener([])
        listener.end()
        await #expect {
            try await post(listener.port)
        } throws: { error in
            if case CourierError.unreachable = error { true } else { false }
        }
    }

    @Test func anEndlessAnswerIsCutOff() async throws {
        let listener = try Listener(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + [UInt8](repeating: 65, count: 3 << 20))
        defer { listener.end() }
        await #expect(throws: CourierError.tooLong) { try await post(listener.port) }
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x", "", "http://a\r\nb/", "127.0.0.1"])
    func otherAddressesAreRefused(url: String) async {
        await #expect {
            try await Courier(seconds: 1).post(HTTPRequest(url: url, body: []))
        } throws: { error in
            if case CourierError.address = error { true } else { false }
        }
    }

    @Test func noLineIsPutIntoTheHead() async throws {
        await #expect {
            try await Courier(seconds: 1).post(HTTPRequest(url: "http://127.0.0.1:9/", headers: [(name: "a", value: "b\r\nc: d")], body: []))
        } throws: { error in
            if case CourierError.address = error { true } else { false }
        }
    }
}
