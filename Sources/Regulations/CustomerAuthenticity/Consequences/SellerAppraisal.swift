import Kernel
import WorkCalendar

/// 真实性考核表: one seller in one quarter, with its figures and what they come from (第二十二条). A person who sells under several numbers has
/// one sheet. Drawn up when the quarter is over; channel management rates it and says what follows for pay, promotion or contract.
package struct SellerAppraisal: Document {
    package enum State: String, CaseIterable, Sendable { case drawn, rated, confirmed }

    package enum Rating: String, Choosable {
        case unknown = "", excellent, good, deficient, failed
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .excellent: Words("优秀", "Excellent")
            case .good: Words("合格", "Good")
            case .deficient: Words("待改进", "Deficient")
            case .failed: Words("不合格", "Failed")
            }
        }
    }

    package enum Consequence: String, CaseIterable, Sendable {
        case pay, promotion, coaching, contract, none
        package var words: Words {
            switch self {
            case .pay: Words("薪酬", "Pay")
            case .promotion: Words("晋升", "Promotion")
            case .coaching: Words("辅导培训", "Coaching")
            case .contract: Words("解约", "Contract")
            case .none: Words("无", "None")
            }
        }
    }

    package var quarter: Period?
    package var codes = "", agentNo = ""
    package var seller = ID<SellerIdentity>.none
    package var agents: [ID<Agent>] = []
    package var channel = Channel.unknown
    package var policies = 0, incomplete = 0, clues = 0, falseData = 0, complaints = 0, upheld = 0, penalties = 0, penaltyPoints = 0
    package var score = 100
    package var entries: [AppraisalPoint] = []
    package var rating = Rating.unknown
    package var consequences = "", remark = ""
    package init() {}

    package static let name = "seller-appraisal"
    package var title: String { codes }

    package static let form = Form<SellerAppraisal>(
        "真实性考核表", "Appraisal of a seller", number: "考核表",
        states: [.drawn: .open("待评定", "Drawn up"), .rated: .open("待确认", "Rated"), .confirmed: .done("已确认", "Confirmed")],
        readers: [.either(.channelManagement, .compliance, .generalManager)],
        [
            .period(\.quarter, "季度", "Quarter", .quarter).indexed().listed(),
            .text(\.agentNo, "业务员代码", "Agent number").code().optional(), .text(\.codes, "销售人员代码", "Numbers").code().optional().listed(),
            .reference(\.seller, "销售主体", "Seller").optional().onceFilled(), .references(\.agents, "业务员", "Agents").optional(),
            .choice(\.channel, "渠道", "Channel").optional().listed(), .whole(\.policies, "承保保单", "Policies", in: 0...1_000_000).listed(),
            .whole(\.incomplete, "待补充投保单", "Applications to be supplemented", in: 0...1_000_000),
            .whole(\.clues, "可疑问题件", "Suspicious items", in: 0...1_000_000),
            .whole(\.falseData, "认定不实资料", "False data", in: 0...1_000_000).listed(),
            .whole(\.complaints, "收到投诉", "Complaints", in: 0...1_000_000),
            .whole(\.upheld, "查实投诉", "Upheld complaints", in: 0...1_000_000).listed(),
            .whole(\.penalties, "处罚", "Penalties", in: 0...1_000_000),
            .whole(\.penaltyPoints, "处罚扣分", "Points of penalties", in: 0...1_000_000),
            .whole(\.score, "得分", "Score", in: 0...100).listed(), .lines(\.entries, "扣分明细", "Points").optional().unindexed(),
            .choice(\.rating, "评定", "Rating").listed(),
            .codes(
                \.consequences, "结果运用", "What follows", Consequence.allCases.map { .init(value: $0.rawValue, words: $0.words) }
            ).onceFilled(),
            .prose(\.remark, "说明", "Remark").optional().onceFilled(),
        ])

    static let rating: Deadline = Deadline("rating", "评定考核", "Rate", under: authenticity[22], escalatesTo: .post(.generalManager))
    package static let deadlines = [rating]

    package static let draw = Step<SellerAppraisal>(
        "draw", "编制考核表", "Draw up", to: .drawn, by: .post(.channelManagement), under: authenticity[22], fields: [\.quarter, \.agentNo]
    ) { sheet, act in
        sheet.agentNo = ApplicationNumber.normalForm(sheet.agentNo)
        guard let quarter = sheet.quarter else { return }
        try act.require(quarter.days.upperBound < act.today, "该季度尚未结束，不能编制", "The quarter is not over yet")
        let named = try sheet.agentNo.isEmpty ? nil : act.find(\Agent.agentNo, is: sheet.agentNo, limit: 1).first
        guard let agent = named else { return try act.require(false, "查无此业务员代码，请核对", "There is no agent with this number; check it") }
        let group = try SellerGroup.of(agent, act)
        (sheet.seller, sheet.agents) = (group.seller, group.agents.map(\.id))
        try act.require(
            try sheet.sheets(of: quarter, act).isEmpty, "该销售人员本季度已有考核表，请在原表上刷新",
            "There is a sheet of this seller and quarter; refresh that one")
        try sheet.compileFigures(act)
        act.start(rating, due: .endOfDay(act.today.adding(days: try act.parameter(.appraisalDays))))
    }
    package static let compile = Step<SellerAppraisal>("compile", "生成考核表", "Compile", to: .drawn, by: .system, under: authenticity[22]) {
        sheet, act in
        try sheet.compileFigures(act)
        act.start(rating, due: .endOfDay(act.today.adding(days: try act.parameter(.appraisalDays))))
    }
    package static let refresh = Step<SellerAppraisal>(
        "refresh", "刷新", "Refresh", from: .drawn, to: nil, by: .either(.channelManagement, .compliance), under: authenticity[22],
        isOptional: true
    ) { sheet, act in try sheet.compileFigures(act) }
    package static let rate = Step<SellerAppraisal>(
        "rate", "评定", "Rate", from: .drawn, to: .rated, by: .post(.channelManagement), under: authenticity[22],
        fields: [\.rating, \.consequences, \.remark]
    ) { sheet, act in
        try sheet.compileFigures(act)
        try act.require(
            sheet.falseData == 0 || (sheet.rating != .excellent && sheet.consequences != Consequence.none.rawValue),
            "本季度认定有不实资料，不得评为优秀，且须写明对薪酬、晋升或合同的影响",
            "False data were found in this quarter: it is not excellent, and something follows for pay, promotion or contract")
        act.meet(rating)
    }
    package static let confirm = Step<SellerAppraisal>(
        "confirm", "合规确认", "Confirm", from: .rated, to: .confirmed, by: .post(.compliance), notBy: rate, under: authenticity[22],
        signs: true)
    package static let reopen = Step<SellerAppraisal>(
        "reopen", "依据变更，重新评定", "Rate anew", from: .rated, .confirmed, to: .drawn, by: .either(.compliance, .generalManager),
        under: authenticity[22], fields: [\.remark], isOptional: true
    ) { sheet, act in
        try act.require(!sheet.remark.isEmpty, "请写明重新评定的理由", "Say why it is rated anew")
        try sheet.compileFigures(act)
        try act.resume(rating)
    }
    package static let steps = [draw, compile, refresh, rate, confirm, reopen]

    /// 第二十二条: a sheet for each seller when the quarter is over.
    package static let quarterly = Duty("seller-appraisal", "真实性考核表", "Appraisal of sellers", under: authenticity[22], .eachQuarter) {
        duty in
        let groups = try SellerGroup.all(duty)
        for group in groups where group.agents.contains(where: { $0.record.created.day <= duty.day }) {
            var sheet = SellerAppraisal()
            sheet.quarter = Period(.quarter, of: duty.day)
            (sheet.seller, sheet.agents) = (group.seller, group.agents.map(\.id))
            if try sheet.sheets(of: sheet.quarter, duty).isEmpty { try duty.create(sheet, by: compile) }
        }
        try duty.notify(
            .channelManagement, of: SellerAppraisal.self, "上季度真实性考核表已生成，请评定", "The appraisal of last quarter is drawn up; rate it")
    }

    private func sheets(of quarter: Period?, _ inquiry: Inquiry) throws -> [Found<SellerAppraisal>] {
        try agents.flatMap { try inquiry.find(\SellerAppraisal.agents, with: $0, limit: 1000) }.filter { $0.value.quarter == quarter }
    }
}

