import Kernel
import WorkCalendar

/// Carries letters that wait to the house's mail server: tried again where it does not take one, given up in sight. Several servers may run
/// it: a lease keeps them apart, and a letter that is carried twice is the same message.
package struct LetterCarrier: Sendable {
    package struct Letter: Sendable {
        package let address: String, subject: String, text: String
        /// The same whenever it is tried.
        package let id: String
        package let date: Moment
    }
    /// Hands one over.
    /// - Returns: why it was not taken; `nil` where it was.
    package typealias Send = @Sendable (Letter) async -> Words?

    /// After so many failures somebody has to look.
    static let mostAttempts = 8
    private static let most = 50

    let desk: Desk
    let send: Send?

    /// - Parameter send: `nil` where the house has no mail server; letters then come back at once, and say so.
    package init(_ desk: Desk, _ send: Send?) { (self.desk, self.send) = (desk, send) }

    /// One round of what is due.
    /// - Returns: why letters were not taken.
    @discardableResult
    package func round() async throws -> [Words] {
        try await desk.store.withLease("letters") {
            let now = desk.clock.now()
            var faults: [Words] = []
            for found in try await desk.all(CustomerLetter.self, in: .queued, limit: Self.most)
            where found.value.nextTry.map({ $0 <= now }) ?? true {
                if let fault = try await carry(found, at: now) { faults.append(fault) }
            }
            return faults
        } ?? []
    }

    private func carry(_ found: Found<CustomerLetter>, at now: Moment) async throws -> Words? {
        guard let send else {
            let words = Words("本系统没有设置邮件服务器，请自行发送后登记，或请管理员设置", "No mail server is set up here")
            try await note(CustomerLetter.giveUp, found, words, at: now)
            return words
        }
        let letter = Letter(
            address: found.value.address, subject: found.value.heading, text: found.value.text, id: found.value.messageID, date: now)
        guard let fault = await send(letter) else {
            try await desk.take(CustomerLetter.taken, on: found.id.raw, by: .system) { _ in }
            return nil
        }
        let isLast = found.value.attempts + 1 >= Self.mostAttempts
        try await note(isLast ? CustomerLetter.giveUp : CustomerLetter.postpone, found, fault, at: now)
        return fault
    }

    private func note(_ step: Step<CustomerLetter>, _ found: Found<CustomerLetter>, _ fault: Words, at now: Moment) async throws {
        try await desk.take(step, on: found.id.raw, by: .system) { document in
            guard var letter = document as? CustomerLetter else { return }
            letter.attempts += 1
            // Doubled with each failure, from a minute to an hour.
            letter.nextTry = now.adding(seconds: min(3600, 60 << min(letter.attempts - 1, 6)))
            letter.fault = fault.zh
            document = letter
        }
    }
}
