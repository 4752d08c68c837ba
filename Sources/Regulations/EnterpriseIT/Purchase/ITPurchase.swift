import Kernel
import WorkCalendar

/// 采购: from the need to the last line in stock or in the ledger (第二章7, 23, 24). Software is compared, hardware has three independent
/// quotes.
package struct ITPurchase: Document {
    package enum State: String, CaseIterable, Sendable { case needed, compared, chosen, contracted, complete, cancelled }
    package var kind = PurchaseKind.none
    package var subject = "", need = "", choiceReason = "", supplier = "", contractNo = "", reason = ""
    package var planItem = ID<PlanItem>.none
    package var exception = ID<ITException>.none, quoteException = ID<ITException>.none, splitException = ID<ITException>.none
    package var items: [NeededItem] = []
    package var quotes: [Quote] = []
    package var independent = 0
    package var chosenPrice: DecimalNumber?, contractSum: DecimalNumber?
    package var contractDay: Day?
    package var lines: [ContractLine] = []
    package var papers: [FileReference] = []
    package var warnings = ""
    package init() {}

    package static let name = "it-purchase"
    package var title: String { subject }

    package static let form = Form<ITPurchase>(
        "采购", "Purchase", number: "采购",
        states: [
            .needed: .open("待比价", "To be compared"), .compared: .open("待选定", "To be chosen"), .chosen: .open("待签合同", "Contract to be made"),
            .contracted: .open("到货验收中", "Delivery and acceptance"), .complete: .done("已全部入库或转固", "All in stock or in the ledger"),
            .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.finance), .post(.storeKeeper)],
        [
            .choice(\.kind, "类别", "Kind").indexed().listed(), .text(\.subject, "采购内容", "What").code().listed(),
            .prose(\.need, "实际需求", "Need"), .reference(\.planItem, "计划项目", "Plan item").optional().onceFilled(),
            .reference(\.exception, "计划外特批", "Exception from the plan").optional().onceFilled(), .lines(\.items, "需求清单", "What is needed"),
            .lines(\.quotes, "比价单", "Comparison").onceFilled(),
            .whole(\.independent, "有效独立报价", "Independent valid quotes", in: 0...1000).optional().onceFilled(),
            .text(\.supplier, "选定供应商", "Supplier chosen").code().listed().onceFilled(),
            .prose(\.choiceReason, "选定理由", "Reasons of the choice").onceFilled(),
            .reference(\.quoteException, "询价特批", "Exception from three quotes").optional().onceFilled(),
            .decimal(\.chosenPrice, "选定价（元）", "Price chosen, yuan", places: 2, in: 0...100_000_000).optional().onceFilled(),
            .text(\.contractNo, "合同编号", "Contract").indexed().listed().onceFilled(), .day(\.contractDay, "签订日期", "Signed on").onceFilled(),
            .lines(\.lines, "合同配置清单", "Lines of the contract").onceFilled(),
            .decimal(\.contractSum, "合同金额（元）", "Contract, yuan", places: 2, in: 0...100_000_000).optional().listed().onceFilled(),
            .files(\.papers, "合同附件", "Papers").optional().onceFilled(),
            .reference(\.splitException, "分批报账特批", "Exception for parts").onceFilled(),
            .prose(\.warnings, "核对提示", "To be checked").optional().onceFilled(),
            .text(\.reason, "取消理由", "Why it is cancelled").onceFilled(),
        ])

    package static let ask = Step<ITPurchase>(
        "ask", "提出采购", "Ask", to: .needed, by: .any([.centre, .post(.head)]), under: enterpriseIT["第二章7"], enterpriseIT["第二章23"],
        enterpriseIT["第三条"], fields: [\.kind, \.subject, \.need, \.planItem, \.exception, \.items]
    ) { purchase, act in
        try PlanBasis.require(purchase.planItem, of: PlanBasis.kinds(of: purchase.kind), purchase.exception, act)
        try act.require(!purchase.items.isEmpty, "请列出需求清单", "List what is needed")
    }
    package static let compare = Step<ITPurchase>(
        "compare", "填写比价单", "Compare", from: .needed, .compared, to: .compared, by: .post(.assetStaff), under: enterpriseIT["第二章7"],
        fields: [\.quotes]
    ) { purchase, act in try purchase.examineQuotes(act) }
    package static let choose = Step<ITPurchase>(
        "choose", "选定供应商", "Choose", from: .compared, to: .chosen, by: .post(centreDirector), notBy: compare,
        under: enterpriseIT["第二章7"], fields: [\.supplier, \.choiceReason, \.quoteException], signs: true
    ) { purchase, act in try purchase.requireChoice(act) }
    package static let contract = Step<ITPurchase>(
        "contract", "订立合同", "Make the contract", from: .chosen, to: .contracted, by: .post(.assetStaff), under: enterpriseIT["第二章7"],
        fields: [\.contractNo, \.contractDay, \.lines, \.papers], isIrrevocable: true
    ) { purchase, act in try purchase.takeContract(act) }.checking { purchase, check in purchase.checkContract(check) }
    /// Counts along what acceptance and entries came to.
    package static let follow = Step<ITPurchase>(
        "follow", "更新到货进度", "Follow", from: .contracted, to: nil, by: .system, under: enterpriseIT["第二章23"], isOptional: true)
    package static let complete = Step<ITPurchase>(
        "complete", "全部入账", "Complete", from: .contracted, to: .complete, by: .system, under: enterpriseIT["第二章24"])
    package static let allowParts = Step<ITPurchase>(
        "allowParts", "准予分批报账", "Allow parts", from: .contracted, to: nil, by: .post(centreDirector), under: enterpriseIT["第二章24"],
        fields: [\.splitException], isOptional: true
    ) { purchase, act in
        try act.require(
            try ITException.isApproved(purchase.splitException, as: .split, act), "请选择已批准的分批报账特批",
            "Choose an approved exception for parts")
        try ITException.requireUnused(purchase.splitException, under: enterpriseIT["第二章24"], act)
    }
    package static let cancel = Step<ITPurchase>(
        "cancel", "取消采购", "Cancel", from: .needed, .compared, .chosen, to: .cancelled, by: .post(centreDirector),
        under: enterpriseIT["第二章7"], fields: [\.reason], isOptional: true)
    package static let steps = [ask, compare, choose, contract, follow, complete, allowParts, cancel]

    var isInWhole: Bool { !lines.isEmpty && lines.allSatisfy { $0.entered >= $0.quantity } }
}

