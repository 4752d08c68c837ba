import Kernel
import WorkCalendar

/// 档案传递: dispatch, delivery and carrying by a designated courier, with a safeguard, a sealed number, hand-over and receipt (第23条).
package struct RecordDispatch: Document {
    package enum State: String, CaseIterable, Sendable { case ordered, carried, received, disputed, cancelled }
    package static let name = "record-dispatch"

    package var files: [ID<CustomerFile>] = []
    package var content = "", purpose = ""
    package var courier = PersonID.none, receiver = PersonID.none
    package var safeguard = Safeguard.none
    package var sealNumber = "", sealCarried = "", sealReceived = ""
    package var sealState = SealState.none
    package var note = ""
    package init() {}

    package static let form = Form<RecordDispatch>(
        "档案传递单", "Dispatch of records", number: "传递",
        states: [
            .ordered: .open("待交接", "To be handed over"), .carried: .open("传递中", "On its way"), .received: .done("已签收", "Received"),
            .disputed: .open("封签异常待处理", "Seal not intact"), .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.officers, .post(.informationSpecialist)],
        [
            .references(\.files, "档案", "Records"), .text(\.content, "内容和份数", "What, and how many").listed(), .prose(\.purpose, "事由", "Why"),
            .person(\.courier, "递送员", "Courier").listed().hint("须为指定的档案递送员", "a designated courier"), .person(\.receiver, "收件人", "Receiver").listed(),
            .choice(\.safeguard, "安全措施", "Safeguard").listed().hint("密级档案用密码箱或双人押运", "classified: a locked case, or two people"),
            .text(\.sealNumber, "封签号", "Seal").unique(under: confidentiality[23]).listed(),
            .text(\.sealCarried, "接件时封签号", "Seal at the hand-over").code().own().onceFilled(),
            .text(\.sealReceived, "签收时封签号", "Seal at the receipt").code().own().onceFilled(),
            .choice(\.sealState, "签收时封签状况", "Seal as it came").onceFilled(), .text(\.note, "情况说明", "Note").onceFilled(),
        ])

    static let arriving = Deadline("arriving", "送达", "Delivery", under: confidentiality[23], escalatesTo: .post(.informationSupervisor))
    package static let deadlines = [arriving]

    package static let order = Step<RecordDispatch>(
        "order", "指派传递", "Order", to: .ordered, by: .either(.informationSpecialist, .informationSupervisor, .custodian),
        under: confidentiality[23], fields: [\.files, \.content, \.purpose, \.courier, \.receiver, \.safeguard, \.sealNumber]
    ) { dispatch, act in try dispatch.requireSafe(act) }
    package static let handOver = Step<RecordDispatch>(
        "handOver", "接件", "Take over", from: .ordered, to: .carried, by: .named(\RecordDispatch.courier), notBy: order,
        under: confidentiality[23], fields: [\.sealCarried], signs: true
    ) { dispatch, act in
        try act.require(
            dispatch.sealCarried == dispatch.sealNumber, "封签号与传递单不符，不得接件", "The seal is not the one on the slip: do not take it over")
        act.start(arriving, due: act.now.adding(hours: try act.parameter(.dispatchHours)))
    }
    package static let receive = Step<RecordDispatch>(
        "receive", "签收", "Receive", from: .carried, to: .received, by: .named(\RecordDispatch.receiver), notBy: handOver,
        when: { $0.value.sealState != .broken }, under: confidentiality[23], fields: [\.sealReceived, \.sealState], signs: true
    ) { dispatch, act in
        try act.require(
            dispatch.sealState == .intact && dispatch.sealReceived == dispatch.sealNumber,
            "封签号不符或封签破损的，不得签收，请办理“封签异常”", "With another seal, or a broken one, do not receive it: report it")
        act.meet(arriving)
    }
    /// 封签异常: a possible leak, which goes to both officers at once (第27条).
    package static let dispute = Step<RecordDispatch>(
        "dispute", "封签异常", "Seal not intact", from: .carried, to: .disputed, by: .named(\RecordDispatch.receiver), notBy: handOver,
        under: confidentiality[23], confidentiality[27], fields: [\.sealReceived, \.note], isOptional: true
    ) { dispatch, act in
        dispatch.sealState = .broken
        act.meet(arriving)
        var report = LeakReport()
        report.what = "传递单 \(act.record.number ?? "") 签收时封签异常：\(dispatch.note)"
        (report.certainty, report.files) = (.possible, dispatch.files)
        try act.create(report, by: LeakReport.enter)
    }
    package static let settle = Step<RecordDispatch>(
        "settle", "处理后签收", "Settle", from: .disputed, to: .received, by: .officers, under: confidentiality[23], fields: [\.note])
    package static let cancel = Step<RecordDispatch>(
        "cancel", "取消传递", "Cancel", from: .ordered, to: .cancelled, by: .either(.informationSpecialist, .informationSupervisor),
        under: confidentiality[23], fields: [\.note], isOptional: true)
    package static let steps = [order, handOver, receive, dispute, settle, cancel]

    private func requireSafe(_ act: Act) throws {
        let couriers = act.organisation.holders(of: Post.courier.id, within: act.record.scope, on: act.today)
        try act.require(couriers.contains(courier), "传递须由指定的档案递送员负责", "Records are carried by a designated courier")
        try act.require(courier != receiver, "递送员不能是收件人", "The courier is not the receiver")
        let level = try files.compactMap { try act.load($0)?.record.level }.max() ?? .internal
        try act.require(
            safeguard != .none && (level < .secret || safeguard.isStrong), "密级档案须用密码箱或双人押运", "Classified records go in a locked case or with two people")
        act.raise(to: level)
    }
}

package enum Safeguard: String, Choosable {
    case none = "", envelope, lockedCase = "locked-case", twoPeople = "two-people"

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .envelope: Words("密封袋", "Sealed envelope")
        case .lockedCase: Words("密码箱", "Locked case")
        case .twoPeople: Words("双人押运", "Two people")
        }
    }
    var isStrong: Bool { self == .lockedCase || self == .twoPeople }
}

package enum SealState: String, Choosable {
    case none = "", intact, broken

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .intact: Words("完好", "Intact")
        case .broken: Words("异常", "Not intact")
        }
    }
}
