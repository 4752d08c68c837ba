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
        /// A program with an API token, as far as this server knows.
        case program(APITokens.Known)
    }

    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    var caller = Caller.nobody
    var language = Language.zh
    /// As it stood when a browser's log-in was found; `nil` where none is.
    var organisation: Organisation?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    var person: PersonID? {
        switch caller {
        case .nobody: nil
        case .browser(let login, _): login.person
        case .program(let known): known.person
        }
    }

    /// Where the request comes from, for slowing down who guesses and for the record of log-ins.
    func place(_ request: Request, _ configuration: WebConfiguration) -> CallerPlace {
        CallerPlace(
            peer: channel.remoteAddress?.ipAddress, forwarded: request.headers[values: .init("X-Forwarded-For")!],
            trusted: configuration.trustedProxies)
    }
}
