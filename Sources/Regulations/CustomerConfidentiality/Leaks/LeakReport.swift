import Kernel
import WorkCalendar

/// 泄露报告: a leak, or what may be one. Whoever sees it reports it on one page; supervisor and manager hear of it in the same moment, and
/// freeze accesses, revoke grants and recall copies in one step (第27条).
package struct LeakReport: Document {
    package enum State: String, CaseIterable, Sendable { case reported, handling, closed }
    package static let name = "leak-report"

    package var certainty = LeakCertainty.possible
    package var what = "", place = ""
    package var knownAt: Moment?
    package var evidence: [FileReference] = []
    package var files: [ID<CustomerFile>] = []
    /// Of these, what was contained.
    package var frozen: [ID<CustomerFile>] = []
    /// Of these, what this report does not keep frozen any more.
    package var released: [ID<CustomerFile>] = []
    package var grade = LeakGrade.unset
    package var people = 0
    package var containedAt: Moment?
    package var trace = ID<LeakTrace>.none
    package var authority = "", receipt = "", personsTold = ""
    package var cause = "", measures = ""
    package init() {}

    package static let form = Form<LeakReport>(
        "泄露报告", "Leak report", number: "泄密",
        states: [
            .reported: .open("已报告待响应", "Reported"), .handling: .open("处置中", "Being dealt with"), .closed: .done("已结案", "Closed"),
        ],
        readers: [.officers], asked + dealt)

    private static let asked: [Field<LeakReport>] = [
        .choice(\.certainty, "情形", "Certain").listed(), .prose(\.what, "发现的情况", "What was found"),
        .text(\.place, "地点、渠道", "Where, or through what").optional().listed(),
        .moment(\.knownAt, "发现时间", "Known since").optional().hint("不填为现在", "empty: now"), .files(\.evidence, "证据", "Evidence").optional(),
        .references(\.files, "涉及的档案", "Records").optional().hint("知道的请选择，不知道可不选", "where you know them"),
    ]
    private static let dealt: [Field<LeakReport>] = [
        .choice(\.grade, "事件等级", "Grade").onceFilled(),
        .whole(\.people, "涉及的个人数", "Persons concerned", in: 0...100_000_000).optional().onceFilled(),
        .references(\.frozen, "已控制的档案", "Contained records").optional().onceFilled(),
        .references(\.released, "已解除冻结的档案", "No longer frozen for this report").optional().onceFilled(),
        .moment(\.containedAt, "已控制", "Contained").optional().onceFilled(),
        .reference(\.trace, "查阅追溯", "Who saw it").optional().onceFilled(),
        .text(\.authority, "报告的主管部门", "Authority told").onceFilled(), .text(\.receipt, "回执号", "Receipt").optional().onceFilled(),
        .text(\.personsTold, "告知个人的情况", "How the persons were told").optional().onceFilled(),
        .prose(\.cause, "原因", "Cause").onceFilled(), .prose(\.measures, "补救和防范措施", "Measures").onceFilled(),
    ]

    /// 接报后立即处理.
    static let response = Deadline(
        "response", "接报处理", "Response", under: confidentiality[27], escalatesTo: .post(.generalManager), reminders: [.share(50)])
    /// 《国家网络安全事件报告管理办法》: an ordinary operator reports what is rather large, and up, within four hours of knowing it.
    static let toAuthority = Deadline(
        "toAuthority", "向主管部门报告", "Report to the authority", under: confidentiality[27], escalatesTo: .post(.generalManager),
        reminders: [.share(50), .share(80)])
    package static let deadlines = [response, toAuthority]

    package static let report = Step<LeakReport>(
        "report", "报告泄露", "Report a leak", to: .reported, by: .staff, under: confidentiality[27],
        fields: [\.certainty, \.what, \.place, \.knownAt, \.evidence, \.files],
        isIrrevocable: true
    ) { report, act in try report.begin(act) }
    /// From another document: a seal that came broken.
    package static let enter = Step<LeakReport>(
        "enter", "系统转入", "Enter", to: .reported, by: .system, under: confidentiality[27], isIrrevocable: true
    ) { report, act in try report.begin(act) }

    package static let acknowledge = Step<LeakReport>(
        "acknowledge", "接报", "Acknowledge", from: .reported, to: .handling, by: .officers, under: confidentiality[27]
    ) { _, act in act.meet(response) }

    package static let nameRecords = Step<LeakReport>(
        "nameRecords", "确定涉及的档案", "Name the records", from: .reported, .handling, to: nil, by: .officers, under: confidentiality[27],
        fields: [\.files], isOptional: true
    ) { report, act in
        // Others are contained as well; what is frozen already stays among them, so that the freeze can be lifted.
        try act.require(
            report.frozen.allSatisfy(report.files.contains), "已控制的档案不能从涉及的档案中去掉", "A record that is contained stays among them")
        if Set(report.files) != Set(report.frozen) { report.containedAt = nil }
    }

    /// One click: freeze, revoke, recall, and who saw it.
    package static let contain = Step<LeakReport>(
        "contain", "立即控制：冻结、收回授权、收回副本", "Contain: freeze, revoke, recall", from: .reported, .handling, to: .handling, by: .officers,
        under: confidentiality[27], isOptional: true
    ) { report, act in try report.contain(act) }

    package static let grading = Step<LeakReport>(
        "grading", "判定等级", "Grade it", from: .handling, to: nil, by: .officers, under: confidentiality[27], fields: [\.grade, \.people],
        isOptional: true
    ) { report, act in
        try act.require(report.grade != .unset, "请选择事件等级", "Choose the grade")
        guard report.grade.isReported, let known = report.knownAt else { return }
        let hours = try act.parameter(.authorityReportHours)
        act.restart(toAuthority, due: known.adding(hours: hours), since: known) { act.organisation.name(act.person) }
    }
    package static let tellAuthority = Step<LeakReport>(
        "tellAuthority", "登记已报主管部门", "Authority told", from: .handling, to: nil, by: .officers, under: confidentiality[27],
        fields: [\.authority, \.receipt, \.personsTold], isOptional: true
    ) { report, act in
        try act.require(!report.authority.isEmpty, "请填写报告的主管部门", "Enter which authority was told")
        act.meet(toAuthority)
    }

    package static let release = Step<LeakReport>(
        "release", "解除冻结", "Lift the freeze", from: .handling, .closed, to: nil, by: .post(.serviceManager), under: confidentiality[27],
        isOptional: true, signs: true
    ) { report, act in
        try act.require(Set(report.frozen) != Set(report.released), "没有由本报告冻结的档案", "This report keeps nothing frozen")
        try report.lift(act)
    }

    package static let close = Step<LeakReport>(
        "close", "结案", "Close", from: .handling, to: .closed, by: .post(.serviceManager), notBy: report, under: confidentiality[27],
        fields: [\.cause, \.measures], signs: true
    ) { report, act in
        try act.require(!report.cause.isEmpty && !report.measures.isEmpty, "结案须写明原因和措施", "It closes with its cause and measures")
        try act.require(report.grade != .unset, "请先判定事件等级", "Grade it first")
        try act.require(
            report.files.isEmpty || report.containedAt != nil, "涉及的档案尚未控制，请先办理“立即控制”", "The records are not contained yet: do that first")
        try act.require(
            !report.grade.isReported || !report.authority.isEmpty, "该等级事件须先向主管部门报告并登记",
            "An event of this grade is reported to the authority first")
        try report.lift(act)
    }
    package static let steps = [report, enter, acknowledge, contain, nameRecords, grading, tellAuthority, release, close]

    private mutating func begin(_ act: Act) throws {
        if knownAt == nil { knownAt = act.now }
        try act.require(knownAt.map { $0 <= act.now } ?? true, "发现时间不能晚于现在", "It cannot be known before it happens")
        act.start(Self.response, due: act.now.adding(hours: try act.parameter(.leakResponseHours)))
        act.notify(.officers, "收到泄露报告，请立即处理", "A leak is reported: act at once")
    }

    private mutating func contain(_ act: Act) throws {
        try act.require(!files.isEmpty, "请先确定涉及的档案", "Name the records first")
        try act.require(containedAt == nil, "已控制，不必重复", "It is contained already")
        containedAt = act.now
        act.meet(Self.response)
        var trace = LeakTrace()
        trace.report = ID(act.record.id)
        for file in files {
            let code = try act.load(file)?.value.referenceCode ?? ""
            trace.readings += try act.readings(of: file).map { SeenLine(record: code, person: $0.person, at: $0.at, what: $0.what.zh) }
            let ended = try GrantEnding.revoke(on: [file], because: Words("泄露处置", "A leak"), act)
            trace.ended += ended.filter { !trace.ended.contains($0) }
            trace.copies += try ControlledCopy.recallAll(of: file, because: Words("泄露处置", "A leak"), act)
        }
        let until = act.now.adding(days: try act.parameter(.freezeDays))
        try act.freeze(files, until: until, "泄露处置", "A leak is being dealt with")
        try act.freeze(AttachmentText.all(of: files, act), until: until, "泄露处置", "A leak is being dealt with")
        (frozen, released) = (files, [])
        self.trace = try act.create(trace, by: LeakTrace.gather)
    }
}

