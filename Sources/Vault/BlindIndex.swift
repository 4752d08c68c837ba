import Crypto

/// Finds equal values without opening them: HMAC-SHA-256 (RFC 2104) of domain and value, cut to 64 bits.
///
/// Two values of one domain are equal exactly when their blinds are, but for a chance: that any two among ten million different values
/// meet is one to some four hundred thousand.
/// The caller normalises the value first: the blind of `138 0013 8000` is not that of `13800138000`.
package struct BlindIndex: Sendable {
    /// The two hashes of an HMAC after the key's block, so that a blind costs no more than its own bytes. The library's own HMAC takes
    /// three times as long on messages this short, and an intake makes dozens of blinds a row.
    private let inner: SHA256
    private let outer: SHA256

    /// - Precondition: the key is no longer than a block of SHA-256, 64 bytes.
    init(key: SymmetricKey) {
        precondition(key.bitCount <= 512)
        let block = key.withUnsafeBytes { Array($0) } + Array(repeating: 0, count: 64 - key.bitCount / 8)
        inner = Self.hash(over: block.map { $0 ^ 0x36 })
        outer = Self.hash(over: block.map { $0 ^ 0x5c })
    }

    private static func hash(over block: [UInt8]) -> SHA256 {
        var hash = SHA256()
        block.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash
    }

    /// - Parameters:
    ///   - value: the normalised value.
    ///   - domain: what kind of value it is (phone, account, document...); at most 255 bytes. Equal values of different domains have
    ///     different blinds.
    /// - Returns: the first 64 bits, as a signed number, which both databases can keep.
    package func blind(_ value: String, domain: StaticString) -> Int64 {
        precondition(domain.utf8CodeUnitCount <= 255 && domain.hasPointerRepresentation)
        return blind(value, UnsafeRawBufferPointer(start: domain.utf8Start, count: domain.utf8CodeUnitCount))
    }

    /// The same for a domain that is only known at run time.
    package func blind(_ value: String, domain: String) -> Int64 {
        var domain = domain
        return domain.withUTF8 { bytes in
            precondition(bytes.count <= 255, "a domain is a short word")
            return blind(value, UnsafeRawBufferPointer(bytes))
        }
    }

    private func blind(_ value: String, _ domain: UnsafeRawBufferPointer) -> Int64 {
        var value = value
        return value.withUTF8 { bytes in
            // The domain's length goes first, so that no domain with a value can be taken for another.
            let size = 1 + domain.count + bytes.count
            return withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { message in
                message[0] = UInt8(domain.count)
                UnsafeMutableRawBufferPointer(rebasing: message[1...]).copyMemory(from: domain)
                UnsafeMutableRawBufferPointer(rebasing: message[(1 + domain.count)...]).copyMemory(from: UnsafeRawBufferPointer(bytes))
                var (inner, outer) = (inner, outer)
                inner.update(bufferPointer: UnsafeRawBufferPointer(message))
                inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
                return outer.finalize().withUnsafeBytes { Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
            }
        }
    }
}
