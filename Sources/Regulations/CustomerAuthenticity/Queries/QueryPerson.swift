import Identifiers
import Kernel
import WorkCalendar

/// Who asks: a person of the book, by the document that proves who it is - as applicant and insured in the records of customers, as
/// beneficiary by the entries of today, as a third party by a consent that runs. Nobody has an own account for it.
struct QueryPerson: Sendable {
    /// Of the document of identity, as the book has it.
    let number: String
    let name: String
    let customers: [Found<Customer>]
    /// Where the person is a beneficiary today.
    let benefits: [(policy: ID<Policy>, person: Beneficiary, entered: Moment)]
    let consents: [Found<QueryConsent>]

    /// The one with a document of this number and name.
    /// - Parameter policy: where the application may name a beneficiary whom nobody has entered since: found by the policy alone.
    /// - Returns: `nil` for nobody, and for whoever has died.
    static func with(number: String, name: String, beside policy: Found<Policy>? = nil, _ inquiry: Inquiry) throws -> QueryPerson? {
        let key = SealedKind.document.matchKey(number)
        if key.isEmpty || name.isEmpty { return nil }
        let customers = try customers(key, number, name, inquiry)
        for customer in customers where try ContactRestriction.hasDied(customer.id, inquiry) { return nil }
        var benefits = try benefits(key, number, name, inquiry)
        if let policy, !benefits.contains(where: { $0.policy == policy.id }),
            let named = try QueryRight.beneficiaries(of: policy, inquiry).persons.first(where: { $0.isOne(key, name) })
        {
            benefits.append((policy.id, named, policy.record.created))
        }
        let consents = try inquiry.find(QueryConsent.self, .document, is: number, limit: 100).filter { found in
            found.state == .running && SealedKind.document.matchKey(found.value.partyNumber) == key
                && PersonName.agree(found.value.partyName, name)
        }
        if customers.isEmpty, benefits.isEmpty, consents.isEmpty { return nil }
        return QueryPerson(number: number, name: name, customers: customers, benefits: benefits, consents: consents)
    }

    /// The one of this name who has a role in the policy of a number.
    static func with(policyNo: String, name: String, _ inquiry: Inquiry) throws -> QueryPerson? {
        guard !name.isEmpty, let policy = try Policy.numbered(policyNo, inquiry) else { return nil }
        var numbers: [String] = []
        for id in [policy.value.applicant] + policy.value.insured {
            if let customer = try inquiry.load(id)?.value, PersonName.agree(customer.name, name) { numbers.append(customer.documentNumber) }
        }
        for person in try QueryRight.beneficiaries(of: policy, inquiry).persons where PersonName.agree(person.name, name) {
            numbers.append(person.documentNumber)
        }
        // Two of one name in a policy are told apart by their documents alone.
        let found = Set(numbers.filter { !$0.isEmpty }.map(SealedKind.document.matchKey))
        guard found.count == 1, let number = numbers.first(where: { !$0.isEmpty }) else { return nil }
        return try with(number: number, name: name, beside: policy, inquiry)
    }

    /// By what a caller has said: the number of a document, or of a policy, and the name.
    static func claimed(_ claim: String, name: String, _ inquiry: Inquiry) throws -> QueryPerson? {
        // Both are looked for, whatever is found by the first.
        let byDocument = try with(number: claim, name: name, inquiry), byPolicy = try with(policyNo: claim, name: name, inquiry)
        return byDocument ?? byPolicy
    }

    private static func customers(_ key: String, _ number: String, _ name: String, _ inquiry: Inquiry) throws -> [Found<Customer>] {
        var all: [Found<Customer>] = []
        for found in try inquiry.find(\Customer.documentNumber, is: number, limit: 50)
        where SealedKind.document.matchKey(found.value.documentNumber) == key {
            var current = found
            for _ in 0..<8 {
                guard current.state == .joined, let next = try inquiry.load(current.value.joinedInto) else { break }
                current = next
            }
            let isNew = !all.contains { $0.id == current.id }
            if isNew, current.state != .joined, PersonName.agree(current.value.name, name) { all.append(current) }
        }
        return all
    }

    private static func benefits(
        _ key: String, _ number: String, _ name: String, _ inquiry: Inquiry
    ) throws -> [(policy: ID<Policy>, person: Beneficiary, entered: Moment)] {
        var all: [(policy: ID<Policy>, person: Beneficiary, entered: Moment)] = []
        for found in try inquiry.find(BeneficiaryDesignation.self, .document, is: number, limit: 200) {
            guard let standing = try BeneficiaryDesignation.standing(of: found.value.policy, inquiry), standing.id == found.id else {
                continue
            }
            if let person = found.value.persons.first(where: { $0.isOne(key, name) }) {
                all.append((found.value.policy, person, found.record.created))
            }
        }
        return all
    }
}

extension Beneficiary {
    /// Whether it is the one with a document of this key and this name.
    func isOne(_ key: String, _ name: String) -> Bool {
        SealedKind.document.matchKey(documentNumber) == key && PersonName.agree(self.name, name)
    }
}

extension QueryPerson {
    /// The number on file to which a code goes.
    var telephone: String {
        customers.map(\.value.mobile).first { !$0.isEmpty } ?? benefits.map(\.person.mobile).first { !$0.isEmpty }
            ?? consents.map(\.value.partyPhone).first { !$0.isEmpty } ?? ""
    }
    var email: String { customers.map(\.value.email).first { !$0.isEmpty } ?? "" }

    /// When the number on file was last known to be this person's by what the book says itself.
    private var telephoneSince: Moment? {
        let key = SealedKind.phone.matchKey(telephone)
        let ofCustomers = customers.map(\.value).filter { SealedKind.phone.matchKey($0.mobile) == key }.flatMap { customer in
            [customer.origins.last { $0.value == .mobile }?.since ?? customer.since, customer.verifiedAt]
        }
        let others =
            benefits.filter { SealedKind.phone.matchKey($0.person.mobile) == key }.map(\.entered)
            + consents.filter { SealedKind.phone.matchKey($0.value.partyPhone) == key }.map(\.record.created)
        return (ofCustomers.compactMap(\.self) + others).max()
    }

    /// Whether a code to the number on file proves anything: it neither failed, nor is it looked into, nor was it silent for too long.
    func hasGoodTelephone(_ inquiry: Inquiry) throws -> Bool {
        if telephone.isEmpty { return false }
        let known = try QueryTelephone.find(telephone, of: number, inquiry)
        if known?.state == .failed { return false }
        for customer in customers where try ContactTask.blocks(.phone, telephone, of: customer.id, inquiry) { return false }
        let days = try inquiry.parameter(.silentNumberDays)
        let heard = [telephoneSince, known?.value.heardAt].compactMap(\.self).max()
        return heard.map { inquiry.now < $0.adding(days: days) } ?? false
    }
}
