import Kernel
import WorkCalendar

/// How a code came to the person.
package enum CodeWay: String, Choosable {
    case unknown = "", sms, mail, demonstration

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .sms: Words("短信", "SMS")
        case .mail: Words("电子邮件", "E-mail")
        case .demonstration: Words("演示环境的已发消息页", "The demonstration's page of messages")
        }
    }
}

/// A code on its way to a number on file. It says nothing of whom it is for and what it opens: the number may be somebody else's by now.
package struct CodeMessage: Sendable {
    /// Of the document that keeps what became of it.
    package let id: Int64
    /// In which the words of codes were approved.
    package let scope: UnitID
    package let telephone: String
    package let email: String
    package let digits: String
    package let text: Words
}

/// By what codes leave the house; the program sets it. Where nothing is connected, nothing is sent, and whoever asks for a code is told so.
package protocol CodeDelivery: Sendable {
    /// `nil` where nothing is connected.
    var way: CodeWay? { get }
    /// - Throws: what keeps the message from leaving.
    func send(_ message: CodeMessage) async throws
}

/// Nothing is connected.
package struct NoCodeDelivery: CodeDelivery {
    package init() {}
    package var way: CodeWay? { nil }
    package func send(_ message: CodeMessage) async throws { throw CodeFault.notConnected }
}

package enum CodeFault: Error, Sendable {
    case notConnected
    /// By this way the person cannot be reached: no e-mail on file.
    case noAddress
    /// Nobody has this number.
    case noSuchNumber
    /// There are no approved words for codes, or they may not leave.
    case noTemplate, badText
    case refused(Words)

    var words: Words {
        switch self {
        case .notConnected: Words("未接通短信网关", "No gateway for short messages is connected")
        case .noAddress: Words("没有留存电子邮箱", "No e-mail address is on file")
        case .noSuchNumber: Words("号码不存在", "There is no such number")
        case .noTemplate: Words("没有使用中的验证码模板，请先报批", "There is no template for codes in use; have one approved first")
        case .badText: Words("验证码模板不合短信规则", "The template for codes breaks the rules of messages")
        case .refused(let words): words
        }
    }
}

extension QueryCode {
    /// Sends a code that was issued, after its step stands. One that goes to nobody is left.
    /// - Returns: whether it left.
    @discardableResult
    package static func send(_ id: ID<QueryCode>, _ drawn: Drawn, by delivery: any CodeDelivery, _ desk: Desk) async throws -> Bool {
        guard let found = try await desk.load([id]).first, found.state == .issued, !found.value.telephone.isEmpty else { return false }
        let channels = try await desk.inquire(within: found.record.scope) { try QueryChannels.inForce($0) }
        let message = CodeMessage(
            id: id.raw, scope: found.record.scope, telephone: found.value.telephone, email: found.value.email, digits: drawn.digits,
            text: text(drawn.digits, found, channels))
        do {
            try await delivery.send(message)
        } catch {
            let fault = error as? CodeFault, step = if case .noSuchNumber = fault { bounce } else { failToLeave }
            let words = String((fault?.words.zh ?? "发送方未接受").prefix(200))
            try await settle(id, step, desk) { ($0.way, $0.fault) = (delivery.way ?? .unknown, words) }
            return false
        }
        try await settle(id, leave, desk) { $0.way = delivery.way ?? .unknown }
        return true
    }

    private static func settle(
        _ id: ID<QueryCode>, _ step: Step<QueryCode>, _ desk: Desk, _ change: @escaping @Sendable (inout QueryCode) -> Void
    ) async throws {
        do {
            try await desk.take(step, on: id.raw, by: .system) { document in
                guard var code = document as? QueryCode else { return }
                change(&code)
                document = code
            }
        } catch DeskError.conflict {
            // It was typed in, or another was made, before the gateway answered.
        }
    }

    private static func text(_ digits: String, _ found: Found<QueryCode>, _ channels: QueryChannels?) -> Words {
        let minutes = Int((found.value.expires ?? found.record.created).milliseconds - found.record.created.milliseconds) / 60_000
        let hotLine = channels?.hotLine ?? ""
        return Words(
            "验证码\(digits)，\(minutes)分钟内有效。非本人操作请勿告知他人\(hotLine.isEmpty ? "" : "，并致电\(hotLine)")。",
            "Code \(digits), good for \(minutes) minutes. If you did not ask for it, tell nobody\(hotLine.isEmpty ? "" : " and call \(hotLine)")."
        )
    }
}
