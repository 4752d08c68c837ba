import Kernel

extension Loan {
    /// 归还情况: what is lost is in the archive no more.
    package enum Outcome: String, Choosable {
        case open = "", intact, damaged, lost

        package var words: Words {
            switch self {
            case .open: Words("", "")
            case .intact: Words("完好", "Intact")
            case .damaged: Words("损坏", "Damaged")
            case .lost: Words("遗失", "Lost")
            }
        }
    }

    /// 第20条: the return strikes the loan; copies that do not come back leave the archive's count.
    mutating func settleReturn(_ act: Act) throws {
        try act.require(
            outcome == .intact || !condition.isEmpty, "损坏或遗失的，请写明情况", "Say what happened where copies are damaged or lost")
        try act.require(
            outcome == .lost || lost == 0, "填写了遗失份数的，归还情况请选“遗失”", "Where copies are lost, the outcome is “lost”")
        try act.require(lost <= copies, "遗失份数不能多于借出的 \(copies) 份", "No more copies can be lost than the \(copies) on loan")
        if outcome == .lost {
            if lost == 0 { lost = copies }
            let gone = lost
            if try act.load(file)?.state == .open { try act.take(CustomerFile.lose, on: file) { $0.copies = max($0.copies - gone, 0) } }
        }
        act.meet(Loan.back)
    }

    /// Kept too long: still so, or at the return, and this year.
    static func isLate(_ loan: Found<Loan>, _ act: Act) -> Bool {
        guard let due = loan.value.due, loan.state != .requested, loan.state != .refused else { return false }
        return loan.state == .lent ? due < act.now : due < loan.record.changed && due.day.year == act.today.year
    }
}
