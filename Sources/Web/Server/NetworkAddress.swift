import Kernel
import NIOCore

/// An address of IPv4 or IPv6 as bytes; one of IPv4 in the dress of IPv6 is one of IPv4.
package struct NetworkAddress: Sendable, Hashable {
    let bytes: [UInt8]

    init?(_ text: some StringProtocol) {
        // A proxy may add a port; brackets stand around IPv6 then.
        var text = String(text).trimmingBlanks
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = String(text[text.index(after: text.startIndex)..<end])
        } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
            text = String(text[..<colon])
        }
        guard let address = try? SocketAddress(ipAddress: text, port: 0), let found = Self.bytes(address) else { return nil }
        bytes = found
    }

    private static func bytes(_ address: SocketAddress) -> [UInt8]? {
        switch address {
        case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            let isDressed = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isDressed ? Array(bytes.suffix(4)) : bytes
        case .unixDomainSocket: return nil
        }
    }

    /// What a caller may be taken for in counting: the address of IPv4, the first 64 bits of IPv6, which one household can use as it likes.
    var network: String {
        bytes.count == 4
            ? bytes.map(String.init).joined(separator: ".")
            : stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
                + "::/64"
    }
}

/// An address, or all that begin with the same bits.
package struct TrustedNetwork: Sendable, Hashable {
    private let address: NetworkAddress
    private let bits: Int

    /// - Parameter text: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`; `nil` when it is none of these.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = NetworkAddress(first) else { return nil }
        let most = address.bytes.count * 8
        guard let bits = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(bits) else { return nil }
        (self.address, self.bits) = (address, bits)
    }

    func contains(_ other: NetworkAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return other.bytes[bit / 8] & mask == address.bytes[bit / 8] & mask
        }
    }
}

extension CallerPlace {
    /// - Parameters:
    ///   - peer: who holds the connection.
    ///   - forwarded: the values of `X-Forwarded-For`; believed only as far as trusted proxies have written them, from the last one back.
    init(peer: String?, forwarded: [String], trusted: [TrustedNetwork]) {
        guard let peer, var found = NetworkAddress(peer) else {
            self.init(address: peer ?? "unknown", network: peer ?? "unknown")
            return
        }
        var address = peer
        var hops = forwarded.joined(separator: ",").split(separator: ",").map { String($0).trimmingBlanks }
        while trusted.contains(where: { $0.contains(found) }), let hop = hops.popLast(), let next = NetworkAddress(hop) {
            (found, address) = (next, hop)
        }
        self.init(address: String(address.prefix(64)), network: found.network)
    }
}
