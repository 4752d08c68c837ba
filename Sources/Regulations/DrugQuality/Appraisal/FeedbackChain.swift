import Kernel
import WorkCalendar

/// （9） 连续两次: a person's records in the order of obligation. A success in between begins the count anew, and so does an entry.
package enum FeedbackChain {
    package struct Link: Sendable {
        package let id: Int64
        package let obligedAt: Moment
        package let state: FeedbackRecord.State

        package init(id: Int64, obligedAt: Moment, state: FeedbackRecord.State) {
            (self.id, self.obligedAt, self.state) = (id, obligedAt, state)
        }
    }

    /// At which records so many failures have come together. What is not judged yet holds up what comes after it: it may become either.
    package static func entries(of links: [Link], consecutive: Int) -> [Link] {
        var (entries, count) = ([Link](), 0)
        for link in links.sorted(by: { ($0.obligedAt, $0.id) < ($1.obligedAt, $1.id) }) {
            switch link.state {
            case .pending: return entries
            case .excused: continue
            case .good: count = 0
            case .failed:
                count += 1
                guard count == consecutive else { continue }
                entries.append(link)
                count = 0
            }
        }
        return entries
    }

    /// Counts a person's records anew: proposals appear and lapse; what was confirmed is reopened, never changed in silence.
    /// - Parameter record: as it will stand, in the state that it goes to.
    static func follow(_ record: FeedbackRecord, as state: FeedbackRecord.State, _ act: Act) throws {
        guard !record.person.isNone else { return }
        var links = try act.find(\FeedbackRecord.person, is: record.person, limit: 10_000).compactMap { found in
            found.state.flatMap { state in
                found.value.obligedAt.map { Link(id: found.id.raw, obligedAt: $0, state: state) }
            }
        }
        if let obliged = record.obligedAt { links.append(Link(id: act.record.id, obligedAt: obliged, state: state)) }
        let due = entries(of: links, consecutive: try act.parameter(.consecutiveFailures))
        let all = try act.find(\AppraisalEntry.person, is: record.person, limit: 1000).filter { $0.id != record.contest }
        let live = all.filter { $0.state.map(AppraisalEntry.live.contains) ?? false }
        for link in due where !live.contains(where: { $0.value.cause.raw == link.id }) {
            try AppraisalEntry.propose(record.person, at: link, act)
        }
        for entry in live where !due.contains(where: { $0.id == entry.value.cause.raw }) {
            if entry.state == .reopened { continue }
            try act.take(entry.state == .confirmed ? AppraisalEntry.reopen : AppraisalEntry.lapse, on: entry.id)
        }
    }

    /// Nobody judges the own failure, and the quality department's are the manager's to judge.
    static func requireJudge(of person: PersonID, _ act: Act) throws {
        try act.require(person != act.person && person != act.principal.behalf, "本人的失误由他人认定", "Somebody else judges one's own failure")
        func holds(_ post: Post, _ person: PersonID) -> Bool {
            act.organisation.holdings(of: person, on: act.today).contains { $0.post == post.id }
        }
        guard holds(.qualityOfficer, person) || holds(.qualityHead, person) else { return }
        try act.require(
            holds(.enterpriseManager, act.principal.effective), "质量管理部人员的失误由企业经理认定",
            "The failures of the quality department are for the manager to judge")
    }
}

/// 季度.
package enum Quarter {
    /// 2026Q1.
    package static func name(of day: Day) -> String { "\(day.year)Q\((day.month - 1) / 3 + 1)" }

    package static func isOne(_ text: String) -> Bool { text.wholeMatch(of: /20[0-9]{2}Q[1-4]/) != nil }
}
