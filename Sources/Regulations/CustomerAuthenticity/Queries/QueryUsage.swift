import Kernel
import WorkCalendar

/// 查询使用情况: of a month, counted from the queries themselves and never typed; customer service sums it up and reports (第十八条).
package struct QueryUsage: Document {
    package enum State: String, CaseIterable, Sendable { case counted, reported }

    package var period: Period?
    package var telephone = 0, telephoneFailed = 0, telephoneTold = 0
    package var counter = 0, counterFailed = 0, counterTold = 0
    package var web = 0, webEntered = 0, webTold = 0
    package var registrations = 0, codes = 0, codesFailed = 0, consents = 0, locked = 0
    package var summary = ""
    package init() {}

    package static let name = "query-usage"
    package var title: String { period?.description ?? "" }

    private static let many = 0...1_000_000_000
    package static let form = Form<QueryUsage>(
        "查询使用情况", "Use of the queries",
        states: [.counted: .open("待汇总反馈", "To be reported"), .reported: .done("已反馈", "Reported")],
        readers: [.either(.customerService, .compliance, .generalManager)],
        [
            .period(\.period, "月份", "Month", .month).indexed().listed(), .whole(\.telephone, "电话查询", "By telephone", in: many).listed(),
            .whole(\.telephoneFailed, "电话未通过核实", "Not verified", in: many).listed(),
            .whole(\.telephoneTold, "电话告知项数", "Told by telephone", in: many),
            .whole(\.counter, "柜台查询", "At the counter", in: many).listed(),
            .whole(\.counterFailed, "柜台核对不符", "Refused", in: many).listed(),
            .whole(\.counterTold, "柜台告知项数", "Told at the counter", in: many),
            .whole(\.web, "网上索取验证码", "Codes asked for on the web", in: many).listed(),
            .whole(\.webEntered, "网上登录", "Entered on the web", in: many).listed(),
            .whole(\.webTold, "网上查看项数", "Looked at on the web", in: many),
            .whole(\.registrations, "网上新注册", "New registrations", in: many), .whole(\.codes, "发出验证码", "Codes sent", in: many),
            .whole(\.codesFailed, "验证码未发出", "Codes not sent", in: many), .whole(\.consents, "新增第三方同意", "New consents", in: many),
            .whole(\.locked, "被锁定的查询人", "Locked", in: many), .prose(\.summary, "汇总意见", "Summary").onceFilled(),
        ])

    package static let count = Step<QueryUsage>("count", "统计", "Count", to: .counted, by: .system, under: authenticity[18])
    package static let report = Step<QueryUsage>(
        "report", "汇总反馈", "Report", from: .counted, to: .reported, by: .post(.customerService), under: authenticity[18], fields: [\.summary]
    ) { usage, act in
        act.notify(
            .post(.generalManager), "\(usage.period?.words.zh ?? "")查询使用情况已汇总反馈，请查阅",
            "The use of the queries in \(usage.period?.words.en ?? "") is reported; read it")
    }
    package static let steps = [count, report]

    package static let monthly = Duty("query-usage", "查询使用情况", "Use of the queries", under: authenticity[18], .eachMonth) { duty in
        func all<D: Document>(_ type: D.Type) throws -> [Found<D>] {
            try D.State.allCases.flatMap { try duty.all(type, in: $0, createdFrom: duty.period.lowerBound, createdBy: duty.day) }
        }
        var usage = QueryUsage()
        usage.period = Period(.month, of: duty.day)
        usage.add(try all(TelephoneQuery.self))
        usage.add(try all(CounterQuery.self))
        usage.add(try all(PortalVisit.self))
        usage.registrations = try all(PortalRegistration.self).count
        let codes = try all(QueryCode.self)
        usage.codes = codes.count { $0.value.way != .unknown && $0.value.fault.isEmpty }
        usage.codesFailed = codes.count { !$0.value.fault.isEmpty }
        usage.consents = try all(QueryConsent.self).count
        usage.locked = try all(QueryFailures.self).count { $0.state == .locked && $0.value.kind == .person }
        try duty.create(usage, by: count)
    }

    private mutating func add(_ found: [Found<TelephoneQuery>]) {
        telephone = found.count
        telephoneFailed = found.count { $0.state == .failed }
        telephoneTold = found.reduce(0) { $0 + $1.value.told.count }
    }

    private mutating func add(_ found: [Found<CounterQuery>]) {
        counter = found.count
        counterFailed = found.count { $0.state == .refused }
        counterTold = found.reduce(0) { $0 + $1.value.told.count }
    }

    private mutating func add(_ found: [Found<PortalVisit>]) {
        web = found.count
        webEntered = found.count { $0.value.enteredAt != nil }
        webTold = found.reduce(0) { $0 + $1.value.told.count }
    }
}
