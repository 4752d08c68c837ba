import Glibc

/// What each byte may be in plain XML, looked up.
struct ByteKinds {
    static let nameStart: UInt8 = 1
    static let name: UInt8 = 2
    static let space: UInt8 = 4
    static let quote: UInt8 = 8
    /// Ends a text: `<`, and what no XML may hold, a zero among it.
    static let stop: UInt8 = 16
    /// Part of a character of several bytes.
    static let high: UInt8 = 32
    /// May not stand for itself: `&`, `]`, a carriage return.
    static let careful: UInt8 = 64
    /// Becomes a space in an attribute.
    static let lineEnd: UInt8 = 128

    /// Made once and kept as long as the program runs.
    private nonisolated(unsafe) static let all: UnsafePointer<UInt8> = {
        let kinds = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for byte in UInt8.min...UInt8.max { kinds[Int(byte)] = kind(of: byte) }
        return UnsafePointer(kinds)
    }()

    private let kinds = ByteKinds.all

    @inline(__always)
    subscript(byte: UInt8) -> UInt8 { kinds[Int(byte)] }

    private static func kind(of byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): nameStart | name
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"): name
        case 32: space
        case 9, 10: space | lineEnd
        case 13: space | lineEnd | careful
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote
        case UInt8(ascii: "&"), UInt8(ascii: "]"): careful
        case 0..<32, UInt8(ascii: "<"): stop
        case 128...: high
        default: 0
        }
    }
}

/// The elements that have begun and not ended, by their names with prefix. Whoever makes it lets go of it by `deallocate`.
struct OpenElements {
    private let names = UnsafeMutablePointer<UInt8>.allocate(capacity: OpenElements.deepest * OpenElements.longest)
    private let sizes = UnsafeMutablePointer<(count: Int, local: Int)>.allocate(capacity: OpenElements.deepest)
    private var depth = 0

    private static let deepest = 64
    private static let longest = 64

    func deallocate() {
        names.deallocate()
        sizes.deallocate()
    }

    @inline(__always)
    var isEmpty: Bool { depth == 0 }

    /// How long the last one's name is, and where in it the local part begins.
    @inline(__always)
    var last: (count: Int, local: Int) { depth > 0 ? sizes[depth - 1] : (0, 0) }

    /// False for a name too long, or too many elements in each other.
    @inline(__always)
    mutating func push(_ name: UnsafeBufferPointer<UInt8>, local: Int) -> Bool {
        guard depth < Self.deepest, name.count <= Self.longest else { return false }
        let room = names + depth * Self.longest
        for index in 0..<name.count { room[index] = name[index] }
        sizes[depth] = (name.count, local)
        depth += 1
        return true
    }

    /// - Parameter bytes: as many as the last one's name has must be readable.
    @inline(__always)
    func lastEquals(_ bytes: UnsafePointer<UInt8>) -> Bool {
        guard depth > 0 else { return false }
        let name = names + (depth - 1) * Self.longest
        for index in 0..<sizes[depth - 1].count where name[index] != bytes[index] { return false }
        return true
    }

    @inline(__always)
    mutating func pop() { depth = max(depth - 1, 0) }
}

/// The attributes of one element. Whoever makes it lets go of it by `deallocate`.
struct AttributeList {
    private let found = UnsafeMutablePointer<XMLAttribute>.allocate(capacity: AttributeList.most)
    private let names = UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>.allocate(capacity: AttributeList.most)
    private var count = 0

    private static let most = 64

    func deallocate() {
        found.deallocate()
        names.deallocate()
    }

    @inline(__always)
    var attributes: XMLAttributes { XMLAttributes(list: UnsafeBufferPointer(start: found, count: count)) }

    @inline(__always)
    mutating func clear() { count = 0 }

    /// False if the element has one of this name, or very many.
    @inline(__always)
    mutating func append(_ name: UnsafeBufferPointer<UInt8>, local: Int, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count < Self.most, let start = name.baseAddress else { return false }
        for index in 0..<count where names[index].count == name.count && names[index][0] == name[0] {
            if names[index].elementsEqual(name) { return false }
        }
        names[count] = name
        found[count] = XMLAttribute(name: XMLName(start + local, count: name.count - local), value: value)
        count += 1
        return true
    }
}
