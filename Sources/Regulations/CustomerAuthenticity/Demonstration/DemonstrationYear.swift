import Kernel
import WorkCalendar

/// The months before the weeks that are told day by day: two days of each week, in which a business that is still small is done in good
/// order. What is left lying for a visitor comes later.
struct DemonstrationYear {
    /// The parts of a week, of two working days one after the other.
    enum Part: Int { case firstMorning = 0, firstAfternoon, secondMorning, secondAfternoon }

    let desk: Desk
    let office: DemonstrationOffice
    let clock: Demonstration.MovingClock
    let notices: DemonstrationNotices
    let queries: DemonstrationQueries
    /// The day on which the weeks begin that are told day by day.
    let end: Day

    /// - Parameter beside: what others do in each part of each week.
    func pass(
        _ calendar: WorkCalendar, _ consequences: inout DemonstrationConsequences, _ intake: inout DemonstrationIntake,
        beside: (_ week: Int, _ part: Int) async throws -> Void
    ) async throws {
        let start = clock.now.day
        var (monday, week, last) = (start.adding(days: (8 - start.weekday.rawValue) % 7), 0, start.adding(days: -1))
        while true {
            let day = calendar.isWorkingDay(monday) ? monday : calendar.workingDay(after: monday), next = calendar.workingDay(after: day)
            monday = monday.adding(days: 7)
            if next >= end { return }
            // Long holidays have no week.
            if day <= last { continue }
            last = next
            put(day, 9)
            if week == 0 { try await begin() }
            try await beside(week, Part.firstMorning.rawValue)
            try await notices.receive(on: day, within: 13, [0, 2, 3], of: 4)
            put(day, 15)
            try await beside(week, Part.firstAfternoon.rawValue)
            let applications = (0..<Self.applications(in: day.month)).map { _ in intake.application(on: day, hasFaults: false) }
            _ = try await desk.takeMany(Application.submit, applications, by: office.underwriter)
            put(next, 1)
            try await desk.runJobs()
            put(next, 9)
            try await beside(week, Part.secondMorning.rawValue)
            try await serve(week, on: next)
            try await report(week, on: next)
            try await complaint(week, consequences, on: next)
            try await appraise(consequences)
            put(next, 10)
            try await chase(on: next, calendar)
            put(next, 17)
            try await notices.arrive()
            try await beside(week, Part.secondAfternoon.rawValue)
            week += 1
        }
    }

    private func put(_ day: Day, _ hour: Int) { clock.move(to: Moment.startOfDay(day).adding(hours: hour)) }

    /// Before the Spring Festival little is sold, in early summer and autumn more.
    private static func applications(in month: Int) -> Int { [8, 5, 9, 10, 11, 13, 11, 10, 12, 13, 14, 12][month - 1] }

    /// What the book begins with.
    private func begin() async throws {
        try await notices.furnish()
        for number in 0...1 { try await queries.work(number, at: clock.now) }
    }

    /// Notices to customers, call-backs, a call now and then.
    private func serve(_ week: Int, on day: Day) async throws {
        // Numbers at which everything arrives.
        try await notices.tell(1 + week * 1287, on: day)
        try await notices.callBack(on: day, most: 6, all: true)
        if week % 3 == 1 {
            let customer = DemonstrationQueries.customers[week % 2]
            try await queries.call(customer, week % 2, telling: [.payments], at: clock.now)
        }
        guard week % 12 == 7 else { return }
        let report = try await desk.take(
            "report", of: "misconduct-report",
            input: [
                "kind": .text("false_contact"), "agentNo": .text("A44\(1001 + week % 12)"), "facts": .text("客户来电称登记的手机号码已停用两年"),
            ], by: office.secondService)
        try await desk.take(
            "investigate", of: "misconduct-report", on: report.id, input: ["findings": .text("投保时号码可以接通，客户其后换号未办变更")], by: office.compliance
        )
        try await desk.take(
            "dismiss", of: "misconduct-report", on: report.id, input: ["decision": .text("不属实，提醒客户办理变更")], by: office.generalManager)
    }

    // MARK: Suspicious items

