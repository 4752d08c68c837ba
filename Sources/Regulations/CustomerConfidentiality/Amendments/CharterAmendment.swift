import Kernel
import Practices
import WorkCalendar

/// 制度修订 (第28条, 第29条): customer service drafts what an article is to say, beside what it says now; earlier drafts stay readable; with the
/// general manager's approval it is a new version, in force from its day, and not before.
package struct CharterAmendment: Amendment {
    package enum State: String, CaseIterable, Sendable { case drafted, submitted, enacted, rejected }
    package static let name = "charter-amendment"
    package static let amended = confidentiality
    package var subject = "", reason = "", opinion = ""
    package var changes: [ArticleChange] = []
    package var numbers: [NumberChange] = []
    package var inForceFrom: Day?
    package var version = 0
    package var earlier: [EarlierDraft] = []
    package init() {}
    package var title: String { subject }

    package static let form = Form<CharterAmendment>(
        "制度修订", "Amendment of the regulation", number: "修订",
        states: [
            .drafted: .open("起草中", "Drafted"), .submitted: .open("待总经理审批", "To the general manager"),
            .enacted: .done("已颁布", "Enacted"), .rejected: .no("未批准", "Not approved"),
        ],
        readers: [.staff],
        [
            .text(\.subject, "修订事项", "Subject").listed(), .prose(\.reason, "修订理由", "Reason"),
            .lines(\.changes, "条文修改", "Changed articles").optional(), .lines(\.numbers, "数值修改", "Changed numbers").optional(),
            .day(\.inForceFrom, "施行日期", "In force from").listed(), .prose(\.opinion, "审批意见", "What the general manager says").optional(),
            .whole(\.version, "版本", "Version", in: 1...9999).optional().onceFilled().listed(),
            .lines(\.earlier, "历次草稿", "Earlier drafts").optional().onceFilled(),
        ])

    package static let draft = Step<CharterAmendment>(
        "draft", "起草修订", "Draft", to: .drafted, by: .any([.archive]), under: confidentiality[28],
        fields: [\.subject, \.reason, \.changes, \.numbers, \.inForceFrom]
    ) { amendment, act in try amendment.compare(act) }.checking { amendment, check in
        amendment.check(check, changes: \.changes, numbers: \.numbers, day: \.inForceFrom)
    }
    package static let revise = Step<CharterAmendment>(
        "revise", "修改草稿", "Revise", from: .drafted, .rejected, to: .drafted, by: .any([.archive]), under: confidentiality[28],
        fields: [\.subject, \.reason, \.changes, \.numbers, \.inForceFrom], isOptional: true
    ) { amendment, act in
        let drafts = amendment.earlier
        let before = try act.load(ID<CharterAmendment>(act.record.id))?.value.changes ?? []
        amendment.earlier = drafts + before.map { EarlierDraft(of: $0, version: Int(act.record.version), act) }
        try amendment.compare(act)
    }.checking { amendment, check in
        amendment.check(check, changes: \.changes, numbers: \.numbers, day: \.inForceFrom)
    }
    package static let submit = Step<CharterAmendment>(
        "submit", "提请审批", "Submit", from: .drafted, to: .submitted, by: .post(.serviceManager), under: confidentiality[28], signs: true
    ) { amendment, act in try amendment.compare(act) }
    package static let enact = Step<CharterAmendment>(
        "enact", "批准颁布", "Enact", from: .submitted, to: .enacted, by: .post(.generalManager), notBy: draft, revise, submit,
        under: confidentiality[29], fields: [\.opinion], isIrrevocable: true, signs: true
    ) { amendment, act in
        try amendment.compare(act)
        guard let day = amendment.inForceFrom else { return }
        amendment.version = try amendment.putInForce(act)
        act.notify(
            .officers, "《客户信息保密管理制度》第 \(amendment.version) 版自 \(day) 施行",
            "Version \(amendment.version) of the regulation is in force from \(day)")
    }
    package static let reject = Step<CharterAmendment>(
        "reject", "不予批准", "Reject", from: .submitted, to: .rejected, by: .post(.generalManager), notBy: draft, revise, submit,
        under: confidentiality[29], fields: [\.opinion], isOptional: true
    ) { amendment, act in try act.require(!amendment.opinion.isEmpty, "请写明不予批准的理由", "Say why it is rejected") }
    package static let steps = [draft, revise, submit, enact, reject]
}

/// A draft as it was before it was revised.
package struct EarlierDraft: Line {
    package var version = 0
    package var ref = "", zh = "", en = ""
    package var author = PersonID.none
    package var at: Moment?
    package init() {}

    init(of change: ArticleChange, version: Int, _ act: Act) {
        (self.version, ref, zh, en) = (version, change.ref, change.newZh, change.newEn)
        (author, at) = (act.person, act.record.changed)
    }

    package static let fields: [Field<EarlierDraft>] = [
        .whole(\.version, "稿次", "Draft", in: 0...9999), .text(\.ref, "条", "Article"), .prose(\.zh, "当时的修改", "As it was").longest(4000),
        .prose(\.en, "当时的修改（英文）", "As it was, in English").longest(4000), .person(\.author, "替换者", "Replaced by"),
        .moment(\.at, "当时时间", "As of"),
    ]
}
