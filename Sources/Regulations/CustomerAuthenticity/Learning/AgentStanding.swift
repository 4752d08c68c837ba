import Identifiers
import Kernel
import WorkCalendar

/// How an agent stands on a day: what was in force then, and what was on record (第十条).
extension Agent {
    /// Might sell on this day, by the qualification that was in force then. What was signed before it ended may come in after it; a later
    /// test makes nothing good and spoils nothing.
    func isQualified(on day: Day, state: State?) -> Bool {
        if !qualifications.isEmpty { return qualifications.contains { $0.isInForce(on: day) } }
        // Recorded before qualifications had a history.
        guard state != .suspended, let tested = testedOn, let until = qualifiedUntil else { return false }
        return tested <= day && day <= until
    }

    /// Whether what made the agent fit to sell on a day was on record at a moment, and not only later.
    func wasOnRecord(for day: Day, at moment: Moment) -> Bool {
        (qualifications.isEmpty || qualifications.contains { $0.isInForce(on: day) && $0.wasRecorded(by: moment) })
            && (licences.isEmpty || licences.contains { $0.isInForce(on: day) && $0.wasRecorded(by: moment) })
    }

    package func licence(on day: Day) -> Licence? { licences.last { $0.isInForce(on: day) } }

    /// Whoever has no registration on record is not judged by one: that was before it was kept, and stands as a finding.
    func isRegistered(on day: Day) -> Bool { licences.isEmpty || licence(on: day) != nil }

    /// 第十条, the list of those who may sell: registered and qualified on a day. Which products is a matter of the grade.
    package func maySell(on day: Day, state: State?) -> Bool { isRegistered(on: day) && isQualified(on: day, state: state) }

    /// The qualification that lasts longest, of those in force on a day.
    package func qualification(on day: Day) -> Qualification? {
        qualifications.filter { $0.isInForce(on: day) }.max { ($0.until ?? day) < ($1.until ?? day) }
    }

    func grade(on day: Day) -> SellerGrade { licence(on: day)?.grade ?? .lowest }

    /// Why the agent might not sell a product on a day; `nil` where he might.
    func obstacle(on day: Day, state: State?, _ product: ProductClass, _ act: Act) throws -> Words? {
        guard isRegistered(on: day) else {
            return Words("该业务员当日没有有效的执业登记，请由有资格的业务员办理", "The agent was not registered on that day; have a qualified agent take it over")
        }
        guard isQualified(on: day, state: state) else { return DataFault.agentUnqualified.words }
        let grade = self.grade(on: day)
        // The highest sells everything, whatever the products' grades are.
        guard grade != .highest, let parameter = product.leastGrade else { return nil }
        let least = try act.parameter(parameter)
        guard grade.level > least else { return nil }
        return Words(
            "该业务员当日为\(grade.words.zh)，销售\(product.words.zh)产品须\(SellerGrade.words(least).zh)以上，请由有资格的业务员办理",
            "The agent was of \(grade.words.en.lowercased()) on that day; \(product.words.en.lowercased()) products ask for "
                + "\(SellerGrade.words(least).en.lowercased()) or better; have a qualified agent take it over")
    }

    // MARK: Hours

    /// Class hours on the application form that no test has used yet and that are not too old.
    func hours(for day: Day, months: Int, after: Day? = nil) -> Int {
        attended.filter { line in
            guard line.counts, line.usedFor.isNone, let attended = line.day else { return false }
            return attended <= day && day <= attended.adding(months: months) && (after.map { $0 < attended } ?? true)
        }.reduce(0) { $0 + $1.hours }
    }

    /// Those that a test today may still use.
    package func hoursToUse(_ inquiry: Inquiry) throws -> Int {
        hours(for: inquiry.today, months: try inquiry.parameter(.trainingValidMonths))
    }

    /// Passed: the hours are used, and the qualification stands beside those before it.
    mutating func pass(_ sheet: ID<AnswerSheet>, tested: Day, from: Day, validMonths: Int, at moment: Moment) {
        var hours = 0
        for index in attended.indices where attended[index].counts && attended[index].usedFor.isNone {
            guard let day = attended[index].day, day <= tested else { continue }
            attended[index].usedFor = sheet
            hours += attended[index].hours
        }
        qualifications.append(
            Qualification(hours: hours, tested: tested, from: from, until: tested.adding(months: validMonths), by: sheet, at: moment))
        summarise(on: from)
    }

    /// What a sheet gave is gone from this day on, and the hours may count for another.
    mutating func lose(_ sheet: ID<AnswerSheet>, on day: Day) {
        endQualifications(on: day) { $0.sheet == sheet }
        for index in attended.indices where attended[index].usedFor == sheet { attended[index].usedFor = .none }
        summarise(on: day)
    }

    /// A class that the agent was not at after all. A qualification that it carried ends where too few hours are left.
    mutating func strike(_ session: ID<ClassSession>, minimum: Int, on day: Day) {
        for index in attended.indices where attended[index].session == session && attended[index].struckOn == nil {
            attended[index].struckOn = day
            let sheet = attended[index].usedFor
            if sheet.isNone { continue }
            let left = attended.filter { $0.usedFor == sheet && $0.counts }.reduce(0) { $0 + $1.hours }
            if left < minimum { endQualifications(on: day) { $0.sheet == sheet } }
        }
        summarise(on: day)
    }
}

extension Found<Agent> {
    /// Carries out what changes the qualifications of this agent, by the step that leads to the right state.
    func amendQualifications(_ act: Act, _ change: (inout Agent) -> Void) throws {
        var agent = value
        change(&agent)
        let isLost = state == .qualified && agent.qualifiedUntil == nil
        try act.take(isLost ? Agent.forfeit : Agent.reassess, on: id) { $0 = agent }
    }
}

extension Agent {
    /// 第十条: who sells is registered, and of a grade; whoever was taken over may lack it on record.
    static let withoutLicence = Finding(
        "agent-without-licence", "业务员未登记执业编号或等级", "An agent without licence or grade on record", under: authenticity[10],
        in: Agent.State.qualified, by: .post(.backOffice)
    ) { (agent: Agent, now: Moment) in agent.licence(on: now.day) == nil }

    /// Whoever is to go on selling learns and is tested before the qualification ends.
    static let endingSoon = Finding(
        "agent-ending-soon", "业务员资格一个月内到期，请安排培训和测试", "An agent's qualification ends within a month; plan class and test",
        under: authenticity[9], in: Agent.State.qualified, by: .post(.trainer)
    ) { (agent: Agent, now: Moment) in agent.qualifiedUntil.map { $0 < now.day.adding(months: 1) } ?? false }
}