    /// Each goes its whole way in a day; every sixteenth lies for a week where it was received.
    private func chase(on day: Day, _ calendar: WorkCalendar) async throws {
        let chase = DemonstrationChase(desk: desk, office: office)
        var items = try await chase.items(["listed", "received"])
        let late = Set(items.filter { $0.state == "listed" && chase.isStalled($0) }.map(\.id))
        for hour in 0..<6 {
            put(day, 10 + hour)
            for item in items where hour > 1 || item.state == "listed" {
                try await chase.move(item, hour, on: day, calendar)
            }
            if hour == 1 { items.removeAll { late.contains($0.id) } }
        }
    }

    // MARK: Complaints

    private static let complaints: [(matter: Complaint.Matter, facts: String, findings: String)] = [
        (.service, "保单寄送地址有误，迟了一周", "快递单显示地址为客户填写，已重新寄送"), (.falseData, "客户称邮箱不是本人所留", "客户确认系其子女代为填写"),
        (.service, "柜面等候时间过长", "当日系统升级，已向客户致歉"), (.falseData, "客户称职业登记有误", "投保单由客户本人填写并签名"),
        (.service, "续期提醒没有收到", "短信已送达，客户更换了手机"),
    ]

    /// One every fourth week: most end without a finding, one is withdrawn.
    private func complaint(_ week: Int, _ consequences: DemonstrationConsequences, on day: Day) async throws {
        guard week % 4 == 2 else { return }
        let chosen = Self.complaints[week / 4 % Self.complaints.count]
        let id = try await consequences.complain(
            chosen.matter, policyOf: "A44\(1006 + week / 4 % 5)", chosen.facts, on: day, came: 2, handledBy: office.secondService)
        if week % 16 == 14 {
            let input: [String: JSONValue] = ["retractedOn": .text(day.description), "retraction": .text("客户来电说明，已收到")]
            return _ = try await consequences.take("retract", of: Complaint.name, on: id, input, by: office.secondService)
        }
        try await consequences.conclude(id, chosen.findings)
        _ = try await consequences.take(
            "reject", of: Complaint.name, on: id, ["decision": .text("未查实，已向投诉人说明情况")], by: office.compliance)
        _ = try await consequences.take(
            "answer", of: Complaint.name, on: id, ["answeredOn": .text(day.description), "answer": .text("已电话告知处理结果")],
            by: office.secondService)
    }

    // MARK: What falls due by itself

    /// The report on the use of the month before.
    private func report(_ week: Int, on day: Day) async throws {
        for found in try await desk.all(UsageReport.self, in: .drawn, limit: 5) {
            for person in found.value.gatherers {
                try await desk.take(
                    UsageReport.analyse, on: found.id.raw, input: ["opinion": .text("本月退回以联系地址笼统为多，已在早会提醒。")], by: Principal(person))
            }
            try await desk.take(UsageReport.review, on: found.id.raw, input: ["summary": .text("同意，请各渠道持续改进。")], by: office.compliance)
            try await desk.take(
                UsageReport.send, on: found.id.raw,
                input: [
                    "recipient": .text("总公司客户服务部"), "sentOn": .text(day.description), "sentNumber": .text("粤客〔\(day.year)〕\(10 + week)号"),
                ], by: office.service)
        }
    }

    /// Appraisals of the quarter, and its list of false data; but for some of the last, at which somebody looks later.
    private func appraise(_ consequences: DemonstrationConsequences) async throws {
        let last = Period(.quarter, of: end).adding(-1)
        for sheet in try await desk.all(SellerAppraisal.self, in: .drawn, limit: 50)
        where sheet.value.quarter != last || !DemonstrationConsequences.appraised.contains(sheet.value.codes) {
            _ = try await consequences.take(
                "rate", of: SellerAppraisal.name, on: sheet.id.raw,
                ["rating": .text("good"), "consequences": .text("pay"), "remark": .text("按季度考核结果兑现")], by: consequences.channel)
            _ = try await consequences.take("confirm", of: SellerAppraisal.name, on: sheet.id.raw, by: office.compliance)
        }
        for list in try await desk.all(FalseDataList.self, in: .compiled, limit: 5) where list.value.quarter != last {
            try await consequences.sendOut(list.id.raw, on: clock.now.day)
        }
    }
}
