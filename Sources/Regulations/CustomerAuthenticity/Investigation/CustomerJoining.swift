import Identifiers
import Kernel
import WorkCalendar

/// What joining two customers moves, and parting them moves back.
extension CustomerJoin {
    /// Two records that are both in use, and that may be one person's: what one says of name, date of birth and document the other does not
    /// contradict.
    func requireTwoRecords(_ act: Act) throws {
        try act.require(kept != other, "请选择两条不同的客户记录", "Choose two different records")
        let (one, two) = try (act.open(kept), act.open(other))
        try act.require(
            one.state != .joined && two.state != .joined, "所选客户记录已并入另一记录，请改选", "A record chosen is joined to another already; choose again")
        let isContradicted =
            !PersonName.agree(one.value.name, two.value.name) && !one.value.name.isEmpty && !two.value.name.isEmpty
            || one.value.birthDate != nil && two.value.birthDate != nil && one.value.birthDate != two.value.birthDate
        try act.require(
            !isContradicted, "两条记录的姓名或出生日期不同，请先以资料更正改正有误的一条，再申请并档",
            "The records differ in name or date of birth; correct the one that is wrong first, then ask again")
        let numbers = [one.value, two.value].filter { $0.documentType.proof(of: $0.documentNumber) == .residentID }.map {
            SealedKind.document.matchKey($0.documentNumber)
        }
        try act.require(
            Set(numbers).count < 2, "两条记录的身份证号码不同，不是同一人；号码有误的，请先办理资料更正",
            "The records have different identity numbers, so they are two persons; correct the number first where it is wrong")
    }

    mutating func join(_ act: Act) throws {
        guard let joined = try act.load(other), let known = try act.load(kept) else { throw DeskError.absent }
        asApplicant = try act.find(\Policy.applicant, is: other, limit: 1000).map(\.id)
        asInsured = try act.find(\Policy.insured, with: other, limit: 1000).filter { !$0.value.insured.contains(kept) }.map(\.id)
        let found = try act.find(\Suspicion.customers, with: other, limit: 1000)
        items = found.filter { !$0.value.customers.contains(kept) }.map(\.id)
        itemsOfBoth = found.filter { $0.value.customers.contains(kept) }.map(\.id)
        try act.take(Customer.join, on: other) { $0.joinedInto = kept }
        try movePolicies(from: other, to: kept, act)
        try moveItems(act)
        var renewed = known.value
        renewed.take(over: joined.value, from: act.record.number ?? "", at: act.now)
        if renewed.saysMore(than: known.value) {
            try act.take(Customer.renew, on: kept) { customer in
                let (cause, reasons) = (customer.cause, customer.reasons)
                customer = renewed
                (customer.cause, customer.reasons) = (cause, reasons)
            }
        }
        try settle(kept, act)
    }

    private mutating func moveItems(_ act: Act) throws {
        dissolved = []
        for id in items + itemsOfBoth {
            try act.take(Suspicion.moveCustomer, on: id) { $0.replace(other, by: kept) }
            guard let item = try act.load(id), item.state != .closed, item.value.customers.count < 2, item.value.kind.needsTwo else {
                continue
            }
            try act.take(Suspicion.dissolve, on: id)
            dissolved.append(id)
        }
    }

    /// Parted, each has again what it had; what came in between stays with the record that was kept.
    func part(_ act: Act) throws {
        let number = act.record.number ?? ""
        try act.take(Customer.part, on: other)
        try movePolicies(from: kept, to: other, act)
        for id in items { try act.take(Suspicion.moveCustomer, on: id) { $0.replace(kept, by: other) } }
        for id in itemsOfBoth {
            try act.take(Suspicion.moveCustomer, on: id) { if !$0.customers.contains(other) { $0.customers.append(other) } }
            if dissolved.contains(id) { try act.take(Suspicion.reopen, on: id) }
        }
        try act.take(Customer.renew, on: kept) { $0.giveBack(what: number, on: act.today) }
        for customer in [kept, other] { try settle(customer, act) }
    }

    /// In doubt by an item that is open, and by none that is no more.
    private func settle(_ customer: ID<Customer>, _ act: Act) throws {
        guard let state = try act.load(customer)?.state else { return }
        let isInDoubt = state == .suspicious || state == .investigated
        if let item = try Suspicion.open(naming: customer, act) {
            if !isInDoubt { try act.take(Customer.suspect, on: customer) { $0.cause = Customer.Cause(item.value.kind) } }
        } else if isInDoubt {
            try act.take(Customer.release, on: customer)
        }
    }

    private func movePolicies(from one: ID<Customer>, to another: ID<Customer>, _ act: Act) throws {
        for id in asApplicant { try act.take(Policy.moveCustomer, on: id) { $0.applicant = another } }
        for id in asInsured {
            try act.take(Policy.moveCustomer, on: id) { policy in
                policy.insured = policy.insured.map { $0 == one ? another : $0 }
            }
        }
    }
}

extension Suspicion {
    mutating func replace(_ one: ID<Customer>, by another: ID<Customer>) {
        var all: [ID<Customer>] = []
        for customer in customers.map({ $0 == one ? another : $0 }) where !all.contains(customer) { all.append(customer) }
        customers = all
    }
}

extension Suspicion.Kind {
    /// A clue between different customers: about one alone there is nothing to it.
    var needsTwo: Bool { self == .phone || self == .account || self == .identity }
}

extension Customer {
    /// What another record of the same person says and this one does not: empty fields are filled, other ways to reach the customer added.
    mutating func take(over other: Customer, from source: String, at now: Moment) {
        var person = ApplicationPerson()
        (person.customerNo, person.name, person.sex) = (other.customerNo, other.name, other.sex)
        person.birthDate = other.birthDate?.description ?? ""
        (person.documentType, person.documentNumber) = (other.documentType, other.documentNumber)
        (person.mobile, person.landline, person.email) = (other.mobile, other.landline, other.email)
        (person.address, person.account) = (other.address, other.account)
        let isMinor = birthDate.map { $0.years(until: now.day) < Customer.oldestChild } ?? false
        renew(person, source: source, at: now, isMinor: isMinor)
        for contact in other.contacts {
            var further = ApplicationPerson()
            (further.mobile, further.email, further.address, further.account) = (
                contact.phone, contact.email, contact.address, contact.account
            )
            renew(further, source: source, at: now, isMinor: isMinor)
        }
    }
}

extension Customer {
    /// Takes out what came from a source.
    fileprivate mutating func giveBack(what source: String, on today: Day) {
        contacts.removeAll { $0.source == source }
        for origin in origins where origin.source == source { clear(origin.value) }
        origins.removeAll { $0.source == source }
        renewIdentity(isMinor: birthDate.map { $0.years(until: today) < Customer.oldestChild } ?? false)
    }

    private mutating func clear(_ value: ValueOrigin.Value) {
        switch value {
        case .unknown: break
        case .name: name = ""
        case .sex: sex = .unknown
        case .birthDate: birthDate = nil
        case .document: (documentType, documentNumber) = (.unknown, "")
        case .mobile: mobile = ""
        case .landline: landline = ""
        case .email: email = ""
        case .address: address = ""
        case .account: account = ""
        }
    }
}
