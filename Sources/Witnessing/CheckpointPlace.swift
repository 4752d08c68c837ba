import Courier
import Foundation
import Kernel
import Ledger

/// One place outside that checkpoints are handed to.
package struct CheckpointPlace: Sendable, Hashable {
    package enum Way: Sendable, Hashable {
        /// Notes are added to the end of a file, best on another disk.
        case file(path: String)
        case mail(to: String, server: MailServer, sender: String)
        /// A POST in the manner of Standard Webhooks; signed with the secret where there is one.
        case webhook(url: String, secret: [UInt8]?)
        /// C2SP tlog-witness.
        case witness(url: String, key: WitnessKey)
        /// RFC 3161.
        case timeStamp(url: String)
    }

    package let way: Way

    package init(_ way: Way) { self.way = way }

    /// What it is called in the database and in the log.
    package var name: String {
        switch way {
        case .file: "file \(target)"
        case .mail: "mail \(target)"
        case .webhook: "webhook \(target)"
        case .witness: "witness \(target)"
        case .timeStamp: "timestamp \(target)"
        }
    }

    package var words: Words { Words("\(title.zh) \(target)", "\(title.en) \(target)") }

    /// Which way it is.
    package var title: Words {
        switch way {
        case .file: Words("文件", "file")
        case .mail: Words("邮件", "mail to")
        case .webhook: Words("推送", "webhook")
        case .witness: Words("见证方", "witness")
        case .timeStamp: Words("时间戳", "time stamp")
        }
    }

    /// Where it leads, without names and passwords.
    package var target: String {
        switch way {
        case .file(let path): path
        case .mail(let to, _, _): to
        case .webhook(let url, _), .timeStamp(let url): Self.bare(url)
        case .witness(let url, let key): "\(key.name) \(Self.bare(url))"
        }
    }

    /// Without name and password, and without what follows the path: there stand tokens.
    private static func bare(_ url: String) -> String {
        guard let scheme = url.range(of: "://") else { return url }
        let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return String(url[..<scheme.upperBound] + rest) }
        return String(url[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }
}

/// A setting that names no place.
package struct PlaceFault: Error, Sendable, Equatable {
    package let words: Words
    package init(_ zh: String, _ en: String) { words = Words(zh, en) }
}

extension CheckpointPlace {
    /// The places that the settings name; several of a kind are divided by commas or lines.
    /// - Parameter setting: what stands under a name.
    /// - Throws: `PlaceFault`, which says what is wrong with which setting.
    package static func all(_ setting: (String) -> String?) throws -> [CheckpointPlace] {
        func list(_ name: String) -> [String] {
            (setting(name) ?? "").split { $0 == "," || $0.isNewline }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        var ways: [Way] = list("checkpoint-file").map { .file(path: $0) }
        ways += try mail(list("checkpoint-mail"), setting)
        let secret = try setting("checkpoint-webhook-secret").map { text in
            guard let secret = WebhookSigning.secret(text) else {
                throw PlaceFault(
                    "checkpoint-webhook-secret 应为 24 至 64 个随机字节的 base64，可用 openssl rand -base64 32 生成。",
                    "checkpoint-webhook-secret must be base64 of 24 to 64 random bytes, as openssl rand -base64 32 makes them.")
            }
            return secret
        }
        ways += try list("checkpoint-webhook").map { .webhook(url: try web($0, "checkpoint-webhook"), secret: secret) }
        ways += try list("checkpoint-witness").map(witness)
        ways += try list("checkpoint-timestamp").map { .timeStamp(url: try web($0, "checkpoint-timestamp")) }
        let places = ways.map(CheckpointPlace.init)
        guard Set(places.map(\.name)).count == places.count else {
            throw PlaceFault("检查点的去处有重复，请核对设置。", "A place for checkpoints is named twice. Check the settings.")
        }
        return places
    }

    private static func mail(_ addresses: [String], _ setting: (String) -> String?) throws -> [Way] {
        if addresses.isEmpty { return [] }
        guard let url = setting("smtp-server"), ["smtp://", "smtps://"].contains(where: { url.lowercased().hasPrefix($0) }) else {
            throw PlaceFault(
                "设置了 checkpoint-mail，还需要 smtp-server：smtp://主机:端口 或 smtps://主机:端口。",
                "checkpoint-mail needs smtp-server as well: smtp://HOST:PORT or smtps://HOST:PORT.")
        }
        let sender = setting("smtp-sender") ?? addresses[0]
        for address in addresses + [sender] where !MailMessage.isAddress(address) {
            throw PlaceFault("“\(address)”不是邮件地址，请核对设置。", "“\(address)” is no mail address. Check the settings.")
        }
        let server = MailServer(url: url, user: setting("smtp-user"), password: setting("smtp-password"))
        return addresses.map { .mail(to: $0, server: server, sender: sender) }
    }

    private static func web(_ url: String, _ name: String) throws -> String {
        guard ["http://", "https://"].contains(where: { url.lowercased().hasPrefix($0) }), URL(string: url)?.host() != nil else {
            throw PlaceFault("\(name) 应写成 http(s)://主机/路径，而不是“\(url)”。", "\(name) must be http(s)://HOST/PATH, not “\(url)”.")
        }
        return url
    }

    private static func witness(_ text: String) throws -> Way {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard parts.count == 2, let key = try? WitnessKey(parsing: parts[0]) else {
            throw PlaceFault(
                "checkpoint-witness 应写成“见证公钥 地址”，公钥是见证方启动时显示的那一行。",
                "checkpoint-witness must be “KEY ADDRESS”; the key is the line that the witness shows at its start.")
        }
        let url = try web(parts[1], "checkpoint-witness")
        return .witness(url: url.hasSuffix("/") ? String(url.dropLast()) : url, key: key)
    }
}
