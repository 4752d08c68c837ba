import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// What customers are told, by which way, and what does not leave.
@Suite struct NoticeTests {
    @Test(.demand(authenticity[20], 1), .demand(authenticity[15], 1), arguments: TestEngine.all)
    func eachOfTheSixEventsTellsTheCustomerOnceWithTheQueryChannels(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let today = house.office.now.day
            for (index, kind) in PolicyEvent.Kind.allCases.filter({ $0 != .unknown }).enumerated() {
                let isDue = kind == .renewalDue || kind == .paymentDue
                let id = try await house.tell(
                    kind, "E\(index)", day: today.adding(days: isDue ? 10 : 0), amount: kind == .renewalDue ? "1200" : nil)
                let notice = try await house.notice(id)
                #expect(notice.state == .queued && notice.value.kind.rawValue == kind.rawValue && notice.value.way == .sms)
                #expect(notice.value.phone == "13912340001" && notice.value.signature == "岭南人寿")
                for channel in ["95500", "www.lingnan.example", "天河营业部"] { #expect(notice.value.text.contains(channel), "\(kind)") }
                #expect(!notice.value.text.contains("王小") && !notice.value.text.contains("{"), "\(notice.value.text)")
                #expect(notice.value.parts == MessageText.parts(ofLength: notice.value.length) && notice.value.parts > 0)
            }
            #expect(try await house.notices().count == 6)
            // The core system sends it once more.
            await NoticeOffice.refused("不重复通知", 20) { try await house.tell(.inEffect, "e-0") }
            #expect(try await house.notices().count == 6)
        }
    }

