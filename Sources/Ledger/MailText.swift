import Foundation

/// The texts of a saved mail (RFC 5322, MIME): enough of it to find a checkpoint again that left by mail, whatever servers on the way
/// made of its encoding.
enum MailText {
    /// The decoded parts; the text as it is where it is no mail.
    static func parts(of text: String) -> [String] {
        let plain = text.replacing("\r\n", with: "\n")
        guard let (head, body) = split(plain), head["content-type"] != nil || head["mime-version"] != nil || head["received"] != nil else {
            return [text]
        }
        return parts(head, body, depth: 0)
    }

    private static func parts(_ head: [String: String], _ body: Substring, depth: Int) -> [String] {
        let type = head["content-type"] ?? "text/plain"
        guard type.lowercased().hasPrefix("multipart/"), depth < 5, let boundary = parameter("boundary", of: type) else {
            return [decoded(body, head["content-transfer-encoding"]?.trimmingCharacters(in: .whitespaces).lowercased() ?? "")]
        }
        return separated(body, by: boundary).flatMap { part -> [String] in
            guard let (head, body) = split(String(part)) else { return [String(part)] }
            return parts(head, body, depth: depth + 1)
        }
    }

    private static func separated(_ body: Substring, by boundary: String) -> [String] {
        var parts: [String] = [], lines: [Substring]?
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--" + boundary) {
                if let lines { parts.append(lines.joined(separator: "\n")) }
                lines = line.hasPrefix("--\(boundary)--") ? nil : []
            } else {
                lines?.append(line)
            }
        }
        return parts
    }

    /// The fields of a head by their names in small letters, and the body; `nil` where there is no head.
    private static func split(_ text: String) -> ([String: String], Substring)? {
        guard let gap = text.hasPrefix("\n") ? text.startIndex..<text.startIndex : text.range(of: "\n\n") else { return nil }
        var fields: [String: String] = [:], last: String?
        for line in text[..<gap.lowerBound].split(separator: "\n") {
            if line.first == " " || line.first == "\t", let last {
                fields[last, default: ""] += " " + line.trimmingCharacters(in: .whitespaces)
            } else if let colon = line.firstIndex(of: ":"), line[..<colon].allSatisfy({ $0.isASCII && $0 != " " }) {
                let name = line[..<colon].lowercased()
                fields[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                last = name
            } else if !line.hasPrefix("From ") {
                return nil
            }
        }
        return (fields, text[gap.upperBound...])
    }

    private static func parameter(_ name: String, of field: String) -> String? {
        for part in field.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if pair.count == 2, pair[0].lowercased() == name { return pair[1].trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
        }
        return nil
    }

    private static func decoded(_ body: Substring, _ encoding: String) -> String {
        switch encoding {
        case "base64":
            let data = Data(base64Encoded: String(body), options: .ignoreUnknownCharacters) ?? Data()
            return String(decoding: data, as: UTF8.self)
        case "quoted-printable": return quotedPrintable(body)
        default: return String(body)
        }
    }

    private static func quotedPrintable(_ body: Substring) -> String {
        var bytes: [UInt8] = []
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            var rest = Array(line.utf8)[...]
            while rest.last == 0x20 || rest.last == 0x09 { rest.removeLast() }
            let isBroken = rest.last == UInt8(ascii: "=")
            if isBroken { rest.removeLast() }
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "="), rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                    bytes.append(code)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            }
            if !isBroken { bytes.append(0x0a) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
