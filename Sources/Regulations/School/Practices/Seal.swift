import Kernel
import WorkCalendar

/// 印章: who answers for it, who has it now, and how it ended (第十六条).
package struct Seal: Document {
    package enum State: String, CaseIterable, Sendable { case inUse, retired, destroyed, lost }
    package var label = "", issuer = "", reason = ""
    package var custodian = PersonID.none, keeper = PersonID.none
    package var owner = UnitID.none
    package var keptUntil: Moment?
    package init() {}

    package static let name = "seal"
    package var title: String { label }

    package static let form = Form<Seal>(
        "印章", "Seal", number: "印章",
        states: [
            .inUse: .open("在用", "In use"), .retired: .open("停用封存", "Sealed away"), .destroyed: .done("已销毁", "Destroyed"),
            .lost: .no("遗失", "Lost"),
        ],
        readers: [.staff],
        [
            .text(\.label, "印章名称", "Seal").code().listed(), .text(\.issuer, "印文单位", "In whose name").code().listed(),
            .unit(\.owner, "使用单位", "Whose it is").optional().listed()
                .hint("不填为保管人所在单位；单位撤并时随单位移交", "where nothing is said the custodian's; it goes over with the unit"),
            .person(\.custodian, "保管人", "Custodian").listed(), .person(\.keeper, "现持有人", "Who has it now").onceFilled().listed(),
            .moment(\.keptUntil, "代管至", "Kept for the custodian until").onceFilled(), .text(\.reason, "事由", "Reason").onceFilled(),
        ])

    package static let register = Step<Seal>(
        "register", "启用登记", "Enter", to: .inUse, by: .post(.informationOffice), under: school[16],
        fields: [\.label, \.issuer, \.owner, \.custodian]
    ) { seal, act in
        let keepers = act.organisation.holders(of: Post.sealKeeper.id, within: act.scope, on: act.today)
        try act.require(keepers.contains(seal.custodian), "保管人须先任命为印章保管人", "Whoever keeps it holds the post of a keeper")
        seal.keeper = seal.custodian
        act.hold(seal.custodian)
        if seal.owner.isNone { act.place(with: seal.custodian) } else { act.place(in: seal.owner) }
    }
    package static let assign = Step<Seal>(
        "assign", "调整使用单位", "Assign to a unit", from: .inUse, .retired, to: nil, by: .post(.informationOffice), under: school[14],
        school[16], fields: [\.owner], isOptional: true
    ) { seal, act in
        try act.require(!seal.owner.isNone, "请选择使用单位", "Say whose it is")
        act.place(in: seal.owner)
    }
    package static let pass = Step<Seal>("pass", "交接", "Pass on", from: .inUse, to: nil, by: .system, under: school[16]) { seal, act in
        act.hold(seal.keeper)
    }
    package static let retire = Step<Seal>(
        "retire", "停用封存", "Seal away", from: .inUse, to: .retired, by: .post(.informationOffice), under: school[16], fields: [\.reason],
        isOptional: true
    ) { seal, act in try act.require(!seal.reason.isEmpty, "请写明停用事由（更名、撤销等）", "Say why: renamed, dissolved") }
    /// By two together.
    package static let destroy = Step<Seal>(
        "destroy", "销毁", "Destroy", from: .retired, to: .destroyed, by: .any([.office, .post(.administrativeSpecialist)]), takers: 2,
        under: school[16], fields: [])
    package static let lose = Step<Seal>(
        "lose", "报失", "Report lost", from: .inUse, to: .lost, by: .named(\Seal.keeper), under: school[16], fields: [\.reason],
        isOptional: true
    ) { seal, act in
        act.notify(.management, "印章“\(seal.label)”报失，请公告作废", "A seal is lost; give public notice")
    }
    package static let steps = [register, assign, pass, retire, destroy, lose]
}

