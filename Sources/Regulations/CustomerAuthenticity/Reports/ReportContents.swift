import Kernel

extension Parameter {
    static let usageReportWorkingDays = Parameter("usageReportWorkingDays", in: authenticity[8])
    static let procedureReviewMonths = Parameter("procedureReviewMonths", in: authenticity[25])
    static let selfCheckWorkingDays = Parameter("selfCheckWorkingDays", in: authenticity[26])
    static let questionWorkingDays = Parameter("questionWorkingDays", in: authenticity[28])

    static let ofReports = [usageReportWorkingDays, procedureReviewMonths, selfCheckWorkingDays, questionWorkingDays]
}

let reportDocuments: [any Document.Type] = [
    UsageGatherer.self, UsageReport.self,  // 第八条
    Procedure.self,  // 第二十五条
    SelfCheck.self, SelfCheckTask.self,  // 第二十六条
    ArticleQuestion.self,  // 第二十八条
    RegulationAmendment.self,  // 第二十九条
]

let reportDuties = [UsageReport.monthly]
