import Kernel
import WorkCalendar

/// 人事事项: a transfer, a penalty or a deactivation that needs the general manager, or whoever stands above the school where it is the
/// manager's own. Whom it needs them for is told to them alone: others hear the same words where a share of all matters is looked at by
/// chance (第十三条).
package struct PersonnelMatter: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, settled, approved, refused, ownWish }
    package enum Kind: String, Choosable {
        case unknown = "", transfer, penalty, deactivation
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .transfer: Words("调动", "Transfer")
            case .penalty: Words("处分", "Penalty")
            case .deactivation: Words("停用、离任", "Leaving")
            }
        }
    }
    package var subject = PersonID.none
    package var kind = Kind.unknown
    package var grounds = "", answer = ""
    package var day: Day?
    /// Decided above the school.
    package var isAbove = false
    package init() {}

    package static let name = "personnel-matter"

    package static let form = Form<PersonnelMatter>(
        "人事事项报批", "Personnel matter", number: "人事",
        states: [
            .proposed: .open("待办理", "Proposed"), .settled: .done("已办理", "Settled"), .approved: .done("已批准", "Approved"),
            .refused: .no("不批准", "Refused"), .ownWish: .done("本人意愿", "Own wish"),
        ],
        readers: [.post(.generalManager), .post(.overseer)],
        [
            .person(\.subject, "涉及人员", "Person").listed(), .choice(\.kind, "事项", "Matter").listed(),
            .prose(\.grounds, "理由", "Grounds"), .prose(\.answer, "批准理由", "Why it is approved").onceFilled(),
            .day(\.day, "日期", "Day").onceFilled().listed(), .flag(\.isAbove, "由上级监督人审批", "For the overseer").onceFilled(),
        ])

    package static let propose = Step<PersonnelMatter>(
        "propose", "提出人事事项", "Propose", to: .proposed, by: .any([.post(.head), .management]), under: school[13],
        fields: [\.subject, \.kind, \.grounds]
    ) { matter, act in
        matter.day = act.today
        try act.require(matter.subject != act.person, "本人的调动、离职请用“本人提出”", "Your own wish is entered as such")
        matter.isAbove = try decider(of: matter.subject, proposedBy: act.person, act) == .overseer
    }
    /// Without anybody else, where nothing speaks against it.
    package static let settle = Step<PersonnelMatter>(
        "settle", "办理", "Settle", from: .proposed, to: .settled, by: .requester, under: school[13], fields: [], isOptional: true
    ) { matter, act in
        let decider = try decider(of: matter.subject, proposedBy: act.person, act)
        try act.require(decider == .nobody, neutral.zh, neutral.en)
    }
    package static let approve = Step<PersonnelMatter>(
        "approve", "批准", "Approve", from: .proposed, to: .approved, by: .post(.generalManager), notBy: propose,
        when: { !$0.value.isAbove }, under: school[13], fields: [\.answer], signs: true
    ) { matter, act in
        // His own matter is one that he proposed, one about him, and one about whoever reported him.
        let decider = try decider(of: matter.subject, proposedBy: act.requester, act)
        try act.require(decider != .overseer, ownMatter.zh, ownMatter.en)
        try matter.decide(act)
    }
    package static let refuse = Step<PersonnelMatter>(
        "refuse", "不批准", "Refuse", from: .proposed, to: .refused, by: .post(.generalManager), notBy: propose,
        when: { !$0.value.isAbove }, under: school[13], fields: [\.answer], isOptional: true)
    package static let approveAbove = Step<PersonnelMatter>(
        "approve-above", "上级批准", "Approve from above", from: .proposed, to: .approved, by: .post(.overseer), notBy: propose,
        when: { $0.value.isAbove }, under: school[13], fields: [\.answer], signs: true
    ) { matter, act in try matter.decide(act) }
    package static let refuseAbove = Step<PersonnelMatter>(
        "refuse-above", "上级不批准", "Refuse from above", from: .proposed, to: .refused, by: .post(.overseer), notBy: propose,
        when: { $0.value.isAbove }, under: school[13], fields: [\.answer], isOptional: true)
    /// It stood with the general manager, and he must not decide it.
    package static let passUp = Step<PersonnelMatter>(
        "pass-up", "转上级监督人", "Pass up", from: .proposed, to: nil, by: .post(.generalManager), when: { !$0.value.isAbove },
        under: school[13], fields: [], isOptional: true
    ) { matter, _ in matter.isAbove = true }
    /// A reporter who wants to go or to move is not kept.
    package static let wish = Step<PersonnelMatter>(
        "wish", "本人提出调动或离职", "Own wish", to: .ownWish, by: .staff, under: school[13], fields: [\.kind, \.grounds]
    ) { matter, act in (matter.subject, matter.day) = (act.person, act.today) }.reporting()
    package static let steps = [propose, settle, approve, refuse, approveAbove, refuseAbove, passUp, wish]

    private mutating func decide(_ act: Act) throws {
        try act.require(!answer.isEmpty, "请写明批准的理由", "Say why it is approved")
        day = act.today
    }

    package static let neutral = Words(
        "此项人事变动须先报批，请按本次变动的事项（调动、处分或停用离任）办理“人事事项报批”",
        "This change has to be approved first: enter it as a personnel matter of its own kind (transfer, penalty or leaving)")
    package static let ownMatter = Words(
        "此事项不由总经理批准，请“转上级监督人”；尚无上级监督人的，请学校的主管单位指派",
        "This is not for the general manager to approve: pass it up; where there is no overseer, the body above the school names one")

    static let leaving = Guard("personnel-leaving", under: school[13], on: .leaving) { change in
        try change.require(isClear(change, for: [.deactivation]), neutral.zh, neutral.en)
    }
    /// Whoever leaves gives up the posts too.
    static let moving = Guard("personnel-moving", under: school[13], on: .endingPost) { change in
        try change.require(isClear(change, for: [.transfer, .deactivation]), neutral.zh, neutral.en)
    }

    /// - Parameter kinds: what the change may have been approved or wished as; a penalty clears neither.
    private static func isClear(_ change: OrganisationChange, for kinds: Set<Kind>) throws -> Bool {
        let decider = try decider(of: change.person, proposedBy: .none, change)
        if decider == .nobody { return true }
        let days = try change.parameter(.approvalDays)
        return try change.find(\PersonnelMatter.subject, is: change.person, limit: 50).contains { found in
            guard kinds.contains(found.value.kind) else { return false }
            let isApproved = found.state == .approved && (found.value.isAbove || decider == .manager)
            return (isApproved || found.state == .ownWish) && (found.value.day.map { change.today <= $0.adding(days: days) } ?? false)
        }
    }
}

extension PersonnelMatter {
    /// Who has to approve it.
    enum Decider { case nobody, manager, overseer }

    /// Whoever is protected, and a share of all the others, who change every month; of that share some go above the school, so that nobody
    /// knows by it who reported whom.
    static func decider(of person: PersonID, proposedBy proposer: PersonID, _ inquiry: Inquiry) throws -> Decider {
        let drawn = Int(TextDigest.of("\(person.raw) \(SchoolMonth.name(of: inquiry.today))").prefix(6), radix: 16) ?? 0
        let isHigher = try HigherProtection.isProtected(person, on: inquiry.today, inquiry)
        let isDrawn = try drawn % 100 < inquiry.parameter(.spotCheckShare)
        let isProtected = try ReporterProtection.isProtected(person, on: inquiry.today, inquiry)
        guard isHigher || isDrawn || isProtected else { return .nobody }
        if isHigher || inquiry.isManager(person) || inquiry.isManager(proposer) { return .overseer }
        let overseers = inquiry.organisation.holders(of: Post.overseer.id, within: inquiry.scope, on: inquiry.today)
        return !isProtected && drawn / 100 % 4 == 0 && !overseers.isEmpty ? .overseer : .manager
    }
}
