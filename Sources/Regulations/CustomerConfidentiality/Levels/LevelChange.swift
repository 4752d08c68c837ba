import Kernel
import WorkCalendar

/// 密级变更: a level is raised with the manager's approval and lowered with the general manager's; what it is raised to needs a custodian,
/// stands apart, and what is out comes back (第22条).
package struct LevelChange: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, done, refused }
    package static let name = "level-change"

    package var file = ID<CustomerFile>.none
    package var from = SecrecyLevel.internal, to = SecrecyLevel.internal
    package var custodian = PersonID.none
    package var reason = "", answer = ""
    package var isRaised = false
    package var copies: [ID<ControlledCopy>] = []
    package var loans: [ID<Loan>] = []
    package var ended: [PersonID] = []
    package init() {}

    package static let form = Form<LevelChange>(
        "密级变更", "Change of level", number: "密级",
        states: [.proposed: .open("待批准", "To be approved"), .done: .done("已变更", "Changed"), .refused: .no("不予变更", "Refused")],
        readers: [.officers, .post(.generalManager), .post(.informationSpecialist)],
        [
            .reference(\.file, "档案", "File").listed(), .choice(\.from, "原密级", "Level before").optional(),
            .choice(\.to, "改为", "To").listed(),
            .person(\.custodian, "专管人", "Custodian").optional().hint("机密、绝密须指定", "for classified files"),
            .prose(\.reason, "理由", "Reason"), .flag(\.isRaised, "提升", "Raised"),
            .references(\.copies, "收回的副本", "Copies recalled").optional().onceFilled().longest(10_000),
            .references(\.loans, "催还的外借", "Loans called back").optional().onceFilled(),
            .people(\.ended, "授权终止的人员", "Whose grants ended").optional().onceFilled(),
            .text(\.answer, "不予变更的理由", "Why not").optional().onceFilled(),
        ])

    package static let propose = Step<LevelChange>(
        "propose", "提出变更", "Propose", to: .proposed, by: .either(.informationSpecialist, .informationSupervisor, .custodian),
        under: confidentiality[22], fields: [\.file, \.to, \.custodian, \.reason]
    ) { change, act in try change.prepare(act) }
    package static let approveRaising = Step<LevelChange>(
        "approveRaising", "批准提升密级", "Approve raising", from: .proposed, to: .done, by: .post(.serviceManager), notBy: propose,
        when: { $0.value.isRaised }, under: confidentiality[22], isIrrevocable: true, signs: true
    ) { change, act in try change.carryOut(act) }
    package static let approveLowering = Step<LevelChange>(
        "approveLowering", "批准降低密级", "Approve lowering", from: .proposed, to: .done, by: .post(.generalManager), notBy: propose,
        when: { !$0.value.isRaised }, under: confidentiality[22], isIrrevocable: true, signs: true
    ) { change, act in try change.carryOut(act) }
    package static let refuse = Step<LevelChange>(
        "refuse", "不予变更", "Refuse", from: .proposed, to: .refused, by: .either(.serviceManager, .generalManager),
        under: confidentiality[22],
        fields: [\.answer], isOptional: true)
    package static let steps = [propose, approveRaising, approveLowering, refuse]

    private mutating func prepare(_ act: Act) throws {
        guard let found = try act.load(file) else { return }
        from = found.value.secrecy
        try act.require(to.level != from.level, "该档案已是\(to.words.zh)", "The file has that level already")
        isRaised = to.level > from.level
        // Whoever may not know of the record learns nothing here.
        act.raise(to: max(from.level, to.level))
        try requireCustodian(act)
    }

    private func requireCustodian(_ act: Act) throws {
        guard to.isClassified else { return }
        let clearance = act.organisation.people[custodian]?.clearance ?? .public
        try act.require(
            !custodian.isNone && clearance >= to.level, "机密、绝密档案须指定有相应涉密等级的专管人",
            "A classified file has a named custodian who is cleared for its level")
    }

    private mutating func carryOut(_ act: Act) throws {
        try requireCustodian(act)
        guard let found = try act.load(file) else { return }
        try act.require(
            found.value.secrecy == from, "档案的密级在申请后已变更，请重新提出", "The level was changed meanwhile; propose it anew")
        let (level, keeper) = (to, to.isClassified ? custodian : .none)
        if isRaised {
            ended = try GrantEnding.revoke(on: [file], because: Words("档案密级提升", "The record's level was raised"), act)
            copies = try ControlledCopy.recallAll(of: file, because: Words("档案密级提升", "The record's level was raised"), act)
            let out = try act.find(\Loan.file, is: file, limit: 1000).filter { $0.state == .lent || $0.state == .broughtBack }
            loans = out.map(\.id)
            for loan in out where loan.state == .lent { try act.take(Loan.callBack, on: loan.id) }
        }
        try act.take(CustomerFile.changeLevel, on: file) { ($0.secrecy, $0.custodian) = (level, keeper) }
        for loan in try act.find(\Loan.file, is: file, limit: 1000) where [.requested, .refused, .returned].contains(loan.state) {
            try act.take(Loan.followLevel, on: loan.id)
        }
        try DestructionList.release(file, act)
    }
}
