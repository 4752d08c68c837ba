import Kernel
import WorkCalendar

extension DestructionList {
    var destroysAny: Bool { lines.contains { $0.outcome == .destroy } }
    private var doomed: [ID<CustomerFile>] { lines.filter { $0.outcome == .destroy }.map(\.file) }

    /// 期满清单: drawn each month from what was closed; nobody has to think of it. One for each level (第22条).
    package static let monthly = Duty(
        "due-files", "列出保管期满的档案", "List files whose term is over", under: confidentiality[25], .eachMonth, .opening
    ) { act in
        let listed = try Set(running(act).flatMap { $0.value.lines.map(\.file) })
        var due: [Level: [DestructionLine]] = [:]
        for file in try act.all(CustomerFile.self, in: .closed, createdBy: act.today)
            + act.all(
                CustomerFile.self, in: .restricted,
                createdBy: act.today)
        {
            guard !listed.contains(file.id), let day = try file.value.dueDay(act), day <= act.today, try act.holds(on: file.id) == 0 else {
                continue
            }
            var line = DestructionLine()
            (line.file, line.code, line.closedOn, line.dueOn) = (file.id, file.value.code, file.value.closedOn, day)
            line.term = try file.value.keptYears(act).map { "\($0)年" } ?? "永久"
            due[max(file.record.level, .internal), default: []].append(line)
        }
        for (_, lines) in due.sorted(by: { $0.key < $1.key }) {
            for part in stride(from: 0, to: lines.count, by: longest) {
                var list = DestructionList()
                list.year = act.today.year
                list.lines = Array(lines[part..<min(part + longest, lines.count)])
                try act.create(list, by: draw)
            }
        }
    }

    /// 第22条: a list of classified files is as secret as they are, and is numbered apart, so that no gap among the others tells of it.
    func takeLevel(_ act: Act) throws {
        let level = try lines.compactMap { try act.load($0.file)?.record.level }.max() ?? .internal
        act.raise(to: max(level, .internal))
        if level >= .secret { act.number(level == .topSecret ? "绝销" : "密销") }
    }

    /// A file whose level changes leaves the list on which it stands: the next one of its new level has it.
    static func release(_ file: ID<CustomerFile>, _ act: Act) throws {
        for list in try running(act) where list.value.lines.contains(where: { $0.file == file }) {
            let rest = list.value.lines.filter { $0.file != file }
            let isDecided = list.state != .due && list.state != .appraised
            let isOver = rest.isEmpty || (isDecided && !rest.contains { $0.outcome == .destroy })
            try act.take(isOver ? lapse : letGo, on: list.id) { $0.lines = rest }
        }
    }

    /// So many lines does a list have at most: two people check each of them.
    private static let longest = 100

    private static func running(_ book: Inquiry) throws -> [Found<DestructionList>] {
        try [State.due, .appraised, .approved, .checking, .checked].flatMap {
            try book.all(DestructionList.self, in: $0, createdBy: book.today)
        }
    }

    mutating func takeAppraisal(_ act: Act) throws {
        leader = act.person
        try act.require(
            Set(members).subtracting([leader]).count >= 2, "鉴定组除组长外至少两人，须有档案和业务人员", "The group has two members at least besides its head")
        let posts = [Post.archivist, .informationSpecialist, .informationSupervisor]
        let archive = Set(posts.flatMap { act.organisation.holders(of: $0.id, within: act.record.scope, on: act.today) })
        try act.require(!archive.isDisjoint(with: members), "鉴定组须有档案人员", "Somebody of the archive belongs to the group")
        try act.require(
            !Set(members).subtracting(archive).subtracting([leader]).isEmpty, "鉴定组须有业务人员", "Somebody of the business belongs to the group")
        let open = lines.filter { $0.outcome == .undecided }
        try act.require(
            open.isEmpty, "尚有 \(open.count) 件没有鉴定结果（\(open.prefix(5).map(\.code).joined(separator: "、"))\(open.count > 5 ? "等" : "")）",
            "\(open.count) files have no outcome yet (\(open.prefix(5).map(\.code).joined(separator: ", "))\(open.count > 5 ? " and more" : ""))"
        )
        for line in lines {
            try act.require(
                line.outcome != .extend || line.until.map { $0 > act.today } ?? false, "\(line.code) 延长保管的，请填写延长至哪一天",
                "\(line.code): say until when it is kept longer")
        }
        act.meet(Self.appraising)
    }

    func checkDecision(_ check: Checking<DestructionList>) {
        let listed = Set(lines.map(\.file))
        check.require(!chosen.isEmpty, "请选择档案", "Choose the files", at: \.chosen)
        check.require(decision != .undecided, "请选择鉴定结果", "Choose the outcome", at: \.decision)
        check.require(chosen.allSatisfy(listed.contains), "只能选择清册中的档案", "Only files of this list are decided on", at: \.chosen)
        guard decision != .undecided else { return }
        check.require(
            decision != .extend || decisionUntil.map { $0 > check.act.today } ?? false, "延长保管的，请填写延长至哪一天",
            "Say until when they are kept longer", at: \.decisionUntil, \.decision)
        check.require(
            decision == .destroy || !decisionReason.isEmpty, "继续保管的，请写明理由", "Say why they are kept", at: \.decisionReason, \.decision)
    }

