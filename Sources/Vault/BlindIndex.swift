import Crypto

/// Finds equal values without opening them: a SHA-256 that begins with a secret block, over domain and value, cut to 64 bits.
///
/// A hash that begins with a secret block is a pseudo-random function as long as no message begins another (Bellare, Canetti, Krawczyk,
/// Pseudorandom functions revisited, 1996), and each message begins with its length. HMAC hashes a second time to need no such rule, and
/// an intake makes dozens of blinds a row.
///
/// Two values of one domain are equal exactly when their blinds are, but for a chance: that any two among ten million different values
/// meet is one to some four hundred thousand.
/// The caller normalises the value first: the blind of `138 0013 8000` is not that of `13800138000`.
package struct BlindIndex: Sendable {
    /// The hash after the key's block, so that a blind costs no more than its own bytes.
    private let begun: SHA256

    /// - Precondition: the key is no longer than a block of SHA-256, 64 bytes.
    init(key: SymmetricKey) {
        precondition(key.bitCount <= 512)
        let block = key.withUnsafeBytes { Array($0) } + Array(repeating: 0, count: 64 - key.bitCount / 8)
        var hash = SHA256()
        block.withUnsafeBytes { hash.update(bufferPointer: $0) }
        begun = hash
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
            // The lengths go first: of the value, so that no message begins another; of the domain, so that no domain with a value can be
            // taken for another.
            let header = 9
            return withUnsafeTemporaryAllocation(byteCount: header + domain.count + bytes.count, alignment: 1) { message in
                message.storeBytes(of: UInt64(bytes.count).bigEndian, as: UInt64.self)
                message[header - 1] = UInt8(domain.count)
                UnsafeMutableRawBufferPointer(rebasing: message[header...]).copyMemory(from: domain)
                UnsafeMutableRawBufferPointer(rebasing: message[(header + domain.count)...]).copyMemory(from: UnsafeRawBufferPointer(bytes))
                var hash = begun
                hash.update(bufferPointer: UnsafeRawBufferPointer(message))
                return hash.finalize().withUnsafeBytes { Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
            }
        }
    }
}
