import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct NetworkTests {
    @Test(.demand(enterpriseIT["第二章9"], 1), arguments: TestEngine.all)
    func aWebPageIsApprovedPublishedAndChecked(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await factory.desk.take(
                WebPageChange.request, input: ["page": .text("产品介绍"), "change": .text("增加新品")], by: factory.worker
            ).id
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(WebPageChange.approve, on: id, by: factory.director)
            }
            #expect(refusal?.article == enterpriseIT["第二章9"] && refusal?.words.zh.contains("保密审查") == true)
            try await factory.desk.take(WebPageChange.approve, on: id, input: ["isSecretChecked": .flag(true)], by: factory.director)
            await #expect(throws: DeskError.self) { try await factory.desk.take(WebPageChange.publish, on: id, by: factory.worker) }
            try await factory.desk.take(WebPageChange.publish, on: id, input: ["address": .text("/products/new")], by: factory.network)
            try await factory.desk.take(WebPageChange.check, on: id, by: factory.worker)
            #expect(try await factory.state(id) == "checked")
        }
    }

    @Test(.demand(enterpriseIT["第二章9"], 2), arguments: TestEngine.all)
    func aFirewallRuleIsApprovedReviewedAndEnds(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func ask(_ more: [String: JSONValue] = [:]) async throws -> Int64 {
                let input: [String: JSONValue] = [
                    "direction": .text("outbound"), "source": .text("192.168.10.0/24"), "destination": .text("any"),
                    "ports": .text("tcp/443"),
                    "purpose": .text("系统升级"), "until": factory.day(300),
                ]
                return try await factory.desk.take(FirewallRule.request, input: input.merging(more) { $1 }, by: factory.network).id
            }
            for (key, value) in [
                ("until", factory.day(-1)), ("until", factory.day(400)), ("source", .text("192.168.10.1/24")), ("destination", .text("网站")),
            ] {
                let refusal = await #expect(throws: Refusal.self) { _ = try await ask([key: value]) }
                #expect(refusal?.article == enterpriseIT["第二章9"])
            }
            await #expect(throws: Refusal.self) { _ = try await ask(["direction": .text("inbound"), "ports": .text("any")]) }
            let id = try await ask()
            await #expect(throws: DeskError.self) { try await factory.desk.take(FirewallRule.approve, on: id, by: factory.network) }
            try await factory.desk.take(FirewallRule.approve, on: id, by: factory.director)
            try await factory.desk.take(FirewallRule.set, on: id, by: factory.network)
            let short = try await ask(["until": factory.day(5)])
            factory.office.move(hours: 24 * 190)
            // What is over already is not approved.
            let over = await #expect(throws: Refusal.self) {
                try await factory.desk.take(FirewallRule.approve, on: short, by: factory.director)
            }
            #expect(over?.article == enterpriseIT["第二章9"])
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.director).contains(id))
            try await factory.desk.take(FirewallRule.look, on: id, input: ["review": .text("仍需要")], by: factory.director)
            factory.office.move(hours: 1)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.director).contains(id))
            factory.office.move(hours: 24 * 112)
            try await factory.desk.runJobs()
            #expect(try await factory.state(id) == "ended")
        }
    }

    private func policy(_ factory: Factory, days: Int64 = 90) async throws -> Int64 {
        let id = try await factory.desk.take(
            PasswordPolicy.draft,
            input: [
                "label": .text("内网"), "shortest": .whole(10), "kinds": .whole(3), "longestDays": .whole(days), "tries": .whole(5),
                "history": .whole(5), "text": .text("不得与他人共用"),
            ], by: factory.network
        ).id
        try await factory.desk.take(PasswordPolicy.approve, on: id, by: factory.director)
        return id
    }

    private func account(_ factory: Factory, _ login: String, _ policy: Int64, of worker: Principal) async throws -> Int64 {
        let id = try await factory.desk.take(
            NetworkAccount.request, input: ["system": .text("内网"), "rights": .text("共享目录读"), "purpose": .text("查阅图纸")], by: worker
        ).id
        try await factory.desk.take(NetworkAccount.approve, on: id, by: factory.head)
        try await factory.desk.take(
            NetworkAccount.openIt, on: id, input: ["login": .text(login), "policy": .whole(policy), "passwordSetOn": factory.day(0)],
            by: factory.network)
        return id
    }

    @Test(.demand(enterpriseIT["第二章13"], 1, 2), arguments: TestEngine.all)
    func accountsAreAskedForReviewedAndClosed(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let old = try await policy(factory), rule = try await policy(factory)
            #expect(try await factory.state(old) == "replaced")
            let id = try await account(factory, "zhangsan", rule, of: factory.worker)
            // A policy that was replaced is none; a login is one person's.
            await #expect(throws: Refusal.self) { _ = try await account(factory, "lisi", old, of: factory.worker2) }
            await #expect(throws: Refusal.self) { _ = try await account(factory, "zhangsan", rule, of: factory.worker2) }
            let second = try await account(factory, "wangwu", rule, of: factory.worker2)
            // The password is older than the policy allows.
            factory.office.move(hours: 24 * 95)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.worker).contains(id))
            try await factory.desk.take(NetworkAccount.setPassword, on: id, input: ["passwordSetOn": factory.day(0)], by: factory.worker)
            // A year later nobody has looked at it.
            factory.office.move(hours: 24 * 280)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.head).contains(id))
            try await factory.desk.take(NetworkAccount.confirm, on: id, by: factory.head)
            await #expect(throws: DeskError.self) { try await factory.desk.take(NetworkAccount.confirm, on: id, by: factory.worker) }
            // Who leaves has none the next night.
            try await factory.desk.administer(
                .changePerson(
                    factory.worker2.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false,
                    successor: factory.head.person), by: .system)
            factory.office.move(hours: 25)
            try await factory.desk.runJobs()
            #expect(try await factory.state(second) == "closed")
            #expect(try await factory.state(id) == "open")
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 2), arguments: TestEngine.all)
    func anAccountFollowsThePolicyThatHasReplacedItsOwn(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let old = try await policy(factory), id = try await account(factory, "zhangsan", old, of: factory.worker)
            factory.office.move(hours: 24 * 40)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.worker).contains(id))
            // The new policy is stricter: it counts for accounts that there are, and their new passwords are set under it.
            let new = try await policy(factory, days: 30)
            factory.office.move(hours: 2)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.worker).contains(id))
            try await factory.desk.take(NetworkAccount.setPassword, on: id, input: ["passwordSetOn": factory.day(0)], by: factory.worker)
            #expect(try await factory.value(id, "policy") == .whole(new))
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.worker).contains(id))
        }
    }

    @Test(.demand(enterpriseIT["第二章12"], 3), arguments: TestEngine.all)
    func aGrantEndsWithThePostOrTheLeavingWhicheverIsFirst(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func grant(_ person: Principal) async throws -> Int64 {
                let id = try await factory.desk.take(
                    InternetApplication.request,
                    input: [
                        "use": .text("browse"), "purpose": .text("查资料"), "computer": .text("PC-001"), "from": factory.day(0),
                        "until": factory.day(60),
                    ], by: person
                ).id
                try await factory.desk.take(InternetApplication.approve, on: id, by: factory.leader)
                return id
            }
            let stays = try await grant(factory.worker), leaves = try await grant(factory.worker2)
            try await factory.desk.administer(
                .changePerson(
                    factory.worker2.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false,
                    successor: factory.head.person), by: .system)
            // What the gateway is given at once, before any night has passed.
            let organisation = try await factory.desk.organisation()
            let today = factory.today, until = today.adding(days: 60)
            func counts(_ person: Principal, on day: Day, in unit: UnitID? = nil) -> Bool {
                InternetApplication.counts(
                    from: today, until: until, applicant: person.person, of: unit ?? factory.workshop, organisation, on: day)
            }
            #expect(counts(factory.worker, on: today) && counts(factory.worker, on: until))
            #expect(!counts(factory.worker2, on: today))
            #expect(!counts(factory.worker, on: until.adding(days: 1)) && !counts(factory.worker, on: today.adding(days: -1)))
            #expect(!counts(factory.worker, on: today, in: factory.centre))
            factory.office.move(hours: 25)
            try await factory.desk.runJobs()
            #expect(try await factory.state(leaves) == "ended")
            #expect(try await factory.state(stays) == "granted")
            #expect(try await factory.value(leaves, "reason") == .text("人员离开"))
        }
    }

    @Test(.demand(enterpriseIT["第二章12"], 3), arguments: TestEngine.all)
    func aGrantEndsWhenItsHolderWorksElsewhere(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk, today = factory.today, worker = factory.worker.person
            let id = try await desk.take(
                InternetApplication.request,
                input: [
                    "use": .text("browse"), "purpose": .text("查资料"), "computer": .text("PC-001"), "from": factory.day(0),
                    "until": factory.day(60),
                ], by: factory.worker
            ).id
            try await desk.take(InternetApplication.approve, on: id, by: factory.leader)
            let held = try #require(try await desk.organisation().holdings(of: worker, on: today).first)
            try await desk.administer(.appoint(worker, factory.centre, post: Post.staff.id, from: today, to: nil), by: .system)
            try await desk.administer(.endHolding(held.id, on: today, settled: true), by: .system)
            #expect(try await factory.state(id) == "granted")
            // The gateway is not given it any more, before the night has ended it.
            let organisation = try await desk.organisation(), unit = try await factory.view(id).row.unit
            #expect(unit == factory.workshop)
            let counts = InternetApplication.counts(
                from: today, until: today.adding(days: 60), applicant: worker, of: unit, organisation, on: today)
            #expect(!counts)
            factory.office.move(hours: 25)
            try await desk.runJobs()
            #expect(try await factory.state(id) == "ended")
            #expect(try await factory.value(id, "reason") == .text("岗位变动"))
        }
    }

    @Test(.article(enterpriseIT["第二章13"], enterpriseIT["第二章14"]), arguments: TestEngine.all)
    func eachSocketHasOneDevice(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func point(_ label: String, _ port: String) async throws -> Int64 {
                try await factory.desk.take(
                    ConnectionPoint.register, input: ["label": .text(label), "place": .text("一车间"), "port": .text(port)],
                    by: factory.network
                ).id
            }
            let one = try await point("A-01", "SW1/0/1"), two = try await point("A-02", "SW1/0/2"),
                device = try await factory.asset("PC-001")
            await #expect(throws: Refusal.self) { _ = try await point("A-03", "SW1/0/1") }
            try await factory.desk.take(ConnectionPoint.patch, on: one, input: ["asset": .whole(device)], by: factory.network)
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(ConnectionPoint.patch, on: two, input: ["asset": .whole(device)], by: factory.network)
            }
            #expect(refusal?.words.zh.contains("另一接入点") == true)
            try await factory.desk.take(ConnectionPoint.unpatch, on: one, by: factory.network)
            try await factory.desk.take(ConnectionPoint.patch, on: two, input: ["asset": .whole(device)], by: factory.network)
        }
    }
}
