import Kernel
import WorkCalendar

/// What happens while a test is sat: who may begin, what is drawn, how an answer is kept, and what comes of it.
extension AnswerSheet {
    // MARK: Beginning

    /// 第十条: registered, trained, and not sitting already.
    mutating func draw(_ act: Act) throws {
        try act.require(act.principal.behalf == nil, "测试须由本人参加，不能委托", "A test is sat in person, by no delegate")
        guard let agent = try act.find(\Agent.user, is: act.person, limit: 1).first else {
            return try act.require(false, "您的账号未对应业务员档案，请联系渠道内勤", "Your log-in is no agent's yet; ask the back office of the channel")
        }
        guard let test = try act.load(test), let paper = try act.load(test.value.paper) else { throw DeskError.absent }
        let earlier = try act.find(\AnswerSheet.sitter, is: act.person, limit: Self.mostSheets).filter { $0.state != .void }
        try requireMay(sit: test, agent, earlier, act)
        var seed = UInt64(bitPattern: act.record.id)
        seed ^= UInt64(bitPattern: act.now.milliseconds) << 20
        self.seed = String(seed, radix: 16)
        var draw = PaperDraw(seed: seed)
        let seen = Set(earlier.flatMap { $0.value.items.map(\.first) })
        guard let drawn = draw.questions(paper.value.strata, from: paper.value.pool, seen: seen) else {
            return try act.require(false, "题库不足，暂不能开始，请联系培训部", "The bank has too few questions; ask the training department")
        }
        (questions, items) = ([], [])
        for one in drawn {
            guard let question = try act.load(one.entry.question) else { throw DeskError.absent }
            var item = SheetItem()
            item.order = draw.order(of: question.value).map(String.init).joined(separator: ";")
            (item.points, item.first) = (one.points, one.entry.first)
            questions.append(one.entry.question)
            items.append(item)
        }
        (self.agent, sitter, startedAt) = (agent.id, act.person, act.now)
        total = items.reduce(0) { $0 + $1.points }
        (mark, validMonths) = (test.value.mark, test.value.validMonths)
        let end = act.now.adding(seconds: test.value.minutes * 60)
        endsAt = min(end, test.value.closesAt ?? end)
    }

    private static let mostSheets = 200

    private func requireMay(sit test: Found<SellerTest>, _ agent: Found<Agent>, _ earlier: [Found<AnswerSheet>], _ act: Act) throws {
        try act.require(
            test.state == .scheduled && test.value.isOpen(at: act.now), "该测试现在不开放，请留意开放时间", "This test is not open now; look at its times")
        try act.require(test.value.isFor(agent.value.channel), "该测试不对您所在的渠道开放", "This test is not for your channel")
        try act.require(
            agent.state != .suspended, "您已被停止销售，请由合规解除停止后再参加测试", "You are suspended; compliance ends that before you are tested")
        try act.require(
            agent.value.licence(on: act.today) != nil, "您的执业登记编号和等级尚未登记，请联系渠道内勤",
            "Your licence and grade are not on record; ask the back office of the channel")
        try act.require(
            !earlier.contains { $0.state == .open }, "您有一份答卷尚未交卷，请继续作答", "You have a sheet that is not handed in; go on with it")
        try act.require(
            !earlier.contains { $0.value.test == test.id && $0.value.result == .passed }, "您已通过本次测试，不必再考",
            "You have passed this test already")
        try requireTrained(agent.value, earlier, act)
    }

