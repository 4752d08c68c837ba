import Store
import WorkCalendar

/// 领取: what waits at a post is claimed by one of its holders, and the others see who has it. It can be given back. A claim is no right:
/// whoever else holds the post may still take the step, and says so by taking it.
extension Transaction {
    func claim(_ id: Int64, _ principal: Principal, _ handling: TaskAction) throws {
        let task = try task(id, principal)
        let name = try requireMine(task, principal)
        guard task.addressee.person == nil else {
            throw DeskError.conflict(Words("此事项已指定由您本人办理，不必领取", "It waits for you by name and needs no claim"))
        }
        let session = try session
        guard try !authority.isSameHand(name, as: task.type.step(task.step)?.notBy ?? [], on: task.record.id, session) else {
            throw DeskError.forbidden(
                Words("您办理过前一环节，不得办理此步骤，不能领取", "You took the earlier step and may not take this one; you cannot claim it"))
        }
        let present = authority.claimants(task.addressee, at: now).map { String($0.raw) }.joined(separator: ", ")
        let claimed = try session.execute(
            """
            UPDATE task SET claimed = $1 WHERE document = $2 AND step = $3
                AND (claimed = 0 OR claimed = $1 OR claimed NOT IN (\(present.isEmpty ? "0" : present)))
            """, [.int(name.person.raw), .int(task.record.id), .text(task.step)])
        guard claimed > 0 else {
            let holder = try session.first("SELECT claimed FROM task WHERE id = $1", [.int(id)]) { PersonID($0.int(0)) } ?? .none
            let who = organisation.name(holder)
            throw DeskError.conflict(
                Words("此事项已由\(who.zh)领取，请与其商量或待其退回", "\(who.en) has claimed it; ask, or wait until it is given back"))
        }
        try enter(handling, task.record, name)
    }

    func release(_ id: Int64, _ principal: Principal, _ handling: TaskAction) throws {
        let task = try task(id, principal)
        let released = try session.execute(
            "UPDATE task SET claimed = 0 WHERE document = $1 AND step = $2 AND claimed = $3",
            [.int(task.record.id), .text(task.step), .int(principal.person.raw)])
        guard released > 0 else {
            throw DeskError.forbidden(Words("此事项不是您领取的，不能退领", "You have not claimed it and cannot give it back"))
        }
        try enter(handling, task.record, principal)
    }
}

extension Authority {
    /// Who may have claimed what waits there: the holders of the post, and whoever stands in for one of them.
    func claimants(_ addressee: Addressee, at moment: Moment) -> [PersonID] {
        let holders = people(addressee)
        let receivers = Set(organisation.delegations.filter { holders.contains($0.giver) && $0.isInForce(at: moment) }.map(\.receiver))
        return holders + receivers.filter { organisation.givers(to: $0, at: moment).contains(where: holders.contains) }
    }
}
