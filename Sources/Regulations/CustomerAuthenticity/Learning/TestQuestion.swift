import Kernel

/// 试题: one edition of a question of the bank, by topic and difficulty (第九条). What was asked is never rewritten: a correction is a new
/// edition, and the earlier one keeps what was decided about it.
package struct TestQuestion: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, inUse, retired }

    package var topic = QuestionTopic.unknown
    package var difficulty = Difficulty.unknown
    package var kind = QuestionKind.unknown
    package var stem = ""
    package var options: [AnswerOption] = []
    package var explanation = ""
    package var edition = 0
    package var first = ID<TestQuestion>.none
    package var replacedBy = ID<TestQuestion>.none
    package var ruling = ""
    package var correction = ID<QuestionCorrection>.none
    package var reason = ""
    package init() {}

    package static let name = "test-question"
    package var title: String { String(stem.prefix(40)) }

    package static let form = Form<TestQuestion>(
        "试题", "Question", number: "试题",
        states: [.drafted: .open("待审核", "To be approved"), .inUse: .done("使用中", "In use"), .retired: .no("停用", "Retired")],
        // Nobody who is tested.
        readers: [.either(.trainer, .customerService, .compliance)],
        [
            .choice(\.topic, "考点", "Topic").indexed().listed(), .choice(\.difficulty, "难度", "Difficulty").listed(),
            .choice(\.kind, "题型", "Kind").listed(), .prose(\.stem, "题干", "Question").longest(500).searched(),
            .lines(\.options, "选项", "Options").longest(8), .prose(\.explanation, "解析", "Explanation").longest(500),
            .whole(\.edition, "版次", "Edition", in: 1...999).onceFilled(), .reference(\.first, "初版", "First edition").onceFilled(),
            .reference(\.replacedBy, "新版", "Next edition").onceFilled(),
            .text(\.ruling, "更正后的答案", "Answer by the correction").code().onceFilled(),
            .reference(\.correction, "试题更正", "Correction").onceFilled(), .text(\.reason, "停用理由", "Why retired").onceFilled(),
        ])

    private static var asked: [PartialKeyPath<TestQuestion>] {
        [
            \TestQuestion.topic, \TestQuestion.difficulty, \TestQuestion.kind, \TestQuestion.stem, \TestQuestion.options,
            \TestQuestion.explanation,
        ]
    }

    package static let draft = Step<TestQuestion>(
        "draft", "命题", "Draft", to: .drafted, by: .post(.trainer), under: authenticity[9], fields: asked
    ) { question, act in
        try question.requireSound(act)
        question.edition = 1
    }
    package static let revise = Step<TestQuestion>(
        "revise", "修改", "Revise", from: .drafted, to: nil, by: .post(.trainer), under: authenticity[9], fields: asked, isOptional: true
    ) { question, act in try question.requireSound(act) }
    package static let approve = Step<TestQuestion>(
        "approve", "审核试题", "Approve", from: .drafted, to: .inUse, by: .post(.customerService), notBy: draft, revise, under: authenticity[9],
        fields: []
    ) { question, act in try question.enterPools(act) }
    package static let retire = Step<TestQuestion>(
        "retire", "停用", "Retire", from: .inUse, to: .retired, by: .post(.trainer), under: authenticity[9], fields: [\.reason],
        isOptional: true
    ) { _, act in try TestQuestion.leavePools(act) }
    /// The corrected edition.
    package static let replace = Step<TestQuestion>(
        "replace", "更正后的新版", "Corrected edition", to: .inUse, by: .system, under: authenticity[9], fields: []
    ) { question, act in
        try question.requireSound(act)
        try question.enterPools(act)
    }
    /// The edition that was corrected, with what was decided about it.
    package static let supersede = Step<TestQuestion>(
        "supersede", "由更正取代", "Superseded by a correction", from: .inUse, .retired, to: .retired, by: .system, under: authenticity[9],
        isOptional: true
    ) { _, act in try TestQuestion.leavePools(act) }
    package static let steps = [draft, revise, approve, retire, replace, supersede]

    // MARK: Answers

    /// Everybody has its points.
    static let everybody = "*"

    /// The places of the right options, as answers are kept.
    package var rightAnswer: String { AnswerOption.kept(options.indices.filter { options[$0].isRight }) }

    /// By what was decided about this edition, where something was.
    package func isRight(_ answer: String) -> Bool {
        if ruling == Self.everybody { return true }
        return answer == (ruling.isEmpty ? rightAnswer : ruling)
    }

    private static let leastOptions = 2

    func requireSound(_ act: Act) throws {
        func fault(_ field: String, _ zh: String, _ en: String) -> DeskError { .invalid([.init(field: field, Words(zh, en))]) }
        guard options.count >= Self.leastOptions else { throw fault("options", "至少填写两个选项", "Enter two options at least") }
        let right = options.count { $0.isRight }
        switch kind {
        case .multiple:
            if right < Self.leastOptions { throw fault("options", "多选题至少有两个正确选项", "Where several are right, mark two at least") }
        case .judgement:
            if options.count != Self.leastOptions || right != 1 {
                throw fault("options", "判断题有两个选项，其中一个正确", "Right or wrong: two options, one of which is right")
            }
        case .single, .unknown: if right != 1 { throw fault("options", "单选题有且只有一个正确选项", "Mark exactly one option as right") }
        }
        if Set(options.map(\.text)).count != options.count { throw fault("options", "有两个选项内容相同", "Two options say the same") }
        for (index, option) in options.enumerated() where option.speaksOfOthers && !option.staysLast {
            throw fault(
                "options.\(index).text", "“以上都……”一类选项须标为“固定在最后”，否则打乱次序后意思不同",
                "An option about those above is marked to stay last; shuffled, it would say something else")
        }
    }

    // MARK: Pools

    private func enterPools(_ act: Act) throws {
        let id = ID<TestQuestion>(act.record.id), root = first.isNone ? id : first
        for paper in try act.all(TestPaper.self, in: .inUse, createdBy: act.today) {
            guard let stratum = paper.value.strata.firstIndex(where: { $0.holds(self) }) else { continue }
            try act.take(TestPaper.renew, on: paper.id) { $0.pool.append(PoolEntry(stratum, id, first: root)) }
        }
    }

    private static func leavePools(_ act: Act) throws {
        let id = ID<TestQuestion>(act.record.id)
        for paper in try act.all(TestPaper.self, in: .inUse, createdBy: act.today)
        where paper.value.pool.contains(where: { $0.question == id }) {
            try act.take(TestPaper.renew, on: paper.id) { paper in paper.pool.removeAll { $0.question == id } }
        }
    }
}

/// 选项.
package struct AnswerOption: Line {
    package var text = ""
    package var isRight = false
    package var staysLast = false
    package init() {}

    package init(_ text: String, isRight: Bool = false, staysLast: Bool = false) {
        (self.text, self.isRight, self.staysLast) = (text, isRight, staysLast)
    }

    package static let fields: [Field<AnswerOption>] = [
        .text(\.text, "选项", "Option"), .flag(\.isRight, "正确", "Right"), .flag(\.staysLast, "固定在最后", "Stays last"),
    ]

    /// “以上都对”, “以上均不对”.
    var speaksOfOthers: Bool { text.contains("以上") && ["都", "均", "皆", "全"].contains { text.contains($0) } }

    /// Places of options as one text: `0;2`.
    static func kept(_ places: [Int]) -> String { places.sorted().map(String.init).joined(separator: ";") }
    /// - Returns: none where it is no such text.
    static func places(_ kept: String) -> [Int] { kept.split(separator: ";").compactMap { Int($0) } }
}
