import Kernel

/// A net with its mask: 192.168.10.0/24, 2001:db8::/32. Two of them either nest or are apart.
package struct IPPrefix: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let length: Int

    package enum Reading: Hashable, Sendable {
        case good(IPPrefix)
        case bad(Words)
    }

    /// - Returns: what is wrong in words: bits behind the mask are refused and not rounded away.
    package static func read(_ text: String) -> Reading {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), var length = Int(parts[1]), parts[1].allSatisfy(\.isNumber),
            parts[1] == "0" || parts[1].first != "0"
        else {
            return .bad(
                Words("“\(text)”不是网段，应如 192.168.10.0/24 或 2001:db8::/32", "“\(text)” is no net; write 192.168.10.0/24 or 2001:db8::/32"))
        }
        // What was written as IPv6 with an IPv4 address in it.
        if !address.isV6, parts[0].contains(":") { length -= 96 }
        guard (0...address.width).contains(length) else {
            return .bad(Words("掩码长度应在 0 到 \(address.width) 之间", "The mask has from 0 to \(address.width) bits"))
        }
        let prefix = IPPrefix(address: address, length: length)
        guard address.value & prefix.hostMask == 0 else {
            let whole = IPPrefix(address: IPAddress(isV6: address.isV6, value: address.value & ~prefix.hostMask), length: length)
            return .bad(
                Words("“\(text)”在掩码之后还有主机位；若指整个网段，请写 \(whole)", "“\(text)” has bits behind its mask; for the whole net write \(whole)"))
        }
        return .good(prefix)
    }

    package init(address: IPAddress, length: Int) { (self.address, self.length) = (address, length) }

    package init?(_ text: String) {
        guard case .good(let prefix) = Self.read(text) else { return nil }
        self = prefix
    }

    package var description: String { "\(address)/\(length)" }

    /// Ones where hosts are counted; also the greatest offset.
    package var hostMask: UInt128 {
        let bits = address.width - length
        return bits == 128 ? .max : (1 << UInt128(bits)) - 1
    }

    package func contains(_ other: IPAddress) -> Bool { other.isV6 == address.isV6 && other.value & ~hostMask == address.value }
    package func contains(_ other: IPPrefix) -> Bool { other.length >= length && contains(other.address) }
    package func overlaps(_ other: IPPrefix) -> Bool { contains(other) || other.contains(self) }

    package subscript(offset: UInt128) -> IPAddress { IPAddress(isV6: address.isV6, value: address.value | offset) }
    package func offset(of other: IPAddress) -> UInt128 { other.value & hostMask }

    /// The offsets that hosts may have: in IPv4 without net and broadcast but for /31 and /32; in IPv6 without the routers' anycast address
    /// but for /127 and /128.
    package var usable: ClosedRange<UInt128> {
        if address.width - length <= 1 { return 0...hostMask }
        return address.isV6 ? 1...hostMask : 1...hostMask - 1
    }

    /// How many hosts it has room for, as far as a number says it.
    package var capacity: UInt128 {
        let (count, isOver) = (usable.upperBound - usable.lowerBound).addingReportingOverflow(1)
        return isOver ? .max : count
    }
}

/// Which offsets of a net are taken, as ranges: 1-5,7.
package struct TakenOffsets: Hashable, Sendable, CustomStringConvertible {
    private var ranges: [ClosedRange<UInt128>] = []

    package init() {}

    package init(_ text: String) {
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-").compactMap { UInt128($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { continue }
            ranges.append(first...last)
        }
    }

    package var description: String {
        ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }

    package var count: UInt128 { ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 } }
    package func contains(_ offset: UInt128) -> Bool { ranges.contains { $0.contains(offset) } }

    package func firstFree(in usable: ClosedRange<UInt128>) -> UInt128? {
        var next = usable.lowerBound
        for range in ranges where range.upperBound >= next {
            if range.lowerBound > next { break }
            if range.upperBound >= usable.upperBound { return nil }
            next = range.upperBound + 1
        }
        return next
    }

    package mutating func insert(_ offset: UInt128) {
        guard !contains(offset) else { return }
        var joined = offset...offset
        ranges.removeAll { range in
            let touches = range.upperBound &+ 1 == joined.lowerBound || joined.upperBound &+ 1 == range.lowerBound
            if touches {
                joined = min(range.lowerBound, joined.lowerBound)...max(range.upperBound, joined.upperBound)
            }
            return touches
        }
        ranges.append(joined)
        ranges.sort { $0.lowerBound < $1.lowerBound }
    }

    package mutating func remove(_ offset: UInt128) {
        ranges = ranges.flatMap { range -> [ClosedRange<UInt128>] in
            guard range.contains(offset) else { return [range] }
            var parts: [ClosedRange<UInt128>] = []
            if range.lowerBound < offset { parts.append(range.lowerBound...offset - 1) }
            if offset < range.upperBound { parts.append(offset + 1...range.upperBound) }
            return parts
        }
    }
}
