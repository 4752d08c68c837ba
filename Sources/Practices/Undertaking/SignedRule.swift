import Kernel
import WorkCalendar

/// 须签署的规定: a rule that people sign, version by version. It is drafted by one, approved by the head of the organisation, and from then on
/// each of those whom it binds has an undertaking to sign; a new version makes all sign again, from the day from which it is in
/// force.
package struct SignedRule: Document {
    package enum State: String, CaseIterable, Sendable { case draft, proposed, approved, inForce, superseded, dropped }
    package var law = ""
    package var heading = "", topic = "", text = "", reason = ""
    package var edition = 1
    package var signingDays = 7
    /// From which day on it is in force; from its approval where nothing is said.
    package var effective: Day?
    package var previous = ID<SignedRule>.none
    package init() {}

    package static let name = "signed-rule"
    package var title: String { edition == 1 ? heading : "\(heading)（第\(edition)版）" }

    package static let form = Form<SignedRule>(
        "签署规定", "Rule to be signed", number: "规定",
        states: [
            .draft: .open("起草中", "Draft"), .proposed: .open("待批准", "To be approved"),
            .approved: .open("待施行", "Approved"), .inForce: .done("现行", "In force"),
            .superseded: .done("已被新版取代", "Superseded"), .dropped: .no("不再起草", "Dropped"),
        ],
        readers: [.staff],
        [
            .article(\.law, "依据条款", "Under").listed(), .text(\.heading, "名称", "Heading").listed().longest(100),
            .text(\.topic, "签署事项", "What it is for").code().optional().onceFilled(),
            .whole(\.edition, "版次", "Version", in: 1...999).listed(),
            .prose(\.text, "正文", "Text").hint("条款有固定内容的，由系统写在正文之前", "where the article has words of its own, they are put before it"),
            .whole(\.signingDays, "签署期限（天）", "Days to sign", in: 1...60),
            .day(\.effective, "施行日期", "In force from").optional().onceFilled().listed()
                .hint("不填为批准之日；此日之前原版及其签署仍然有效", "from the approval where nothing is said; the old one holds until then"),
            .reference(\.previous, "上一版", "Version before").optional().onceFilled(),
            .text(\.reason, "理由", "Reason").optional().onceFilled(),
        ])

    /// Laid before the head of the organisation, once for each practice that a regulation has.
    package static let lay = Step<SignedRule>("lay", "提请起草", "Ask for a draft", to: .draft, by: .system, under: .named)
    /// By any head of a unit: where the house has one head alone, somebody else has to draft what that one approves.
    package static let draft = Step<SignedRule>(
        "draft", "起草", "Draft", from: .draft, to: .proposed, by: .any([.holder, .head, .post(.head)]), under: .named,
        fields: [\.heading, \.text, \.signingDays, \.effective]
    ) { rule, act in rule.takeClauses(act) }.checking { rule, check in
        check.require(!rule.text.isEmpty, "请写明要签署的正文", "Write the text that people are to sign", at: \.text)
        check.require(rule.isAhead(on: check.act.today), late.zh, late.en, at: \.effective)
    }
    package static let approve = Step<SignedRule>(
        "approve", "批准", "Approve", from: .proposed, to: .inForce, by: .head, notBy: draft,
        when: { $0.value.effective == nil }, under: .named, isIrrevocable: true, signs: true
    ) { rule, act in try rule.begin(act) }
    /// For a day to come: until then the version before is in force, with its signatures.
    package static let approveAhead = Step<SignedRule>(
        "approve-ahead", "批准，按期施行", "Approve for its day", from: .proposed, to: .approved, by: .head, notBy: draft,
        when: { $0.value.effective != nil }, under: .named, signs: true
    ) { rule, act in try act.require(rule.isAhead(on: act.today), late.zh, late.en) }
    package static let enter = Step<SignedRule>(
        "enter", "开始施行", "Enter into force", from: .approved, to: .inForce, by: .system, under: .named
    ) { rule, act in try rule.begin(act) }
    package static let giveBack = Step<SignedRule>(
        "return", "退回修改", "Return", from: .proposed, to: .draft, by: .head, notBy: draft, under: .named, fields: [\.reason],
        isOptional: true
    ) { rule, act in try act.require(!rule.reason.isEmpty, "请写明退回理由", "Say why it is returned") }
    /// Another version is drafted while this one stays in force.
    package static let revise = Step<SignedRule>(
        "revise", "起草新版", "Draft a new version", from: .inForce, to: nil, by: .any([.holder, .head]), under: .named, fields: [\.reason],
        isOptional: true
    ) { rule, act in
        try act.require(!rule.reason.isEmpty, "请写明修订理由", "Say why it is revised")
        let open = try act.find(\SignedRule.previous, is: ID(act.record.id)).filter {
            $0.state == .draft || $0.state == .proposed || $0.state == .approved
        }
        try act.require(open.isEmpty, "已有一份新版正在起草或待批准", "A new version is being drafted already")
        var next = rule
        (next.previous, next.edition, next.effective) = (ID(act.record.id), rule.edition + 1, nil)
        try act.create(next, by: lay, heldBy: act.person)
    }
    package static let supersede = Step<SignedRule>(
        "supersede", "被新版取代", "Superseded", from: .inForce, to: .superseded, by: .system, under: .named
    ) { rule, act in
        for open in try act.find(\Undertaking.rule, is: ID(act.record.id), limit: most) where open.state != .lapsed {
            try act.take(Undertaking.lapse, on: open.id)
        }
    }
    package static let drop = Step<SignedRule>(
        "drop", "不再起草", "Drop", from: .draft, .proposed, .approved, to: .dropped, by: .head,
        under: .named, fields: [\.reason], isOptional: true
    ) { rule, act in try act.require(!rule.reason.isEmpty, "请写明理由", "Say why") }
    /// People who sign one rule.
    private static let most = 100_000
    package static let steps = [lay, draft, approve, approveAhead, enter, giveBack, revise, supersede, drop]

    /// What the article has everybody sign stands first, once, whatever the house writes.
    private mutating func takeClauses(_ act: Act) {
        guard
            let clauses = act.practices(of: SignedRule.self).first(where: {
                $0.article.key == law && (topic.isEmpty || $0.title.zh == topic)
            })?.clauses
        else { return }
        for clause in [clauses.en, clauses.zh] where !text.contains(clause) { text = "\(clause)\n\(text)" }
    }

    private static let late = Words(
        "施行日期须晚于今天；批准之日即施行的不填，已过的请退回修改",
        "It is in force from a day to come; where it is from the approval on, leave that empty")
    private func isAhead(on day: Day) -> Bool { effective.map { $0 > day } ?? true }

    /// The version before ends, and whoever is bound has this one to sign.
    private func begin(_ act: Act) throws {
        if !previous.isNone { try act.take(Self.supersede, on: previous) }
        for person in try act.bound(by: law, SignedRule.self) { try Undertaking.open(self, person, act) }
    }

    /// Each day: a rule for each practice that has none yet, those in force whose day has come, an undertaking for whoever is bound anew,
    /// and none for whoever no longer is.
    package static let daily = Duty("undertakings", "承诺书签署", "Undertakings", under: .named, .eachDay, .opening, lastIsEnough: true) { act in
        let practices = act.practices(of: SignedRule.self)
        for practice in practices {
            let law = practice.article.key, isOnly = practices.count { $0.article.key == law } == 1
            // One of an earlier program does not say for which it is.
            let isThere = try act.find(\SignedRule.law, is: law, limit: most).contains { found in
                found.value.topic == practice.title.zh || (found.value.topic.isEmpty && isOnly)
            }
            if isThere { continue }
            var rule = SignedRule()
            (rule.law, rule.heading, rule.topic) = (law, practice.title.zh, practice.title.zh)
            try act.create(rule, by: lay)
        }
        for law in Set(practices.map(\.article.key)).sorted() { try settle(law, act) }
    }

    private static func settle(_ law: String, _ act: DutyAct) throws {
        for rule in try act.find(\SignedRule.law, is: law, limit: most) where rule.state == .approved {
            if let day = rule.value.effective, day <= act.now.day { try act.take(enter, on: rule.id) }
        }
        let bound = Set(try act.bound(by: law, SignedRule.self))
        for rule in try act.find(\SignedRule.law, is: law, limit: most) where rule.state == .inForce {
            let held = try act.find(\Undertaking.rule, is: rule.id, limit: most).filter { $0.state != .lapsed }
            for person in bound.subtracting(held.map(\.value.person)) { try Undertaking.open(rule, person, act) }
            for gone in held where gone.state == .open && !bound.contains(gone.value.person) {
                try act.take(Undertaking.lapse, on: gone.id)
            }
        }
    }
}
