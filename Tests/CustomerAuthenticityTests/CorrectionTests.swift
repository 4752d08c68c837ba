import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import TestOffice
import WorkCalendar

/// A customer's data put right through policy service (第十三条).
@Suite struct CorrectionTests {
    /// Requests a correction of the first customer with evidence and signature.
    private static func request(_ values: [String: JSONValue], _ insurer: InsurerOffice, by principal: Principal? = nil) async throws
        -> Int64
    {
        let customer = try #require(try await insurer.rows("customer").first)
        let principal = principal ?? insurer.secondService
        let proof = try await insurer.desk.keep(file: "身份证.txt", content: Array("复印件".utf8), by: principal)
        let input: [String: JSONValue] = [
            "customer": .whole(customer.id), "isSignedByCustomer": .flag(true), "reason": .text("证件号码登记有误"),
            "evidence": .list([proof.stored]),
        ]
        return try await insurer.desk.take(Correction.request, input: input.merging(values) { $1 }, by: principal).id
    }

    @Test(.demand(authenticity[13], 4), .article(authenticity[6]), arguments: TestEngine.all)
    func nameSexBirthAndDocumentAreCorrectedTogether(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let right = IntakeFile.number(birth: "19800304", sequence: 12)
            // The number alone contradicts what stays.
            let refusal = await #expect(throws: Refusal.self) { _ = try await Self.request(["documentNumber": .text(right)], insurer) }
            #expect(Set(refusal?.faults.map(\.field) ?? []) == ["sex", "birthDate"])
            let id = try await Self.request(
                [
                    "documentNumber": .text(right), "sex": .text("F"), "birthDate": .text("1980-03-04"), "name": .text("王晓红"),
                ], insurer)
            try await insurer.desk.take(Correction.apply, on: id, by: insurer.service)
            let kept = try await insurer.desk.document(id, by: insurer.service.person, revealing: "核对").row.values
            #expect(kept["oldName"] == .text("王小红") && kept["oldSex"] == .text("M") && kept["oldBirthDate"] == .text("1980-02-03"))
            let row = try #require(try await insurer.rows("customer").first)
            let after = try await insurer.desk.document(row.id, by: insurer.service.person, revealing: "核对").row
            #expect(after.state == "corrected" && after.values["name"] == .text("王晓红") && after.values["sex"] == .text("F"))
            let origins = after.values["origins"]?.list.compactMap { $0["value"].text } ?? []
            #expect(origins == ["name", "sex", "birth_date", "document"])
            // Known again by the new number.
            try await insurer.submit(
                insurer.application("T2", sequence: 1) { application in
                    for index in application.persons.indices {
                        (application.persons[index].name, application.persons[index].sex) = ("王晓红", .female)
                        (application.persons[index].birthDate, application.persons[index].documentNumber) = ("1980-03-04", right)
                    }
                    application.persons[0].accountHolder = "王晓红"
                })
            #expect(try await insurer.rows("customer").count == 1)
        }
    }

    @Test(.article(authenticity[13])) func aCorrectionNeedsEvidenceAChangeAndADocumentOfItsOwn() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(insurer.application("T2", sequence: 3))
            await #expect(throws: DeskError.self) {
                _ = try await Self.request(["mobile": .text("13900001111"), "evidence": .list([])], insurer)
            }
            for same: [String: JSONValue] in [[:], ["mobile": .text("13912340001")]] {
                let refusal = await #expect(throws: Refusal.self) { _ = try await Self.request(same, insurer) }
                #expect(refusal?.words.zh.contains("不同的更正内容") == true)
            }
            let others = IntakeFile.number(birth: "19800203", sequence: 3)
            let refusal = await #expect(throws: Refusal.self) { _ = try await Self.request(["documentNumber": .text(others)], insurer) }
            #expect(refusal?.words.zh.contains("另一客户已使用") == true)
        }
    }

    /// What stood before is a copy of the customer's data: only who may read the customer asks for it, and the reading stands there.
    @Test(.demand(authenticity[21], 2), .article(authenticity[13]), arguments: TestEngine.all)
    func whatACorrectionKeepsIsAReadingOfTheCustomer(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first)
            let values: [String: JSONValue] = ["mobile": .text("13900001111")]
            let words = Words("客户：查无此项，或者不能由您选用，请重新选择", "Customer: there is no such entry that you may choose; choose again")
            for id in [customer.id, 987_654_321] {
                await #expect(throws: DeskError.invalid([.init(field: "customer", words)])) {
                    _ = try await Self.request(values.merging(["customer": .whole(id)]) { $1 }, insurer, by: insurer.backOffice)
                }
            }
            #expect(try await insurer.desk.document(customer.id, by: insurer.service.person).trail.map(\.kind) == [.system])
            _ = try await Self.request(values, insurer)
            let reading = try #require(try await insurer.desk.document(customer.id, by: insurer.service.person).trail.first)
            #expect(reading.kind == .read && reading.words?.zh == "为办理资料更正查看" && reading.articles == [authenticity[21]])
        }
    }

    @Test(.article(authenticity[21])) func aFileCountsAsAReading() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.desk.administer(.setReadingLimit(1), by: .system)
            for sequence in [1, 3] { try await insurer.submit(insurer.application("T\(sequence)", sequence: sequence)) }
            let customers = try await insurer.rows("customer")
            var corrections: [Int64] = []
            for (customer, principal) in zip(customers, [insurer.service, insurer.secondService]) {
                let values: [String: JSONValue] = ["customer": .whole(customer.id), "mobile": .text("13900001111")]
                corrections.append(try await Self.request(values, insurer, by: principal))
            }
            let proof = try await insurer.desk.keep(file: "身份证.txt", content: Array("复印件".utf8), by: insurer.service)
            _ = try await insurer.desk.file(proof.digest, of: corrections[0], by: insurer.compliance)
            await #expect(throws: DeskError.self) {
                _ = try await insurer.desk.file(proof.digest, of: corrections[1], by: insurer.compliance)
            }
            _ = try await insurer.desk.file(proof.digest, of: corrections[0], by: insurer.compliance)
        }
    }
}
