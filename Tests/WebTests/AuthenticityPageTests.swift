import ArticleProof
import Courier
import CustomerAuthenticity
import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import NIOCore
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The pages of notices, reports and rules, and the address at which the gateway reports.
struct AuthenticityPageTests {
    private struct House: Sendable {
        let office: TestOffice
        let server: WebServer
        let service: PersonID
        let manager: PersonID
        let carrier: NoticeCarrier
        var desk: Desk { office.desk }

        /// A policy whose applicant is reached by this way alone, and the notice that he is told something.
        func notice(byLetter: Bool) async throws -> Int64 {
            let by = Principal(service)
            var person = ApplicationPerson()
            (person.role, person.name, person.sex, person.birthDate) = (.applicant, "王小明", .female, "1949-12-31")
            (person.documentType, person.documentNumber) = (.residentID, "11010519491231002X")
            (person.mobile, person.landline) = byLetter ? ("", "020-87654321") : ("13912340001", "")
            person.address = "广东省广州市天河区中山路1号2栋301室"
            var application = Application()
            (application.applicationNo, application.policyNo, application.productClass, application.term) = (
                "T1", "P440000001234", .life, "20"
            )
            (application.applicationDate, application.channel, application.isCheckedByAgent) = (office.now.day, .direct, true)
            application.persons = [person]
            let made = application
            #expect(try await desk.take(Application.submit, by: by) { $0 = made }.state == "accepted")
            let place = JSONValue.record([.init("office", .text("天河营业部")), .init("address", .text("体育西路1号"))])
            let channels = try await desk.take(
                QueryChannels.draft,
                input: [
                    "hotLine": .text("95500"), "hours": .text("每日 8:00-20:00"), "webSite": .text("www.lingnan.example"),
                    "offices": .list([place]),
                ], by: by
            ).id
            try await desk.take(QueryChannels.publish, on: channels, by: Principal(manager))
            let template = try await desk.take(
                MessageTemplate.draft,
                input: [
                    "code": .text("M1"), "kind": .text("in_effect"), "way": .text("sms"), "signature": .text("岭南人寿"),
                    "text": .text("您{保单}的保单已于{日期}生效。"),
                ], by: by
            ).id
            try await desk.take(MessageTemplate.approve, on: template, input: ["filing": .text("S1")], by: Principal(manager))
            let policy = try #require(try await desk.all(Policy.self).first).id.raw
            try await desk.take(
                PolicyEvent.record,
                input: [
                    "eventNo": .text("E1"), "policy": .whole(policy), "kind": .text("in_effect"), "day": .text(office.now.day.description),
                ], by: by)
            return try #require(try await desk.all(CustomerNotice.self).first).id.raw
        }

        func browser(_ client: any TestClientProtocol, _ person: PersonID? = nil) async throws -> Browser {
            try await Browser.enter(person ?? service, server, client)
        }

        func page(_ path: String, _ document: Int64) -> String { "\(path)/\(server.edge.ids.word(document, .document))" }
    }

    private struct TakingGateway: MessageGateway {
        func hand(_ message: OutwardMessage, at now: Moment) async throws -> HandingOutcome { .taken("G1") }
    }

    private static let secret = Array("0123456789012345678901234567890123456789".utf8)

