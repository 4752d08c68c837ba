import Kernel

/// 人身保险客户信息资料真实性管理实施细则.
package let authenticity = Regulation(
    "life-insurance", Words("人身保险客户信息资料真实性管理实施细则", "Authenticity of customer information in life insurance"),
    short: Words("真实性", "Authenticity"), numbering: .chinese)

/// The posts that its articles name.
extension Post {
    package static let underwriter = Post("underwriter", "核保", "Underwriter")
    package static let customerService = Post("customer-service", "客户服务", "Customer service")
    package static let backOffice = Post("back-office", "渠道内勤", "Channel back office")
    package static let teamLeader = Post("team-leader", "团队负责人", "Team leader")
    package static let compliance = Post("compliance", "合规", "Compliance", isSupervising: true)
    package static let generalManager = Post("general-manager", "总经理", "General manager", isSupervising: true)
    package static let trainer = Post("trainer", "培训", "Training")
}

/// The numbers that its articles set.
extension Parameter {
    static let minorAge = Parameter("minorAge", in: authenticity[5])
    static let screeningWorkingDays = Parameter("screeningWorkingDays", in: authenticity[7])
    static let coolingOffDays = Parameter("coolingOffDays", in: authenticity[7])
    static let coolingOffFollowsHolidays = Parameter("coolingOffFollowsHolidays", in: authenticity[7])
    static let minimumTrainingHours = Parameter("minimumTrainingHours", in: authenticity[9])
    static let longestQualificationMonths = Parameter("longestQualificationMonths", in: authenticity[10])
    static let investigationWorkingDays = Parameter("investigationWorkingDays", in: authenticity[13])
}

/// The table of contents.
package let authenticityContents = RegulationContents(
    authenticity, articles: PackageResources.Articles_yaml,
    parameters: [
        .minorAge, .screeningWorkingDays, .coolingOffDays, .coolingOffFollowsHolidays, .minimumTrainingHours, .longestQualificationMonths,
        .investigationWorkingDays,
    ] + consequenceParameters + Parameter.ofNotices + Parameter.ofReports + Parameter.learning
        + Parameter.ofQueries,
    posts: [.underwriter, .customerService, .backOffice, .teamLeader, .compliance, .generalManager, .trainer, .seller] + consequencePosts
        + Post.ofQueries,
    chapters: [
        Chapter(
            "投保与客户", "Applications and customers", [Application.self, Customer.self, CustomerJoin.self, Policy.self, AccountException.self]),
        Chapter(
            "可疑信息与更正", "Suspicious data and corrections",
            [Suspicion.self, SuspicionList.self, Correction.self, InsuredCorrection.self, Exemption.self, MisconductReport.self]),
        Chapter("业务员与机构", "Agents and agencies", [Agent.self, Agency.self]),
        Chapter("培训与测试", "Learning and tests", learningDocuments), Chapter("投诉与问责", "Complaints and consequences", consequenceDocuments),
        Chapter("客户查询", "Queries", queryDocuments), Chapter("通知与回访", "Notices and call-backs", noticeDocuments),
        Chapter("报告与制度", "Reports and rules", reportDocuments),
    ],
    duties: [SuspicionList.nightly] + consequenceDuties + noticeDuties + reportDuties + learningDuties + queryDuties,
    findings: learningFindings,
    readings: authenticity[21], adoption: authenticity[29], supervisors: [.compliance], answers: ArticleQuestion.self)
