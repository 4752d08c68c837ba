/// Reads JSON (RFC 8259) into `JSONValue`. Whole numbers only: no field of a form is a fraction.
package struct JSONReader {
    /// Where and why a text is not JSON as this product takes it.
    package struct Fault: Error, Hashable, Sendable {
        package let offset: Int
        package let words: Words
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private static let depth = 32
    /// So many keys are looked through faster than they are hashed.
    private static let few = 32

    /// - Throws: `Fault`, also where the bytes are no UTF-8.
    package static func read(_ bytes: some Sequence<UInt8>) throws -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault(
                offset: 0, words: Words("内容不是有效的 UTF-8 文字，请改用 UTF-8 编码", "The text is not valid UTF-8; send it in UTF-8"))
        }
        return try read(text)
    }

    package static func read(_ text: String) throws -> JSONValue {
        var text = text
        return try text.withUTF8 { bytes in
            var reader = JSONReader(bytes: bytes)
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.at == bytes.count else { throw reader.fault("多余的内容", "unexpected text after the value") }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private func fault(_ zh: String, _ en: String) -> Fault {
        Fault(offset: at, words: Words("JSON 第 \(at) 字节：\(zh)", "JSON at byte \(at): \(en)"))
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func take(_ word: String) -> Bool {
        let word = Array(word.utf8)
        guard at + word.count <= bytes.count, (0..<word.count).allSatisfy({ bytes[at + $0] == word[$0] }) else { return false }
        at += word.count
        return true
    }

    private mutating func value(depth: Int) throws -> JSONValue {
        guard depth < Self.depth else { throw fault("嵌套过深", "nested too deeply") }
        skipSpace()
        guard at < bytes.count else { throw fault("内容不完整", "ends too early") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try record(depth: depth)
        case UInt8(ascii: "["): return try list(depth: depth)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .whole(try number())
        default:
            if take("null") { return .null }
            if take("true") { return .flag(true) }
            if take("false") { return .flag(false) }
            throw fault("不是有效的值", "not a value")
        }
    }

    private mutating func record(depth: Int) throws -> JSONValue {
        at += 1
        var entries: [JSONValue.Entry] = []
        var known: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .record(entries) }
        while true {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault("此处应为栏目名", "a key is expected") }
            let key = try string()
            // Of two values nobody could say which one counts.
            let isDoubled = entries.count < Self.few ? entries.contains { $0.key == key } : known.contains(key)
            if isDoubled { throw fault("栏目“\(key.prefix(40))”重复", "the key “\(key.prefix(40))” comes twice") }
            if entries.count == Self.few - 1 { known = Set(entries.map(\.key)) }
            if entries.count >= Self.few - 1 { known.insert(key) }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fault("缺少冒号", "a colon is expected") }
            entries.append(.init(key, try value(depth: depth + 1)))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .record(entries) }
            guard take(UInt8(ascii: ",")) else { throw fault("缺少逗号", "a comma is expected") }
        }
    }

    private mutating func list(depth: Int) throws -> JSONValue {
        at += 1
        var list: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .list(list) }
        while true {
            list.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .list(list) }
            guard take(UInt8(ascii: ",")) else { throw fault("缺少逗号", "a comma is expected") }
        }
    }

    private mutating func number() throws -> Int64 {
        let negative = take(UInt8(ascii: "-"))
        var number: Int64 = 0
        let start = at
        while at < bytes.count, case let digit = bytes[at], (0x30...0x39).contains(digit) {
            let (tens, over) = number.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.subtractingReportingOverflow(Int64(digit - 0x30))
            guard !over, !more else { throw fault("数字过大", "the number is too large") }
            number = sum
            at += 1
        }
        guard at > start, at == start + 1 || bytes[start] != UInt8(ascii: "0") else { throw fault("不是数字", "not a number") }
        skipZeroFraction()
        if at < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[at]) {
            throw fault("只接受整数", "only whole numbers are taken")
        }
        guard negative || number != .min else { throw fault("数字过大", "the number is too large") }
        return negative ? number : -number
    }

    /// 3.0 is a whole number too (JSON Schema has it so).
    private mutating func skipZeroFraction() {
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "."), bytes[at + 1] == UInt8(ascii: "0") else { return }
        var end = at + 1
        while end < bytes.count, bytes[end] == UInt8(ascii: "0") { end += 1 }
        let isOver = end == bytes.count || !(0x30...0x39).contains(bytes[end])
        if isOver { at = end }
    }

    private mutating func string() throws -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 { at += 1 }
        guard at < bytes.count else { throw fault("引号未闭合", "a quote is not closed") }
        if bytes[at] == UInt8(ascii: "\"") {
            defer { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }
        at = start
        return try escapedString()
    }

    private mutating func escapedString() throws -> String {
        var out: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): try unescape(into: &out)
            case 0..<0x20: throw fault("文字中有控制字符", "a control character in a text")
            default: out.append(byte)
            }
        }
        throw fault("引号未闭合", "a quote is not closed")
    }

    private mutating func unescape(into out: inout [UInt8]) throws {
        guard at < bytes.count else { throw fault("引号未闭合", "a quote is not closed") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "u"): out += Array(String(try scalar()).utf8)
        default: throw fault("不认识的转义", "an unknown escape")
        }
    }

    private mutating func scalar() throws -> Unicode.Scalar {
        var code = try fourHexDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard take("\\u"), case let low = try fourHexDigits(), (0xDC00..<0xE000).contains(low) else {
                throw fault("不完整的代理对", "half a surrogate pair")
            }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("不完整的代理对", "half a surrogate pair") }
        return scalar
    }

    private mutating func fourHexDigits() throws -> UInt32 {
        guard at + 4 <= bytes.count, let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16) else {
            throw fault("\\u 后应为四位十六进制数", "\\u takes four hexadecimal digits")
        }
        at += 4
        return code
    }
}
