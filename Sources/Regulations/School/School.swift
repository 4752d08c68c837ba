import Kernel
import Practices

/// 学校信息管理制度. The original has no 第二十条; the gap stays.
package let school = Regulation(
    "school", Words("学校信息管理制度", "School information management"), short: Words("学校信息", "School information"), numbering: .chinese)

/// The numbers that its articles set.
extension Parameter {
    static let acknowledgeHours = Parameter("acknowledgeHours", in: school[4])
    static let managerReportWorkingDays = Parameter("managerReportWorkingDays", in: school[10])
    static let instructHours = Parameter("instructHours", in: school[12])
    static let protectionMonths = Parameter("protectionMonths", in: school[13])
    static let spotCheckShare = Parameter("spotCheckShare", in: school[13])
    static let approvalDays = Parameter("approvalDays", in: school[13])
    static let stampDays = Parameter("stampDays", in: school[16])
    static let introductionDays = Parameter("introductionDays", in: school[16])
    static let holidayPersons = Parameter("holidayPersons", in: school[16])
    static let importantHours = Parameter("importantHours", in: school[19])
    static let marketReportWorkingDays = Parameter("marketReportWorkingDays", in: school[19])
    static let analysisWorkingDays = Parameter("analysisWorkingDays", in: school[19])
    static let maintenanceDays = Parameter("maintenanceDays", in: school[21])
}

/// The posts that its articles name.
extension Post {
    package static let generalManager = Post("general-manager", "总经理", "General manager", isSupervising: true)
    package static let businessDirector = Post("business-director", "业务中心总监", "Business director")
    /// 信息室: gathers all information and runs the archive.
    package static let informationOffice = Post("information-office-head", "信息室主任", "Head of the information office", isSupervising: true)
    package static let officeClerk = Post("information-office-clerk", "信息室文员", "Clerk of the information office")
    package static let administrativeSpecialist = Post("administrative-specialist", "行政信息专员", "Administrative information specialist")
    package static let marketSpecialist = Post("market-specialist", "市场信息专员", "Market information specialist")
    /// Full or part time, in each unit (第六条).
    package static let unitInformationOfficer = Post("unit-information-officer", "信息人员", "Information officer of a unit")
    /// Reports from a market unit (第十九条).
    package static let marketReporter = Post("market-reporter", "市场信息报送员", "Market reporter")
    /// 上级监督人: appointed by the body above the school, for what its general manager cannot decide because it is his own (第十二条, 第十三条).
    package static let overseer = Post("school-overseer", "上级监督人", "Overseer above the school")
    /// Keeps a seal, or stands in for whoever does.
    package static let sealKeeper = Post("seal-keeper", "印章保管人", "Keeper of a seal")
}

extension Who {
    /// 信息室.
    package static let office = Who.either(.informationOffice, .officeClerk)
    /// 校领导.
    package static let management = Who.either(.generalManager, .businessDirector)
    package static let specialists = Who.either(.administrativeSpecialist, .marketSpecialist)
}

/// Each of the rules that 第二十二条 names is signed by itself.
private func signed(_ zh: String, _ en: String) -> Practice {
    .undertaking(
        under: school[22], Words(zh, en), of: .informationOffice, .officeClerk, .administrativeSpecialist, .marketSpecialist,
        .unitInformationOfficer, .marketReporter, .sealKeeper)
}

/// The table of contents.
package let schoolContents = RegulationContents(
    school, articles: PackageResources.Articles_yaml,
    parameters: [
        .acknowledgeHours, .managerReportWorkingDays, .instructHours, .protectionMonths, .spotCheckShare, .approvalDays, .stampDays,
        .introductionDays, .holidayPersons, .importantHours, .marketReportWorkingDays, .analysisWorkingDays, .maintenanceDays,
    ],
    posts: [
        .generalManager, .businessDirector, .informationOffice, .officeClerk, .administrativeSpecialist, .marketSpecialist,
        .unitInformationOfficer, .marketReporter, .sealKeeper, .overseer,
    ],
    chapters: [
        Chapter("信息件", "Information items", [InformationItem.self, Delivery.self, ItemTaking.self]),  // 第二条 第四条 第八条 第九条
        Chapter(
            "公文", "Official documents",  // 第十六条
            [OutgoingDocument.self, NumberBook.self, IncomingDocument.self, ArchiveEntry.self, WrittenDraft.self]),
        Chapter(
            "印章、介绍信与值班", "Seals, letters, rota",  // 第十六条
            [Seal.self, SealHandover.self, SealRequest.self, IntroductionLetter.self, DutyShift.self, ShiftSwap.self]),
        Chapter(
            "会议与督导", "Meetings and supervision",  // 第十条
            [
                ManagementMeeting.self, Resolution.self, ImprovementProposal.self, SupervisionVisit.self, VisitFinding.self,
                TrainingSession.self, ManagerReport.self, AssignedTask.self,
            ]),
        Chapter(
            "市场信息", "Market",  // 第十九条
            [
                Publication.self, StudentFile.self, ContactRecord.self, CustomerLetter.self, MarketReport.self, MarketAnalysis.self,
                IndustryEntry.self,
            ]),
        Chapter("文印、设备与钥匙", "Printing, equipment, keys", [PrintJob.self, OfficeEquipment.self, DoorKey.self]),  // 第十四条 第二十一条
        Chapter(
            "人员与奖惩", "People",  // 第六条 第十一条 - 第十四条
            [
                OfficerVacancy.self, BreachReport.self, ReporterProtection.self, HigherProtection.self, PersonnelMatter.self,
                Commendation.self, StaffHandover.self, UnitTransfer.self,
            ]),
        Chapter("工作指标", "Figures", [SchoolFigures.self]),  // 第四条 第二十三条
    ],
    duties: [
        OfficerVacancy.daily, MarketReport.monthly, MarketReport.daily, MarketAnalysis.quarterly, ManagerReport.monthly,
        SchoolFigures.daily, SchoolFigures.monthly,
    ],
    findings: [IntroductionLetter.kept, DutyShift.thin, OfficeEquipment.neglected, ItemTaking.kept],
    guards: [StaffHandover.leaving, PersonnelMatter.leaving, PersonnelMatter.moving, StaffHandover.moving, UnitTransfer.closing],
    practices: [
        signed("文件收发规定", "Rules on sending and receiving documents"), signed("档案资料管理规定", "Rules on archives and papers"),
        signed("信息管理中心规定", "Rules of the information centre"), signed("安全保密规定", "Rules on security and secrecy"),
    ],
    readings: school[16], supervisors: [.informationOffice])
