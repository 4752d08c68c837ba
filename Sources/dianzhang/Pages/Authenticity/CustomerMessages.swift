import ArgumentParser
import Courier
import CustomerAuthenticity
import Kernel
import Logging
import Outbox
import Web

/// How messages to customers leave this server, as the operator has set it, and where the gateway reports.
struct CustomerMessages: Sendable {
    let carrier: NoticeCarrier
    private let secret: [UInt8]?

    init(_ settings: Settings, _ desk: Desk, _ ways: OutboxWays) throws {
        let courier = Courier(authorities: settings["trusted-ca"])
        var gateway: ShortMessageGateway?
        if let url = settings["sms-gateway"] {
            gateway = ShortMessageGateway(url: url, secret: settings["sms-gateway-secret"] ?? "", courier: courier)
            guard gateway != nil else {
                throw ValidationError(
                    "sms-gateway 应为 http(s)://…，sms-gateway-secret 应为 24 至 64 字节的 base64；"
                        + "write sms-gateway like https://…, and sms-gateway-secret as base64 of 24 to 64 bytes")
            }
        }
        secret = settings["sms-gateway-secret"].flatMap(WebhookSigning.secret)
        carrier = NoticeCarrier(desk: desk, messages: gateway, mail: ways.mailGateway(courier))
    }

    /// Where the gateway posts what became of messages. Without a secret nobody could be known there, and there is no such address.
    var addresses: [SignedAddress] {
        guard let secret else { return [] }
        return [SignedAddress(path: "/gateway/receipts", secret: secret) { [carrier] report in try await carrier.take(reported: report) }]
    }

    /// Beside the other jobs: a gateway that is slow holds up nothing.
    func run(_ logger: Logger) async {
        while !Task.isCancelled {
            do {
                for outcome in try await carrier.round() {
                    if let fault = outcome.fault { logger.error("a notice to a customer was not handed over: \(fault.en)") }
                }
            } catch { logger.error("a round of notices to customers failed", metadata: ["error": "\(error)"]) }
            try? await Task.sleep(for: .seconds(2))
        }
    }
}
