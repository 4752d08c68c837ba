import Kernel
import Practices

/// The regulation's table of contents.
package let enterpriseITContents = RegulationContents(
    enterpriseIT, articles: PackageResources.Articles_yaml,
    parameters: [
        .minimumQuotes, .inventoryDays, .findingWorkingDays, .longestGrantDays, .longestRuleDays, .addressRestDays, .secrecyTrainingMonths,
        .summaryWorkingDays, .ownHours, .majorHours, .firstHours, .secondHours, .thirdHours, .fourthHours, .stocktakeMonths,
        .stocktakeWorkingDays, .moveCheckWorkingDays, .returnWorkingDays, .protectionCheckMonths, .dangerWorkingDays,
    ],
    posts: [
        factoryLeader, centreDirector, .networkStaff, .assetStaff, .serviceDesk, .storeKeeper, .finance, .roomDuty,
    ],
    chapters: [
        Chapter("计划", "Plan", [ITPlan.self, PlanItem.self, ITException.self, PlanProgress.self]),  // 第三条
        Chapter(
            "采购与报账", "Purchase",  // 第二章7, 23, 24
            [
                ITPurchase.self, Acceptance.self, GoodsReturn.self, StockReceipt.self, StockIssue.self, VATInvoice.self,
                Reimbursement.self,
            ]),
        Chapter(
            "资产与盘点", "Assets",  // 第二章8, 20, 22
            [ITAsset.self, AssetRequest.self, AssetMove.self, AssetCheck.self, Stocktake.self, StocktakeDifference.self]),
        Chapter(
            "系统与软件", "Systems and software",  // 第二条, 第二章10, 11, 16, 17
            [
                ITSystem.self, SoftwareRule.self, InventoryReport.self, ComputerFinding.self, InstallRequest.self, DevelopmentRequest.self,
            ]),
        Chapter(
            "网络", "Network",  // 第二章9, 12, 13
            [
                InternetApplication.self, WebPageChange.self, FirewallRule.self, Subnet.self, VirtualNetwork.self, NetworkAddress.self,
                ConnectionPoint.self, NetworkAccount.self, PasswordPolicy.self,
            ]),
        Chapter(
            "操作与保密", "Operation and secrecy",  // 第二章14, 15, 第三章二
            [
                OperationReport.self, OperationBreach.self, SecretComputer.self, SecrecyTraining.self, SoftwareMedium.self,
                MediumLoan.self,
            ]),
        Chapter("服务台", "Service desk", [ServiceTicket.self, KnowledgeArticle.self, CoachingRecord.self, DeskFigures.self]),  // 第二章18, 21
        Chapter(
            "电脑室", "Computer rooms",  // 第三章
            [ComputerRoom.self, ClosingCheck.self, ProtectionCheck.self, RepairOrder.self, RoomVisit.self]),
        Chapter(
            "宣传、培训与学习", "Publicity, training, study",  // 第二章4-6, 19
            [
                PublicityPlan.self, PublicityTask.self, TrainingSession.self, OutsideContact.self, SubsidyApplication.self,
                StudyRecord.self, StudySummary.self,
            ]),
    ],
    duties: [
        PlanProgress.quarterly, ITAsset.daily, Stocktake.periodic, InternetApplication.daily, NetworkAccount.daily, DeskFigures.monthly,
        StudySummary.yearly, ClosingCheck.daily, OperationBreach.daily,
    ],
    findings: [
        PlanItem.late, Reimbursement.reversed, VATInvoice.overallocated, ITAsset.unprotected, ITAsset.overdue, ITSystem.island,
        NetworkAccount.unreviewed,
        NetworkAccount.stale, FirewallRule.unreviewed, SecretComputer.lapsed, SecretComputer.stale, ComputerRoom.unsigned,
        ComputerRoom.uneducated, ComputerRoom.unprotected, ComputerRoom.uninspected, RoomVisit.staying, MediumLoan.kept,
    ],
    guards: [MediumLoan.leaving],
    practices: [
        .undertaking(under: enterpriseIT["第二章14"], Words("计算机操作规程承诺书", "Undertaking on the operating rules")),
        .inspection(
            under: ComputerRoom.inspection, Words("电脑部位安全检查", "Inspection of computer rooms"), by: .assetStaff, seenBy: centreDirector),
    ], readings: enterpriseIT["第三章五"], supervisors: [centreDirector])
