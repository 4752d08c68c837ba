import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import TestOffice
import WorkCalendar

/// What a stranger's walk through the chase found (第七条, 第十一条, 第十三条).
@Suite struct ChaseFindingsTests {
    @Test(.demand(authenticity[13], 1), arguments: TestEngine.all)
    func whatWasDistributedWronglyGoesBackWithAReason(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            try await insurer.desk.handle(.sendBack(document: item, to: "listed", reason: "不是本渠道的客户"), by: insurer.backOffice)
            let view = try await insurer.desk.document(item, by: insurer.service.person)
            #expect(view.row.state == "listed" && view.trail.first?.written == "不是本渠道的客户")
            #expect(try await insurer.desk.todo(of: insurer.service.person).items.contains { $0.row.id == item })
        }
    }

    @Test(.article(authenticity[7], authenticity[13]), arguments: TestEngine.all)
    func whatACorrectionMakesSharedIsAClue(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            for sequence in [1, 2] { try await insurer.submit(insurer.application("T\(sequence)", sequence: sequence)) }
            #expect(try await insurer.rows("suspicion").isEmpty)
            let customer = try #require(try await insurer.rows("customer").last)
            let proof = try await insurer.desk.keep(file: "证明.txt", content: Array("号码变更".utf8), by: insurer.secondService)
            let correction = try await insurer.desk.take(
                "request", of: "correction",
                input: [
                    "customer": .whole(customer.id), "mobile": .text("13912340001"), "isSignedByCustomer": .flag(true),
                    "reason": .text("更换号码"), "evidence": .list([proof.stored]),
                ], by: insurer.secondService)
            try await insurer.desk.take(Correction.apply, on: correction.id, by: insurer.service)
            let item = try #require(try await insurer.rows("suspicion").first)
            #expect(item.values["kind"] == .text("phone") && item.values["customers"]?.list.count == 2)
            #expect(item.values["policies"]?.list.count == 2 && item.values["agents"]?.list == [.whole(insurer.agent)])
            #expect(item.values["leader"] == .whole(insurer.leader.person.raw) && item.values["channel"] == .text("individual"))
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "suspicious"])
        }
    }

    @Test(.article(authenticity[7])) func anItemNamesWhoeverSoldToEachOfItsCustomers() async throws {
        try await InsurerOffice.with { insurer in
            let second = Principal(try await insurer.office.hire("leader2", .teamLeader, in: insurer.office.market))
            let other = try await insurer.desk.take(
                "register", of: "agent",
                input: [
                    "agentNo": .text("A2"), "name": .text("钱业务"), "channel": .text("individual"),
                    "team": .whole(insurer.office.market.raw), "leader": .whole(second.person.raw), "phone": .text("13600000003"),
                ], by: insurer.backOffice)
            let day = insurer.office.now.day
            try await insurer.desk.take(
                "qualify", of: "agent", on: other.id,
                input: [
                    "trainingHours": .whole(2), "testedOn": .text(day.adding(days: -2).description),
                    "qualifiedUntil": .text(day.adding(days: 30).description), "takenOverFrom": .text("原系统记录"),
                ], by: insurer.trainer)
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(
                insurer.application("T2", sequence: 2) {
                    $0.agentNo = "A2"
                    $0.persons[0].mobile = "13912340001"
                })
            let item = try #require(try await insurer.rows("suspicion").first)
            #expect(item.values["agents"]?.list == [.whole(insurer.agent), .whole(other.id)])
            insurer.office.move(to: insurer.office.now.adding(days: 1))
            try await insurer.desk.runJobs()
            try await insurer.distribute(item.id)
            for leader in [insurer.leader, second] { _ = try await insurer.desk.document(item.id, by: leader.person) }
        }
    }

    @Test(.article(authenticity[13])) func anItemGoesToABackOfficeAndToATeamLeader() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            let (unit, leader) = (JSONValue.whole(insurer.office.market.raw), JSONValue.whole(insurer.leader.person.raw))
            for (input, says): ([String: JSONValue], String) in [
                (["channelUnit": .whole(insurer.office.service.raw), "leader": leader], "没有渠道内勤"),
                (["channelUnit": unit, "leader": .whole(insurer.underwriter.person.raw)], "不是团队负责人"),
                (["channelUnit": unit, "leader": leader, "callBackOn": .text(insurer.office.now.day.description)], "晚于今天"),
            ] {
                let refusal = await #expect(throws: Refusal.self) { try await insurer.take("distribute", item, input, by: insurer.service) }
                #expect(refusal?.words.zh.contains(says) == true)
            }
        }
    }

    @Test(.demand(authenticity[13], 5)) func aCallBackFindingIsFilledFromTheBook() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first)
            func report(_ phone: String) async throws -> Int64 {
                try await insurer.desk.take(
                    "report", of: "suspicion",
                    input: ["customers": .list([.whole(customer.id)]), "phone": .text(phone), "report": .text("客户称未投保")],
                    by: insurer.service
                ).id
            }
            let refusal = await #expect(throws: Refusal.self) { _ = try await report("123") }
            #expect(refusal?.faults.map(\.field) == ["phone"])
            let values = try await insurer.desk.document(try await report("13900001111"), by: insurer.service.person).row.values
            #expect(values["policies"]?.list.count == 1 && values["agents"]?.list == [.whole(insurer.agent)])
            #expect(values["channelUnit"] == .whole(insurer.office.market.raw) && values["leader"] == .whole(insurer.leader.person.raw))
        }
    }

    @Test(.article(authenticity[4], authenticity[5])) func whatWasAcceptedIsNotTakenBack() async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1))
            await #expect(throws: DeskError.self) {
                try await insurer.desk.handle(.withdraw(document: taken.id, reason: "录错了"), by: insurer.underwriter)
            }
            for (index, change): (Int, @Sendable (inout Application) -> Void) in [
                (1, { $0.productClass = .unknown }), (2, { $0.term = "" }), (3, { $0.persons.append($0.persons[0]) }),
            ] {
                let draft = try await insurer.submit(insurer.application("W\(index)", sequence: 10 + index, change))
                #expect(draft.state == "draft" && draft.refusal?.faults.count == 1, "\(index)")
            }
        }
    }

    @Test(.article(authenticity[7])) func anExemptionEndsByItself() async throws {
        try await InsurerOffice.with { insurer in
            func request(until day: Day) async throws -> Int64 {
                try await insurer.desk.take(
                    "request", of: "exemption",
                    input: [
                        "phone": .text("13912340001"), "owner": .text("网点"), "reason": .text("机构电话"), "until": .text(day.description),
                    ], by: insurer.service
                ).id
            }
            let today = insurer.office.now.day
            await #expect(throws: Refusal.self) { _ = try await request(until: today.adding(days: -1)) }
            let id = try await request(until: today)
            try await insurer.desk.take(Exemption.approve, on: id, by: insurer.compliance)
            let late = try await request(until: today)
            insurer.office.move(hours: 24)
            try await insurer.desk.runJobs()
            #expect(try await insurer.desk.document(id, by: insurer.compliance.person).row.state == "ended")
            await #expect(throws: Refusal.self) {
                try await insurer.desk.take(Exemption.approve, on: late, by: insurer.compliance)
            }
        }
    }
}
