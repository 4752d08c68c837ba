import Kernel
import WorkCalendar

/// 换班: by agreement of both, before the shift begins; the leader knows (第十六条).
package struct ShiftSwap: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, agreed, declined }
    package var shift = ID<DutyShift>.none, inReturn = ID<DutyShift>.none
    package var colleague = PersonID.none, giver = PersonID.none
    package var reason = "", answer = ""
    package init() {}

    package static let name = "shift-swap"

    package static let form = Form<ShiftSwap>(
        "换班", "Swap of a shift", number: "换班",
        states: [.proposed: .open("待对方同意", "Proposed"), .agreed: .done("已换班", "Swapped"), .declined: .no("对方不同意", "Declined")],
        readers: [.office],
        [
            .reference(\.shift, "换出的班次", "Shift").listed(), .person(\.colleague, "换班对方", "With whom").listed(),
            .reference(\.inReturn, "换入的班次", "In return").optional(), .text(\.reason, "原因", "Reason"),
            .person(\.giver, "申请人", "Giver").onceFilled().listed(), .text(\.answer, "答复", "Answer").onceFilled(),
        ])

    package static let propose = Step<ShiftSwap>(
        "propose", "申请换班", "Propose", to: .proposed, by: .staff, under: school[16], fields: [\.shift, \.colleague, \.inReturn, \.reason]
    ) { swap, act in
        swap.giver = act.person
        try act.require(swap.colleague != act.person, "不能与自己换班", "You cannot swap with yourself")
        try swap.requirePossible(act)
    }
    package static let agree = Step<ShiftSwap>(
        "agree", "同意换班", "Agree", from: .proposed, to: .agreed, by: .named(\ShiftSwap.colleague), notBy: propose, under: school[16],
        fields: [], signs: true
    ) { swap, act in
        let shift = try swap.requirePossible(act)
        try act.take(DutyShift.swap, on: swap.shift) { $0.person = swap.colleague }
        if !swap.inReturn.isNone { try act.take(DutyShift.swap, on: swap.inReturn) { $0.person = swap.giver } }
        let (giver, other) = (act.organisation.name(swap.giver), act.organisation.name(swap.colleague))
        let day = shift.value.day?.description ?? ""
        act.notify(
            [shift.value.leader, swap.giver], "\(day)的值班由\(giver.zh)换为\(other.zh)",
            "\(other.en) is on duty on \(day) instead of \(giver.en)")
    }
    package static let decline = Step<ShiftSwap>(
        "decline-swap", "不同意", "Decline", from: .proposed, to: .declined, by: .named(\ShiftSwap.colleague), notBy: propose,
        under: school[16], fields: [\.answer], isOptional: true)
    package static let steps = [propose, agree, decline]

    /// Asked when it is proposed and again when it is agreed: meanwhile the shift may have begun, or be somebody else's.
    @discardableResult
    private func requirePossible(_ act: Act) throws -> Found<DutyShift> {
        guard let shift = try act.load(shift) else { throw DeskError.absent }
        try requirePlanned(shift, of: giver, act)
        try requirePresent(colleague, during: shift, act)
        try shift.value.requireRested(colleague, except: inReturn, act)
        guard !inReturn.isNone else { return shift }
        guard let other = try act.load(inReturn) else { throw DeskError.absent }
        try requirePlanned(other, of: colleague, act)
        try requirePresent(giver, during: other, act)
        try other.value.requireRested(giver, except: self.shift, act)
        return shift
    }

    /// Whoever is away has said so by delegating for that time.
    private func requirePresent(_ person: PersonID, during shift: Found<DutyShift>, _ act: Act) throws {
        let name = act.organisation.name(person)
        let isAway = act.organisation.delegations.contains { away in
            guard away.giver == person, let from = shift.value.from, let until = shift.value.until else { return false }
            return away.from < until && from < away.to
        }
        try act.require(
            !isAway, "\(name.zh)在该班次期间不在岗（已委托他人代办），不能换班，请另找同事", "\(name.en) is away during the shift; ask somebody else")
    }

    private func requirePlanned(_ shift: Found<DutyShift>, of person: PersonID, _ act: Act) throws {
        let name = act.organisation.name(person)
        try act.require(shift.value.person == person, "该班次已不是\(name.zh)的，不能换班", "The shift is not \(name.en)'s any more")
        try act.require(
            shift.state == .planned && shift.value.from.map { act.now < $0 } ?? false, "班次已开始，不能再换班，请由信息室另行安排",
            "The shift has begun; the office arranges it")
        try act.require(
            act.organisation.isInService(colleague, within: act.scope, on: act.today), "只能与在岗的同事换班", "A swap is with a colleague in service"
        )
    }
}
