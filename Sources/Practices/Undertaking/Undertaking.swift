import Kernel
import WorkCalendar

/// 承诺书: one person's signature under one version of a rule.
package struct Undertaking: Document {
    package enum State: String, CaseIterable, Sendable { case open, signed, lapsed }
    package var law = ""
    package var rule = ID<SignedRule>.none
    package var person = PersonID.none
    package var heading = "", text = ""
    package var edition = 1
    package var due: Day?
    package var signedAt: Moment?
    package init() {}

    package static let name = "undertaking"
    package var title: String { heading }

    package static let form = Form<Undertaking>(
        "承诺书", "Undertaking", number: "承诺",
        states: [
            .open: .open("待签署", "To be signed"), .signed: .done("已签署", "Signed"), .lapsed: .no("已失效", "Lapsed"),
        ],
        readers: [.head],
        [
            .article(\.law, "依据条款", "Under").listed(), .reference(\.rule, "规定", "Rule"), .person(\.person, "签署人", "Signer").listed(),
            .text(\.heading, "名称", "Heading").listed(), .whole(\.edition, "版次", "Version", in: 1...999).listed(),
            .prose(\.text, "正文", "Text"), .day(\.due, "签署期限", "Sign by").listed(),
            .moment(\.signedAt, "签署时间", "Signed at").optional().onceFilled(),
        ])

    package static let signing = Deadline(
        "signing", "签署承诺书", "Sign the undertaking", under: .named, escalatesTo: .headOf(\Undertaking.person))
    package static let deadlines = [signing]

    /// Made by the approval of its rule, or when somebody is bound later.
    package static let lay = Step<Undertaking>("lay", "送交签署", "Lay before", to: .open, by: .system, under: .named) { undertaking, act in
        if let due = undertaking.due { act.start(signing, due: .endOfDay(due)) }
        act.notify([undertaking.person], "请签署《\(undertaking.heading)》", "“\(undertaking.heading)” is to be signed by you")
    }
    package static let sign = Step<Undertaking>(
        "sign", "签署", "Sign", from: .open, to: .signed, by: .named(\Undertaking.person), under: .named, isIrrevocable: true, signs: true
    ) { undertaking, act in
        undertaking.signedAt = act.now
        act.meet(signing)
    }
    /// A new version, or a person whom the rule no longer binds.
    package static let lapse = Step<Undertaking>(
        "lapse", "失效", "Lapse", from: .open, .signed, to: .lapsed, by: .system, under: .named
    ) { _, act in act.meet(signing) }
    package static let steps = [lay, sign, lapse]

    private init(_ rule: SignedRule, _ id: ID<SignedRule>, _ person: PersonID, today: Day) {
        (law, self.rule, self.person) = (rule.law, id, person)
        (heading, text, edition) = (rule.heading, rule.text, rule.edition)
        due = today.adding(days: rule.signingDays)
    }

    static func open(_ rule: SignedRule, _ person: PersonID, _ act: Act) throws {
        try act.create(Undertaking(rule, ID(act.record.id), person, today: act.today), by: lay, heldBy: person)
    }

    static func open(_ rule: Found<SignedRule>, _ person: PersonID, _ act: DutyAct) throws {
        try act.create(Undertaking(rule.value, rule.id, person, today: act.today), by: lay, heldBy: person)
    }
}
