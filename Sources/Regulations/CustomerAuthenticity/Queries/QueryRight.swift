import Identifiers
import Kernel
import WorkCalendar

/// What somebody may be told of one policy today, and as whom (第十七条, 第二十一条). Asked anew at every answer: a changed beneficiary and a
/// consent that was withdrawn end at once.
package struct QueryRight: Sendable {
    package let policy: Found<Policy>
    package let role: QueryRole
    package let scopes: [QueryScope]
    /// By which consent, of a third party.
    let consent: ID<QueryConsent>

    private init(_ policy: Found<Policy>, _ role: QueryRole, _ scopes: [QueryScope] = QueryScope.four, consent: ID<QueryConsent> = .none) {
        (self.policy, self.role, self.scopes, self.consent) = (policy, role, scopes, consent)
    }

    /// At the counter policy service is told as well.
    var atCounter: QueryRight {
        QueryRight(policy, role, role == .thirdParty ? scopes : scopes + [.service], consent: consent)
    }

    /// Of a legal heir, whose papers were approved.
    static func ofHeir(_ policy: Found<Policy>) -> QueryRight { QueryRight(policy, .heir) }

    /// The policies in which the person has a role today, each once, in its first role.
    /// - Parameter withConsents: also those of others who have consented; never by telephone.
    static func all(of person: QueryPerson, withConsents: Bool, _ inquiry: Inquiry) throws -> [QueryRight] {
        var found: [QueryRight] = []
        func add(_ policy: Found<Policy>, _ role: QueryRole) {
            if !found.contains(where: { $0.policy.id == policy.id }) { found.append(QueryRight(policy, role)) }
        }
        for customer in person.customers {
            for policy in try inquiry.find(\Policy.applicant, is: customer.id, limit: most) { add(policy, .applicant) }
        }
        for customer in person.customers {
            for policy in try inquiry.find(\Policy.insured, with: customer.id, limit: most) { add(policy, .insured) }
        }
        for benefit in person.benefits {
            if let policy = try inquiry.load(benefit.policy) { add(policy, .beneficiary) }
        }
        if withConsents {
            for consent in person.consents {
                guard let right = try right(by: consent, inquiry), !found.contains(where: { $0.policy.id == right.policy.id }) else {
                    continue
                }
                found.append(right)
            }
        }
        return found.sorted { $0.policy.id.raw < $1.policy.id.raw }
    }

    private static let most = 200

    /// What a consent gives at this moment: nothing once it has ended, and nothing while whoever gave it has no role any more.
    static func right(by consent: Found<QueryConsent>, _ inquiry: Inquiry) throws -> QueryRight? {
        let value = consent.value
        guard consent.state == .running, value.until.map({ inquiry.now < $0 }) ?? false, let policy = try inquiry.load(value.policy),
            try hasRole(value.grantorNumber, value.grantorName, in: policy, inquiry)
        else { return nil }
        return QueryRight(policy, .thirdParty, QueryScope.all(in: value.scopes), consent: consent.id)
    }

    /// Whether somebody is applicant, insured or beneficiary of a policy today.
    static func hasRole(_ number: String, _ name: String, in policy: Found<Policy>, _ inquiry: Inquiry) throws -> Bool {
        guard let person = try QueryPerson.with(number: number, name: name, beside: policy, inquiry) else { return false }
        return try all(of: person, withConsents: false, inquiry).contains { $0.policy.id == policy.id }
    }

    /// Who benefits today: by the entry that stands, else as the application says.
    static func beneficiaries(of policy: Found<Policy>, _ inquiry: Inquiry) throws -> (persons: [Beneficiary], areHeirs: Bool) {
        if let standing = try BeneficiaryDesignation.standing(of: policy.id, inquiry)?.value {
            return (standing.persons, standing.areLegalHeirs)
        }
        let named = try inquiry.load(policy.value.application)?.value.persons.filter { $0.role == .beneficiary } ?? []
        let persons = named.map { person in
            var beneficiary = Beneficiary()
            (beneficiary.name, beneficiary.documentType) = (person.name, person.documentType)
            (beneficiary.documentNumber, beneficiary.mobile) = (person.documentNumber, person.mobile)
            return beneficiary
        }
        return (persons, persons.isEmpty)
    }
}
