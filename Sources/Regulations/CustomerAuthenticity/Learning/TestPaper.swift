import Kernel

/// 试卷方案: how many questions of which topic and difficulty a paper has, and what each is worth (第九条): every paper has the same total,
/// whatever is drawn.
package struct TestPaper: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, inUse, withdrawn }

    package var paperTitle = ""
    package var strata: [Stratum] = []
    package var minutes = 0
    package var validMonths = 0
    package var pool: [PoolEntry] = []
    package var reason = ""
    package init() {}

    package static let name = "test-paper"
    package var title: String { paperTitle }

    package static let form = Form<TestPaper>(
        "试卷方案", "Test paper", number: "试卷",
        states: [.drafted: .open("待审核", "To be approved"), .inUse: .done("使用中", "In use"), .withdrawn: .no("停用", "Withdrawn")],
        readers: [.either(.trainer, .customerService, .compliance)],
        [
            .text(\.paperTitle, "名称", "Title").listed(),
            .lines(\.strata, "抽题方案", "Strata").hint("每个考点和难度一行", "a row for each topic and difficulty"),
            .whole(\.minutes, "答题时间（分钟）", "Minutes", in: 5...240).listed(),
            .whole(\.validMonths, "资格有效月数", "Valid for months", in: 1...36).listed(),
            .lines(\.pool, "可抽试题", "Questions to draw from").unindexed().onceFilled(),
            .text(\.reason, "停用理由", "Why withdrawn").onceFilled(),
        ])

    private static var asked: [PartialKeyPath<TestPaper>] {
        [
            \TestPaper.paperTitle, \TestPaper.strata, \TestPaper.minutes, \TestPaper.validMonths,
        ]
    }

    package static let draft = Step<TestPaper>(
        "draft", "编制方案", "Draft", to: .drafted, by: .post(.trainer), under: authenticity[9], authenticity[10], fields: asked
    ).checking { paper, check in try paper.checkSound(check) }
    package static let revise = Step<TestPaper>(
        "revise", "修改", "Revise", from: .drafted, to: nil, by: .post(.trainer), under: authenticity[9], authenticity[10], fields: asked,
        isOptional: true
    ).checking { paper, check in try paper.checkSound(check) }
    package static let approve = Step<TestPaper>(
        "approve", "审核方案", "Approve", from: .drafted, to: .inUse, by: .post(.customerService), notBy: draft, revise, under: authenticity[9],
        fields: []
    ) { paper, act in
        paper.pool = try paper.bank(act)
        if let short = paper.shortage {
            try act.require(
                false, "题库不足：\(short.stratum.words.zh)须 \(short.stratum.count) 题，现有 \(short.found) 题，请先补充试题",
                "The bank has \(short.found) of the \(short.stratum.count) questions that “\(short.stratum.words.en)” asks for; add some first"
            )
        }
    }
    package static let retire = Step<TestPaper>(
        "retire", "停用", "Take out of use", from: .inUse, to: .withdrawn, by: .post(.trainer), under: authenticity[9], fields: [\.reason],
        isOptional: true)
    /// The bank has changed.
    package static let renew = Step<TestPaper>(
        "renew", "题库变化", "Follow the bank", from: .inUse, to: nil, by: .system, under: authenticity[9], isOptional: true
    ) { paper, act in
        if let short = paper.shortage {
            act.notify(
                .post(.trainer), "试卷方案“\(paper.paperTitle)”题库不足：\(short.stratum.words.zh)，请补充试题",
                "The bank has too few questions for the paper “\(paper.paperTitle)”: \(short.stratum.words.en)")
        }
    }
    package static let steps = [draft, revise, approve, retire, renew]

    package var total: Int { strata.reduce(0) { $0 + $1.count * $1.points } }
    package var questions: Int { strata.reduce(0) { $0 + $1.count } }

    private static let mostQuestions = 200

    private func checkSound(_ check: Checking<TestPaper>) throws {
        check.require(!strata.isEmpty, "请至少填写一行抽题方案", "Enter one row at least", at: \.strata)
        check.require(
            Set(strata.map { "\($0.topic.rawValue) \($0.difficulty.rawValue)" }).count == strata.count, "同一考点和难度只能有一行，请合并",
            "One topic and difficulty has one row; put them together", at: \.strata)
        check.require(
            questions <= Self.mostQuestions, "一份试卷最多 \(Self.mostQuestions) 题", "A paper has \(Self.mostQuestions) questions at most",
            at: \.strata)
        let longest = try check.act.parameter(.longestQualificationMonths)
        check.require(
            validMonths <= longest, "资格最长 \(longest) 个月，请改短", "A qualification lasts \(longest) months at most", at: \.validMonths,
            under: authenticity[10])
    }

    private static let mostOfTopic = 2_000

    private func bank(_ act: Act) throws -> [PoolEntry] {
        var pool: [PoolEntry] = []
        for topic in Set(strata.map(\.topic)).sorted(by: { $0.rawValue < $1.rawValue }) {
            for found in try act.find(\TestQuestion.topic, is: topic, in: .inUse, limit: Self.mostOfTopic) {
                guard let stratum = strata.firstIndex(where: { $0.holds(found.value) }) else { continue }
                pool.append(PoolEntry(stratum, found.id, first: found.value.first.isNone ? found.id : found.value.first))
            }
        }
        return pool
    }

    /// The first stratum that the bank cannot fill.
    var shortage: (stratum: Stratum, found: Int)? {
        for (index, stratum) in strata.enumerated() {
            let found = pool.count { $0.stratum == index }
            if found < stratum.count { return (stratum, found) }
        }
        return nil
    }
}

/// One row of a paper: so many questions of a topic and difficulty, each worth so many points.
package struct Stratum: Line {
    package var topic = QuestionTopic.unknown
    package var difficulty = Difficulty.unknown
    package var count = 0
    package var points = 0
    package init() {}

    package init(_ topic: QuestionTopic, _ difficulty: Difficulty, _ count: Int, points: Int) {
        (self.topic, self.difficulty, self.count, self.points) = (topic, difficulty, count, points)
    }

    package static let fields: [Field<Stratum>] = [
        .choice(\.topic, "考点", "Topic"), .choice(\.difficulty, "难度", "Difficulty"), .whole(\.count, "题数", "Questions", in: 1...100),
        .whole(\.points, "每题分值", "Points each", in: 1...100),
    ]

    func holds(_ question: TestQuestion) -> Bool { question.topic == topic && question.difficulty == difficulty }

    var words: Words {
        Words("\(topic.words.zh)（\(difficulty.words.zh)）", "\(topic.words.en) (\(difficulty.words.en.lowercased()))")
    }
}

/// A question that may be drawn, for which row, and of which question it is an edition.
package struct PoolEntry: Line {
    package var stratum = 0
    package var question = ID<TestQuestion>.none
    package var first = ID<TestQuestion>.none
    package init() {}

    package init(_ stratum: Int, _ question: ID<TestQuestion>, first: ID<TestQuestion>) {
        (self.stratum, self.question, self.first) = (stratum, question, first)
    }

    package static let fields: [Field<PoolEntry>] = [
        .whole(\.stratum, "方案行", "Row", in: 0...200), .reference(\.question, "试题", "Question"), .reference(\.first, "初版", "First edition"),
    ]
}
