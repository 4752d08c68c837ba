import Foundation
import Glibc

/// Stands between a store and a PostgreSQL server and loses a connection at a COMMIT: on its way there, or on the way of its answer.
package final class LosingProxy: @unchecked Sendable {
    package enum Loss: Sendable, CaseIterable { case commit, answer }

    private let lock = NSLock()
    private var losses: [Loss] = []
    private let folder: URL
    private let server: String
    private var listener: Int32 = -1
    private static let name = ".s.PGSQL.5432"

    /// The address of the same place through the proxy.
    package let address: String

    /// - Parameter place: on a server that is reached by a socket in a folder (`host=/…`), as bin/postgres starts it.
    package init(to place: TestPlace) throws {
        guard let start = place.address.range(of: "host=/")?.upperBound else { throw POSIXError(.EINVAL) }
        let host = "/" + place.address[start...].prefix { $0 != "&" }
        // The path of a socket is short.
        folder = URL(filePath: "/tmp/lp\(UInt32.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        server = "\(host)/\(Self.name)"
        address = place.address.replacingOccurrences(of: "host=\(host)", with: "host=\(folder.path)")
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = Self.withAddress("\(folder.path)/\(Self.name)") { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 64) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [self] in accept() }
    }

    /// The next COMMITs are lost, in this order.
    package func lose(_ next: Loss...) { lock.withLock { losses += next } }

    package var hasLostAll: Bool { lock.withLock { losses.isEmpty } }

    package func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
        try? FileManager.default.removeItem(at: folder)
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            guard Self.withAddress(server, { connect(upstream, $0, $1) }) == 0 else {
                Glibc.close(client)
                continue
            }
            let pair = Pair(client: client, server: upstream)
            Thread.detachNewThread { [self] in sendOn(pair) }
            Thread.detachNewThread { pair.answer() }
        }
    }

    private func sendOn(_ pair: Pair) {
        while let bytes = Self.read(pair.client) {
            let isCommit = bytes.contains("COMMIT\0")
            let loss = isCommit ? lock.withLock { losses.isEmpty ? nil : losses.removeFirst() } : nil
            if loss == .commit { break }
            if loss == .answer { pair.losesAnswer() }
            guard Self.write(bytes, to: pair.server) else { break }
        }
        pair.end()
    }

    /// The two ends of a connection.
    private final class Pair: @unchecked Sendable {
        let client: Int32
        let server: Int32
        private let lock = NSLock()
        private var isLosing = false

        init(client: Int32, server: Int32) { (self.client, self.server) = (client, server) }

        deinit {
            Glibc.close(client)
            Glibc.close(server)
        }

        func losesAnswer() { lock.withLock { isLosing = true } }

        func answer() {
            while let bytes = LosingProxy.read(server) {
                // The server has done it, and nobody hears of it.
                if lock.withLock({ isLosing }) { break }
                guard LosingProxy.write(bytes, to: client) else { break }
            }
            end()
        }

        func end() {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
    }

    private static func read(_ end: Int32) -> Data? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = Glibc.read(end, &buffer, buffer.count)
        return count > 0 ? Data(buffer[..<count]) : nil
    }

    private static func write(_ bytes: Data, to end: Int32) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(end, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}

extension Data {
    fileprivate func contains(_ text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
