import Kernel
import WorkCalendar

/// The figures of a seller's quarter, counted from what happened on its days (第二十二条).
extension SellerAppraisal {
    mutating func compileFigures(_ act: Act) throws {
        guard let days = quarter?.days else { return }
        let found = try agents.compactMap { try act.load($0) }
        codes = found.map(\.value.agentNo).joined(separator: " ")
        channel = found.first?.value.channel ?? .unknown
        entries = []
        func isIn(_ day: Day?) -> Bool { day.map(days.contains) ?? false }
        policies = try agents.reduce(0) { sum, agent in
            try sum + act.find(\Policy.agent, is: agent, limit: SellerIdentity.mostPolicies).count { isIn($0.value.appliedOn) }
        }
        incomplete = try found.reduce(0) { sum, agent in
            try sum
                + act.find(\Application.agentNo, is: agent.value.agentNo, in: .draft, limit: SellerIdentity.mostPolicies)
                .count { isIn($0.record.created.day) }
        }
        clues = try all(\Suspicion.agents, act).count { isIn($0.value.day) }
        try countFindings(isIn, act)
        try countComplaints(isIn, act)
        try countPenalties(isIn, act)
        entries.sort { ($0.day ?? .first, $0.number) < ($1.day ?? .first, $1.number) }
        score = max(0, 100 - entries.reduce(0) { $0 + $1.points })
    }

    /// What names one of the numbers, each once.
    private func all<D: Document>(_ path: KeyPath<D, [ID<Agent>]>, _ act: Act) throws -> [Found<D>] {
        var known: Set<ID<D>> = []
        return try agents.flatMap { try act.find(path, with: $0, limit: 10_000) }.filter { known.insert($0.id).inserted }
    }

    private mutating func countFindings(_ isIn: (Day?) -> Bool, _ act: Act) throws {
        let points = try act.parameter(.falseDataPoints)
        let found = try all(\FalseDataFinding.agents, act).filter { $0.state != .reversed && isIn($0.value.finalOn) }
        falseData = found.count
        entries += found.map { AppraisalPoint(.falseData, $0.record.number ?? "", on: $0.value.finalOn, points: points) }
    }

    /// Two on one sale are one act here too; each counts in the quarter in which it was upheld.
    private mutating func countComplaints(_ isIn: (Day?) -> Bool, _ act: Act) throws {
        var known: Set<ID<Complaint>> = []
        let by = try agents.flatMap { try act.find(\Complaint.agent, is: $0, limit: 10_000) }.filter { known.insert($0.id).inserted }
        complaints = by.count { isIn($0.value.receivedOn) }
        let points = try act.parameter(.complaintPoints)
        let counted = by.filter { $0.value.counts(in: $0.state) }
        let acts = Dictionary(grouping: counted) { $0.value.isOwnAct || $0.value.sameSaleAs.isNone ? $0.id : $0.value.sameSaleAs }
        let firsts = acts.values.compactMap { group in group.min { ($0.value.upheldOn ?? .last) < ($1.value.upheldOn ?? .last) } }
        let upheldNow = firsts.filter { isIn($0.value.upheldOn) }
        upheld = upheldNow.count
        entries += upheldNow.map { AppraisalPoint(.complaint, $0.record.number ?? "", on: $0.value.upheldOn, points: points) }
    }

    private mutating func countPenalties(_ isIn: (Day?) -> Bool, _ act: Act) throws {
        let decided = try agents.flatMap { try act.find(\Penalty.agent, is: $0, limit: 10_000) }
            .filter { ($0.state == .decided || $0.state == .filed) && isIn($0.value.decidedOn) }
        penalties = decided.count
        penaltyPoints = decided.reduce(0) { $0 + $1.value.points }
        entries += decided.map { AppraisalPoint(.penalty, $0.record.number ?? "", on: $0.value.decidedOn, points: $0.value.points) }
    }
}
