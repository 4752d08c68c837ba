import Kernel
import WorkCalendar

/// 防火墙规则: asked for, approved, in force until its day, looked at between (第二章9).
package struct FirewallRule: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, active, refused, ended }
    package enum Direction: String, Choosable {
        case none = "", outbound, inbound
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .outbound: Words("出站", "Outbound")
            case .inbound: Words("入站", "Inbound")
            }
        }
    }
    package var direction = Direction.none
    package var source = "", destination = "", ports = "", purpose = "", reason = "", review = ""
    package var until: Day?, reviewedOn: Day?
    package init() {}

    package static let name = "firewall-rule"
    package var title: String { "\(source) → \(destination)" }

    package static let form = Form<FirewallRule>(
        "防火墙规则", "Firewall rule", number: "防火墙",
        states: [
            .requested: .open("待批准", "Requested"), .approved: .open("待配置", "To be set"), .active: .done("生效", "Active"),
            .refused: .no("不批准", "Refused"), .ended: .no("已失效", "Ended"),
        ],
        readers: [.post(.networkStaff), .post(centreDirector), .post(factoryLeader)],
        [
            .choice(\.direction, "方向", "Direction").listed(), .text(\.source, "源地址或网段", "Source").code().listed(),
            .text(\.destination, "目的地址或网段", "Destination").code().listed(),
            .text(\.ports, "协议和端口", "Protocol and ports").code().listed().hint("如 tcp/443", "as tcp/443"),
            .prose(\.purpose, "用途", "Purpose"),
            .day(\.until, "失效日期", "Until").listed(), .day(\.reviewedOn, "最近复核", "Reviewed on").optional().listed().onceFilled(),
            .text(\.review, "复核意见", "Review").onceFilled(), .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    static let expiry = Deadline("expiry", "规则到期", "End of the rule", under: enterpriseIT["第二章9"], takes: end)
    package static let deadlines = [expiry]
    private static let article = enterpriseIT["第二章9"]

    package static let request = Step<FirewallRule>(
        "request", "申请规则", "Ask", to: .requested, by: .any([.centre, .post(.head)]), under: article,
        fields: [\.direction, \.source, \.destination, \.ports, \.purpose, \.until]
    ) { rule, _ in (rule.source, rule.destination) = (normal(rule.source).text, normal(rule.destination).text) }.checking { rule, check in
        try rule.checkAsked(check)
    }
    package static let approve = Step<FirewallRule>(
        "approve", "批准", "Approve", from: .requested, to: .approved, by: .post(centreDirector), notBy: request, under: article, signs: true
    ) { rule, act in
        try act.require(
            rule.until.map { $0 >= act.today } ?? false, "失效日期已过，请不予批准，由申请人重新申请",
            "Its last day has passed; refuse it, and it is asked for anew")
    }
    package static let refuse = Step<FirewallRule>(
        "refuse", "不批准", "Refuse", from: .requested, to: .refused, by: .post(centreDirector), under: article, fields: [\.reason],
        isOptional: true)
    package static let set = Step<FirewallRule>(
        "set", "配置生效", "Set", from: .approved, to: .active, by: .post(.networkStaff), notBy: approve, under: article
    ) { rule, act in
        rule.reviewedOn = act.today
        if let until = rule.until { act.start(expiry, due: .endOfDay(until)) }
    }
    package static let look = Step<FirewallRule>(
        "review", "复核：继续", "Reviewed: goes on", from: .active, to: nil, by: .post(centreDirector), under: article, fields: [\.review],
        isOptional: true
    ) { rule, act in rule.reviewedOn = act.today }
    package static let revoke = Step<FirewallRule>(
        "revoke", "撤销", "Revoke", from: .active, to: .ended, by: .either(centreDirector, .networkStaff), under: article, fields: [\.reason],
        isOptional: true
    ) { _, act in act.meet(expiry) }
    package static let end = Step<FirewallRule>(
        "end", "到期失效", "End", from: .active, to: .ended, by: .system, under: article, isOptional: true)
    package static let steps = [request, approve, refuse, set, look, revoke, end]

    static let unreviewed = Finding(
        "rule-unreviewed", "防火墙规则半年未复核", "A rule was not reviewed for half a year", under: article, in: State.active,
        by: .post(centreDirector)
    ) { (rule: FirewallRule, now) in rule.reviewedOn.map { $0.adding(months: 6) < now.day } ?? true }

    private func checkAsked(_ check: Checking<FirewallRule>) throws {
        let today = check.act.today, most = try check.act.parameter(.longestRuleDays)
        let (source, destination) = (Self.normal(source), Self.normal(destination))
        if let fault = source.fault { check.require(false, fault.zh, fault.en, at: \.source) }
        if let fault = destination.fault { check.require(false, fault.zh, fault.en, at: \.destination) }
        check.require(until.map { $0 >= today } ?? false, "失效日期不能早于今天", "It cannot end before today", at: \.until)
        check.require(
            until.map { $0 <= today.adding(days: most) } ?? false, "规则最长 \(most) 天，到期复核后再申请", "A rule lasts \(most) days at most",
            at: \.until)
        let isToAll = [source, destination].contains { $0.fault == nil && $0.text.hasSuffix("/0") }
        check.require(
            direction != .inbound || !isToAll || !ports.contains("any"), "不得向任意来源开放任意端口", "Not every port to everybody",
            at: \.ports, \.direction, \.source, \.destination)
    }

    /// An address, a net, or any. What is none stays as it is, with what is wrong.
    private static func normal(_ text: String) -> (text: String, fault: Words?) {
        let plain = PlainText.halfWidth(text).trimmingBlanks
        if plain.lowercased() == "any" || plain == "任意" { return ("0.0.0.0/0", nil) }
        if let address = IPAddress(plain) { return (address.description, nil) }
        switch IPPrefix.read(plain) {
        case .good(let prefix): return (prefix.description, nil)
        case .bad(let words): return (plain, words)
        }
    }
}
