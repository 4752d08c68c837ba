import Kernel
import Tables
import WorkCalendar

/// A message as a mail program saves it (.eml, RFC 5322): who wrote it, when, about what, its text, and what its attachments are called.
package struct MailFile: Hashable, Sendable {
    package let address: String, senderName: String
    package let subject: String
    package let date: Moment?
    package let text: String
    package let attachments: [String]

    /// `nil` for what is no message: without a sender, or too large.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.largest, let whole = MailPart(bytes[...]) else { return nil }
        let from = MailWords.decoded(whole["from"] ?? "")
        guard let address = MailWords.address(from) else { return nil }
        self.address = address
        senderName = MailWords.name(from)
        subject = MailWords.decoded(whole["subject"] ?? "").trimmingBlanks
        date = whole["date"].flatMap(MailWords.date)
        var reading = Reading()
        reading.take(whole, depth: 0)
        text = (reading.plain ?? reading.html ?? "").trimmingBlanks
        attachments = reading.attachments
    }

    private static let largest = 20 << 20

    private struct Reading {
        var plain: String?, html: String?
        var attachments: [String] = []
        private static let deepest = 8
        private static let most = 100

        mutating func take(_ part: MailPart, depth: Int) {
            guard depth <= Self.deepest, attachments.count < Self.most else { return }
            let type = part.type
            if type.hasPrefix("multipart/") {
                for inner in part.parts.prefix(Self.most) { take(inner, depth: depth + 1) }
            } else if let name = part.fileName {
                attachments.append(name)
            } else if type == "text/plain" || type.isEmpty, plain == nil {
                plain = part.text
            } else if type == "text/html", html == nil {
                html = MailWords.withoutMarkup(part.text)
            }
        }
    }
}

/// One part of a message: its head in fields, and its body as it stands.
struct MailPart {
    private let fields: [String: String]
    let body: ArraySlice<UInt8>

    init?(_ bytes: ArraySlice<UInt8>) {
        let (head, body) = Self.divided(bytes)
        self.body = body
        var fields: [String: String] = [:], last = ""
        for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
            if line.first == " " || line.first == "\t" {
                fields[last, default: ""] += " " + line.trimmingBlanks
            } else if let colon = line.firstIndex(of: ":") {
                last = line[..<colon].lowercased().trimmingBlanks
                if fields[last] == nil { fields[last] = line[line.index(after: colon)...].trimmingBlanks } else { last = "" }
            } else {
                last = ""
            }
        }
        self.fields = fields
        if fields.isEmpty { return nil }
    }

    subscript(_ name: String) -> String? { fields[name] }

    /// The head ends with the first empty line.
    private static func divided(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
        var place = bytes.startIndex, isAtStart = true
        while place < bytes.endIndex {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
            let line = bytes[place..<end]
            if line.isEmpty || line.elementsEqual([0x0D]) {
                // Blank lines before the head are none of its.
                if !isAtStart { return (bytes[..<place], bytes[min(end + 1, bytes.endIndex)...]) }
            } else {
                isAtStart = false
            }
            place = min(end + 1, bytes.endIndex)
            if end == bytes.endIndex { break }
        }
        return (bytes, bytes[bytes.endIndex...])
    }

    var type: String { (self["content-type"] ?? "").split(separator: ";").first.map { $0.lowercased().trimmingBlanks } ?? "" }

    var fileName: String? {
        let disposition = self["content-disposition"] ?? "", type = self["content-type"] ?? ""
        let name = MailWords.parameter("filename", of: disposition) ?? MailWords.parameter("name", of: type)
        if let name { return name }
        return disposition.lowercased().hasPrefix("attachment") ? "file" : nil
    }

    var text: String { CharsetText.text(decoded, charset: MailWords.parameter("charset", of: self["content-type"] ?? "") ?? "utf-8") }

    private var decoded: [UInt8] {
        switch (self["content-transfer-encoding"] ?? "").lowercased().trimmingBlanks {
        case "base64": MailWords.base64(body)
        case "quoted-printable": MailWords.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// Those of a multipart, between lines of its boundary.
    var parts: [MailPart] {
        guard let boundary = MailWords.parameter("boundary", of: self["content-type"] ?? ""), !boundary.isEmpty else { return [] }
        let mark = Array("--\(boundary)".utf8)
        var parts: [MailPart] = [], start: Int?, place = body.startIndex
        while place < body.endIndex {
            let end = body[place...].firstIndex(of: 0x0A) ?? body.endIndex
            if body[place..<end].starts(with: mark) {
                if let start, let part = MailPart(body[start..<place]) { parts.append(part) }
                if body[place..<end].dropFirst(mark.count).starts(with: [0x2D, 0x2D]) { return parts }
                start = min(end + 1, body.endIndex)
            }
            place = min(end + 1, body.endIndex)
            if end == body.endIndex { break }
        }
        if let start, let part = MailPart(body[start...]) { parts.append(part) }
        return parts
    }
}
