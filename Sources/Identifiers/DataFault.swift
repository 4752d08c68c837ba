/// What an intake check can find in a row, in the order in which answers list it: first what blocks, then what only warns.
package enum DataFault: UInt8, Sendable, CaseIterable {
    // Blocks.
    case missingName, missingSex, missingBirthDate, missingDocumentNumber, missingAddress, missingPhone
    case namePlaceholder
    case birthDateInvalid, birthDateFuture
    case idLength, idCharacters, idRegion, idDate, idCheck, idSexConflict, idBirthConflict
    case documentFormat
    case mobileFormat, mobileJunk, landlineFormat
    case accountFormat, accountNotApplicants
    case agentUnknown, agentUnqualified
    case applicationDateInvalid
    case roleUnknown
    case emailFormat
    case addressPlaceholder
    // What stands there cannot be read, or is not what was entered.
    case sexUnknown, documentTypeUnknown, accountClassUnknown
    case valueError, valueCut, columnUnread
    // What must stand beside something else, or agree with the book.
    case missingAccountHolder, termUnknown, identityConflict
    // Warnings.
    case idCountyUnknown, idSequence, idOld
    case accountLuhn, accountLimited
    case mobileSatellite, mobileMachine
    case cluePhone, clueAccount, clueAgentContact, clueIdentity
    case addressVague, documentUnverified
    case valuePerhapsCut
    case outsideRules

    /// Whether the row is refused for it; otherwise it only warns.
    package var isBlock: Bool { rawValue < DataFault.idCountyUnknown.rawValue }

    /// The code in files and in the API; part of the product's contract.
    package var code: String {
        switch self {
        case .missingName: "missing.name"
        case .missingSex: "missing.sex"
        case .missingBirthDate: "missing.birth_date"
        case .missingDocumentNumber: "missing.document_number"
        case .missingAddress: "missing.address"
        case .missingPhone: "missing.phone"
        case .namePlaceholder: "name.placeholder"
        case .birthDateInvalid: "birth_date.invalid"
        case .birthDateFuture: "birth_date.future"
        case .idLength: "id.length"
        case .idCharacters: "id.characters"
        case .idRegion: "id.region"
        case .idDate: "id.date"
        case .idCheck: "id.check"
        case .idSexConflict: "id.sex_conflict"
        case .idBirthConflict: "id.birth_conflict"
        case .documentFormat: "document.format"
        case .mobileFormat: "mobile.format"
        case .mobileJunk: "mobile.junk"
        case .landlineFormat: "landline.format"
        case .accountFormat: "account.format"
        case .accountNotApplicants: "account.not_applicants"
        case .agentUnknown: "agent.unknown"
        case .agentUnqualified: "agent.unqualified"
        case .applicationDateInvalid: "application_date.invalid"
        case .roleUnknown: "role.unknown"
        case .emailFormat: "email.format"
        case .addressPlaceholder: "address.placeholder"
        case .sexUnknown: "sex.unknown"
        case .documentTypeUnknown: "document_type.unknown"
        case .accountClassUnknown: "account_class.unknown"
        case .valueError: "value.error"
        case .valueCut: "value.cut"
        case .columnUnread: "column.unread"
        case .missingAccountHolder: "missing.account_holder"
        case .termUnknown: "term.unknown"
        case .identityConflict: "id.another_person"
        case .idCountyUnknown: "id.county_unknown"
        case .idSequence: "id.sequence"
        case .idOld: "id.old"
        case .accountLuhn: "account.luhn"
        case .accountLimited: "account.limited"
        case .mobileSatellite: "mobile.satellite"
        case .mobileMachine: "mobile.machine"
        case .cluePhone: "clue.phone"
        case .clueAccount: "clue.account"
        case .clueAgentContact: "clue.agent_contact"
        case .clueIdentity: "clue.identity"
        case .addressVague: "address.vague"
        case .documentUnverified: "document.unverified"
        case .valuePerhapsCut: "value.perhaps_cut"
        case .outsideRules: "outside_rules"
        }
    }

    /// - Parameter code: as `code` writes it.
    package init?(code: some StringProtocol) {
        guard let fault = DataFault.allCases.first(where: { $0.code == code }) else { return nil }
        self = fault
    }
}
