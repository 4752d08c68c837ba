import Kernel
import WorkCalendar

/// 答卷: one sitting of a test by one seller (第九条, 第十条). The paper is drawn and stays as it was drawn; the clock is the server's; each answer
/// is a step of its own, and what is saved when the time is over is what is handed in.
package struct AnswerSheet: Document, Equatable {
    package enum State: String, CaseIterable, Sendable { case open, handedIn, void }

    package var test = ID<SellerTest>.none
    package var agent = ID<Agent>.none
    package var sitter = PersonID.none
    package var startedAt: Moment?
    package var endsAt: Moment?
    package var handedInAt: Moment?
    package var result = TestResult.unknown
    package var points = 0
    package var total = 0
    package var mark = 0
    package var validMonths = 0
    package var questions: [ID<TestQuestion>] = []
    package var items: [SheetItem] = []
    package var markings: [Marking] = []
    package var seed = ""
    package var serial = 0
    package var choice = ""
    package var shown = ""
    package var reason = ""
    package init() {}

    package static let name = "answer-sheet"

    package static let form = Form<AnswerSheet>(
        "答卷", "Answer sheet", number: "答卷",
        states: [.open: .open("答题中", "Being sat"), .handedIn: .done("已交卷", "Handed in"), .void: .no("作废", "Void")],
        // Whoever sits it holds it.
        readers: [.either(.trainer, .compliance)],
        [
            .reference(\.test, "专项测试", "Test").listed(), .reference(\.agent, "业务员", "Agent").listed(),
            .person(\.sitter, "应试人", "Sat by").listed(),
            .moment(\.startedAt, "开始时间", "Begun").onceFilled(), .moment(\.endsAt, "截止时间", "Ends").onceFilled().ends(),
            .moment(\.handedInAt, "交卷时间", "Handed in").onceFilled(), .choice(\.result, "结果", "Result").onceFilled().listed(),
            .whole(\.points, "得分", "Points", in: 0...20_000).onceFilled().listed(),
            .whole(\.total, "满分", "Points in all", in: 0...20_000).onceFilled(),
            .whole(\.mark, "及格线（%）", "Pass mark, %", in: 0...100).onceFilled(),
            .whole(\.validMonths, "资格有效月数", "Valid for months", in: 0...36).onceFilled(),
            .references(\.questions, "试题", "Questions").onceFilled(), .lines(\.items, "作答", "Answers").unindexed().onceFilled(),
            .lines(\.markings, "评分记录", "Markings").unindexed().onceFilled(), .text(\.seed, "抽题种子", "Seed").code().onceFilled(),
            .whole(\.serial, "题号", "Question", in: 1...200).onceFilled(),
            .text(\.choice, "所选选项", "Answer").optional().code().onceFilled().hint(
                "卷面选项的次序，如 1;3", "options in the order of the paper: 1;3"),
            .text(\.shown, "原已保存", "Saved before").optional().code().onceFilled(), .text(\.reason, "作废理由", "Why void").onceFilled(),
        ])

    /// What is saved then is handed in, whoever is at the keyboard.
    static let ending: Deadline = Deadline("ending", "答题时间", "Time of the test", under: authenticity[10], takes: expire)
    package static let deadlines = [ending]

    package static let begin = Step<AnswerSheet>(
        "begin", "开始答题", "Begin", to: .open, by: .post(.seller), under: authenticity[10], authenticity[9], fields: [\.test],
        isIrrevocable: true
    ) { sheet, act in
        try sheet.draw(act)
        if let end = sheet.endsAt { act.start(ending, due: end) }
    }
    package static let save = Step<AnswerSheet>(
        "save", "保存答案", "Save an answer", from: .open, to: nil, by: .named(\AnswerSheet.sitter), under: authenticity[10], authenticity[9],
        fields: [\.serial, \.choice, \.shown], isOptional: true
    ) { sheet, act in
        try sheet.requireSitter(act)
        try act.require(
            sheet.endsAt.map { act.now < $0 } ?? false, "答题时间已到，此前保存的答案有效，现已不能再答",
            "The time is over: what was saved counts, nothing is added")
        try sheet.answer(act.now)
    }
    package static let handIn = Step<AnswerSheet>(
        "handIn", "交卷", "Hand in", from: .open, to: .handedIn, by: .named(\AnswerSheet.sitter), under: authenticity[10], authenticity[9],
        fields: [], isIrrevocable: true
    ) { sheet, act in
        try sheet.requireSitter(act)
        try sheet.finish(act)
        act.meet(ending)
    }
    package static let expire = Step<AnswerSheet>(
        "expire", "时间到，自动交卷", "Time is over", from: .open, to: .handedIn, by: .system, under: authenticity[10], isOptional: true
    ) { sheet, act in
        try sheet.finish(act)
        act.notify(
            [sheet.sitter], "答题时间已到，已按保存的答案交卷：\(sheet.result.words.zh)",
            "The time was over; what was saved was handed in: \(sheet.result.words.en)")
    }
    /// By a corrected question.
    package static let remark = Step<AnswerSheet>(
        "remark", "按更正重新评分", "Marked anew", from: .handedIn, to: nil, by: .system, under: authenticity[10], isOptional: true
    ) { sheet, act in
        act.notify(
            [sheet.sitter], "试题已更正，您的答卷重新评分：\(sheet.points) 分，\(sheet.result.words.zh)",
            "A question was corrected; your sheet was marked anew: \(sheet.points) points, \(sheet.result.words.en)")
    }
    /// Somebody else sat it, or was told the answers.
    package static let annul = Step<AnswerSheet>(
        "annul", "作废答卷", "Annul", from: .open, .handedIn, to: .void, by: .post(.compliance), under: authenticity[10], fields: [\.reason],
        isOptional: true, signs: true
    ) { sheet, act in
        act.meet(ending)
        let id = ID<AnswerSheet>(act.record.id)
        if let agent = try act.load(sheet.agent), agent.value.qualifications.contains(where: { $0.sheet == id }) {
            try agent.amendQualifications(act) { $0.lose(id, on: act.today) }
        }
        act.notify([sheet.sitter], "您的答卷已作废，理由见答卷", "Your answer sheet was annulled; the reason stands in it")
    }
    package static let steps = [begin, save, handIn, expire, remark, annul]

    /// By whole numbers: a mark is never rounded to.
    package static func passes(points: Int, of total: Int, mark: Int) -> Bool { 100 * points >= mark * total }
}

