import Kernel
import Practices
import WorkCalendar

/// 细则修订: what articles are to say, and their numbers, beside what they say now; with the general manager's approval it is a version of its
/// own, in force from its day and not before (第二十九条). What is done is judged by the version of its day.
package struct RegulationAmendment: Amendment {
    package enum State: String, CaseIterable, Sendable { case drafted, enacted, rejected }

    package var subject = ""
    package var reason = ""
    package var changes: [ArticleChange] = []
    package var numbers: [NumberChange] = []
    package var inForceFrom: Day?
    package var opinion = ""
    package var version = 0
    package init() {}

    package static let name = "regulation-amendment"
    package static let amended = authenticity
    package var title: String { subject }

    package static let form = Form<RegulationAmendment>(
        "细则修订", "Amendment of the rules", number: "修订",
        states: [
            .drafted: .open("待总经理审批", "To the general manager"), .enacted: .done("已颁布", "Enacted"), .rejected: .no("未批准", "Not approved"),
        ],
        readers: [.staff],
        [
            .text(\.subject, "修订事项", "Subject").listed(), .prose(\.reason, "修订理由", "Reason"),
            .lines(\.changes, "条文修改", "Changed articles").optional(), .lines(\.numbers, "数值修改", "Changed numbers").optional(),
            .day(\.inForceFrom, "施行日期", "In force from").listed(), .prose(\.opinion, "审批意见", "What the general manager says").optional(),
            .whole(\.version, "版本", "Version", in: 1...9999).optional().onceFilled().listed(),
        ])

    package static let draft = Step<RegulationAmendment>(
        "draft", "起草修订", "Draft", to: .drafted, by: .either(.generalOffice, .compliance), under: authenticity[29], authenticity[28],
        fields: [\.subject, \.reason, \.changes, \.numbers, \.inForceFrom]
    ) { amendment, act in try amendment.compare(act) }.checking { amendment, check in
        amendment.check(check, changes: \.changes, numbers: \.numbers, day: \.inForceFrom)
    }
    package static let revise = Step<RegulationAmendment>(
        "revise", "修改草稿", "Revise", from: .drafted, .rejected, to: .drafted, by: .either(.generalOffice, .compliance),
        under: authenticity[29],
        fields: [\.subject, \.reason, \.changes, \.numbers, \.inForceFrom], isOptional: true
    ) { amendment, act in try amendment.compare(act) }.checking { amendment, check in
        amendment.check(check, changes: \.changes, numbers: \.numbers, day: \.inForceFrom)
    }
    package static let enact = Step<RegulationAmendment>(
        "enact", "批准颁布", "Enact", from: .drafted, to: .enacted, by: .post(.generalManager), notBy: draft, revise, under: authenticity[29],
        fields: [\.opinion], isIrrevocable: true, signs: true
    ) { amendment, act in
        try amendment.compare(act)
        guard let day = amendment.inForceFrom else { return }
        amendment.version = try amendment.putInForce(act)
        act.notify(
            .either(.customerService, .compliance, .backOffice, .underwriter, .trainer), "本细则第 \(amendment.version) 版自 \(day) 施行",
            "Version \(amendment.version) of the rules is in force from \(day)")
    }
    package static let reject = Step<RegulationAmendment>(
        "reject", "不予批准", "Reject", from: .drafted, to: .rejected, by: .post(.generalManager), notBy: draft, revise,
        under: authenticity[29],
        fields: [\.opinion], isOptional: true
    ) { amendment, act in try act.require(!amendment.opinion.isEmpty, "请写明不予批准的理由", "Say why it is rejected") }
    package static let steps = [draft, revise, enact, reject]
}
