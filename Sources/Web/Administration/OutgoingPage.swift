import Hummingbird
import Kernel

/// 发件记录: what of the notices left the house, for administrators; what was given up can be tried again.
enum OutgoingPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/outgoing", to: routes, show: { call, _, faults in try await show(call, faults) },
            take: [
                "retry": { call, form in try await call.desk.retry(call.named("message", in: form, .notice), by: call.person) }
            ])
    }

    private static func words(_ state: Outgoing.State) -> Words {
        switch state {
        case .waiting: Words("待发", "Waiting")
        case .left: Words("已发出", "Left")
        case .dead: Words("发送失败", "Given up")
        case .void: Words("无需发送", "Nothing to send")
        }
    }

    private static func words(_ way: Outgoing.Way) -> Words {
        switch way {
        case .mail: Words("邮件", "mail")
        case .robot: Words("群机器人", "robot")
        case .report: Words("总览邮件", "overview by mail")
        }
    }

    private static func show(_ call: Call, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let heads = [l("收件人", "To"), l("方式", "By"), l("状态", "State"), l("次数", "Tries"), l("时间", "When"), l("原因", "Why")]
        let rows = try await call.desk.outgoing().map { message -> HTML in
            let way = words(message.way)[l]
            let again: HTML =
                message.state == .dead
                ? """
                <form method="post" action="/admin/outgoing/retry">\(call.csrf)<button class="plain" name="message" \
                value="\(call.ids.word(message.id, .notice))">\(l("重发", "Try again"))</button></form>
                """ : ""
            return """
                <tr><td data-label="\(heads[0])">\(call.organisation.name(message.person)[l])</td><td data-label="\(heads[1])">\(way)</td>\
                <td data-label="\(heads[2])">\(words(message.state)[l])</td><td class="n" data-label="\(heads[3])">\(message.attempts)</td>\
                <td data-label="\(heads[4])">\(l.moment(message.leftAt ?? message.due))</td>\
                <td data-label="\(heads[5])"><span>\(message.fault.map { UserText.html($0[l], l) } ?? "")\(again)</span></td></tr>
                """
        }
        let ways = call.edge.configuration.outgoing
        let none: HTML =
            ways.isEmpty
            ? """
            <p class="pad quiet">\(l("没有连接邮件服务器或群机器人，通知只在页面显示。需要时设置：", "Neither a mail server nor a robot is connected: notices are on the page alone. To connect, set: "))\
            <code>smtp-server</code> <code>smtp-sender</code> <code>notice-robot</code></p>
            """
            : rows.isEmpty ? "<p class=\"pad quiet\">\(l("还没有发出过通知", "Nothing has left yet"))</p>" : ""
        return try await AdministrationForm.page(
            call, l("发件记录", "What left"), here: "/admin/outgoing", faults,
            """
            <section class="sheet"><div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr>\
            </thead><tbody>\(rows)</tbody></table></div>\(none)</section>
            """)
    }
}
