import Kernel
import Practices

/// 客户信息保密管理制度.
package let confidentiality = Regulation(
    "customer-confidentiality", Words("客户信息保密管理制度", "Confidentiality of customer information"),
    short: Words("保密", "Confidentiality"), numbering: .arabic)

/// The numbers that its articles set.
extension Parameter {
    static let openFileWorkingDays = Parameter("openFileWorkingDays", in: confidentiality[4])
    static let serialDigits = Parameter("serialDigits", in: confidentiality[4])
    static let recopyWorkingDays = Parameter("recopyWorkingDays", in: confidentiality[8])
    static let archiveCheckMonths = Parameter("archiveCheckMonths", in: confidentiality[14])
    static let archiveCheckWorkingDays = Parameter("archiveCheckWorkingDays", in: confidentiality[14])
    static let repairWorkingDays = Parameter("repairWorkingDays", in: confidentiality[15])
    static let climateAlarmMinutes = Parameter("climateAlarmMinutes", in: confidentiality[16])
    static let climateSilenceHours = Parameter("climateSilenceHours", in: confidentiality[16])
    static let accessDays = Parameter("accessDays", in: confidentiality[18])
    static let loanDays = Parameter("loanDays", in: confidentiality[19])
    static let loanDayRule = Parameter("loanDayRule", in: confidentiality[19])
    static let overdueThreshold = Parameter("overdueThreshold", in: confidentiality[19])
    static let copyHours = Parameter("copyHours", in: confidentiality[23])
    static let recallWorkingDays = Parameter("recallWorkingDays", in: confidentiality[23])
    static let dispatchHours = Parameter("dispatchHours", in: confidentiality[23])
    static let leakResponseHours = Parameter("leakResponseHours", in: confidentiality[27])
    static let authorityReportHours = Parameter("authorityReportHours", in: confidentiality[27])
    static let freezeDays = Parameter("freezeDays", in: confidentiality[27])
    static let receiptWorkingDays = Parameter("receiptWorkingDays", in: confidentiality[24])
    static let shortTermYears = Parameter("shortTermYears", in: confidentiality[25])
    static let longTermYears = Parameter("longTermYears", in: confidentiality[25])
    static let ordinaryKeepYears = Parameter("ordinaryKeepYears", in: confidentiality[25])
    static let specialKeepYears = Parameter("specialKeepYears", in: confidentiality[25])
    static let ordinaryLegalYears = Parameter("ordinaryLegalYears", in: confidentiality[25])
    static let specialLegalYears = Parameter("specialLegalYears", in: confidentiality[25])
    static let appraisalWorkingDays = Parameter("appraisalWorkingDays", in: confidentiality[25])
    static let destructionWaitDays = Parameter("destructionWaitDays", in: confidentiality[25])
    static let personRequestDays = Parameter("personRequestDays", in: confidentiality[25])
}

/// The posts that its articles name.
extension Post {
    /// 客户信息专员: opens and keeps the files, lends, draws up reports.
    package static let informationSpecialist = Post("information-specialist", "信息管理专员", "Information specialist")
    package static let informationSupervisor = Post(
        "information-supervisor", "客户信息主管", "Customer information supervisor", isSupervising: true)
    package static let serviceManager = Post("service-manager", "客户服务部经理", "Customer service manager", isSupervising: true)
    package static let generalManager = Post("general-manager", "总经理", "General manager", isSupervising: true)
    package static let archivist = Post("archivist", "档案管理员", "Archivist")
    /// 指定人员: carries and delivers records (第23条).
    package static let courier = Post("courier", "档案递送员", "Courier of records")
    /// 专人: keeps classified records (第22条).
    package static let custodian = Post("custodian", "密级档案保管人", "Custodian of classified records")
}

package let informationSpecialist = Post.informationSpecialist

extension Who {
    /// Who works in the archive and reads its catalogue, as far as the clearance goes.
    package static let archive = Who.either(.informationSpecialist, .informationSupervisor, .serviceManager, .archivist)
    /// 客户信息主管 and 客户服务部经理.
    package static let officers = Who.either(.informationSupervisor, .serviceManager)
}

/// The regulation's table of contents.
package let confidentialityContents = RegulationContents(
    confidentiality, articles: PackageResources.Articles_yaml,
    parameters: [
        .openFileWorkingDays, .serialDigits, .recopyWorkingDays, .archiveCheckMonths, .archiveCheckWorkingDays, .repairWorkingDays,
        .climateAlarmMinutes, .climateSilenceHours, .readingLevel, .readingMinutes, .undertakingFirst,
        .accessDays, .loanDays, .loanDayRule, .overdueThreshold, .copyHours, .recallWorkingDays, .dispatchHours,
        .leakResponseHours, .authorityReportHours, .freezeDays,
        .receiptWorkingDays, .shortTermYears, .longTermYears, .ordinaryKeepYears, .specialKeepYears, .ordinaryLegalYears,
        .specialLegalYears,
        .appraisalWorkingDays, .destructionWaitDays, .personRequestDays,
    ],
    posts: [
        .informationSpecialist, .informationSupervisor, .serviceManager, .generalManager, .archivist, .courier, .custodian,
    ],
    chapters: [
        Chapter("建档", "Filing", [FirstContact.self, CustomerFile.self, CodeSeries.self, AttachmentText.self]),  // 第3条-第6条
        Chapter(
            "库房与保管", "Stores and keeping",  // 第7条, 第8条, 第14条-第16条
            [
                ArchiveStore.self, Shelf.self, ReshelvingRun.self, RecopyTask.self, ArchiveCheck.self, MissingRecord.self,
                RepairOrder.self, ClimateReading.self, ClimateAlarm.self,
            ]),
        Chapter(
            "查阅与外借", "Reading and loans",  // 第17条-第20条, 第22条, 第23条
            [AccessRequest.self, Loan.self, LevelChange.self, CopyRequest.self, ControlledCopy.self, RecordDispatch.self]),
        Chapter(
            "统计报表", "Statistics",  // 第9条-第13条
            [ReportDefinition.self, ReportItemChange.self, ReportSubscription.self, StatisticalReport.self, ReportCopy.self]),
        Chapter(
            "对外提供与销毁", "Giving outside, destruction",  // 第24条-第26条
            [OutsideProvision.self, OutgoingNotice.self, PersonRequest.self, DestructionList.self, LegalHoldOrder.self]),
        Chapter("泄露与修订", "Leaks and amendments", [LeakReport.self, LeakTrace.self, CharterAmendment.self]),  // 第27条-第29条
    ],
    duties: [
        ArchiveCheck.halfYearly, StatisticalReport.periodic, Loan.followDays, DestructionList.monthly, AccessRequest.followRights,
    ],
    findings: [
        CustomerFile.incomplete, CustomerFile.unshelved, CustomerFile.unkept,
        Loan.kept,
    ],
    practices: [.undertaking(under: confidentiality[21], Words("客户信息保密承诺书", "Undertaking of confidentiality")), .threeProhibitions],
    readings: confidentiality[17], supervisors: [.informationSupervisor, .serviceManager], alarm: LeakReport.self)
