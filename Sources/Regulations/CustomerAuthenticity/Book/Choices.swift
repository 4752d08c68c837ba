import Identifiers
import Kernel

/// 险种.
package enum ProductClass: String, Choosable {
    case unknown = "", participating, unitLinked = "unit-linked", universal, life, accident, health

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .participating: Words("分红", "Participating")
        case .unitLinked: Words("投连", "Unit-linked")
        case .universal: Words("万能", "Universal")
        case .life: Words("普通寿险", "Ordinary life")
        case .accident: Words("意外", "Accident")
        case .health: Words("健康", "Health")
        }
    }
}

/// 渠道.
package enum Channel: String, Choosable {
    case unknown = "", individual, bancassurance, agency, direct

    /// 第十条: whether an agent of the insurer's stands behind an application. One that names no channel is not let off.
    var sellsThroughAgents: Bool { self != .direct && self != .agency }

    /// Several channels as a field of codes.
    static func codes(_ channels: [Channel]) -> String {
        allCases.filter { $0 != .unknown && channels.contains($0) }.map(\.rawValue).joined(separator: ";")
    }

    static var choices: [FieldKind.Choice] {
        allCases.filter { $0 != .unknown }.map { .init(value: $0.rawValue, words: $0.words) }
    }

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .individual: Words("个险", "Individual agents")
        case .bancassurance: Words("银保", "Bancassurance")
        case .agency: Words("中介", "Agencies")
        case .direct: Words("直销", "Direct")
        }
    }
}

/// 角色.
package enum PersonRole: String, Choosable {
    case unknown = "", applicant, insured, beneficiary

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .applicant: Words("投保人", "Applicant")
        case .insured: Words("被保险人", "Insured")
        case .beneficiary: Words("受益人", "Beneficiary")
        }
    }
}

/// 性别.
package enum PersonSex: String, Choosable {
    case unknown = "", male = "M", female = "F"

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .male: Words("男", "Male")
        case .female: Words("女", "Female")
        }
    }
}

/// 账户类别; see `AccountClass`.
package enum AccountKind: String, Choosable {
    case unknown = "", first = "1", second = "2", third = "3"
    /// None that there is; an application with it is refused.
    case other

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .first: Words("Ⅰ类", "I")
        case .second: Words("Ⅱ类", "II")
        case .third: Words("Ⅲ类", "III")
        case .other: Words("其他", "Other")
        }
    }
}

/// 证件类型; the names are those of `DocumentKind`.
package enum CardKind: String, Choosable {
    case unknown = "", residentID = "resident-id", hkMacauPermit = "hk-macau-permit", taiwanPermit = "taiwan-permit"
    case residencePermit = "residence-permit", foreignerCard = "foreigner-card", passport, householdBook = "household-book", military
    case birthCertificate = "birth-certificate"
    /// None that the rules know; an application with it is refused.
    case other

    package var words: Words {
        if self == .other { return Words("其他", "Other") }
        guard let kind = DocumentKind(rawValue) else { return Words("", "") }
        return Words(kind.zh, kind.en)
    }
}
