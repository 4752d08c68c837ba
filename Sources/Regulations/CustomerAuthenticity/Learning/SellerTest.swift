import Kernel
import WorkCalendar

/// 专项测试: when which paper is sat, by the sellers of which channels (第九条, 第十条). The regular ones fall due by themselves.
package struct SellerTest: Document {
    package enum State: String, CaseIterable, Sendable { case planned, scheduled, closed, cancelled }

    package var testTitle = ""
    package var firstDay: Day?
    package var lastDay: Day?
    package var paper = ID<TestPaper>.none
    package var opensAt: Moment?
    package var closesAt: Moment?
    package var channels = ""
    package var minutes = 0
    package var questions = 0
    package var total = 0
    package var mark = 0
    package var validMonths = 0
    package var reason = ""
    package init() {}

    package static let name = "seller-test"
    package var title: String { testTitle }

    package static let form = Form<SellerTest>(
        "专项测试", "Test", number: "测试",
        states: [
            .planned: .open("待安排", "To be scheduled"), .scheduled: .open("已安排", "Scheduled"), .closed: .done("已结束", "Over"),
            .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.either(.trainer, .customerService, .compliance, .backOffice, .teamLeader, .seller)],
        [
            .text(\.testTitle, "测试名称", "Title").listed(), .day(\.firstDay, "应测期间自", "Due from").onceFilled(),
            .day(\.lastDay, "应测期间至", "Due until").onceFilled(), .reference(\.paper, "试卷方案", "Paper"),
            .moment(\.opensAt, "开放时间", "Opens").listed(), .moment(\.closesAt, "截止时间", "Closes").listed().ends(),
            .codes(\.channels, "参加渠道", "Channels", Channel.choices).optional().hint("不选为全部渠道", "none chosen, all"),
            .whole(\.minutes, "答题时间（分钟）", "Minutes", in: 0...240).onceFilled(),
            .whole(\.questions, "题数", "Questions", in: 0...200).onceFilled(),
            .whole(\.total, "满分", "Points in all", in: 0...20_000).onceFilled(),
            .whole(\.mark, "及格线（%）", "Pass mark, %", in: 0...100).onceFilled(),
            .whole(\.validMonths, "资格有效月数", "Valid for months", in: 0...36).onceFilled(),
            .text(\.reason, "取消理由", "Why cancelled").onceFilled(),
        ])

    /// Regular tests are scheduled within their period.
    static let arranging: Deadline = Deadline(
        "arranging", "安排专项测试", "Schedule the test", under: authenticity[9], escalatesTo: .post(.compliance))
    static let closing: Deadline = Deadline("closing", "测试截止", "End of the test", under: authenticity[9], takes: close, reminders: [])
    package static let deadlines = [arranging, closing]

    private static var asked: [PartialKeyPath<SellerTest>] {
        [
            \SellerTest.testTitle, \SellerTest.paper, \SellerTest.opensAt, \SellerTest.closesAt, \SellerTest.channels,
        ]
    }

    package static let arrange = Step<SellerTest>(
        "arrange", "安排测试", "Schedule", to: .scheduled, by: .post(.trainer), under: authenticity[9], authenticity[10], fields: asked
    ) { test, act in try test.settle(act) }
    package static let lay = Step<SellerTest>(
        "lay", "应安排定期测试", "A test falls due", to: .planned, by: .system, under: authenticity[9], fields: []
    ) { test, act in
        if let last = test.lastDay { act.start(arranging, due: .endOfDay(last)) }
    }
    package static let schedule = Step<SellerTest>(
        "schedule", "安排测试", "Schedule", from: .planned, to: .scheduled, by: .post(.trainer), under: authenticity[9], authenticity[10],
        fields: asked
    ) { test, act in
        try test.settle(act)
        act.meet(arranging)
    }
    package static let close = Step<SellerTest>(
        "close", "测试截止", "Close", from: .scheduled, to: .closed, by: .system, under: authenticity[9], isOptional: true)
    package static let cancel = Step<SellerTest>(
        "cancel", "取消测试", "Cancel", from: .planned, .scheduled, to: .cancelled, by: .post(.trainer), under: authenticity[9],
        fields: [\.reason], isOptional: true
    ) { _, act in
        act.meet(arranging)
        act.meet(closing)
    }
    package static let steps = [arrange, lay, schedule, close, cancel]

    /// 第九条, 定期专项测试: laid before the trainer when its period begins.
    package static let round = Duty(
        "seller-test", "定期专项测试", "Regular test of sellers", under: authenticity[9], .months(.testIntervalMonths), .opening
    ) { act in
        var test = SellerTest()
        (test.firstDay, test.lastDay) = (act.period.lowerBound, act.period.upperBound)
        try act.create(test, by: SellerTest.lay)
    }

    // MARK: Rules

    /// What is announced with the test stays as it is for all who sit it.
    private mutating func settle(_ act: Act) throws {
        guard let opensAt, let closesAt, let paper = try act.load(self.paper) else { throw DeskError.absent }
        try act.require(paper.state == .inUse, "该试卷方案尚未审核，或已停用，请另选", "This paper is not approved, or out of use; choose another")
        try act.require(opensAt < closesAt && act.now < closesAt, "截止时间须晚于开放时间和现在", "It closes after it opens, and after now")
        let short = paper.value.shortage
        try act.require(
            short == nil, "题库不足：\(short?.stratum.words.zh ?? "")，请先补充试题", "The bank has too few questions: \(short?.stratum.words.en ?? "")"
        )
        (minutes, questions, total) = (paper.value.minutes, paper.value.questions, paper.value.total)
        (mark, validMonths) = (try act.parameter(.passMark), paper.value.validMonths)
        act.start(SellerTest.closing, due: closesAt)
        act.notify(.post(.seller), "已安排专项测试：\(testTitle)，请在截止前参加", "A test is scheduled: “\(testTitle)”; sit it before it closes")
    }

    func isOpen(at now: Moment) -> Bool {
        guard let opensAt, let closesAt else { return false }
        return opensAt <= now && now < closesAt
    }

    /// Whether it is for the sellers of a channel.
    package func isFor(_ channel: Channel) -> Bool { channels.isEmpty || FieldKind.codes(in: channels).contains(channel.rawValue) }
}
