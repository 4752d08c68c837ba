import Courier
import Kernel
import Store
import WorkCalendar

/// Carries notices out of the house to whoever wishes it: by mail at once or gathered each morning, and by a group's robot, which says only
/// that there is something. Who wishes nothing reads them on the page.
///
/// It runs beside the other jobs, so that a mail server that is slow holds up nothing. Several servers may run it: a lease keeps them
/// apart, and each message is claimed before it is sent.
package struct Outbox: Sendable {
    let desk: Desk
    let courier: Courier
    package let ways: OutboxWays
    /// Sets the overview of a person on paper; `nil` where the person has nothing to sum up.
    package typealias Reporting = @Sendable (_ person: PersonID, _ dueOn: Day, _ language: Language) async throws -> OutgoingReport?
    private let reporting: Reporting?

    package init(desk: Desk, courier: Courier, ways: OutboxWays, reporting: Reporting? = nil) {
        self.desk = desk
        self.courier = courier
        self.ways = ways
        self.reporting = reporting
    }

    /// After so many failures a message waits for an administrator.
    static let mostAttempts = 8

    /// Doubled with each failure, from a minute to an hour; seconds.
    static func patience(after attempts: Int) -> Int { min(3600, 60 << min(attempts - 1, 6)) }

    package struct Outcome: Sendable {
        package let message: Int64
        /// `nil` where it left.
        package let fault: Words?
    }

    /// One round of what is due.
    /// - Returns: what was tried; nothing where another server is at it.
    @discardableResult
    package func round() async throws -> [Outcome] {
        if ways.isEmpty { return [] }
        return try await desk.store.withLease("outbox") {
            try await desk.gatherOutgoing(by: ways.known)
            if reporting != nil, ways.known.contains(.mail) { try await desk.gatherReports() }
            var outcomes: [Outcome] = []
            for message in try await desk.dueOutgoing() {
                if let outcome = try await carry(message) { outcomes.append(outcome) }
            }
            return outcomes
        } ?? []
    }

    /// Hands a letter to somebody outside to the house's mail server; `nil` where none is set up.
    package var mailer: (@Sendable (_ address: String, _ subject: String, _ text: String, _ id: String, _ date: Moment) async -> Words?)? {
        guard let server = ways.server, let sender = ways.sender else { return nil }
        return { [courier] address, subject, text, id, date in
            let message = MailMessage(sender: sender, recipients: [address], subject: subject, text: text, date: date, id: id)
            do {
                guard MailMessage.isAddress(address) else { throw CourierError.address(address) }
                try await courier.send(message, by: server)
                return nil
            } catch let error as CourierError {
                return Words(error.zh, error.en)
            } catch {
                return Words("邮件无法交出", "It could not be handed over")
            }
        }
    }

    private func carry(_ message: Outgoing) async throws -> Outcome? {
        let now = desk.clock.now()
        guard try await desk.claim(message, until: now.adding(seconds: courier.seconds + 60)) else { return nil }
        do {
            let content = try await desk.content(of: message)
            var hasLeft = !content.lines.isEmpty
            if hasLeft {
                switch message.way {
                case .mail: try await mail(message, content, at: now)
                case .robot: try await tellRobot(message, content, at: now)
                case .report: hasLeft = try await mailReport(message, content, at: now)
                }
            }
            guard hasLeft else {
                try await desk.settle(message, as: .void)
                return nil
            }
            try await desk.settle(message, as: .left)
            return Outcome(message: message.id, fault: nil)
        } catch CourierError.recalled {
            try await desk.release(message)
            return nil
        } catch let error as CourierError {
            let isDead = message.attempts + 1 >= Self.mostAttempts
            try await desk.fail(
                message, Words(error.zh, error.en), isDead: isDead, again: now.adding(seconds: Self.patience(after: message.attempts + 1)))
            return Outcome(message: message.id, fault: Words(error.zh, error.en))
        } catch let error where !(error is StoreError) && !(error is CancellationError) {
            // It holds up no other.
            let words = Words("通知的内容无法读取", "What it says could not be read")
            let isDead = message.attempts + 1 >= Self.mostAttempts
            try await desk.fail(message, words, isDead: isDead, again: now.adding(seconds: Self.patience(after: message.attempts + 1)))
            return Outcome(message: message.id, fault: words)
        }
    }

    private func mail(_ message: Outgoing, _ content: OutgoingContent, at now: Moment) async throws {
        guard let server = ways.server, let sender = ways.sender else { throw CourierError.address("smtp-server, smtp-sender") }
        let count = content.lines.count
        let words = MailMessage(
            sender: sender, recipients: [content.address],
            subject: "典章：\(count) 条新通知 / \(count) new notice\(count == 1 ? "" : "s")", text: ways.text(content), date: now,
            id: "notice-\(message.id)")
        try await courier.send(words, by: server)
    }

    /// The overview as a PDF; one that may not leave is only spoken of.
    /// - Returns: whether there was anything to sum up.
    private func mailReport(_ message: Outgoing, _ content: OutgoingContent, at now: Moment) async throws -> Bool {
        guard let server = ways.server, let sender = ways.sender else { throw CourierError.address("smtp-server, smtp-sender") }
        guard let report = try await reporting?(message.person, message.reportDay, content.language) else { return false }
        let mayLeave = try await desk.mayLeave(report, message)
        let said = mayLeave ? content : content.saying(OutgoingReport.keptInside)
        let words = MailMessage(
            sender: sender, recipients: [content.address], subject: "典章：总览 \(message.reportDay) / Overview",
            text: ways.text(said, "/overview"), date: now, id: "overview-\(message.id)",
            attachment: mayLeave ? MailAttachment(name: report.name, type: "application/pdf", bytes: report.pdf) : nil)
        try await courier.send(words, by: server)
        return true
    }

    private func tellRobot(_ message: Outgoing, _ content: OutgoingContent, at now: Moment) async throws {
        guard let robot = ways.robot else { throw CourierError.address("notice-robot") }
        let reply = try await courier.post(robot.request(message, content, ways.base, at: now))
        try robot.mustHaveTaken(reply)
    }
}
