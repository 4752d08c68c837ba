import Identifiers
import Kernel
import WorkCalendar

/// What opening a file, and adding to it, comes to.
extension CustomerFile {
    mutating func open(_ act: Act) throws {
        try takeCode(act)
        customerClass = subclass.customerClass
        if retention == .unset { retention = secrecy == .public ? .tenYears : .thirtyYears }
        try requireCustodian(act)
        referenceCode = try CodeSeries.next(self, act).text
        if secrecy.isClassified { act.number(secrecy == .topSecret ? "绝档" : "密档") }
        try mark(act)
        try follow(act)
        if !contact.isNone {
            let file = ID<CustomerFile>(act.record.id)
            try act.take(FirstContact.settle, on: contact) { $0.file = file }
        }
        try Placing.place(&self, act)
    }

    /// Classified files stand apart: one whose level crosses that line gives its slot back and gets another (第22条).
    mutating func changeLevel(_ act: Act) throws {
        try mark(act)
        let stands = try Placing.standing(ID(act.record.id), act)
        guard stands.contains(where: { !Placing.takes($0.value, self) }) else { return }
        try Placing.clear(&self, act)
        try Placing.place(&self, act)
    }

    func checkOpening(_ check: Checking<CustomerFile>) {
        check.require(copies > 0, "建档至少一份", "A file has one copy at least", at: \.copies)
        check.require(subclass != .unknown, "请选择客户子类", "Choose what kind of customer it is", at: \.subclass)
        if subclass == .individual { checkIndividual(check) } else if subclass != .unknown { checkOrganisation(check) }
    }

    private func checkIndividual(_ check: Checking<CustomerFile>) {
        let rule = confidentiality[3]
        check.require(
            !person.isEmpty && customer.isEmpty, "个人客户请只填写“客户姓名”，不填“客户名称”",
            "For an individual fill in the name of the individual, and no name of an organisation", at: \.person, \.customer, \.subclass,
            under: rule)
        check.require(
            creditCode.isEmpty, "个人客户没有统一社会信用代码", "An individual has no credit code", at: \.creditCode, \.subclass, under: rule)
    }

    private func checkOrganisation(_ check: Checking<CustomerFile>) {
        let rule = confidentiality[3]
        check.require(
            !customer.isEmpty && person.isEmpty, "单位客户请只填写“客户名称”，不填“客户姓名”",
            "For an organisation fill in its name, and no name of an individual", at: \.customer, \.person, \.subclass, under: rule)
        check.require(
            !creditCode.isEmpty || !withoutCode.isEmpty, "单位客户须填写统一社会信用代码；确无代码的，请写明原因",
            "An organisation has a credit code; where it has none, say why", at: \.creditCode, \.withoutCode, \.subclass, under: rule)
        if !creditCode.isEmpty, let fault = CreditCode.check(creditCode) {
            check.require(!fault.isBlock, fault.zh, fault.en, at: \.creditCode, \.subclass, under: rule)
        }
    }

    private mutating func takeCode(_ act: Act) throws {
        guard subclass != .individual, !creditCode.isEmpty else { return }
        if let fault = CreditCode.check(creditCode) { warnings = fault.zh }
        creditCode = CreditCode.normalForm(creditCode) ?? creditCode
        try requireNew(act)
    }

    /// Two files of one organisation: the hand is told of one that it may know of; of any other only the supervisor hears.
    private func requireNew(_ act: Act) throws {
        let others = try act.find(\CustomerFile.creditCode, is: creditCode, limit: 100)
        let clearance = act.organisation.people[act.person]?.clearance ?? .public
        if let known = others.first(where: { $0.record.level <= clearance }) {
            try act.require(
                false, "该客户已建档（\(known.value.referenceCode)），请在原档案中补充材料",
                "This customer has a file already (\(known.value.referenceCode)); add to that one")
        }
        if !others.isEmpty {
            act.notify(
                .post(.informationSupervisor), "新建档案与密级档案的统一社会信用代码相同，请核对是否合并保管",
                "A new file has the credit code of a classified one; see whether they belong together")
        }
    }

    private func requireCustodian(_ act: Act) throws {
        guard secrecy.isClassified else { return }
        let rule = confidentiality[22]
        let clearance = act.organisation.people[act.person]?.clearance ?? .public
        try act.require(
            act.principal.isSystem || clearance >= secrecy.level, "您的密级权限不能登记\(secrecy.words.zh)档案，请交有权限的人员建档",
            "Your clearance does not reach this level; let somebody who has it open the file", under: rule)
        let isCleared = (act.organisation.people[custodian]?.clearance ?? .public) >= secrecy.level
        try act.require(
            !custodian.isNone && isCleared, "机密、绝密档案须指定有相应密级权限的专管人",
            "A classified file has a named custodian who is cleared for its level", under: rule)
    }

    /// Whether its custodian is there, and cleared for it.
    func isKept(_ book: Inquiry) throws -> Bool {
        guard let keeper = book.organisation.people[custodian], keeper.isActive, keeper.clearance >= secrecy.level else { return false }
        return book.organisation.isInService(custodian, within: book.scope, on: book.today)
    }

    mutating func appoint(_ act: Act) throws {
        try act.require(
            isKept(act), "机密、绝密档案须指定在岗且有相应密级权限的专管人", "A classified file has a named custodian who is in service and cleared for its level",
            under: confidentiality[22])
        try mark(act)
        act.notify([custodian], "您已被指定为密级档案的专管人", "You are the custodian of a classified file now")
    }

    /// The level, the remark column of the finding aid, and the texts go together.
    mutating func mark(_ act: Act) throws {
        act.raise(to: secrecy.level)
        remark = secrecy.isClassified ? secrecy.mark.zh : ""
        let level = secrecy, keeper = custodian
        for text in try act.find(\AttachmentText.file, is: ID(act.record.id), limit: 1000) {
            try act.take(AttachmentText.changeLevel, on: text.id) { ($0.secrecy, $0.custodian) = (level, keeper) }
        }
        for task in try act.find(\RecopyTask.file, is: ID(act.record.id), limit: 1000) {
            try act.take(RecopyTask.changeLevel, on: task.id) { $0.secrecy = level }
        }
    }

    /// What follows from its parts: what it lacks, what must be copied anew, the texts by which it is found.
    mutating func follow(_ act: Act) throws {
        lacking = FileStandard.lacking(self).map(\.zh).joined(separator: "、")
        try RecopyTask.open(for: self, act)
        try AttachmentText.follow(self, act)
    }
}