    /// One decision for the files that were chosen: lines of this list alone.
    mutating func takeDecision() {
        let wanted = Set(chosen)
        for index in lines.indices where wanted.contains(lines[index].file) {
            (lines[index].outcome, lines[index].reason) = (decision, decisionReason)
            lines[index].until = decision == .extend ? decisionUntil : nil
        }
        (chosen, decision, decisionUntil, decisionReason) = ([], .undecided, nil, "")
    }

    mutating func takeApproval(_ act: Act) throws {
        approvedOn = act.today
        for line in lines where line.outcome == .extend || line.outcome == .permanent {
            guard try act.load(line.file)?.state == .closed else { continue }
            try act.take(CustomerFile.keepLonger, on: line.file) { file in
                if line.outcome == .permanent { file.retention = .permanent } else { file.keptUntil = line.until }
            }
        }
        if destroysAny { notBefore = act.today.adding(days: try act.parameter(.destructionWaitDays)) }
    }

    func checkWitnesses(_ check: Checking<DestructionList>) {
        check.require(
            Set(witnesses).count == 2, "监销人为两人，不得是同一人", "There are two witnesses, who are different people", at: \.witnesses)
        check.require(method != .unset, "请选择纸质件处理方式；不得当废纸出售", "Say what becomes of the paper; it is never sold", at: \.method)
    }

    func requireWitnesses(_ act: Act) throws {
        let approver = try act.takers(of: Self.approve) + act.takers(of: Self.appraise) + [leader]
        try act.require(
            Set(witnesses).isDisjoint(with: approver), "监销人不得是提出鉴定的人或批准人，委托他人也不行",
            "A witness is neither who appraised nor who approved, in whatever name")
        let level = act.record.level
        try act.require(
            witnesses.allSatisfy { (act.organisation.people[$0]?.clearance ?? .public) >= level }, "监销人的密级权限不能低于清册的密级，请另行指定",
            "A witness is cleared for the level of the list; name somebody who is", under: confidentiality[22])
        // Whoever checks a line sees what it is about.
        for witness in witnesses {
            try act.grant(
                witness, on: Array(doomed), until: act.now.adding(hours: 24 * 30), "监销核对", "Checked as a witness before its destruction")
        }
    }

    mutating func takeCheck(_ act: Act) throws {
        let missing = lines.filter { $0.outcome == .destroy && !checkedFiles.contains($0.file) }
        try act.require(
            missing.isEmpty, "尚有 \(missing.count) 件未核对（\(missing.first?.code ?? "")），须逐件核对",
            "\(missing.count) lines are not checked yet; each is checked")
        try act.require(
            Set(checkedFiles).isSubset(of: doomed), "只核对清册中鉴定为销毁的档案", "Only what is to be destroyed is checked")
        let name = act.organisation.name(act.principal.effective).zh
        for index in lines.indices where lines[index].outcome == .destroy {
            lines[index].checkedBy += (lines[index].checkedBy.isEmpty ? "" : "、") + name
        }
        // The other witness ticks for himself.
        checkedFiles = []
    }

    /// Everything in one transaction; holds are asked again in it.
    mutating func carryOut(_ act: Act) throws {
        try act.require(
            notBefore.map { $0 <= act.today } ?? false, "批准后的等候期未满，\(notBefore.map(\.description) ?? "") 以后方可销毁",
            "The waiting time after the approval is not over; destroy from \(notBefore.map(\.description) ?? "") on")
        var done = 0, held = 0
        for index in lines.indices where lines[index].outcome == .destroy {
            let file = lines[index].file
            guard let found = try act.load(file), found.state == .closed || found.state == .restricted else {
                lines[index].result = "未销毁：档案已恢复使用或已另行销毁"
                continue
            }
            guard try Loan.out(of: file, act).isEmpty else {
                lines[index].result = "未销毁：有份数借出或交回后尚未检查，检查归还后另行列入"
                continue
            }
            guard try act.holds(on: file) == 0 else {
                lines[index].result = "未销毁：处于保全，移出清册，解除后按原期限另行列入"
                held += 1
                continue
            }
            let cleared = try CustomerFile.destroyWhole(file, act)
            lines[index].result = "已销毁。" + cleared.map { "\($0.store.zh)：\($0.result.zh)" }.joined(separator: "；")
            done += 1
        }
        destroyedOn = act.now
        summary = "销毁 \(done) 件；因保全移出 \(held) 件；留存 \(lines.count { $0.outcome != .destroy }) 件。纸质件：\(method.words.zh)。"
        act.notify(
            .officers, "销毁清册已执行：\(summary)",
            "The destruction list was carried out: \(done) destroyed, \(held) dropped out because they are held")
    }
}
