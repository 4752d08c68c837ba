import Kernel

/// 查阅目的, as whoever opens a record chooses it (第18条).
package enum ReadingPurpose: String, CaseIterable, Sendable {
    case business, keeping, audit, dispute, lawful
    case other = "other"

    var words: Words {
        switch self {
        case .business: Words("业务办理", "Business")
        case .keeping: Words("整理、保管档案", "Keeping the archive")
        case .audit: Words("审计检查", "Audit")
        case .dispute: Words("纠纷处理", "A dispute")
        case .lawful: Words("依法协助", "By law")
        case .other: Words("其他", "Other")
        }
    }

    static let choices = allCases.map { FieldKind.Choice(value: $0.rawValue, words: $0.words) }
}

extension Parameter {
    /// From which level on everybody says what a record is read for: 0 public, 1 internal, 2 secret.
    static let readingLevel = Parameter("readingLevel", in: confidentiality[17])
    static let readingMinutes = Parameter("readingMinutes", in: confidentiality[17])
    /// 1: nobody is granted, lent or shown what is classified whose undertaking is not signed.
    static let undertakingFirst = Parameter("undertakingFirst", in: confidentiality[21])
}

extension StatedReading {
    /// 第17条, 第18条, 第22条: each reading of a customer's record is logged with its purpose. What is classified, and what a grant alone
    /// opens, is for those who have signed (第21条), and that is asked at each reading: a new version of the undertaking ends what was
    /// signed before.
    static let ofCustomers = StatedReading(from: .readingLevel, minutes: .readingMinutes, purposes: ReadingPurpose.choices) { reading in
        guard try reading.level >= .secret || reading.isByGrant() else { return }
        guard let words = try reading.missingUndertaking(of: reading.person) else { return }
        try reading.require(false, words.zh, words.en, under: confidentiality[21])
    }
}