/// A person's numbers together; a number that nobody registered for a person stands by itself.
struct SellerGroup {
    let seller: ID<SellerIdentity>
    let agents: [Found<Agent>]

    static func of(_ agent: Found<Agent>, _ inquiry: Inquiry) throws -> SellerGroup {
        guard let behind = try SellerIdentity.of(agent: agent.id, agency: .none, inquiry) else {
            return SellerGroup(seller: .none, agents: [agent])
        }
        return SellerGroup(seller: behind.id, agents: try behind.value.agents.compactMap { try inquiry.load($0) })
    }

    static func all(_ inquiry: Inquiry) throws -> [SellerGroup] {
        var (known, groups) = (Set<ID<Agent>>(), [SellerGroup]())
        for state in Agent.State.allCases {
            for agent in try inquiry.all(Agent.self, in: state, createdBy: inquiry.today) where !known.contains(agent.id) {
                let group = try of(agent, inquiry)
                known.formUnion(group.agents.map(\.id))
                groups.append(group)
            }
        }
        return groups
    }
}

/// What took points, and when.
package struct AppraisalPoint: Line {
    package enum Kind: String, Choosable {
        case unknown = "", falseData = "false_data", complaint, penalty
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .falseData: Words("不实资料", "False data")
            case .complaint: Words("查实投诉", "Upheld complaint")
            case .penalty: Words("处罚", "Penalty")
            }
        }
    }
    package var day: Day?
    package var kind = Kind.unknown
    package var number = ""
    package var points = 0
    package init() {}

    init(_ kind: Kind, _ number: String, on day: Day?, points: Int) {
        (self.kind, self.number, self.day, self.points) = (kind, number, day, points)
    }

    package static let fields: [Field<AppraisalPoint>] = [
        .day(\.day, "日期", "Day").optional(), .choice(\.kind, "事由", "What"), .text(\.number, "编号", "Number").code().optional(),
        .whole(\.points, "扣分", "Points", in: 0...1000).optional(),
    ]
}
