import Kernel

/// 客户类别 (第3条).
package enum CustomerClass: String, Choosable {
    case unknown = "", ordinary, special

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .ordinary: Words("一般客户", "Ordinary customer")
        case .special: Words("特殊客户", "Special customer")
        }
    }
}

/// 客户子类: who is an ordinary customer and who a special one, and by which two letters the file is filed (第3条).
package enum CustomerKind: String, Choosable {
    case unknown = "", dealer, individual, lawyer, adviser, advertising, publicRelations = "public-relations", bank, insurer, other

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .dealer: Words("经销单位", "Dealer")
        case .individual: Words("个人", "Individual")
        case .lawyer: Words("律师", "Lawyer")
        case .adviser: Words("财务顾问", "Financial adviser")
        case .advertising: Words("广告", "Advertising")
        case .publicRelations: Words("公关", "Public relations")
        case .bank: Words("银行", "Bank")
        case .insurer: Words("保险", "Insurer")
        case .other: Words("其他特殊客户", "Other special customer")
        }
    }

    package var customerClass: CustomerClass {
        switch self {
        case .unknown: .unknown
        case .dealer, .individual: .ordinary
        default: .special
        }
    }

    /// The category of the reference code: two letters (DA/T 13-2022).
    package var letters: String {
        switch self {
        case .unknown: "WF"
        case .dealer: "JX"
        case .individual: "GR"
        case .lawyer: "LS"
        case .adviser: "CW"
        case .advertising: "GG"
        case .publicRelations: "GX"
        case .bank: "YH"
        case .insurer: "BX"
        case .other: "QT"
        }
    }

    /// Where its files stand among the others: in the order of the article.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// 密级: a mark of the house's own. The state's ★ is never printed, and state secrets do not belong here (第22条).
package enum SecrecyLevel: String, Choosable {
    case `internal`, `public`, secret, topSecret = "top-secret"

    package var words: Words { level.words }

    package var level: Level {
        switch self {
        case .public: .public
        case .internal: .internal
        case .secret: .secret
        case .topSecret: .topSecret
        }
    }

    package var isClassified: Bool { level >= .secret }

    /// What stands on labels and papers: 企业机密; nothing on what is not classified.
    package var mark: Words {
        switch self {
        case .public, .internal: Words("", "")
        case .secret: Words("企业机密", "Company secret")
        case .topSecret: Words("企业绝密", "Company top secret")
        }
    }
}

/// 保管期限, as the reference code has it (DA/T 13-2022).
package enum RetentionTerm: String, Choosable {
    case unset = "", permanent = "Y", thirtyYears = "D30", tenYears = "D10"

    package var words: Words {
        switch self {
        case .unset: Words("", "")
        case .permanent: Words("永久", "Permanent")
        case .thirtyYears: Words("30年", "30 years")
        case .tenYears: Words("10年", "10 years")
        }
    }

    /// `nil` where it never ends, or is not set.
    package var years: Int? {
        switch self {
        case .unset, .permanent: nil
        case .thirtyYears: 30
        case .tenYears: 10
        }
    }
}
