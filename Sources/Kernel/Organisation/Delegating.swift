import Ledger
import Store
import WorkCalendar

/// 委托: a person lets another act for a while.
extension Transaction {
    /// Nobody delegates in another's name, or ends what another delegated.
    func requireHandler(_ principal: Principal, of handling: TaskAction) throws {
        switch handling {
        case .delegate, .endDelegation:
            try requireStanding(principal)
            guard principal.behalf == nil else {
                throw DeskError.forbidden(Words("委托须由本人办理，不能由代理人办理", "A delegation is given and ended by oneself, not by a delegate"))
            }
        default: break
        }
    }

    func delegate(to person: PersonID, from: Moment, until: Moment, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws
    {
        try requireReason(reason)
        guard organisation.isWorking(person, on: now.day), person != principal.person else {
            throw DeskError.invalid([.init(field: "to", Words("请选择另一位在职人员", "Choose another person in service"))])
        }
        guard from < until, until > now else {
            throw DeskError.invalid([.init(field: "until", Words("结束时间应晚于开始时间和现在", "The end must be after the beginning and after now"))])
        }
        guard until <= from.adding(days: 366) else {
            throw DeskError.invalid([
                .init(field: "until", Words("委托最长一年，到期可再委托", "A delegation lasts a year at most, and can be given again"))
            ])
        }
        let isDouble = organisation.delegations.contains {
            $0.giver == principal.person && $0.receiver == person && $0.from < until && from < $0.to
        }
        if isDouble {
            throw DeskError.invalid([
                .init(field: "to", Words("这段时间您已委托此人，不必重复委托", "This person is your delegate in that time already"))
            ])
        }
        let id = desk.idGenerator.next(now)
        let sealed = try FreeText(keys: desk.keys).sealed(reason: reason, of: id)
        try stating(.delegation, id) {
            try $0.execute(
                "INSERT INTO delegation (id, giver, receiver, from_at, to_at, reason) VALUES ($1, $2, $3, $4, $5, $6)",
                [
                    .int(id), .int(principal.person.raw), .int(person.raw), .int(from.milliseconds), .int(until.milliseconds),
                    .text(sealed),
                ])
        }
        try organisationChanged()
        try notify(
            person,
            Words("\(organisation.name(principal.person).zh)委托您代办", "\(organisation.name(principal.person).en) made you a delegate"),
            about: nil)
        try enter(handling, nil, principal, words: toWhom("委托", person), reason: reason)
    }

    func endDelegation(_ id: Int64, _ principal: Principal, _ handling: TaskAction) throws {
        guard let delegation = organisation.delegations.first(where: { $0.id == id && $0.giver == principal.person }),
            delegation.to > now || delegation.from >= now
        else { throw DeskError.absent }
        try end(delegation)
        try organisationChanged()
        try enter(handling, nil, principal)
    }
}