    @Test(.article(authenticity[20])) func whatIsPastOrNotYetIsNotTold() async throws {
        try await NoticeOffice.with { house in
            let today = house.office.now.day
            await NoticeOffice.refused("已过", 20) { try await house.tell(.renewalDue, day: today.adding(days: -1)) }
            await NoticeOffice.refused("尚未发生", 20) { try await house.tell(.premiumReceived, day: today.adding(days: 1)) }
            let other = try await house.insurer.submit(house.insurer.application("T2", sequence: 2))
            _ = other
            let stranger = try await house.customer(of: "PT2")
            await NoticeOffice.refused("投保人或被保险人", 20) {
                try await house.desk.take(
                    PolicyEvent.record,
                    input: [
                        "eventNo": .text("E9"), "policy": .whole(try await house.policy().id), "kind": .text("in_effect"),
                        "day": .text(today.description), "recipient": .whole(stranger.raw),
                    ], by: house.insurer.service)
            }
            await #expect(throws: DeskError.self, "others record none") {
                try await house.desk.take(PolicyEvent.record, input: [:], by: house.insurer.leader)
            }
        }
    }

    @Test(.article(authenticity[20])) func aTemplateIsApprovedByAnotherAndFiledBeforeItIsUsed() async throws {
        try await NoticeOffice.with { house in
            let (desk, insurer) = (house.desk, house.insurer)
            func draft(_ text: String, _ kind: NoticeKind = .inEffect, code: String = "in_effectsms") async throws -> Int64 {
                try await desk.take(
                    MessageTemplate.draft,
                    input: [
                        "code": .text(code), "kind": .text(kind.rawValue), "way": .text("sms"), "signature": .text("岭南人寿"),
                        "text": .text(text),
                    ], by: insurer.service
                ).id
            }
            let second = try await draft("您{保单}的保单自{日期}起生效，祝您平安。")
            #expect(try await desk.load([ID<MessageTemplate>(second)]).first?.value.version == 2)
            await NoticeOffice.refused("须先向运营商报备", 20) {
                try await desk.take(MessageTemplate.approve, on: second, input: ["filing": .text("")], by: insurer.compliance)
            }
            await #expect(throws: DeskError.self, "who drafted does not approve") {
                try await desk.take(MessageTemplate.approve, on: second, input: ["filing": .text("S2")], by: insurer.service)
            }
            try await desk.take(MessageTemplate.approve, on: second, input: ["filing": .text("S2")], by: insurer.compliance)
            #expect(
                try await insurer.rows("message-template", states: ["approved"]).filter { $0.title == "IN_EFFECTSMS" }.count == 1,
                "the first is replaced")
            let notice = try await house.notice(try await house.tell(.inEffect)).value
            #expect(notice.text.contains("祝您平安") && notice.template.raw == second)
            for (text, kind, words) in [
                ("您的保单已生效，赔付{金额}。", NoticeKind.claimResult, "不得写金额"), ("您的保单{姓名}已生效", .inEffect, "花括号"),
                ("您的保单已生效，验证码{验证码}", .inEffect, "验证码"), ("{保单}验证码{验证码}", .code, "不得写明所涉保单"), ("新品热销", .inEffect, "营销"),
            ] {
                await NoticeOffice.refused(words, 20) { _ = try await draft(text, kind, code: "X") }
            }
            // Without one in use nobody is told, and whoever records the event hears it.
            try await desk.take(MessageTemplate.retire, on: second, input: ["answer": .text("停用")], by: insurer.compliance)
            await NoticeOffice.refused("没有使用中的通知模板", 20) { try await house.tell(.inEffect, "E2") }
        }
    }

    /// The first way that reaches the customer: message, mail, letter.
    @Test(.demand(authenticity[20], 1, 3)) func whoHasNoMobileIsToldByMailOrLetter() async throws {
        try await NoticeOffice.with { house in
            let insurer = house.insurer
            try await insurer.submit(
                insurer.application("T2", sequence: 2) {
                    for at in $0.persons.indices { ($0.persons[at].mobile, $0.persons[at].landline) = ("", "020-87654321") }
                    $0.persons[0].email = "li@example.org"
                })
            try await insurer.submit(
                insurer.application("T3", sequence: 3) {
                    for at in $0.persons.indices { ($0.persons[at].mobile, $0.persons[at].landline) = ("", "020-87654322") }
                })
            let mail = try await house.notice(try await house.tell(.inEffect, "E2", of: "PT2"))
            #expect(mail.state == .queued && mail.value.way == .mail && mail.value.email == "li@example.org" && mail.value.phone.isEmpty)
            let letter = try await house.notice(try await house.tell(.inEffect, "E3", of: "PT3"))
            #expect(letter.state == .printing && letter.value.way == .letter && letter.value.address.contains("中山路3号"))
            #expect(
                try await house.desk.todo(of: insurer.service.person).items.contains { $0.row.id == letter.id.raw }, "somebody posts it")
            try await house.desk.take(CustomerNotice.post, on: letter.id.raw, input: ["mailNumber": .text("XA123")], by: insurer.service)
            await #expect(throws: DeskError.self, "mail does not come back by post") {
                try await house.desk.take(CustomerNotice.comeBack, on: mail.id.raw, input: ["note": .text("查无此人")], by: insurer.service)
            }
            try await house.desk.take(CustomerNotice.comeBack, on: letter.id.raw, input: ["note": .text("查无此人")], by: insurer.service)
            #expect(try await house.notice(letter.id).state == .permanent)
            let task = try #require(try await house.desk.all(ContactTask.self).first)
            #expect(task.state == .open && task.value.cause == .undelivered && task.value.address == letter.value.address)
        }
    }

    @Test(.article(authenticity[20]), arguments: TestEngine.all)
    func nothingGoesToWhoeverHasDiedAndWhoWantsNoAdvertisingIsToldAllTheSame(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let (desk, insurer) = (house.desk, house.insurer), gateway = try GatewayServer()
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), customer = try await house.customer()
            func restrict(_ kind: String, _ evidence: [JSONValue] = []) async throws {
                try await desk.take(
                    ContactRestriction.register,
                    input: [
                        "customer": .whole(customer.raw), "kind": .text(kind), "since": .text(house.office.now.day.description),
                        "source": .text("家属来电"),
                        "evidence": .list(evidence),
                    ], by: insurer.service)
            }
            try await restrict("no_commercial")
            try await house.tell(.premiumReceived, "E1")
            #expect(try await carrier.round().map(\.fault) == [nil])
            #expect(gateway.sent == 1, "a notice that is due leaves")
            // Queued before it was known, and still not sent.
            let waiting = try await house.tell(.renewalDue, "E2", day: house.office.now.day.adding(days: 5))
            await NoticeOffice.refused("须附证明材料", 20) { try await restrict("deceased") }
            let paper = try await desk.keep(file: "死亡证明.txt", content: Array("证明".utf8), by: insurer.service)
            try await restrict("deceased", [paper.stored])
            #expect(try await carrier.round().first?.fault != nil)
            let kept = try await house.notice(waiting)
            #expect(kept.state == .withheld && kept.value.withheld == .deceased)
            let late = try await house.notice(try await house.tell(.paymentDue, "E3", day: house.office.now.day))
            #expect(late.state == .withheld && late.value.phone.isEmpty)
            #expect(gateway.sent == 1)
            try await desk.settleLedger()
            #expect(try await desk.verify().isClean)
        }
    }

    /// A new owner of the number learns nothing of the customer: what would tell him is held back where messages leave.
    @Test(.article(authenticity[20], authenticity[21])) func whatTellsOfTheCustomerDoesNotLeave() async throws {
        try await NoticeOffice.with { house in
            try await house.approve(.majorChange, text: "王小红，您的保单有重大变更。", code: "majorx")
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let carrier = try house.carrier(gateway)
            let named = try await house.tell(.majorChange, "E1")
            _ = try await carrier.round()
            let kept = try await house.notice(named)
            #expect(kept.state == .withheld && kept.value.withheld == .personal && gateway.came.isEmpty)
            // The refusal stands in the ledger under its article.
            let trail = try await house.desk.document(named.raw, by: house.insurer.compliance.person).trail
            #expect(trail.contains { $0.kind == .refusal && $0.articles.contains(authenticity[20]) })
        }
    }

    @Test(.demand(authenticity[15], 1)) func aNoticeWithoutTheChannelsInForceDoesNotLeave() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer()
            defer { gateway.end() }
            let waiting = try await house.tell(.inEffect)
            try await house.setChannels("95511")
            _ = try await house.carrier(gateway).round()
            #expect(try await house.notice(waiting).value.withheld == .noChannels && gateway.came.isEmpty)
            // Told anew by what stands now.
            try await house.desk.take(CustomerNotice.reissue, on: waiting.raw, input: ["note": .text("查询电话已更换")], by: house.insurer.service)
            let next = try #require(try await house.notices().last)
            #expect(next.value.text.contains("95511") && next.value.follows == waiting && next.state == .queued)
            for site in ["https://www.a.example/x", "网站"] {
                await NoticeOffice.refused("只写一个域名", 15) { try await house.setChannels("95511", site: site) }
            }
        }
    }
}
