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
    /// A temporary file cannot be written.
    case noRoom
}
