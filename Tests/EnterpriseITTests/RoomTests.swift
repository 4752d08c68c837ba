import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct RoomTests {
    private func room(_ factory: Factory) async throws -> Int64 {
        try await factory.desk.take(
            ComputerRoom.register,
            input: [
                "label": .text("一车间电脑室"), "place": .text("一车间二楼"), "leader": .whole(factory.head.person.raw),
                "onDuty": .list([.whole(factory.duty.person.raw)]), "rules": .text("人离断电，关窗锁门。"),
            ], by: factory.director
        ).id
    }

    private static let good: [String: JSONValue] = Dictionary(
        uniqueKeysWithValues: ["power", "windows", "doors", "fire", "flammables", "visitors", "media"].map { ($0, JSONValue.flag(true)) })

    @Test(.demand(enterpriseIT["第三章一"], 1), arguments: TestEngine.all)
    func aRoomHasALeaderWhoSignsAndEducates(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await room(factory)
            try await factory.desk.runJobs()
            let waiting = try await factory.tasks(of: factory.head)
            #expect(waiting.filter { $0 == id }.count >= 1)
            await #expect(throws: DeskError.self) { try await factory.desk.take(ComputerRoom.sign, on: id, by: factory.director) }
            try await factory.desk.take(ComputerRoom.sign, on: id, by: factory.head)
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    ComputerRoom.educate, on: id, input: ["topic": .text("防盗"), "attended": .list([.whole(factory.worker.person.raw)])],
                    by: factory.head)
            }
            #expect(refusal?.article == enterpriseIT["第三章一"])
            try await factory.desk.take(
                ComputerRoom.educate, on: id, input: ["topic": .text("防盗"), "attended": .list([.whole(factory.duty.person.raw)])],
                by: factory.head)
            #expect(try await factory.value(id, "educations").list.count == 1)
            // Other rules are signed anew; a year later the education is missed.
            factory.office.move(hours: 24 * 370)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.head).contains(id))
            try await factory.desk.take(
                ComputerRoom.change, on: id,
                input: [
                    "leader": .whole(factory.head.person.raw), "onDuty": .list([.whole(factory.duty.person.raw)]), "rules": .text("新规"),
                ], by: factory.director)
            #expect(try await factory.value(id, "signedOn") == .null)
        }
    }

    @Test(.demand(enterpriseIT["第三章三"], 1), arguments: TestEngine.all)
    func eachRoomIsCheckedEachDayAndAMissShows(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            _ = try await room(factory)
            try await factory.desk.runJobs()
            let first = try await factory.one("closing-check")
            #expect(try await factory.tasks(of: factory.duty).contains(first))
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(ClosingCheck.check, on: first, input: ["power": .flag(true)], by: factory.duty)
            }
            #expect(refusal?.article == enterpriseIT["第三章三"])
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(ClosingCheck.check, on: first, input: Self.good, by: factory.worker)
            }
            try await factory.desk.take(
                ClosingCheck.check, on: first, input: Self.good.merging(["windows": .flag(false), "defect": .text("窗插销坏")]) { $1 },
                by: factory.duty)
            #expect(try await factory.rows("room-repair").count == 1)
            // Friday is missed; Saturday and Sunday are days off and no misses.
            for _ in 0..<4 {
                factory.office.move(hours: 24)
                try await factory.desk.runJobs()
            }
            let states = try await factory.rows("closing-check").map(\.state)
            #expect(Dictionary(grouping: states) { $0 }.mapValues(\.count) == ["done": 1, "missed": 1, "dayOff": 2, "due": 1])
            let missed = try await factory.one("closing-check", in: ["missed"])
            #expect(try await factory.tasks(of: factory.head).contains(missed))
            try await factory.desk.take(ClosingCheck.explain, on: missed, input: ["cause": .text("值班员外出")], by: factory.head)
        }
    }

    @Test(.demand(enterpriseIT["第三章四"], 1), .demand(enterpriseIT["第三章六"], 2), arguments: TestEngine.all)
    func aDefectIsFollowedUntilItIsGone(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await room(factory)
            func item(_ kind: String, _ good: Bool, _ defect: String = "") -> JSONValue {
                Factory.record(["kind": .text(kind), "isGood": .flag(good), "defect": .text(defect)])
            }
            func check(_ items: [JSONValue]) async throws {
                try await factory.desk.take(ProtectionCheck.check, input: ["room": .whole(id), "items": .list(items)], by: factory.duty)
            }
            await #expect(throws: Refusal.self) { try await check([item("window", true)]) }
            await #expect(throws: Refusal.self) { try await check([item("window", true), item("door", false)]) }
            try await check([item("window", true), item("door", false, "锁芯损坏")])
            let order = try await factory.one("room-repair")
            #expect(try await factory.tasks(of: factory.head).contains(order))
            #expect(try await factory.clock(order, "removing")?.due == .endOfDay(Day(iso: "2026-01-22")!))
            // Overdue it reaches the factory's leader; whoever repaired it does not say that it is gone.
            factory.office.move(hours: 24 * 9)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.leader).contains(order))
            try await factory.desk.take(RepairOrder.repair, on: order, input: ["work": .text("已换锁")], by: factory.head)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(RepairOrder.confirm, on: order, input: ["remark": .text("好")], by: factory.head)
            }
            try await factory.desk.take(RepairOrder.giveBack, on: order, input: ["remark": .text("仍锁不上")], by: factory.duty)
            try await factory.desk.take(RepairOrder.repair, on: order, input: ["work": .text("换门")], by: factory.head)
            try await factory.desk.take(RepairOrder.confirm, on: order, input: ["remark": .text("完好")], by: factory.duty)
            #expect(try await factory.state(order) == "confirmed")
            #expect(try await factory.value(id, "protectedOn") != .null)
        }
    }

    @Test(.demand(enterpriseIT["第三章五"], 1, 2), arguments: TestEngine.all)
    func noVisitorEntersWithoutConsent(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await room(factory)
            let who: [String: JSONValue] = [
                "visitor": .text("周平"), "from": .text("甲公司"), "document": .text("身份证"), "purpose": .text("设备维护"), "room": .whole(id),
                "area": .text("机柜区"),
            ]
            let visit = try await factory.desk.take(RoomVisit.request, input: who, by: factory.duty).id
            let escort: [String: JSONValue] = ["escort": .whole(factory.worker.person.raw)]
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(RoomVisit.enter, on: visit, input: escort, by: factory.duty)
            }
            await #expect(throws: DeskError.self) { try await factory.desk.take(RoomVisit.consent, on: visit, by: factory.duty) }
            try await factory.desk.take(RoomVisit.consent, on: visit, by: factory.head)
            await #expect(throws: DeskError.self) { try await factory.desk.take(RoomVisit.enter, on: visit, input: [:], by: factory.duty) }
            try await factory.desk.take(RoomVisit.enter, on: visit, input: escort, by: factory.duty)
            let leaving: [String: JSONValue] = ["operated": .flag(true), "powerOff": .flag(true), "restored": .flag(true)]
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(RoomVisit.leave, on: visit, input: leaving, by: factory.duty)
            }
            try await factory.desk.take(
                RoomVisit.leave, on: visit, input: leaving.merging(["operation": .text("查看日志")]) { $1 }, by: factory.duty)
            // Operating was not consented to: a breach, of whoever went with the visitor.
            #expect(try await factory.rows("operation-breach").count == 1)
            // In an emergency by telephone, signed the same day.
            let urgent = try await factory.desk.take(RoomVisit.enterAtOnce, input: who.merging(escort) { $1 }, by: factory.duty).id
            #expect(try await factory.clock(urgent, "confirming")?.due == .endOfDay(factory.today))
            try await factory.desk.take(RoomVisit.confirm, on: urgent, by: factory.head)
            // Who did not leave shows the next day.
            factory.office.move(hours: 24)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.duty).contains(urgent))
        }
    }

    @Test(.demand(enterpriseIT["第三章二"], 1, 2), arguments: TestEngine.all)
    func mediaLeaveWithApprovalAndComeBack(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let medium = try await factory.desk.take(
                SoftwareMedium.register,
                input: [
                    "label": .text("M-01"), "software": .text("CAD"), "version": .text("2024"), "copies": .whole(1),
                    "keeper": .whole(factory.assets.person.raw),
                ], by: factory.assets
            ).id
            func ask(_ days: Int) async throws -> Int64 {
                try await factory.desk.take(
                    MediumLoan.request,
                    input: [
                        "medium": .whole(medium), "copies": .whole(1), "purpose": .text("安装"), "destination": .text("一车间"),
                        "due": factory.day(days),
                    ], by: factory.worker
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await ask(0) }
            let loan = try await ask(3), second = try await ask(3)
            await #expect(throws: DeskError.self) { try await factory.desk.take(MediumLoan.lend, on: loan, by: factory.assets) }
            for id in [loan, second] { try await factory.desk.take(MediumLoan.approve, on: id, by: factory.director) }
            try await factory.desk.take(MediumLoan.lend, on: loan, by: factory.assets)
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(MediumLoan.lend, on: second, by: factory.assets)
            }
            #expect(refusal?.article == enterpriseIT["第三章二"])
            factory.office.move(hours: 24 * 5)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.worker).contains(loan))
            // Nobody leaves with it.
            let leaving = await #expect(throws: Refusal.self) {
                try await factory.desk.administer(
                    .changePerson(
                        factory.worker.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false,
                        successor: factory.head.person), by: .system)
            }
            #expect(leaving?.article == enterpriseIT["第三章二"])
            try await factory.desk.take(MediumLoan.giveBack, on: loan, input: ["condition": .text("完好，已查毒")], by: factory.assets)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.worker).contains(loan))
        }
    }
}

