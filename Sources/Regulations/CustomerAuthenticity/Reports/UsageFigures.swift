import Identifiers
import Kernel
import WorkCalendar

/// 使用情况: what is counted of a month.
package enum UsageMeasure: String, Choosable {
    case unknown = "", intakes, accepted, supplemented, refusals, waiting, clues, correctionsAsked = "corrections_asked"
    case correctionsApplied = "corrections_applied", notices, contactTasks = "contact_tasks", contactTasksClosed = "contact_tasks_closed"
    case callBacks = "call_backs", contacts, queries

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .intakes: Words("录入投保单", "Applications entered")
        case .accepted: Words("核保通过", "Accepted")
        case .supplemented: Words("补充后通过", "Accepted once supplemented")
        case .refusals: Words("不予通过（按条文，次）", "Refusals, by article")
        case .waiting: Words("待补充投保单（按原因）", "Drafts that wait, by reason")
        case .clues: Words("可疑线索", "Clues")
        case .correctionsAsked: Words("申请更正", "Corrections asked for")
        case .correctionsApplied: Words("办结更正", "Corrections applied")
        case .notices: Words("客户通知（按状态）", "Notices to customers, by state")
        case .contactTasks: Words("联系方式更正任务", "Contacts to be corrected")
        case .contactTasksClosed: Words("已办结的联系方式更正", "Contacts corrected or found right")
        case .callBacks: Words("回访成功", "Call-backs that succeeded")
        case .contacts: Words("客户接触", "Contacts with customers")
        case .queries: Words("客户查询（按方式）", "Queries, by channel")
        }
    }
}

/// One figure.
package struct UsageFigure: Line {
    package var measure = UsageMeasure.unknown
    /// The article, the code of a fault, a kind or a state; empty where it is of all.
    package var part = ""
    package var count = 0
    package init() {}

    init(_ measure: UsageMeasure, _ part: String = "", _ count: Int) { (self.measure, self.part, self.count) = (measure, part, count) }

    package static let fields: [Field<UsageFigure>] = [
        .choice(\.measure, "项目", "Measure"), .codes(\.part, "分项", "Part", UsageFigures.parts).optional(),
        .whole(\.count, "数量", "Count", in: 0...1_000_000_000),
    ]
}

/// 第八条: the figures of a month, drawn from the book and the ledger; nobody types one.
struct UsageFigures {
    private let inquiry: Inquiry
    private let days: ClosedRange<Day>

    init(_ days: ClosedRange<Day>, _ inquiry: Inquiry) { (self.inquiry, self.days) = (inquiry, days) }

    func rows() throws -> [UsageFigure] {
        var rows = [
            UsageFigure(.intakes, try inquiry.count(Application.self, created: days)),
            UsageFigure(.accepted, try inquiry.count(Application.self, in: .accepted, created: days)),
            UsageFigure(.supplemented, try inquiry.count(Application.self, in: .accepted, created: days, isChanged: true)),
        ]
        rows += try refusals()
        rows += try waiting()
        rows += try clues()
        rows.append(UsageFigure(.correctionsAsked, try inquiry.count(Correction.self, created: days)))
        rows.append(UsageFigure(.correctionsApplied, try inquiry.count(Correction.self, in: .applied, created: days)))
        rows += try notices()
        rows.append(UsageFigure(.contactTasks, try inquiry.count(ContactTask.self, created: days)))
        let corrected = try inquiry.count(ContactTask.self, in: .corrected, created: days)
        let confirmed = try inquiry.count(ContactTask.self, in: .confirmed, created: days)
        rows.append(UsageFigure(.contactTasksClosed, corrected + confirmed))
        rows.append(UsageFigure(.callBacks, try inquiry.count(CallBack.self, in: .done, created: days)))
        rows.append(UsageFigure(.contacts, try inquiry.count(ContactEvent.self, in: .finished, created: days)))
        return rows + (try queryUsage(inquiry, days))
    }

    private func refusals() throws -> [UsageFigure] {
        try inquiry.refusals(of: Application.self, on: days).sorted { $0.key.key < $1.key.key }.map {
            UsageFigure(.refusals, $0.key.ref, $0.value)
        }
    }

    private func waiting() throws -> [UsageFigure] {
        var counts: [String: Int] = [:]
        for draft in try inquiry.all(Application.self, in: .draft, createdFrom: days.lowerBound, createdBy: days.upperBound) {
            for code in FieldKind.codes(in: draft.value.findings) where DataFault(code: code)?.isBlock == true {
                counts[code, default: 0] += 1
            }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { UsageFigure(.waiting, $0.key, $0.value) }
    }

    private func clues() throws -> [UsageFigure] {
        var counts: [Suspicion.Kind: Int] = [:]
        for state in Suspicion.State.allCases {
            for item in try inquiry.all(Suspicion.self, in: state, createdFrom: days.lowerBound, createdBy: days.upperBound) {
                counts[item.value.kind, default: 0] += 1
            }
        }
        return Suspicion.Kind.allCases.compactMap { kind in counts[kind].map { UsageFigure(.clues, "clue_\(kind.rawValue)", $0) } }
    }

    private func notices() throws -> [UsageFigure] {
        try CustomerNotice.State.allCases.compactMap { state in
            let count = try inquiry.count(CustomerNotice.self, in: state, created: days)
            return count == 0 ? nil : UsageFigure(.notices, "notice_\(state.rawValue)", count)
        }
    }

    /// All that a part can be, with its words.
    static let parts: [FieldKind.Choice] =
        (1...29).map { number in
            let ref = authenticity[number].ref
            return FieldKind.Choice(value: ref, words: Words(ref, "Art. \(number)"))
        } + DataFault.allCases.map { FieldKind.Choice(value: $0.code, words: $0.words) }
        + Suspicion.Kind.allCases.filter { $0 != .unknown }.map { FieldKind.Choice(value: "clue_\($0.rawValue)", words: $0.words) }
        + CustomerNotice.State.allCases.map {
            FieldKind.Choice(value: "notice_\($0.rawValue)", words: CustomerNotice.form.states[$0]?.words ?? Words("", ""))
        } + queryParts
}

extension UsageFigure {
    init(_ measure: UsageMeasure, _ count: Int) { self.init(measure, "", count) }
}
