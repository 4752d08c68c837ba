import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Who a customer is, and whether anybody has made sure of it (第二条, 第三条, 第六条).
@Suite struct CustomerIdentityTests {
    /// An application of one person for himself under a document, a name and a date of birth.
    private static func application(
        _ insurer: InsurerOffice, _ number: String, name: String, document: String, kind: CardKind = .residentID, phone: Int
    ) -> Application {
        insurer.application(number, sequence: 2) { application in
            for index in application.persons.indices {
                (application.persons[index].name, application.persons[index].documentNumber) = (name, document)
                (application.persons[index].sex, application.persons[index].birthDate) = (.female, "1949-12-31")
                application.persons[index].documentType = kind
                application.persons[index].mobile = "137\(12_340_000 + phone)"
            }
            application.persons[0].account = "622202\(300_000 + phone)"
            application.persons[0].accountHolder = name
        }
    }

    private static let number = "11010519491231002X"

    @Test(.article(authenticity[6], authenticity[3]), arguments: TestEngine.all)
    func oneDocumentUnderTwoNamesIsAConflict(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(Self.application(insurer, "R1A", name: "郭真名", document: Self.number, phone: 11))
            // However kind and number are typed.
            for (index, (kind, document)) in [
                (CardKind.residentID, Self.number), (.residentID, "110105491231002"), (.householdBook, "11010519491231002x"),
            ].enumerated() {
                let taken = try await insurer.submit(
                    Self.application(insurer, "R1B\(index)", name: "马冒名", document: document, kind: kind, phone: 12))
                #expect(taken.state == "draft" && taken.refusal?.article == authenticity[6])
                #expect(taken.refusal?.faults.map(\.field).first == "persons.0.documentNumber")
                #expect(taken.refusal?.words.zh.contains("在册客户的姓名或出生日期与此不同") == true)
            }
            let customers = try await insurer.rows("customer")
            #expect(customers.count == 1)
            let shown = try await insurer.desk.document(customers[0].id, by: insurer.service.person, revealing: "核对").row.values
            #expect(shown["name"] == .text("郭真名") && shown["contacts"] == nil, "nothing of the other is hung on the record")
            // A name that only looks otherwise, and other kinds of the same document, are the same person.
            let same = Self.application(insurer, "R1C", name: "郭 真名", document: "110105491231002", kind: .householdBook, phone: 11)
            #expect(try await insurer.submit(same).state == "accepted")
            #expect(try await insurer.rows("customer").count == 1)
            #expect(try await insurer.rows("suspicion").isEmpty)
        }
    }

    /// A person decides: what stands in the book wrongly is corrected, and the application then passes.
    @Test(.article(authenticity[6], authenticity[13])) func theConflictEndsWithACorrection() async throws {
        try await InsurerOffice.with { insurer in
            let desk = insurer.desk
            try await insurer.submit(Self.application(insurer, "R1", name: "郭真民", document: Self.number, phone: 11))
            let right = Self.application(insurer, "R2", name: "郭真名", document: Self.number, phone: 11)
            let draft = try await insurer.submit(right)
            #expect(draft.state == "draft")
            let customer = try #require(try await insurer.rows("customer").first)
            let proof = try await desk.keep(file: "身份证.txt", content: Array("复印件".utf8), by: insurer.service)
            let correction = try await desk.take(
                "request", of: "correction",
                input: [
                    "customer": .whole(customer.id), "name": .text("郭真名"), "isSignedByCustomer": .flag(true), "reason": .text("登记有误"),
                    "evidence": .list([proof.stored]),
                ], by: insurer.service)
            try await desk.take(Correction.apply, on: correction.id, by: insurer.secondService)
            #expect(try await desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = right }.state == "accepted")
            #expect(try await insurer.rows("customer").count == 1)
        }
    }

    /// Within one application too.
    @Test(.article(authenticity[6])) func applicantAndInsuredHaveTheirOwnDocuments() async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[1].name = "王冒名" })
            #expect(taken.refusal?.faults.map(\.field) == ["persons.1.documentNumber"])
        }
    }

    /// Outside the rules nothing is refused; and nobody is merged into another either.
    @Test(.demand(authenticity[4], 3), .article(authenticity[6]), arguments: TestEngine.all)
    func outsideTheRulesTwoNamesAreTwoRecordsAndAClue(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            for (index, (name, birth)) in [("单短期", "1990-01-01"), ("陈短期", "1985-01-01")].enumerated() {
                let taken = try await insurer.submit(
                    insurer.application("S\(index)", sequence: 1) {
                        $0.term = "半年"
                        $0.persons.removeLast()
                        ($0.persons[0].name, $0.persons[0].birthDate, $0.persons[0].documentNumber) = (name, birth, "12345")
                        ($0.persons[0].accountHolder, $0.persons[0].account) = ("", "")
                        $0.persons[0].mobile = "1370000111\(index)"
                    })
                #expect(taken.state == "accepted")
            }
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "suspicious"])
            let item = try #require(try await insurer.rows("suspicion").first)
            #expect(item.values["kind"] == .text("identity") && item.values["customers"]?.list.count == 2)
            // Who has nothing but a name is nobody else.
            for index in 0..<2 {
                try await insurer.submit(
                    insurer.application("N\(index)", sequence: 1) {
                        $0.term = "半年"
                        $0.persons = [ApplicationPerson()]
                        ($0.persons[0].role, $0.persons[0].name) = (.applicant, "王伟")
                    })
            }
            let customers = try await insurer.rows("customer")
            #expect(customers.count == 4 && customers[2...].allSatisfy { $0.state == "incomplete" })
        }
    }

    @Test(.demand(authenticity[3], 1), .article(authenticity[12]), arguments: TestEngine.all)
    func nobodyIsVerifiedBeforeSomebodyVerified(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(insurer.application("T2", sequence: 3) { $0.persons[0].address = "建国路边上" })
            func rows() async throws -> [DocumentRow] { try await insurer.rows("customer") }
            let found = try await rows()
            try #require(found.map(\.state) == ["unverified", "incomplete"])
            #expect(found[1].values["cause"] == .text("gaps") && found[1].values["gaps"] == .text("address.vague"))
            try await insurer.desk.take(
                "verify", of: "customer", on: found[0].id, input: ["verifiedFrom": .text("电话回访")], by: insurer.service)
            let verified = try await rows()[0]
            #expect(verified.state == "verified" && verified.values["verifiedAt"] == insurer.office.now.stored)
            // In doubt again, the earlier verification says nothing any more.
            try await insurer.desk.take(
                "contradict", of: "customer", on: found[0].id, input: ["reasons": .text("地址与证件不符")], by: insurer.service)
            let doubted = try await rows()[0]
            #expect(doubted.state == "inconsistent" && doubted.values["verifiedFrom"] == nil && doubted.values["verifiedAt"] == nil)
            // What was added later nobody has verified.
            try await insurer.desk.take(
                "verify", of: "customer", on: found[0].id, input: ["verifiedFrom": .text("临柜")], by: insurer.service)
            try await insurer.submit(insurer.application("T3", sequence: 1))
            #expect(try await rows()[0].state == "verified", "nothing new in it")
            try await insurer.submit(insurer.application("T4", sequence: 1) { $0.persons[0].email = "a@example.com" })
            #expect(try await rows()[0].state == "unverified")
        }
    }

    /// Cleared by an item, the item stands as the source.
    @Test(.article(authenticity[12], authenticity[13])) func anItemsInvestigationIsTheSource() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            try await insurer.take("takeOver", item, by: insurer.service)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.service)
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.compliance)
            try await insurer.take("close", item, by: insurer.secondService)
            for row in try await insurer.rows("customer") {
                #expect(row.state == "verified" && row.values["verifiedFrom"] == .text("问题件〔2026〕1号"))
                #expect(row.values["verifiedAt"] == insurer.office.now.stored)
            }
        }
    }

    /// A child insured without a document, and later with one.
    @Test(.article(authenticity[2], authenticity[5]), arguments: TestEngine.all)
    func aChildIsKnownAgainWithItsDocument(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            func child(_ number: String, document: String, name: String = "王小小") -> Application {
                insurer.application(number, sequence: 1) {
                    ($0.persons[1].name, $0.persons[1].birthDate, $0.persons[1].documentNumber) = (name, "2015-05-01", document)
                    ($0.persons[1].sex, $0.persons[1].mobile) = (.male, "13700001111")
                }
            }
            let document = IntakeFile.number(birth: "20150501", sequence: 11)
            try await insurer.submit(child("T1", document: ""))
            #expect(try await insurer.rows("customer").last?.state == "incomplete")
            try await insurer.submit(child("T2", document: document))
            #expect(try await insurer.rows("customer").count == 2)
            #expect(try await insurer.rows("suspicion").isEmpty)
            #expect(try await insurer.rows("customer").last?.state == "unverified", "complete by now")
            // And without it again.
            try await insurer.submit(child("T3", document: ""))
            #expect(try await insurer.rows("customer").count == 2)
            // The name and the birthday of a child of other people are no proof.
            try await insurer.submit(
                insurer.application("T4", sequence: 3) {
                    ($0.persons[1].name, $0.persons[1].birthDate, $0.persons[1].documentNumber) = ("王小小", "2015-05-01", "")
                    ($0.persons[1].sex, $0.persons[1].mobile, $0.persons[1].address) = (.male, "", "")
                })
            #expect(try await insurer.rows("customer").count == 4)
        }
    }
}
