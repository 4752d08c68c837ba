import Kernel

/// What nobody has verified of a customer yet, and what the customer has not given (第十二条).
package enum UnverifiedValues {
    static let choices: [FieldKind.Choice] = ValueOrigin.Value.allCases.filter { $0 != .unknown }.map {
        .init(value: $0.rawValue, words: $0.words)
    }

    static func codes(_ values: [ValueOrigin.Value]) -> String { values.map(\.rawValue).joined(separator: ";") }

    /// Those ways of contact that the article wants: land line, mobile, mail.
    package static func missing(_ customer: Customer) -> [ValueOrigin.Value] {
        [.mobile, .landline, .email].filter { !stands($0, in: customer) }
    }

    /// What stands in the record and came from an application alone. A value is verified by a contact or a correction since it was entered,
    /// or with the whole customer.
    package static func unverified(_ found: Found<Customer>) -> [ValueOrigin.Value] {
        let customer = found.value
        return ValueOrigin.Value.allCases.filter { value in
            guard value != .unknown, stands(value, in: customer) else { return false }
            let origin = customer.origins.last { $0.value == value }
            if let origin, isProof(origin.source) { return false }
            guard found.state == .verified, let verified = customer.verifiedAt else { return found.state != .corrected }
            return (origin?.since ?? customer.since).map { $0 > verified } ?? true
        }
    }

    /// The number of a contact or of a correction: both proved what they said.
    private static func isProof(_ source: String) -> Bool {
        [ContactEvent.form.number, Correction.form.number].compactMap(\.self).contains { source.hasPrefix("\($0)〔") }
    }

    static func stands(_ value: ValueOrigin.Value, in customer: Customer) -> Bool {
        switch value {
        case .unknown: false
        case .name: !customer.name.isEmpty
        case .sex: customer.sex != .unknown
        case .birthDate: customer.birthDate != nil
        case .document: !customer.documentNumber.isEmpty
        case .mobile: !customer.mobile.isEmpty
        case .landline: !customer.landline.isEmpty
        case .email: !customer.email.isEmpty
        case .address: !customer.address.isEmpty
        case .account: !customer.account.isEmpty
        }
    }
}

extension ValueOrigin.Value {
    /// What a document proves, and no word on the telephone.
    var isOfIdentity: Bool {
        switch self {
        case .name, .sex, .birthDate, .document, .account: true
        default: false
        }
    }
}

extension Customer {
    /// 第十二条: a value that the customer confirmed at a contact stands with that contact as its source.
    package static let confirm = Step<Customer>(
        "confirm", "接触中核实", "Confirm at a contact", from: .unverified, .verified, .incomplete, .inconsistent, .suspicious, .investigated,
        .corrected, to: nil, by: .system, under: authenticity[12], isOptional: true)
}