    /// 第九条: hours come before the test, and anew after several failures.
    private func requireTrained(_ agent: Agent, _ earlier: [Found<AnswerSheet>], _ act: Act) throws {
        let (least, months) = (try act.parameter(.minimumTrainingHours), try act.parameter(.trainingValidMonths))
        let hours = agent.hours(for: act.today, months: months)
        try act.require(
            hours >= least, "培训不少于 \(least) 个课时方可参加测试，您现有 \(hours) 个课时，请先参加培训",
            "At least \(least) class hours come before the test; you have \(hours), attend a class first", under: authenticity[9])
        let handedIn = earlier.filter { $0.state == .handedIn }.sorted {
            ($0.value.handedInAt ?? act.now) > ($1.value.handedInAt ?? act.now)
        }
        let failed = handedIn.prefix { $0.value.result == .failed }
        let most = try act.parameter(.failuresBeforeTraining)
        guard let last = failed.first?.value.handedInAt?.day, failed.count % most == 0 else { return }
        let first = last.adding(days: try act.parameter(.retakeWaitDays))
        try act.require(
            act.today >= first, "连续 \(failed.count) 次未通过，\(first) 起方可再次参加，其间请重新参加培训",
            "Failed \(failed.count) times in a row; you may sit again from \(first), and attend a class anew before")
        try act.require(
            agent.hours(for: act.today, months: months, after: last) >= least, "连续 \(failed.count) 次未通过，须在上次测试之后重新培训不少于 \(least) 个课时",
            "Failed \(failed.count) times in a row; at least \(least) class hours after the last test come first", under: authenticity[9])
    }

    /// Neither a delegate nor the head, who stands in elsewhere.
    func requireSitter(_ act: Act) throws {
        try act.require(act.principal.behalf == nil && act.person == sitter, "答卷只能由应试人本人作答", "A sheet is answered by whoever sits it alone")
    }

    // MARK: Answering

    /// Keeps the answer to one question. One that came from a page that showed another answer than there is overwrites nothing.
    mutating func answer(_ now: Moment) throws {
        defer { (serial, choice, shown) = (0, "", "") }
        guard items.indices.contains(serial - 1) else {
            throw DeskError.invalid([.init(field: "serial", Words("没有这一题", "There is no such question"))])
        }
        let item = items[serial - 1]
        let wanted = AnswerOption.places(choice).sorted(), saved = item.chosen
        guard wanted.allSatisfy({ (1...item.places.count).contains($0) }), Set(wanted).count == wanted.count else {
            throw DeskError.invalid([.init(field: "choice", Words("没有这个选项，请重新选择", "There is no such option; choose again"))])
        }
        if wanted == saved { return }
        guard AnswerOption.places(shown).sorted() == saved else { throw DeskError.conflict(Self.savedElsewhere(serial)) }
        items[serial - 1].answer = AnswerOption.kept(wanted.map { item.places[$0 - 1] })
        items[serial - 1].savedAt = now
    }

    package static func savedElsewhere(_ serial: Int) -> Words {
        Words(
            "第 \(serial) 题已在另一窗口保存了别的答案，现显示已保存的；要更改请重新选择并保存",
            "Question \(serial) was answered otherwise in another window, which is what is shown; choose again to change it")
    }

    // MARK: Ending

    /// Marks what was saved, and lets the agent have what follows from it.
    mutating func finish(_ act: Act) throws {
        handedInAt = min(act.now, endsAt ?? act.now)
        score(try questions.map { try act.load($0)?.value ?? TestQuestion() })
        markings = [Marking(points, result, at: act.now)]
        guard result == .passed, let agent = try act.load(agent), let tested = handedInAt?.day else { return }
        guard agent.state != .suspended else {
            return act.notify(
                .either(.trainer, .compliance), "已停止销售的业务员 \(agent.value.agentNo) 通过了测试，资格不恢复",
                "Agent \(agent.value.agentNo), who is suspended, passed a test; the suspension stays")
        }
        let (id, months) = (ID<AnswerSheet>(act.record.id), validMonths)
        try act.take(Agent.pass, on: agent.id) { agent in
            agent.pass(id, tested: tested, from: tested, validMonths: months, at: act.now)
        }
    }

    /// - Parameter asked: the editions that stand on this paper, in its order.
    mutating func score(_ asked: [TestQuestion]) {
        for (index, question) in asked.enumerated() {
            items[index].earned = question.isRight(items[index].answer) ? items[index].points : 0
        }
        points = items.reduce(0) { $0 + $1.earned }
        result = Self.passes(points: points, of: total, mark: mark) ? .passed : .failed
    }
}
