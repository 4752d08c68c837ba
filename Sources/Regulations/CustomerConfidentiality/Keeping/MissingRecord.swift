import Kernel

/// 错放、缺失追查: a record that the check found elsewhere or not at all is looked for until it is back in its slot or given up for lost; the
/// supervisor decides (第7条, 第14条, 第19条).
package struct MissingRecord: Document {
    package enum State: String, CaseIterable, Sendable { case open, found, lost }
    package static let name = "missing-record"
    package var file = ID<CustomerFile>.none
    package var code = "", place = "", facts = "", outcome = ""
    package var secrecy = SecrecyLevel.internal
    package var isMisplaced = false
    package init() {}

    var level: Level {
        get { secrecy.level }
        set { secrecy = newValue >= .topSecret ? .topSecret : newValue >= .secret ? .secret : .internal }
    }

    package static let form = Form<MissingRecord>(
        "错放、缺失追查", "Misplaced or missing record", number: "追查",
        states: [.open: .open("追查中", "Looked for"), .found: .done("已找到", "Found"), .lost: .no("确认遗失", "Lost")], readers: [.archive],
        [
            .reference(\.file, "客户档案", "File").listed(), .text(\.code, "档号", "Reference code").code().listed(),
            .text(\.place, "应在架位", "Slot").code().listed(), .flag(\.isMisplaced, "错放", "Misplaced").listed(), .prose(\.facts, "检查情况", "What was found"),
            .prose(\.outcome, "追查结果", "What came of it"), .choice(\.secrecy, "密级", "Level").optional(),
        ])

    package static let open = Step<MissingRecord>("open", "登记错放、缺失", "Misplaced or missing", to: .open, by: .system, under: confidentiality[14], confidentiality[7]) {
        missing, act in
        act.raise(to: missing.level)
        if missing.isMisplaced { return }
        act.notify(.officers, "全面检查发现档案缺失，请追查", "The check found a record missing; have it looked for")
    }
    package static let find = Step<MissingRecord>(
        "find", "已找到并归位", "Found and put back", from: .open, to: .found, by: .either(.archivist, .informationSpecialist, .informationSupervisor),
        under: confidentiality[14], fields: [\.outcome]
    ).task("查找档案", "Look for the record")
    package static let giveUp = Step<MissingRecord>(
        "giveUp", "确认遗失", "Give up for lost", from: .open, to: .lost, by: .post(.informationSupervisor), under: confidentiality[14],
        fields: [\.outcome], isOptional: true, signs: true
    ) { missing, act in
        try act.take(CustomerFile.lose, on: missing.file) { $0.copies = max(0, $0.copies - 1) }
        act.notify(.post(.serviceManager), "一卷档案确认遗失，如可能泄露请立即报告", "A record is lost; if it may have leaked, report it at once")
    }
    package static let steps = [open, find, giveUp]
}
