import Kernel
import WorkCalendar

/// 计划项目: one item of an approved plan, followed until it is done. What was contracted for it adds up beside its budget (第三条).
package struct PlanItem: Document {
    package enum State: String, CaseIterable, Sendable { case open, done, dropped }
    package var plan = ID<ITPlan>.none
    package var year: Period?, quarter: Period?
    package var what = "", note = "", reason = ""
    package var kind = PlanKind.none
    package var budget: DecimalNumber?, committed: DecimalNumber?
    package var owner = PersonID.none
    package var progress = 0
    package var doneOn: Day?
    package init() {}

    init(_ line: PlanLine, of plan: ID<ITPlan>, in year: Period?) {
        (self.plan, self.year, quarter, what) = (plan, year, line.quarter, line.what)
        (kind, budget, owner) = (line.kind, line.budget, line.owner)
    }

    package static let name = "plan-item"
    package var title: String { what }

    package static let form = Form<PlanItem>(
        "计划项目", "Plan item", number: "计划项目",
        states: [.open: .open("进行中", "Under way"), .done: .done("已完成", "Done"), .dropped: .no("取消", "Dropped")],
        readers: [.centre, .post(factoryLeader), .post(.head), .post(.finance)],
        [
            .reference(\.plan, "年度计划", "Plan"), .period(\.year, "年度", "Year", .year).indexed().listed(),
            .text(\.what, "项目", "Item").code().listed(), .choice(\.kind, "类别", "Kind").indexed().listed(),
            .period(\.quarter, "计划季度", "Quarter", .quarter).listed(),
            .decimal(\.budget, "预算（元）", "Budget, yuan", places: 2, in: 0...100_000_000).listed(),
            .decimal(\.committed, "已签合同（元）", "Contracted, yuan", places: 2, in: 0...1_000_000_000).optional().listed().onceFilled(),
            .person(\.owner, "责任人", "Owner").listed(), .whole(\.progress, "进度（%）", "Progress, %", in: 0...100).optional().listed(),
            .prose(\.note, "进展情况", "How it stands").onceFilled(), .day(\.doneOn, "完成日期", "Done on").optional().onceFilled(),
            .text(\.reason, "取消理由", "Why it is dropped").onceFilled(),
        ])

    static let quarterEnd = Deadline(
        "quarter", "按季度完成", "Done in its quarter", under: enterpriseIT["第三条"], escalatesTo: .post(centreDirector))
    package static let deadlines = [quarterEnd]

    package static let open = Step<PlanItem>("open", "列入计划", "Enter", to: .open, by: .system, under: enterpriseIT["第三条"]) { item, act in
        if let last = item.quarter?.days.upperBound, last >= act.today { act.start(quarterEnd, due: .endOfDay(last)) }
    }
    package static let report = Step<PlanItem>(
        "report", "填报进度", "Report progress", from: .open, to: nil, by: .any([.named(\PlanItem.owner), .post(centreDirector)]),
        under: enterpriseIT["第三条"], fields: [\.progress, \.note], isOptional: true)
    package static let finish = Step<PlanItem>(
        "finish", "完成", "Finish", from: .open, to: .done, by: .named(\PlanItem.owner), under: enterpriseIT["第三条"], fields: [\.note]
    ) { item, act in
        (item.progress, item.doneOn) = (100, act.today)
        act.meet(quarterEnd)
    }.task("办理计划项目", "See to the item of the plan")
    package static let drop = Step<PlanItem>(
        "drop", "取消项目", "Drop", from: .open, to: .dropped, by: .post(factoryLeader), under: enterpriseIT["第三条"], fields: [\.reason],
        isOptional: true, signs: true
    ) { _, act in act.meet(quarterEnd) }
    /// A contract was signed for it.
    package static let commit = Step<PlanItem>(
        "commit", "计入合同金额", "Count a contract", from: .open, to: nil, by: .system, under: enterpriseIT["第三条"], isOptional: true)
    package static let steps = [open, report, finish, drop, commit]

    /// 第三条: the quarter is over and the item is not.
    static let late = Finding(
        "plan-item-late", "计划项目逾期", "A plan item is late", under: enterpriseIT["第三条"], in: PlanItem.State.open,
        by: .post(centreDirector)
    ) { (item: PlanItem, now) in item.quarter.map { $0.days.upperBound < now.day } ?? false }
}

/// What a purchase or a project rests on: an item of the plan that is under way and of its kind, or an approved exception that nothing else
/// rests on.
enum PlanBasis {
    /// Of which kinds an item can be on which a purchase rests. A project has hardware, software and services bought for it.
    static func kinds(of purchase: PurchaseKind) -> [PlanKind] {
        switch purchase {
        case .hardware: [.hardware, .project, .other]
        case .software: [.software, .project, .other]
        case .service, .none: PlanKind.allCases
        }
    }
    /// The same of a development.
    static let development: [PlanKind] = [.project, .software, .other]

    static func require(_ item: ID<PlanItem>, of kinds: [PlanKind], _ exception: ID<ITException>, _ act: Act) throws {
        let law = enterpriseIT["第三条"], found = try act.load(item)
        let isPlanned = found.map { $0.state == .open } ?? false
        let isExcepted = try ITException.isApproved(exception, as: .outsidePlan, act)
        try act.require(
            isPlanned || isExcepted, "请选择年度计划中正在进行的项目，或已批准的计划外申请",
            "Point to an item of the yearly plan that is under way, or to an approved exception", under: law)
        if isExcepted { return try ITException.requireUnused(exception, under: law, act) }
        guard let kind = found?.value.kind else { return }
        try act.require(
            kinds.contains(kind), "所选计划项目的类别是“\(kind.words.zh)”，与所办事项不符；请选择类别相符的项目，或先取得计划外特批",
            "The item of the plan is of the kind “\(kind.words.en)”; point to one of the right kind, or get an exception approved", under: law)
    }
}
