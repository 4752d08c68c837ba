import Foundation
import WorkCalendar

/// Where mail is handed in: `smtp://host:port`, or `smtps://` for TLS from the start. With a user, TLS is required (STARTTLS).
package struct MailServer: Sendable, Hashable {
    package let url: String
    package let user: String?
    package let password: String?

    package init(url: String, user: String? = nil, password: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
    }
}

/// A file that goes with a message; its name is of ASCII letters, figures, dots and hyphens.
package struct MailAttachment: Sendable, Hashable {
    package let name: String
    package let type: String
    package let bytes: [UInt8]

    package init(name: String, type: String, bytes: [UInt8]) { (self.name, self.type, self.bytes) = (name, type, bytes) }
}

/// A message of plain text, with a file where there is one.
package struct MailMessage: Sendable, Hashable {
    package let sender: String
    package let recipients: [String]
    package let subject: String
    package let text: String
    package let date: Moment
    /// Makes it the same message when it is sent again.
    package let id: String
    package let attachment: MailAttachment?

    package init(
        sender: String, recipients: [String], subject: String, text: String, date: Moment, id: String, attachment: MailAttachment? = nil
    ) {
        self.attachment = attachment
        self.sender = sender
        self.recipients = recipients
        self.subject = subject
        self.text = text
        self.date = date
        self.id = id
    }

    /// One address without a name, and nothing by which lines could be put into the head.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"<>()[],;:\\\"".utf8.contains($0) }
    }

    /// As it goes over the wire (RFC 5322). The text goes as base64: servers on the way wrap, join and recode lines, and the lines of a
    /// signature must arrive as they left.
    package var bytes: [UInt8] {
        let domain = sender.split(separator: "@").last ?? "localhost"
        var head = [
            "Date: \(Self.date(date))", "From: <\(sender)>", "To: \(recipients.map { "<\($0)>" }.joined(separator: ", "))",
            "Subject: \(Self.encoded(subject))", "Message-ID: <\(id)@\(domain)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
        ]
        let said = Self.part("text/plain; charset=utf-8", Data(text.replacing("\n", with: "\r\n").utf8))
        guard let attachment else { return Array((head.joined(separator: "\r\n") + "\r\n" + said).utf8) }
        // No line of base64 looks like it.
        let boundary = "=_\(id)"
        head.append("Content-Type: multipart/mixed; boundary=\"\(boundary)\"")
        let file = Self.part(
            attachment.type, Data(attachment.bytes), more: "Content-Disposition: attachment; filename=\"\(attachment.name)\"\r\n")
        let parts = [said, file].map { "--\(boundary)\r\n\($0)" }.joined()
        return Array("\(head.joined(separator: "\r\n"))\r\n\r\n\(parts)--\(boundary)--\r\n".utf8)
    }

    /// What a part is, and its bytes.
    private static func part(_ type: String, _ bytes: Data, more: String = "") -> String {
        "Content-Type: \(type)\r\nContent-Transfer-Encoding: base64\r\n\(more)\r\n\(wrapped(bytes.base64EncodedString()))"
    }

    private static func wrapped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: 76).map { start in
            String(decoding: bytes[start..<min(start + 76, bytes.count)], as: UTF8.self) + "\r\n"
        }.joined()
    }

    /// RFC 2047: words of at most 75 characters, each of whole characters.
    private static func encoded(_ subject: String) -> String {
        var (words, word) = ([String](), "")
        for character in subject where character != "\r" && character != "\n" && character != "\r\n" {
            if (word + String(character)).utf8.count > 42 {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        return (words + [word]).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `Sun, 29 Nov 2026 14:12:00 +0800`
    static func date(_ moment: Moment) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = moment.day
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = "\(two(moment.hour)):\(two(moment.minute)):\(two(moment.second))"
        return "\(names[day.weekday.rawValue - 1]), \(day.day) \(months[day.month - 1]) \(day.year) \(time) +0800"
    }
}
