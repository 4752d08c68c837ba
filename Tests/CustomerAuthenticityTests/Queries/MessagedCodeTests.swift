import ArticleProof
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import CustomerAuthenticity

/// Codes by short message: to the number on file alone, in approved words, and never to a number that has failed (第十八条, 第二十条).
@Suite struct MessagedCodeTests {
    private func approveWords(_ house: QueryHouse) async throws -> NoticeOffice {
        let notices = NoticeOffice(insurer: house.insurer)
        try await notices.setChannels()
        try await notices.approve(.code)
        return notices
    }

    /// Sends a code of a query that was proved.
    private func send(_ house: QueryHouse, _ id: Int64, by delivery: any CodeDelivery) async throws -> (left: Bool, drawn: QueryCode.Drawn)
    {
        let drawn = QueryCode.Drawn(house.desk)
        try await house.desk.take(TelephoneQuery.sendCode, on: id, by: house.telephonist) { document in
            guard var query = document as? TelephoneQuery else { return }
            query.drawn = drawn
            document = query
        }
        return (try await QueryCode.send(try await house.query(id).value.code, drawn, by: delivery, house.desk), drawn)
    }

    private func proved(_ house: QueryHouse) async throws -> Int64 {
        let id = try await house.call()
        #expect(try await house.answer(id).state == "proved")
        return id
    }

    @Test(.demand(authenticity[18], 1), arguments: TestEngine.all)
    func aCodeGoesToTheNumberOnFileInApprovedWordsAndIsNoNotice(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let notices = NoticeOffice(insurer: house.insurer), carrier = try notices.carrier(gateway)
            let delivery = try #require(carrier.codes), first = try await proved(house)
            #expect(try await !send(house, first, by: delivery).left, "nobody has approved what a code says")
            #expect(gateway.came.isEmpty)
            #expect(try await house.desk.load([try await house.query(first).value.code]).first?.value.fault == "没有使用中的验证码模板，请先报批")
            _ = try await approveWords(house)
            house.office.move(hours: 1)
            let id = try await proved(house), sent = try await send(house, id, by: delivery)
            #expect(sent.left && gateway.came.count == 1)
            let came = try #require(gateway.came.first)
            #expect(came.to == QueryHouse.mobile && came.template == "SMScode" && came.signature == "岭南人寿")
            #expect(came.text == "验证码\(sent.drawn.digits)，5分钟内有效，请勿告诉他人。")
            #expect(try await notices.notices().isEmpty)
            // A report on it says nothing of any notice.
            try await carrier.take(reported: NoticeOffice.report("delivered", key: came.key, at: house.office.now))
            #expect(try await house.enterCode(id, sent.drawn.digits).state == "open")
        }
    }

    @Test(.demand(authenticity[18], 1), .demand(authenticity[20], 3), arguments: TestEngine.all)
    func aNumberThatTheGatewayDoesNotKnowOpensNothingUntilItIsConfirmed(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let gateway = try GatewayServer { _, _ in .answer(422, #"{"error":"number"}"#) }
            defer { gateway.end() }
            let notices = try await approveWords(house), delivery = try #require(try notices.carrier(gateway).codes)
            let id = try await proved(house)
            #expect(try await !send(house, id, by: delivery).left)
            let number = try #require(try await house.desk.all(QueryTelephone.self).first)
            #expect(number.state == .failed && number.value.telephone == QueryHouse.mobile)
            gateway.react { _, _ in .take }
            house.office.move(hours: 1)
            let again = try await proved(house)
            await #expect(throws: Refusal.self) { _ = try await send(house, again, by: delivery) }
            #expect(gateway.sent == 0)
            try await house.desk.take(QueryTelephone.confirm, on: number.id.raw, by: house.insurer.service)
            house.office.move(hours: 1)
            let confirmed = try await proved(house)
            #expect(try await send(house, confirmed, by: delivery).left && gateway.sent == 1)
        }
    }

    /// What a notice came back with counts for codes too; and whoever finds the number right gives it its power back.
    @Test(.demand(authenticity[20], 3), arguments: TestEngine.all)
    func aNoticeThatFailedForGoodTakesTheNumbersPowerUntilSomebodyHasFoundOut(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let notices = try await approveWords(house)
            try await notices.approve(.inEffect)
            let carrier = try notices.carrier(gateway), delivery = try #require(carrier.codes)
            try await notices.tell(.inEffect, of: QueryHouse.policyNo)
            _ = try await carrier.round()
            let key = try #require(gateway.came.first).key
            try await carrier.take(reported: NoticeOffice.report("permanent", key: key, at: house.office.now))
            #expect(try await house.desk.all(QueryTelephone.self).first?.state == .failed)
            let id = try await proved(house)
            await #expect(throws: Refusal.self) { _ = try await send(house, id, by: delivery) }
            #expect(gateway.came.count == 1)
            let task = try #require(try await house.desk.all(ContactTask.self).first)
            try await house.desk.take(
                ContactTask.confirm, on: task.id.raw, input: ["source": .text("按登记号码与本人通话")], by: house.insurer.service)
            house.office.move(hours: 1)
            let again = try await proved(house)
            #expect(try await send(house, again, by: delivery).left && gateway.came.count == 2)
        }
    }
}
