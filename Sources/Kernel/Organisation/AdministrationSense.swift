import WorkCalendar

/// What of a change of the organisation is asked twice, or told to be a mistake.
extension Transaction {
    /// What an administrator would do by mistake only.
    func requireSense(_ change: Administration, by principal: Principal) throws {
        func refuse(_ field: String, _ zh: String, _ en: String) -> DeskError { .invalid([.init(field: field, Words(zh, en))]) }
        func requireNewName(_ zh: String, below parent: UnitID?, besides unit: UnitID? = nil) throws {
            let isThere = organisation.units.values.contains {
                $0.parent == parent && $0.id != unit && !$0.isClosed && $0.words.zh == zh
            }
            if isThere {
                throw refuse(
                    "zh", "上级单位下已有“\(zh)”，请换一个名称，或直接使用该单位",
                    "There is a unit of this name there already; choose another name, or use that one")
            }
        }
        switch change {
        case .addUnit(let parent, let zh, _): try requireNewName(zh, below: parent)
        case .renameUnit(let unit, let zh, _): try requireNewName(zh, below: organisation.units[unit]?.parent, besides: unit)
        case .appoint(let person, let unit, let post, let from, let to):
            let isHeld = organisation.holdings.contains {
                $0.ended == nil && $0.person == person && $0.unit == unit && $0.post == post && $0.from <= (to ?? $0.from)
                    && ($0.to ?? from) >= from
            }
            if isHeld { throw refuse("post", "此人在该单位已任此岗位，不必重复任命", "The person holds this post there already") }
            if let to, to < from { throw refuse("to", "结束日期不能早于开始日期", "The end cannot be before the beginning") }
        case .changePerson(let person, _, _, _, let isActive, _, let isSettled, let successor):
            guard !isActive, let found = organisation.people[person], found.isActive else { return }
            if found.isAdministrator, successor != nil, needsAnother(principal) {
                throw refuse(
                    "successor", "停用系统管理员须另一位管理员确认，不能同时指定接办人；请先由本人转交名下待办，或不指定，确认后退回岗位",
                    "Another administrator confirms that an administrator leaves; the person passes the tasks on before, or they go back then"
                )
            }
            try requireSettled(hanging(on: person).taken(over: successor != nil), isSettled)
        case .endHolding(let id, let day, let isSettled, let successor):
            guard let holding = organisation.holdings.first(where: { $0.id == id }) else { throw DeskError.absent }
            if day > now.day, successor != nil {
                throw refuse("successor", "离岗当日才能指定接办人", "A successor is named on the day on which the post ends")
            }
            try requireSettled(hanging(on: holding.person, ending: id).taken(over: successor != nil), isSettled)
        case .adopt(let regulation, let version, let unit, let from, let reason):
            let isSame = organisation.adoptions.contains {
                $0.regulation == regulation && $0.unit == unit && $0.version == version && $0.to == nil && $0.from <= from
            }
            if isSame { throw refuse("version", "该单位已采用此版本", "The unit has adopted this version already") }
            if from < now.day, !reason.contains(where: { !$0.isWhitespace }) {
                throw refuse("reason", "执行日期早于今天的，请写明理由或文号", "It begins before today; give the reason or the decision")
            }
        default: break
        }
    }
}
