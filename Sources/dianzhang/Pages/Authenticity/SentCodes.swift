import Courier
import CustomerAuthenticity
import Kernel
import Synchronization
import Web
import WorkCalendar

/// Codes by mail, where no gateway for messages is connected: to the address on file.
struct MailedCodes: CodeDelivery {
    let courier: Courier
    let server: MailServer
    let sender: String
    let clock: Clock
    var way: CodeWay? { .mail }

    func send(_ message: CodeMessage) async throws {
        guard MailMessage.isAddress(message.email) else { throw CodeFault.noAddress }
        let mail = MailMessage(
            sender: sender, recipients: [message.email], subject: "验证码 / Code", text: "\(message.text.zh)\n\(message.text.en)",
            date: clock.now(),
            id: "code-\(message.id)")
        try await courier.send(mail, by: server)
    }
}

/// A demonstration's codes: they go nowhere, and stand on a page for whoever shows it.
final class ShownCodes: CodeDelivery {
    private let sent = Mutex<[(at: Moment, message: CodeMessage)]>([])
    private let clock: Clock
    private static let most = 50

    init(clock: Clock) { self.clock = clock }
    var way: CodeWay? { .demonstration }

    func send(_ message: CodeMessage) async throws {
        let now = clock.now()
        sent.withLock { sent in
            sent.insert((now, message), at: 0)
            if sent.count > Self.most { sent.removeLast() }
        }
    }

    var page: OpenPage {
        OpenPage(
            path: "/demo/messages", title: Words("已发消息（演示）", "Messages sent (demonstration)"), show: { try await self.show($0) },
            take: { request, _ in try await self.show(request) })
    }

    private func show(_ request: OpenRequest) async throws -> OpenResponse {
        let l = request.language
        let lines = sent.withLock { $0 }.map { at, message -> HTML in
            """
            <li><span><b class="number">\(message.telephone)</b> \(message.text[l])</span> <span class="quiet">\(l.moment(at, in: request.now.day))</span></li>
            """
        }
        let list: HTML =
            lines.isEmpty ? "<p class=\"pad\">\(l("还没有发出的消息。", "Nothing was sent yet."))</p>" : "<ul class=\"lines\">\(lines)</ul>"
        return OpenResponse(
            """
            <h1>\(l("已发消息（演示）", "Messages sent (demonstration)"))</h1>
            <p>\(l("演示环境不接通短信网关，验证码显示在这里，代替客户的手机。", "A demonstration has no SMS gateway: codes stand here, in the place of the customer's mobile."))
            <a href="/demo/messages">\(l("刷新", "Look again"))</a></p><section class="sheet">\(list)</section>\(try await people(request))
            """)
    }

    /// The invented customers in whose name a visitor may ask, and what they would answer.
    private func people(_ request: OpenRequest) async throws -> HTML {
        let l = request.language
        var sheets: [HTML] = []
        for customer in DemonstrationQueries.customers {
            let answers = try await DemonstrationQueries.answers(of: customer, request.desk)
            if answers.isEmpty { continue }
            let rows = answers.map { "<dt>\($0.question[l])</dt><dd>\(UserText.html($0.answer, l))</dd>" as HTML }
            sheets.append(
                """
                <section class="sheet"><header><h2>\(UserText.html(customer.name, l))</h2></header><div class="pad"><p>\(l("证件号码", "Document")) <span class="number">\(customer.number)</span> · \(l("保单号", "Policy")) <span class="number">\(customer.policyNo)</span></p><dl class="grid">\(rows)</dl></div></section>
                """)
        }
        return "<h2>\(l("演示客户和他们的回答", "Invented customers, and what they answer"))</h2>\(sheets)"
    }
}
