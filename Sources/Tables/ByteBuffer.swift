import Glibc

/// Bytes that grow. Behind the last there is room for one `ByteBlock` of zeros, so that whole blocks can be read.
final class ByteBuffer {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 0) {
        self.capacity = capacity
        base = Self.room(nil, capacity)
        close()
    }

    deinit { free(base) }

    /// Large rooms grow where they are, without being copied.
    private static func room(_ former: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        let room = realloc(former, capacity + ByteBlock.size)
        guard let room else { preconditionFailure("no memory for \(capacity) bytes") }
        return room.assumingMemoryBound(to: UInt8.self)
    }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    func clear() {
        count = 0
        close()
    }

    func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let room = max(wanted, capacity + capacity / 2)
        (base, capacity) = (Self.room(base, room), room)
        close()
    }

    func append(_ more: UnsafeBufferPointer<UInt8>) {
        guard let from = more.baseAddress else { return }
        reserve(count + more.count)
        (base + count).update(from: from, count: more.count)
        count += more.count
        close()
    }

    /// Takes over what `fill` writes into the room behind the last byte; it answers how much that is.
    func append<E: Error>(upTo room: Int, _ fill: (UnsafeMutablePointer<UInt8>) throws(E) -> Int) throws(E) {
        reserve(count + room)
        count += min(try fill(base + count), room)
        close()
    }

    /// Forgets all from here on.
    func cut(at end: Int) {
        count = min(count, end)
        close()
    }

    private func close() { (base + count).update(repeating: 0, count: ByteBlock.size) }
}
