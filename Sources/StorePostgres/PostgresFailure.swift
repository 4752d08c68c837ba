import CPostgres
import Store

/// Why a statement failed, and whether the whole act should be tried again.
struct PostgresFailure: Error {
    let error: StoreError
    /// SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html); empty when the server gave none.
    private let state: String
    /// A plan was prepared before another server changed the schema.
    let isOfStalePlan: Bool

    init(_ error: StoreError) {
        self.error = error
        state = ""
        isOfStalePlan = false
    }

    init(_ result: OpaquePointer, isAlive: Bool, _ sql: String) {
        // The letters name fields of the message: postgresql.org/docs/current/protocol-error-fields.html.
        func field(_ letter: Unicode.Scalar) -> String? { PQresultErrorField(result, CInt(letter.value)).map { String(cString: $0) } }
        state = field("C") ?? ""
        isOfStalePlan = state == "26000" || (state == "0A000" && field("R") == "RevalidateCachedQuery")
        let details = "PostgreSQL \(state), \(field("M") ?? String(cString: PQresultErrorMessage(result))): \(sql)"
        error =
            switch state {
            case "23502": .constraint("\(field("t") ?? "?").\(field("c") ?? "?")")
            case "23503" where field("n") == nil: .constraint("FOREIGN KEY")
            case _ where state.hasPrefix("23"): .constraint(field("n") ?? details)
            case "53100": .diskFull
            case "25P03", "40001", "40P01", "55P03", "57014", "53300": .overloaded
            case "22021", "22P05": .unstorable(details)
            case "57P01", "57P02", "57P03": .gone(details)
            // Without a state it is the library that speaks, and not the server: the connection is lost.
            case _ where state.isEmpty && PQresultStatus(result) == PGRES_FATAL_ERROR: .gone(details)
            case _ where state.hasPrefix("08") || !isAlive: .gone(details)
            default: .broken(details)
            }
    }

    /// A serialization failure or a deadlock, a pause that the server did not wait for, or a stale plan: nothing of the act remains.
    var isToBeTriedAgain: Bool { state == "40001" || state == "40P01" || state == "25P03" || isOfStalePlan }

    /// For the log.
    var detail: String { if case .gone(let detail) = error { detail } else { "\(error)" } }

    /// The connection was lost.
    var isOfLoss: Bool { if case .gone = error { true } else { false } }
}
