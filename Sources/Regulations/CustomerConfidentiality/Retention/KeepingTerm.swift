import Kernel
import WorkCalendar

/// 保管期限的计算 (第25条): a term counts in whole years from the year after the file was closed, whatever the day.
package enum KeepingTerm {
    /// The first day on which the file stands on the due list.
    package static func due(closedOn: Day, years: Int) -> Day { Day(year: closedOn.year + 1 + years, month: 1, day: 1)! }
}

extension CustomerFile {
    /// How many years it is kept after its closing; `nil` for ever. Its own term, and never less than its class is kept.
    func keptYears(_ book: Inquiry) throws -> Int? {
        let least = try book.parameter(customerClass == .special ? .specialKeepYears : .ordinaryKeepYears)
        return switch retention {
        case .permanent: nil
        case .tenYears: max(least, try book.parameter(.shortTermYears))
        case .thirtyYears: max(least, try book.parameter(.longTermYears))
        case .unset: least
        }
    }

    /// When it falls due; `nil` while it is open, or where it is kept for ever. What was decided at an appraisal goes before the term.
    package func dueDay(_ book: Inquiry) throws -> Day? {
        guard let closedOn, let years = try keptYears(book) else { return nil }
        let due = KeepingTerm.due(closedOn: closedOn, years: years)
        return keptUntil.map { max(due, $0.adding(days: 1)) } ?? due
    }

    /// Until when a law has it kept; `nil` where none does, or its time is over. A term of the house binds no person who wants to be
    /// forgotten.
    package func bindingTerm(_ book: Inquiry) throws -> Day? {
        let years = try book.parameter(customerClass == .special ? .specialLegalYears : .ordinaryLegalYears)
        guard years > 0 else { return nil }
        let last = KeepingTerm.due(closedOn: closedOn ?? book.today, years: years).adding(days: -1)
        return last >= book.today ? last : nil
    }

    /// Where it lies, for lines of lists: never a name.
    var code: String { referenceCode }

    /// What was kept of the file elsewhere goes with it: the texts of its attachments, and the contacts that led to it.
    static func destroyWhole(_ id: ID<CustomerFile>, _ act: Act) throws -> [ClearedStore] {
        var texts = 0, contacts = 0
        for state in [AttachmentText.State.kept, .dropped] {
            for text in try act.find(\AttachmentText.file, is: id, in: state, limit: 10_000) {
                _ = try act.destroy(AttachmentText.destroy, on: text.id)
                texts += 1
            }
        }
        var led = try act.find(\FirstContact.file, is: id, in: .settled, limit: 1000)
        if let contact = try act.load(id)?.value.contact, !contact.isNone, let found = try act.load(contact), found.state == .settled,
            !led.contains(where: { $0.id == contact })
        {
            led.append(found)
        }
        for contact in led {
            _ = try act.destroy(FirstContact.destroy, on: contact.id)
            contacts += 1
        }
        return try act.destroy(destroy, on: id) + [
            ClearedStore("附件文本", "Texts of attachments", "已销毁 \(texts) 份", "\(texts) destroyed"),
            ClearedStore("首次接触登记", "First contacts", "已销毁 \(contacts) 份", "\(contacts) destroyed"),
        ]
    }

    // MARK: Steps by which other documents end a file

    /// 鉴定延期: decided by an appraisal that was approved.
    package static let keepLonger = Step<CustomerFile>(
        "keepLonger", "延长保管", "Keep longer", from: .closed, to: nil, by: .system, under: confidentiality[25], isOptional: true)
    /// 限制处理: a person wants to be forgotten, and a law wants the file kept: nobody reads it but its custodian.
    package static let restrict = Step<CustomerFile>(
        "restrict", "限制处理", "Restrict", from: .open, .closed, to: .restricted, by: .system, under: confidentiality[25], isOptional: true
    ) { file, act in if file.closedOn == nil { file.closedOn = act.today } }
    /// 应个人请求更正.
    package static let correct = Step<CustomerFile>(
        "correct", "应请求更正", "Correct on request", from: .open, .closed, to: nil, by: .system, under: confidentiality[25], isOptional: true)
    package static let destroy = Step<CustomerFile>(
        "destroy", "销毁", "Destroy", from: .open, .closed, .restricted, to: .destroyed, by: .system, under: confidentiality[25],
        isOptional: true
    ) { file, act in
        try act.require(
            try Loan.out(of: ID(act.record.id), act).isEmpty, "该档案有份数借出或交回后尚未检查，检查归还后方可销毁",
            "Copies of the file are on loan, or back and not looked at; check them in before it is destroyed")
        try Placing.clear(&file, act)
    }
    static let ends = [keepLonger, restrict, correct, destroy]
}
