import Kernel
import WorkCalendar

/// 外借: a customer's file leaves the archive, and comes back within three days (第19条, 第20条).
package struct Loan: Document {
    package enum State: String, CaseIterable, Sendable { case requested, lent, broughtBack, refused, returned }
    package static let name = "loan"
    package var file = ID<CustomerFile>.none
    package var copies = 1
    package var days = 3
    package var reason = ""
    package var due: Moment?
    package var borrower = PersonID.none
    /// Which of the file's copies, counted from 1.
    package var numbers = ""
    package var lentAt: Moment?, backAt: Moment?
    package var before = ID<Loan>.none
    package var chain = 0
    package var answer = "", condition = ""
    package var outcome = Outcome.open
    package var lost = 0
    package init() {}

    package static let form = Form<Loan>(
        "外借登记", "Loan", number: "外借",
        states: [
            .requested: .open("待审批", "Requested"), .lent: .open("借出", "On loan"), .broughtBack: .open("已交回待检查", "Back, to be checked"),
            .refused: .no("不予外借", "Refused"), .returned: .done("已归还", "Returned"),
        ],
        readers: [.post(.informationSpecialist), .post(.informationSupervisor), .head],
        [
            .reference(\.file, "资料名称", "File").listed()
                .hint("只列出您获准查阅的；没有的请先提交查阅申请，并选“同时申请借出”", "those that you may read; for others ask for access, and to borrow as well"),
            .whole(\.copies, "份数", "Copies", in: 1...99).listed(),
            .whole(\.days, "借阅天数", "Days", in: 1...99).hint(
                "最长三天；应还日期按工作日计算，批准前显示", "three at most; the day on which it is due is shown before it is lent"),
            .prose(\.reason, "借阅理由", "Reason"),
            .moment(\.due, "应还时间", "Due back").optional().ends().listed(),
            .person(\.borrower, "借阅人", "Borrower").optional().listed(),
            .text(\.numbers, "借出份号", "Copies lent").optional().code().onceFilled(),
            .moment(\.lentAt, "借出时间", "Lent at").optional().onceFilled(),
            .reference(\.before, "接续的外借", "Follows the loan").optional().onceFilled(),
            .whole(\.chain, "连续外借次数", "Loans in a row", in: 0...999).optional().onceFilled(),
            .text(\.answer, "不予外借的理由", "Why it is not lent").onceFilled(),
            .moment(\.backAt, "交回时间", "Brought back at").optional().onceFilled(),
            .choice(\.outcome, "归还情况", "How it came back").onceFilled(),
            .whole(\.lost, "遗失份数", "Copies lost", in: 0...99).optional().onceFilled().hint("全部遗失可不填", "empty: all of them"),
            .text(\.condition, "归还时状况", "Condition on return").optional().onceFilled()
                .hint("损坏或遗失的须写明", "needed where copies are damaged or lost"),
        ])

    static let back = Deadline("back", "归还", "Return", under: confidentiality[19], escalatesTo: .headOf(\Loan.borrower))
    package static let deadlines = [back]

    /// 第19条: nobody keeps a file as the own.
    static let kept = Finding(
        "loan-kept", "资料逾期未还", "A file is kept beyond the time agreed", under: confidentiality[19], in: Loan.State.lent,
        by: .post(.informationSpecialist)
    ) { (loan: Loan, now) in loan.due.map { $0 < now } ?? true }

    package static let request = Step<Loan>(
        "request", "申请外借", "Request a loan", to: .requested, by: .staff, under: confidentiality[19],
        fields: [\.file, \.copies, \.days, \.reason]
    ) { loan, act in try loan.prepare(act) }.checking { loan, check in try loan.checkDays(check) }
    package static let lend = Step<Loan>(
        "lend", "批准外借", "Lend", from: .requested, to: .lent, by: .post(.informationSpecialist), notBy: request, under: confidentiality[19],
        isIrrevocable: true, signs: true
    ) { loan, act in try loan.handOut(act) }
    package static let refuse = Step<Loan>(
        "refuse", "不予外借", "Refuse", from: .requested, to: .refused, by: .post(.informationSpecialist), under: confidentiality[19],
        fields: [\.answer]
    ) { loan, act in try act.require(!loan.answer.isEmpty, "请写明不予外借的理由", "Say why it is not lent") }
    /// What is back is not free before it was looked at.
    package static let bringBack = Step<Loan>(
        "bringBack", "交回", "Bring back", from: .lent, to: .broughtBack, by: .any([.named(\Loan.borrower), .post(.informationSpecialist)]),
        under: confidentiality[20], isOptional: true
    ) { loan, act in
        loan.backAt = act.now
        act.meet(back)
    }
    package static let giveBack = Step<Loan>(
        "return", "检查归还、注销", "Check and return", from: .lent, .broughtBack, to: .returned, by: .post(.informationSpecialist),
        under: confidentiality[20], fields: [\.outcome, \.lost, \.condition]
    ) { loan, act in try loan.settleReturn(act) }.checking { loan, check in loan.checkReturn(check) }
    package static let steps = [request, lend, refuse, bringBack, giveBack] + following
}
