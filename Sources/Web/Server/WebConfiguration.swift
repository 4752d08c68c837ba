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
    /// The greatest file that can be attached to a document, in bytes.
    package var greatestAttachment = 20 << 20

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

    package init(advance: @escaping @Sendable () async throws -> Void) { self.advance = advance }
}
