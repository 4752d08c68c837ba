import Glibc

/// How a part begins: a byte order mark perhaps, and the declaration that says it is XML 1.0 in UTF-8.
enum XMLDeclaration {
    case none
    case plain(length: Int)
    case cut
    case odd

    init(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 5 else {
            self = .cut
            return
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let begin = text.starts(with: mark) ? mark.count : 0
        guard text[begin] == UInt8(ascii: "<"), text[begin + 1] == UInt8(ascii: "?") else {
            self = begin > 0 ? .plain(length: begin) : .none
            return
        }
        guard let close = text.firstIndex(of: UInt8(ascii: ">")) else {
            self = .cut
            return
        }
        self = Self.known.contains(String(decoding: text[begin...close], as: UTF8.self)) ? .plain(length: close + 1) : .odd
    }

    /// As programs write it; any other spelling is left to expat.
    private static let known: Set<String> = {
        var all: Set<String> = []
        for quote in ["\"", "'"] {
            for encoding in ["", " encoding='UTF-8'", " encoding='utf-8'"] {
                for rest in ["", " ", " standalone='yes'", " standalone='no'", " standalone='yes' ", " standalone='no' "] {
                    all.insert("<?xml version='1.0'\(encoding)\(rest)?>".replacing("'", with: quote))
                }
            }
        }
        return all
    }()
}

/// The text of plain XML.
enum XMLText {
    /// It is UTF-8, and has none of the two characters that XML leaves out.
    static func isSound(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let bytes = text.baseAddress else { return true }
        guard UTF8Check.isValid(bytes, count: text.count) else { return false }
        var at = 0
        while let found = memchr(bytes + at, 0xEF, text.count - at) {
            at = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes
            guard at + 2 < text.count, text[at + 1] != 0xBF || text[at + 2] < 0xBE else { return false }
            at += 3
        }
        return true
    }

    /// Has `]]>` in it, which may not stand in a text.
    static func endsSection(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 3 else { return false }
        return (2..<text.count).contains {
            text[$0] == UInt8(ascii: ">") && text[$0 - 1] == UInt8(ascii: "]") && text[$0 - 2] == UInt8(ascii: "]")
        }
    }

    /// Appends the text with its references resolved and its line ends made one. False at a reference that is not plain.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, into decoded: ByteBuffer) -> Bool {
        var at = 0
        var isPlain = true
        decoded.append(upTo: text.count) { room in
            var count = 0
            while at < text.count {
                let byte = text[at]
                at += 1
                if byte == 13 {
                    if at < text.count, text[at] == 10 { at += 1 }
                    room[count] = 10
                    count += 1
                } else if byte == UInt8(ascii: "&") {
                    guard let (scalar, length) = reference(UnsafeBufferPointer(rebasing: text[at...])) else {
                        isPlain = false
                        return 0
                    }
                    at += length
                    for unit in UTF8.encode(scalar) ?? .init() {
                        room[count] = unit
                        count += 1
                    }
                } else {
                    room[count] = byte
                    count += 1
                }
            }
            return count
        }
        return isPlain
    }

    /// What stands behind an `&`, and how long it is with its semicolon.
    private static func reference(_ text: UnsafeBufferPointer<UInt8>) -> (Unicode.Scalar, length: Int)? {
        guard let end = text.prefix(10).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let word = String(decoding: text[..<end], as: UTF8.self)
        switch word {
        case "amp": return ("&", end + 1)
        case "lt": return ("<", end + 1)
        case "gt": return (">", end + 1)
        case "quot": return ("\"", end + 1)
        case "apos": return ("'", end + 1)
        default: break
        }
        let figures = word.hasPrefix("#x") ? word.dropFirst(2) : word.hasPrefix("#") ? word.dropFirst() : ""
        guard figures.utf8.first != UInt8(ascii: "+"), figures.utf8.first != UInt8(ascii: "-"),
            let value = UInt32(figures, radix: word.hasPrefix("#x") ? 16 : 10), value >= 32 || [9, 10, 13].contains(value),
            value & 0xFFFE != 0xFFFE, let scalar = Unicode.Scalar(value)
        else { return nil }
        return (scalar, end + 1)
    }
}
