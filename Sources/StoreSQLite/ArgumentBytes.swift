import Store

/// The bytes of a statement's arguments, in one piece that stays where it is until the next are bound: SQLite would copy each into memory
/// of its own, and give that back each time.
final class ArgumentBytes {
    private var place = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 16)
    private var count = 0
    private static let most = 1 << 20

    deinit { place.deallocate() }

    /// Makes room for the bytes of all these arguments; those before them are gone.
    func empty(for rows: ArraySlice<[Value]>) {
        count = 0
        // Never nothing at all: an empty text has an address too, since SQLite takes none for NULL.
        let size = rows.reduce(1) { $0 + $1.reduce(0) { $0 + Self.size($1) } }
        guard size > place.count || place.count > Self.most else { return }
        place.deallocate()
        place = .allocate(byteCount: size * 2, alignment: 16)
    }

    private static func size(_ value: Value) -> Int {
        switch value {
        case .text(let text): text.utf8.count
        case .blob(let blob): blob.count
        default: 0
        }
    }

    func keep(_ text: String) -> UnsafeRawBufferPointer {
        var text = text
        return text.withUTF8 { keep(UnsafeRawBufferPointer($0)) }
    }

    func keep(_ blob: [UInt8]) -> UnsafeRawBufferPointer { blob.withUnsafeBytes(keep) }

    private func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let part = UnsafeMutableRawBufferPointer(rebasing: place[count..<(count + bytes.count)])
        part.copyMemory(from: bytes)
        count += bytes.count
        return UnsafeRawBufferPointer(part)
    }
}
