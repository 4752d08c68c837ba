import Kernel
import WorkCalendar

/// How an agent comes by the right to sell, keeps it and loses it (第九条, 第十条): registered, trained, passed. What a hand enters is what was
/// taken over from before alone.
extension Agent {
    package static let license = Step<Agent>(
        "license", "登记执业证", "Register the licence", from: .registered, .qualified, .suspended, to: nil, by: .either(.trainer, .backOffice),
        under: authenticity[10], fields: [\Agent.licenceNo, \Agent.grade, \Agent.registeredOn], isOptional: true, signs: true
    ) { agent, act in
        try act.require(!agent.licenceNo.isEmpty, "请填写执业登记编号、等级和登记日期", "Enter number, grade and day of the registration")
        try agent.addLicence(act)
    }

    /// On a change of company the old one deregisters before the new one registers.
    package static let deregister = Step<Agent>(
        "deregister", "注销执业登记", "Deregister", from: .registered, .qualified, to: .registered, by: .either(.trainer, .backOffice),
        under: authenticity[10], fields: [\Agent.leftOn, \Agent.reason], isOptional: true, signs: true
    ) { agent, act in try agent.leave(act) }

    /// Who was stopped stays so.
    package static let deregisterSuspended = Step<Agent>(
        "deregisterSuspended", "注销执业登记（停止销售中）", "Deregister while suspended", from: .suspended, to: nil,
        by: .either(.trainer, .backOffice),
        under: authenticity[10], fields: [\Agent.leftOn], isOptional: true, signs: true
    ) { agent, act in try agent.leave(act) }

    package static let qualify = Step<Agent>(
        "qualify", "补登原有资格", "Take over a qualification", from: .registered, .qualified, .suspended, to: .qualified, by: .post(.trainer),
        under: authenticity[10], authenticity[9],
        fields: [\Agent.trainingHours, \Agent.testedOn, \Agent.qualifiedUntil, \Agent.takenOverFrom], isOptional: true, signs: true
    ) { agent, act in
        guard let tested = agent.testedOn, let until = agent.qualifiedUntil else { return }
        try agent.requireTakenOver(act)
        try agent.keepEarlierQualification(act)
        agent.qualifications.append(
            Qualification(hours: agent.trainingHours, tested: tested, until: until, by: act.person, recorded: act.now))
        act.restart(validity, due: .endOfDay(until))
    }.checking { agent, check in try agent.checkQualification(check) }

    /// Whoever was stopped takes a test anew before selling again.
    package static let readmit = Step<Agent>(
        "readmit", "解除停止，须重新测试", "End the suspension; a test follows", from: .suspended, to: .registered, by: .post(.compliance),
        under: authenticity[10], fields: [\Agent.reason], isOptional: true, signs: true)

    /// Class hours that were confirmed, or struck from a list.
    package static let recordTraining = Step<Agent>(
        "recordTraining", "登记培训课时", "Record class hours", from: .registered, .qualified, .suspended, to: nil, by: .system,
        under: authenticity[9], isOptional: true)

    package static let pass = Step<Agent>(
        "pass", "通过专项测试，具备资格", "Qualify by a test", from: .registered, .qualified, to: .qualified, by: .system, under: authenticity[10],
        isOptional: true
    ) { agent, act in
        if let until = agent.qualifiedUntil { act.restart(validity, due: .endOfDay(until)) }
    }

    /// A test, or the hours before it, turn out not to hold: from now on, and for what was sold before nothing changes.
    package static let forfeit = Step<Agent>(
        "forfeit", "资格停止", "Lose the qualification", from: .qualified, to: .registered, by: .system, under: authenticity[10],
        isOptional: true
    ) { agent, act in
        act.meet(validity)
        act.notify(
            .either(.trainer, .compliance), "业务员 \(agent.agentNo) 自今日起不具备销售资格，请核查其间销售的保单",
            "Agent \(agent.agentNo) is not qualified from today on; look at what was sold meanwhile")
    }

    /// The same where another qualification stays.
    package static let reassess = Step<Agent>(
        "reassess", "更正资格记录", "Correct the qualifications", from: .registered, .qualified, .suspended, to: nil, by: .system,
        under: authenticity[10], isOptional: true
    ) { agent, act in
        if act.record.state == State.qualified.rawValue, let until = agent.qualifiedUntil, until >= act.today {
            act.restart(validity, due: .endOfDay(until))
        }
    }

    static let learningSteps = [license, deregister, deregisterSuspended, readmit, recordTraining, pass, forfeit, reassess]

    // MARK: Rules

