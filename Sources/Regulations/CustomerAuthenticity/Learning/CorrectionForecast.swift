import Kernel
import WorkCalendar

/// What a correction would do, without doing it: every sheet with the question, marked anew.
struct CorrectionForecast {
    struct Outcome {
        let sheet: ID<AnswerSheet>
        let marked: AnswerSheet
        let change: ScoreChange
    }

    private(set) var sat = 0
    /// Those whose points change.
    private(set) var outcomes: [Outcome] = []
    /// What was sold by a qualification that falls, from its first day on.
    private(set) var sales: [ID<Policy>] = []
    var changes: [ScoreChange] { outcomes.map(\.change) }

    private static let mostSheets = 20_000
    private static let mostSales = 1_000

    init(_ question: ID<TestQuestion>, ruling: String, _ act: Act) throws {
        let sheets = try act.find(\AnswerSheet.questions, with: question, limit: Self.mostSheets).filter { $0.state == .handedIn }
        sat = sheets.count
        if ruling.isEmpty { return }
        var known: [ID<TestQuestion>: TestQuestion] = [:]
        for sheet in sheets.sorted(by: { $0.id.raw < $1.id.raw }) {
            var asked: [TestQuestion] = []
            for id in sheet.value.questions {
                if known[id] == nil { known[id] = try act.load(id)?.value ?? TestQuestion() }
                var one = known[id] ?? TestQuestion()
                if id == question { one.ruling = ruling }
                asked.append(one)
            }
            var marked = sheet.value
            marked.score(asked)
            guard marked.points != sheet.value.points || marked.result != sheet.value.result else { continue }
            var change = ScoreChange()
            (change.sheet, change.agent) = (sheet.id, sheet.value.agent)
            (change.before, change.after) = (sheet.value.points, marked.points)
            (change.resultBefore, change.resultAfter) = (sheet.value.result, marked.result)
            change.effect = try effect(from: sheet, to: marked, act)
            outcomes.append(Outcome(sheet: sheet.id, marked: marked, change: change))
        }
    }

    private mutating func effect(from sheet: Found<AnswerSheet>, to marked: AnswerSheet, _ act: Act) throws -> QualificationEffect {
        guard sheet.value.result != marked.result, let agent = try act.load(sheet.value.agent) else { return .unchanged }
        if marked.result == .passed { return Self.gains(agent, marked, act) ? .gained : .unchanged }
        guard let lost = agent.value.qualifications.first(where: { $0.sheet == sheet.id && $0.isInForce(on: act.today) }) else {
            return .unchanged
        }
        let first = lost.from ?? act.today
        for policy in try act.find(\Policy.agent, is: agent.id, limit: Self.mostSales) {
            if let applied = try policy.value.applied(act), first <= applied { sales.append(policy.id) }
        }
        var without = agent.value
        without.lose(sheet.id, on: act.today)
        return without.qualifiedUntil == nil ? .lost : .unchanged
    }

    /// A pass that comes late gives what is left of its time, where the agent has no more already.
    private static func gains(_ agent: Found<Agent>, _ sheet: AnswerSheet, _ act: Act) -> Bool {
        guard agent.state != .suspended, let tested = sheet.handedInAt?.day else { return false }
        let until = tested.adding(months: sheet.validMonths)
        let has = agent.value.qualifications.filter { $0.isInForce(on: act.today) }.compactMap(\.until).max()
        return until >= act.today && has.map { $0 < until } ?? true
    }
}

extension CorrectionForecast.Outcome {
    /// The agent's qualifications follow the result, from today on.
    func follow(_ act: Act) throws {
        guard change.resultBefore != change.resultAfter, let agent = try act.load(change.agent) else { return }
        let (sheet, today) = (self.sheet, act.today)
        if change.resultAfter == .failed {
            if agent.value.qualifications.contains(where: { $0.sheet == sheet }) {
                try agent.amendQualifications(act) { $0.lose(sheet, on: today) }
            }
        } else if change.effect == .gained, let tested = marked.handedInAt?.day {
            let months = marked.validMonths
            try act.take(Agent.pass, on: agent.id) { $0.pass(sheet, tested: tested, from: today, validMonths: months, at: act.now) }
        }
    }
}
