import Kernel

/// 报表改项: single items of a report change by approval of the general manager and are filed; nothing else is asked for anew (第11条).
package struct ReportItemChange: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, filed, refused }
    package static let name = "report-item-change"
    package var definition = ID<ReportDefinition>.none
    package var before = "", after = "", reason = "", answer = ""
    package init() {}

    package static let form = Form<ReportItemChange>(
        "报表改项", "Change of items", number: "改项",
        states: [
            .proposed: .open("待总经理批准", "To be approved"), .filed: .done("已备案", "Filed"), .refused: .no("不予批准", "Refused"),
        ],
        readers: [.archive, .post(.generalManager)],
        [
            .reference(\.definition, "报表", "Report").listed(), .codes(\.before, "原项目", "Items before", ReportItem.choices).optional().listed(),
            .codes(\.after, "改后项目", "Items after", ReportItem.choices).listed(), .prose(\.reason, "修改理由", "Reason"),
            .text(\.answer, "不予批准的理由", "Why it is refused").onceFilled(),
        ])

    package static let propose = Step<ReportItemChange>(
        "propose", "提出改项", "Propose a change", to: .proposed, by: .either(.informationSpecialist, .informationSupervisor, .head),
        under: confidentiality[11], fields: [\.definition, \.after, \.reason]
    ) { change, act in
        guard let definition = try act.load(change.definition), definition.state == .inUse else {
            return try act.require(false, "请选择使用中的报表", "Choose a report that is in use")
        }
        change.before = definition.value.items
        let (before, after) = (Set(ReportItem.of(change.before)), Set(ReportItem.of(change.after)))
        try act.require(before != after, "改后的项目与原来相同", "The items are the same as before")
        try act.require(
            !before.isDisjoint(with: after), "只修改个别项目；全部更换的，请另行拟定报表并按第10条审批", "Only single items change so; a report of other items is proposed as a new one")
    }
    package static let approve = Step<ReportItemChange>(
        "approve", "总经理批准并备案", "Approve and file", from: .proposed, to: .filed, by: .post(.generalManager), notBy: propose,
        under: confidentiality[11], isIrrevocable: true, signs: true
    ) { change, act in
        let (before, after) = (change.before, change.after)
        try act.require(
            try act.load(change.definition)?.value.items == before, "报表项目已另有改动，请按现有项目重新提出", "The items have changed meanwhile; propose it anew")
        try act.take(ReportDefinition.change, on: change.definition) { $0.items = after }
        act.notify(.post(.informationSpecialist), "报表改项已批准备案，下一期起采用", "A change of items is filed; the next issue has it")
    }
    package static let refuse = Step<ReportItemChange>(
        "refuse", "不予批准", "Refuse", from: .proposed, to: .refused, by: .post(.generalManager), under: confidentiality[11], fields: [\.answer],
        isOptional: true)
    package static let steps = [propose, approve, refuse]
}
