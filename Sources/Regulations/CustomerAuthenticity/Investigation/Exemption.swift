import Identifiers
import Kernel
import WorkCalendar

/// 豁免: a number that many customers rightly share - a hot line, the insurer's own - and that is no clue (第七条).
package struct Exemption: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, refused, ended }

    package var phone = ""
    package var account = ""
    package var address = ""
    package var owner = ""
    package var reason = ""
    package var until: Day?
    package var answer = ""
    package init() {}

    package static let name = "exemption"
    package var title: String { owner }

    package static let form = Form<Exemption>(
        "线索豁免", "Exemption", number: "豁免",
        states: [
            .requested: .open("已申请", "Requested"), .approved: .done("已批准", "Approved"), .refused: .no("未批准", "Refused"),
            .ended: .no("已终止", "Ended"),
        ],
        readers: [.either(.customerService, .compliance, .underwriter)],
        [
            .sealed(\.phone, "电话", "Telephone", .phone).optional().listed(),
            .sealed(\.account, "银行账号", "Bank account", .account).optional().listed(),
            .sealed(\.address, "地址", "Address", .address).optional(),
            .text(\.owner, "号码所属", "Whose it is").listed(),
            .text(\.reason, "豁免理由", "Reason"),
            .day(\.until, "豁免至", "Exempt until").optional().listed(),
            .text(\.answer, "不予豁免或终止的理由", "Why it is refused or ended"),
        ])

    static let validity: Deadline = Deadline("validity", "豁免至", "Exemption", under: authenticity[7], takes: lapse)
    package static let deadlines = [validity]

    package static let request = Step<Exemption>(
        "request", "申请豁免", "Request", to: .requested, by: .either(.customerService, .backOffice), under: authenticity[7],
        fields: [
            \Exemption.phone, \Exemption.account, \Exemption.address, \Exemption.owner, \Exemption.reason, \Exemption.until,
        ]
    ).checking { exemption, check in
        check.require(
            exemption.covers(check.act.today), "豁免截止日期已过，请填写今天或以后的日期",
            "The exemption has ended already; enter today or a later day", at: \.until)
        check.require(
            !(exemption.phone + exemption.account + exemption.address).isEmpty, "请填写要豁免的电话、账号或地址",
            "Enter the telephone, account or address to be exempt", at: \.phone, \.account, \.address)
        exemption.checkValues(check)
    }
    package static let approve = Step<Exemption>(
        "approve", "批准豁免", "Approve", from: .requested, to: .approved, by: .post(.compliance), notBy: request, under: authenticity[7],
        signs: true
    ) { exemption, act in
        try act.require(exemption.covers(act.today), "豁免截止日期已过，不必批准", "The exemption has ended already")
        if let until = exemption.until { act.start(validity, due: .endOfDay(until)) }
    }
    package static let refuse = Step<Exemption>(
        "refuse", "不予豁免", "Refuse", from: .requested, to: .refused, by: .post(.compliance), under: authenticity[7],
        fields: [\Exemption.answer], isOptional: true)
    package static let end = Step<Exemption>(
        "end", "终止豁免", "End", from: .approved, to: .ended, by: .either(.compliance, .customerService), under: authenticity[7],
        fields: [\Exemption.answer], isOptional: true
    ) { exemption, act in
        act.meet(validity)
        try exemption.look(ValueSearch(act: act))
    }
    package static let lapse = Step<Exemption>(
        "lapse", "豁免到期", "Lapse", from: .approved, to: .ended, by: .system, under: authenticity[7], isOptional: true
    ) {
        exemption, act in try exemption.look(ValueSearch(act: act))
    }
    package static let steps = [request, approve, refuse, end, lapse]

    /// What could never be met in a customer's data. A hot line is no person's telephone, and may be exempt all the same.
    private func checkValues(_ check: Checking<Exemption>) {
        let figures = phone.filter(\.isNumber).count
        check.require(
            phone.isEmpty || (5...15).contains(figures) && !phone.contains(where: \.isLetter), "电话号码无法识别，请核对",
            "The telephone cannot be read; check it", at: \.phone, under: authenticity[7])
        for fault in account.isEmpty ? [] : BankAccount.check(account).blocks {
            check.require(false, fault.words.zh, fault.words.en, at: \.account, under: fault.article)
        }
        for fault in address.isEmpty ? [] : Address.check(address).blocks {
            check.require(false, fault.words.zh, fault.words.en, at: \.address, under: fault.article)
        }
    }

    /// What was shared while it was exempt is a clue from now on.
    func look(_ search: ValueSearch) throws {
        try search.look(.phone, phone)
        try search.look(.account, account)
        try search.look(.address, address)
    }

    /// Whether a value is exempt today.
    static func covers(_ kind: SealedKind, _ value: String, _ act: Act) throws -> Bool {
        try act.find(Exemption.self, kind, is: value, limit: 5).contains { $0.state == .approved && $0.value.covers(act.today) }
    }

    func covers(_ day: Day) -> Bool { until.map { day <= $0 } ?? true }
}
