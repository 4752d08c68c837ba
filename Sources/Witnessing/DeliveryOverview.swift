import Kernel
import Ledger
import Store
import WorkCalendar

/// Where checkpoints go and how that stands, for administrators.
package struct DeliveryOverview: Sendable {
    package struct Line: Sendable {
        package let place: CheckpointPlace
        package let state: PlaceState
        /// Nothing has left for it for a day.
        package let isLate: Bool
        /// It lies on the disk of the database.
        package let isBeside: Bool
    }

    package let lines: [Line]
    /// When one last left, and for where.
    package let last: (at: Moment, place: CheckpointPlace)?
    /// None is configured, or none has left for a day.
    package let isBare: Bool

    package init(lines: [Line] = [], last: (at: Moment, place: CheckpointPlace)? = nil, isBare: Bool = true) {
        self.lines = lines
        self.last = last
        self.isBare = isBare
    }

    /// What that means and what to do; `nil` where all is well.
    package var warning: Words? {
        if lines.isEmpty { return Self.noPlace }
        guard isBare else { return nil }
        return Words(
            "一天以来没有检查点离开本系统：此后的历史如被改写或截短，外面没有凭据可查。请按下表排除故障，或者运行 dianzhang checkpoint --send。",
            "No checkpoint has left this system for a day: if history since then were rewritten or cut short, nothing outside would show it. See to the faults below, or run dianzhang checkpoint --send."
        )
    }

    package static let noPlace = Words(
        "没有设置检查点的去处：掌握数据库的人可以换回整个旧库或截去末尾，而系统之外没有凭据可查。请设置 checkpoint-file、checkpoint-mail、checkpoint-webhook、checkpoint-witness、checkpoint-timestamp 中至少一项（见 docs/CHECKPOINTS.md）。",
        "Checkpoints go nowhere: who has the database could put back an older one as a whole or cut off its end, and nothing outside would show it. Set at least one of checkpoint-file, checkpoint-mail, checkpoint-webhook, checkpoint-witness, checkpoint-timestamp (see docs/CHECKPOINTS.md)."
    )
}

extension CheckpointDelivery {
    package func overview() async throws -> DeliveryOverview {
        let now = desk.clock.now()
        let (states, first) = try await desk.store.read { session in
            (try PlaceState.all(session), try session.count("SELECT min(at) FROM checkpoint"))
        }
        let dayAgo = now.adding(days: -1)
        let lines = places.map { place in
            let state = states[place.name] ?? PlaceState()
            // Before there was a checkpoint there was nothing to send.
            let since = state.leftAt ?? Moment(milliseconds: first == 0 ? now.milliseconds : first)
            var isBeside = false
            if case .file(let path) = place.way, let databasePath { isBeside = CheckpointFile.isBeside(databasePath, path) ?? false }
            return DeliveryOverview.Line(place: place, state: state, isLate: since < dayAgo, isBeside: isBeside)
        }
        let left = lines.compactMap { line in line.state.leftAt.map { (at: $0, place: line.place) } }
        return DeliveryOverview(lines: lines, last: left.max { $0.at < $1.at }, isBare: lines.allSatisfy(\.isLate))
    }

    /// Everything that witnesses and authorities have answered, the oldest first.
    package func receipts() async throws -> [Receipt] { try await desk.store.read { try Receipt.all($0) } }
}
