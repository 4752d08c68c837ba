import Store
import WorkCalendar

/// Hashes of passwords, sealed with whose they are: one that somebody writes into the database, or copies from another person, is none.
extension Transaction {
    /// - Parameter until: of a one-time word.
    func setSecret(of person: PersonID, hash: String, onceUntil until: Moment?) throws {
        let believed: [Value] = [.int(person.raw), .text(hash), .int(until?.milliseconds ?? 0)]
        let seal = desk.seal(.password, believed)
        try stating(.person, person.raw) {
            try $0.execute("UPDATE person SET secret = $2, once_until = $3, secret_seal = $4 WHERE id = $1", believed + [.blob(seal)])
        }
    }
}

extension Desk {
    struct Believed {
        let person: PersonID
        let secret: String?
        /// Of a one-time word.
        let onceUntil: Moment?
    }

    /// Who is in service under a log-in name, with the hash of the password where the program set it.
    func believed(login: String, _ session: any Session) throws -> Believed? {
        try session.first(
            "SELECT id, secret, once_until, secret_seal FROM person WHERE login = $1 AND active = 1 LIMIT 1", [.text(login)]
        ) { row in
            let until = row.int(2)
            let secret = row.textIfAny(1).flatMap { secret in
                isSealed(.password, [.int(row.int(0)), .text(secret), .int(until)], by: row.blobIfAny(3)) ? secret : nil
            }
            return Believed(
                person: PersonID(row.int(0)), secret: secret, onceUntil: until == 0 ? nil : Moment(milliseconds: until))
        }
    }
}
