import Kernel
import WorkCalendar

/// 重新核查: the second upheld complaint of a year opens it; it lists every policy that the seller sold, takes in what is sold meanwhile, and
/// is closed with the last of them (第十四条). It is never erased: where its ground falls away, it is stopped with a reason, or finished.
package struct ReVerification: Document {
    package enum State: String, CaseIterable, Sendable { case open, finished, stopped }
    package var codes = ""
    package var seller = ID<SellerIdentity>.none
    package var complaints: [ID<Complaint>] = []
    package var firstDay: Day?, lastDay: Day?, dueOn: Day?
    package var listed = 0
    package var complianceBy = PersonID.none, channelBy = PersonID.none
    package var complianceAt: Moment?, channelAt: Moment?
    package var hasLostGround = false
    package var events: [ReVerificationEvent] = []
    package var conclusion = "", reason = ""
    package init() {}

    package static let name = "re-verification"
    package var title: String { codes }

    package static let form = Form<ReVerification>(
        "重新核查", "Re-verification", number: "核查",
        states: [.open: .open("核查中", "Open"), .finished: .done("已核查完毕", "Finished"), .stopped: .no("已终止", "Stopped")],
        readers: [.either(.compliance, .channelManagement, .customerService, .generalManager)],
        [
            .text(\.codes, "业务员代码或机构", "Seller").code().optional().listed(), .reference(\.seller, "销售主体", "Seller's record"),
            .references(\.complaints, "查实的投诉", "Upheld complaints"), .day(\.firstDay, "第一次投诉日期", "First complaint"),
            .day(\.lastDay, "一年期间届满", "Last day of the year").hint(
                "自第一次投诉之日起，至对应日（含当日）", "from the first complaint to the corresponding day, inclusive"),
            .day(\.dueOn, "核查期限", "Due").listed(), .whole(\.listed, "保单数", "Policies", in: 0...1_000_000).listed(),
            .person(\.complianceBy, "合规知悉人", "Compliance acknowledged").optional().onceFilled(),
            .moment(\.complianceAt, "合规知悉时间", "At").optional().onceFilled(),
            .person(\.channelBy, "渠道管理知悉人", "Channel acknowledged").optional().onceFilled(),
            .moment(\.channelAt, "渠道管理知悉时间", "At").optional().onceFilled(),
            .flag(\.hasLostGround, "已不足规定次数", "The ground has fallen away").onceFilled(),
            .lines(\.events, "经过", "What happened").optional().unindexed(), .prose(\.conclusion, "核查结论", "Conclusion").onceFilled(),
            .prose(\.reason, "终止理由", "Why it was stopped").onceFilled(),
        ])

    static let acknowledging = Deadline(
        "acknowledging", "合规和渠道管理知悉", "Acknowledge", under: authenticity[14], escalatesTo: .post(.generalManager), ofWorkingDays: true)
    static let checking = Deadline(
        "checking", "核查完毕", "Finish", under: authenticity[14], escalatesTo: .either(.compliance, .generalManager))
    package static let deadlines = [acknowledging, checking]

    package static let begin = Step<ReVerification>("begin", "启动核查", "Open", to: .open, by: .system, under: authenticity[14]) {
        verification, act in
        let due = act.today.adding(days: try act.parameter(.reVerificationDays))
        verification.dueOn = due
        act.start(checking, due: .endOfDay(due))
        act.start(acknowledging, workingDays: try act.parameter(.acknowledgementWorkingDays))
        try verification.gather(isOpening: true, act)
        act.notify(
            .either(.compliance, .channelManagement), "一年内查实销售误导达到规定次数，已启动重新核查，请知悉",
            "The upheld complaints of a year have reached the number: a re-verification is open; acknowledge it")
    }
    package static let acknowledgeCompliance = Step<ReVerification>(
        "acknowledgeCompliance", "合规知悉", "Acknowledge: compliance", from: .open, to: nil, by: .post(.compliance),
        when: { $0.value.complianceBy.isNone }, under: authenticity[14]
    ) { verification, act in
        (verification.complianceBy, verification.complianceAt) = (act.principal.effective, act.now)
        if !verification.channelBy.isNone { act.meet(acknowledging) }
    }
    package static let acknowledgeChannel = Step<ReVerification>(
        "acknowledgeChannel", "渠道管理知悉", "Acknowledge: channel", from: .open, to: nil, by: .post(.channelManagement),
        when: { $0.value.channelBy.isNone }, under: authenticity[14]
    ) { verification, act in
        (verification.channelBy, verification.channelAt) = (act.principal.effective, act.now)
        if !verification.complianceBy.isNone { act.meet(acknowledging) }
    }
    package static let gatherSold = Step<ReVerification>(
        "gather", "补列新售保单", "Take in what was sold since", from: .open, to: nil, by: .either(.customerService, .compliance),
        under: authenticity[14], isOptional: true
    ) { verification, act in try verification.gather(act) }
    package static let gatherUnder = Step<ReVerification>(
        "gatherUnder", "补列另一代码下的保单", "Take in another number", from: .open, to: nil, by: .system, under: authenticity[14],
        isOptional: true)
    package static let addComplaint = Step<ReVerification>(
        "addComplaint", "又查实一件投诉", "Another upheld complaint", from: .open, to: nil, by: .system, under: authenticity[14], isOptional: true)
    package static let tellChange = Step<ReVerification>(
        "tellChange", "查实投诉变化", "The count has changed", from: .open, .finished, .stopped, to: nil, by: .system, under: authenticity[14],
        isOptional: true
    ) { verification, act in
        guard act.record.state == State.open.rawValue, verification.hasLostGround else { return }
        act.notify(
            .post(.compliance), "重新核查所依据的投诉已不足规定次数，请决定继续核查完毕，或写明理由终止",
            "What the re-verification rests on has fallen below the number; finish it, or stop it with a reason")
    }
    package static let finish = Step<ReVerification>(
        "finish", "核查完毕", "Finish", from: .open, to: .finished, by: .post(.compliance), under: authenticity[14], fields: [\.conclusion],
        signs: true
    ) { verification, act in
        try verification.requireAcknowledged(act)
        try verification.requireAllChecked(act)
        act.meet(checking)
        act.notify(.post(.channelManagement), "重新核查已完毕并存档", "The re-verification is finished and filed")
    }.task("重新核查", "Verify anew")
    package static let stop = Step<ReVerification>(
        "stop", "终止核查", "Stop", from: .open, to: .stopped, by: .post(.compliance), under: authenticity[14], fields: [\.reason],
        isOptional: true, signs: true
    ) { verification, act in
        try act.require(
            verification.hasLostGround, "查实的投诉仍达到规定次数，不能终止，请核查完毕",
            "The upheld complaints still reach the number; it is finished, not stopped")
        act.meet(checking)
        act.meet(acknowledging)
        for check in try PolicyCheck.all(of: ID(act.record.id), act) where check.state == .listed {
            try act.take(PolicyCheck.drop, on: check.id)
        }
    }
    package static let steps = [
        begin, acknowledgeCompliance, acknowledgeChannel, gatherSold, gatherUnder, addComplaint, tellChange, finish, stop,
    ]

    /// What is sold while it is open is taken in each morning.
    package static let daily = Duty(
        "re-verification", "重新核查补列新售保单", "Sales taken into re-verifications", under: authenticity[14], .eachDay, .opening,
        lastIsEnough: true
    ) { duty in
        for open in try duty.all(ReVerification.self, in: .open, createdBy: duty.today)
        where try !open.value.missing(of: open.id, duty).isEmpty {
            try duty.take(gatherSold, on: open.id)
        }
    }
}

/// What happened to a re-verification, and when.
package struct ReVerificationEvent: Line {
    package enum Kind: String, Choosable {
        case unknown = "", opened, added, upheld, fell

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .opened: Words("启动，列入全部保单", "Opened, with all policies")
            case .added: Words("补列启动后售出的保单", "Policies sold since were added")
            case .upheld: Words("又查实一件投诉", "Another complaint was upheld")
            case .fell: Words("查实的投诉减少", "An upheld complaint fell away")
            }
        }
    }
    package var day: Day?
    package var kind = Kind.unknown
    package var count = 0
    package init() {}

    init(_ kind: Kind, _ count: Int, on day: Day) { (self.kind, self.count, self.day) = (kind, count, day) }

    package static let fields: [Field<ReVerificationEvent>] = [
        .day(\.day, "日期", "Day"), .choice(\.kind, "事项", "What"), .whole(\.count, "数量", "How many", in: 0...1_000_000).optional(),
    ]
}
