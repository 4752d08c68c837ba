/// An address of IPv4 or IPv6 as a number: what is the same address is equal in whatever way it is written, and 10.0.0.9 comes before
/// 10.0.0.10.
package struct IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let isV6: Bool
    package let value: UInt128

    package init(isV6: Bool, value: UInt128) { (self.isV6, self.value) = (isV6, value) }

    /// Reads 192.0.2.1 or 2001:db8::1. `nil` for anything else: octets with leading zeros, zones, ports. An IPv4 address within IPv6
    /// (`::ffff:192.0.2.1`) is that IPv4 address.
    package init?(_ text: String) {
        if let v4 = Self.v4(text[...]) {
            self.init(isV6: false, value: v4)
        } else if let v6 = Self.v6(text) {
            let isMapped = v6 >> 32 == 0xFFFF
            self.init(isV6: !isMapped, value: isMapped ? v6 & 0xFFFF_FFFF : v6)
        } else {
            return nil
        }
    }

    package var width: Int { isV6 ? 128 : 32 }

    package static func < (one: IPAddress, other: IPAddress) -> Bool {
        one.isV6 == other.isV6 ? one.value < other.value : !one.isV6
    }

    private static func v4(_ text: Substring) -> UInt128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt128 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ ("0"..."9").contains($0) }), part == "0" || part.first != "0",
                let octet = UInt128(part), octet <= 255
            else { return nil }
            value = value << 8 | octet
        }
        return value
    }

    private static func v6(_ text: String) -> UInt128? {
        guard text.utf8.count <= 45, text.contains(":") else { return nil }
        let halves = text.components(separatedBy: "::")
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? number(head) : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 7 else { return nil }
        return number(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    /// Groups of sixteen bits; the last may be an IPv4 address.
    private static func groups(_ text: String) -> [UInt128]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt128] = []
        for (place, part) in parts.enumerated() {
            if part.contains(".") {
                guard place == parts.count - 1, let v4 = v4(part) else { return nil }
                groups += [v4 >> 16, v4 & 0xFFFF]
                continue
            }
            guard (1...4).contains(part.count), part.allSatisfy({ $0.isASCII && $0.isHexDigit }), let group = UInt128(part, radix: 16)
            else {
                return nil
            }
            groups.append(group)
        }
        return groups
    }

    private static func number(_ groups: [UInt128]) -> UInt128 { groups.reduce(0) { $0 << 16 | $1 } }

    /// 192.0.2.1; IPv6 as RFC 5952 has it: 2001:db8::1.
    package var description: String {
        isV6 ? shortened : (0..<4).map { String(value >> UInt128((3 - $0) * 8) & 0xFF) }.joined(separator: ".")
    }

    private var shortened: String {
        let groups = (0..<8).map { value >> UInt128((7 - $0) * 16) & 0xFFFF }
        var best = 0..<0, place = 0
        while place < 8 {
            let run = groups[place...].prefix { $0 == 0 }.count
            if run > max(best.count, 1) { best = place..<place + run }
            place += max(run, 1)
        }
        func text(_ groups: ArraySlice<UInt128>) -> String { groups.map { String($0, radix: 16) }.joined(separator: ":") }
        return best.isEmpty ? text(groups[...]) : "\(text(groups[..<best.lowerBound]))::\(text(groups[best.upperBound...]))"
    }
}

extension String {
    /// The parts between a separator of several characters.
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = [], rest = self[...]
        while let found = rest.firstRange(of: separator) {
            parts.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return parts + [String(rest)]
    }
}
