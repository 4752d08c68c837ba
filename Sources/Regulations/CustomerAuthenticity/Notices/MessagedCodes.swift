import Kernel
import WorkCalendar

/// 验证码短信: a code leaves by the gateway that carries the notices, in the words that compliance approved for codes. It is no notice: it
/// stands in no register, and its digits are kept nowhere.
package struct MessagedCodes: CodeDelivery {
    private let desk: Desk
    private let gateway: any MessageGateway

    init(desk: Desk, gateway: any MessageGateway) { (self.desk, self.gateway) = (desk, gateway) }

    package var way: CodeWay? { .sms }

    package func send(_ message: CodeMessage) async throws {
        let template = try await desk.inquire(within: message.scope) { try MessageTemplate.approved(.code, .sms, $0)?.value }
        guard let template else { throw CodeFault.noTemplate }
        let text = template.filled([.code: message.digits])
        guard MessageText.faults(signature: template.signature, text: text).isEmpty, !OutgoingGuard.looksPersonal(text) else {
            throw CodeFault.badText
        }
        let outward = OutwardMessage(
            key: Self.newKey(), address: message.telephone, text: text, signature: template.signature, template: template.filing,
            version: template.version)
        switch try await gateway.hand(outward, at: desk.clock.now()) {
        // Where nobody knows, whoever waits for it asks for another, and the first is worth nothing then.
        case .taken, .unsure: return
        case .noSuchAddress: throw CodeFault.noSuchNumber
        case .unacceptable(let words), .later(let words): throw CodeFault.refused(words)
        }
    }

    /// Says nothing of whom it is for. A report under it is of no document.
    private static func newKey() -> String {
        "c" + String((0..<20).map { _ in "abcdefghijkmnpqrstuvwxyz23456789".randomElement() ?? "a" })
    }
}
