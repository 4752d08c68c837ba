import Courier
import Kernel

/// By which ways notices can leave, as the operator has set them up.
package struct OutboxWays: Sendable {
    let server: MailServer?
    let sender: String?
    let robot: GroupRobot?
    /// Where the house is found by its people, for the link below a message; none where it is not set.
    let base: String?

    package init(server: MailServer?, sender: String?, robot: GroupRobot?, base: String?) {
        self.server = server
        self.sender = sender
        self.robot = robot
        self.base = base
    }

    package var known: Set<Outgoing.Way> {
        Set((server != nil && sender != nil ? [.mail] : []) + (robot != nil ? [.robot] : []))
    }
    var isEmpty: Bool { known.isEmpty }

    /// A mail's text: each notice in both languages, and where to read on.
    func text(_ content: OutgoingContent, _ page: String = "/notices") -> String {
        let lines = content.lines.map { "· \($0.zh)\n  \($0.en)" }.joined(separator: "\n")
        let link = base.map { "\n\n查看 / Read on: \($0)\(page)" } ?? ""
        return """
            \(content.name.zh)，您好：

            \(lines)\(link)

            此邮件由典章自动发出。在“通知·接收方式”可以更改或停止。
            Sent by Dianzhang. Change or stop it under Notices, How I am told.
            """
    }
}