    private static func with(_ body: @escaping @Sendable (House, any TestClientProtocol) async throws -> Void) async throws {
        try await TestOffice.with(.sqlite, [authenticityContents]) { office in
            let service = try await office.hire("service", .customerService, in: office.service)
            let manager = try await office.hire("compliance", .compliance, in: office.service)
            let wall = WebOffice.WallClock()
            let carrier = NoticeCarrier(desk: office.desk, messages: TakingGateway(), mail: nil)
            let server = WebServer(
                desk: office.desk, configuration: WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock),
                extraPages: AuthenticityPages.all,
                signedAddresses: [
                    SignedAddress(path: "/gateway/receipts", secret: secret, greatestBody: 4096) { report in
                        try await carrier.take(reported: report)
                    }
                ])
            let house = House(office: office, server: server, service: service, manager: manager, carrier: carrier)
            try await server.application().test(.router) { client in try await body(house, client) }
        }
    }

    private static func report(
        _ text: String, id: String = "r1", at moment: Moment = TestOffice.start, secret: [UInt8] = secret, _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        var heads: HTTPFields = [.contentType: "application/json"]
        for head in WebhookSigning.headers(id: id, seconds: moment.milliseconds / 1000, body: Array(text.utf8), secret: secret) {
            heads[HTTPField.Name(head.name)!] = head.value
        }
        return try await client.execute(uri: "/gateway/receipts", method: .post, headers: heads, body: ByteBuffer(string: text))
    }

    @Test func aReportIsTakenOnlyWithItsSignature() async throws {
        try await Self.with { house, client in
            let id = try await house.notice(byLetter: false)
            _ = try await house.carrier.round()
            func found() async throws -> Found<CustomerNotice> { try #require(try await house.desk.load([ID<CustomerNotice>(id)]).first) }
            let key = try await found().value.key
            let text = #"{"key":"\#(key)","state":"delivered","at":"\#(TestOffice.start.description)"}"#
            let other = Array("9999999999999999999999999999999999999999".utf8), old = TestOffice.start.adding(seconds: -301)
            #expect(try await Self.report(text, secret: other, client).status == .unauthorized)
            #expect(try await Self.report(text, at: old, client).status == .unauthorized, "kept back, and sent again")
            let bare = try await client.execute(uri: "/gateway/receipts", method: .post, body: ByteBuffer(string: text))
            #expect(bare.status == .unauthorized)
            for moment in [Int64.min, Int64.max] {
                let heads: HTTPFields = [HTTPField.Name("webhook-id")!: "r", HTTPField.Name("webhook-timestamp")!: "\(moment)"]
                #expect(
                    try await client.execute(uri: "/gateway/receipts", method: .post, headers: heads, body: ByteBuffer(string: text)).status
                        == .unauthorized)
            }
            #expect(try await found().state == .handed)
            #expect(try await Self.report("{", client).status == .badRequest)
            #expect(try await Self.report(#"{"state":"read"}"#, client).status == .badRequest)
            #expect(try await Self.report(#"{"key":"nobody-1","state":"delivered"}"#, client).status == .ok, "what is not ours is no news")
            #expect(try await Self.report(String(repeating: " ", count: 5000), client).status == .contentTooLarge)
            for _ in 0..<2 { #expect(try await Self.report(text, client).status == .ok) }
            #expect(try await found().state == .delivered)
            #expect(try await client.execute(uri: "/gateway/receipts", method: .get).status == .methodNotAllowed)
        }
    }

    @Test func aLetterIsPrintedByPostAndStandsOnItsTrail() async throws {
        try await Self.with { house, client in
            let id = try await house.notice(byLetter: true), browser = try await house.browser(client)
            let address = house.page("/authenticity/letter", id)
            let page = try await browser.get(address)
            #expect(page.status == .ok && page.text.contains("95500") && !page.text.contains("王小明") && !page.text.contains("中山路1号"))
            func readings() async throws -> Int { try await house.desk.document(id, by: house.service).trail.count { $0.kind == .read } }
            #expect(try await readings() == 0)
            let letter = try await browser.post(address)
            #expect(letter.status == .ok && letter.headers[.contentType] == "application/pdf" && letter.text.hasPrefix("%PDF"))
            #expect(try await readings() == 1)
            let stranger = try await house.office.hire("stranger")
            #expect(try await house.browser(client, stranger).get(address).status == .notFound)
        }
    }

    /// An application that a program hands in: every field that is missing is named, and the draft waits to be supplemented.
    @Test(.demand(authenticity[5], 1)) func aProgramIsToldWhatIsMissingAndTheDraftIsKept() async throws {
        try await Self.with { house, client in
            let token = try await house.server.edge.apiTokens.make(
                for: house.service, label: "t", days: 1, scopes: Set(TokenScope.allCases), by: Principal(house.service)
            ).text
            func application(_ person: String) -> String {
                #"{"applicationNo":"T7","productClass":"life","term":"20","applicationDate":"2026-01-15","channel":"direct","#
                    + #""isCheckedByAgent":true,"persons":[{"role":"applicant","name":"王小明"\#(person)}]}"#
            }
            let kept = try await client.api(.post, "/api/v1/application", token, application(""))
            #expect(kept.status == .created, "\(kept.text)")
            let draft = try kept.json, faults = draft["refusal"]["faults"].list
            let missing = ["sex", "birthDate", "documentNumber", "address", "mobile"].map { "persons.0.\($0)" }
            #expect(draft["state"] == .text("draft") && Set(faults.compactMap { $0["field"].text }) == Set(missing))
            #expect(faults.allSatisfy { $0["article"]["ref"] == .text("第五条") })
            let id = try #require(draft["id"].text)
            #expect(try await client.api(.get, "/api/v1/application/\(id)", token).json["state"] == .text("draft"), "nothing is lost")
            let rest = #","sex":"F","birthDate":"1949-12-31","documentType":"resident-id","documentNumber":"11010519491231002X","#
            let contacts = #""mobile":"13912340001","address":"广东省广州市天河区中山路1号2栋301室""#
            let whole = try await client.api(.post, "/api/v1/application/\(id)/supplement", token, application(rest + contacts))
            #expect(whole.status == .ok, "\(whole.text)")
            #expect(try whole.json["state"] == .text("accepted"))
        }
    }

    @Test func aMessageIsNoLetter() async throws {
        try await Self.with { house, client in
            let id = try await house.notice(byLetter: false), browser = try await house.browser(client)
            #expect(try await browser.get(house.page("/authenticity/letter", id)).text.contains("不是信函"))
            #expect(try await browser.post(house.page("/authenticity/letter", id)).status == .notFound)
        }
    }

    @Test(.demand(authenticity[26], 1, 2)) func aSelfCheckIsUploadedAndTheEffectIsSeenBesideTheNationalFigure() async throws {
        try await Self.with { house, client in
            let browser = try await house.browser(client)
            #expect(try await browser.get("/authenticity/self-check").text.contains("4.02%"))
            let file = """
                role,name,sex,birth_date,document_type,document_number,mobile,address,application_date,term_years
                applicant,王小明,F,1949-12-31,resident-id,11010519491231002X,13912340001,北京市朝阳区建国路88号2栋301室,2019-01-05,20
                applicant,李小红,F,1949-12-31,resident-id,11010519491231002X,13912340001,,2019-01-05,20
                """
            let none = try await browser.postFiles("/authenticity/self-check", [], files: [])
            #expect(none.status == .unprocessableContent && none.text.contains("请选择要检查的文件"))
            let bad = try await browser.postFiles("/authenticity/self-check", [], files: [("file", "a.csv", "a,b\n1,2\n")])
            #expect(bad.status == .unprocessableContent)
            let done = try await browser.postFiles("/authenticity/self-check", [], files: [("file", "存量.csv", file)])
            #expect(done.status == .seeOther)
            let report = try await browser.get(try #require(done.headers[.location]))
            #expect(report.text.contains("存量.csv") && report.text.contains("50"))
            let effect = try await browser.get("/authenticity/effect")
            #expect(
                effect.status == .ok && effect.text.contains("历次自查不合规占比") && effect.text.contains("4.02") && effect.text.contains("<svg"))
        }
    }
}
