import Crypto
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Random nonces of 96 bits, without a system call for each.
///
/// Random nonces are safe for fewer than 2^32 values under one key (NIST SP 800-38D, 8.3): rotate a level's key long before that.
/// The buffer is a page that the kernel wipes in a forked child, so that two processes never draw the same nonce;
/// where the system cannot do that, each nonce is a system call.
final class Nonces: Sendable {
    private let page: Mutex<Page>

    init() { page = Mutex(Page()) }

    func next() -> AES.GCM.Nonce {
        page.withLock { $0.next() } ?? AES.GCM.Nonce()
    }

    #if os(Linux)
        private struct Page: ~Copyable {
            private static let size = 4096
            private static let wipeOnFork: Int32 = 18  // MADV_WIPEONFORK, Linux 4.14
            /// The first eight bytes say how far the page has been used. Zero: never filled, or wiped by a fork.
            private let memory: UnsafeMutableRawPointer?

            init() {
                let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                guard let memory, memory != MAP_FAILED else {
                    self.memory = nil
                    return
                }
                guard madvise(memory, Self.size, Self.wipeOnFork) == 0 else {
                    munmap(memory, Self.size)
                    self.memory = nil
                    return
                }
                self.memory = memory
            }

            deinit { if let memory { munmap(memory, Self.size) } }

            mutating func next() -> AES.GCM.Nonce? {
                guard let memory else { return nil }
                var used = memory.load(as: Int.self)
                if used == 0 || used + 12 > Self.size {
                    guard Self.fill(UnsafeMutableRawBufferPointer(start: memory + 8, count: Self.size - 8)) else { return nil }
                    used = 8
                }
                memory.storeBytes(of: used + 12, as: Int.self)
                return try? AES.GCM.Nonce(data: UnsafeRawBufferPointer(start: memory + used, count: 12))
            }

            /// `getentropy` answers at most 256 bytes at a time.
            private static func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Bool {
                for start in stride(from: 0, to: buffer.count, by: 256) {
                    let chunk = buffer[start..<min(start + 256, buffer.count)]
                    guard getentropy(UnsafeMutableRawBufferPointer(rebasing: chunk).baseAddress, chunk.count) == 0 else { return false }
                }
                return true
            }
        }
    #else
        private struct Page: ~Copyable {
            init() {}
            mutating func next() -> AES.GCM.Nonce? { nil }
        }
    #endif
}
