import Kernel
import WorkCalendar

/// Who votes on a matter, and what the votes come to (第二十四条).
extension CommitteeMatter {
    mutating func nameSellers(_ act: Act) throws {
        codes = try agents.compactMap { try act.load($0)?.value.agentNo }.joined(separator: " ")
    }

    /// Fixes who votes: of those present, whoever is not concerned.
    mutating func beginVote(_ act: Act) throws {
        guard let sitting = try act.load(session), sitting.state == .sitting else {
            return try act.require(false, "会议尚未开始，不能表决", "The session has not begun")
        }
        try act.require(isHeard, "须先听取当事人陈述，再行表决", "The seller is heard before the vote")
        var reasons = try exclusions(act)
        for one in excluded where one.reason == .own && reasons[one.member] == nil { reasons[one.member] = .own }
        let present = sitting.value.present.reduce(into: [PersonID]()) { if !$0.contains($1) { $0.append($1) } }
        try act.require(
            reasons[chair] == nil, "主持人应当回避（\(reasons[chair]?.words.zh ?? "")），请由合规改由其他委员主持",
            "The chair is excluded (\(reasons[chair]?.words.en ?? "")); compliance has another member preside")
        let own = excluded
        excluded = present.compactMap { member in
            reasons[member].map { why in ExcludedMember(member, why, own.first { $0.member == member }?.note ?? "") }
        }
        voters = present.filter { reasons[$0] == nil }
        votes = []
        let least = try act.parameter(.committeeLeastVotes)
        try act.require(
            voters.count >= least, "回避后只有 \(voters.count) 名委员可以表决，不足法定人数 \(least) 人，请延期或增补委员",
            "After the exclusions \(voters.count) members are left, fewer than the \(least) of the quorum; postpone it")
        act.notify(voters, "请对评议事项表决", "Vote on a matter of the committee")
    }

    /// Whoever is named, is investigated, or manages the seller.
    func exclusions(_ act: Act) throws -> [PersonID: ExcludedMember.Reason] {
        var reasons: [PersonID: ExcludedMember.Reason] = [:]
        var sellers = SellerIdentity()
        sellers.agents = agents
        for agent in agents { sellers.agents += try SellerIdentity.of(agent: agent, agency: .none, act)?.value.agents ?? [] }
        for manager in try sellers.managers(act) { reasons[manager] = .manages }
        for member in act.organisation.holders(of: Post.committeeMember.id, within: act.scope, on: act.today)
        where try Self.isInvestigated(member, act) {
            reasons[member] = .investigated
        }
        for agent in agents {
            let account = try SellerIdentity.of(agent: agent, agency: .none, act)?.value.account ?? .none
            if !account.isNone { reasons[account] = .named }
        }
        for person in concerned { reasons[person] = .named }
        return reasons
    }

    /// To be held to account, to put something right, or complained about and told of it, in something that is not over. A complaint
    /// that is not disclosed yet keeps nobody from voting: by that alone it would be known.
    private static func isInvestigated(_ member: PersonID, _ act: Act) throws -> Bool {
        let cases = try act.find(\AccountabilityCase.responsible, with: member, limit: 100)
        if cases.contains(where: { [.opened, .heard].contains($0.state) }) { return true }
        let notices = try act.find(\RectificationNotice.addressee, is: member, limit: 100)
        if notices.contains(where: { [.issued, .replied].contains($0.state) }) { return true }
        for state in [Complaint.State.received, .investigating, .concluded, .reviewing] {
            if try act.all(Complaint.self, in: state, createdBy: act.today).contains(where: { found in
                found.value.respondent == member && !found.value.allegation.isEmpty
            }) {
                return true
            }
        }
        return false
    }

    /// One member's vote, which stands.
    mutating func take(_ act: Act) throws {
        let member = act.principal.effective
        try act.require(!votes.contains { $0.member == member }, "您已表决", "You have voted already")
        votes.append(CommitteeVote(member, ballot, ballotReason, at: act.now))
        (ballot, ballotReason) = (.unknown, "")
    }

    /// - Returns: how many are for, against, abstain.
    package var tally: (support: Int, against: Int, abstain: Int) {
        (votes.count { $0.ballot == .support }, votes.count { $0.ballot == .against }, votes.count { $0.ballot == .abstain })
    }

    mutating func count(_ act: Act) throws {
        let least = try act.parameter(.committeeLeastVotes), percent = try act.parameter(.committeeMajorityPercent)
        try act.require(
            votes.count >= least, "只有 \(votes.count) 票，不足法定人数 \(least) 人，不能结束表决",
            "There are \(votes.count) votes, fewer than the \(least) of the quorum")
        // In whole numbers: nobody is told that 50 is more than 50.
        isCarried = tally.support * 100 > votes.count * percent
    }

    /// What was resolved goes to whoever carries it out; a penalty of each agent concerned is proposed in the name of the chair.
    func tellOutcome(_ act: Act) throws {
        switch outcome {
        case .penalise:
            for agent in agents {
                var penalty = Penalty()
                (penalty.agent, penalty.matter) = (agent, ID(act.record.id))
                (penalty.facts, penalty.proposer) = (resolution, act.principal.effective)
                try act.create(penalty, by: Penalty.proposeFound, in: act.scope)
            }
            act.notify(.post(.compliance), "合规委员会决议提请处罚，请督促办理", "The committee asks for a penalty; see that it is dealt with")
        case .accountability:
            act.notify(
                .either(.compliance, .generalManager), "合规委员会决议追究责任，请立案", "The committee asks to hold somebody to account; open a case")
        case .criticise, .rectify: act.notify(.post(.compliance), "合规委员会已作出决议，请落实", "The committee has resolved; carry it out")
        case .nothing, .unknown: break
        }
    }
}

/// A member who does not vote on a matter, and why.
package struct ExcludedMember: Line {
    package enum Reason: String, Choosable {
        case unknown = "", named, investigated, manages, own
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .named: Words("系当事人", "Named in it")
            case .investigated: Words("正被调查或整改", "Under investigation")
            case .manages: Words("管理当事销售人员", "Manages the seller")
            case .own: Words("自行回避", "Recused himself")
            }
        }
    }
    package var member = PersonID.none
    package var reason = Reason.unknown
    package var note = ""
    package init() {}

    init(_ member: PersonID, _ reason: Reason, _ note: String) { (self.member, self.reason, self.note) = (member, reason, note) }

    package static let fields: [Field<ExcludedMember>] = [
        .person(\.member, "委员", "Member"), .choice(\.reason, "原因", "Why"), .text(\.note, "说明", "Remark").optional(),
    ]
}

package struct CommitteeVote: Line {
    package var member = PersonID.none
    package var ballot = CommitteeMatter.Ballot.unknown
    package var reason = ""
    package var at: Moment?
    package init() {}

    init(_ member: PersonID, _ ballot: CommitteeMatter.Ballot, _ reason: String, at now: Moment) {
        (self.member, self.ballot, self.reason, at) = (member, ballot, reason, now)
    }

    package static let fields: [Field<CommitteeVote>] = [
        .person(\.member, "委员", "Member"), .choice(\.ballot, "表决", "Vote"), .text(\.reason, "理由", "Reason").optional(),
        .moment(\.at, "时间", "At"),
    ]
}
