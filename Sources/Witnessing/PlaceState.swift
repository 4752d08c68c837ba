import Kernel
import Store
import WorkCalendar

/// How a place stands: what left for it last, and what became of the last attempt.
package struct PlaceState: Sendable, Hashable {
    /// The size of the newest checkpoint that it has.
    package internal(set) var size: Int64 = 0
    /// When something last left for it.
    package internal(set) var leftAt: Moment?
    package internal(set) var triedAt: Moment?
    /// Not before this moment.
    package internal(set) var dueAt = Moment(milliseconds: 0)
    /// Failures since the last success.
    package internal(set) var attempts = 0
    /// What it said is about the ledger and does not pass by itself.
    package internal(set) var isAlarm = false
    package internal(set) var fault: Words?

    init() {}

    private static let columns = "size, left_at, tried_at, due_at, attempts, alarm, zh, en"

    private init(_ row: any Row, from first: Int) {
        size = row.int(first)
        leftAt = row.intIfAny(first + 1).map(Moment.init(milliseconds:))
        triedAt = row.intIfAny(first + 2).map(Moment.init(milliseconds:))
        dueAt = Moment(milliseconds: row.int(first + 3))
        attempts = Int(row.int(first + 4))
        isAlarm = row.int(first + 5) == 1
        fault = row.textIfAny(first + 6).map { Words($0, row.textIfAny(first + 7) ?? $0) }
    }

    static func all(_ session: any Session) throws -> [String: PlaceState] {
        let rows = try session.all("SELECT place, \(columns) FROM checkpoint_place") { ($0.text(0), PlaceState($0, from: 1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    static func of(_ place: CheckpointPlace, _ session: any Session) throws -> PlaceState {
        try session.first("SELECT \(columns) FROM checkpoint_place WHERE place = $1", [.text(place.name)]) { PlaceState($0, from: 0) }
            ?? PlaceState()
    }

    // MARK: Writing

    /// Takes the attempt that is due, unless another server has it.
    /// - Parameter until: when others may try should nothing more be heard of this attempt.
    static func claim(_ place: CheckpointPlace, _ seen: PlaceState, at now: Moment, until: Moment, _ session: any Session) throws -> Bool {
        try session.execute(
            "INSERT INTO checkpoint_place (place, size, due_at, attempts, alarm) VALUES ($1, 0, 0, 0, 0) ON CONFLICT (place) DO NOTHING",
            [.text(place.name)])
        return try session.execute(
            "UPDATE checkpoint_place SET due_at = $1, tried_at = $2 WHERE place = $3 AND due_at = $4",
            [.int(until.milliseconds), .int(now.milliseconds), .text(place.name), .int(seen.dueAt.milliseconds)]) == 1
    }

    func write(_ place: CheckpointPlace, _ session: any Session) throws {
        try session.execute(
            """
            UPDATE checkpoint_place SET size = $1, left_at = $2, due_at = $3, attempts = $4, alarm = $5, zh = $6, en = $7 WHERE place = $8
            """,
            [
                .int(size), .int(ifAny: leftAt?.milliseconds), .int(dueAt.milliseconds), .int(Int64(attempts)), .int(isAlarm ? 1 : 0),
                .text(ifAny: fault?.zh), .text(ifAny: fault?.en), .text(place.name),
            ])
    }

    /// Whether the administrators are to be told now: once a day for each place.
    static func mayTell(_ place: CheckpointPlace, at now: Moment, _ session: any Session) throws -> Bool {
        try session.execute(
            "UPDATE checkpoint_place SET told_at = $1 WHERE place = $2 AND (told_at IS NULL OR told_at <= $3)",
            [.int(now.milliseconds), .text(place.name), .int(now.adding(days: -1).milliseconds)]) == 1
    }
}

/// What a witness or an authority answered.
package struct Receipt: Sendable, Hashable {
    package let place: String
    package let size: Int64
    package let at: Moment
    /// The note with what was put to it.
    package let kept: String

    static func keep(_ kept: String, of place: CheckpointPlace, size: Int64, at now: Moment, _ session: any Session) throws {
        try session.execute(
            "INSERT INTO checkpoint_receipt (place, size, at, kept) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.text(place.name), .int(size), .int(now.milliseconds), .text(kept)])
    }

    static func all(_ session: any Session) throws -> [Receipt] {
        try session.all("SELECT place, size, at, kept FROM checkpoint_receipt ORDER BY at, place") {
            Receipt(place: $0.text(0), size: $0.int(1), at: Moment(milliseconds: $0.int(2)), kept: $0.text(3))
        }
    }
}
