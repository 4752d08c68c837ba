import Identifiers
import Kernel
import WorkCalendar

/// Which customer of the book a person in an application is (第二条, 第六条). A document that stands there under another name or date of
/// birth is a conflict, which a person decides; nobody is taken for somebody else.
struct CustomerIdentification {
    let act: Act
    let minorAge: Int

    enum Answer {
        case new
        case known(Found<Customer>)
        /// The document is this customer's, whose name or date of birth is another.
        case another(Found<Customer>)
    }

    init(_ act: Act) throws { (self.act, minorAge) = (act, try act.parameter(.minorAge)) }

    /// - Parameter applicant: of the same application, where the book knows one.
    func answer(_ person: ApplicationPerson, beside applicant: ID<Customer>?) throws -> Answer {
        if person.documentNumber.isEmpty { return try byName(person, beside: applicant).map(Answer.known) ?? .new }
        let holders = try act.find(\Customer.documentNumber, is: person.documentNumber, limit: 20)
            .filter { $0.value.hasDocument(of: person) }.map(current)
        if let known = holders.first(where: { $0.value.agrees(with: person) }) { return .known(known) }
        if let another = holders.first { return .another(another) }
        // First recorded as a child without a document.
        guard let born = Day(loose: person.birthDate), born.years(until: act.today) < Self.oldestRemembered else { return .new }
        let earlier = try byName(person, beside: applicant)
        return earlier.flatMap { $0.value.documentNumber.isEmpty ? .known($0) : nil } ?? .new
    }

    /// Whoever was recorded as a child has a document by then. In years.
    private static let oldestRemembered = 30

    /// Somebody without a document, or recorded without one, by name, sex and date of birth; and, as others have these too, by a telephone,
    /// an address or an applicant in common.
    private func byName(_ person: ApplicationPerson, beside applicant: ID<Customer>?) throws -> Found<Customer>? {
        let identity = Customer.identity(person.name, person.sex, born: Day(loose: person.birthDate))
        guard !identity.isEmpty else { return nil }
        return try act.find(\Customer.identity, is: identity, limit: 20).map(current).first { found in
            try found.value.sharesContact(with: person) || isInsured(found.id, by: applicant)
        }
    }

    private func isInsured(_ customer: ID<Customer>, by applicant: ID<Customer>?) throws -> Bool {
        guard let applicant, !applicant.isNone else { return false }
        return try act.find(\Policy.insured, with: customer, limit: 50).contains { $0.value.applicant == applicant }
    }

    /// The record that goes on for one that was joined to it.
    func current(_ found: Found<Customer>) throws -> Found<Customer> {
        var found = found
        for _ in 0..<8 {
            guard found.state == .joined, let next = try act.load(found.value.joinedInto) else { break }
            found = next
        }
        return found
    }

    // MARK: Into the book

    /// The person's record, made or renewed.
    /// - Parameter source: the number of the application, or of the correction, that says so.
    func record(_ person: ApplicationPerson, as answer: Answer, source: String) throws -> ID<Customer> {
        guard case .known(let known) = answer else {
            var customer = Customer(person, source: source, at: act.now, isMinor: isMinor(person))
            customer.noteGaps(asApplicant: person.role == .applicant)
            if !customer.gaps.isEmpty { customer.cause = .gaps }
            return try act.create(customer, by: customer.gaps.isEmpty ? Customer.record : Customer.recordGaps)
        }
        var renewed = known.value
        renewed.renew(person, source: source, at: act.now, isMinor: isMinor(person))
        let wanted = [DataFault.missingAddress, .missingPhone].contains { known.value.gaps.contains($0.code) }
        renewed.noteGaps(asApplicant: person.role == .applicant || wanted)
        if renewed.cause == .gaps, renewed.gaps.isEmpty { renewed.cause = .unknown }
        guard renewed.saysMore(than: known.value) else { return known.id }
        switch known.state {
        case .incomplete where known.value.cause == .gaps && renewed.gaps.isEmpty:
            try act.take(Customer.complete, on: known.id) { $0 = renewed }
        // What was added nobody has verified.
        case .verified, .corrected: try act.take(Customer.renewUnverified, on: known.id) { $0 = renewed }
        default: try act.take(Customer.renew, on: known.id) { $0 = renewed }
        }
        return known.id
    }

