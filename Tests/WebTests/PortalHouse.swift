import CustomerAuthenticity
import EngineFixture
import HTTPTypes
import HummingbirdTesting
import Identifiers
import Kernel
import Synchronization
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// An insurer with two customers, a telephone desk, a counter, and the pages on which they ask.
struct PortalHouse: Sendable {
    static let name = "林晓岚", mobile = "13926170358"
    static let number = resident("19850314", 22), otherNumber = resident("19900505", 35)

    let office: TestOffice
    let server: WebServer
    let client: any TestClientProtocol
    let sent: SentMessages
    let telephonist: PersonID
    let second: PersonID
    let clerk: PersonID
    let service: Principal

    final class SentMessages: CodeDelivery {
        private let box = Mutex<[CodeMessage]>([])
        let way: CodeWay?
        init(way: CodeWay? = .sms) { self.way = way }
        func send(_ message: CodeMessage) async throws {
            guard way != nil else { throw CodeFault.notConnected }
            box.withLock { $0.append(message) }
        }
        var count: Int { box.withLock { $0.count } }
        /// The digits of the newest one; the portal waits for no gateway, so it may come a moment later.
        func digits(after known: Int) async throws -> String {
            for _ in 0..<500 {
                if let message = box.withLock({ $0.count > known ? $0.last : nil }) {
                    return String(message.text.zh.filter(\.isNumber).prefix(6))
                }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("no message left")
            return ""
        }
    }

    static func resident(_ birth: String, _ sequence: Int) -> String {
        let body = "440106" + birth + String(String(1000 + sequence).suffix(3))
        return body + String(ResidentNumber.checkCharacter(for: body + "0") ?? "0")
    }

    static func with(
        way: CodeWay? = .sms, floor: Duration = .zero, _ body: @escaping @Sendable (PortalHouse) async throws -> Void
    ) async throws {
        try await TestOffice.with(.sqlite, [authenticityContents]) { office in
            let underwriter = Principal(try await office.hire("underwriter", .underwriter, in: office.service))
            let service = Principal(try await office.hire("service", .customerService, in: office.service))
            let telephonist = try await office.hire("telephonist", .deskOperator, in: office.service)
            let second = try await office.hire("telephonist2", .deskOperator, in: office.service)
            let clerk = try await office.hire("counter", .counterClerk, in: office.service)
            for (place, customer) in [(name, number, mobile), ("王建业", otherNumber, "13926170999")].enumerated() {
                let application = application(customer.0, customer.1, customer.2, serial: place + 1, on: office.now.day)
                let taken = try await office.desk.take(CustomerAuthenticity.Application.submit, by: underwriter) { $0 = application }
                try #require(taken.state == "accepted", "\(taken.refusal?.words.zh ?? "")")
            }
            try await office.desk.take(
                PolicyPayment.enter,
                input: ["policyNo": .text("PW1"), "dueOn": .text("2026-01-10"), "amount": .text("3600.50"), "paidOn": .text("2026-01-12")],
                by: service)
            let sent = SentMessages(way: way), wall = WebOffice.WallClock()
            let server = WebServer(
                desk: office.desk, configuration: WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock),
                extraPages: TelephoneDeskPage(delivery: sent, floor: floor).all + CounterPage.all + UsagePage.all,
                openPages: PortalPages(delivery: sent, floor: floor).all)
            try await server.application().test(.router) { client in
                try await body(
                    PortalHouse(
                        office: office, server: server, client: client, sent: sent, telephonist: telephonist, second: second, clerk: clerk,
                        service: service))
            }
        }
    }

    private static func application(_ name: String, _ number: String, _ mobile: String, serial: Int, on day: Day)
        -> CustomerAuthenticity.Application
    {
        var application = CustomerAuthenticity.Application()
        (application.applicationNo, application.policyNo) = ("TW\(serial)", "PW\(serial)")
        (application.productClass, application.term, application.applicationDate) = (.life, "20", day)
        (application.channel, application.isCheckedByAgent) = (.direct, true)
        var person = ApplicationPerson()
        let birth = Array(number.dropFirst(6).prefix(8))
        (person.role, person.name, person.sex) = (.applicant, name, serial == 1 ? .female : .male)
        person.birthDate = "\(String(birth[0..<4]))-\(String(birth[4..<6]))-\(String(birth[6..<8]))"
        (person.documentType, person.documentNumber, person.mobile) = (.residentID, number, mobile)
        (person.landline, person.email) = ("020-8765432\(serial)", "w\(serial)@example.com")
        (person.address, person.account) = ("广东省广州市天河区中山路1\(serial)号2栋301室", "62220210000\(serial)")
        person.accountHolder = name
        application.persons = [person]
        return application
    }

    var visitor: PortalBrowser { PortalBrowser(client) }

    /// Somebody inside, after a registration.
    func inside(_ name: String = PortalHouse.name, _ number: String = PortalHouse.number) async throws -> PortalBrowser {
        let browser = visitor, known = sent.count
        try await browser.ask(name, number)
        let digits = try await sent.digits(after: known)
        let answer = try await browser.post([("do", "enter"), ("code", digits)])
        #expect(answer.status == .seeOther)
        return browser
    }

    /// Ten minutes in full.
    func unmask(_ browser: PortalBrowser) async throws {
        office.move(to: office.now.adding(seconds: 61))
        let known = sent.count
        #expect(try await browser.post([("do", "askReveal")]).status == .seeOther)
        let digits = try await sent.digits(after: known)
        #expect(try await browser.post([("do", "reveal"), ("code", digits)]).status == .seeOther)
    }
}

/// A browser that keeps the portal's cookie, and the word of its forms.
final class PortalBrowser: Sendable {
    private let client: any TestClientProtocol
    private let kept = Mutex<(cookie: String?, csrf: String)>((nil, ""))

    init(_ client: any TestClientProtocol, cookie: String? = nil) {
        self.client = client
        kept.withLock { $0.cookie = cookie }
    }

    var cookie: String? { kept.withLock { $0.cookie } }
    var csrf: String { kept.withLock { $0.csrf } }

    private var headers: HTTPFields { cookie.map { [.cookie: $0] } ?? [:] }

    @discardableResult
    private func keep(_ answer: TestResponse) -> TestResponse {
        kept.withLock { kept in
            if let set = answer.headers[.setCookie] { kept.cookie = String(set.prefix { $0 != ";" }) }
            if let csrf = answer.text.between("name=\"csrf\" value=\"", "\"") { kept.csrf = csrf }
        }
        return answer
    }

    @discardableResult
    func get(_ path: String = "/portal") async throws -> TestResponse {
        keep(try await client.execute(uri: path, method: .get, headers: headers))
    }

    func post(_ fields: [(String, String)], to path: String = "/portal", csrf: String? = nil, more: HTTPFields = [:]) async throws
        -> TestResponse
    {
        if csrf == nil, cookie != nil { try await get() }
        let pairs = fields + [("csrf", csrf ?? self.csrf)]
        let body = pairs.map { "\(FormData.encode($0.0))=\(FormData.encode($0.1))" }.joined(separator: "&")
        var all = headers
        for field in more { all.append(field) }
        return keep(try await client.post(path, body, headers: all))
    }

    @discardableResult
    func ask(_ name: String, _ number: String, _ purpose: String = "register") async throws -> TestResponse {
        try await post(
            [("do", "ask"), ("scope", "0"), ("purpose", purpose), ("name", name), ("number", number), ("agrees", "1")], csrf: "")
    }
}
