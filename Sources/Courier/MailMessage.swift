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

/// A message of plain text.
package struct MailMessage: Sendable, Hashable {
    package let sender: String
    package let recipients: [String]
    package let subject: String
    package let text: String
    package let date: Moment
    /// Makes it the same message when it is sent again.
    package let id: String

    package init(sender: String, recipients: [String], subject: String, text: String, date: Moment, id: String) {
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
        let head = [
            "Date: \(Self.date(date))", "From: <\(sender)>", "To: \(recipients.map { "<\($0)>" }.joined(separator: ", "))",
            "Subject: \(Self.encoded(subject))", "Message-ID: <\(id)@\(domain)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
        ]
        let body = Data(text.replacing("\n", with: "\r\n").utf8).base64EncodedString()
        return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + Self.wrapped(body)).utf8)
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
