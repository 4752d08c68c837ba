import CustomerAuthenticity
import EngineFixture
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Store
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// Everybody walks through the demonstration, and no page and no answer holds an id of the database.
struct PublicIDWalkTests {
    @Test func nothingThatLeavesTheHouseHoldsAnIdOfTheDatabase() async throws {
        let now = Moment(Day(iso: "2026-03-04")!, hour: 10)!
        let demonstration = CustomerAuthenticity.Demonstration(days: 21, daily: 8)
        let clock = CustomerAuthenticity.Demonstration.MovingClock(demonstration.start(before: now))
        try await TestEngine.sqlite.withStore { store in
            let desk = try await Desk.open(store: store, catalogue: Regulations.catalogue, master: .fleeting(), clock: clock.clock)
            try await demonstration.fill(desk, clock, until: now)
            let configuration = WebConfiguration(
                host: "127.0.0.1", port: 0, wallClock: clock.clock, demonstration: Web.Demonstration {})
            let server = WebServer(desk: desk, configuration: configuration, extraPages: IntakePages.all)
            let people = try await Self.people(desk)
            try await Self.stir(desk, people)
            try await server.application().test(.router) { client in
                var answers = [Answered(path: "/login", text: try await client.execute(uri: "/login", method: .get).text)]
                for person in people {
                    answers += try await Self.pages(try await Browser.enter(person, server, client))
                    let token = try await server.edge.apiTokens.make(
                        for: person, label: "walk", days: 30, scopes: Set(TokenScope.allCases), by: Principal(person))
                    answers += try await Self.programs(client, token.text, desk.catalogue)
                }
                let ids = try await Self.ids(store)
                #expect(ids.count > 1000)
                for answer in answers {
                    let raw = answer.text.matches(of: /\d{15,}/).compactMap { Int64($0.output) }.filter(ids.contains)
                    #expect(raw.isEmpty, "\(answer.path) holds \(raw.prefix(3))")
                }
                for shape in ["/d/N", "/ledger/N", "/notices", "/admin/persons", "/admin/logins", "/mine?after=N", "/api/v1/customer/N"] {
                    #expect(answers.contains { Self.shape($0.path) == shape }, "\(shape) was walked")
                }
            }
        }
    }

    struct Answered {
        let path: String
        let text: String
    }

    /// One of each set of posts.
    private static func people(_ desk: Desk) async throws -> [PersonID] {
        let organisation = try await desk.organisation()
        var known: Set<[String]> = []
        return organisation.people.values.filter(\.isActive).sorted { $0.id.raw < $1.id.raw }.filter { person in
            known.insert(organisation.holdings(of: person.id, on: desk.clock.now().day).map(\.post)).inserted
        }.map(\.id)
    }

    /// So that there are a delegation, a request to confirm, and a task of signing.
    private static func stir(_ desk: Desk, _ people: [PersonID]) async throws {
        let now = desk.clock.now()
        for (giver, receiver) in zip(people, people.dropFirst()) {
            try await desk.handle(.delegate(to: receiver, from: now, until: now.adding(days: 2), reason: "出差"), by: Principal(giver))
        }
        let administrator = try #require(try await desk.organisation().people.values.first(where: \.isAdministrator)).id
        try await desk.administer(
            .addPerson(login: "second", zh: "二号", en: "Second", clearance: .internal, administrator: true), by: .system)
        try await desk.administer(.askReset(people.first { $0 != administrator }!, reason: "忘记"), by: Principal(administrator))
    }

    /// Every id there is, of whatever table.
    private static func ids(_ store: any Store) async throws -> Set<Int64> {
        try await store.read { session in
            let tables = [
                "document", "person", "unit", "task", "entry", "notice", "holding", "adoption", "delegation", "api_token", "account_request",
            ]
            return Set(try tables.flatMap { try session.all("SELECT id FROM \($0)") { $0.int(0) } })
        }
    }

    /// What a person comes to by links: of each kind of page, one found on each kind of page.
    private static func pages(_ browser: Browser) async throws -> [Answered] {
        var (waiting, known, answers) = (["/"], Set(["/"]), [Answered]())
        while let path = waiting.first, answers.count < 90 {
            waiting.removeFirst()
            let answer = try await browser.get(path)
            answers.append(Answered(path: path, text: answer.text + (answer.headers[.location] ?? "")))
            for link in answer.text.matches(of: /href="(\/[^"#]*)"/).map({ String($0.output.1).replacing("&amp;", with: "&") })
            where !link.hasPrefix("/assets/") && known.insert("\(shape(path)) \(shape(link))").inserted {
                if !waiting.contains(link) && !answers.contains(where: { $0.path == link }) { waiting.append(link) }
            }
        }
        for type in ["customer", "application"] {
            answers.append(Answered(path: "/r/\(type)/export", text: try await browser.post("/r/\(type)/export", [("format", "csv")]).text))
        }
        return answers
    }

    static func shape(_ path: String) -> String {
        path.replacing(/[0-7][0-9a-z]{25}/, with: "N").replacing(/=(?!N)[^&]*/, with: "=")
    }

    private static func programs(_ client: any TestClientProtocol, _ token: String, _ catalogue: Catalogue) async throws -> [Answered] {
        var answers: [Answered] = []
        func ask(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> TestResponse {
            let answer = try await client.api(method, path, token, body)
            answers.append(Answered(path: path, text: answer.text))
            return answer
        }
        for path in ["/api/openapi.json", "/api/v1/todo?limit=3"] { _ = try await ask(.get, path) }
        for type in catalogue.types {
            let list = try await ask(.get, "/api/v1/\(type.name)?limit=3").json
            if let next = list["next"].text { _ = try await ask(.get, "/api/v1/\(type.name)?limit=3&after=\(next)") }
            guard let id = list["items"].list.first?["id"].text else { continue }
            #expect(try await ask(.get, "/api/v1/\(type.name)/\(id)").status == .ok)
            #expect(try await ask(.post, "/api/v1/\(type.name)/\(id)/reveal", #"{"purpose":"核对"}"#).status == .ok)
            _ = try await ask(.post, "/api/v1/\(type.name)/export", "{}")
        }
        return answers
    }
}
