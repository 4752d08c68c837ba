import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Store
import Testing

@testable import Web

/// What is sent twice is done once, and nothing is done by a link.
struct RequestOnceTests {
    private static func counts(_ web: WebOffice) async throws -> [Int64] {
        try await web.office.desk.store.read { session in
            try ["entry", "document", "task", "taken", "notice", "file", "request", "access_grant"].map {
                try session.count("SELECT count(*) FROM \($0)")
            }
                + [try session.count("SELECT count(*) FROM notice WHERE seen IS NOT NULL")]
        }
    }

    /// Every address that a browser or a program can ask by GET, about a document that is there.
    @Test func nothingIsDoneByGetOrHead() async throws {
        try await WebOffice.with { web, client in
            let principal = Principal(web.clerk)
            let file = try await web.office.desk.keep(file: "a.txt", content: Array("x".utf8), by: principal)
            let id = try await web.memo("甲", ["phone": .text("13800134417"), "files": .list([file.stored])])
            let names = [
                ":type": "memo", ":id": web.word(id), ":digest": file.digest, ":regulation": "test", ":step": "approve", ":what": "sign",
            ]
            let server = web.server.makeRouter()
            let paths = server.paths.all(.get)
            #expect(paths.count > 25 && paths.contains("/d/:id/file/:digest"))
            let token = try await web.token(of: web.clerk)
            let browsers = [
                try await Browser.enter(web.clerk, web, client), try await Browser.enter(web.head, web, client),
                try await Browser.enter(web.administrator, web, client),
            ]
            // The first use of a token is told, and its day noted.
            _ = try await client.api(.get, "/api/v1/todo", token)
            let before = try await Self.counts(web)
            for path in paths {
                let address = path.split(separator: "/").reduce("") { $0 + "/" + (names[String($1)] ?? String($1)) }
                for query in ["", "?reveal=x&purpose=x&format=csv&newest=\(Int64.max)&once=aaaaaaaaaaaaaaaaaaaaaaaa"] {
                    for method in [HTTPRequest.Method.get, .head] {
                        let uri = (address.isEmpty ? "/" : address) + query
                        for browser in browsers {
                            _ = try await client.execute(uri: uri, method: method, headers: [.cookie: browser.cookie])
                        }
                        _ = try await client.api(method, uri, token)
                    }
                }
            }
            #expect(try await Self.counts(web) == before)
        }
    }

    @Test func aReadingByALinkIsToldHowItIsAsked() async throws {
        try await WebOffice.with { web, client in
            let token = try await web.token(of: web.clerk)
            let id = web.word(try await web.memo("甲", ["phone": .text("13800134417")]))
            let answer = try await client.api(.get, "/api/v1/memo/\(id)?reveal=\(FormData.encode("回访"))", token)
            #expect(answer.status == .badRequest)
            let zh = try #require(try answer.json["zh"].text)
            #expect(zh.contains("POST /api/v1/memo/\(id)/reveal") && !answer.text.contains("13800134417"))
            let clerk = try await Browser.enter(web.clerk, web, client)
            let export = try await clerk.get("/r/memo/export")
            #expect(export.status == .methodNotAllowed && export.headers[.allow] == "POST")
        }
    }

    @Test func aKeyMakesARequestOfTheAPISafeToRepeat() async throws {
        try await WebOffice.with { web, client in
            let token = try await web.token(of: web.clerk)
            func post(_ path: String, _ body: String, _ key: String) async throws -> TestResponse {
                try await client.execute(
                    uri: path, method: .post,
                    headers: [.authorization: "Bearer \(token)", .contentType: "application/json", APIRequest.keyName: key],
                    body: ByteBuffer(string: body))
            }
            let good = #"{"subject":"甲","pages":1,"tone":"warm"}"#, refused = #"{"subject":"禁止","pages":1,"tone":"warm"}"#
            let first = try await post("/api/v1/memo", good, "k-1"), again = try await post("/api/v1/memo", good, "k-1")
            #expect(first.status == .created && again.status == .created && first.text == again.text)
            #expect(first.headers[.location] == again.headers[.location])
            let other = try await post("/api/v1/memo", #"{"subject":"乙","pages":1,"tone":"warm"}"#, "k-1")
            #expect(other.status == .unprocessableContent && other.text.contains("Idempotency-Key"))
            for key in [String(repeating: "k", count: 201), "a b"] {
                #expect(try await post("/api/v1/memo", good, key).status == .unprocessableContent)
            }
            let (no, noAgain) = (try await post("/api/v1/memo", refused, "k-2"), try await post("/api/v1/memo", refused, "k-2"))
            #expect(no.status == .unprocessableContent && no.text == noAgain.text && no.text.contains("第二条"))
            let before = try await Self.counts(web)
            let id = try #require(try first.json["id"].text)
            let reveal = "/api/v1/memo/\(id)/reveal", purpose = #"{"purpose":"核对"}"#
            let read = try await post(reveal, purpose, "k-3")
            #expect(read.status == .ok)
            #expect(try await post(reveal, purpose, "k-3").text == read.text)
            let export = #"{"format":"csv","state":"drafted"}"#
            let file = try await post("/api/v1/memo/export", export, "k-4")
            #expect(file.status == .ok && file.text.contains("甲") && !file.text.contains("乙"))
            #expect(try await post("/api/v1/memo/export", export, "k-4").text == file.text)
            #expect(try await Self.counts(web)[0] == before[0] + 2, "each reading stands in the ledger once")
            #expect(try await web.office.desk.register("memo", RegisterQuery(), by: web.clerk).rows.count == 1)
        }
    }

    @Test func aFormThatIsSentTwiceActsOnceAndLandsOnTheResult() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client), head = try await Browser.enter(web.head, web, client)
            func word(_ page: TestResponse, _ form: String) throws -> String {
                let rest = try #require(page.text.range(of: form).map { String(page.text[$0.upperBound...]) })
                return try #require(rest.between("name=\"once\" value=\"", "\""))
            }
            let once = try word(try await clerk.get("/r/memo/new"), "action=\"/r/memo/new\"")
            let fields = [("subject", "甲"), ("pages", "1"), ("tone", "warm"), ("once", once)]
            let first = try await clerk.post("/r/memo/new", fields), again = try await clerk.post("/r/memo/new", fields)
            #expect(first.status == .seeOther && first.headers[.location] == again.headers[.location])
            #expect(try await web.office.desk.register("memo", RegisterQuery(), by: web.clerk).rows.count == 1)
            // Whoever goes back and writes something else means something else.
            let changed = try await clerk.post("/r/memo/new", [("subject", "乙"), ("pages", "1"), ("tone", "warm"), ("once", once)])
            #expect(changed.status == .seeOther && changed.headers[.location] != first.headers[.location])

            let address = try #require(first.headers[.location])
            let page = try await head.get(address)
            let version = try #require(page.text.between("name=\"version\" value=\"", "\""))
            let step = [("version", version), ("opinion", "同意"), ("once", try word(page, "action=\"\(address)/approve\""))]
            for _ in 0..<2 {
                let taken = try await head.post("\(address)/approve", step)
                #expect(taken.status == .seeOther && taken.headers[.location] == address)
            }
            let other = try #require(changed.headers[.location])
            let withdraw = [("reason", "写错了"), ("once", try word(try await clerk.get(other), "handling/withdraw"))]
            for _ in 0..<2 { #expect(try await clerk.post("\(other)/handling/withdraw", withdraw).status == .seeOther) }
        }
    }
}
