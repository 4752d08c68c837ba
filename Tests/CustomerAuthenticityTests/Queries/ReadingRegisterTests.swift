import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Who read whose personal data: found for whoever watches over it, from the document on which it stood too.
@Suite struct ReadingRegisterTests {
    private static func lines(_ insurer: InsurerOffice, by person: PersonID? = nil, _ change: (inout ReadingQuery) -> Void = { _ in })
        async throws -> [ReadingLine]
    {
        var query = ReadingQuery()
        change(&query)
        return try await insurer.desk.readingRegister(query, by: person ?? insurer.compliance.person).lines
    }

    @Test(.article(authenticity[21]), arguments: TestEngine.all)
    func aTelephoneOnAnItemIsAReadingOfItsCustomers(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.shareTelephone()
            _ = try await insurer.desk.document(item.id, by: insurer.service.person, revealing: "电话核实")
            let customers = (item.values["customers"]?.list ?? []).compactMap(\.whole)
            #expect(customers.count == 2)
            for customer in customers {
                let lines = try await Self.lines(insurer) { $0.document = customer }
                #expect(lines.count == 1 && lines[0].person.zh == "service" && lines[0].purpose == "电话核实")
                #expect(lines[0].way == .document(item.id) && lines[0].through?.id == item.id)
                // What stood on the item, and not all that its customer has.
                #expect(lines[0].fields == [Words("电话", "Telephone")])
                // A customer without a number is told from another by the name, masked.
                let object = try #require(lines[0].object)
                #expect(object.number == nil && object.whose?.hasPrefix("王") == true && object.whose?.contains("*") == true)
                #expect(object.whose?.contains("小") == false)
                // Who may read customers and no items is not told of the item.
                let trail = try await insurer.desk.document(customer, by: insurer.underwriter.person).trail
                #expect(!trail.contains { $0.kind == .read })
                #expect(try await insurer.desk.document(customer, by: insurer.compliance.person).trail.contains { $0.kind == .read })
            }
            #expect(try await Self.lines(insurer).count == 3)
        }
    }

    @Test(.article(authenticity[21]), arguments: TestEngine.all)
    func theGeneralManagerSeesReadingsWithoutTheData(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first)
            _ = try await insurer.desk.document(customer.id, by: insurer.underwriter.person, revealing: "客户回访")
            _ = try await insurer.desk.reveal(customer.id, of: "customer", by: insurer.service.person, purpose: "监管检查")
            await #expect(throws: DeskError.absent) { _ = try await insurer.desk.document(customer.id, by: insurer.manager.person) }
            let lines = try await Self.lines(insurer, by: insurer.manager.person)
            #expect(lines.map(\.person.zh) == ["service", "underwriter"] && lines.map(\.way) == [.program, .page])
            #expect(lines.allSatisfy { $0.object?.mayRead == false && $0.object?.type.zh == "客户" && $0.object?.whose == nil })
            // Nobody else has such a register.
            for person in [insurer.service.person, insurer.underwriter.person, insurer.leader.person] {
                await #expect(throws: DeskError.absent) { _ = try await Self.lines(insurer, by: person) }
            }
        }
    }

    /// Nobody is asked what for where an attachment is opened; the line of whose it is says so and is not empty.
    @Test(arguments: TestEngine.all) func anAttachmentOfACorrectionSaysWhyItsCustomerWasRead(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first), desk = insurer.desk
            let proof = try await desk.keep(file: "身份证.txt", content: Array("复印件".utf8), by: insurer.secondService)
            let correction = try await desk.take(
                Correction.request,
                input: [
                    "customer": .whole(customer.id), "isSignedByCustomer": .flag(true), "reason": .text("更换号码"),
                    "evidence": .list([proof.stored]), "mobile": .text("13900001111"),
                ], by: insurer.secondService
            ).id
            _ = try await desk.file(proof.digest, of: correction, by: insurer.service)
            let lines = try await Self.lines(insurer) { $0.document = customer.id }
            let line = try #require(lines.first { $0.way == .document(correction) })
            #expect(line.purpose.isEmpty && line.told == Words("查看附件", "An attachment was opened"))
        }
    }

    @Test(arguments: TestEngine.all) func itIsFilteredByPersonPurposeDayAndNumber(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.shareTelephone()
            insurer.office.move(to: insurer.office.now.adding(days: 1))
            let other = try #require(try await insurer.rows("customer").first)
            _ = try await insurer.desk.document(item.id, by: insurer.service.person, revealing: "电话核实")
            insurer.office.move(to: insurer.office.now.adding(days: 1))
            _ = try await insurer.desk.document(other.id, by: insurer.underwriter.person, revealing: "客户回访")
            let today = insurer.office.now.day
            #expect(try await Self.lines(insurer) { $0.person = insurer.underwriter.person }.count == 1)
            #expect(try await Self.lines(insurer) { $0.purpose = "回访" }.map(\.purpose) == ["客户回访"])
            #expect(try await Self.lines(insurer) { $0.purpose = "无此目的" }.isEmpty)
            #expect(try await Self.lines(insurer) { $0.from = today }.map(\.purpose) == ["客户回访"])
            #expect(try await Self.lines(insurer) { $0.to = today.adding(days: -1) }.count == 3)
            #expect(try await Self.lines(insurer) { $0.number = "没有此号" }.isEmpty)
            #expect(try await Self.lines(insurer) { $0.regulation = "confidentiality" }.isEmpty)
            // In pages, each line once.
            var query = ReadingQuery(), seen: [Int64] = []
            query.limit = 1
            repeat {
                let page = try await insurer.desk.readingRegister(query, by: insurer.compliance.person)
                seen += page.lines.map(\.id)
                query.after = page.next
            } while query.after != nil
            #expect(seen.count == 4 && Set(seen).count == 4 && seen == seen.sorted(by: >))
        }
    }

    /// A branch that has adopted the regulation for itself has registers and watchers of its own.
    @Test(arguments: TestEngine.all) func whoTakesARegisterInAnotherHouseIsNotToldOfHere(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk, day = insurer.office.now.day
            let branch = UnitID(
                try await desk.administer(.addUnit(parent: insurer.office.company, zh: "分公司", en: "Branch"), by: .system))
            try await desk.administer(
                .adopt(regulation: authenticity.id, version: 1, unit: branch, from: day.adding(days: -30)), by: .system)
            let elsewhere = try await insurer.office.hire("elsewhere", .underwriter, in: branch)
            for person in [elsewhere, insurer.underwriter.person] {
                try await desk.export("customer", RegisterQuery(), by: person) { _, _ in }
            }
            #expect(try await Self.lines(insurer).map(\.person.zh) == ["underwriter"])
            #expect(try await Self.lines(insurer) { $0.regulation = authenticity.id }.count == 1)
            #expect(try await Self.lines(insurer) { $0.regulation = "practices" }.isEmpty, "of one regulation alone")
        }
    }

    @Test func aPurposeIsSaidInWords() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.shareTelephone()
            for purpose in ["1", "看", "12345"] {
                await #expect {
                    _ = try await insurer.desk.document(item.id, by: insurer.service.person, revealing: purpose)
                } throws: { error in
                    guard case DeskError.invalid(let faults) = error else { return false }
                    return faults.map(\.field) == ["purpose"]
                }
            }
            #expect(try await Self.lines(insurer).isEmpty)
        }
    }
}
