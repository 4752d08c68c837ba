import Kernel
import WorkCalendar

/// 首次接触登记: whoever comes to know a new customer says so, and the clock runs until the file is open (第4条). It shows its maker nothing of
/// the archive: a customer who was on file already looks as one who is now.
package struct FirstContact: Document {
    package enum State: String, CaseIterable, Sendable { case reported, settled, dropped, destroyed }
    package static let name = "first-contact"
    package var subclass = CustomerKind.unknown
    /// Of an individual, personal and masked; what an organisation is called is neither.
    package var customer = "", organisation = ""
    package var region = "", matter = "", reason = ""
    package var day: Day?
    package var file = ID<CustomerFile>.none
    package init() {}
    package var title: String { organisation }

    package static let form = Form<FirstContact>(
        "首次接触登记", "First contact", number: "接触",
        states: [
            .reported: .open("待建档", "To be filed"), .settled: .done("已建档", "On file"), .dropped: .no("不予建档", "Not filed"),
            .destroyed: .done("已销毁", "Destroyed"),
        ],
        readers: [.archive], destructible: true,
        [
            .choice(\.subclass, "客户子类", "Kind of customer").listed(),
            .text(\.organisation, "客户名称", "Customer").optional().onceFilled().searched().listed()
                .hint("个人客户请填“客户姓名”", "for an individual, fill in the name below"),
            .name(\.customer, "客户姓名", "Name of the individual").optional().onceFilled().listed().hint("仅个人客户填写", "for an individual only"),
            .text(\.region, "地区", "Region").optional().code(), .day(\.day, "首次接触日期", "First contact on").listed(),
            .prose(\.matter, "接触事由", "Matter").optional(), .text(\.reason, "不予建档的理由", "Why it is not filed").onceFilled(),
            .reference(\.file, "客户档案", "File").subject().onceFilled()
                .hint("没有档案的，请由“登记：客户档案”建档", "without one: open it by “New: customer file”"),
        ])

    static let filing = Deadline(
        "filing", "及时建档", "Open the file in time", under: confidentiality[4], escalatesTo: .post(.informationSupervisor),
        ofWorkingDays: true)
    package static let deadlines = [filing]

    package static let report = Step<FirstContact>(
        "report", "登记新客户", "Report a new customer", to: .reported, by: .staff, under: confidentiality[4],
        fields: [\.subclass, \.organisation, \.customer, \.region, \.day, \.matter]
    ) { contact, act in
        let day = contact.day ?? act.today
        let days = try act.parameter(.openFileWorkingDays)
        // Reported late, it may be overdue at once; the time began with the contact.
        let since = day == act.today ? act.now : Moment(day, hour: 9) ?? act.now
        act.start(filing, workingDays: days, since: since)
        act.notify(.post(.informationSpecialist), "有新客户待建档", "A new customer waits for a file")
    }.checking { contact, check in contact.check(check) }.reporting()
    /// The specialist opens the file, which names this contact.
    package static let settle = Step<FirstContact>(
        "settle", "建档", "File opened", from: .reported, to: .settled, by: .system, under: confidentiality[4], isOptional: true
    ) { _, act in act.meet(filing) }
    package static let join = Step<FirstContact>(
        "join", "建档或归入已有档案", "Open a file, or join one", from: .reported, to: .settled, by: .post(.informationSpecialist),
        under: confidentiality[4], fields: [\.file]
    ) { _, act in act.meet(filing) }
    package static let drop = Step<FirstContact>(
        "drop", "不予建档", "Do not file", from: .reported, to: .dropped, by: .post(.informationSpecialist), under: confidentiality[4],
        fields: [\.reason], isOptional: true
    ) { _, act in act.meet(filing) }
    /// With the file to which it led (第25条).
    package static let destroy = Step<FirstContact>(
        "destroy", "销毁", "Destroy", from: .settled, to: .destroyed, by: .system, under: confidentiality[25], isOptional: true)
    package static let steps = [report, settle, join, drop, destroy]

    private func check(_ check: Checking<FirstContact>) {
        if subclass == .individual {
            check.require(
                !customer.isEmpty && organisation.isEmpty, "个人客户请只填写“客户姓名”，不填“客户名称”",
                "For an individual fill in the name of the individual, and no name of an organisation",
                at: \.customer, \.organisation, \.subclass, under: confidentiality[3])
        } else {
            check.require(
                !organisation.isEmpty && customer.isEmpty, "单位客户请只填写“客户名称”，不填“客户姓名”",
                "For an organisation fill in its name, and no name of an individual",
                at: \.organisation, \.customer, \.subclass, under: confidentiality[3])
        }
        let today = check.act.today
        check.require(
            (day ?? today) <= today, "首次接触日期不能晚于今天", "The first contact cannot be after today", at: \.day)
    }
}
