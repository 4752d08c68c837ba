/// Why something could not be handed over. Details come from the system or the other side and hold no password.
package enum CourierError: Error, Sendable, Equatable {
    /// The address cannot be used: malformed, another protocol than those spoken here, or a line break in it.
    case address(String)
    /// Nobody answers there: no such name, refused, no way.
    case unreachable(String)
    /// No end within the time allowed.
    case slow(seconds: Int)
    /// The other side's certificate is not one that is trusted, or TLS was asked for and is not offered.
    case untrusted(String)
    /// Name or password were refused.
    case login
    /// The other side said no: its code and what it said.
    case refused(code: Int, String)
    /// The answer is longer than anything expected.
    case tooLong
    /// The program is stopping.
    case recalled
    case broken(String)

    package var zh: String {
        switch self {
        case .address(let detail): "地址不能使用（\(detail)）。请核对设置。"
        case .unreachable(let detail): "无法连接（\(detail)）。请检查地址、网络和对方服务。"
        case .slow(let seconds): "对方 \(seconds) 秒内没有完成应答。请检查网络和对方服务。"
        case .untrusted(let detail): "对方的证书不受信任，或者没有提供加密（\(detail)）。请核对证书，内部证书请用 trusted-ca 指明。"
        case .login: "对方拒绝了用户名或密码。请核对设置。"
        case .refused(let code, let said): "对方拒绝（\(code)\(said.isEmpty ? "" : " \(said)")）。请查明原因。"
        case .tooLong: "对方的应答过长。请核对地址是否正确。"
        case .recalled: "程序正在停止，没有完成。"
        case .broken(let detail): "传输中断（\(detail)）。"
        }
    }

    package var en: String {
        switch self {
        case .address(let detail): "The address cannot be used (\(detail)). Check the settings."
        case .unreachable(let detail): "Nobody answers (\(detail)). Check the address, the network and the service."
        case .slow(let seconds): "No end of the answer within \(seconds) seconds. Check the network and the service."
        case .untrusted(let detail):
            "The certificate is not trusted, or encryption is not offered (\(detail)). Check it; name your own authority by trusted-ca."
        case .login: "Name or password were refused. Check the settings."
        case .refused(let code, let said): "The other side refused (\(code)\(said.isEmpty ? "" : " \(said)")). Find out why."
        case .tooLong: "The answer is too long. Check that the address is the right one."
        case .recalled: "The program is stopping; it was not finished."
        case .broken(let detail): "The transfer broke off (\(detail))."
        }
    }
}
