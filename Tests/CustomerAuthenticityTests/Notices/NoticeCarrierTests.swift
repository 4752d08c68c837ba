import ArticleProof
import Courier
import CustomerAuthenticity
import EngineFixture
import Kernel
import Outbox
import Store
import TestOffice
import Testing
import WorkCalendar

/// Against a gateway that fails, delays, doubles and answers late.
@Suite struct NoticeCarrierTests {
    @Test(.demand(authenticity[20], 2), arguments: TestEngine.all)
    func aNoticeIsHandedOverSignedAndDeliveredByItsReport(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            #expect(try await carrier.round().map(\.fault) == [nil])
            let came = try #require(gateway.came.first), handed = try await house.notice(id)
            #expect(
                came.to == "13912340001" && came.text == handed.value.text && came.signature == "岭南人寿" && came.template == "SMSin_effect")
            #expect(came.version == 1 && came.heads["idempotency-key"] == came.key && came.key == handed.value.key)
            let secret = try #require(WebhookSigning.secret(NoticeOffice.secret)),
                seconds = Int64(came.heads["webhook-timestamp"] ?? "") ?? 0
            #expect(
                WebhookSigning.isSigned(
                    id: came.heads["webhook-id"] ?? "", seconds: seconds, body: came.body,
                    signatures: came.heads["webhook-signature"] ?? "",
                    secret: secret, at: seconds + 60))
            #expect(handed.state == .handed && handed.value.gatewayNumber == "G1" && handed.value.attempts.map(\.outcome) == [.taken])
            #expect(try await carrier.round().isEmpty, "nothing is sent again")
            let report = NoticeOffice.report("delivered", key: came.key, at: house.office.now)
            try await carrier.take(reported: .list([NoticeOffice.report("sent", key: came.key, at: house.office.now), report]))
            #expect(try await house.notice(id).state == .delivered)
            let version = try await house.notice(id).record.version
            try await carrier.take(reported: report)
            #expect(try await house.notice(id).record.version == version, "a report that comes twice adds nothing")
            try await house.desk.settleLedger()
            #expect(try await house.desk.verify().isClean)
        }
    }

    /// The gateway had it: what is tried again goes under its key and leaves once.
    @Test(.demand(authenticity[20], 2), arguments: TestEngine.all) func aTimeOutIsNoFailure(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let gateway = try GatewayServer { _, count in count == 0 ? .takeLate(seconds: 3) : .take }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            #expect(try await carrier.round().first?.fault != nil)
            #expect(try await house.notice(id).state == .technical && gateway.sent == 1)
            #expect(try await house.notice(id).value.attempts.map(\.outcome) == [.unsure])
            #expect(try await carrier.round().isEmpty, "it waits before it is tried again")
            house.office.move(hours: 1)
            try await house.desk.runJobs()
            #expect(try await house.notice(id).state == .queued)
            #expect(try await carrier.round().map(\.fault) == [nil])
            let came = gateway.came
            #expect(came.count == 2 && came[0].key == came[1].key && gateway.sent == 1, "asked twice, sent once")
            #expect(try await house.notice(id).value.gatewayNumber == "G1")
        }
    }

    @Test(.article(authenticity[20])) func whatBreaksOffIsTriedAgainUnderItsKey() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer { _, count in count < 2 ? .takeAndHangUp : .take }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            for _ in 0..<3 {
                _ = try await carrier.round()
                house.office.move(hours: 2)
                try await house.desk.runJobs()
            }
            #expect(try await house.notice(id).state == .handed && gateway.came.count == 3 && gateway.sent == 1)
        }
    }

    /// The report comes before the answer, and before our own number is stored.
    @Test(.article(authenticity[20])) func aReportThatIsQuickerThanTheAnswerCounts() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer { _, _ in .takeLate(seconds: 0.7) }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            async let round = carrier.round()
            while gateway.came.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            let key = try #require(gateway.came.first).key
            try await carrier.take(reported: NoticeOffice.report("delivered", key: key, at: house.office.now))
            _ = try await round
            let notice = try await house.notice(id)
            #expect(notice.state == .delivered && notice.value.gatewayNumber == "G1" && notice.value.attempts.map(\.outcome) == [.taken])
            house.office.move(hours: 100)
            try await house.desk.runJobs()
            #expect(try await house.notice(id).state == .delivered, "nothing waits for it any more")
        }
    }

    @Test(.demand(authenticity[20], 2), arguments: TestEngine.all)
    func whatIsGivenUpWaitsForSomebodyAndIsSentAgainByHim(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let (desk, service) = (house.desk, house.insurer.service)
            let gateway = try GatewayServer { _, _ in .answer(503, "") }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            for attempt in 1...8 {
                #expect(try await carrier.round().count == 1, "try \(attempt)")
                house.office.move(to: house.office.now.adding(seconds: CustomerNotice.patience(after: attempt) + 1))
                try await desk.runJobs()
            }
            let dead = try await house.notice(id)
            #expect(dead.state == .dead && dead.value.tries == 8 && gateway.sent == 0)
            #expect(try await carrier.round().isEmpty)
            #expect(try await desk.todo(of: service.person).items.contains { $0.row.id == id.raw && $0.step?.name == "replay" })
            await #expect(throws: DeskError.self, "without a word why") {
                try await desk.take(CustomerNotice.replay, on: id.raw, input: ["note": .text(" ")], by: service)
            }
            gateway.react { _, _ in .take }
            try await desk.take(CustomerNotice.replay, on: id.raw, input: ["note": .text("网关已恢复")], by: service)
            _ = try await carrier.round()
            #expect(try await house.notice(id).state == .handed && gateway.sent == 1)
        }
    }

    /// Where nobody knows whether the gateway had it, it is sent again under the same key.
    @Test(.article(authenticity[20])) func whatIsSentAgainAfterSilenceLeavesOnce() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer { _, _ in .takeAndHangUp }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            for attempt in 1...8 {
                _ = try await carrier.round()
                house.office.move(to: house.office.now.adding(seconds: CustomerNotice.patience(after: attempt) + 1))
                try await house.desk.runJobs()
            }
            #expect(try await house.notice(id).state == .dead)
            gateway.react { _, _ in .take }
            try await house.desk.take(CustomerNotice.replay, on: id.raw, input: ["note": .text("网关已恢复")], by: house.insurer.service)
            _ = try await carrier.round()
            #expect(Set(gateway.came.map(\.key)).count == 1 && gateway.sent == 1)
        }
    }

    @Test(.article(authenticity[20]), arguments: TestEngine.all)
    func whatFailsForNowIsAnotherMessageTheNextTime(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            _ = try await carrier.round()
            let first = try #require(gateway.came.first).key
            try await carrier.take(reported: NoticeOffice.report("temporary", key: first, at: house.office.now))
            #expect(try await house.notice(id).state == .temporary)
            house.office.move(hours: 1)
            try await house.desk.runJobs()
            _ = try await carrier.round()
            #expect(gateway.came.count == 2 && gateway.came[1].key != first && gateway.sent == 2)
            // Late, of the first round: it had arrived after all, and the second is not tried further.
            try await carrier.take(reported: NoticeOffice.report("delivered", key: first, at: house.office.now))
            #expect(try await house.notice(id).state == .delivered)
            try await carrier.take(reported: NoticeOffice.report("temporary", key: gateway.came[1].key, at: house.office.now))
            #expect(try await house.notice(id).state == .delivered)
        }
    }

    @Test(.demand(authenticity[20], 1, 3), .article(authenticity[12]), arguments: TestEngine.all)
    func aNumberThatFailsForGoodIsLookedIntoAndTheNextWayIsTaken(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let gateway = try GatewayServer { came, _ in
                came.to == "13912340001" ? .answer(422, #"{"error":"number","message":"空号"}"#) : .take
            }
            let mailbox = try MailboxServer()
            defer {
                gateway.end()
                mailbox.end()
            }
            let carrier = try house.carrier(gateway, mail: mailbox), id = try await house.tell(.inEffect)
            _ = try await carrier.round()
            #expect(try await house.notice(id).state == .permanent)
            let task = try #require(try await house.desk.all(ContactTask.self).first)
            #expect(task.state == .open && task.value.phone == "13912340001" && task.value.notice == id)
            let mail = try #require(try await house.notices().last)
            #expect(mail.value.way == .mail && mail.value.follows == id && mail.state == .handed)
            #expect(mailbox.came.map(\.to) == ["wang@example.org"])
            // A dead number is not written to again: the next notice goes by mail at once.
            let next = try await house.notice(try await house.tell(.premiumReceived, "E2"))
            #expect(next.value.way == .mail)
            _ = try await carrier.round()
            #expect(gateway.came.count == 1 && mailbox.came.count == 2)
            // It is no proof of a false number: found right, it is used again.
            await #expect(throws: DeskError.self, "without a source") {
                try await house.desk.take(ContactTask.confirm, on: task.id.raw, input: ["source": .text(" ")], by: house.insurer.service)
            }
            try await house.desk.take(
                ContactTask.confirm, on: task.id.raw, input: ["source": .text("客户来电，运营商拦截")], by: house.insurer.service)
            #expect(try await house.notice(try await house.tell(.premiumReceived, "E3")).value.way == .sms)
        }
    }

    @Test(.article(authenticity[20])) func aBounceAfterDeliveredIsAFailureAndADeadMailboxIsRefusedAtOnce() async throws {
        try await NoticeOffice.with { house in
            let mailbox = try MailboxServer { $0 == "gone@example.org" ? "550 no such mailbox" : nil }
            defer { mailbox.end() }
            let insurer = house.insurer
            for (number, sequence, mail) in [("T2", 2, "li@example.org"), ("T3", 3, "gone@example.org")] {
                try await insurer.submit(
                    insurer.application(number, sequence: sequence) {
                        for at in $0.persons.indices { ($0.persons[at].mobile, $0.persons[at].landline) = ("", "020-8765432\(sequence)") }
                        $0.persons[0].email = mail
                    })
            }
            let carrier = try house.carrier(nil, mail: mailbox)
            let arrived = try await house.tell(.inEffect, "E2", of: "PT2"), gone = try await house.tell(.inEffect, "E3", of: "PT3")
            _ = try await carrier.round()
            #expect(try await house.notice(gone).state == .permanent)
            #expect(try await house.notice(arrived).state == .handed)
            let key = try await house.notice(arrived).value.key
            try await carrier.take(reported: NoticeOffice.report("delivered", key: key, at: house.office.now))
            #expect(try await house.notice(arrived).state == .delivered)
            house.office.move(hours: 1)
            try await carrier.take(reported: NoticeOffice.report("permanent", key: key, at: house.office.now))
            #expect(try await house.notice(arrived).state == .permanent)
            let letters = try await house.notices().filter { $0.value.way == .letter }
            #expect(letters.count == 2 && letters.allSatisfy { $0.state == .printing })
        }
    }

    @Test(.demand(authenticity[20], 2)) func withoutAReportItIsNotKnownAfterThreeDaysAndALateOneStillCounts() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            _ = try await carrier.round()
            house.office.move(hours: 71)
            try await house.desk.runJobs()
            #expect(try await house.notice(id).state == .handed)
            house.office.move(hours: 2)
            try await house.desk.runJobs()
            #expect(try await house.notice(id).state == .unknown)
            try await carrier.take(reported: NoticeOffice.report("delivered", number: "G1", at: house.office.now))
            #expect(try await house.notice(id).state == .delivered, "by the gateway's own number")
        }
    }

    @Test(.article(authenticity[20])) func whatTheGatewayDoesNotLetThroughIsNotTriedAgain() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer { _, _ in .answer(400, #"{"error":"content","message":"模板未报备"}"#) }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), id = try await house.tell(.inEffect)
            _ = try await carrier.round()
            let dead = try await house.notice(id)
            #expect(
                dead.state == .dead && dead.value.attempts.first?.outcome == .unacceptable
                    && dead.value.attempts.first?.detail.contains("模板未报备") == true)
            // What is no report at all is told so; what is nobody's is none of our business.
            await #expect(throws: DeskError.self) { try await carrier.take(reported: .text("delivered")) }
            try await carrier.take(reported: NoticeOffice.report("delivered", key: "nsomebodyelse-1", at: house.office.now))
        }
    }

    /// Two servers at once.
    @Test(.article(authenticity[20]), arguments: TestEngine.all) func ofTwoCarriersOneHandsOver(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            for number in 1...12 { try await house.tell(.inEffect, "E\(number)") }
            let other = try await house.office.anotherDesk()
            let courier = Courier(seconds: 5)
            let carriers = try [house.desk, other].map {
                NoticeCarrier(
                    desk: $0, messages: try #require(ShortMessageGateway(url: gateway.url, secret: NoticeOffice.secret, courier: courier)),
                    mail: nil)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for carrier in carriers { group.addTask { try await carrier.round() } }
                try await group.waitForAll()
            }
            for carrier in carriers { try await carrier.round() }
            #expect(gateway.came.count == 12 && gateway.sent == 12)
            #expect(try await house.notices().allSatisfy { $0.state == .handed })
        }
    }
}
