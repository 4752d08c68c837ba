/// A hash of short texts under a key of this process: nobody outside can make texts that meet. Eight bytes at a time are multiplied in,
/// after Wang Yi's wyhash (2019).
enum KeyedHash {
    private static let keys: (UInt64, UInt64) = (.random(in: .min ... .max), .random(in: .min ... .max))

    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes), (first, second) = keys
        var hash = first ^ UInt64(bytes.count)
        var at = 0
        while at &+ 8 <= raw.count {
            hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self), second)
            at &+= 8
        }
        var rest: UInt64 = 0
        while at < raw.count {
            rest = rest << 8 | UInt64(raw[at])
            at &+= 1
        }
        return mixed(mixed(hash ^ rest, second), first)
    }

    @inline(__always)
    private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }
}
