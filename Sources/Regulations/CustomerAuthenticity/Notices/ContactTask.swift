import Kernel
import WorkCalendar

/// 联系方式更正任务: a number or an address by which a customer is not reached, or that the customer says is another now, until somebody has
/// found out (第二十条, 第十二条). As long as it is open, nothing more goes to that number.
package struct ContactTask: Document {
    package enum State: String, CaseIterable, Sendable { case open, corrected, confirmed, unreachable }

    package enum Cause: String, Choosable {
        case unknown = "", undelivered, noWay = "no_way", told

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .undelivered: Words("通知永久失败", "A notice failed for good")
            case .noWay: Words("没有可用的联系方式", "There is no way to reach the customer")
            case .told: Words("客户告知已变更", "The customer says that it has changed")
            }
        }
    }

    package var customer = ID<Customer>.none
    package var cause = Cause.unknown
    package var phone = ""
    package var email = ""
    package var address = ""
    package var toldPhone = ""
    package var toldEmail = ""
    package var toldAddress = ""
    package var notice = ID<CustomerNotice>.none
    package var correction = ID<Correction>.none
    package var source = ""
    package init() {}

    package static let name = "contact-task"

    package static let form = Form<ContactTask>(
        "联系方式更正任务", "Correction of a contact", number: "联系更正",
        states: [
            .open: .open("待更正", "To be corrected"), .corrected: .done("已更正", "Corrected"),
            .confirmed: .done("核实无误", "Found right"), .unreachable: .no("无法联系", "Not reached"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.customer, "客户", "Customer").subject().listed(), .choice(\.cause, "起因", "Cause").listed(),
            .sealed(\.phone, "号码", "Number", .phone).optional().onceFilled().listed(),
            .sealed(\.email, "邮箱", "Mail address", .email).optional().onceFilled(),
            .sealed(\.address, "地址", "Address", .address).optional().onceFilled(),
            .sealed(\.toldPhone, "客户告知的号码", "Number that the customer tells", .phone).optional().unindexed().onceFilled(),
            .sealed(\.toldEmail, "客户告知的邮箱", "Mail address that the customer tells", .email).optional().unindexed().onceFilled(),
            .sealed(\.toldAddress, "客户告知的地址", "Address that the customer tells", .address).optional().unindexed().onceFilled(),
            .reference(\.notice, "通知", "Notice").optional().onceFilled(), .reference(\.correction, "更正记录", "Correction").onceFilled(),
            .text(\.source, "核实来源", "Found out from").onceFilled(),
        ])

    static let limit = Deadline(
        "limit", "办理期限", "To be seen to", under: authenticity[20], escalatesTo: .post(.compliance), ofWorkingDays: true)
    package static let deadlines = [limit]

    package static let open = Step<ContactTask>(
        "open", "建立任务", "Open", to: .open, by: .system, under: authenticity[20], authenticity[12]
    ) { task, act in
        act.start(limit, workingDays: try act.parameter(.contactTaskWorkingDays), belated: true)
        act.notify(
            .post(.customerService), "有一项联系方式待更正：\(task.cause.words.zh)", "A contact waits to be corrected: \(task.cause.words.en)")
    }
    /// Through policy service: a change has its own record, with what stood before.
    package static let correct = Step<ContactTask>(
        "correct", "已办理更正", "Corrected", from: .open, to: .corrected, by: .post(.customerService), under: authenticity[20],
        authenticity[13], fields: [\.correction]
    ) { task, act in
        guard let correction = try act.load(task.correction) else { throw DeskError.absent }
        try act.require(
            correction.state == .applied && correction.value.customer == task.customer, "请引用该客户已办结的更正记录",
            "Name a correction of this customer that is applied")
        try act.require(
            correction.value.changes(task), "所引用的更正没有更改这项联系方式，请改选", "That correction does not change this contact; choose another")
        act.meet(limit)
    }.task("更正联系方式", "Correct the contact")
    package static let confirm = Step<ContactTask>(
        "confirm", "核实无误", "Found right", from: .open, to: .confirmed, by: .post(.customerService), under: authenticity[12],
        fields: [\.source], isOptional: true
    ) { task, act in
        try act.require(
            task.cause != .noWay, "客户没有可用的联系方式，请办理更正补充", "There is no way to reach the customer; add one by a correction")
        if let holder = try act.load(task.customer)?.value.documentNumber, !task.phone.isEmpty, !holder.isEmpty {
            try QueryTelephone.hear(task.phone, of: holder, by: .service, act)
        }
        act.meet(limit)
    }
    package static let giveUp = Step<ContactTask>(
        "giveUp", "无法联系", "Not reached", from: .open, to: .unreachable, by: .post(.customerService), under: authenticity[20],
        fields: [\.source], isOptional: true
    ) { _, act in act.meet(limit) }
    package static let steps = [open, correct, confirm, giveUp]
}

extension ContactTask {
    /// Because a notice did not reach its customer. One that is open already is enough.
    static func open(_ cause: Cause, of notice: CustomerNotice, _ act: Act) throws {
        if try blocks(notice, act) { return }
        var task = ContactTask()
        (task.customer, task.cause, task.notice) = (notice.customer, cause, ID(act.record.id))
        (task.phone, task.email, task.address) = (notice.phone, notice.email, notice.address)
        try act.create(task, by: ContactTask.open)
    }

    static func open(_ cause: Cause, for customer: ID<Customer>, _ act: Act) throws {
        let known = try act.find(\ContactTask.customer, is: customer, in: .open, limit: 50)
        if known.contains(where: { $0.value.cause == cause }) { return }
        var task = ContactTask()
        (task.customer, task.cause) = (customer, cause)
        try act.create(task, by: ContactTask.open)
    }

    /// Whether the number or address that a notice goes to is this customer's no more, as far as is known: a failure that nobody has found
    /// to be none. Another customer who has the number is not touched.
    static func blocks(_ notice: CustomerNotice, _ act: Act) throws -> Bool {
        guard let (kind, value) = notice.reached else { return false }
        return try blocks(kind, value, of: notice.customer, act)
    }

    static func blocks(_ kind: SealedKind, _ value: String, of customer: ID<Customer>, _ inquiry: Inquiry) throws -> Bool {
        let tasks = try inquiry.find(ContactTask.self, kind, is: value, limit: 50).filter { $0.value.customer == customer }
        // The newest says what is known now.
        return tasks.first.map { $0.state != .confirmed } ?? false
    }

    func isAbout(_ number: String) -> Bool {
        !phone.isEmpty && SealedKind.phone.matchKey(phone) == SealedKind.phone.matchKey(number)
    }
}

extension Correction {
    /// Whether it changes the contact that a task is about; where there was none, whether it gives one.
    fileprivate func changes(_ task: ContactTask) -> Bool {
        if !task.phone.isEmpty { return !mobile.isEmpty || !landline.isEmpty }
        if !task.email.isEmpty { return !email.isEmpty }
        if !task.address.isEmpty { return !address.isEmpty }
        return !(mobile + landline + email + address).isEmpty
    }
}
