import CustomerAuthenticity
import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// The register of readings, and forms that keep what was typed.
struct ReadingsPageTests {
    private struct House: Sendable {
        let office: TestOffice
        let server: WebServer
        let underwriter: PersonID
        let compliance: PersonID
        let manager: PersonID

        func browser(_ person: PersonID, _ client: any TestClientProtocol) async throws -> Browser {
            try await Browser.enter(person, server, client)
        }

        func token(of person: PersonID) async throws -> String {
            try await server.edge.apiTokens.make(for: person, label: "test", days: 30, scopes: [.read], by: Principal(person)).text
        }
    }

    private static func with(
        _ engine: TestEngine, _ body: @escaping @Sendable (House, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [authenticityContents]) { office in
            let wall = WebOffice.WallClock()
            let server = WebServer(
                desk: office.desk, configuration: WebConfiguration(host: "127.0.0.1", port: 0, isHTTPS: false, wallClock: wall.clock))
            let house = House(
                office: office, server: server, underwriter: try await office.hire("underwriter", .underwriter, in: office.service),
                compliance: try await office.hire("compliance", .compliance), manager: try await office.hire("manager", .generalManager))
            try await server.application().test(.router) { client in try await body(house, client) }
        }
    }

    /// What the form of an application sends.
    private static func application(_ change: [String: String] = [:]) -> [(String, String)] {
        let good = [
            "applicationNo": "T1", "policyNo": "P440000001234", "productClass": "life", "term": "20年", "applicationDate": "2026-01-15",
            "channel": "direct", "isCheckedByAgent": "1", "persons.0.role": "applicant", "persons.0.name": "王小明", "persons.0.sex": "F",
            "persons.0.birthDate": "1949-12-31", "persons.0.documentType": "resident-id", "persons.0.documentNumber": "11010519491231002X",
            "persons.0.mobile": "13912340001", "persons.0.address": "广东省广州市天河区中山路1号2栋301室",
        ]
        return good.merging(change) { $1 }.sorted { $0.key < $1.key }
    }

    @Test(arguments: TestEngine.all) func whatWasTypedStaysInClearForWhoeverTypedIt(engine: TestEngine) async throws {
        try await Self.with(engine) { house, client in
            let underwriter = try await house.browser(house.underwriter, client)
            let sent = try await underwriter.post("/r/application/new", Self.application(["persons.0.mobile": "1391234"]))
            #expect(sent.status == .seeOther)
            let address = try #require(sent.headers[.location])
            let page = try await underwriter.get(address).text
            #expect(page.contains("value=\"1391234\"") && page.contains("value=\"11010519491231002X\""))
            // Another log-in of the same person, and another person, see what is masked.
            let again = try await house.browser(house.underwriter, client).get(address).text
            #expect(!again.contains("1391234\"") && !again.contains("11010519491231002X"))
            #expect(!(try await house.browser(house.compliance, client).get(address).text.contains("11010519491231002X")))
            house.office.move(to: house.office.now.adding(seconds: 31 * 60))
            #expect(!(try await underwriter.get(address).text.contains("11010519491231002X")))
        }
    }

    @Test func allThatIsWrongIsSaidAtOnce() async throws {
        try await Self.with(.sqlite) { house, client in
            let underwriter = try await house.browser(house.underwriter, client)
            let sent = try await underwriter.post(
                "/r/application/new",
                Self.application(["applicationNo": "", "applicationDate": "改天", "persons.0.mobile": "1391234", "persons.0.name": ""]))
            #expect(sent.status == .unprocessableContent)
            let day = try await underwriter.post(
                "/r/application/new", Self.application(["applicationDate": "改天", "persons.0.mobile": "1391234"]))
            for field in ["applicationDate", "persons.0.mobile"] { #expect(day.text.contains("<a href=\"#\(field)\">"), "\(field)") }
            let number = try await underwriter.post(
                "/r/application/new", Self.application(["applicationNo": "", "persons.0.mobile": "1391234"]))
            for field in ["applicationNo", "persons.0.mobile"] { #expect(number.text.contains("<a href=\"#\(field)\">"), "\(field)") }
            #expect(number.text.contains("value=\"1391234\""))
        }
    }

    @Test(arguments: TestEngine.all) func whoWatchesReadsTheRegisterAndNobodyElse(engine: TestEngine) async throws {
        try await Self.with(engine) { house, client in
            let underwriter = try await house.browser(house.underwriter, client)
            let sent = try await underwriter.post("/r/application/new", Self.application())
            #expect(sent.status == .seeOther)
            var query = RegisterQuery()
            query.limit = 1
            let customer = try #require(try await house.office.desk.register("customer", query, by: house.underwriter).rows.first)
            let page = "/d/\(house.server.edge.ids.word(customer.id, .document))"
            _ = try await underwriter.post("\(page)/reveal", [("purpose", "回访客户")])

            let compliance = try await house.browser(house.compliance, client)
            // From the customer one press leads to it.
            let link = try #require(try await compliance.get(page).text.between("href=\"/readings", "\""))
            let lines = try await compliance.get("/readings\(link)").text
            #expect(lines.contains("回访客户") && lines.contains("underwriter") && lines.contains("href=\"\(page)\""))
            #expect(!lines.contains("王小明") && !lines.contains("13912340001"))
            #expect(try await compliance.get("/charter/life-insurance").text.contains("href=\"/readings?regulation=life-insurance\""))
            // Whoever may not open customers reads who did.
            let manager = try await house.browser(house.manager, client)
            let theirs = try await manager.get("/readings").text
            #expect(theirs.contains("回访客户") && !theirs.contains("href=\"\(page)\""))
            #expect(try await manager.get("/readings?purpose=\(FormData.encode("投诉"))").text.contains("没有符合条件的记录"))
            let file = try await manager.post("/readings/export", [("format", "csv")])
            #expect(file.status == .ok && file.text.contains("回访客户") && !file.text.contains("王小明"))

            let answer = try await client.api(.get, "/api/v1/readings?limit=5", try await house.token(of: house.manager))
            let item = try #require(try answer.json["items"].list.first)
            #expect(item["purpose"] == .text("回访客户") && item["document"]["id"] == .null && item["way"] == .text("page"))

            // A word that is none is said, and does not look like an empty register.
            for wrong in ["after=nothing", "regulation=nothing"] {
                #expect(try await manager.get("/readings?\(wrong)").text.contains("role=\"alert\""), "\(wrong)")
                let refused = try await client.api(.get, "/api/v1/readings?\(wrong)", try await house.token(of: house.manager))
                #expect(refused.status == .unprocessableContent, "\(wrong)")
            }

            // For everybody else there is no such page, no link and no file.
            #expect(try await underwriter.get("/readings").status == .notFound)
            #expect(!(try await underwriter.get(page).text.contains("/readings")))
            #expect(try await underwriter.post("/readings/export", [("format", "csv")]).status == .notFound)
            let refused = try await client.api(.get, "/api/v1/readings", try await house.token(of: house.underwriter))
            #expect(refused.status == .notFound)
        }
    }
}
