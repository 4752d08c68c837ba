import WorkCalendar

/// Who takes a step: a person, in the own name or as somebody's delegate; or the system.
package struct Principal: Sendable, Hashable {
    package let person: PersonID
    /// Whose delegate the person is in this act.
    package let behalf: PersonID?
    /// How the edge made sure, for a step that signs, that it is this person.
    package let signature: Signature?
    /// The version of the organisation at which the edge knew who this is. At another one the act is not taken: `StaleCaller`.
    package let seen: Int64?
    /// By which request: what it asks for is done once, however often it comes.
    package let request: RequestKey?

    package init(
        _ person: PersonID, onBehalfOf behalf: PersonID? = nil, signed signature: Signature? = nil, seen: Int64? = nil,
        request: RequestKey? = nil
    ) {
        self.person = person
        self.behalf = behalf
        self.signature = signature
        self.seen = seen
        self.request = request
    }

    /// The program itself: nightly jobs, intakes, steps that follow from other steps. Person 0 in the ledger.
    package static let system = Principal(.none)
    package var isSystem: Bool { person.isNone }

    /// The same for one act among several that one request leads to, each by a name of its own: sent again, each is done once.
    package func part(_ name: String) -> Principal {
        Principal(person, onBehalfOf: behalf, signed: signature, seen: seen, request: request?.part(name))
    }
    /// The person whose posts count.
    package var effective: PersonID { behalf ?? person }
}

/// The organisation has changed since the edge learned who calls: it asks again, and then either takes the act anew or refuses the caller.
package struct StaleCaller: Error {
    package init() {}
}

extension Organisation {
    /// - Parameter seen: the version at which a caller was known; `nil` where he was known in this very moment.
    func requireSeen(_ seen: Int64?) throws {
        if let seen, seen != version { throw StaleCaller() }
    }
}

/// 签署: by what a person has shown, in the very act, to be that person.
package enum Signature: String, Sendable, Hashable {
    /// The password was given within the last minutes.
    case password
    /// A program's token that may sign.
    case token
    /// A demonstration lets everybody in without a password.
    case demonstration

    /// What the trail says of it.
    package var words: Words {
        switch self {
        case .password: Words("已验证本人密码，签署", "Signed; the password was given")
        case .token: Words("凭有签署权限的接口令牌签署", "Signed by an API token that may sign")
        case .demonstration: Words("演示环境签署，未验证密码", "Signed in the demonstration, without a password")
        }
    }
}

/// The only source of "now". One file of the program makes it from the machine's clock; tests and the demonstration move it.
package struct Clock: Sendable {
    package let now: @Sendable () -> Moment
    package init(_ now: @escaping @Sendable () -> Moment) { self.now = now }
}
