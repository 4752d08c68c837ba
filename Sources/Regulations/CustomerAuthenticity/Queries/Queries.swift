import Kernel

/// 客户查询 (第十五条, 第十七条 - 第十九条, 第二十一条): what customers may ask of their policies by telephone, at the counter and on the
/// web, and what keeps everybody else from it.
extension Post {
    /// Answers telephone queries (第十七条).
    package static let deskOperator = Post("desk-operator", "电话客服", "Telephone desk operator")
    /// Answers queries at the counter (第十九条).
    package static let counterClerk = Post("counter-clerk", "柜面", "Counter clerk")

    static let ofQueries = [deskOperator, counterClerk]
}

extension Parameter {
    static let identityQuestions = Parameter("identityQuestions", in: authenticity[17])
    static let freeQueryFailures = Parameter("freeQueryFailures", in: authenticity[17])
    static let queryWaitMinutes = Parameter("queryWaitMinutes", in: authenticity[17])
    static let longestQueryWaitMinutes = Parameter("longestQueryWaitMinutes", in: authenticity[17])
    static let mostQueryFailures = Parameter("mostQueryFailures", in: authenticity[17])
    static let callerFailures = Parameter("callerFailures", in: authenticity[17])
    static let operatorFailures = Parameter("operatorFailures", in: authenticity[17])
    static let queryMinutes = Parameter("queryMinutes", in: authenticity[17])
    static let codeMinutes = Parameter("codeMinutes", in: authenticity[18])
    static let codeTries = Parameter("codeTries", in: authenticity[18])
    static let codesAnHour = Parameter("codesAnHour", in: authenticity[18])
    static let codesADay = Parameter("codesADay", in: authenticity[18])
    static let silentNumberDays = Parameter("silentNumberDays", in: authenticity[18])
    static let portalIdleMinutes = Parameter("portalIdleMinutes", in: authenticity[18])
    static let portalHours = Parameter("portalHours", in: authenticity[18])
    static let clearMinutes = Parameter("clearMinutes", in: authenticity[18])
    static let networkFailures = Parameter("networkFailures", in: authenticity[18])
    static let extractHours = Parameter("extractHours", in: authenticity[18])
    static let longestConsentMonths = Parameter("longestConsentMonths", in: authenticity[21])

    static let ofQueries = [
        identityQuestions, freeQueryFailures, queryWaitMinutes, longestQueryWaitMinutes, mostQueryFailures, callerFailures,
        operatorFailures, queryMinutes, codeMinutes, codeTries, codesAnHour, codesADay, silentNumberDays, portalIdleMinutes, portalHours,
        clearMinutes, networkFailures, extractHours, longestConsentMonths,
    ]
}

let queryDocuments: [any Document.Type] = [
    QueryChannels.self,  // 第十五条
    TelephoneQuery.self,  // 第十七条
    PortalRegistration.self, PortalVisit.self, QueryExtract.self, QueryUsage.self,  // 第十八条
    CounterQuery.self,  // 第十九条
    QueryConsent.self,  // 第二十一条
    PolicyBenefit.self, PolicyPayment.self, PolicyClaim.self, BeneficiaryDesignation.self,  // what is told
    QueryTelephone.self, QueryCode.self, QueryFailures.self,  // who asks
]

let queryDuties = [QueryUsage.monthly]
