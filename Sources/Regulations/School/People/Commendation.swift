import Kernel
import WorkCalendar

/// 表扬奖励 of those who stand by the rules (第十三条).
package struct Commendation: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, granted, declined }
    package var person = PersonID.none
    package var deed = "", reward = "", answer = ""
    package init() {}

    package static let name = "commendation"

    package static let form = Form<Commendation>(
        "表扬奖励", "Commendation", number: "表扬",
        states: [.proposed: .open("待批准", "Proposed"), .granted: .done("已表扬", "Granted"), .declined: .no("未批准", "Declined")],
        readers: [.office, .management, .head],
        [
            .person(\.person, "人员", "Person").listed(), .prose(\.deed, "事迹", "Deed"), .text(\.reward, "表扬或奖励", "Reward").listed(),
            .text(\.answer, "意见", "Answer").optional().onceFilled(),
        ])

    package static let propose = Step<Commendation>(
        "propose", "提请表扬", "Propose", to: .proposed, by: .any([.post(.head), .office, .management]), under: school[13],
        fields: [\.person, \.deed, \.reward]
    ) { commendation, act in
        try act.require(commendation.person != act.person, "不能为本人提请", "Nobody proposes the own person")
    }
    package static let grant = Step<Commendation>(
        "grant", "批准", "Grant", from: .proposed, to: .granted, by: .management, notBy: propose, under: school[13], fields: [\.answer],
        signs: true
    ) { commendation, act in
        // Whoever is commended reads it.
        act.hold(commendation.person)
        act.notify([commendation.person], "您受到表扬：\(commendation.reward)", "You were commended")
    }
    package static let decline = Step<Commendation>(
        "not-grant", "不批准", "Do not grant", from: .proposed, to: .declined, by: .management, notBy: propose, under: school[13],
        fields: [\.answer], isOptional: true)
    package static let steps = [propose, grant, decline]
}
