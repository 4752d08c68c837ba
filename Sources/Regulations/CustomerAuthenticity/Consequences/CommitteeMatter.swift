import Kernel
import WorkCalendar

/// 评议事项: one matter before the committee. The seller is heard first; whoever is named, investigated or in charge of the seller does not
/// vote; the resolution needs its quorum and its votes (第二十四条).
package struct CommitteeMatter: Document {
    package enum State: String, CaseIterable, Sendable { case tabled, scheduled, voting, voted, resolved }

    package enum Ballot: String, Choosable {
        case unknown = "", support, against, abstain
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .support: Words("同意", "For")
            case .against: Words("反对", "Against")
            case .abstain: Words("弃权", "Abstain")
            }
        }
    }

    package enum Outcome: String, Choosable {
        case unknown = "", criticise, rectify, penalise, accountability, nothing
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .criticise: Words("通报批评", "Criticise")
            case .rectify: Words("责令整改", "Put right")
            case .penalise: Words("提请处罚", "Penalise")
            case .accountability: Words("提请追究责任", "Hold to account")
            case .nothing: Words("不予处理", "Nothing")
            }
        }
    }

    package var subject = "", codes = "", facts = "", proposal = "", statement = "", resolution = "", reason = ""
    package var concerned: [PersonID] = []
    package var agents: [ID<Agent>] = []
    package var notice = ID<RectificationNotice>.none
    package var files: [FileReference] = []
    package var isHeard = false
    package var session = ID<CommitteeSession>.none
    package var chair = PersonID.none
    package var excluded: [ExcludedMember] = []
    package var voters: [PersonID] = []
    package var ballot = Ballot.unknown
    package var ballotReason = ""
    package var votes: [CommitteeVote] = []
    package var isCarried = false
    package var outcome = Outcome.unknown
    package init() {}

    package static let name = "committee-matter"
    package var title: String { subject }

    package static let form = Form<CommitteeMatter>(
        "评议事项", "Matter before the committee",
        states: [
            .tabled: .open("待列入议程", "Tabled"), .scheduled: .open("已列入议程", "On the agenda"), .voting: .open("表决中", "Voting"),
            .voted: .open("表决完毕，待决议", "Voted"), .resolved: .done("已决议", "Resolved"),
        ],
        readers: [.either(.committeeMember, .compliance, .generalManager)],
        [
            .text(\.subject, "事项", "Matter").listed(), .prose(\.facts, "事实", "Facts"), .prose(\.proposal, "提请评议的意见", "What is proposed"),
            .people(\.concerned, "涉及人员", "People concerned").optional().onceFilled(),
            .references(\.agents, "涉及业务员", "Agents concerned").optional().onceFilled(),
            .text(\.codes, "业务员代码", "Agent numbers").code().optional().onceFilled().listed(),
            .reference(\.notice, "整改通知书", "Rectification notice").optional().onceFilled(),
            .files(\.files, "材料", "Papers").optional().onceFilled(),
            .flag(\.isHeard, "已听取陈述", "Heard").onceFilled(), .prose(\.statement, "当事人陈述", "What the seller says").onceFilled(),
            .reference(\.session, "会议", "Session").optional().onceFilled().listed(),
            .person(\.chair, "主持人", "Chair").optional().onceFilled(),
            .lines(\.excluded, "回避委员", "Excluded").optional().onceFilled(), .people(\.voters, "表决委员", "Who votes").optional().onceFilled(),
            .choice(\.ballot, "我的表决", "My vote").onceFilled(), .text(\.ballotReason, "理由", "Reason").optional().onceFilled(),
            .lines(\.votes, "表决", "Votes").optional().onceFilled(), .flag(\.isCarried, "表决通过", "Carried").onceFilled().listed(),
            .choice(\.outcome, "处理", "Outcome").onceFilled().listed(), .prose(\.resolution, "决议", "Resolution").onceFilled(),
            .text(\.reason, "理由说明", "Why").onceFilled(),
        ])

    package static let table = Step<CommitteeMatter>(
        "table", "提交评议", "Table", to: .tabled, by: .post(.compliance), under: authenticity[24],
        fields: [\.subject, \.facts, \.proposal, \.concerned, \.agents, \.notice, \.files]
    ) { matter, act in try matter.nameSellers(act) }
    package static let refer = Step<CommitteeMatter>(
        "refer", "由整改通知提交", "Refer", to: .tabled, by: .system, under: authenticity[24]
    ) { matter, act in try matter.nameSellers(act) }
    package static let schedule = Step<CommitteeMatter>(
        "schedule", "列入议程", "Schedule", from: .tabled, to: .scheduled, by: .system, under: authenticity[24], isOptional: true)
    package static let release = Step<CommitteeMatter>(
        "release", "会议取消", "Release", from: .scheduled, to: .tabled, by: .system, under: authenticity[24], isOptional: true
    ) { matter, _ in (matter.session, matter.chair) = (.none, .none) }
    package static let hear = Step<CommitteeMatter>(
        "hear", "登记当事人陈述", "Record what the seller says", from: .tabled, .scheduled, to: nil, by: .post(.compliance),
        when: { !$0.value.isHeard }, under: authenticity[24], fields: [\.statement]
    ) { matter, act in
        try act.require(!matter.statement.isEmpty, "请登记陈述；当事人拒不陈述的，如实写明", "Record it; where nothing is said, that is recorded")
        matter.isHeard = true
    }
    package static let replaceChair = Step<CommitteeMatter>(
        "replaceChair", "改由其他委员主持", "Another presides", from: .scheduled, to: nil, by: .post(.compliance), under: authenticity[24],
        fields: [\.chair], isOptional: true
    ) { matter, act in
        let isPresent = try act.load(matter.session)?.value.present.contains(matter.chair) ?? false
        try act.require(isPresent, "改由主持的委员须出席本次会议", "Whoever presides is present at the session")
        act.notify([matter.chair], "请主持一个评议事项的表决", "Preside over the vote on a matter of the committee")
    }
    package static let recuse = Step<CommitteeMatter>(
        "recuse", "自行回避", "Recuse oneself", from: .scheduled, to: nil, by: .post(.committeeMember), under: authenticity[24],
        fields: [\.reason], isOptional: true
    ) { matter, act in
        let member = act.principal.effective
        try act.require(!matter.excluded.contains { $0.member == member }, "您已回避", "You have recused yourself already")
        matter.excluded.append(ExcludedMember(member, .own, matter.reason))
        matter.reason = ""
        act.notify([matter.chair], "一名委员自行回避", "A member has recused himself")
    }
    package static let openVote = Step<CommitteeMatter>(
        "openVote", "开始表决", "Open the vote", from: .scheduled, to: .voting, by: .named(\CommitteeMatter.chair), under: authenticity[24]
    ) { matter, act in try matter.beginVote(act) }
    package static let vote = Step<CommitteeMatter>(
        "vote", "表决", "Vote", from: .voting, to: .voted, by: .each(\CommitteeMatter.voters), under: authenticity[24],
        fields: [\.ballot, \.ballotReason]
    ) { matter, act in
        try matter.take(act)
        if act.isLast { try matter.count(act) }
    }
    /// Where somebody does not vote, the chair ends it; the quorum is asked all the same.
    package static let endVote = Step<CommitteeMatter>(
        "endVote", "结束表决", "End the vote", from: .voting, to: .voted, by: .named(\CommitteeMatter.chair), under: authenticity[24],
        isOptional: true
    ) { matter, act in try matter.count(act) }
    package static let postpone = Step<CommitteeMatter>(
        "postpone", "延期评议", "Postpone", from: .scheduled, .voting, to: .tabled, by: .named(\CommitteeMatter.chair), under: authenticity[24],
        fields: [\.reason], isOptional: true
    ) { matter, _ in
        (matter.session, matter.chair, matter.excluded, matter.voters, matter.votes) = (.none, .none, [], [], [])
    }
    package static let resolve = Step<CommitteeMatter>(
        "resolve", "作出决议", "Resolve", from: .voted, to: .resolved, by: .named(\CommitteeMatter.chair), under: authenticity[24],
        fields: [\.outcome, \.resolution], isIrrevocable: true, signs: true
    ) { matter, act in
        try act.require(
            matter.isCarried || matter.outcome == .nothing, "表决未通过，处理只能为“不予处理”", "It was not carried; the outcome is “Nothing”")
        act.number("合委决")
        try matter.tellOutcome(act)
    }
    package static let steps = [
        table, refer, schedule, release, hear, replaceChair, recuse, openVote, vote, endVote, postpone, resolve,
    ]
}
