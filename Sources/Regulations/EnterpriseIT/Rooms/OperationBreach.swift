import Kernel
import WorkCalendar

/// 违规操作: plugged under power, private cables, files deleted: reported by anybody (`OperationReport`), heard, and judged. The accused
/// reads all of it, and therefore nothing in it says who reported (第二章14).
package struct OperationBreach: Document {
    package enum State: String, CaseIterable, Sendable { case reported, heard, judged, dismissed }
    package enum Kind: String, Choosable {
        case none = "", hotPlug, cable, systemFile, othersFile, software, other
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .hotPlug: Words("带电插拔", "Plugged under power")
            case .cable: Words("私拉网线", "Private cable")
            case .systemFile: Words("删改系统文件", "System files changed")
            case .othersFile: Words("删改他人文件", "Others' files changed")
            case .software: Words("私装软件", "Private software")
            case .other: Words("其他", "Other")
            }
        }
    }
    package var kind = Kind.none
    package var person = PersonID.none, judgedBy = PersonID.none
    package var happened: Day?
    package var what = "", statement = "", judgement = "", measure = "", reason = ""
    package init() {}

    package static let name = "operation-breach"
    package var title: String { what.split(whereSeparator: \.isNewline).first.map { String($0.prefix(24)) } ?? "" }
    private static let article = enterpriseIT["第二章14"]

    package static let form = Form<OperationBreach>(
        "违规操作", "Breach of the operating rules", number: "违规",
        states: [
            .reported: .open("待本人说明", "Reported"), .heard: .open("待认定", "To be judged"), .judged: .no("已认定", "Judged"),
            .dismissed: .done("不成立", "Dismissed"),
        ],
        readers: [.post(centreDirector), .post(factoryLeader)],
        [
            .choice(\.kind, "行为", "What").indexed().listed(), .person(\.person, "当事人", "Who").listed(),
            .day(\.happened, "日期", "Day").listed(), .person(\.judgedBy, "认定人", "Judged by").onceFilled(),
            .prose(\.what, "经过", "How"), .prose(\.statement, "本人说明", "Own statement").onceFilled(),
            .prose(\.judgement, "认定", "Judgement").onceFilled(),
            .text(\.measure, "处理", "Measure").onceFilled(), .text(\.reason, "不成立的理由", "Why it is dismissed").onceFilled(),
        ])

    /// By a report, or by what the system sees.
    package static let enter = Step<OperationBreach>(
        "enter", "登记", "Enter", to: .reported, by: .system, under: article, fields: []
    ) { breach, act in
        act.notify(
            [breach.person], "有一件涉及您的违规操作（\(breach.kind.words.zh)）待您说明",
            "A breach (\(breach.kind.words.en)) is laid before you; state your side")
    }
    package static let state = Step<OperationBreach>(
        "state", "本人说明", "State", from: .reported, to: .heard, by: .named(\OperationBreach.person), under: article, fields: [\.statement])
    package static let judge = Step<OperationBreach>(
        "judge", "认定", "Judge", from: .reported, .heard, to: .judged, by: .named(\OperationBreach.judgedBy), notBy: state,
        under: article, fields: [\.judgement, \.measure], signs: true
    ) { breach, act in
        let report = try breach.requireOther(act)
        let days = act.record.created.day.distance(to: act.today)
        try act.require(
            !breach.statement.isEmpty || days >= 3, "当事人还没有说明；报告三天后仍不说明的方可认定",
            "The person has not been heard; after three days it is judged without")
        let measure = breach.measure
        if let report { try act.take(OperationReport.judge, on: report.id) { $0.outcome = measure } }
    }
    package static let dismiss = Step<OperationBreach>(
        "dismiss", "不成立", "Dismiss", from: .reported, .heard, to: .dismissed, by: .named(\OperationBreach.judgedBy), notBy: state,
        under: article, fields: [\.reason], isOptional: true
    ) { breach, act in
        let reason = breach.reason
        if let report = try breach.requireOther(act) { try act.take(OperationReport.dismiss, on: report.id) { $0.outcome = reason } }
    }
    /// What the system entered while nobody could judge it goes to whoever can.
    package static let appoint = Step<OperationBreach>(
        "appoint", "指定认定人", "Name who judges", from: .reported, .heard, to: nil, by: .system, under: article, isOptional: true)
    package static let steps = [enter, state, judge, dismiss, appoint]

    /// Each night: a breach that has nobody to judge it gets somebody as soon as there is one.
    static let daily = Duty("breaches-judged", "违规操作指定认定人", "Who judges breaches", under: article, .eachDay, lastIsEnough: true) { duty in
        for state in [State.reported, .heard] {
            for breach in try duty.all(OperationBreach.self, in: state, createdBy: duty.now.day) where breach.value.judgedBy.isNone {
                guard let judge = fit(for: breach.value.person, reportedBy: .none, duty).randomElement() else { continue }
                try duty.take(appoint, on: breach.id) { $0.judgedBy = judge }
            }
        }
    }

    /// Whoever stands in for one who has left may be a party to it too. One sentence for both: the trail is read by the accused.
    private func requireOther(_ act: Act) throws -> Found<OperationReport>? {
        let report = try act.find(\OperationReport.breach, is: ID(act.record.id), limit: 1).first
        let parties = [person, report?.record.creator].compactMap { $0 }
        try act.require(
            !parties.contains(act.person) && !parties.contains(act.principal.effective), "此事项须由另一人认定",
            "This is for somebody else to judge")
        return report
    }

    /// Opens a breach in the unit of whoever is accused.
    /// - Parameters:
    ///   - reporter: nobody where the system saw it.
    ///   - told: what is to be done with whoever judges it.
    @discardableResult
    static func open(
        _ breach: OperationBreach, reportedBy reporter: PersonID = .none, _ act: Act, _ told: (PersonID) throws -> Void = { _ in }
    ) throws -> ID<OperationBreach> {
        var breach = breach
        breach.judgedBy = try judge(of: breach.person, reportedBy: reporter, act)
        try told(breach.judgedBy)
        let home = act.organisation.home(of: breach.person, on: act.today)
        return try act.create(breach, by: enter, in: home ?? act.scope, heldBy: breach.person)
    }

    /// A leader or the director, who is neither of the two and whose delegate the accused is not. Which of them it is, is drawn: it would
    /// else tell which of them reported.
    private static func judge(of accused: PersonID, reportedBy reporter: PersonID, _ act: Act) throws -> PersonID {
        guard let judge = fit(for: accused, reportedBy: reporter, act).randomElement() else {
            // What the system sees is entered all the same, and waits for somebody who can judge it.
            try act.require(
                reporter.isNone, "目前没有可以认定此事的厂领导或信息中心主任，请先任命，或向厂里书面报告",
                "There is no leader or director to judge it; have one appointed, or report in writing")
            return .none
        }
        return judge
    }

    private static func fit(for accused: PersonID, reportedBy reporter: PersonID, _ book: Inquiry) -> [PersonID] {
        let givers = book.organisation.delegations.filter { $0.isInForce(at: book.now) && $0.receiver == accused }.map(\.giver)
        return book.holders(of: [centreDirector, factoryLeader]).filter { $0 != accused && $0 != reporter && !givers.contains($0) }
    }

    static func note(_ what: String, by person: PersonID, _ act: Act) throws {
        var breach = OperationBreach()
        (breach.kind, breach.person, breach.happened, breach.what) = (.other, person, act.today, what)
        try open(breach, act)
    }
}
