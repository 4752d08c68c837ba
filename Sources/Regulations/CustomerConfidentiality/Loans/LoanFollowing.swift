import Kernel
import WorkCalendar

/// What follows for a loan from elsewhere: from the working days, and from the level of its file.
extension Loan {
    /// 节假日有变更的，应还时间随之变更.
    package static let moveDue = Step<Loan>(
        "moveDue", "应还时间随工作日变更", "Due day follows the working days", from: .lent, to: nil, by: .system, under: confidentiality[19],
        isOptional: true
    ) { loan, act in
        guard let due = loan.due else { return }
        act.restart(back, due: due)
        act.notify([loan.borrower], "工作日有变更，您借阅资料的应还时间改为 \(due.minuteText)", "The working days have changed: bring your file back by \(due.minuteText)")
    }
    /// 密级提升的，立即收回: the borrower hears of it, on a document that the borrower still sees.
    package static let callBack = Step<Loan>(
        "callBack", "催还", "Called back", from: .lent, to: nil, by: .system, under: confidentiality[22], isOptional: true
    ) { loan, act in
        let due = min(loan.due ?? .endOfDay(act.today), .endOfDay(act.today))
        loan.due = due
        act.restart(back, due: due)
        act.notify([loan.borrower], "您借出的资料密级已提升，请立即归还", "The file that you borrowed is classified higher now: bring it back at once")
    }
    /// 第22条: a loan that is over, or not begun, is as secret as its file. One that is out is so once it is struck: until then the borrower
    /// sees what is to be brought back.
    package static let followLevel = Step<Loan>(
        "followLevel", "随档案变更密级", "Level follows its file", from: .requested, .refused, .returned, to: nil, by: .system,
        under: confidentiality[22], isOptional: true
    ) { loan, act in
        // Kept before the moment of the return was: this step would move the moment of the last change.
        if loan.backAt == nil, act.record.state == State.returned.rawValue { loan.backAt = act.record.changed }
        try loan.takeLevel(act)
    }
    static let following = [moveDue, callBack, followLevel]

    /// 第22条: nobody learns from a loan of a file that he may not know of, nor from a gap among the numbers of the others.
    func takeLevel(_ act: Act) throws {
        guard let level = try act.load(file)?.record.level else { return }
        act.raise(to: max(level, .internal))
        if level >= .secret { act.number(level == .topSecret ? "绝借" : "密借") }
    }

    /// The loans whose copies are not in the archive: on loan, or back and not looked at yet.
    static func out(of file: ID<CustomerFile>, _ act: Act) throws -> [Found<Loan>] {
        try [State.lent, .broughtBack].flatMap { try act.find(\Loan.file, is: file, in: $0, limit: 1000) }
    }
}