/// One question on a paper: in which order its options are shown, what was answered and when, what it is worth.
package struct SheetItem: Line {
    /// Places of the options in the order in which they are shown: `2;0;1`.
    package var order = ""
    /// Places of those that were chosen, ascending.
    package var answer = ""
    package var points = 0
    package var earned = 0
    package var savedAt: Moment?
    package var first = ID<TestQuestion>.none
    package init() {}

    package static let fields: [Field<SheetItem>] = [
        .text(\.order, "选项次序", "Order").code(), .text(\.answer, "答案", "Answer").optional().code(),
        .whole(\.points, "分值", "Points", in: 0...100), .whole(\.earned, "得分", "Earned", in: 0...100),
        .moment(\.savedAt, "保存时间", "Saved").optional(), .reference(\.first, "初版", "First edition").optional(),
    ]

    package var places: [Int] { AnswerOption.places(order) }
    /// What was chosen, by its place on the paper counted from 1.
    package var chosen: [Int] {
        let answer = Set(AnswerOption.places(answer))
        return places.indices.filter { answer.contains(places[$0]) }.map { $0 + 1 }
    }
}

/// One marking of a sheet: the first, and each by a correction.
package struct Marking: Line {
    package var at: Moment?
    package var points = 0
    package var result = TestResult.unknown
    package var correction = ID<QuestionCorrection>.none
    package init() {}

    init(_ points: Int, _ result: TestResult, at moment: Moment, by correction: ID<QuestionCorrection> = .none) {
        (at, self.points, self.result, self.correction) = (moment, points, result, correction)
    }

    package static let fields: [Field<Marking>] = [
        .moment(\.at, "时间", "When"), .whole(\.points, "得分", "Points", in: 0...20_000), .choice(\.result, "结果", "Result"),
        .reference(\.correction, "试题更正", "Correction").optional(),
    ]
}
