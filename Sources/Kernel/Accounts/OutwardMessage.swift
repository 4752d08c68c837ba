import WorkCalendar

/// 外发: a message to somebody outside the house, as it is handed to whoever carries it further.
package struct OutwardMessage: Sendable, Hashable {
    /// By which it is known again: handed over a second time under one key, it leaves once.
    package let key: String
    /// A telephone, or a mail address.
    package let address: String
    package let subject: String
    package let text: String
    /// 短信签名, and the number and version under which the text was filed with the carriers; empty where there are none.
    package let signature: String
    package let template: String
    package let version: Int

    package init(
        key: String, address: String, subject: String = "", text: String, signature: String = "", template: String = "", version: Int = 0
    ) {
        (self.key, self.address, self.subject, self.text) = (key, address, subject, text)
        (self.signature, self.template, self.version) = (signature, template, version)
    }
}

/// What came of handing a message over.
package enum HandingOutcome: Sendable, Hashable {
    /// It was taken over, under this number of the other side's; empty where it gives none. Whether it arrives is told later.
    case taken(String)
    /// There is nobody at this address.
    case noSuchAddress(Words)
    /// What it says, its signature or its template is not let through: trying again changes nothing.
    case unacceptable(Words)
    /// Not now: the other side is busy, or too much was sent.
    case later(Words)
    /// Nobody knows whether it was taken: no answer in time, or one that cannot be read. A time-out is no failure.
    case unsure(Words)
}

/// Whoever carries messages out of the house: a gateway for short messages, a mail server.
package protocol MessageGateway: Sendable {
    func hand(_ message: OutwardMessage, at now: Moment) async throws -> HandingOutcome
}
