import Kernel

/// What can be wrong with a request before it reaches the desk.
package enum WebFault: Error, Sendable, Hashable {
    /// Nobody is logged in, or the log-in has ended.
    case loggedOut
    /// Who came in by a one-time word sets the own password before anything else.
    case passwordDue
    /// The form does not carry the word of this log-in, or comes from another site.
    case foreignForm
    /// Too many failed log-ins; how many seconds to wait.
    case tooManyAttempts(seconds: Int)
    /// What was sent is greater than allowed, in bytes.
    case tooLarge(limit: Int)
    /// Neither a form nor JSON.
    case unknownFormat
    /// What was sent cannot be read.
    case unreadable(Words)
    /// The address is not asked by this method; those by which it is.
    case wrongMethod(allowed: [String])
    /// The body came too slowly.
    case tooSlow
    /// Whoever sent the body went away in the middle of it.
    case brokenOff
    /// A temporary file cannot be written.
    case noRoom
}

extension WebFault {
    static let notNext = WebFault.unreadable(Words("after 应为上一页给出的 next", "after must be the next that the page before gave"))
    static let notUTF8 = WebFault.unreadable(Words("内容不是有效的 UTF-8 文字，请改用 UTF-8 编码", "The text is not valid UTF-8; send it in UTF-8"))
}
