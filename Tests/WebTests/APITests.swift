import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// The API: the same road for programs.
struct APITests {
    /// Tokens of the clerk and the head.
    private static func with(
        _ body: @escaping @Sendable (WebOffice, any TestClientProtocol, _ clerk: String, _ head: String) async throws -> Void
    ) async throws {
        try await WebOffice.with { web, client in
            try await body(web, client, try await web.token(of: web.clerk), try await web.token(of: web.head))
        }
    }

    @Test func aDocumentFromItsStartToItsEnd() async throws {
        try await Self.with { _, client, clerk, head in
            let made = try await client.api(
                .post, "/api/v1/memo", clerk,
                #"{"subject":"关于回访","pages":3,"tone":"warm","day":"2026/3/4","copies":[{"place":"法务部","count":2}]}"#)
            #expect(made.status == .created)
            let id = try #require(try made.json["id"].text, "ids are texts")
            #expect(made.headers[.location] == "/api/v1/memo/\(id)")
            let found = try await client.api(.get, "/api/v1/memo/\(id)", head).json
            #expect(found["state"] == .text("drafted"))
            #expect(found["values"]["day"] == .text("2026-03-04"))
            #expect(found["steps"].list.map { $0["name"].text } == ["approve", "refuse"])
            let todo = try await client.api(.get, "/api/v1/todo", head).json
            #expect(todo["items"].list.first?["document"]["id"] == .text(id))
            let taken = try await client.api(.post, "/api/v1/memo/\(id)/approve", head, #"{"opinion":"同意"}"#)
            #expect(taken.status == .ok)
            #expect(try taken.json["state"] == .text("approved"))
            let list = try await client.api(.get, "/api/v1/memo?state=approved", clerk).json
            #expect(list["items"].list.count == 1)
            #expect(list["next"] == .null)
        }
    }

    @Test func errorsAreProblems() async throws {
        try await Self.with { web, client, clerk, head in
            func problem(_ answer: TestResponse, _ status: HTTPResponse.Status, _ code: String) throws -> JSONValue {
                #expect(answer.status == status)
                #expect(answer.headers[.contentType] == "application/problem+json")
                let problem = try answer.json
                #expect(problem["type"] == .text("urn:dianzhang:\(code)"))
                #expect(problem["zh"].text?.isEmpty == false && problem["en"].text?.isEmpty == false)
                return problem
            }
            let refused = try problem(
                try await client.api(.post, "/api/v1/memo", clerk, #"{"subject":"禁止","pages":3,"tone":"warm"}"#), .unprocessableContent,
                "refused")
            #expect(refused["article"]["ref"] == .text("第二条"))
            let invalid = try problem(
                try await client.api(.post, "/api/v1/memo", clerk, #"{"subject":"","pages":300,"tone":"loud"}"#), .unprocessableContent,
                "invalid")
            #expect(Set(invalid["faults"].list.compactMap { $0["field"].text }) == ["subject", "pages", "tone"])
            let unknown = try problem(
                try await client.api(.post, "/api/v1/memo", clerk, #"{"subject":"甲","pages":1,"tone":"warm","holder":"1"}"#),
                .unprocessableContent, "invalid")
            #expect(unknown["faults"].list.first?["field"] == .text("holder"))
            _ = try problem(try await client.api(.post, "/api/v1/memo", clerk, "{"), .badRequest, "unreadable")
            _ = try problem(try await client.api(.post, "/api/v1/memo", clerk, "[1]"), .badRequest, "unreadable")
            _ = try problem(try await client.api(.get, "/api/v1/memo/1", clerk), .notFound, "absent")
            _ = try problem(try await client.api(.get, "/api/v1/nothing", clerk), .notFound, "absent")
            _ = try problem(try await client.api(.get, "/api/v2", clerk), .notFound, "absent")
            let id = web.word(try await web.memo())
            _ = try problem(try await client.api(.post, "/api/v1/memo/\(id)/approve", clerk, #"{"opinion":"同意"}"#), .forbidden, "forbidden")
            _ = try await client.api(.post, "/api/v1/memo/\(id)/approve", head, #"{"opinion":"同意"}"#)
            _ = try problem(try await client.api(.post, "/api/v1/memo/\(id)/approve", head, #"{"opinion":"同意"}"#), .conflict, "conflict")
            _ = try problem(try await client.execute(uri: "/api/v1/memo", method: .get), .unauthorized, "logged-out")
            _ = try problem(try await client.api(.get, "/api/v1/memo", String(repeating: "0", count: 64)), .unauthorized, "logged-out")
        }
    }

    @Test func aCookieReadsAndDoesNotWrite() async throws {
        try await Self.with { web, client, _, _ in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            #expect(try await clerk.get("/api/v1/memo").status == .ok)
            let answer = try await client.execute(
                uri: "/api/v1/memo", method: .post, headers: [.cookie: clerk.cookie, .contentType: "application/json"],
                body: ByteBuffer(string: #"{"subject":"甲","pages":1,"tone":"warm"}"#))
            #expect(answer.status == .unauthorized)
        }
    }

    @Test func tokensAreMadeShownOnceAndRevoked() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let made = try await clerk.post("/account/tokens", [("label", "报表"), ("days", "30")]).text
            let token = try #require(made.between("<code>", "</code></p></div>").flatMap { $0.components(separatedBy: "<code>").last })
            #expect(try await !clerk.get("/account").text.contains(token))
            #expect(try await client.api(.get, "/api/v1/memo", token).status == .ok)
            let digest = try #require(try await clerk.get("/account").text.between("name=\"token\" value=\"", "\""))
            #expect(
                try await Browser.enter(web.person("head"), web, client).post("/account/tokens/revoke", [("token", digest)]).status
                    == .notFound)
            #expect(try await clerk.post("/account/tokens/revoke", [("token", digest)]).status == .seeOther)
            #expect(try await client.api(.get, "/api/v1/memo", token).status == .unauthorized)
            let other = try await web.token(of: web.clerk)
            web.wall.move(seconds: 31 * 86_400)
            #expect(try await client.api(.get, "/api/v1/memo", other).status == .unauthorized)
        }
    }

    @Test func personalDataNeedsAPurposeHereToo() async throws {
        try await Self.with { web, client, clerk, _ in
            let id = web.word(try await web.memo("甲", ["phone": .text("13800134417")]))
            #expect(try await client.api(.get, "/api/v1/memo/\(id)", clerk).json["values"]["phone"] == .text("138****4417"))
            let address = "/api/v1/memo/\(id)/reveal"
            for body in [nil, "{}", #"{"purpose":" "}"#, "{\"purpose\":\"\(String(repeating: "长", count: 201))\"}"] {
                #expect(try await client.api(.post, address, clerk, body).status == .unprocessableContent)
            }
            let clear = try await client.api(.post, address, clerk, #"{"purpose":"回访"}"#).json
            #expect(clear["values"]["phone"] == .text("13800134417"))
        }
    }

    @Test func aFilterThatTheRegisterDoesNotKnowIsNotPassedOver() async throws {
        try await Self.with { web, client, clerk, _ in
            try await web.memo()
            for (query, zh, en) in [("name=x", "没有筛选条件“name”", "no filter “name”"), ("state=open&phone=1", "“phone”", "“phone”")] {
                let answer = try await client.api(.get, "/api/v1/memo?\(query)", clerk)
                #expect(answer.status == .badRequest)
                let problem = try answer.json
                #expect(problem["zh"].text?.contains(zh) == true && problem["zh"].text?.contains("state、clock、act、acted、unit、person") == true)
                #expect(problem["en"].text?.contains(en) == true && problem["en"].text?.contains("limit, pages, tone, reader") == true)
            }
            for query in [
                "unit=abc", "person=abc", "after=abc", "state=drafty", "sort=up", "limit=0", "limit=x", "tone=loud", "pages=x", "pages=0",
                "q=",
                "state=open&state=drafted",
            ] {
                let answer = try await client.api(.get, "/api/v1/memo?\(query)", clerk)
                #expect(answer.status == .unprocessableContent, "\(query)")
                #expect(try answer.json["faults"].list.count == 1, "\(query)")
            }
            let nowhere = web.word(UnitID(1))
            #expect(
                try await client.api(.get, "/api/v1/memo?unit=\(nowhere)", clerk).json["items"].list.isEmpty, "a unit that there is not")
            #expect(try await client.api(.get, "/api/v1/memo?state=open&pages=2&limit=5", clerk).json["items"].list.count == 1)
        }
    }

    @Test func theTodoListComesInPages() async throws {
        try await Self.with { web, client, _, head in
            for number in 0..<3 { try await web.memo("第\(number)件") }
            let first = try await client.api(.get, "/api/v1/todo?limit=2", head).json
            #expect(first["items"].list.count == 2 && first["total"] == .whole(3))
            let next = try #require(first["next"].text)
            let second = try await client.api(.get, "/api/v1/todo?limit=2&after=\(next)", head).json
            #expect(second["items"].list.count == 1 && second["next"] == .null)
            #expect(try await client.api(.get, "/api/v1/todo?after=x", head).status == .badRequest)
            #expect(try await client.api(.get, "/api/v1/todo?limit=501", head).status == .unprocessableContent)
        }
    }

    @Test func theDescriptionIsForWhoIsLoggedIn() async throws {
        try await Self.with { web, client, clerk, _ in
            let answers = [
                try await client.execute(uri: "/api/openapi.json", method: .get), try await client.api(.get, "/api/openapi.json", clerk),
                try await Browser.enter(web.person("clerk"), web, client).get("/api/openapi.json"),
            ]
            #expect(answers.map(\.status) == [.unauthorized, .ok, .ok])
        }
    }

    @Test func filesGoByTheirWords() async throws {
        try await Self.with { web, client, clerk, _ in
            let kept = try await client.execute(
                uri: "/api/v1/files?name=a.txt", method: .post, headers: [.authorization: "Bearer \(clerk)"],
                body: ByteBuffer(string: "evidence"))
            #expect(kept.status == .created)
            let word = try #require(try kept.json["file"].text)
            let digest = try #require(try kept.json["digest"].text)
            let named = #"{"subject":"甲","pages":1,"tone":"warm","files":[{"digest":"\#(digest)","name":"a.txt","size":8}]}"#
            #expect(
                try await client.api(.post, "/api/v1/memo", clerk, named).status == .unprocessableContent, "a digest alone opens no file")
            let good = #"{"subject":"甲","pages":1,"tone":"warm","files":["\#(word)"]}"#
            #expect(try await client.api(.post, "/api/v1/memo", clerk, good).status == .created)
        }
    }

    @Test func theDescriptionNamesEveryTypeAndStep() async throws {
        try await Self.with { web, client, clerk, _ in
            let description = try await client.api(.get, "/api/openapi.json", clerk).json
            #expect(description["openapi"] == .text("3.1.0"))
            for path in ["/api/v1/memo", "/api/v1/memo/{id}", "/api/v1/memo/{id}/approve", "/api/v1/todo"] {
                #expect(description["paths"][path] != .null, "\(path)")
            }
            var references: Set<String> = []
            func collect(_ value: JSONValue) {
                if let reference = value["$ref"].text { references.insert(reference) }
                for entry in value.entries { collect(entry.value) }
                for element in value.list { collect(element) }
            }
            collect(description)
            for reference in references {
                let name = reference.replacingOccurrences(of: "#/components/schemas/", with: "")
                #expect(description["components"]["schemas"][name] != .null, "\(reference) leads nowhere")
            }
            // For a validator of OpenAPI, where there is one.
            if let path = ProcessInfo.processInfo.environment["DIANZHANG_OPENAPI_OUT"] {
                try JSONText.text(description).write(toFile: path, atomically: true, encoding: .utf8)
            }
        }
    }
}