@Suite struct SecrecyTests {
    private func propose(_ factory: Factory, _ asset: Int64, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "asset": .whole(asset), "grade": .text("secret"), "leader": .whole(factory.head.person.raw),
            "custodian": .whole(factory.worker.person.raw), "system": .text("专人专机"), "isOffline": .flag(true), "hasNoWireless": .flag(true),
        ]
        return try await factory.desk.take(SecretComputer.propose, input: input.merging(more) { $1 }, by: factory.assets).id
    }

    @Test(.demand(enterpriseIT["第二章15"], 1, 2), arguments: TestEngine.all)
    func aComputerIsSecretOnlyWithReviewTrainingAndPassword(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            await #expect(throws: Refusal.self) { _ = try await propose(factory, asset, ["isOffline": .flag(false)]) }
            await #expect(throws: Refusal.self) { _ = try await propose(factory, asset, ["leader": .whole(factory.worker.person.raw)]) }
            let id = try await propose(factory, asset)
            await #expect(throws: DeskError.self) { try await factory.desk.take(SecretComputer.mark, on: id, by: factory.director) }
            try await factory.desk.take(SecretComputer.look, on: id, input: ["review": .text("符合要求")], by: factory.leader)
            let untrained = await #expect(throws: Refusal.self) {
                try await factory.desk.take(SecretComputer.mark, on: id, by: factory.director)
            }
            #expect(untrained?.article == enterpriseIT["第二章15"] && untrained?.words.zh.contains("培训") == true)
            func train(_ day: JSONValue) async throws {
                try await factory.desk.take(
                    SecrecyTraining.enter, input: ["person": .whole(factory.worker.person.raw), "topic": .text("保密法规"), "day": day],
                    by: factory.director)
            }
            // One of two years ago has lapsed.
            try await train(factory.day(-730))
            await #expect(throws: Refusal.self) { try await factory.desk.take(SecretComputer.mark, on: id, by: factory.director) }
            try await train(factory.day(-30))
            let open = await #expect(throws: Refusal.self) {
                try await factory.desk.take(SecretComputer.mark, on: id, by: factory.director)
            }
            #expect(open?.words.zh.contains("口令") == true)
            func password(_ length: Int64) async throws {
                try await factory.desk.take(
                    SecretComputer.setPassword, on: id,
                    input: ["lock": .text("password"), "length": .whole(length), "passwordSetOn": factory.day(0)],
                    by: factory.worker)
            }
            await #expect(throws: Refusal.self) { try await password(6) }
            try await password(8)
            try await factory.desk.take(SecretComputer.mark, on: id, by: factory.director)
            #expect(try await factory.value(asset, "isSecret") == .flag(true))
            // It hangs on no network, gets no address and is not scrapped.
            let net = try await factory.desk.take(
                Subnet.register, input: ["domain": .text("主网"), "prefix": .text("10.9.0.0/24"), "purpose": .text("办公")], by: factory.network
            ).id
            let apart = await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    NetworkAddress.allocate, input: ["subnet": .whole(net), "asset": .whole(asset)], by: factory.network)
            }
            #expect(apart?.article == enterpriseIT["第二章15"] && apart?.words.zh.contains("涉密计算机") == true)
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(ITAsset.proposeScrap, on: asset, input: ["reason": .text("旧")], by: factory.assets)
            }
            // The training lapses in use: a finding, and the mark stays.
            factory.office.move(hours: 24 * 340)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.head).contains(id))
            #expect(try await factory.state(id) == "marked")
            try await train(factory.day(0))
            try await password(8)
            factory.office.move(hours: 1)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.head).contains(id))
            // Out of secret use with approval, and new disks.
            try await factory.desk.take(SecretComputer.askOut, on: id, input: ["reason": .text("项目结束")], by: factory.head)
            await #expect(throws: DeskError.self) { try await factory.desk.take(SecretComputer.withdraw, on: id, by: factory.leader) }
            try await factory.desk.take(SecretComputer.withdraw, on: id, input: ["disposal": .text("硬盘更换并销毁")], by: factory.leader)
            #expect(try await factory.value(asset, "isSecret") == .null)
        }
    }
}
