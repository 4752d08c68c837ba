import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// What is known of a request besides what it says: where it comes from and who makes it.
struct WebContext: RequestContext {
    /// Who makes a request.
    enum Caller: Sendable {
        case nobody
        /// A browser with a log-in; the token is its cookie.
        case browser(Login, Token)
        /// A program with an API token.
        case program(PersonID)
    }

    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var caller = Caller.nobody
    var language = Language.zh

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    var person: PersonID? {
        switch caller {
        case .nobody: nil
        case .browser(let login, _): login.person
        case .program(let person): person
        }
    }

    /// The address that the request comes from, for slowing down guessers.
    func address(_ request: Request, _ configuration: WebConfiguration) -> String {
        if configuration.trustsProxy, let forwarded = request.headers[.init("X-Forwarded-For")!]?.split(separator: ",").last {
            return String(forwarded.filter { $0 != " " }.prefix(64))
        }
        return channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