extension LeakReport {
    /// What this report froze is free again, but for what another one that is not closed keeps frozen, and for what is restricted at a
    /// person's request.
    fileprivate mutating func lift(_ act: Act) throws {
        var free: [ID<CustomerFile>] = [], kept: [String] = []
        for file in frozen where !released.contains(file) {
            let found = try act.load(file)
            let others = try act.find(\LeakReport.frozen, with: file, limit: 1000).filter {
                $0.state != .closed && !$0.value.released.contains(file)
            }
            if !others.isEmpty {
                kept.append(found?.value.referenceCode ?? "")
            } else if found?.state != .restricted {
                free.append(file)
            }
        }
        released = frozen
        try act.unfreeze(free)
        try act.unfreeze(AttachmentText.all(of: free, act))
        guard !kept.isEmpty else { return }
        act.notify(
            .officers, "\(kept.joined(separator: "、")) 另有泄露报告未结案，继续冻结",
            "\(kept.joined(separator: ", ")) stay frozen: another leak report is open")
    }
}

package enum LeakCertainty: String, Choosable {
    case possible, certain

    package var words: Words {
        switch self {
        case .possible: Words("可能泄露", "A possible leak")
        case .certain: Words("已泄露", "A leak")
        }
    }
}

/// 网络安全事件等级; what lies below is none of the authority's.
package enum LeakGrade: String, Choosable {
    case unset = "", internalOnly = "internal", general, ratherLarge = "rather-large", major, extraordinary

    package var words: Words {
        switch self {
        case .unset: Words("", "")
        case .internalOnly: Words("内部事件", "Internal")
        case .general: Words("一般", "General")
        case .ratherLarge: Words("较大", "Rather large")
        case .major: Words("重大", "Major")
        case .extraordinary: Words("特别重大", "Extraordinary")
        }
    }
    var isReported: Bool { self == .ratherLarge || self == .major || self == .extraordinary }
}
