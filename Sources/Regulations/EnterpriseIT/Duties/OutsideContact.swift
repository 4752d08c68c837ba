import Kernel
import WorkCalendar

/// 对外联系: offices and associations, with whom, and what was spoken of (第二章6).
package struct OutsideContact: Document {
    package enum State: String, CaseIterable, Sendable { case kept, ended }
    package var organisation = "", person = "", telephone = "", matter = "", what = "", reason = ""
    package var owner = PersonID.none
    package var talks: [TalkLine] = []
    package init() {}

    package static let name = "outside-contact"
    package var title: String { organisation }
    private static let article = enterpriseIT["第二章6"]

    package static let form = Form<OutsideContact>(
        "对外联系", "Outside contact", number: "联系", states: [.kept: .done("保持联系", "Kept"), .ended: .no("终止", "Ended")],
        readers: [.post(centreDirector), .post(factoryLeader)],
        [
            .text(\.organisation, "单位", "Organisation").code().listed(), .name(\.person, "联系人", "Person"),
            .sealed(\.telephone, "电话", "Telephone", .phone).optional(), .text(\.matter, "事项", "Matter").code().listed(),
            .person(\.owner, "负责人", "Owner").listed(), .prose(\.what, "联系内容", "What was spoken of").onceFilled(),
            .lines(\.talks, "联系记录", "Talks").optional().onceFilled(),
            .text(\.reason, "终止理由", "Why it ended").onceFilled(),
        ])

    package static let register = Step<OutsideContact>(
        "register", "登记", "Register", to: .kept, by: .centre, under: article,
        fields: [\.organisation, \.person, \.telephone, \.matter, \.owner]
    ) { contact, act in act.hold(contact.owner) }
    package static let talk = Step<OutsideContact>(
        "talk", "记录联系", "Note a talk", from: .kept, to: nil, by: .any([.named(\OutsideContact.owner), .post(centreDirector)]),
        under: article,
        fields: [\.what], isOptional: true
    ) { contact, act in
        var line = TalkLine()
        (line.day, line.what) = (act.today, contact.what)
        contact.talks.append(line)
    }
    package static let end = Step<OutsideContact>(
        "end", "终止", "End", from: .kept, to: .ended, by: .post(centreDirector), under: article, fields: [\.reason], isOptional: true)
    package static let steps = [register, talk, end]
}

package struct TalkLine: Line {
    package var day: Day?
    package var what = ""
    package init() {}

    package static let fields: [Field<TalkLine>] = [.day(\.day, "日期", "Day"), .text(\.what, "内容", "What").longest(20_000)]
}

/// 政策申报: what support was applied for, by when, and what came of it (第二章6).
package struct SubsidyApplication: Document {
    package enum State: String, CaseIterable, Sendable { case prepared, submitted, granted, rejected, settled }
    package var policy = "", office = "", conditions = "", result = "", report = ""
    package var contact = ID<OutsideContact>.none
    package var asked: DecimalNumber?, given: DecimalNumber?
    package var closesOn: Day?
    package var files: [FileReference] = []
    package init() {}

    package static let name = "subsidy-application"
    package var title: String { policy }
    private static let article = enterpriseIT["第二章6"]
    private static let money = DecimalNumber.zero...DecimalNumber(1_000_000_000)

    package static let form = Form<SubsidyApplication>(
        "政策申报", "Subsidy application", number: "申报",
        states: [
            .prepared: .open("待报送", "To be submitted"), .submitted: .open("待结果", "Submitted"), .granted: .open("获批，待结项", "Granted"),
            .rejected: .no("未获批", "Rejected"), .settled: .done("已结项", "Settled"),
        ],
        readers: [.post(centreDirector), .post(factoryLeader), .post(.finance)],
        [
            .text(\.policy, "政策或项目", "Policy").code().listed(), .text(\.office, "主管部门", "Office").code().listed(),
            .reference(\.contact, "联系单位", "Contact").optional().onceFilled(), .prose(\.conditions, "申报条件", "Conditions"),
            .decimal(\.asked, "申请金额（元）", "Asked for, yuan", places: 2, in: money).listed(), .day(\.closesOn, "截止日期", "Closes on").listed(),
            .files(\.files, "申报材料", "Papers").optional().onceFilled(), .prose(\.result, "结果", "Result").onceFilled(),
            .decimal(\.given, "获批金额（元）", "Granted, yuan", places: 2, in: money).listed().onceFilled(),
            .prose(\.report, "使用情况", "How it was used").onceFilled(),
        ])

    static let closing = Deadline(
        "closing", "申报截止", "Closing day", under: article, escalatesTo: .post(factoryLeader), reminders: [.days(10), .days(3)])
    package static let deadlines = [closing]

    package static let prepare = Step<SubsidyApplication>(
        "prepare", "准备申报", "Prepare", to: .prepared, by: .centre, under: article,
        fields: [\.policy, \.office, \.contact, \.conditions, \.asked, \.closesOn]
    ) { application, act in
        try act.require(application.closesOn.map { $0 >= act.today } ?? false, "申报已截止", "It has closed")
        if let day = application.closesOn { act.start(closing, due: .endOfDay(day)) }
    }
    package static let submit = Step<SubsidyApplication>(
        "submit", "报送", "Submit", from: .prepared, to: .submitted, by: .requester, under: article, fields: [\.files], isIrrevocable: true
    ) { _, act in act.meet(closing) }
    package static let grant = Step<SubsidyApplication>(
        "grant", "登记获批", "Granted", from: .submitted, to: .granted, by: .requester, under: article, fields: [\.result, \.given])
    package static let reject = Step<SubsidyApplication>(
        "reject", "登记未获批", "Rejected", from: .submitted, to: .rejected, by: .requester, under: article, fields: [\.result], isOptional: true
    )
    package static let settle = Step<SubsidyApplication>(
        "settle", "结项", "Settle", from: .granted, to: .settled, by: .requester, under: article, fields: [\.report])
    package static let steps = [prepare, submit, grant, reject, settle]
}
