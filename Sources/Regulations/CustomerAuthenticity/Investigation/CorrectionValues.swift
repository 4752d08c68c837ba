import Identifiers
import Kernel
import WorkCalendar

extension Correction {
    /// The new values keep the rules of intake, agree with each other and with what stays, and something changes.
    func requireGoodValues(for customer: Customer, _ act: Act) throws {
        var faults: [Refusal.Fault] = []
        func judge(_ field: String, _ value: String, _ found: FaultSet) {
            if value.isEmpty { return }
            faults += found.blocks.map { .init(field: field, $0.words, under: $0.article) }
        }
        judge("name", name, PersonName.check(name))
        judge("mobile", mobile, Mobile.check(mobile).faults)
        judge("landline", landline, Landline.check(landline).faults)
        judge("email", email, Email.check(email))
        judge("address", address, Address.check(address))
        judge("account", account, BankAccount.check(account))
        var after = customer
        change(&after, from: "", at: act.now)
        if let born = birthDate, born > act.today {
            faults.append(.init(field: "birthDate", DataFault.birthDateFuture.words, under: authenticity[6]))
        }
        if changesIdentity { faults += after.documentFaults(act.today) }
        try act.refuse(faults)
        try act.require(after.values != customer.values, "请至少填写一项与原资料不同的更正内容", "Enter at least one value that changes")
        if !documentNumber.isEmpty { try requireFreeDocument(of: after, act) }
    }

    private var changesIdentity: Bool {
        sex != .unknown || birthDate != nil || documentType != .unknown || !documentNumber.isEmpty
    }

    /// One document is one customer's.
    private func requireFreeDocument(of after: Customer, _ act: Act) throws {
        let others = try act.find(\Customer.documentNumber, is: documentNumber, limit: 5).filter {
            $0.id != customer && $0.state != .joined
                && $0.value.documentType.proof(of: $0.value.documentNumber) == after.documentType.proof(of: after.documentNumber)
        }
        try act.require(
            others.isEmpty, "另一客户已使用该证件号码，请核对；同一人重复建档的，请办理“客户并档”",
            "Another customer has this document; check the number, or join the two records where they are one person's",
            under: authenticity[6])
    }

    /// What stands before, of the fields that change.
    mutating func keepOld(_ customer: Customer) {
        if !name.isEmpty { oldName = customer.name }
        if sex != .unknown { oldSex = customer.sex }
        if birthDate != nil { oldBirthDate = customer.birthDate }
        if documentType != .unknown || !documentNumber.isEmpty { oldDocumentType = customer.documentType }
        if !documentNumber.isEmpty { oldDocumentNumber = customer.documentNumber }
        if !mobile.isEmpty { oldMobile = customer.mobile }
        if !landline.isEmpty { oldLandline = customer.landline }
        if !email.isEmpty { oldEmail = customer.email }
        if !address.isEmpty { oldAddress = customer.address }
        if !account.isEmpty { oldAccount = customer.account }
    }

    /// - Parameter source: the number of the correction.
    func change(_ customer: inout Customer, from source: String, at now: Moment) {
        if !name.isEmpty { customer.put(.name, from: source, at: now) { $0.name = name } }
        if sex != .unknown { customer.put(.sex, from: source, at: now) { $0.sex = sex } }
        if let birthDate { customer.put(.birthDate, from: source, at: now) { $0.birthDate = birthDate } }
        if documentType != .unknown || !documentNumber.isEmpty {
            customer.put(.document, from: source, at: now) {
                if documentType != .unknown { $0.documentType = documentType }
                if !documentNumber.isEmpty { $0.documentNumber = documentNumber }
                if $0.documentType == .unknown { $0.documentType = .residentID }
            }
        }
        customer.renewIdentity(isMinor: customer.birthDate.map { $0.years(until: now.day) < Customer.oldestChild } ?? false)
        let changes: [(ValueOrigin.Value, String)] = [
            (.mobile, mobile), (.landline, landline), (.email, email), (.address, address), (.account, account),
        ]
        for (value, text) in changes where !text.isEmpty { customer.set(value, to: text, from: source, at: now) }
    }

    /// 第七条: what is shared after the change is a clue as at intake.
    func lookForClues(_ act: Act) throws {
        var changed = ApplicationPerson()
        changed.name = try act.load(customer)?.value.name ?? ""
        (changed.mobile, changed.landline, changed.account, changed.address) = (mobile, landline, account, address)
        try ClueSearch(act, agent: nil, policy: nil, .unknown).look(at: [(customer, changed)])
    }
}

extension Customer {
    /// What a correction can change.
    fileprivate var values: [String] {
        [
            name, sex.rawValue, birthDate?.description ?? "", documentType.rawValue, documentNumber, mobile, landline, email, address,
            account,
        ]
    }

    /// What is wrong with document, sex and date of birth together (第六条).
    fileprivate func documentFaults(_ today: Day) -> [Refusal.Fault] {
        guard !documentNumber.isEmpty else { return [] }
        guard let kind = DocumentKind(documentType.rawValue) else {
            return [.init(field: "documentType", DataFault.documentTypeUnknown.words, under: authenticity[6])]
        }
        let finding = kind.check(documentNumber, today: today.yyyymmdd)
        let sex: Sex? =
            switch self.sex {
            case .male: .male
            case .female: .female
            case .unknown: nil
            }
        let found = finding.faults.union(finding.conflicts(sex: sex, birth: birthDate?.yyyymmdd ?? 0))
        return found.blocks.map { fault in
            let told = fault.sentences(of: documentNumber, kind, today: today.yyyymmdd)
            return .init(field: fault.field, Words(told.zh, told.en), under: fault.article)
        }
    }
}
