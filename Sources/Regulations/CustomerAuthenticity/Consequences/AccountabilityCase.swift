import Kernel
import WorkCalendar

/// 责任追究: who did not carry out an article so that a grave risk came of it: the article, the facts, the evidence, the person heard, and the
/// decision of another (第二十七条). Compliance may be answerable as well: it is read by whoever opened it and by the general manager.
package struct AccountabilityCase: Document {
    package enum State: String, CaseIterable, Sendable { case opened, heard, decided, closed, dismissed }

    package enum Measure: String, Choosable {
        case unknown = "", talk, criticism, fine, demotion, dismissal, authorities
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .talk: Words("诫勉谈话", "Admonition")
            case .criticism: Words("通报批评", "Criticism")
            case .fine: Words("经济处罚", "Fine")
            case .demotion: Words("降职或调离岗位", "Demotion or transfer")
            case .dismissal: Words("解除劳动合同", "Dismissal")
            case .authorities: Words("移送有关机关", "Handed to the authorities")
            }
        }
    }

    package var breached = "", facts = "", risk = "", statement = "", decision = "", carriedOut = ""
    package var responsible: [PersonID] = []
    package var unit = UnitID.none
    package var notice = ID<RectificationNotice>.none
    package var matter = ID<CommitteeMatter>.none
    package var verification = ID<ReVerification>.none
    package var evidence: [FileReference] = []
    package var measure = Measure.unknown
    package init() {}

    package static let name = "accountability-case"

    package static let form = Form<AccountabilityCase>(
        "责任追究", "Accountability case", number: "追责",
        states: [
            .opened: .open("已立案", "Opened"), .heard: .open("已听取陈述，待决定", "Heard"), .decided: .open("已决定，待执行", "Decided"),
            .closed: .done("已执行", "Carried out"), .dismissed: .no("不予追究", "Dismissed"),
        ],
        readers: [.post(.generalManager)],
        [
            .article(\.breached, "未执行的条款", "Article not carried out"), .unit(\.unit, "责任单位", "Unit").listed(),
            .people(\.responsible, "责任人", "Who answers for it").listed(), .prose(\.facts, "事实", "Facts"),
            .prose(\.risk, "造成的重大风险", "Grave risk"),
            .files(\.evidence, "证据", "Evidence"), .reference(\.notice, "整改通知书", "Rectification notice").optional().onceFilled(),
            .reference(\.matter, "委员会议题", "Committee's matter").optional().onceFilled(),
            .reference(\.verification, "重新核查", "Re-verification").optional().onceFilled(),
            .prose(\.statement, "责任人陈述", "What they say").onceFilled(), .choice(\.measure, "追究方式", "Measure").onceFilled().listed(),
            .prose(\.decision, "决定", "Decision").onceFilled(), .prose(\.carriedOut, "执行情况", "How it was carried out").onceFilled(),
        ])

    static let deciding = Deadline("deciding", "作出决定", "Decide", under: authenticity[27], escalatesTo: .post(.generalManager))
    package static let deadlines = [deciding]

    package static let open = Step<AccountabilityCase>(
        "open", "立案", "Open", to: .opened, by: .either(.compliance, .generalManager), under: authenticity[27],
        fields: [\.breached, \.unit, \.responsible, \.facts, \.risk, \.evidence, \.notice, \.matter, \.verification]
    ) { one, act in
        try act.require(
            !one.responsible.contains(act.person) && !one.responsible.contains(act.principal.effective), "不得对本人立案，请由他人办理",
            "Nobody opens a case against himself")
        let managers = act.organisation.holders(of: Post.generalManager.id, within: act.scope, on: act.today)
        try act.require(
            managers.contains { !one.responsible.contains($0) }, "责任人为总经理的，由上级机构追究，请报上级机构",
            "Where the general manager answers for it, head office decides; report it there")
        act.start(deciding, due: .endOfDay(act.today.adding(days: try act.parameter(.accountabilityDays))))
    }.checking { one, check in
        check.require(
            Article(key: one.breached)?.regulation == authenticity.id, "请选择本细则中未执行的条款",
            "Choose the article of this regulation that was not carried out", at: \.breached)
        check.require(!one.evidence.isEmpty, "责任追究须附证据", "There is no case without evidence", at: \.evidence)
    }
    package static let hear = Step<AccountabilityCase>(
        "hear", "登记责任人陈述", "Record what they say", from: .opened, to: .heard, by: .any([.requester, .post(.generalManager)]),
        under: authenticity[27], fields: [\.statement]
    ) { one, act in try one.requireAnother(act) }
    package static let decide = Step<AccountabilityCase>(
        "decide", "决定追究", "Decide", from: .heard, to: .decided, by: .post(.generalManager), notBy: open, under: authenticity[27],
        fields: [\.measure, \.decision], isIrrevocable: true, signs: true
    ) { one, act in
        try one.requireAnother(act)
        act.meet(deciding)
        act.notify(one.responsible, "关于您的责任追究已作出决定，请向合规了解", "A case that concerns you was decided; ask compliance")
    }
    package static let dismiss = Step<AccountabilityCase>(
        "dismiss", "不予追究", "Dismiss", from: .opened, .heard, to: .dismissed, by: .post(.generalManager), notBy: open,
        under: authenticity[27],
        fields: [\.decision], isOptional: true, signs: true
    ) { one, act in
        try one.requireAnother(act)
        act.meet(deciding)
    }
    package static let close = Step<AccountabilityCase>(
        "close", "登记执行", "Register the execution", from: .decided, to: .closed, by: .any([.requester, .post(.generalManager)]),
        under: authenticity[27], fields: [\.carriedOut])
    package static let steps = [open, hear, decide, dismiss, close]

    private func requireAnother(_ act: Act) throws {
        try act.require(
            !responsible.contains(act.person) && !responsible.contains(act.principal.effective), "责任人不得办理对本人的追究",
            "Whoever answers for it does not judge it")
    }
}