package enum PurchaseKind: String, Choosable {
    case none = "", hardware, software, service
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .hardware: Words("硬件", "Hardware")
        case .software: Words("软件", "Software")
        case .service: Words("服务", "Service")
        }
    }
}

package struct NeededItem: Line {
    package var item = "", configuration = ""
    package var quantity = 0
    package init() {}

    package static let fields: [Field<NeededItem>] = [
        .text(\.item, "名称", "Item"), .text(\.configuration, "配置要求", "Configuration"),
        .whole(\.quantity, "数量", "Quantity", in: 1...100_000),
    ]
}

/// A line of the contract, and how far it has come.
package struct ContractLine: Line {
    package var item = "", configuration = ""
    package var quantity = 0, passed = 0, failed = 0, entered = 0
    package var price: DecimalNumber?
    package init() {}

    package static let fields: [Field<ContractLine>] = [
        .text(\.item, "名称", "Item").code(),
        .text(\.configuration, "配置清单", "Configuration").hint("如 处理器=i5-13400；内存=16GB", "as CPU=i5-13400; memory=16GB"),
        .whole(\.quantity, "数量", "Quantity", in: 1...100_000),
        .decimal(\.price, "含税单价（元）", "Unit price with tax, yuan", places: 2, in: 0...100_000_000),
        .whole(\.passed, "合格", "Passed", in: 0...100_000).optional(), .whole(\.failed, "不合格", "Failed", in: 0...100_000).optional(),
        .whole(\.entered, "已入库或转固", "In stock or ledger", in: 0...100_000).optional(),
    ]

    /// What each unit is to have: name and value.
    var expected: [(item: String, value: String)] {
        PlainText.halfWidth(configuration).split(whereSeparator: { $0 == ";" || $0 == "；" || $0 == "\n" }).compactMap { part in
            let sides = part.split(maxSplits: 1, whereSeparator: { $0 == "=" || $0 == ":" })
            guard sides.count == 2 else { return nil }
            return (sides[0].trimmingBlanks, sides[1].trimmingBlanks)
        }
    }
}
