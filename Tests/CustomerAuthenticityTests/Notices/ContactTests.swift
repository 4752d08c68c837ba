import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Each contact asks what nobody has verified (第十二条), and what the customer corrects is put right.
@Suite struct ContactTests {
    private static func finding(_ value: String, _ outcome: String, _ more: [String: String] = [:], source: String = "电话，客户本人") -> JSONValue {
        .record(
            [.init("value", .text(value)), .init("outcome", .text(outcome)), .init("source", .text(source))]
                + more.sorted { $0.key < $1.key }.map { .init($0.key, .text($0.value)) })
    }

    private func begin(_ house: NoticeOffice, _ kind: String = "policy_service") async throws -> Int64 {
        try await house.desk.take(
            ContactEvent.begin, input: ["customer": .whole(try await house.customer().raw), "kind": .text(kind)], by: house.insurer.service
        ).id
    }

    private func finish(_ house: NoticeOffice, _ id: Int64, _ findings: [JSONValue], reminds: Bool = false) async throws {
        try await house.desk.take(
            ContactEvent.finish, on: id, input: ["findings": .list(findings), "remindsOfChanges": .flag(reminds)], by: house.insurer.service)
    }

    @Test(.demand(authenticity[12], 1)) func theIntakeAsksForLandLineMobileAndMail() {
        let asked = ApplicationPerson.fields.map(\.key)
        #expect(["landline", "mobile", "email"].allSatisfy(asked.contains))
        #expect(UnverifiedValues.missing(Customer()) == [.mobile, .landline, .email])
    }

