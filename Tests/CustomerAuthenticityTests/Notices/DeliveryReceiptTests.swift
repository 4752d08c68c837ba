import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The receipt of the contract, with the hint and the customer's confirmation of it (第十六条).
@Suite struct DeliveryReceiptTests {
    private static let start = Moment(Day(iso: "2026-03-02")!, hour: 9)!

    private func paper(_ house: NoticeOffice, _ text: String = "回执") async throws -> JSONValue {
        .list([try await house.desk.keep(file: "回执.txt", content: Array(text.utf8), by: house.insurer.service).stored])
    }

    private func input(
        _ house: NoticeOffice, issued: String = "2026-03-02", signed: String = "2026-03-02", hint: Bool = true, confirmed: Bool = true
    ) async throws -> [String: JSONValue] {
        [
            "policy": .whole(try await house.policy().id), "issuedOn": .text(issued), "signedOn": .text(signed), "wasHintGiven": .flag(hint),
            "isHintConfirmed": .flag(confirmed), "paper": try await paper(house),
        ]
    }

    @Test(.demand(authenticity[16], 1), .article(authenticity[7]), arguments: TestEngine.all)
    func theReceiptRecordsTheHintAndTheCustomersConfirmation(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine, at: Self.start) { house in
            let (desk, service) = (house.desk, house.insurer.service)
            func register(_ input: [String: JSONValue]) async throws -> Int64 { try await desk.take(DeliveryReceipt.register, input: input, by: service).id }
            let cases: [(String, [String: JSONValue])] = [
                ("先向客户提示", try await input(house, hint: false)), ("客户本人对查询提示的确认", try await input(house, confirmed: false)),
                ("早于承保日期", try await input(house, issued: "2026-03-02", signed: "2026-03-01")),
                ("不能晚于今天", try await input(house, signed: "2026-03-03")),
            ]
            for (words, input) in cases {
                let refusal = await #expect(throws: Refusal.self) { _ = try await register(input) }
                #expect(refusal?.words.zh.contains(words) == true && refusal?.article == authenticity[16], "\(refusal?.words.zh ?? "")")
            }
            let id = try await register(try await input(house))
            let receipt = try #require(try await desk.load([ID<DeliveryReceipt>(id)]).first)
            #expect(receipt.state == .confirmed && receipt.value.channels.contains("95500") && receipt.value.isHintConfirmed)
            let policy = try await house.policy()
            #expect(policy.state == "delivered" && policy.values["coolingOffEnd"] == .text("2026-03-17"))
            #expect(try await house.insurer.rows("call-back").count == 1)
            #expect(try await house.insurer.rows("delivery-receipt").count == 1)
            // Signed twice: another copy, another delivery start nothing.
            house.office.move(hours: 48)
            await NoticeOffice.refused("不重新起算犹豫期", 16) { _ = try await register(try await input(house, signed: "2026-03-04")) }
            #expect(try await house.policy().values["coolingOffEnd"] == .text("2026-03-17"))
        }
    }

    @Test(.demand(authenticity[16], 1)) func aDeliveryRegisteredOnThePolicyStillWantsTheConfirmation() async throws {
        try await NoticeOffice.with(at: Self.start) { house in
            let (desk, service) = (house.desk, house.insurer.service)
            try await desk.take(
                Policy.deliver, on: try await house.policy().id, input: ["signedOn": .text("2026-03-02"), "wasHintGiven": .flag(true)], by: service)
            let receipt = try #require(try await house.insurer.rows("delivery-receipt").first)
            #expect(receipt.state == "awaited")
            #expect(try await desk.todo(of: service.person).items.contains { $0.row.id == receipt.id })
            await NoticeOffice.refused("本人对查询提示的确认", 16) {
                try await desk.take(
                    DeliveryReceipt.confirm, on: receipt.id, input: ["isHintConfirmed": .flag(false), "paper": try await paper(house)], by: service)
            }
            try await desk.take(
                DeliveryReceipt.confirm, on: receipt.id, input: ["isHintConfirmed": .flag(true), "paper": try await paper(house)], by: service)
            #expect(try await house.insurer.rows("delivery-receipt").first?.state == "confirmed")
        }
    }

    /// A first signature that was not the customer's starts anew, with a reason and an approver.
    @Test(.article(authenticity[16], authenticity[7], authenticity[11]), arguments: TestEngine.all)
    func aForgedFirstSignatureStartsAnew(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine, at: Self.start) { house in
            let (desk, service) = (house.desk, house.insurer.service)
            let id = try await desk.take(DeliveryReceipt.register, input: try await input(house), by: service).id
            let call = try #require(try await house.insurer.rows("call-back").first).id
            try await desk.take(CallBack.complete, on: call, input: CallBackTests.input(), by: service)
            house.office.move(hours: 24 * 8)
            func contest(_ signed: String) async throws {
                try await desk.take(
                    DeliveryReceipt.contest, on: id,
                    input: ["reason": .text("首次签名系业务员代签"), "newSignedOn": .text(signed), "newPaper": try await paper(house, "重签")], by: service)
            }
            await NoticeOffice.refused("不能早于原签收日期", 16) { try await contest("2026-03-01") }
            try await contest("2026-03-09")
            #expect(try await house.policy().values["coolingOffEnd"] == .text("2026-03-17"), "nothing yet")
            await #expect(throws: DeskError.self, "who asks does not approve") {
                try await desk.take(DeliveryReceipt.approve, on: id, input: ["opinion": .text("同意")], by: service)
            }
            try await desk.take(DeliveryReceipt.approve, on: id, input: ["opinion": .text("笔迹不符，同意")], by: house.insurer.compliance)
            #expect(try await house.policy().values["coolingOffEnd"] == .text("2026-03-24"))
            let again = try #require(try await desk.load([ID<CallBack>(call)]).first)
            #expect(again.state == .planned && again.value.calledAt == nil && again.value.coolingOffEnd == Day(iso: "2026-03-24"))
            let receipt = try #require(try await desk.load([ID<DeliveryReceipt>(id)]).first).value
            #expect(receipt.earlier.map(\.signedOn) == [Day(iso: "2026-03-02")] && receipt.signedOn == Day(iso: "2026-03-09"))
            try await desk.settleLedger()
            #expect(try await desk.verify().isClean)
        }
    }
}
