import Identifiers
import Kernel
import WorkCalendar

extension Customer {
    /// A customer as an application names one.
    /// - Parameter isMinor: known again by name too, since the document may come later.
    init(_ person: ApplicationPerson, source: String, at now: Moment, isMinor: Bool) {
        customerNo = person.customerNo
        name = person.name
        sex = person.sex
        birthDate = Day(loose: person.birthDate)
        documentType = person.documentNumber.isEmpty ? .unknown : person.documentType == .unknown ? .residentID : person.documentType
        documentNumber = person.documentNumber
        (mobile, landline, email) = (person.mobile, person.landline, person.email)
        (address, account) = (person.address, person.account)
        (accountClass, phoneHolder) = (person.accountClass, person.phoneHolder)
        self.source = source
        since = now
        renewIdentity(isMinor: isMinor)
    }

    /// What a further application says and is not known yet: empty fields are filled, other ways to reach the customer are added.
    mutating func renew(_ person: ApplicationPerson, source: String, at now: Moment, isMinor: Bool) {
        if customerNo.isEmpty { customerNo = person.customerNo }
        if name.isEmpty, !person.name.isEmpty { put(.name, from: source, at: now) { $0.name = person.name } }
        if sex == .unknown, person.sex != .unknown { put(.sex, from: source, at: now) { $0.sex = person.sex } }
        if birthDate == nil, let born = Day(loose: person.birthDate) { put(.birthDate, from: source, at: now) { $0.birthDate = born } }
        if documentNumber.isEmpty, !person.documentNumber.isEmpty {
            put(.document, from: source, at: now) {
                ($0.documentType, $0.documentNumber) = (
                    person.documentType == .unknown ? .residentID : person.documentType, person.documentNumber
                )
            }
        }
        renewIdentity(isMinor: isMinor)
        take(person.mobile, .phone, as: .mobile, over: mobile, orLine: \.phone, source, now)
        take(person.landline, .phone, as: .landline, over: landline, orLine: \.phone, source, now)
        take(person.email, .email, as: .email, over: email, orLine: \.email, source, now)
        take(person.address, .address, as: .address, over: address, orLine: \.address, source, now)
        take(person.account, .account, as: .account, over: account, orLine: \.account, source, now)
        // Whose a number is, and what may be paid from an account, are said of those that stand in the record.
        if phoneHolder.isEmpty, SealedKind.phone.matchKey(mobile) == SealedKind.phone.matchKey(person.mobile) {
            phoneHolder = person.phoneHolder
        }
        if accountClass == .unknown, SealedKind.account.matchKey(account) == SealedKind.account.matchKey(person.account) {
            accountClass = person.accountClass
        }
    }

    private mutating func take(
        _ value: String, _ kind: SealedKind, as field: ValueOrigin.Value, over old: String,
        orLine column: WritableKeyPath<ContactPoint, String>, _ source: String, _ now: Moment
    ) {
        if value.isEmpty || knows(value, kind) { return }
        if old.isEmpty {
            set(field, to: value, from: source, at: now)
        } else if contacts.count < Customer.mostContacts {
            var contact = ContactPoint()
            contact[keyPath: column] = value
            (contact.source, contact.since) = (source, now)
            contacts.append(contact)
        }
    }

    private static let mostContacts = 20

    /// Whether a value of this kind stands somewhere in the record, however it was typed.
    func knows(_ value: String, _ kind: SealedKind) -> Bool {
        let key = kind.matchKey(value)
        let known: [String] =
            switch kind {
            case .phone: [mobile, landline] + contacts.map(\.phone)
            case .email: [email] + contacts.map(\.email)
            case .address: [address] + contacts.map(\.address)
            case .account: [account] + contacts.map(\.account)
            case .document: [documentNumber]
            }
        return known.contains { kind.matchKey($0) == key }
    }
}

extension Customer {
    /// By what the customer is known again, after name, sex, date of birth or document have changed.
    mutating func renewIdentity(isMinor: Bool) {
        identity = documentNumber.isEmpty || isMinor ? Customer.identity(name, sex, born: birthDate) : ""
    }

    /// Below it a record may be without its document, in years.
    static let oldestChild = 18

    /// By what a child, or somebody without a document, is known again: name, sex and date of birth, brought to 64 bits (FNV-1a) so that a
    /// name of any length fits. Empty where name or date are not known: then nobody is known again.
    static func identity(_ name: String, _ sex: PersonSex, born birth: Day?) -> String {
        guard let birth, !name.isEmpty else { return "" }
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in (PersonName.normalForm(name) + "|" + sex.rawValue + "|" + birth.description).utf8 {
            hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
        return "P" + String(hash, radix: 16)
    }
}

extension Customer {
    func saysMore(than old: Customer) -> Bool { Customer.form.fields.contains { $0.read(self) != $0.read(old) } }
}
