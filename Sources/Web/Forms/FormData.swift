import Kernel

/// What a form brought: texts by name, several for one name where it has them, and files.
package struct FormData: Sendable {
    package struct File: Sendable {
        package enum Content: Sendable {
            case bytes([UInt8])
            case temporary(TemporaryFile)
        }
        /// As the browser gave it, without folders and control characters.
        package let name: String
        package let content: Content
        package let size: Int
    }

    private var texts: [String: [String]] = [:]
    private var filesByName: [String: [File]] = [:]

    package init() {}

    /// The first text of this name; empty where there is none.
    package subscript(_ name: String) -> String { texts[name]?.first ?? "" }
    package func all(_ name: String) -> [String] { texts[name] ?? [] }
    package func has(_ name: String) -> Bool { texts[name] != nil }
    package func files(_ name: String) -> [File] { filesByName[name] ?? [] }
    package var names: some Collection<String> { texts.keys }
    var fileNames: some Collection<String> { filesByName.keys }

    package mutating func add(_ name: String, _ text: String) { texts[name, default: []].append(text) }
    /// This text alone under a name.
    mutating func set(_ name: String, _ text: String) { texts[name] = [text] }
    mutating func add(_ name: String, _ file: File) { filesByName[name, default: []].append(file) }
}

extension FormData {
    /// Most fields that one form may bring.
    static let mostFields = 10_000

    /// Reads `a=1&b=%E5%85%B8` as the URL standard has it.
    /// - Throws: `WebFault.unreadable` when there are too many fields, or one is no UTF-8.
    package init(urlEncoded text: some StringProtocol) throws(WebFault) {
        self.init()
        var count = 0
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            count += 1
            guard count <= Self.mostFields else {
                throw .unreadable(Words("表单栏目过多，请分次提交", "The form has too many fields; send it in parts"))
            }
            let equals = pair.firstIndex(of: UInt8(ascii: "="))
            let after = equals.map { pair.index(after: $0) } ?? pair.endIndex
            guard let name = Self.decode(pair[..<(equals ?? pair.endIndex)]), let value = Self.decode(pair[after...]) else {
                throw .notUTF8
            }
            add(name, value)
        }
    }

    /// A part of a path as it reads; `nil` where it is no UTF-8.
    static func decode(part: String) -> String? { decode(part.utf8, plusIsBlank: false) }

    private static func decode(_ bytes: some Collection<UInt8>, plusIsBlank: Bool = true) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at != bytes.endIndex {
            let byte = bytes[at]
            at = bytes.index(after: at)
            if plusIsBlank, byte == UInt8(ascii: "+") {
                out.append(0x20)
            } else if byte == UInt8(ascii: "%"), let (value, next) = escaped(bytes, at) {
                out.append(value)
                at = next
            } else {
                out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func escaped<Bytes: Collection<UInt8>>(_ bytes: Bytes, _ at: Bytes.Index) -> (UInt8, Bytes.Index)? {
        guard at != bytes.endIndex, let high = nibble(bytes[at]) else { return nil }
        let second = bytes.index(after: at)
        guard second != bytes.endIndex, let low = nibble(bytes[second]) else { return nil }
        return (high << 4 | low, bytes.index(after: second))
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static let hex = Array("0123456789ABCDEF".utf8)

    /// A text as it stands in an address: everything but letters, digits and `-._~` is escaped.
    package static func encode(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.append(byte)
            default: out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `?a=1&b=2` of the pairs that are not empty; nothing where all are.
    package static func query(_ pairs: [(String, String)]) -> String {
        let full = pairs.filter { !$0.1.isEmpty }.map { "\(encode($0.0))=\(encode($0.1))" }
        return full.isEmpty ? "" : "?" + full.joined(separator: "&")
    }
}
