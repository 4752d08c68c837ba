import EngineFixture
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Synchronization
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// An office with its web edge: a clerk, the head of the department, a stranger to the regulation, and an administrator.
struct WebOffice {
    static let password = "correct horse battery"
    static let start = TestOffice.start
    /// Made once: it takes its time on purpose.
    private static let hash = Task { try await PasswordHash().make(password) }

    let office: TestOffice
    let server: WebServer
    let wall: WallClock
    let clerk: PersonID
    let head: PersonID
    let other: PersonID
    let administrator: PersonID

    func person(_ login: String) -> PersonID {
        switch login {
        case "clerk": clerk
        case "head": head
        case "other": other
        default: administrator
        }
    }

    /// The clock by which log-ins end; the test moves it.
    final class WallClock: Sendable {
        private let moment = Mutex(TestOffice.start)
        var clock: Clock { Clock { self.moment.withLock { $0 } } }
        func move(seconds: Int) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
    }

    static func with(
        _ engine: TestEngine = .sqlite, demonstration: Demonstration? = nil, isHTTPS: Bool = false, extraPages: [RegulationPage] = [],
        more: [RegulationContents] = [], _ body: @escaping @Sendable (WebOffice, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [TestRegulation.contents] + more) { office in
            let wall = WallClock()
            var configuration = WebConfiguration(
                host: "127.0.0.1", port: 0, isHTTPS: isHTTPS, wallClock: wall.clock, demonstration: demonstration)
            configuration.greatestAttachment = 64 << 10
            let hash = try await hash.value
            func hire(_ login: String, _ post: Post?, clearance: Level = .internal) async throws -> PersonID {
                let id = try await office.hire(login, post, clearance: clearance)
                try await office.desk.administer(.setSecret(id, hash: hash), by: .system)
                return id
            }
            let administrator = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "root", zh: "管理员甲", en: "Admin A", clearance: .internal, administrator: true), by: .system))
            try await office.desk.administer(.setSecret(administrator, hash: hash), by: .system)
            let web = WebOffice(
                office: office, server: WebServer(desk: office.desk, configuration: configuration, extraPages: extraPages), wall: wall,
                clerk: try await hire("clerk", TestRegulation.clerk), head: try await hire("head", .head),
                other: try await hire("other", nil),
                administrator: administrator)
            try await web.server.application().test(.router) { client in try await body(web, client) }
        }
    }

    /// How a thing is called in addresses, forms and JSON.
    func word(_ id: Int64, _ kind: PublicIDs.Kind = .document) -> String { server.edge.ids.word(id, kind) }
    func word(_ person: PersonID) -> String { server.edge.ids.word(person) }
    func word(_ unit: UnitID) -> String { server.edge.ids.word(unit) }
    /// Where a document has its page.
    func page(_ document: Int64) -> String { "/d/\(word(document))" }

    /// A second server on the same database.
    func anotherServer() async throws -> WebServer {
        WebServer(desk: try await office.anotherDesk(), configuration: server.edge.configuration)
    }

    /// The entries of the ledger about log-ins and tokens, the newest first.
    func accountLines(of person: PersonID? = nil) async throws -> [AccountLine] { try await office.desk.accountLines(of: person) }

    /// A token of a person, which may do anything unless said otherwise.
    func token(of person: PersonID, _ scopes: Set<TokenScope> = Set(TokenScope.allCases), days: Int = 30) async throws -> String {
        try await server.edge.apiTokens.make(for: person, label: "test", days: days, scopes: scopes, by: Principal(person)).text
    }

    /// Writes a memo by the clerk.
    @discardableResult
    func memo(_ subject: String = "关于回访", _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input = more.merging(["subject": .text(subject), "pages": .text("2"), "tone": .text("warm")]) { given, _ in given }
        return try await office.desk.take(Memo.draft, input: input, by: Principal(clerk)).id
    }
}

/// A browser: keeps its cookie, and the word of its forms.
final class Browser: Sendable {
    let client: any TestClientProtocol
    let cookie: String
    let csrf: String

