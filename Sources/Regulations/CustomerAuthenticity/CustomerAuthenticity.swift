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
    ],
    posts: [.underwriter, .customerService, .backOffice, .teamLeader, .compliance, .generalManager, .trainer],
    documents: [
        Application.self, Suspicion.self, SuspicionList.self, Correction.self, InsuredCorrection.self, Customer.self, CustomerJoin.self,
        Policy.self, AccountException.self, Exemption.self, MisconductReport.self, Agent.self, Agency.self,
    ],
    duties: [SuspicionList.nightly], readings: authenticity[21], adoption: authenticity[29], supervisors: [.compliance])
