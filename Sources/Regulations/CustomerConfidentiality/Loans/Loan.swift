import Kernel
import WorkCalendar

/// 外借: a customer's file leaves the archive, and comes back within three days (第19条, 第20条).
package struct Loan: Document {
    package enum State: String, CaseIterable, Sendable { case requested, lent, refused, returned }
    package static let name = "loan"
    var file = ID<CustomerFile>.none
    var copies = 1
    var reason = ""
    var due: Moment?
    var borrower = PersonID.none
    var answer = "", condition = ""
    var outcome = Outcome.open
    var lost = 0
    package init() {}

    package static let form = Form<Loan>(
        "外借登记", "Loan", number: "外借",
        states: [
            .requested: .open("待审批", "Requested"), .lent: .open("借出", "On loan"), .refused: .no("不予外借", "Refused"),
            .returned: .done("已归还", "Returned"),
        ],
        readers: [.post(informationSpecialist), .head],
        [
            .reference(\.file, "资料名称", "File").listed(),
            .whole(\.copies, "份数", "Copies", in: 1...99).listed(),
            .prose(\.reason, "借阅理由", "Reason"),
            .moment(\.due, "应还时间", "Due back").listed().hint("逢休息日顺延至下一工作日", "a day off is put off to the next working day"),
            .person(\.borrower, "借阅人", "Borrower").listed(),
            .text(\.answer, "不予外借的理由", "Why it is not lent"),
            .choice(\.outcome, "归还情况", "How it came back"),
            .whole(\.lost, "遗失份数", "Copies lost", in: 0...99).optional().hint("全部遗失可不填", "empty: all of them"),
            .text(\.condition, "归还时状况", "Condition on return").optional(),
        ])

    static let back = Deadline("back", "归还", "Return", under: confidentiality[19], escalatesTo: .head)
    package static let deadlines = [back]

    /// 第19条: nobody keeps a file as the own.
    static let kept = Finding(
        "loan-kept", "资料逾期未还", "A file is kept beyond the time agreed", under: confidentiality[19], in: Loan.State.lent,
        by: .post(informationSpecialist)
    ) { (loan: Loan, now) in loan.due.map { $0 < now } ?? true }

    package static let request = Step<Loan>(
        "request", "申请外借", "Request a loan", to: .requested, by: .staff, under: confidentiality[19],
        fields: [\.file, \.copies, \.reason, \.due]
    ) { loan, act in
        let days = try act.parameter(.loanDays), most = try act.parameter(.overdueThreshold)
        let isShort = loan.due.map { $0 > act.now && $0 <= act.now.adding(days: days) } ?? false
        try act.require(
            isShort, "借阅时间不得超过\(days)天，应还时间须晚于现在", "A loan lasts at most \(days) days, and the time to bring it back is to come")
        (loan.borrower, loan.due) = (act.person, loan.due.map(act.calendar.endOfTerm))
        let late = try act.find(\Loan.borrower, is: act.person, limit: 1000).filter { isLate($0, act) }
        try act.require(
            !late.contains { $0.state == .lent }, "您有逾期未还的资料，归还后方可再借",
            "You hold a file that is overdue; bring it back before you borrow again")
        try act.require(
            late.count < most, "您本年已逾期\(late.count)次，今年不得再借", "You were late \(late.count) times this year and borrow no more in it")
    }
    package static let lend = Step<Loan>(
        "lend", "批准外借", "Lend", from: .requested, to: .lent, by: .post(informationSpecialist), notBy: request, under: confidentiality[19],
        isIrrevocable: true, signs: true
    ) { loan, act in
        let file = try act.load(loan.file)
        let owned = file.flatMap { $0.state == nil ? nil : $0.value.copies } ?? 0
        let out = try act.find(\Loan.file, is: loan.file, in: .lent, limit: 1000).reduce(0) { $0 + $1.value.copies }
        try act.require(
            out + loan.copies <= owned, "该资料在档 \(owned) 份，已借出 \(out) 份，归还后方可再借",
            "Of \(owned) copies \(out) are on loan; it can be lent again when they are back")
        try act.require(
            loan.due.map { act.now < $0 } ?? false, "约定的归还时间已过，请申请人重新申请",
            "The time agreed to bring it back has passed; the borrower asks for a new loan")
        if let due = loan.due { act.start(back, due: due) }
    }
    package static let refuse = Step<Loan>(
        "refuse", "不予外借", "Refuse", from: .requested, to: .refused, by: .post(informationSpecialist), under: confidentiality[19],
        fields: [\.answer])
    package static let giveBack = Step<Loan>(
        "return", "归还注销", "Return", from: .lent, to: .returned, by: .post(informationSpecialist), under: confidentiality[20],
        fields: [\.outcome, \.lost, \.condition]
    ) { loan, act in try loan.settleReturn(act) }
    package static let steps = [request, lend, refuse, giveBack]
}