    private init(client: any TestClientProtocol, cookie: String, csrf: String) {
        (self.client, self.cookie, self.csrf) = (client, cookie, csrf)
    }

    /// Comes in without a password, which takes its time.
    static func enter(_ person: PersonID, _ web: WebOffice, _ client: any TestClientProtocol) async throws -> Browser {
        try await enter(person, web.server, client)
    }

    static func enter(_ person: PersonID, _ server: WebServer, _ client: any TestClientProtocol) async throws -> Browser {
        let token = try await server.edge.logins.begin(person, .zh, from: CallerPlace(address: "192.0.2.1", network: "192.0.2.1"))
        let csrf = try #require(try await server.edge.logins.find(token).login?.csrf)
        return Browser(client: client, cookie: "dianzhang=\(token.text)", csrf: csrf)
    }

    static func logIn(_ login: String, _ client: any TestClientProtocol, password: String = WebOffice.password) async throws -> Browser {
        let answer = try await client.post("/login", "login=\(login)&password=\(FormData.encode(password))")
        #expect(answer.status == .seeOther)
        return try await holding(answer, client)
    }

    /// With the cookie of an answer, and the word of the forms of a page.
    static func holding(_ answer: TestResponse, _ client: any TestClientProtocol, at page: String = "/account") async throws -> Browser {
        let cookie = String(try #require(answer.headers[.setCookie]).prefix { $0 != ";" })
        let page = try await client.execute(uri: page, method: .get, headers: [.cookie: cookie])
        return Browser(client: client, cookie: cookie, csrf: try #require(page.text.between("name=\"csrf\" value=\"", "\"")))
    }

    /// Comes in by a one-time word, and sets the own password.
    static func setPassword(
        _ login: String, _ client: any TestClientProtocol, word: String, password: String = WebOffice.password
    ) async throws -> Browser {
        let answer = try await client.post("/login", "login=\(login)&password=\(FormData.encode(word))")
        #expect(answer.headers[.location] == "/account/first")
        let first = try await holding(answer, client, at: "/account/first")
        #expect(try await first.post("/account/first", [("new", password), ("again", password)]).status == .seeOther)
        return try await logIn(login, client, password: password)
    }

    func get(_ path: String) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: [.cookie: cookie])
    }

    func post(_ path: String, _ fields: [(String, String)] = [], csrf: String? = nil) async throws -> TestResponse {
        let pairs = [("csrf", csrf ?? self.csrf)] + fields
        let body = pairs.map { "\(FormData.encode($0.0))=\(FormData.encode($0.1))" }.joined(separator: "&")
        return try await client.post(path, body, headers: [.cookie: cookie])
    }

    /// Sends a form with files as a browser does.
    func postFiles(_ path: String, _ fields: [(String, String)], files: [(field: String, name: String, content: String)]) async throws
        -> TestResponse
    {
        var body = ""
        for (name, value) in [("csrf", csrf)] + fields {
            body += "--XyZ\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        for file in files {
            body += "--XyZ\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
            body += "Content-Type: application/octet-stream\r\n\r\n\(file.content)\r\n"
        }
        body += "--XyZ--\r\n"
        return try await client.execute(
            uri: path, method: .post, headers: [.cookie: cookie, .contentType: "multipart/form-data; boundary=XyZ"],
            body: ByteBuffer(string: body))
    }
}

extension TestClientProtocol {
    func post(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/x-www-form-urlencoded"
        return try await execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    func api(_ method: HTTPRequest.Method, _ path: String, _ token: String, _ body: String? = nil) async throws -> TestResponse {
        try await execute(
            uri: path, method: method, headers: [.authorization: "Bearer \(token)", .contentType: "application/json"],
            body: body.map { ByteBuffer(string: $0) })
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var json: JSONValue { get throws { try JSONReader.read(text) } }
}

extension String {
    func between(_ start: String, _ end: String) -> String? {
        guard let from = range(of: start)?.upperBound, let to = range(of: end, range: from..<endIndex)?.lowerBound else { return nil }
        return String(self[from..<to])
    }
}
