import Glibc

/// Who is told what an XML part holds. Names come without their prefix.
protocol XMLListener: AnyObject {
    func began(_ name: XMLName, _ attributes: XMLAttributes)
    func ended(_ name: XMLName)
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The local name of an element or an attribute. Valid only while the listener is told of it.
struct XMLName {
    private let start: UnsafePointer<UInt8>
    private let count: Int

    @inline(__always)
    init(_ start: UnsafePointer<UInt8>, count: Int) { (self.start, self.count) = (start, count) }

    /// - Parameter qualified: with its prefix, zero-terminated.
    init(_ qualified: UnsafePointer<CChar>) {
        let local = strchr(qualified, Int32(UInt8(ascii: ":"))).map { UnsafePointer($0) + 1 } ?? qualified
        self.init(UnsafeRawPointer(local).assumingMemoryBound(to: UInt8.self), count: strlen(local))
    }

    @inline(__always)
    static func == (name: XMLName, literal: StaticString) -> Bool {
        name.count == literal.utf8CodeUnitCount && memcmp(name.start, literal.utf8Start, name.count) == 0
    }
}

/// An attribute of an element, with its local name.
struct XMLAttribute {
    let name: XMLName
    let value: UnsafeBufferPointer<UInt8>
}

/// The attributes of an element, by local name. Valid only while the listener is told of it.
struct XMLAttributes {
    /// Names and values in turn, as expat has them.
    private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    private let list: UnsafeBufferPointer<XMLAttribute>

    init(pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>) {
        (self.pairs, list) = (pairs, UnsafeBufferPointer(start: nil, count: 0))
    }

    @inline(__always)
    init(list: UnsafeBufferPointer<XMLAttribute>) { (pairs, self.list) = (nil, list) }

    @inline(__always)
    func bytes(_ wanted: StaticString) -> UnsafeBufferPointer<UInt8>? {
        if let pairs { return Self.bytes(wanted, in: pairs) }
        for attribute in list where attribute.name == wanted { return attribute.value }
        return nil
    }

    private static func bytes(
        _ wanted: StaticString, in pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>
    ) -> UnsafeBufferPointer<UInt8>? {
        var at = 0
        while let name = pairs[at], let value = pairs[at + 1] {
            if XMLName(name) == wanted {
                return UnsafeBufferPointer(start: UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self), count: strlen(value))
            }
            at += 2
        }
        return nil
    }

    @inline(__always)
    func isTrue(_ wanted: StaticString) -> Bool {
        guard let first = bytes(wanted)?.first else { return false }
        return first == UInt8(ascii: "1") || first == UInt8(ascii: "t")
    }

    subscript(wanted: StaticString) -> String? { bytes(wanted).map { String(decoding: $0, as: UTF8.self) } }
}