    private func isMinor(_ person: ApplicationPerson) -> Bool {
        Day(loose: person.birthDate).map { $0.years(until: act.today) < minorAge } ?? false
    }
}

extension Customer {
    /// Whether the name and the date of birth are this customer's, as far as both are known.
    func agrees(with person: ApplicationPerson) -> Bool {
        let born = Day(loose: person.birthDate)
        return (name.isEmpty || person.name.isEmpty || PersonName.agree(name, person.name))
            && (birthDate == nil || born == nil || birthDate == born)
    }

    func hasDocument(of person: ApplicationPerson) -> Bool {
        !documentNumber.isEmpty && documentType.proof(of: documentNumber) == person.documentType.proof(of: person.documentNumber)
            && SealedKind.document.matchKey(documentNumber) == SealedKind.document.matchKey(person.documentNumber)
    }

    fileprivate func sharesContact(with person: ApplicationPerson) -> Bool {
        [person.mobile, person.landline].contains { !$0.isEmpty && knows($0, .phone) }
            || (!person.address.isEmpty && knows(person.address, .address))
    }

    /// What the record lacks of what the articles want (第五条, 第三条), of an applicant a way to be reached too.
    fileprivate mutating func noteGaps(asApplicant isApplicant: Bool) {
        var found = FaultSet()
        if name.isEmpty { found.insert(.missingName) }
        if sex == .unknown { found.insert(.missingSex) }
        if birthDate == nil { found.insert(.missingBirthDate) }
        if documentNumber.isEmpty { found.insert(.missingDocumentNumber) }
        if isApplicant {
            if address.isEmpty { found.insert(.missingAddress) }
            if mobile.isEmpty && landline.isEmpty { found.insert(.missingPhone) }
        }
        if !address.isEmpty, Address.check(address).contains(.addressVague) { found.insert(.addressVague) }
        gaps = found.codes
    }
}

extension CardKind {
    /// What proves the identity: a household register that gives the resident number is as good as the card that bears it.
    func proof(of number: String) -> CardKind {
        switch self {
        case .unknown: .residentID
        case .householdBook where ApplicationPerson.isResidentNumber(number): .residentID
        case .residencePermit where ApplicationPerson.isResidentNumber(number): .residentID
        default: self
        }
    }
}

extension ApplicationPerson {
    /// Of 18 characters, or of 15 as it was once.
    static func isResidentNumber(_ number: String) -> Bool {
        guard let key = DocumentKind.residentID.matchKey(number)?.text.split(separator: ":").last else { return false }
        return key.count == 18 && key.dropLast().allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Within one application: by document, or by name, sex and date of birth where one of the two has none.
    func isSamePerson(as other: ApplicationPerson) -> Bool {
        if documentNumber.isEmpty || other.documentNumber.isEmpty {
            let (one, two) = (identity, other.identity)
            return one.isEmpty ? name == other.name && birthDate == other.birthDate && sex == other.sex : one == two
        }
        return documentType.proof(of: documentNumber) == other.documentType.proof(of: other.documentNumber)
            && SealedKind.document.matchKey(documentNumber) == SealedKind.document.matchKey(other.documentNumber)
    }

    /// The same document under another name or date of birth.
    func contradicts(_ other: ApplicationPerson) -> Bool {
        !documentNumber.isEmpty && !other.documentNumber.isEmpty && isSamePerson(as: other)
            && !(PersonName.agree(name, other.name) && Day(loose: birthDate) == Day(loose: other.birthDate))
    }

    fileprivate var identity: String { Customer.identity(name, sex, born: Day(loose: birthDate)) }
}
