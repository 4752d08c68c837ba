import Kernel
import WorkCalendar

/// 软件介质: each with its number, licence, copies and keeper (第三章二).
package struct SoftwareMedium: Document {
    package enum State: String, CaseIterable, Sendable { case kept, destroyed }
    package var label = "", software = "", version = "", licence = "", reason = ""
    package var copies = 0
    package var keeper = PersonID.none
    package init() {}

    package static let name = "software-medium"
    package var title: String { "\(software) \(version)" }
    private static let article = enterpriseIT["第三章二"]

    package static let form = Form<SoftwareMedium>(
        "软件介质", "Software medium", number: "介质", states: [.kept: .done("保管中", "Kept"), .destroyed: .no("已销毁", "Destroyed")],
        readers: [.staff],
        [
            .text(\.label, "编号", "Label").unique(under: article).listed(), .text(\.software, "软件", "Software").code().listed(),
            .text(\.version, "版本", "Version").code().listed(), .text(\.licence, "许可", "Licence").code().optional().onceFilled(),
            .whole(\.copies, "份数", "Copies", in: 1...1000).listed(), .person(\.keeper, "保管人", "Keeper").listed(),
            .text(\.reason, "销毁理由", "Why it is destroyed").onceFilled(),
        ])

    package static let register = Step<SoftwareMedium>(
        "register", "登记介质", "Register", to: .kept, by: .post(.assetStaff), under: article,
        fields: [\.label, \.software, \.version, \.licence, \.copies, \.keeper])
    package static let destroy = Step<SoftwareMedium>(
        "destroy", "销毁", "Destroy", from: .kept, to: .destroyed, by: .post(centreDirector), under: article, fields: [\.reason],
        isOptional: true,
        signs: true
    ) { _, act in
        let out = try act.find(\MediumLoan.medium, is: ID(act.record.id), in: .lent, limit: 1)
        try act.require(out.isEmpty, "还有借出的份数，归还后方可销毁", "A copy is on loan; it comes back first")
    }
    package static let steps = [register, destroy]
}

/// 介质外借: out of the room only with approval, and back by its day (第三章二).
package struct MediumLoan: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, lent, returned, refused }
    package var medium = ID<SoftwareMedium>.none
    package var borrower = PersonID.none
    package var label = "", purpose = "", destination = "", condition = "", reason = ""
    package var copies = 0
    package var due: Day?
    package init() {}

    package static let name = "medium-loan"
    package var title: String { label }
    private static let article = enterpriseIT["第三章二"]

    package static let form = Form<MediumLoan>(
        "介质外借", "Loan of a medium", number: "介质借",
        states: [
            .requested: .open("待批准", "Requested"), .approved: .open("待发放", "To be handed out"), .lent: .open("借出", "On loan"),
            .returned: .done("已归还", "Returned"), .refused: .no("不批准", "Refused"),
        ],
        readers: [.post(.assetStaff), .post(centreDirector), .head],
        [
            .reference(\.medium, "介质", "Medium"), .text(\.label, "介质名称", "Which medium").code().optional().listed().onceFilled(),
            .whole(\.copies, "份数", "Copies", in: 1...100).listed(),
            .prose(\.purpose, "用途", "Purpose"), .text(\.destination, "带往何处", "Where to").code().listed(),
            .day(\.due, "应还日期", "Due back").listed(),
            .person(\.borrower, "借用人", "Borrower").optional().listed(), .text(\.condition, "归还检查（含查毒）", "Condition on return").onceFilled(),
            .text(\.reason, "不批准的理由", "Why not").onceFilled(),
        ])

    static let back = Deadline("back", "归还介质", "Bring it back", under: article, escalatesTo: .post(centreDirector))
    package static let deadlines = [back]

    static let kept = Finding(
        "medium-kept", "软件介质逾期未还", "A medium is kept beyond its day", under: article, in: State.lent, by: .named(\MediumLoan.borrower)
    ) { (loan: MediumLoan, now) in loan.due.map { $0 < now.day } ?? true }
    /// 离开前介质须归还.
    static let leaving = Guard("media-back", under: article, on: .leaving) { change in
        let open = try change.find(\MediumLoan.borrower, is: change.person, in: .lent, limit: 100)
        try change.require(
            open.isEmpty, "还有 \(open.count) 件软件介质没有归还（\(open.compactMap(\.record.number).joined(separator: "、"))），归还后方可办理离职",
            "\(open.count) media are not back; they come back before the person leaves")
    }

    package static let request = Step<MediumLoan>(
        "request", "申请外借", "Ask", to: .requested, by: .staff, under: article, fields: [\.medium, \.copies, \.purpose, \.destination, \.due]
    ) { loan, act in
        loan.borrower = act.person
        try act.require(loan.due.map { $0 > act.today } ?? false, "应还日期应晚于今天", "It is due back after today")
        loan.label = try act.load(loan.medium)?.value.title ?? ""
    }
    package static let approve = Step<MediumLoan>(
        "approve", "批准外借", "Approve", from: .requested, to: .approved, by: .post(centreDirector), notBy: request, under: article,
        signs: true
    ) { loan, act in
        try act.require(
            loan.due.map { $0 >= act.today } ?? false, "应还日期已过，请不予批准，由借用人重新申请",
            "The day on which it is due back has passed; refuse it, and it is asked for anew")
    }
    package static let refuse = Step<MediumLoan>(
        "refuse", "不批准", "Refuse", from: .requested, to: .refused, by: .post(centreDirector), under: article, fields: [\.reason],
        isOptional: true)
    package static let lend = Step<MediumLoan>(
        "lend", "发放", "Hand out", from: .approved, to: .lent, by: .post(.assetStaff), under: article, isIrrevocable: true
    ) { loan, act in
        let owned = try act.load(loan.medium).flatMap { $0.state == .kept ? $0.value.copies : nil } ?? 0
        let out = try act.find(\MediumLoan.medium, is: loan.medium, in: .lent, limit: 1000).reduce(0) { $0 + $1.value.copies }
        try act.require(
            out + loan.copies <= owned, "该介质共 \(owned) 份，已借出 \(out) 份", "Of \(owned) copies \(out) are on loan")
        if let due = loan.due { act.start(back, due: .endOfDay(due)) }
    }
    package static let giveBack = Step<MediumLoan>(
        "return", "归还", "Return", from: .lent, to: .returned, by: .post(.assetStaff), notBy: request, under: article, fields: [\.condition]
    ) { _, act in act.meet(back) }
    package static let steps = [request, approve, refuse, lend, giveBack]
}
