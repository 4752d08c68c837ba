import Kernel
import WorkCalendar

/// How often an inspection is made.
package enum InspectionRhythm: String, Choosable {
    case unknown = "", month, quarter, halfYear, year

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .month: Words("每月", "each month")
        case .quarter: Words("每季度", "each quarter")
        case .halfYear: Words("每半年", "each half-year")
        case .year: Words("每年", "each year")
        }
    }

    /// The period that a day lies in.
    func period(of day: Day) -> Period? {
        switch self {
        case .unknown: nil
        case .month: Period(.month, of: day)
        case .quarter: Period(.quarter, of: day)
        case .halfYear: Period(.halfYear, of: day)
        case .year: Period(.year, of: day)
        }
    }
}

/// 检查方案: what is looked at, where, how often and by whom.
package struct InspectionPlan: Document {
    package enum State: String, CaseIterable, Sendable { case draft, proposed, inForce, ended }
    package var law = ""
    package var heading = "", reason = ""
    package var rhythm = InspectionRhythm.unknown
    package var inspector = PersonID.none
    package var removalDays = 7
    package var places: [InspectedPlace] = []
    package var items: [CheckedItem] = []
    package init() {}

    package static let name = "inspection-plan"
    package var title: String { heading }

    package static let form = Form<InspectionPlan>(
        "检查方案", "Inspection plan", number: "检查方案",
        states: [
            .draft: .open("编制中", "Draft"), .proposed: .open("待批准", "To be approved"), .inForce: .done("执行中", "In force"),
            .ended: .no("已停用", "Ended"),
        ],
        readers: [.head],
        [
            .article(\.law, "依据条款", "Under").listed(), .text(\.heading, "名称", "Heading").listed().longest(100),
            .choice(\.rhythm, "频次", "How often").listed(), .person(\.inspector, "检查人", "Inspector").listed(),
            .whole(\.removalDays, "整改期限（天）", "Days to remove a danger", in: 1...180),
            .lines(\.places, "检查场所", "Places"), .lines(\.items, "检查项目", "Items"),
            .text(\.reason, "理由", "Reason").optional().onceFilled(),
        ])

    /// Laid before the head of the organisation, once for each practice that a regulation has.
    package static let lay = Step<InspectionPlan>("lay", "提请编制", "Ask for a plan", to: .draft, by: .system, under: .named) { plan, act in
        try act.letWatchersSee(InspectionPlan.self, under: plan.law)
    }
    package static let draft = Step<InspectionPlan>(
        "draft", "编制", "Draft", from: .draft, to: .proposed, by: .any([.holder, .head]), under: .named,
        fields: [\.heading, \.rhythm, \.inspector, \.removalDays, \.places, \.items]
    ).checking { plan, check in
        check.require(!plan.places.isEmpty, "请至少登记一处检查场所", "Enter one place at least", at: \.places)
        check.require(!plan.items.isEmpty, "请至少登记一个检查项目", "Enter one item at least", at: \.items)
        check.require(
            plan.places.count * plan.items.count <= 1000, "场所与项目合计不得超过 1000 格，请分成几个方案",
            "At most 1000 places times items; make several plans", at: \.places, \.items)
    }
    package static let approve = Step<InspectionPlan>(
        "approve", "批准", "Approve", from: .proposed, to: .inForce, by: .head, notBy: draft, under: .named, isIrrevocable: true, signs: true)
    package static let giveBack = Step<InspectionPlan>(
        "return", "退回修改", "Return", from: .proposed, to: .draft, by: .head, notBy: draft, under: .named, fields: [\.reason],
        isOptional: true
    ) { plan, act in try act.require(!plan.reason.isEmpty, "请写明退回理由", "Say why it is returned") }
    package static let change = Step<InspectionPlan>(
        "change", "修改", "Change", from: .inForce, to: .draft, by: .any([.holder, .head]), under: .named, fields: [\.reason],
        isOptional: true
    ) { plan, act in try act.require(!plan.reason.isEmpty, "请写明修改理由", "Say why it is changed") }
    package static let end = Step<InspectionPlan>(
        "end", "停用", "End", from: .inForce, to: .ended, by: .head, under: .named, fields: [\.reason], isOptional: true, signs: true
    ) { plan, act in try act.require(!plan.reason.isEmpty, "请写明停用理由", "Say why it ends") }
    package static let show = Step<InspectionPlan>(
        "show", "开放查阅", "Shown to those who watch", from: .draft, .proposed, .inForce, to: nil, by: .system, under: .named, isOptional: true
    ) { plan, act in try act.letWatchersSee(InspectionPlan.self, under: plan.law) }
    package static let steps = [lay, draft, approve, giveBack, change, end, show]

    /// Each day: a plan for each practice that has none yet, and an inspection where a period of a plan begins.
    package static let daily = Duty("inspections", "定期检查", "Inspections", under: .named, .eachDay, .opening, lastIsEnough: true) { act in
        for practice in act.practices(of: InspectionPlan.self) {
            let law = practice.article.key
            let plans = try act.find(\InspectionPlan.law, is: law, limit: 1000)
            if plans.isEmpty {
                var plan = InspectionPlan()
                (plan.law, plan.heading) = (law, practice.title.zh)
                try act.create(plan, by: lay, heldBy: act.holders(of: practice.posts).first ?? .none)
            }
            for plan in plans where plan.state == .inForce {
                guard let period = plan.value.rhythm.period(of: act.today) else { continue }
                let made = try act.find(\Inspection.plan, is: plan.id, limit: 1000)
                if made.contains(where: { $0.value.period == period.description }) { continue }
                try act.create(Inspection(plan, period), by: Inspection.begin, heldBy: plan.value.inspector)
            }
            if !practice.seenBy.isEmpty { try letSeeAll(act) }
        }
    }

    private static func letSeeAll(_ act: DutyAct) throws {
        for state in [State.draft, .proposed, .inForce] {
            try act.letWatchersSee(try act.all(InspectionPlan.self, in: state, createdBy: act.today), { $0.law }, by: show)
        }
        for state in [Inspection.State.open, .following] {
            try act.letWatchersSee(try act.all(Inspection.self, in: state, createdBy: act.today), { $0.law }, by: Inspection.show)
        }
        for state in [Danger.State.open, .removed] {
            try act.letWatchersSee(try act.all(Danger.self, in: state, createdBy: act.today), { $0.law }, by: Danger.show)
        }
    }
}

package struct InspectedPlace: Line {
    package var place = ""
    package var owner = PersonID.none
    package init() {}
    package static let fields: [Field<InspectedPlace>] = [
        .text(\.place, "场所", "Place"), .person(\.owner, "责任人", "Responsible"),
    ]
}

package struct CheckedItem: Line {
    package var item = ""
    package init() {}
    package static let fields: [Field<CheckedItem>] = [.text(\.item, "项目", "Item")]
}
