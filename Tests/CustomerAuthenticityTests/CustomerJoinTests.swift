import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Two records of one person, joined under four eyes and taken apart again; the insured of a policy put right.
@Suite struct CustomerJoinTests {
    /// One person with a passport and with an identity card, under one telephone: two records and a clue between them.
    private static func twoRecords(_ insurer: InsurerOffice) async throws -> [DocumentRow] {
        try await insurer.submit(insurer.application("T1", sequence: 1))
        try await insurer.submit(
            insurer.application("T2", sequence: 1) { application in
                for index in application.persons.indices {
                    (application.persons[index].documentType, application.persons[index].documentNumber) = (.passport, "E12345678")
                }
                application.persons[0].landline = "020-87654321"
                application.persons[0].account = "622202300009"
            })
        return try await insurer.rows("customer")
    }

    private static func request(_ kept: Int64, _ other: Int64, _ insurer: InsurerOffice) async throws -> Int64 {
        let proof = try await insurer.desk.keep(file: "护照.txt", content: Array("复印件".utf8), by: insurer.service)
        return try await insurer.desk.take(
            "request", of: "customer-join",
            input: [
                "kept": .whole(kept), "other": .whole(other), "reason": .text("护照与身份证系同一人"), "evidence": .list([proof.stored]),
            ], by: insurer.service
        ).id
    }

    @Test(.article(authenticity[2], authenticity[7]), arguments: TestEngine.all)
    func theyAreJoinedWithTheirCluesAndPartedAgain(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let customers = try await Self.twoRecords(insurer)
            #expect(customers.map(\.state) == ["suspicious", "suspicious"])
            let join = try await Self.request(customers[0].id, customers[1].id, insurer)
            await #expect(throws: Refusal.self) {
                try await insurer.desk.take(CustomerJoin.approve, on: join, by: insurer.service)
            }
            try await insurer.desk.take(CustomerJoin.approve, on: join, by: insurer.secondService)
            #expect(try await insurer.rows("customer").map(\.state) == ["unverified", "joined"])
            let policies = try await insurer.rows("policy")
            #expect(policies.allSatisfy { $0.values["applicant"] == .whole(customers[0].id) })
            #expect(policies.allSatisfy { $0.values["insured"] == .list([.whole(customers[0].id)]) })
            let item = try #require(try await insurer.rows("suspicion").first)
            #expect(item.state == "closed" && item.values["conclusion"] == .text("same_person"))
            // What the other record said is there; the other document leads to the one record.
            let shown = try await insurer.desk.document(customers[0].id, by: insurer.service.person, revealing: "核对").row.values
            #expect(shown["landline"] == .text("020-87654321") && shown["contacts"]?.list.first?["account"] == .text("622202300009"))
            try await insurer.submit(
                insurer.application("T3", sequence: 1) { application in
                    for index in application.persons.indices {
                        (application.persons[index].documentType, application.persons[index].documentNumber) = (.passport, "E12345678")
                    }
                })
            #expect(try await insurer.rows("customer").count == 2)
            #expect(try await insurer.rows("suspicion").count == 1)
            // Parted, under four eyes as well.
            let reason: [String: JSONValue] = ["partReason": .text("同名同生日的另一人")]
            try await insurer.desk.take(CustomerJoin.requestPart, on: join, input: reason, by: insurer.service)
            await #expect(throws: Refusal.self) { try await insurer.desk.take(CustomerJoin.part, on: join, by: insurer.service) }
            try await insurer.desk.take(CustomerJoin.part, on: join, by: insurer.compliance)
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "suspicious"])
            let after = try await insurer.rows("policy")
            #expect(after.map { $0.values["applicant"] } == [customers[0].id, customers[1].id, customers[0].id].map { .whole($0) })
            #expect(after[1].values["insured"] == .list([.whole(customers[1].id)]))
            let again = try #require(try await insurer.rows("suspicion").first)
            #expect(again.state == "listed" && again.values["customers"]?.list.count == 2)
            let kept = try await insurer.desk.document(customers[0].id, by: insurer.service.person, revealing: "核对").row.values
            #expect(kept["landline"] == nil && kept["contacts"] == nil)
        }
    }

    @Test(.article(authenticity[2])) func twoPersonsAreNotJoined() async throws {
        try await InsurerOffice.with { insurer in
            for sequence in [1, 7] { try await insurer.submit(insurer.application("T\(sequence)", sequence: sequence)) }
            try await insurer.submit(insurer.application("T3", sequence: 3))
            let ids = try await insurer.rows("customer").map(\.id)
            for (other, says) in [(ids[0], "不同的客户记录"), (ids[1], "身份证号码不同"), (ids[2], "姓名或出生日期不同")] {
                let refusal = await #expect(throws: Refusal.self) { _ = try await Self.request(ids[0], other, insurer) }
                #expect(refusal?.words.zh.contains(says) == true, "\(refusal?.words.zh ?? "")")
            }
        }
    }

    // MARK: The insured of a policy

    @Test(.article(authenticity[13], authenticity[5]), arguments: TestEngine.all)
    func theInsuredIsCorrectedByTheRulesOfACorrection(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let policy = try #require(try await insurer.rows("policy").first)
            let proof = try await insurer.desk.keep(file: "投保单.txt", content: Array("原件".utf8), by: insurer.service)
            func request(_ change: (inout ApplicationPerson) -> Void, signed: Bool = true) async throws -> Int64 {
                var person = insurer.application("X", sequence: 8).persons[1]
                change(&person)
                return try await insurer.desk.take(
                    "request", of: "insured-correction",
                    input: [
                        "policy": .whole(policy.id), "persons": .list([person.stored]), "isSignedByCustomer": .flag(signed),
                        "reason": .text("录入时漏了被保险人"), "evidence": .list([proof.stored]),
                    ], by: insurer.service
                ).id
            }
            let unsigned = await #expect(throws: Refusal.self) { _ = try await request({ _ in }, signed: false) }
            #expect(unsigned?.words.zh.contains("亲笔签名") == true)
            let gap = await #expect(throws: Refusal.self) { _ = try await request({ $0.birthDate = "" }) }
            #expect(gap?.faults.map(\.field) == ["persons.0.birthDate"] && gap?.article == authenticity[5])
            let conflict = await #expect(throws: Refusal.self) {
                _ = try await request({ $0.documentNumber = IntakeFile.number(birth: "19800203", sequence: 1); $0.sex = .male })
            }
            #expect(conflict?.article == authenticity[6])
            let correction = try await request { _ in }
            await #expect(throws: Refusal.self) {
                try await insurer.desk.take(InsuredCorrection.apply, on: correction, by: insurer.service)
            }
            try await insurer.desk.take(InsuredCorrection.apply, on: correction, by: insurer.secondService)
            let customers = try await insurer.rows("customer")
            let after = try #require(try await insurer.rows("policy").first)
            #expect(customers.count == 2 && after.values["insured"] == .list([.whole(customers[1].id)]))
            let kept = try await insurer.desk.document(correction, by: insurer.service.person).row.values
            #expect(kept["before"] == .list([.whole(customers[0].id)]) && kept["after"] == .list([.whole(customers[1].id)]))
        }
    }
}