    @Test(.demand(authenticity[12], 2), arguments: TestEngine.all)
    func whatIsConfirmedAtAContactStandsWithItsSource(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let first = try await begin(house)
            let row = try await house.desk.document(first, by: house.insurer.service.person).row
            #expect(row.values["unverified"] == .text("name;sex;birth_date;document;mobile;email;address;account"))
            #expect(row.values["missing"] == .text("landline"))
            await NoticeOffice.refused("核实来源", 12) { try await finish(house, first, [Self.finding("mobile", "confirmed", source: "")]) }
            await NoticeOffice.refused("客户资料中没有", 12) { try await finish(house, first, [Self.finding("landline", "confirmed")]) }
            await NoticeOffice.refused("只能登记一次", 12) {
                try await finish(house, first, [Self.finding("mobile", "confirmed"), Self.finding("mobile", "corrected", ["phone": "13700001111"])])
            }
            await #expect(throws: DeskError.self, "others do not") {
                try await house.desk.take(ContactEvent.finish, on: first, input: [:], by: house.insurer.backOffice)
            }
            try await finish(house, first, [Self.finding("mobile", "confirmed"), Self.finding("address", "confirmed")])
            let customer = try await house.customer()
            func origins() async throws -> [ValueOrigin] { try #require(try await house.desk.load([customer]).first).value.origins }
            let number = try #require(row.number)
            #expect(try await origins().filter { $0.source == "\(number) 电话，客户本人" }.map(\.value) == [.mobile, .address])
            #expect(try await origins().allSatisfy { $0.since == house.office.now })
            // What is left is asked at the next contact; with the last of it the customer is verified.
            let second = try await begin(house, "care")
            let left = try await house.desk.document(second, by: house.insurer.service.person).row.values["unverified"]?.text ?? ""
            #expect(left == "name;sex;birth_date;document;email;account")
            try await finish(house, second, left.split(separator: ";").map { Self.finding(String($0), "confirmed") })
            let found = try #require(try await house.desk.load([customer]).first)
            #expect(found.state == .verified && found.value.verifiedFrom.hasPrefix("接触〔") && UnverifiedValues.unverified(found).isEmpty)
            // A telephone that comes later nobody has verified.
            try await house.insurer.submit(house.insurer.application("T9", sequence: 1) { $0.persons[0].landline = "020-87654321" })
            #expect(UnverifiedValues.unverified(try #require(try await house.desk.load([customer]).first)) == [.landline])
        }
    }

    @Test(.demand(authenticity[12], 2, 3), .article(authenticity[13])) func whatTheCustomerCorrectsGoesThroughPolicyService() async throws {
        try await NoticeOffice.with { house in
            let (desk, service) = (house.desk, house.insurer.service), customer = try await house.customer()
            let id = try await begin(house, "call_back")
            await NoticeOffice.refused("新“手机”", 12) { try await finish(house, id, [Self.finding("mobile", "corrected")]) }
            try await finish(house, id, [Self.finding("mobile", "corrected", ["phone": "13700001111"])], reminds: true)
            #expect(try #require(try await desk.load([customer]).first).value.mobile == "13912340001", "nothing changes by a word on the telephone")
            let task = try #require(try await desk.all(ContactTask.self).first)
            #expect(task.value.cause == .told && task.value.toldPhone == "13700001111" && task.value.phone == "13912340001")
            // The reminder does not go to a number that the customer has said is another now.
            let reminder = try #require(try await house.notices().last).value
            #expect(reminder.kind == .changeReminder && reminder.way == .mail)
            let mailbox = try MailboxServer()
            defer { mailbox.end() }
            _ = try await house.carrier(nil, mail: mailbox).round()
            #expect(mailbox.came.map(\.to) == ["wang@example.org"])
            #expect(try await house.notices().last?.state == .handed)
            func correction(_ input: [String: JSONValue], isApplied: Bool = true) async throws -> Int64 {
                let paper = try await desk.keep(file: "申请.txt", content: Array("签名 \(input)".utf8), by: service)
                let id = try await desk.take(
                    Correction.request,
                    input: input.merging([
                        "customer": .whole(customer.raw), "evidence": .list([paper.stored]), "isSignedByCustomer": .flag(true), "reason": .text("换号"),
                    ]) { $1 }, by: service
                ).id
                if isApplied { try await desk.take(Correction.apply, on: id, by: house.insurer.secondService) }
                return id
            }
            func close(_ correction: Int64) async throws {
                try await desk.take(ContactTask.correct, on: task.id.raw, input: ["correction": .whole(correction)], by: service)
            }
            let other = try await correction(["email": .text("new@example.org")])
            await NoticeOffice.refused("没有更改这项联系方式", 20) { try await close(other) }
            let waiting = try await correction(["mobile": .text("13700001111")], isApplied: false)
            await NoticeOffice.refused("已办结的更正", 20) { try await close(waiting) }
            try await desk.take(Correction.apply, on: waiting, by: house.insurer.secondService)
            try await close(waiting)
            #expect(try await house.notice(try await house.tell(.inEffect)).value.phone == "13700001111")
        }
    }

    @Test(.article(authenticity[12])) func nobodyCallsWhoeverHasDied() async throws {
        try await NoticeOffice.with { house in
            let (desk, service) = (house.desk, house.insurer.service)
            let paper = try await desk.keep(file: "死亡证明.txt", content: Array("证明".utf8), by: service)
            try await desk.take(
                ContactRestriction.register,
                input: [
                    "customer": .whole(try await house.customer().raw), "kind": .text("deceased"),
                    "since": .text(house.office.now.day.description), "source": .text("家属来电"), "evidence": .list([paper.stored]),
                ], by: service)
            await NoticeOffice.refused("请勿联系", 12) { _ = try await begin(house, "care") }
        }
    }

    @Test(.article(authenticity[20])) func aTaskThatNobodySeesToIsEscalated() async throws {
        try await NoticeOffice.with { house in
            let id = try await begin(house)
            try await finish(house, id, [Self.finding("mobile", "corrected", ["phone": "13700001111"])])
            #expect(try await house.desk.todo(of: house.insurer.service.person).items.contains { $0.row.type == ContactTask.name })
            house.office.move(hours: 24 * 10)
            try await house.desk.runJobs()
            #expect(try await house.desk.todo(of: house.insurer.compliance.person).items.contains { $0.row.type == ContactTask.name })
        }
    }
}