/// 印章代管交接: the keeper is away; a deputy has the seal for a time, and the impressions on the counter are told both ways.
package struct SealHandover: Document {
    package enum State: String, CaseIterable, Sendable { case given, accepted, handedBack, closed }
    package var seal = ID<Seal>.none
    package var deputy = PersonID.none
    package var reason = ""
    package var until: Moment?
    package var counter = 0, counted = 0, countedBack = 0
    package init() {}

    package static let name = "seal-handover"

    package static let form = Form<SealHandover>(
        "印章代管交接", "Handing over of a seal", number: "印交",
        states: [
            .given: .open("待接收", "To be accepted"), .accepted: .open("代管中", "With the deputy"),
            .handedBack: .open("待收回", "To be taken back"), .closed: .done("已收回", "Taken back"),
        ],
        readers: [.office],
        [
            .reference(\.seal, "印章", "Seal").listed(), .person(\.deputy, "代管人", "Deputy").listed(), .text(\.reason, "事由", "Reason"),
            .moment(\.until, "代管至", "Until").listed(), .whole(\.counter, "移交时用印累计", "Impressions so far", in: 0...10_000_000),
            .whole(\.counted, "接收人清点", "As the deputy counts", in: 0...10_000_000).onceFilled(),
            .whole(\.countedBack, "收回时用印累计", "When it came back", in: 0...10_000_000).onceFilled(),
        ])

    static let window = Deadline("window", "按期收回", "Take it back in time", under: school[16], escalatesTo: .post(.informationOffice))
    package static let deadlines = [window]

    package static let give = Step<SealHandover>(
        "give", "移交代管", "Give", to: .given, by: .post(.sealKeeper), under: school[16],
        fields: [\.seal, \.deputy, \.reason, \.until, \.counter]
    ) { handover, act in
        guard let seal = try act.load(handover.seal) else { throw DeskError.absent }
        try act.require(seal.state == .inUse && seal.value.keeper == act.person, "印章不在您手中，不能移交", "You do not have this seal")
        try act.require(handover.until.map { $0 > act.now } ?? false, "请写明代管到什么时候", "Say until when")
        let keepers = act.organisation.holders(of: Post.sealKeeper.id, within: act.scope, on: act.today)
        try act.require(
            handover.deputy != act.person && keepers.contains(handover.deputy), "代管人须是另一位印章保管人", "The deputy is another keeper of seals")
        let impressions = try handover.impressions(act)
        try act.require(
            handover.counter == impressions, "用印累计应为\(impressions)次，请清点后再移交",
            "There were \(impressions) impressions; count before you give it")
    }
    package static let accept = Step<SealHandover>(
        "accept", "清点接收", "Count and accept", from: .given, to: .accepted, by: .named(\SealHandover.deputy), notBy: give,
        under: school[16], fields: [\.counted], signs: true
    ) { handover, act in
        try act.require(
            handover.counted == handover.counter, "清点数与移交数不符，请双方核对", "The counts differ; both look again")
        try act.take(Seal.pass, on: handover.seal) { ($0.keeper, $0.keptUntil) = (handover.deputy, handover.until) }
        if let until = handover.until { act.start(window, due: until) }
    }
    package static let handBack = Step<SealHandover>(
        "hand-back", "交回", "Hand back", from: .accepted, to: .handedBack, by: .named(\SealHandover.deputy), under: school[16],
        fields: [\.countedBack]
    ) { handover, act in
        let impressions = try handover.impressions(act)
        try act.require(
            handover.countedBack == impressions, "用印累计应为\(impressions)次，请清点后再交回",
            "There were \(impressions) impressions; count before you give it back")
    }
    package static let close = Step<SealHandover>(
        "close", "收回", "Take back", from: .handedBack, to: .closed, by: .post(.sealKeeper), notBy: handBack, under: school[16], fields: [],
        signs: true
    ) { handover, act in
        guard let seal = try act.load(handover.seal)?.value else { throw DeskError.absent }
        try act.require(seal.custodian == act.person, "由印章保管人本人收回", "The custodian takes it back")
        try act.take(Seal.pass, on: handover.seal) { ($0.keeper, $0.keptUntil) = (seal.custodian, nil) }
        act.meet(window)
    }
    package static let steps = [give, accept, handBack, close]

    /// All that were ever made with the seal.
    private func impressions(_ act: Act) throws -> Int {
        try act.find(\SealRequest.seal, is: seal, limit: 100_000).reduce(0) { $0 + $1.value.stamped }
    }
}
