import Kernel
import WorkCalendar

/// 试题更正: a question of the bank is put right (第九条, 第十条). Who would change stands there before anybody approves; results change with the
/// approval and by nothing else, and the right to sell from that day on.
package struct QuestionCorrection: Document {
    package enum State: String, CaseIterable, Sendable { case requested, done, declined }

    package var question = ID<TestQuestion>.none
    package var effect = CorrectionEffect.unknown
    package var stem = ""
    package var options: [AnswerOption] = []
    package var explanation = ""
    package var grounds = ""
    package var sat = 0
    package var changes: [ScoreChange] = []
    package var sales: [ID<Policy>] = []
    package var rehearsedAt: Moment?
    package var replacement = ID<TestQuestion>.none
    package var decision = ""
    package init() {}

    package static let name = "question-correction"

    package static let form = Form<QuestionCorrection>(
        "试题更正", "Correction of a question", number: "题更",
        states: [.requested: .open("待审批", "To be approved"), .done: .done("已更正", "Corrected"), .declined: .no("不同意", "Declined")],
        readers: [.either(.trainer, .customerService, .compliance)],
        [
            .reference(\.question, "试题", "Question").listed(), .choice(\.effect, "更正方式", "Effect").listed(),
            .prose(\.stem, "新题干", "New question").longest(500).only(\.effect, .wording, .key),
            .lines(\.options, "新选项", "New options").longest(8).only(\.effect, .wording, .key).hint(
                "选项的个数和次序与原题一致", "as many options as before, in the same order"),
            .prose(\.explanation, "新解析", "New explanation").longest(500).only(\.effect, .wording, .key),
            .prose(\.grounds, "更正理由", "Grounds"),
            .whole(\.sat, "答过此题的答卷", "Sheets with this question", in: 0...1_000_000).onceFilled(),
            .lines(\.changes, "成绩变化（试算）", "Who changes, as rehearsed").onceFilled(),
            .references(\.sales, "其间销售的保单", "Policies sold meanwhile").onceFilled(),
            .moment(\.rehearsedAt, "试算时间", "Rehearsed").onceFilled(),
            .reference(\.replacement, "新版试题", "New edition").onceFilled(), .prose(\.decision, "审批意见", "Decision").onceFilled(),
        ])

    package static let request = Step<QuestionCorrection>(
        "request", "申请更正", "Request", to: .requested, by: .post(.trainer), under: authenticity[9], authenticity[10],
        fields: [\.question, \.effect, \.stem, \.options, \.explanation, \.grounds]
    ) { correction, act in
        try correction.requireFit(act)
        try correction.rehearse(act)
    }
    package static let rehearseAgain = Step<QuestionCorrection>(
        "rehearse", "重新试算", "Rehearse again", from: .requested, to: nil, by: .either(.trainer, .compliance), under: authenticity[10],
        isOptional: true
    ) { correction, act in try correction.rehearse(act) }
    package static let approve = Step<QuestionCorrection>(
        "approve", "批准更正", "Approve", from: .requested, to: .done, by: .post(.compliance), notBy: request, under: authenticity[10],
        fields: [], isIrrevocable: true, signs: true
    ) { correction, act in
        let seen = correction.changes
        try correction.rehearse(act)
        try act.require(
            seen == correction.changes, "试算之后又有人交卷或资格变化，名单已不同，请重新试算、核对后再批准",
            "Sheets were handed in or qualifications changed since it was rehearsed; rehearse again, look at the list, then approve")
        try correction.carryOut(act)
    }
    package static let decline = Step<QuestionCorrection>(
        "refuse", "不同意更正", "Decline", from: .requested, to: .declined, by: .post(.compliance), notBy: request, under: authenticity[10],
        fields: [\.decision], isOptional: true)
    package static let steps = [request, rehearseAgain, approve, decline]

    // MARK: Rules

    private func requireFit(_ act: Act) throws {
        guard let old = try act.load(question) else { throw DeskError.absent }
        try act.require(
            old.state != .drafted && old.value.ruling.isEmpty, "该题尚未使用，或已更正过，请更正其新版",
            "It is not in use yet, or was corrected already; correct its next edition")
        if effect == .void { return }
        try act.require(
            options.count == old.value.options.count, "选项的个数和次序须与原题一致，以便按原答卷评分",
            "There are as many options as before, in the same order: sheets are marked by them")
        let corrected = self.corrected(old)
        try corrected.requireSound(act)
        let isSameKey = corrected.rightAnswer == old.value.rightAnswer
        try act.require(
            isSameKey == (effect == .wording), effect == .wording ? "仅改文字的，正确选项须与原题相同" : "更正答案的，正确选项须与原题不同",
            effect == .wording
                ? "Where the wording alone changes, the same options stay right" : "Where the answer changes, other options are right")
    }

    private func corrected(_ old: Found<TestQuestion>) -> TestQuestion {
        var question = old.value
        (question.stem, question.options, question.explanation) = (stem, options, explanation)
        question.edition += 1
        question.first = old.value.first.isNone ? old.id : old.value.first
        return question
    }

    /// What is decided about the edition that was sat; empty where its own answer stays.
    private var ruling: String {
        switch effect {
        case .void: TestQuestion.everybody
        case .key: AnswerOption.kept(options.indices.filter { options[$0].isRight })
        case .wording, .unknown: ""
        }
    }

    private mutating func rehearse(_ act: Act) throws {
        let forecast = try CorrectionForecast(question, ruling: ruling, act)
        (sat, changes, sales, rehearsedAt) = (forecast.sat, forecast.changes, forecast.sales, act.now)
    }

    private mutating func carryOut(_ act: Act) throws {
        guard let old = try act.load(question) else { throw DeskError.absent }
        let (id, ruling) = (ID<QuestionCorrection>(act.record.id), self.ruling)
        let forecast = try CorrectionForecast(question, ruling: ruling, act)
        if effect != .void { replacement = try act.create(corrected(old), by: TestQuestion.replace) }
        let next = replacement
        try act.take(TestQuestion.supersede, on: question) { question in
            (question.ruling, question.correction, question.replacedBy) = (ruling, id, next)
        }
        for outcome in forecast.outcomes {
            var sheet = outcome.marked
            sheet.markings.append(Marking(sheet.points, sheet.result, at: act.now, by: id))
            try act.take(AnswerSheet.remark, on: outcome.sheet) { $0 = sheet }
            try outcome.follow(act)
        }
    }
}

/// What a correction does to one sheet, and to the right to sell of whoever sat it.
package struct ScoreChange: Line {
    package var sheet = ID<AnswerSheet>.none
    package var agent = ID<Agent>.none
    package var before = 0
    package var after = 0
    package var resultBefore = TestResult.unknown
    package var resultAfter = TestResult.unknown
    package var effect = QualificationEffect.unknown
    package init() {}

    package static let fields: [Field<ScoreChange>] = [
        .reference(\.sheet, "答卷", "Sheet"), .reference(\.agent, "业务员", "Agent"), .whole(\.before, "原得分", "Points before", in: 0...20_000),
        .whole(\.after, "新得分", "Points after", in: 0...20_000), .choice(\.resultBefore, "原结果", "Result before"),
        .choice(\.resultAfter, "新结果", "Result after"), .choice(\.effect, "资格", "Qualification"),
    ]
}
