import Courier
import Foundation
import Ledger
import Testing
import WorkCalendar

@testable import Witnessing

struct PlaceTests {
    private func places(_ settings: [String: String]) throws -> [CheckpointPlace] { try CheckpointPlace.all { settings[$0] } }

    @Test func readsEveryKind() throws {
        let key = try Cosigner(name: "w.example", secret: Array(1...32)).witnessKey
        let found = try places([
            "checkpoint-file": "/a b/one.txt, /two.txt", "checkpoint-mail": "a@example.org,b@example.org",
            "smtp-server": "smtp://mail:25", "smtp-user": "u", "smtp-password": "secret", "checkpoint-webhook": "https://u:p@h/x?token=1",
            "checkpoint-webhook-secret": Data(repeating: 7, count: 32).base64EncodedString(),
            "checkpoint-witness": "\(key.text) http://w/", "checkpoint-timestamp": "http://t/",
        ])
        #expect(
            found.map(\.name) == [
                "file /a b/one.txt", "file /two.txt", "mail a@example.org", "mail b@example.org", "webhook https://h/x",
                "witness w.example http://w",
                "timestamp http://t/",
            ])
        #expect(!found.map { $0.words.zh + $0.words.en + $0.name }.joined().contains("secret"))
        #expect(try places([:]).isEmpty)
    }

    @Test(arguments: [
        ["checkpoint-mail": "a@example.org"], ["checkpoint-mail": "a@example.org", "smtp-server": "http://x"],
        ["checkpoint-mail": "a@b\r\nBcc: c@d", "smtp-server": "smtp://x"], ["checkpoint-webhook": "ftp://x"],
        ["checkpoint-webhook": "https://"],
        ["checkpoint-webhook": "https://x", "checkpoint-webhook-secret": "short"], ["checkpoint-witness": "http://w"],
        ["checkpoint-witness": "w+00000000+AAAA http://w"], ["checkpoint-timestamp": "t"], ["checkpoint-file": "/a,/a"],
    ])
    func saysWhatIsWrongWithASetting(settings: [String: String]) {
        #expect(throws: PlaceFault.self) { try places(settings) }
    }

    @Test func rhythms() throws {
        #expect(try CheckpointDelivery.Rhythm("15m").seconds == 900)
        #expect(try CheckpointDelivery.Rhythm("24h").seconds == 86_400)
        for text in ["", "1", "h", "0m", "25h", "1d", "-1h", "99999999999999999999h"] {
            #expect(throws: PlaceFault.self) { try CheckpointDelivery.Rhythm(text) }
        }
        let evening = try #require(Moment(iso: "2026-01-15T23:40:00+08:00"))
        #expect(try CheckpointDelivery.Rhythm("1h").next(after: evening) == .endOfDay(evening.day))
        #expect(try CheckpointDelivery.Rhythm("5m").next(after: evening) == evening.adding(seconds: 300))
    }

    /// The example of Standard Webhooks, as its libraries have it.
    @Test func webhooksAreSignedAsTheStandardSays() throws {
        let secret = try WebhookSigning.secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let headers = WebhookSigning.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Array("{\"test\": 2432232314}".utf8), secret: secret)
        #expect(headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(headers.last?.value == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSigning.headers(id: "a", seconds: 1, body: [], secret: nil).count == 2)
    }

    @Test func aMessageIsPlainAndSafe() throws {
        let message = MailMessage(
            sender: "a@example.org", recipients: ["b@example.org"],
            subject: "典章\r\nBcc: c@example.org " + String(repeating: "长", count: 60),
            text: "一\n\u{2014} x\n", date: try #require(Moment(iso: "2026-11-29T06:12:00Z")), id: "i")
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(text.contains("Date: Sun, 29 Nov 2026 14:12:00 +0800\r\n"))
        #expect(!text.contains("\r\nBcc:") && text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
        for address in ["", "a", "a@", "@b", "a b@c", "a@b\n", "<a@b>", "a@b@c"] { #expect(!MailMessage.isAddress(address)) }
    }

    /// As RFC 2046 has it: a part of words and a part that is the file.
    @Test func aFileGoesWithAMessage() throws {
        let file = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        let message = MailMessage(
            sender: "a@example.org", recipients: ["b@example.org"], subject: "总览", text: "见附件", date: .init(milliseconds: 0),
            id: "overview-7",
            attachment: MailAttachment(name: "overview.pdf", type: "application/pdf", bytes: file))
        let text = String(decoding: message.bytes, as: UTF8.self)
        #expect(text.contains("Content-Type: multipart/mixed; boundary=\"=_overview-7\"\r\n\r\n--=_overview-7\r\n"))
        let parts = text.components(separatedBy: "--=_overview-7")
        #expect(parts.count == 4 && parts[3] == "--\r\n")
        let said = parts[1...2].compactMap { $0.components(separatedBy: "\r\n\r\n").last?.replacing("\r\n", with: "") }
        #expect(said.compactMap { Data(base64Encoded: $0).map(Array.init) } == [Array("见附件".utf8), file])
        #expect(parts[2].contains("Content-Disposition: attachment; filename=\"overview.pdf\""))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    }
}