    private func checkQualification(_ check: Checking<Agent>) throws {
        let hours = try check.act.parameter(.minimumTrainingHours)
        check.require(
            trainingHours >= hours, "培训不少于\(hours)个课时，方可授予资格", "At least \(hours) class hours come before the qualification",
            at: \.trainingHours, under: authenticity[9])
        guard let tested = testedOn, let until = qualifiedUntil else { return }
        check.require(
            tested <= check.act.today && tested < until, "专项测试须已通过，且资格在测试之后届满",
            "The test must be passed, and the qualification end after it", at: \.testedOn, \.qualifiedUntil)
        check.require(
            check.act.today <= until, "资格有效期已过，请填写今天或以后的日期", "The qualification has ended already; enter today or a later day",
            at: \.qualifiedUntil)
        let months = try check.act.parameter(.longestQualificationMonths)
        check.require(
            until <= tested.adding(months: months), "资格自测试通过之日起最长 \(months) 个月，最晚 \(tested.adding(months: months))，请改早或重新测试",
            "A qualification lasts \(months) months from the test at most, until \(tested.adding(months: months)); choose an earlier day, "
                + "or have the test taken again", at: \.qualifiedUntil, \.testedOn)
    }

    /// What is typed is what another system has shown: never in the place of a test here.
    private func requireTakenOver(_ act: Act) throws {
        try act.require(
            act.record.state != State.suspended.rawValue, "已停止销售的，请由合规解除停止后重新参加专项测试",
            "Who was stopped takes a test anew after compliance has ended it")
        try act.require(
            try act.find(\AnswerSheet.agent, is: ID(act.record.id), limit: 1).isEmpty, "该业务员已在本系统参加专项测试，资格只能由测试产生，不能补登",
            "The agent has been tested here: the qualification follows from a test, and is not entered by hand")
        act.notify(
            .post(.compliance), "业务员 \(agentNo) 的销售资格系补登，请核查依据",
            "The qualification of agent \(agentNo) was entered by hand; look at its grounds")
    }

    private mutating func leave(_ act: Act) throws {
        guard let day = leftOn else { return }
        try act.require(day <= act.today, "注销日期不能晚于今天", "The day cannot be after today")
        let first = licences.last?.from
        try act.require(first.map { $0 <= day } ?? false, "执业登记尚未登记，或晚于注销日期，请核对", "There is no registration by that day; check it")
        licences[licences.count - 1].until = day
        try keepEarlierQualification(act)
        endQualifications(on: day.adding(days: 1))
        summarise(on: day.adding(days: 1))
        act.meet(Agent.validity)
    }

    mutating func addLicence(_ act: Act) throws {
        licenceNo = ApplicationNumber.normalForm(licenceNo)
        guard !licenceNo.isEmpty || grade != .unknown || registeredOn != nil else { return }
        guard !licenceNo.isEmpty, grade != .unknown, let from = registeredOn else {
            return try act.require(
                false, "执业登记编号、等级和登记日期须一并填写", "Enter number, grade and day of the registration together", under: authenticity[10])
        }
        try act.require(from <= act.today, "执业登记日期不能晚于今天", "The day of registration cannot be after today", under: authenticity[10])
        try act.require(
            licences.last?.from.map { $0 <= from } ?? true, "不能早于上一次登记的日期，请核对", "It cannot lie before the last registration; check it",
            under: authenticity[10])
        let holders = try act.find(\Agent.licenceNo, is: licenceNo, limit: 5).filter { $0.value.leftOn == nil }
        try act.require(
            holders.isEmpty, "该执业登记编号已登记在业务员 \(holders.first?.value.agentNo ?? "") 名下；变更代码的，请先注销原登记",
            "The licence is agent \(holders.first?.value.agentNo ?? "")'s; where the number changed, deregister that one first",
            under: authenticity[10])
        if let last = licences.indices.last {
            if licences[last].from == from {
                licences.removeLast()
            } else {
                licences[last].until = min(licences[last].until ?? from, from.adding(days: -1))
            }
        }
        licences.append(Licence(licenceNo, grade, from: from, recorded: act.now))
        leftOn = nil
    }

    /// The qualification that stood in the record before qualifications had a history.
    mutating func keepEarlierQualification(_ act: Act) throws {
        guard qualifications.isEmpty, let before = try act.load(ID<Agent>(act.record.id)), let tested = before.value.testedOn,
            let until = before.value.qualifiedUntil
        else { return }
        var earlier = Qualification(hours: before.value.trainingHours, tested: tested, until: until, by: .none, recorded: nil)
        if before.state == .suspended { earlier.endedOn = before.record.changed.day }
        qualifications = [earlier]
    }

    mutating func endQualifications(on day: Day, where isConcerned: (Qualification) -> Bool = { _ in true }) {
        for index in qualifications.indices where qualifications[index].endedOn == nil && isConcerned(qualifications[index]) {
            qualifications[index].endedOn = day
        }
    }

    /// Hours, test and end of the qualification that lasts longest, of those in force.
    mutating func summarise(on day: Day) {
        if qualifications.isEmpty { return }
        let current = qualification(on: day)
        (trainingHours, testedOn, qualifiedUntil) = (current?.trainingHours ?? 0, current?.testedOn, current?.until)
    }
}
