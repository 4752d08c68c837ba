import Kernel

/// 药品质量信息管理制度.
package let drugQuality = Regulation(
    "drug-quality", Words("药品质量信息管理制度", "Drug quality information"), short: Words("质量信息", "Drug quality"), numbering: .bracketed)

/// The numbers that its articles set.
extension Parameter {
    static let ordinaryFeedbackHours = Parameter("ordinaryFeedbackHours", in: drugQuality[4])
    static let statisticsWorkingDays = Parameter("statisticsWorkingDays", in: drugQuality[5])
    static let leastAnonymousUnit = Parameter("leastAnonymousUnit", in: drugQuality[5])
    static let urgentFeedbackHours = Parameter("urgentFeedbackHours", in: drugQuality[7])
    static let adverseSeriousDays = Parameter("adverseSeriousDays", in: drugQuality[7])
    static let adverseOtherDays = Parameter("adverseOtherDays", in: drugQuality[7])
    static let adverseDeathHours = Parameter("adverseDeathHours", in: drugQuality[7])
    static let recallFirstDays = Parameter("recallFirstDays", in: drugQuality[7])
    static let recallSecondDays = Parameter("recallSecondDays", in: drugQuality[7])
    static let recallThirdDays = Parameter("recallThirdDays", in: drugQuality[7])
    static let consecutiveFailures = Parameter("consecutiveFailures", in: drugQuality[9])
    static let contestWorkingDays = Parameter("contestWorkingDays", in: drugQuality[9])
}

/// The posts that its articles name.
extension Post {
    /// 质管组: gathers, passes on, sees that decisions are carried out.
    package static let qualityOfficer = Post("quality-officer", "质量管理员", "Quality officer")
    package static let qualityHead = Post("quality-head", "质量管理部负责人", "Head of the quality department", isSupervising: true)
    package static let enterpriseManager = Post("enterprise-manager", "企业经理", "Manager of the enterprise", isSupervising: true)
    /// Receives and decides for the manager, and signs as the deputy.
    package static let deputyManager = Post("deputy-manager", "企业副经理", "Deputy manager of the enterprise")
}

extension Who {
    /// 质量管理部: the hub of all quality information (（2）).
    package static let hub = Who.either(.qualityHead, .qualityOfficer)
    /// 企业领导.
    package static let leaders = Who.either(.enterpriseManager, .deputyManager)
    /// Who judges failures: the hub's own are the manager's to judge.
    package static let judges = Who.either(.qualityHead, .enterpriseManager)
}

/// The table of contents.
package let drugQualityContents = RegulationContents(
    drugQuality, articles: PackageResources.Articles_yaml,
    parameters: [
        .ordinaryFeedbackHours, .statisticsWorkingDays, .leastAnonymousUnit, .urgentFeedbackHours, .adverseSeriousDays, .adverseOtherDays,
        .adverseDeathHours, .recallFirstDays, .recallSecondDays, .recallThirdDays, .consecutiveFailures, .contestWorkingDays,
    ],
    posts: [.qualityOfficer, .qualityHead, .enterpriseManager, .deputyManager],
    chapters: [
        Chapter("质量信息", "Quality items", [QualityItem.self, KnowingTimeChange.self, Measure.self, FeedbackRecord.self]),  // （2）（3）（6）-（9）
        Chapter("批次与召回", "Batches and recalls", [GoodsBatch.self, StopSlip.self, RecallNotice.self]),  // （1）（7）
        Chapter(
            "收集渠道", "How it comes in",  // （5）
            [StatisticsReturn.self, QualityMeeting.self, Questionnaire.self, QuestionnaireAnswer.self, StaffOpinion.self]),
        Chapter("法规、指标与考核", "Law, figures, appraisal", [LawEntry.self, QualityFigures.self, AppraisalEntry.self, AppraisalSheet.self]),  // （3）（4）（9）
    ],
    duties: [StatisticsReturn.monthly, QualityFigures.monthly, AppraisalSheet.quarterly, StaffOpinion.daily],
    readings: drugQuality[8], supervisors: [.qualityHead])
