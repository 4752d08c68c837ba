import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// What a request may look like.
struct RequestShapeTests {
    private static func withToken(_ body: @escaping @Sendable (WebOffice, any TestClientProtocol, String) async throws -> Void) async throws
    {
        try await WebOffice.with { web, client in
            try await body(web, client, try await web.token(of: web.clerk))
        }
    }

    @Test func aWrongMethodIsToldTheRightOnes() async throws {
        try await Self.withToken { web, client, token in
            let id = web.word(try await web.memo())
            let cases: [(HTTPRequest.Method, String, String)] = [
                (.delete, "/api/v1/memo", "GET, HEAD, POST"), (.put, "/api/v1/memo/\(id)", "GET, HEAD"),
                (.get, "/api/v1/memo/\(id)/approve", "POST"), (.get, "/api/v1/files", "POST"), (.patch, "/api/v1/todo", "GET, HEAD"),
                (.init("BREW")!, "/login", "GET, HEAD, POST"), (.get, "/api/v1/memo/export", "POST"),
            ]
            for (method, path, allowed) in cases {
                let answer = try await client.api(method, path, token)
                #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == allowed, "\(method) \(path)")
            }
            #expect(try await client.api(.delete, "/nowhere/at/all", token).status == .notFound)
        }
    }

    @Test func whatIsNoUTF8IsRefusedInWords() async throws {
        try await Self.withToken { web, client, token in
            var json = ByteBuffer(string: #"{"subject":""#)
            json.writeBytes([0xE5, 0x85])
            json.writeString(#"","pages":1,"tone":"warm"}"#)
            let program = try await client.execute(
                uri: "/api/v1/memo", method: .post, headers: [.authorization: "Bearer \(token)", .contentType: "application/json"],
                body: json)
            #expect(program.status == .badRequest && program.text.contains("UTF-8"))
            let clerk = try await Browser.enter(web.clerk, web, client)
            let form = try await client.post(
                "/r/memo/new", "csrf=\(clerk.csrf)&subject=%E5%85&pages=1&tone=warm", headers: [.cookie: clerk.cookie])
            #expect(form.status == .badRequest && form.text.contains("UTF-8"))
            #expect(try await clerk.get("/r/memo?q=%FF").status == .badRequest)
            #expect(try await clerk.get("/d/%FF").status == .notFound)
            var parts = ByteBuffer(string: "--XyZ\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(clerk.csrf)\r\n")
            parts.writeString("--XyZ\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\n")
            parts.writeBytes([0xFF])
            parts.writeString("\r\n--XyZ--\r\n")
            let multipart = try await client.execute(
                uri: "/r/memo/new", method: .post, headers: [.cookie: clerk.cookie, .contentType: "multipart/form-data; boundary=XyZ"],
                body: parts)
            #expect(multipart.status == .badRequest && multipart.text.contains("UTF-8"))
            #expect(try await web.office.desk.register("memo", RegisterQuery(), by: web.clerk).rows.isEmpty)
        }
    }

    @Test func whatTheDescriptionDoesNotSayIsNotTaken() async throws {
        try await Self.withToken { web, client, token in
            let wrong: [(String, String)] = [
                (#"{"subject":5,"pages":1,"tone":"warm"}"#, "subject"), (#"{"subject":"甲","pages":"1","tone":"warm"}"#, "pages"),
                (#"{"subject":"甲","pages":0,"tone":"warm"}"#, "pages"), (#"{"subject":"甲","tone":"warm"}"#, "pages"),
                (#"{"subject":"甲","pages":1,"tone":""}"#, "tone"), (#"{"subject":"甲","pages":1,"tone":null}"#, "tone"),
                (#"{"subject":"甲","pages":1,"tone":"warm","isUrgent":"是"}"#, "isUrgent"),
                (#"{"subject":"甲","pages":1,"tone":"warm","reader":7}"#, "reader"),
                ("{\"subject\":\"甲\",\"pages\":1,\"tone\":\"warm\",\"reader\":\"\(web.clerk.raw)\"}", "reader"),
                (#"{"subject":"甲","pages":1,"tone":"warm","copies":{"place":"甲"}}"#, "copies"),
                (#"{"subject":"甲","pages":1,"tone":"warm","copies":[{"place":"甲","who":"乙"}]}"#, "copies.0.who"),
                (#"{"subject":"甲","pages":1,"tone":"warm","copies":[{"place":"甲","count":0}]}"#, "copies.0.count"),
                (#"{"subject":"甲","pages":1,"tone":"warm","files":["x"]}"#, "files"),
                ("{\"subject\":\"\(String(repeating: "长", count: 201))\",\"pages\":1,\"tone\":\"warm\"}", "subject"),
            ]
            for (body, field) in wrong {
                let answer = try await client.api(.post, "/api/v1/memo", token, body)
                #expect(answer.status == .unprocessableContent, "\(body)")
                #expect(try answer.json["faults"].list.map { $0["field"].text } == [field], "\(body)")
            }
            let good = #"{"subject":"甲","pages":1,"tone":"warm","day":null,"copies":[{"place":"甲","count":null}]}"#
            let made = try await client.api(.post, "/api/v1/memo", token, good)
            #expect(made.status == .created)
            let doubled = #"{"subject":"甲","subject":"乙","pages":1,"tone":"warm"}"#
            #expect(try await client.api(.post, "/api/v1/memo", token, doubled).status == .badRequest)
            #expect(try await client.api(.post, "/api/v1/memo?behalf=\(web.word(web.head))", token, good).status == .forbidden, "nobody delegated")
            let id = try #require(try made.json["id"].text)
            #expect(try await client.api(.post, "/api/v1/memo/\(id)/amend?behalf=x", token, "{}").status == .unprocessableContent)
        }
    }

    @Test func whoHasNoStepThatTakesFilesKeepsNone() async throws {
        try await WebOffice.with { web, client in
            func keep(_ person: PersonID) async throws -> TestResponse {
                let token = try await web.token(of: person)
                return try await client.execute(
                    uri: "/api/v1/files?name=a.txt", method: .post, headers: [.authorization: "Bearer \(token)"],
                    body: ByteBuffer(string: "x"))
            }
            #expect(try await keep(web.clerk).status == .created)
            let refused = try await keep(web.other)
            #expect(refused.status == .forbidden && refused.text.contains("不能上传文件"))
        }
    }

    @Test func figuresOfTheLedgerAreForWhoSupervises() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            try await web.office.desk.runJobs()
            let clerk = try await Browser.enter(web.clerk, web, client), root = try await Browser.enter(web.administrator, web, client)
            let plain = try await clerk.get("/ledger").text, all = try await root.get("/ledger").text
            #expect(!plain.contains("已编入记录") && !plain.contains("/ledger/verify") && plain.contains("class=\"checkpoint\""))
            #expect(all.contains("已编入记录") && all.contains("/ledger/verify"))
            #expect(try await clerk.post("/ledger/verify").status == .forbidden)
            #expect(try await root.post("/ledger/verify").text.contains("校验通过"))
            let entry = try #require(try await clerk.get(web.page(id)).text.between("href=\"/ledger/", "\""))
            #expect(try await clerk.get("/ledger/\(entry)").status == .ok)
        }
    }
}
