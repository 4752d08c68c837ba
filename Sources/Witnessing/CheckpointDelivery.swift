import Courier
import Foundation
import Kernel
import Ledger
import Store
import WorkCalendar

/// Sees to it that checkpoints leave the house: hands the newest to every place, at a rhythm, and again until it is taken.
///
/// It runs beside the other jobs and not among them, so that a place that is slow holds up nothing. Several servers may run it: a lease
/// keeps them apart, and where that breaks, each attempt is taken by one alone.
package struct CheckpointDelivery: Sendable {
    package let places: [CheckpointPlace]
    let desk: Desk
    let courier: Courier
    let rhythm: Rhythm
    let databasePath: String?

    /// - Parameters:
    ///   - databasePath: the database's file, where it is one: a place on the same disk is said to be weak.
    package init(desk: Desk, places: [CheckpointPlace], courier: Courier, rhythm: Rhythm = Rhythm(), databasePath: String? = nil) {
        self.desk = desk
        self.places = places
        self.courier = courier
        self.rhythm = rhythm
        self.databasePath = databasePath
    }

    /// How often checkpoints leave.
    package struct Rhythm: Sendable, Hashable {
        /// While there are new ones; and at each day's end.
        package let seconds: Int
        /// While there are none, the last goes again: what is dated today shows that nothing was taken away up to today.
        let quietSeconds = 12 * 3600

        package init(seconds: Int = 3600) { self.seconds = seconds }

        /// - Parameter text: `30s`, `15m`, `1h`.
        package init(_ text: String) throws {
            let units = ["s": 1, "m": 60, "h": 3600]
            guard let unit = text.last.flatMap({ units[String($0)] }), let count = Int(text.dropLast()), (1...86_400).contains(count),
                (1...86_400).contains(count * unit)
            else {
                throw PlaceFault(
                    "checkpoint-every 应写成 15m 或 1h，最长 24h，而不是“\(text)”。", "checkpoint-every must be like 15m or 1h, at most 24h, not “\(text)”.")
            }
            seconds = count * unit
        }

        func next(after left: Moment) -> Moment { min(left.adding(seconds: seconds), .endOfDay(left.day)) }

        func isDue(_ state: PlaceState, _ newest: CheckpointNote, at now: Moment) -> Bool {
            guard state.dueAt <= now else { return false }
            guard newest.size == state.size, state.attempts == 0, let left = state.leftAt else { return true }
            return left.adding(seconds: quietSeconds) <= now
        }

        /// Doubled with each failure, from a minute to an hour.
        func patience(after attempts: Int) -> Int { min(3600, 60 << min(attempts - 1, 6)) }
    }

    package struct Outcome: Sendable {
        package let place: CheckpointPlace
        package let size: Int64
        /// `nil` where it left.
        package let fault: Words?
        package let isAlarm: Bool
    }

    /// One round of what is due.
    /// - Returns: what was tried; nothing where another server is at it.
    @discardableResult
    package func round() async throws -> [Outcome] {
        if places.isEmpty { return [] }
        return try await desk.store.withLease("checkpoint-delivery") { try await deliver(isForced: false) } ?? []
    }

    /// Brings the newest entries into the tree, signs it, and hands the checkpoint over to every place now.
    package func sendNow() async throws -> [Outcome] {
        try await desk.sequence()
        try await desk.checkpoint()
        return try await deliver(isForced: true)
    }

    private func deliver(isForced: Bool) async throws -> [Outcome] {
        let now = desk.clock.now()
        let (newest, states) = try await desk.store.read { (try Ledger.lastCheckpoint(in: $0), try PlaceState.all($0)) }
        guard let newest else { return [] }
        return try await withThrowingTaskGroup(of: Outcome?.self) { group in
            for place in places {
                let state = states[place.name] ?? PlaceState()
                guard isForced || rhythm.isDue(state, newest, at: now) else { continue }
                group.addTask { try await attempt(place, state, newest, at: now) }
            }
            return try await group.reduce(into: []) { if let outcome = $1 { $0.append(outcome) } }
        }
    }

    private func attempt(_ place: CheckpointPlace, _ state: PlaceState, _ note: CheckpointNote, at now: Moment) async throws -> Outcome? {
        let until = now.adding(seconds: courier.seconds * 4 + 30)
        guard try await desk.store.write({ try PlaceState.claim(place, state, at: now, until: until, $0) }) else { return nil }
        do {
            let handover = Handover(store: desk.store, courier: courier, now: now, note: note)
            let kept = try await handover.carry(to: place, last: state.size)
            return try await succeed(place, state, note, kept, at: now)
        } catch CourierError.recalled {
            // The next who starts does it.
            try await desk.store.write { try state.write(place, $0) }
            return nil
        } catch let error as StoreError {
            throw error
        } catch {
            return try await fail(place, state, note, DeliveryFault(error), at: now)
        }
    }

    private func succeed(
        _ place: CheckpointPlace, _ state: PlaceState, _ note: CheckpointNote, _ kept: String?, at now: Moment
    ) async throws -> Outcome {
        // A witness may have been shown a newer one than this round began with.
        let size = kept.flatMap { KeptCheckpoint(Array($0.utf8)).notes.first?.size } ?? note.size
        if size < state.size { return try await fail(place, state, note, Self.shrunk(place, from: state.size, to: size), at: now) }
        var after = state
        (after.size, after.leftAt, after.dueAt) = (size, now, rhythm.next(after: now))
        (after.attempts, after.isAlarm, after.fault) = (0, false, nil)
        try await desk.store.write { [after] session in
            try after.write(place, session)
            if let kept { try Receipt.keep(kept, of: place, size: size, at: now, session) }
        }
        if let kept { try await keepInFiles(kept, at: now) }
        return Outcome(place: place, size: size, fault: nil, isAlarm: false)
    }

    private static func shrunk(_ place: CheckpointPlace, from before: Int64, to now: Int64) -> DeliveryFault {
        DeliveryFault(
            "以前交给\(place.words.zh)的检查点有 \(before) 条记录，现在只有 \(now) 条：存证被截短，或者换回了旧库。请保全数据库和备份，立即查明。",
            "The checkpoint that left for the \(place.words.en) before had \(before) entries, and there are \(now): the ledger was cut short, or an older database was put back. Keep database and backups as they are and find out at once.",
            isAlarm: true)
    }

    /// Cosignatures and time stamps are worth most where the database's owner cannot reach them.
    private func keepInFiles(_ kept: String, at now: Moment) async throws {
        for place in places {
            guard case .file(let path) = place.way else { continue }
            do { try CheckpointFile.append(kept, to: path) } catch {
                let state = try await desk.store.read { try PlaceState.of(place, $0) }
                _ = try await desk.store.write { try PlaceState.claim(place, state, at: now, until: now, $0) }
                try await note(DeliveryFault(error), place, state, at: now)
            }
        }
    }

    private func fail(
        _ place: CheckpointPlace, _ state: PlaceState, _ note: CheckpointNote, _ fault: DeliveryFault, at now: Moment
    ) async throws -> Outcome {
        try await self.note(fault, place, state, at: now)
        return Outcome(place: place, size: note.size, fault: fault.words, isAlarm: fault.isAlarm)
    }

    /// So many failures are passed over in the notices: networks hiccup.
    private static let silentAttempts = 3

    private func note(_ fault: DeliveryFault, _ place: CheckpointPlace, _ state: PlaceState, at now: Moment) async throws {
        var after = state
        after.attempts += 1
        after.dueAt = now.adding(seconds: rhythm.patience(after: after.attempts))
        (after.isAlarm, after.fault) = (fault.isAlarm, fault.words)
        let isWorthTelling = fault.isAlarm || after.attempts >= Self.silentAttempts
        let tells = try await desk.store.write { [after] session in
            try after.write(place, session)
            return try isWorthTelling && PlaceState.mayTell(place, at: now, session)
        }
        guard tells else { return }
        try await desk.tellAdministrators(
            Words(
                "存证检查点没有送达\(place.words.zh)：\(fault.words.zh)",
                "The checkpoint did not reach the \(place.words.en): \(fault.words.en)"))
    }
}
