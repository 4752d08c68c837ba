import Hummingbird
import Kernel
import Logging

/// What became of a password that somebody typed.
enum PasswordTry {
    case right(LoginAttempt)
    case wrong
    /// Too many failures; how many seconds to wait.
    case wait(Int)
}

extension Edge {
    /// Tries a password. Who waits, and who fails, stands in the ledger and in the log.
    func tryPassword(_ password: String, of login: String, _ request: Request, _ context: WebContext) async throws -> PasswordTry {
        let place = context.place(request, configuration)
        let now = configuration.wallClock.now()
        let attempt = try await desk.beginAttempt(login: login, from: place, at: now)
        if attempt.wait > 0 {
            context.note(.heldBack, attempt.person, place)
            return .wait(attempt.wait)
        }
        var isRight = password.utf8.count <= 1024 && attempt.person != nil
        do {
            func verify() async throws -> Bool { try await passwords.verify(String(password.prefix(1024)), against: attempt.secret) }
            let isSame = attempt.isSlow ? try await slowLane.pass(verify) : try await verify()
            isRight = isRight && isSame
        } catch {
            // The line was too long: nobody has guessed.
            try await desk.dropAttempt(attempt)
            throw error
        }
        if isRight { return .right(attempt) }
        try await desk.attemptFailed(attempt, at: configuration.wallClock.now())
        context.note(.failed, attempt.person, place)
        return .wrong
    }
}

extension WebContext {
    /// One line for who watches the log. Never the name as typed: people type passwords into the wrong field.
    func note(_ event: AccountEvent, _ person: PersonID?, _ place: CallerPlace) {
        logger.info(
            "\(event.rawValue)", metadata: ["person": "\(person.map { String($0.raw) } ?? "unknown")", "address": "\(place.address)"])
    }
}
