import Store
import WorkCalendar

/// How people come, change and go.
extension Transaction {
    func need(_ text: String, _ field: String) throws {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw DeskError.invalid([.init(field: field, Words("请填写名称", "Enter a name"))])
        }
    }

    /// - Parameter administrator: where there is another administrator besides who adds the person, he confirms that.
    func addPerson(
        _ login: String, _ zh: String, _ en: String, _ clearance: Level, _ administrator: Bool, _ principal: Principal
    ) throws -> Int64 {
        try need(zh, "zh")
        try need(login, "login")
        guard !organisation.people.values.contains(where: { $0.login == login }) else {
            throw DeskError.invalid([.init(field: "login", Words("登录名已被使用，请换一个", "That log-in name is taken; choose another"))])
        }
        let id = desk.idGenerator.next(now)
        let isAsked = administrator && needsAnother(principal)
        try stating(.person, id) {
            try $0.execute(
                "INSERT INTO person (id, login, zh, en, clearance, active, administrator) VALUES ($1, $2, $3, $4, $5, 1, $6)",
                [
                    .int(id), .text(login), .text(zh), .text(en.isEmpty ? zh : en), .int(Int64(clearance.rawValue)),
                    .int(administrator && !isAsked ? 1 : 0),
                ])
        }
        if isAsked {
            let person = Person(
                id: PersonID(id), login: login, words: Words(zh, en.isEmpty ? zh : en), clearance: clearance, isActive: true,
                isAdministrator: false)
            _ = try ask(.administrator, person, reason: "", principal)
        }
        return id
    }

    /// An administrator is made and unmade by two, where there are two.
    func changePerson(
        _ id: PersonID, _ zh: String, _ en: String, _ clearance: Level, _ active: Bool, _ administrator: Bool, _ principal: Principal
    ) throws -> Int64 {
        try need(zh, "zh")
        guard let found = organisation.people[id] else { throw DeskError.absent }
        let isRemoved = found.isAdministrator && found.isActive && !(administrator && active)
        if isRemoved { try requireAnotherAdministrator(than: id) }
        let isAsked = needsAnother(principal) && (isRemoved || administrator && !found.isAdministrator)
        let (isActive, isAdministrator) = isAsked && isRemoved ? (true, true) : (active, administrator && !isAsked)
        try stating(.person, id.raw) {
            try $0.execute(
                "UPDATE person SET zh = $1, en = $2, clearance = $3, active = $4, administrator = $5 WHERE id = $6",
                [
                    .text(zh), .text(en.isEmpty ? zh : en), .int(Int64(clearance.rawValue)), .int(isActive ? 1 : 0),
                    .int(isAdministrator ? 1 : 0), .int(id.raw),
                ])
        }
        if isAsked { _ = try ask(isRemoved ? .removal : .administrator, found, reason: "", leaves: !active, principal) }
        if !isActive { try desk.endAccess(of: id, by: principal, because: Words("人员停用", "The person has left"), session) }
        return id.raw
    }

    func needsAnother(_ principal: Principal) -> Bool {
        !principal.isSystem && !organisation.administrators(otherThan: principal.person).isEmpty
    }

    /// With the last post ends every way in: tokens and log-ins.
    func endAccessWithLastPost(_ holding: Int64, on day: Day, _ principal: Principal) throws {
        guard day <= now.day, let ended = organisation.holdings.first(where: { $0.id == holding }),
            organisation.people[ended.person]?.isAdministrator == false
        else { return }
        let isLeft = organisation.holdings.contains {
            $0.person == ended.person && $0.id != holding && $0.ended == nil && ($0.to.map { $0 >= now.day } ?? true)
        }
        if isLeft { return }
        try desk.endAccess(of: ended.person, by: principal, because: Words("岗位已全部结束", "All posts have ended"), session)
    }
}
