import Kernel

/// Complaints and consequences (第十一条, 第十四条, 第二十二条 - 第二十四条, 第二十七条): their posts, numbers, documents and duties.
extension Post {
    /// 渠道管理部门: penalises who gave false data, and is told of what is verified again (第十四条).
    package static let channelManagement = Post("channel-management", "渠道管理", "Channel management")
    /// 综合办公室: takes the quarterly list and reports it outward (第二十二条).
    package static let generalOffice = Post("general-office", "综合办公室", "General office")
    /// 合规委员会: judges what compliance puts before it (第二十四条).
    package static let committeeMember = Post("compliance-committee", "合规委员会委员", "Member of the compliance committee")
}

extension Parameter {
    static let complaintThreshold = Parameter("complaintThreshold", in: authenticity[14])
    static let complaintWindowMonths = Parameter("complaintWindowMonths", in: authenticity[14])
    /// By which day a complaint is counted: 0 when it was received, 1 when it was upheld.
    static let complaintDate = Parameter("complaintDate", in: authenticity[14])
    static let complaintDays = Parameter("complaintDays", in: authenticity[14])
    static let complexComplaintDays = Parameter("complexComplaintDays", in: authenticity[14])
    /// Beyond those of a complex one, with approval.
    static let furtherComplaintDays = Parameter("furtherComplaintDays", in: authenticity[14])
    static let complaintReviewDays = Parameter("complaintReviewDays", in: authenticity[14])
    static let complaintSpeakers = Parameter("complaintSpeakers", in: authenticity[14])
    static let acknowledgementWorkingDays = Parameter("acknowledgementWorkingDays", in: authenticity[14])
    static let reVerificationDays = Parameter("reVerificationDays", in: authenticity[14])
    static let falseDataListDays = Parameter("falseDataListDays", in: authenticity[22])
    static let outwardReportDays = Parameter("outwardReportDays", in: authenticity[22])
    static let appraisalDays = Parameter("appraisalDays", in: authenticity[22])
    static let falseDataPoints = Parameter("falseDataPoints", in: authenticity[22])
    static let complaintPoints = Parameter("complaintPoints", in: authenticity[22])
    static let agencyReportWorkingDays = Parameter("agencyReportWorkingDays", in: authenticity[23])
    static let rectificationDays = Parameter("rectificationDays", in: authenticity[24])
    static let committeeLeastVotes = Parameter("committeeLeastVotes", in: authenticity[24])
    /// The resolution needs more of the votes cast than this, in hundredths.
    static let committeeMajorityPercent = Parameter("committeeMajorityPercent", in: authenticity[24])
    static let accountabilityDays = Parameter("accountabilityDays", in: authenticity[27])
}

let consequencePosts: [Post] = [.channelManagement, .generalOffice, .committeeMember]

let consequenceParameters: [Parameter] = [
    .complaintThreshold, .complaintWindowMonths, .complaintDate, .complaintDays, .complexComplaintDays, .furtherComplaintDays,
    .complaintReviewDays, .complaintSpeakers, .acknowledgementWorkingDays, .reVerificationDays, .falseDataListDays, .outwardReportDays,
    .appraisalDays, .falseDataPoints, .complaintPoints, .agencyReportWorkingDays, .rectificationDays, .committeeLeastVotes,
    .committeeMajorityPercent, .accountabilityDays,
]

let consequenceDocuments: [any Document.Type] = [
    Complaint.self, RespondentStatement.self, SellerIdentity.self, ReVerification.self, PolicyCheck.self,  // 第十四条
    FalseDataFinding.self, Penalty.self,  // 第十一条 第十四条
    SellerAppraisal.self, FalseDataList.self,  // 第二十二条
    AgencyContact.self, AgencyReport.self,  // 第二十三条
    RectificationNotice.self, CommitteeSession.self, CommitteeMatter.self,  // 第二十四条
    AccountabilityCase.self,  // 第二十七条
]

let consequenceDuties: [Duty] = [ReVerification.daily, SellerAppraisal.quarterly, FalseDataList.quarterly]
