import Kernel
import WorkCalendar

/// 编号副本: what was printed, exported or copied, with a number that is never used again; recalled, returned and destroyed are states of
/// the copy (第23条). It bears the highest level of what it holds.
package struct ControlledCopy: NumberedCopy {
    package enum State: String, CaseIterable, Sendable { case out, recalled, returned, destroyed }
    package static let name = "controlled-copy"

    package var files: [ID<CustomerFile>] = []
    package var code = ""
    package var way = CopyWay.none
    package var reader = PersonID.none
    package var issuedAt: Moment?
    package var condition = "", witness = PersonID.none
    package var recallReason = ""
    package init() {}

    package init(of documents: [Int64], for verb: Verb, by reader: PersonID) {
        (files, way, self.reader) = (documents.map { ID($0) }, CopyWay(rawValue: verb.rawValue) ?? .copy, reader)
    }

    package var title: String { code }

    package static let form = Form<ControlledCopy>(
        "编号副本", "Numbered copy", number: "副本",
        states: [
            .out: .open("在外", "Out"), .recalled: .open("已通知收回", "Recalled"), .returned: .done("已收回", "Returned"),
            .destroyed: .done("已销毁", "Destroyed"),
        ],
        readers: [.officers, .post(.informationSpecialist)],
        [
            .text(\.code, "副本号", "Copy number").optional().indexed().listed(), .references(\.files, "档案", "Records").longest(5000),
            .choice(\.way, "方式", "How").listed(), .person(\.reader, "使用人", "Reader").listed(), .moment(\.issuedAt, "时间", "At").optional(),
            .text(\.recallReason, "收回原因", "Why it is recalled").optional().onceFilled(),
            .text(\.condition, "收回情况", "As it came back").optional().onceFilled(),
            .person(\.witness, "监销人", "Witness").optional().onceFilled(),
        ])

    static let back = Deadline("back", "收回副本", "Bring the copy back", under: confidentiality[23], escalatesTo: .officers)
    package static let deadlines = [back]

    /// Record number and running number; an export of several has the copy's own.
    package static let issue = Step<ControlledCopy>(
        "issue", "发放副本", "Issue", to: .out, by: .system, under: confidentiality[23], isIrrevocable: true
    ) { copy, act in
        let records = try copy.files.compactMap { try act.load($0) }
        copy.issuedAt = act.now
        act.raise(to: records.map(\.record.level).max() ?? .internal)
        guard records.count == 1, let file = records.first else { return }
        let before = try act.find(\ControlledCopy.files, with: file.id, limit: 10_000).filter { $0.value.files.count == 1 }
        copy.code = "\(file.value.referenceCode.isEmpty ? file.record.number ?? "" : file.value.referenceCode)-F\(before.count + 1)"
    }
    package static let recall = Step<ControlledCopy>(
        "recall", "通知收回", "Recall", from: .out, to: .recalled, by: .any([.officers, .post(.informationSpecialist)]),
        under: confidentiality[23], fields: [\.recallReason], isOptional: true
    ) { copy, act in try copy.beRecalled(act) }
    /// By another document's step.
    package static let recallWithRecord = Step<ControlledCopy>(
        "recallWithRecord", "随档案收回", "Recalled with its record", from: .out, to: .recalled, by: .system, under: confidentiality[22],
        isOptional: true
    ) { copy, act in try copy.beRecalled(act) }
    package static let giveBack = Step<ControlledCopy>(
        "return", "收回登记", "Take it back", from: .out, .recalled, to: .returned, by: .post(.informationSpecialist), under: confidentiality[23],
        fields: [\.condition]
    ) { _, act in act.meet(back) }
    package static let destroy = Step<ControlledCopy>(
        "destroy", "销毁登记", "Destroyed", from: .returned, to: .destroyed, by: .post(.informationSpecialist), under: confidentiality[23],
        fields: [\.witness], isOptional: true, isIrrevocable: true
    ) { copy, act in
        try act.require(
            !copy.witness.isNone && copy.witness != act.person && copy.witness != copy.reader, "销毁须由经办人、使用人以外的人监销",
            "Somebody else than whoever destroys it or used it watches")
    }
    package static let steps = [issue, recall, recallWithRecord, giveBack, destroy]

    private func beRecalled(_ act: Act) throws {
        act.start(Self.back, workingDays: try act.parameter(.recallWorkingDays))
        act.notify([reader], "副本 \(code) 须收回，请交回信息管理专员", "Copy \(code) is recalled: bring it back")
    }

    /// Every copy of a record that is still out.
    static func recallAll(of file: ID<CustomerFile>, because reason: Words, _ act: Act) throws -> [ID<ControlledCopy>] {
        let out = try act.find(\ControlledCopy.files, with: file, limit: 10_000).filter { $0.state == .out }
        for copy in out { try act.take(recallWithRecord, on: copy.id) { $0.recallReason = reason.zh } }
        return out.map(\.id)
    }
}

package enum CopyWay: String, Choosable {
    case none = "", print, export, copy

    package var words: Words { Verb(rawValue: rawValue)?.words ?? Words("", "") }
}
