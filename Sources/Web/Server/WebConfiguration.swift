import Kernel
import Witnessing

/// How the edge is reached and what it is allowed to do.
package struct WebConfiguration: Sendable {
    package var host: String
    package var port: Int
    /// People reach it by https (a proxy in front ends TLS). Cookies are then `Secure` and carry the `__Host-` prefix.
    /// Without https the prefix cannot be had: browsers refuse `Secure` cookies over plain http, and the cookie is called `dianzhang`.
    package var isHTTPS: Bool
    /// The proxies whose `X-Forwarded-For` is believed: a caller's address is the last one that none of them has.
    package var trustedProxies: [TrustedNetwork]
    /// The machine's clock, by which log-ins end. Not the desk's: a demonstration moves that one by days.
    package var wallClock: Clock
    /// The word that the set-up page asks for while there is no person; it is printed on the terminal. `nil`: no set-up page.
    package var setupCode: String?
    /// What a visitor of a demonstration may do; `nil` when this is none.
    package var demonstration: Demonstration?
    /// Where checkpoints go, to be shown to administrators.
    package var checkpoints: CheckpointDelivery?
    /// Where people reach this server, as the operator has set it.
    package var link: String?
    /// By which ways notices leave the house.
    package var outgoing: Set<Outgoing.Way> = []
    /// The greatest file that can be attached to a document, in bytes.
    package var greatestAttachment = 20 << 20
    /// How long a page that follows what happens listens with one request, in seconds; 0 where pages follow nothing.
    package var liveSeconds = 0

    package init(
        host: String, port: Int, isHTTPS: Bool = false, trustedProxies: [TrustedNetwork] = [], wallClock: Clock, setupCode: String? = nil,
        demonstration: Demonstration? = nil
    ) {
        self.host = host
        self.port = port
        self.isHTTPS = isHTTPS
        self.trustedProxies = trustedProxies
        self.wallClock = wallClock
        self.setupCode = setupCode
        self.demonstration = demonstration
    }

    package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// In force: a demonstration shows its doors on loopback only.
    var openDemonstration: Demonstration? { isLoopback ? demonstration : nil }

    /// How a step that signs is signed here without a password: by the open doors of a demonstration alone.
    func opensWithoutPassword(_ login: Login) -> Bool { openDemonstration != nil && login.method == .door }

    var cookieName: String { isHTTPS ? "__Host-dianzhang" : "dianzhang" }
}

/// What a visitor of a demonstration may do besides entering as anybody.
package struct Demonstration: Sendable {
    /// Moves the demonstration's clock to the next working day and runs the jobs that fall due.
    package let advance: @Sendable () async throws -> Void

    /// What to look at first, by roles.
    package let tour: [TourPart]

    package init(tour: [TourPart] = [], advance: @escaping @Sendable () async throws -> Void) {
        (self.tour, self.advance) = (tour, advance)
    }
}

/// Five minutes of a demonstration for one role: whose eyes one looks through, and what to look at, each by one press.
package struct TourPart: Sendable {
    package struct Stop: Sendable {
        let words: Words
        let address: String

        package init(_ zh: String, _ en: String, at address: String) { (words, self.address) = (Words(zh, en), address) }
    }

    let role: Words
    /// The log-in name.
    let login: String
    let stops: [Stop]

    package init(_ zh: String, _ en: String, as login: String, _ stops: [Stop]) {
        (role, self.login, self.stops) = (Words(zh, en), login, stops)
    }
}
