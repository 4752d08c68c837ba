import Kernel
import WorkCalendar

/// How the invented factory keeps its rules on information technology, morning by morning: most of it in time, some late, and in the end
/// something in every state. Every act goes through the desk at its own moment.
package struct FactoryDemonstration: Sendable {
    let desk: Desk
    package let office: FactoryOffice

    package init(_ desk: Desk, _ office: FactoryOffice) { (self.desk, self.office) = (desk, office) }

    /// One working morning, the `number`th.
    package func work(_ number: Int, at now: Moment) async throws {
        switch number {
        case 0: try await begin(now)
        case 1: try await network(now)
        case 2: try await askPurchase(now)
        case 3: try await rooms(now)
        case 4: try await inventory(now)
        case 5: try await receive(now)
        case 6: try await pay(now)
        case 7: try await learn(now)
        case 8: try await secrets(now)
        case 9: try await count(now)
        case 10:
            try await inspect()
            try await undertake()
        default: break
        }
        try await daily(number, now)
    }

    // MARK: Words for acts

    @discardableResult
    func take<D: Document>(_ step: Step<D>, on id: Int64? = nil, _ input: [String: JSONValue] = [:], by person: Principal) async throws
        -> Int64
    {
        if let id { return try await desk.take(step, on: id, input: input, by: person).id }
        return try await desk.take(step, input: input, by: person).id
    }

    func rows(_ type: String, _ states: Set<String> = [], by person: Principal? = nil) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.states, query.limit, query.sort, query.isCounted) = (states, 200, .oldest, false)
        return try await desk.register(type, query, by: (person ?? office.director).person).rows
    }

    static func record(_ entries: [String: JSONValue]) -> JSONValue {
        .record(entries.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    }

    func person(_ principal: Principal) -> JSONValue { .whole(principal.person.raw) }
    func day(_ now: Moment, _ offset: Int) -> JSONValue { .text(now.day.adding(days: offset).description) }

    // MARK: Every morning

    private func daily(_ number: Int, _ now: Moment) async throws {
        try await serve(number, now)
        // Most checks of the evening before are made; every sixth room is forgotten.
        if number % 6 != 5 {
            let good: [String: JSONValue] = ["power": .flag(true), "windows": .flag(true), "doors": .flag(true), "fire": .flag(true)]
            let rest: [String: JSONValue] = ["flammables": .flag(true), "visitors": .flag(true), "media": .flag(true)]
            for check in try await rows("closing-check", ["due"]) {
                try await take(ClosingCheck.check, on: check.id, good.merging(rest) { $1 }, by: office.duty)
            }
        }
        if number > 10, number % 7 == 3 {
            for check in try await rows("closing-check", ["missed"]).dropLast() {
                let leader = Principal(PersonID(check.values["leader"]?.whole ?? 0))
                try await take(ClosingCheck.explain, on: check.id, ["cause": .text("值班员外出送货，未交接。")], by: leader)
            }
        }
    }

    private func serve(_ number: Int, _ now: Moment) async throws {
        for ticket in try await rows("service-ticket", ["solved"]).dropLast(2) {
            let asker = Principal(PersonID(ticket.values["asker"]?.whole ?? ticket.creator.raw))
            if number % 9 == 4 {
                try await take(ServiceTicket.reopen, on: ticket.id, ["note": .text("重启后又出现。")], by: asker)
            } else {
                try await take(ServiceTicket.confirm, on: ticket.id, ["satisfaction": .text(number % 5 == 0 ? "fair" : "good")], by: asker)
            }
        }
        for ticket in try await rows("service-ticket", ["assigned"]).dropLast(1) {
            guard let assignee = ticket.values["assignee"]?.whole else { continue }
            try await take(ServiceTicket.solve, on: ticket.id, ["solution": .text("重装驱动，恢复正常。")], by: Principal(PersonID(assignee)))
        }
        for ticket in try await rows("service-ticket", ["open"]).dropLast(1) {
            let input: [String: JSONValue] = [
                "impact": .text(["low", "medium", "high"][number % 3]), "assignee": person(number % 2 == 0 ? office.network : office.desk),
            ]
            try await take(ServiceTicket.take, on: ticket.id, input, by: office.desk)
        }
        try await ask(number)
    }

    // MARK: The first days

    private func begin(_ now: Moment) async throws {
        let year = String(now.day.year), quarter = Period(.quarter, of: now.day).description
        func line(_ what: String, _ kind: String, _ quarter: String, _ budget: String, _ owner: Principal) -> JSONValue {
            Self.record([
                "what": .text(what), "kind": .text(kind), "quarter": .text(quarter), "budget": .text(budget), "owner": person(owner),
            ])
        }
        let items = [
            line("更新一车间电脑", "hardware", quarter, "60000", office.assets), line("工时统计系统", "project", quarter, "80000", office.network),
            line("年度安全培训", "training", "\(year)Q1", "5000", office.desk), line("机房备用电源", "hardware", "\(year)Q4", "30000", office.assets),
        ]
        let plan = try await take(
            ITPlan.draft, ["year": .text(year), "basis": .text("工厂三年规划与各部门需求"), "items": .list(items)], by: office.director)
        try await take(ITPlan.submit, on: plan, by: office.director)
        try await take(ITPlan.approve, on: plan, by: office.leader)
        for label in ["生产管理系统", "财务系统", "门禁系统"] {
            let system = try await take(
                ITSystem.register,
                ["label": .text(label), "purpose": .text("日常管理"), "owner": person(office.network), "stage": .text("trial")],
                by: office.network)
            try await take(ITSystem.test, on: system, ["what": .text("功能与负载测试"), "isPassed": .flag(true)], by: office.network)
            try await take(ITSystem.advance, on: system, ["stage": .text("running")], by: office.network)
        }
        let systems = try await rows("it-system")
        try await take(ITSystem.connect, on: systems[0].id, ["other": .whole(systems[1].id), "what": .text("入库与成本")], by: office.network)
        let exception = try await take(
            ITException.request,
            ["kind": .text("outsidePlan"), "subject": .text("抢修核心交换机"), "reason": .text("雷击损坏"), "amount": .text("12000")],
            by: office.director)
        try await take(ITException.approve, on: exception, by: office.leader)
        let contact = try await take(
            OutsideContact.register,
            ["organisation": .text("市工信局（演示）"), "person": .text("岑静"), "matter": .text("两化融合"), "owner": person(office.desk)],
            by: office.director)
        try await take(
            SubsidyApplication.prepare,
            [
                "policy": .text("数字化改造补助"), "office": .text("市工信局（演示）"), "contact": .whole(contact), "conditions": .text("已有生产管理系统"),
                "asked": .text("300000"), "closesOn": day(now, 45),
            ], by: office.director)
    }

    private func network(_ now: Moment) async throws {
        for (group, id, name) in [("核心", 10, "办公"), ("核心", 20, "生产"), ("核心", 30, "视频")] as [(String, Int64, String)] {
            try await take(
                VirtualNetwork.register, ["group": .text(group), "vid": .whole(id), "label": .text(name), "purpose": .text("\(name)网")],
                by: office.network)
        }
        func subnet(_ prefix: String, _ container: Bool = false) async throws -> Int64 {
            try await take(
                Subnet.register,
                ["domain": .text("厂区内网"), "prefix": .text(prefix), "isContainer": .flag(container), "purpose": .text("厂区")],
                by: office.network)
        }
        _ = try await subnet("10.20.0.0/16", true)
        _ = try await subnet("2001:db8:20::/48", true)
        let net = try await subnet("10.20.10.0/24"), v6 = try await subnet("2001:db8:20:a::/64")
        for number in 1...12 {
            try await take(
                NetworkAddress.allocate, ["subnet": .whole(number % 4 == 0 ? v6 : net), "host": .text("dj-\(number)")], by: office.network)
        }
        let policy = try await take(
            PasswordPolicy.draft,
            [
                "label": .text("内网账号"), "shortest": .whole(10), "kinds": .whole(3), "longestDays": .whole(30), "tries": .whole(5),
                "history": .whole(5),
                "text": .text("不得共用，不得写在纸上。"),
            ], by: office.network)
        try await take(PasswordPolicy.approve, on: policy, by: office.director)
        for (login, who) in [("hechun", office.worker), ("muxin", office.draughtsman), ("xiaohong", office.clerk)] {
            let account = try await take(
                NetworkAccount.request, ["system": .text("内网"), "rights": .text("共享目录"), "purpose": .text("查阅图纸")], by: who)
            if who == office.clerk { continue }
            try await take(NetworkAccount.approve, on: account, by: office.workshopHead)
            try await take(
                NetworkAccount.openIt, on: account, ["login": .text(login), "policy": .whole(policy), "passwordSetOn": day(now, 0)],
                by: office.network)
        }
        try await grants(now)
    }

    private func grants(_ now: Moment) async throws {
        for (number, who) in [office.worker, office.draughtsman, office.clerk].enumerated() {
            let grant = try await take(
                InternetApplication.request,
                [
                    "use": .text(["browse", "mail", "publish"][number]), "purpose": .text("查询供应商资料"),
                    "computer": .text("DJ25000\(number + 1)"),
                    "from": day(now, 0), "until": day(now, 20 + number * 60),
                ], by: who)
            if number < 2 { try await take(InternetApplication.approve, on: grant, by: number == 0 ? office.leader : office.director) }
        }
        let rule = try await take(
            FirewallRule.request,
            [
                "direction": .text("outbound"), "source": .text("10.20.10.0/24"), "destination": .text("any"), "ports": .text("tcp/443"),
                "purpose": .text("系统升级"), "until": day(now, 180),
            ], by: office.network)
        try await take(FirewallRule.approve, on: rule, by: office.director)
        try await take(FirewallRule.set, on: rule, by: office.secondNetwork)
        try await take(
            FirewallRule.request,
            [
                "direction": .text("inbound"), "source": .text("203.0.113.0/28"), "destination": .text("10.20.10.5"),
                "ports": .text("tcp/8443"),
                "purpose": .text("供应商远程维护"), "until": day(now, 30),
            ], by: office.network)
        try await take(WebPageChange.request, ["page": .text("产品介绍"), "change": .text("增加新型减速机")], by: office.clerk)
    }
}
