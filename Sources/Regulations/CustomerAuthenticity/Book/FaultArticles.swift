import Identifiers
import Kernel

extension DataFault {
    /// The article under which an application is refused for it.
    var article: Article {
        switch self {
        case .missingName, .missingSex, .missingBirthDate, .missingDocumentNumber, .missingAddress, .missingPhone: authenticity[5]
        case .roleUnknown, .applicationDateInvalid, .sexUnknown, .columnUnread: authenticity[5]
        case .agentUnknown, .agentUnqualified: authenticity[10]
        case .mobileFormat, .mobileJunk, .mobileSatellite, .mobileMachine, .landlineFormat, .emailFormat, .addressPlaceholder,
            .accountFormat, .accountNotApplicants, .missingAccountHolder, .accountClassUnknown, .accountLimited:
            authenticity[11]
        case .outsideRules, .termUnknown: authenticity[4]
        case .cluePhone, .clueAccount: authenticity[7]
        case .clueAgentContact: authenticity[11]
        default: authenticity[6]
        }
    }

    /// The field of a person in an application that has to be put right.
    var field: String {
        switch self {
        case .missingName, .namePlaceholder: "name"
        case .missingSex, .sexUnknown, .idSexConflict: "sex"
        case .documentTypeUnknown: "documentType"
        case .missingBirthDate, .birthDateInvalid, .birthDateFuture, .idBirthConflict: "birthDate"
        case .missingAddress, .addressPlaceholder, .addressVague: "address"
        case .missingPhone, .mobileFormat, .mobileJunk, .mobileSatellite, .mobileMachine, .cluePhone, .clueAgentContact: "mobile"
        case .landlineFormat: "landline"
        case .accountFormat, .accountLuhn, .clueAccount: "account"
        case .accountNotApplicants, .missingAccountHolder: "accountHolder"
        case .accountClassUnknown, .accountLimited: "accountClass"
        case .emailFormat: "email"
        case .roleUnknown: "role"
        default: "documentNumber"
        }
    }

    var words: Words { Words(zh, en) }
}
