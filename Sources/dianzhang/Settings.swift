import Configuration
import Foundation
import SystemPackage

/// Every setting of the program: by flag, by environment (`DIANZHANG_…`), by file, or as it comes; the first that speaks is in force.
struct Settings: Sendable {
    struct Setting: Sendable {
        let name: String
        let zh: String
        let en: String
        let standard: String?
        var isSecret = false

        var key: ConfigKey { ConfigKey(["dianzhang"] + name.split(separator: "-").map(String.init)) }
        var environmentName: String { "DIANZHANG_" + name.uppercased().replacing("-", with: "_") }
    }

    enum Source: String, Sendable { case flag, environment, file, standard }

    static let all = [
        Setting(
            name: "database", zh: "数据库：sqlite:路径 或 postgres://…", en: "sqlite:PATH or postgres://…", standard: "sqlite:dianzhang.sqlite"),
        Setting(name: "key-file", zh: "主密钥文件（权限 0600）", en: "the master key's file (mode 0600)", standard: nil),
        Setting(name: "master-key", zh: "主密钥本身，代替文件", en: "the master key itself, instead of a file", standard: nil, isSecret: true),
        Setting(name: "host", zh: "监听地址", en: "address to listen on", standard: "127.0.0.1"),
        Setting(name: "port", zh: "监听端口", en: "port to listen on", standard: "8080"),
        Setting(name: "https", zh: "经由 https 访问（true/false）", en: "reached by https (true/false)", standard: "false"),
        Setting(
            name: "trusted-proxies", zh: "可信代理的地址或网段，逗号分隔；只信它们写的 X-Forwarded-For",
            en: "addresses or networks of proxies, with commas between; X-Forwarded-For is believed from them alone", standard: nil),
        Setting(name: "log-level", zh: "日志级别", en: "log level", standard: "info"),
    ] + checkpoints

    /// Where checkpoints go; see docs/CHECKPOINTS.md.
    private static let checkpoints = [
        Setting(name: "checkpoint-every", zh: "检查点多久送出一次", en: "how often checkpoints leave", standard: "1h"),
        Setting(name: "checkpoint-file", zh: "检查点追加到的文件，应在另一磁盘", en: "file that checkpoints are added to, on another disk", standard: nil),
        Setting(name: "checkpoint-mail", zh: "检查点寄往的邮箱", en: "mail address that checkpoints go to", standard: nil),
        Setting(name: "checkpoint-webhook", zh: "检查点推送到的地址", en: "address that checkpoints are posted to", standard: nil),
        Setting(
            name: "checkpoint-webhook-secret", zh: "推送的签名密钥（base64）", en: "by which posts are signed (base64)", standard: nil, isSecret: true),
        Setting(name: "checkpoint-witness", zh: "见证方：公钥 地址", en: "witness: KEY ADDRESS", standard: nil),
        Setting(name: "checkpoint-timestamp", zh: "时间戳服务（RFC 3161）", en: "time stamping service (RFC 3161)", standard: nil),
        Setting(name: "smtp-server", zh: "邮件服务器：smtp(s)://主机:端口", en: "mail server: smtp(s)://HOST:PORT", standard: nil),
        Setting(name: "smtp-user", zh: "邮件服务器的用户", en: "user of the mail server", standard: nil),
        Setting(name: "smtp-password", zh: "邮件服务器的密码", en: "password of the mail server", standard: nil, isSecret: true),
        Setting(name: "smtp-sender", zh: "发件地址", en: "sender of mail", standard: nil),
        Setting(
            name: "notice-robot", zh: "群机器人：wecom、dingtalk、feishu 或 webhook，空格后写地址", en: "group robot: wecom, dingtalk, feishu or webhook, a space, its address",
            standard: nil, isSecret: true),
        Setting(name: "notice-robot-secret", zh: "群机器人的签名密钥", en: "secret by which the robot's posts are signed", standard: nil, isSecret: true),
        Setting(name: "sms-gateway", zh: "短信网关的地址", en: "address of the gateway for short messages", standard: nil),
        Setting(
            name: "sms-gateway-secret", zh: "与短信网关共用的签名密钥（base64）；回执也用它签名",
            en: "by which messages to the gateway, and its reports, are signed (base64)", standard: nil, isSecret: true),
        Setting(name: "notice-link", zh: "外发通知里的访问地址", en: "address of this server in notices that leave", standard: nil),
        Setting(name: "trusted-ca", zh: "内部证书机构的证书文件（PEM）", en: "certificates of your own authority (PEM file)", standard: nil),
    ]

    private let readers: [(Source, ConfigReader)]

    /// - Parameters:
    ///   - flags: what was given on the command line, by name.
    ///   - file: a YAML file with `dianzhang:` at its top.
    init(flags: [String: String], file: String?) async throws {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for setting in Self.all {
            if let flag = flags[setting.name] {
                values[AbsoluteConfigKey(setting.key)] = ConfigValue(.string(flag), isSecret: setting.isSecret)
            }
        }
        var readers: [(Source, ConfigReader)] = [
            (.flag, ConfigReader(provider: InMemoryProvider(values: values))),
            (.environment, ConfigReader(provider: EnvironmentVariablesProvider())),
        ]
        if let file {
            readers.append((.file, ConfigReader(provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))))
        }
        self.readers = readers
    }

    /// The value in force and where it comes from. In a file a setting stands under its name, or in steps (`key: {file: …}`).
    func found(_ name: String) -> (value: String, source: Source)? {
        guard let setting = Self.all.first(where: { $0.name == name }) else { preconditionFailure("there is no setting \(name)") }
        for (source, reader) in readers {
            for key in [ConfigKey(["dianzhang", name]), setting.key] {
                if let value = reader.string(forKey: key), !value.isEmpty { return (value, source) }
            }
        }
        return setting.standard.map { ($0, .standard) }
    }

    subscript(_ name: String) -> String? { found(name)?.value }
}
