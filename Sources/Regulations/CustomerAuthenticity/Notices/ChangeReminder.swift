import Kernel
import WorkCalendar

/// 变更提醒: once in so many months each customer with a policy is asked to report what has changed (第十二条). In a week those are reminded
/// whose records came in so many months before, or twice as many, and so on: the book is spread over the year by itself.
package struct ChangeReminder: Document {
    package enum State: String, CaseIterable, Sendable { case waiting, sent }

    package var first: Day?
    package var last: Day?
    package var due = 0
    package var told = 0
    package var withheld = 0
    package var remindedBefore = 0
    package init() {}

    package static let name = "change-reminder"
    package var title: String { first?.description ?? "" }

    private static let many = 0...100_000_000
    package static let form = Form<ChangeReminder>(
        "变更提醒", "Reminder of changes", number: "变更提醒",
        states: [
            .waiting: .open("待有模板后发送", "Waits for a template"), .sent: .done("已提醒", "Sent"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .day(\.first, "一周自", "Week from").listed(), .day(\.last, "至", "To").listed(),
            .whole(\.due, "应提醒客户数", "Customers to be reminded", in: many).listed(),
            .whole(\.told, "已生成提醒", "Reminders made", in: many).onceFilled().listed(),
            .whole(\.withheld, "没有可用联系方式或已身故", "Not to be reached, or dead", in: many).onceFilled(),
            .whole(\.remindedBefore, "期内已提醒过", "Reminded within the time already", in: many).onceFilled(),
        ])

    package static let send = Step<ChangeReminder>(
        "send", "提醒到期客户", "Remind who is due", to: .sent, by: .system, under: authenticity[12]
    ) { reminder, act in try reminder.remind(act) }
    package static let wait = Step<ChangeReminder>(
        "wait", "等待提醒模板", "Wait for a template", to: .waiting, by: .system, under: authenticity[12]
    ) { reminder, act in
        act.notify(
            .post(.customerService), "\(reminder.due) 名客户应提醒办理变更，但没有使用中的提醒模板，请先报批，再发送",
            "\(reminder.due) customers are to be reminded of changes, and no template is in use; have one approved, then send")
    }
    package static let sendLater = Step<ChangeReminder>(
        "sendLater", "发送提醒", "Send the reminders", from: .waiting, to: .sent, by: .post(.customerService), under: authenticity[12]
    ) { reminder, act in
        try act.require(
            try hasTemplate(act), "“变更提醒”没有使用中的通知模板，请先报批", "No template for reminders of changes is in use; have one approved first")
        try reminder.remind(act)
    }
    package static let steps = [send, wait, sendLater]

    package static let weekly = Duty(
        "change-reminders", "提醒客户办理变更", "Reminders of changes", under: authenticity[12], .eachWeek, .opening
    ) { duty in
        let due = try customers(due: duty.period, duty)
        if due.isEmpty { return }
        var reminder = ChangeReminder()
        (reminder.first, reminder.last, reminder.due) = (duty.period.lowerBound, duty.period.upperBound, due.count)
        try duty.create(reminder, by: hasTemplate(duty) ? send : wait)
    }

    private static func hasTemplate(_ inquiry: Inquiry) throws -> Bool {
        try NoticeWay.order.contains { try MessageTemplate.approved(.changeReminder, $0, inquiry) != nil }
    }

    /// Whose records came in so many months before a day of this week, once or several times over, and who still has a policy.
    private static func customers(due week: ClosedRange<Day>, _ inquiry: Inquiry) throws -> [ID<Customer>] {
        let months = try inquiry.parameter(.changeReminderMonths)
        // Nothing came in before the regulation was adopted.
        let adopted = inquiry.organisation.adoptions.filter { $0.regulation == authenticity.id && $0.unit == inquiry.scope }.map(\.from)
            .min()
        var due: [ID<Customer>] = [], ago = months
        while true {
            // What came in on the last day of a longer month is due on the last of a shorter one.
            let first = week.lowerBound.adding(months: -ago)
            let last = week.upperBound.adding(days: 1).adding(months: -ago).adding(days: -1)
            guard let adopted, adopted <= last else { return due }
            ago += months
            for state in Customer.State.allCases where state != .joined {
                for found in try inquiry.all(Customer.self, in: state, createdFrom: first, createdBy: last)
                where try inquiry.find(\Policy.applicant, is: found.id, limit: mostPolicies).contains(where: { $0.state != .ended }) {
                    due.append(found.id)
                }
            }
        }
    }

    private mutating func remind(_ act: Act) throws {
        guard let first, let last else { return }
        // Whoever was reminded at a contact meanwhile is not reminded again so soon.
        let since = Moment.startOfDay(first.adding(months: -(try act.parameter(.changeReminderMonths) / 2)))
        (told, withheld, remindedBefore) = (0, 0, 0)
        for customer in try Self.customers(due: first...last, act) {
            let earlier = try act.find(\CustomerNotice.customer, is: customer, limit: Self.mostPolicies)
            if earlier.contains(where: { $0.value.kind == .changeReminder && $0.state != .withheld && $0.record.created > since }) {
                remindedBefore += 1
                continue
            }
            var notice = CustomerNotice()
            (notice.kind, notice.customer) = (.changeReminder, customer)
            let made = try CustomerNotice.make(notice, act)
            if try act.load(made)?.state == .withheld { withheld += 1 } else { told += 1 }
        }
    }

    /// Of one customer, so many are looked through.
    private static let mostPolicies = 200
}
