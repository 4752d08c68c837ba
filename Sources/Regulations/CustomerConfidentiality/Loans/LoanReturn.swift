import Kernel
import WorkCalendar

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

    func checkDays(_ check: Checking<Loan>) throws {
        let longest = try check.act.parameter(.loanDays)
        check.require(
            days <= longest, "借阅时间不得超过\(longest)天；需要续借的，归还后另行申请",
            "A loan lasts at most \(longest) days; to keep it longer, bring it back and ask anew", at: \.days)
    }

    mutating func prepare(_ act: Act) throws {
        let most = try act.parameter(.overdueThreshold)
        try act.require(
            act.may(.lend, file, act.person), "此件须另有“外借”的授权：请先提交查阅申请并选择“同时申请借出”",
            "Reading does not imply borrowing: ask for access first, and to borrow as well", under: confidentiality[18])
        borrower = act.person
        try act.requireUndertaking(of: borrower)
        try takeLevel(act)
        due = try latest(act)
        let late = try act.find(\Loan.borrower, is: act.person, limit: 1000).filter { Self.isLate($0, act) }
        try act.require(
            !late.contains { $0.state == .lent }, "您有逾期未还的资料，归还后方可再借",
            "You hold a file that is overdue; bring it back before you borrow again")
        try act.require(
            late.count < most, "您本年已逾期\(late.count)次，今年不得再借", "You were late \(late.count) times this year and borrow no more in it")
        try follow(act)
    }

    /// Lent today, it is due at the end of this day.
    private func latest(_ act: Act) throws -> Moment {
        .endOfDay(try LoanTerm.inForce(act).last(lentOn: act.today, days: days, act.calendar))
    }

    /// Handing a file on to a colleague the same day is no new loan in the article's sense: it shows.
    private mutating func follow(_ act: Act) throws {
        let unit = act.organisation.home(of: borrower, on: act.today)
        let earlier = try act.find(\Loan.file, is: file, limit: 1000).first { loan in
            let isBackToday = loan.state == .returned && loan.value.broughtBack(loan.record).day == act.today
            let isSameDay = loan.state == .lent || loan.state == .broughtBack || isBackToday
            return isSameDay && (loan.value.borrower == borrower || act.organisation.home(of: loan.value.borrower, on: act.today) == unit)
        }
        guard let earlier else { return (before, chain) = (.none, 0) }
        (before, chain) = (earlier.id, max(earlier.value.chain, 1) + 1)
    }

    /// Copies are counted one by one; what was lost is none any more.
    mutating func handOut(_ act: Act) throws {
        let file = try act.load(file)
        let owned = file.flatMap { $0.state == nil ? nil : $0.value.copies } ?? 0
        let loans = try act.find(\Loan.file, is: self.file, limit: 10_000)
        let out = loans.filter { $0.state == .lent || $0.state == .broughtBack }, count = out.reduce(0) { $0 + $1.value.copies }
        let unchecked = out.filter { $0.state == .broughtBack }.reduce(0) { $0 + $1.value.copies }
        let waiting = unchecked == 0 ? Words("", "") : Words("（其中 \(unchecked) 份已交回待检查）", " (\(unchecked) of them back and not checked)")
        try act.require(
            count + copies <= owned, "该资料在档 \(owned) 份，已借出 \(count) 份\(waiting.zh)，归还后方可再借",
            "Of \(owned) copies \(count) are on loan\(waiting.en); it can be lent again when they are back")
        try act.require(
            act.may(.lend, self.file, borrower), "借阅人的外借授权已终止，请重新申请", "The borrower's grant has ended; ask for it anew",
            under: confidentiality[18])
        try act.requireUndertaking(of: borrower)
        let gone = loans.filter { $0.value.outcome == .lost }.flatMap { $0.value.counted.suffix($0.value.lost) }
        let taken = Set(out.flatMap(\.value.counted) + gone)
        let free = (1...(owned + gone.count + 1)).lazy.filter { !taken.contains($0) }.prefix(copies)
        numbers = free.map(String.init).joined(separator: "、")
        try takeLevel(act)
        (lentAt, due) = (act.now, try latest(act))
        if let due { act.start(Self.back, due: due) }
        act.notify([borrower], "资料已借出，应还时间：\(due?.minuteText ?? "")", "The file is lent; it is due \(due?.minuteText ?? "")")
    }

    private var counted: [Int] { numbers.split(separator: "、").compactMap { Int($0) } }

    func checkReturn(_ check: Checking<Loan>) {
        check.require(
            outcome == .intact || !condition.isEmpty, "损坏或遗失的，请写明情况", "Say what happened where copies are damaged or lost",
            at: \.condition, \.outcome)
        check.require(
            outcome == .lost || lost == 0, "填写了遗失份数的，归还情况请选“遗失”", "Where copies are lost, the outcome is “lost”", at: \.outcome,
            \.lost)
        check.require(
            lost <= copies, "遗失份数不能多于借出的 \(copies) 份", "No more copies can be lost than the \(copies) on loan", at: \.lost)
    }

    /// 第20条: the return strikes the loan; copies that do not come back leave the archive's count.
    mutating func settleReturn(_ act: Act) throws {
        if outcome == .lost {
            if lost == 0 { lost = copies }
            let gone = lost, state = try act.load(file)?.state
            if state == .open { try act.take(CustomerFile.lose, on: file) { $0.copies = max($0.copies - gone, 0) } }
        }
        // What was brought back waited for this check by no fault of the borrower's.
        if act.record.state == State.lent.rawValue { backAt = act.now } else if backAt == nil { backAt = act.record.changed }
        try takeLevel(act)
        act.meet(Loan.back)
    }

    /// When it was brought back; of one from before that was kept, when it was checked.
    private func broughtBack(_ record: Record) -> Moment { backAt ?? record.changed }

    /// Kept too long: still so, or when it was brought back, and its last day lay in this year.
    static func isLate(_ loan: Found<Loan>, _ act: Act) -> Bool {
        guard let due = loan.value.due, loan.state != .requested, loan.state != .refused else { return false }
        if loan.state == .lent { return due < act.now }
        // It is due at 24:00 of its last day, which is 00:00 of the next.
        return due < loan.value.broughtBack(loan.record) && due.adding(milliseconds: -1).day.year == act.today.year
    }
}
