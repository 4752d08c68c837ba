import Kernel

/// 修复单: what is faded or torn is repaired in time, with pictures of before and after (第15条).
package struct RepairOrder: Document {
    package enum State: String, CaseIterable, Sendable { case open, repaired, accepted }
    package static let name = "repair-order"
    package var file = ID<CustomerFile>.none
    package var check = ID<ArchiveCheck>.none
    package var code = "", place = "", facts = "", method = "", objection = ""
    package var damage = CheckOutcome.unchecked
    package var before: [FileReference] = [], after: [FileReference] = []
    package var secrecy = SecrecyLevel.internal
    package init() {}

    package static let form = Form<RepairOrder>(
        "修复单", "Repair order", number: "修复",
        states: [
            .open: .open("待修复", "To be repaired"), .repaired: .open("待验收", "To be accepted"), .accepted: .done("已验收", "Accepted"),
        ],
        readers: [.archive],
        [
            .reference(\.file, "客户档案", "File").listed(), .text(\.code, "档号", "Reference code").code().listed().optional(),
            .text(\.place, "架位", "Slot").code().optional(), .choice(\.damage, "损坏类型", "Damage").listed(),
            .prose(\.facts, "损坏情况", "What is damaged"), .files(\.before, "修复前照片", "Pictures before"),
            .reference(\.check, "来自检查", "From the check").optional().onceFilled(), .text(\.method, "修复方法", "How it was repaired"),
            .files(\.after, "修复后照片", "Pictures after"), .text(\.objection, "退回原因", "Why it is sent back").onceFilled(),
            .choice(\.secrecy, "密级", "Level").optional(),
        ])

    static let repairing = Deadline(
        "repairing", "及时修复", "Repair in time", under: confidentiality[15], escalatesTo: .post(.informationSupervisor), ofWorkingDays: true)
    package static let deadlines = [repairing]

    /// Between checks, whoever sees it.
    package static let report = Step<RepairOrder>(
        "report", "登记损坏", "Report damage", to: .open, by: .either(.archivist, .informationSpecialist, .custodian),
        under: confidentiality[15], fields: [\.file, \.damage, \.facts, \.before]
    ) { order, act in
        try act.require(order.damage.asksForRepair, "请选择破损、字迹褪变或书写材料不合格", "Choose damaged, faded or wrong ink")
        guard let file = try act.load(order.file) else { return }
        (order.code, order.place, order.secrecy) = (file.value.referenceCode, file.value.shelf, file.value.secrecy)
        act.raise(to: file.record.level)
        act.start(repairing, workingDays: try act.parameter(.repairWorkingDays))
    }
    package static let fromCheck = Step<RepairOrder>(
        "fromCheck", "检查发现", "Found by a check", to: .open, by: .system, under: confidentiality[15], confidentiality[14]
    ) { order, act in
        act.raise(to: order.secrecy.level)
        act.start(repairing, workingDays: try act.parameter(.repairWorkingDays))
    }
    package static let repair = Step<RepairOrder>(
        "repair", "修复完成", "Repaired", from: .open, to: .repaired, by: .either(.archivist, .custodian), under: confidentiality[15],
        fields: [\.method, \.before, \.after]
    ) { order, act in
        let (before, after) = (Set(order.before.map(\.digest)), Set(order.after.map(\.digest)))
        try act.require(before.isDisjoint(with: after), "修复后的照片与修复前的相同，请重新拍摄", "The pictures after are those from before; take new ones")
        act.meet(repairing)
    }.task("修复档案", "Repair the record")
    package static let accept = Step<RepairOrder>(
        "accept", "验收", "Accept", from: .repaired, to: .accepted, by: .either(.informationSpecialist, .informationSupervisor), notBy: repair,
        under: confidentiality[15], signs: true)
    package static let sendBack = Step<RepairOrder>(
        "sendBack", "退回重修", "Send back", from: .repaired, to: .open, by: .either(.informationSpecialist, .informationSupervisor),
        notBy: repair, under: confidentiality[15], fields: [\.objection], isOptional: true
    ) { _, act in try act.resume(repairing) }
    package static let steps = [report, fromCheck, repair, accept, sendBack]

    static func open(_ line: CheckLine, _ check: ID<ArchiveCheck>, _ act: Act) throws {
        guard let file = try act.load(line.file) else { return }
        var order = RepairOrder()
        (order.file, order.check, order.code, order.place) = (line.file, check, line.code, line.place)
        (order.damage, order.facts, order.before, order.secrecy) = (line.outcome, line.note, line.photos, file.value.secrecy)
        try act.create(order, by: fromCheck)
    }
}
