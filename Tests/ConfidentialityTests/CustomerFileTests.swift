import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第3条, 第4条: classes, codes, standard, and the clock from the first contact.
@Suite struct CustomerFileTests {
    private func refusal(_ body: () async throws -> Void) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await body() }
    }

    @Test(.demand(confidentiality[3], 1, 2), arguments: TestEngine.all)
    func aCustomerHasItsClassAndAnOrganisationItsCheckedCode(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let lawyer = try await archive.file(), dealer = try await archive.file("新合商贸", kind: "dealer", number: 2)
            #expect(try await archive.text(lawyer, "customerClass") == "special")
            #expect(try await archive.text(dealer, "customerClass") == "ordinary")
            var wrong = CreditCodes.code(3)
            wrong.replaceSubrange(wrong.startIndex..<wrong.index(after: wrong.startIndex), with: "1")
            let code = await refusal { try await archive.file("错码公司", kind: "bank", ["creditCode": .text(wrong)]) }
            #expect(code?.article == confidentiality[3] && code?.words.zh.contains("校验位不符") == true)
            let short = await refusal { try await archive.file("短码公司", kind: "bank", ["creditCode": .text("9144")]) }
            #expect(short?.words.zh.contains("应为18位") == true)
            let none = await refusal { try await archive.file("无码公司", kind: "bank", ["creditCode": .text("")]) }
            #expect(none?.words.zh.contains("须填写统一社会信用代码") == true)
            _ = try await archive.file("海外公司", kind: "bank", ["creditCode": .text(""), "withoutCode": .text("境外机构")])
            // An individual has a name of its own field, sealed and masked, and no code.
            let person: [String: JSONValue] = ["customer": .text(""), "creditCode": .text(""), "person": .text("欧阳彗星")]
            let id = try await archive.file("", kind: "individual", person)
            let view = try await archive.desk.document(id, by: archive.manager.person)
            #expect(view.row.title == "K001-GR·2026-D30-0001" && view.row.values["person"]?.text?.contains("彗星") == false)
            let both = await refusal {
                try await archive.file("某公司", kind: "individual", ["creditCode": .text(""), "person": .text("张三")])
            }
            #expect(both?.article == confidentiality[3])
        }
    }

    @Test(.article(confidentiality[3]), arguments: TestEngine.all)
    func anOrganisationIsCalledByItsNameAndAPersonIsMasked(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            func report(_ input: [String: JSONValue]) async throws -> Int64 {
                let day: [String: JSONValue] = ["day": .text(archive.office.now.day.description)]
                return try await archive.desk.take(FirstContact.report, input: input.merging(day) { $1 }, by: archive.clerk).id
            }
            let company = try await report(["subclass": .text("dealer"), "organisation": .text("新合商贸")])
            let person = try await report(["subclass": .text("individual"), "customer": .text("欧阳正华")])
            let rows = try await archive.rows("first-contact") { $0.sort = .oldest }
            #expect(rows.map(\.id) == [company, person] && rows.map(\.title) == ["新合商贸", ""])
            #expect(rows[0].values["organisation"] == .text("新合商贸") && rows[1].values["customer"]?.text?.contains("正华") == false)
            #expect(try await archive.desk.search("新合", by: archive.specialist.person).rows.map(\.id) == [company])
            for wrong in [["subclass": .text("dealer"), "customer": .text("新合商贸")], ["subclass": .text("individual"), "organisation": .text("欧阳正华")]] as [[String: JSONValue]] {
                let denied = await refusal { _ = try await report(wrong) }
                #expect(denied?.article == confidentiality[3])
            }
        }
    }

    @Test(.demand(confidentiality[4], 1), arguments: TestEngine.all)
    func theClockRunsFromTheFirstContactUntilTheFileIsOpen(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let input: [String: JSONValue] = [
                "subclass": .text("lawyer"), "organisation": .text("华信律师事务所"), "day": .text(archive.office.now.day.description),
            ]
            let contact = try await archive.desk.take(FirstContact.report, input: input, by: archive.clerk).id
            let clock = try await archive.desk.document(contact, by: archive.clerk.person).deadlines.first
            // Thursday and three working days: Tuesday.
            #expect(clock?.due == .endOfDay(Day(iso: "2026-01-20")!) && clock?.met == nil)
            #expect(try await archive.todo(archive.specialist, "first-contact").count == 1)
            let file = try await archive.file(["contact": .whole(contact)])
            let view = try await archive.desk.document(contact, by: archive.clerk.person)
            #expect(view.row.state == "settled" && view.deadlines.first?.met != nil)
            // Who brought the customer sees that it is on file, and nothing of the file.
            await #expect(throws: DeskError.absent) {
                _ = try await archive.desk.file("x", of: file, by: archive.clerk)
            }
            // Nobody files it: the supervisor hears.
            let late = try await archive.desk.take(FirstContact.report, input: input, by: archive.clerk).id
            archive.office.move(hours: 24 * 7)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.supervisor, "first-contact").map(\.row.id) == [late])
            let future = input.merging(["day": .text("2026-03-01")]) { $1 }
            let refused = await refusal { try await archive.desk.take(FirstContact.report, input: future, by: archive.clerk) }
            #expect(refused?.words.zh == "首次接触日期不能晚于今天")
        }
    }

    @Test(.demand(confidentiality[4], 2), arguments: TestEngine.all)
    func aFileShowsWhatItLacksUntilItMeetsItsStandard(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(["parts": .list([ArchiveOffice.part("card")])])
            #expect(try await archive.text(file, "lacking") == "执业证书、委托或服务协议、保密协议")
            try await archive.desk.runJobs()
            func found() async throws -> Bool {
                try await archive.todo(archive.specialist, "customer-file").contains { $0.article == confidentiality[4] }
            }
            #expect(try await found())
            let parts = ["card", "practice-licence", "engagement", "secrecy"].map { ArchiveOffice.part($0) }
            try await archive.desk.take(CustomerFile.supplement, on: file, input: ["parts": .list(parts)], by: archive.specialist)
            #expect(try await archive.text(file, "lacking") == nil)
            archive.office.move(hours: 2)
            try await archive.desk.runJobs()
            #expect(try await !found())
            await #expect(throws: DeskError.self) {
                try await archive.desk.take(CustomerFile.supplement, on: file, input: ["parts": .list(parts)], by: archive.clerk)
            }
        }
    }

    @Test(.article(confidentiality[4]), arguments: TestEngine.all)
    func aReferenceCodeIsGivenOnceAndNeverAgain(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let first = try await archive.file()
            #expect(try await archive.text(first, "referenceCode") == "K001-LS·2026-D30-0001")
            #expect(try await archive.text(archive.file("甲银行", kind: "bank", number: 2), "referenceCode") == "K001-YH·2026-D30-0001")
            // Ten years have a series of their own.
            let ten = try await archive.file("乙律所", number: 3, ["retention": .text("D10")])
            #expect(try await archive.text(ten, "referenceCode") == "K001-LS·2026-D10-0001")
            // One that is taken back leaves its code behind, used up.
            try await archive.desk.handle(.withdraw(document: first, reason: "登记有误"), by: archive.specialist)
            #expect(try await archive.text(archive.file("丙律所", number: 4), "referenceCode") == "K001-LS·2026-D30-0002")
            // Found in whatever way it is typed.
            let found = try await archive.rows("customer-file") { $0.equal["referenceCode"] = "k001-ls.2026-d30-0002" }
            #expect(found.map(\.title) == ["丙律所"])
        }
    }

    @Test(.article(confidentiality[4])) func aSeriesThatIsFullRefusesAndNeverWraps() async throws {
        try await ArchiveOffice.with { archive in
            try await archive.file()
            let series = try await archive.desk.all(CodeSeries.self).first { $0.value.series == "K001-LS·2026-D30" }
            try await archive.desk.take(CodeSeries.count, on: try #require(series?.id.raw), by: .system) { document in
                guard var series = document as? CodeSeries else { return }
                series.last = 9999
                document = series
            }
            let full = await refusal { try await archive.file("满号律所", number: 2) }
            #expect(full?.article == confidentiality[4] && full?.words.zh.contains("4 位流水号已用完") == true)
        }
    }

    @Test(.article(confidentiality[4]), .demand(confidentiality[6], 4), .demand(confidentiality[22], 2, 4))
    func aClassifiedFileLeavesNoGapAndItsNameOnNoList() async throws {
        try await ArchiveOffice.with { archive in
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            try await archive.file()
            let hidden = try await archive.file("密字律所", number: 2, secret)
            let next = try await archive.file("丙律所", number: 3)
            #expect(try await archive.text(hidden, "referenceCode") == "K001-MJ·2026-D30-0001")
            #expect(try await archive.text(next, "referenceCode") == "K001-LS·2026-D30-0002")
            let row = try await archive.desk.document(next, by: archive.archivist.person).row
            #expect(row.number == "客档〔2026〕2号")
            let shown = try await archive.desk.document(hidden, by: archive.manager.person).row
            #expect(shown.title == "K001-MJ·2026-D30-0001" && shown.number == "密档〔2026〕1号" && shown.level == .secret)
            #expect(shown.values["remark"] == .text("企业机密"))
            // To whom it may not be told it is not there, nor counted, nor told by its code.
            #expect(try await archive.rows("customer-file", by: archive.archivist).count == 2)
            let page = try await archive.desk.register("customer-file", RegisterQuery(), by: archive.archivist.person)
            #expect(page.total == 2)
            await #expect(throws: DeskError.absent) { try await archive.desk.document(hidden, by: archive.archivist.person) }
            for needle in ["密字", "mz", "K001-MJ·2026-D30-0001"] {
                #expect(try await archive.desk.search(needle, by: archive.archivist.person).rows.isEmpty, "\(needle)")
            }
            // Without a custodian it is not opened; nor by who is not cleared.
            let bare = await refusal { try await archive.file("无管律所", number: 4, ["secrecy": .text("secret")]) }
            #expect(bare?.article == confidentiality[22] && bare?.words.zh.contains("专管人") == true)
            let above = secret.merging(["secrecy": .text("top-secret")]) { $1 }
            let high = await refusal { try await archive.file("绝密律所", number: 5, above) }
            #expect(high?.words.zh.contains("您的密级权限不能登记绝密档案") == true)
        }
    }

    @Test(.article(confidentiality[4])) func aSecondFileOfOneOrganisationIsRefusedUnlessThatWouldTellOfAHiddenOne() async throws {
        try await ArchiveOffice.with { archive in
            try await archive.file()
            let twice = await refusal { try await archive.file("华信律所") }
            #expect(twice?.words.zh == "该客户已建档（K001-LS·2026-D30-0001），请在原档案中补充材料")
            let second = Principal(try await archive.office.hire("second", .informationSpecialist, in: archive.office.service))
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            try await archive.file("密字律所", number: 2, secret)
            _ = try await archive.file("密字律所", number: 2, by: second)
            let told = try await archive.desk.notices(of: archive.supervisor.person).notices.map(\.words.zh)
            #expect(told.contains { $0.contains("与密级档案的统一社会信用代码相同") })
        }
    }
}

extension ArchiveOffice {
    @discardableResult
    func file(_ more: [String: JSONValue]) async throws -> Int64 { try await file("华信律师事务所", more) }
}
