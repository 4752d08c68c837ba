import CustomerConfidentiality
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// What a route gives of a customer's file, and to whom: the table of articles 17, 22 and 23.
struct CustomerFileDoor: Sendable {
    typealias Office = CustomerFileOffice
    typealias Visitor = CustomerFileOffice.Visitor
    typealias File = CustomerFileOffice.File

    /// A question about one file, and how it is answered.
    struct Question: Sendable {
        var what = ""
        let ask: @Sendable (Office, Visitor, File) async throws -> TestResponse
        /// The statuses that are right.
        let expects: @Sendable (Visitor, File) -> Set<Int>
        /// Shows no more than the catalogue, whoever asks.
        var isGated = false
        /// It says again what it was asked.
        var echoes = false
    }

    /// A list, and which files it holds.
    struct List: Sendable {
        var what = ""
        let ask: @Sendable (Office, Visitor) async throws -> TestResponse
        var holds: @Sendable (Visitor, File) -> Bool = { $0.sees($1) }
    }

    enum Asking: Sendable {
        case about([Question])
        case listing([List])
        /// It tells of no customer's file.
        case apart
    }

    let method: HTTPRequest.Method
    let path: String
    let asking: Asking
    var name: String { "\(method) \(path)" }

    private init(_ method: HTTPRequest.Method, _ path: String, _ asking: Asking) {
        (self.method, self.path, self.asking) = (method, path, asking)
    }

    /// Under these addresses are the archive's own pages.
    static let ownPages = ["/archive", "/giving", "/amendments"]

    /// The commands of the program. None gives out a document; what is read in a book is read by its pages and its API alone.
    static let commands: Set<String> = [
        "serve", "check", "self-check", "screen", "import", "scans", "workdays", "articles", "verify", "checkpoint", "witness", "config",
        "token", "password", "requests", "id", "keys", "backup", "restore", "bench",
    ]

    /// The document types of the regulation; each register of them is asked of every visitor.
    static let types: Set<String> = [
        "first-contact", "customer-file", "code-series", "attachment-text", "archive-store", "archive-shelf", "reshelving-run",
        "recopy-task",
        "report-definition", "report-item-change", "report-subscription", "statistical-report", "report-copy", "archive-check",
        "missing-record",
        "repair-order", "climate-reading", "climate-alarm", "access-request", "loan", "level-change", "copy-request", "controlled-copy",
        "record-dispatch", "outside-provision", "destruction-list", "legal-hold", "person-request", "outgoing-notice", "leak-report",
        "leak-trace",
        "charter-amendment",
    ]

    static let all = documents + programs + lists + own + apart

    @Sendable private static func seen(_ visitor: Visitor, _ file: File) -> Set<Int> { visitor.sees(file) ? [200] : [404] }
    @Sendable private static func known(_ visitor: Visitor, _ file: File) -> Set<Int> {
        visitor.sees(file) ? [403, 409, 422, 303, 200] : [404]
    }
    private static func using(_ verb: Verb) -> @Sendable (Visitor, File) -> Set<Int> {
        { visitor, file in visitor.may(verb, file) ? [200] : visitor.sees(file) ? [422] : [404] }
    }

    // MARK: Pages of a file

    private static let documents = [
        // Asked first of all, so that nobody has stated a reading yet.
        CustomerFileDoor(
            .get, "/d/:id",
            .about([
                Question(
                    what: "before its reading is stated",
                    ask: { office, visitor, file in
                        let page = try await visitor.browser.get("/d/\(file.word)")
                        let isGate = page.text.contains("action=\"/d/\(file.word)/reading\"")
                        #expect(!visitor.sees(file) || isGate == visitor.isAsked(file), "\(visitor.login) \(file.level)")
                        return isGate || page.status != .ok ? page : try await visitor.browser.get("/r/customer-file")
                    }, expects: { $0.sees($1) ? [200] : [404] }, isGated: true)
            ])),
        CustomerFileDoor(
            .get, "/d/:id/whole",
            .about([
                Question(
                    ask: { _, visitor, file in
                        let page = try await visitor.browser.get("/d/\(file.word)/whole")
                        return visitor.isAsked(file) || page.status != .ok ? page : try await visitor.browser.get("/r/customer-file")
                    }, expects: seen, isGated: true)
            ])),
        // Nobody has supervised a file.
        CustomerFileDoor(
            .get, "/supervised/:id",
            .about([Question(ask: { try await $1.browser.get("/supervised/\($2.word)") }, expects: { _, _ in [404] })])),
        CustomerFileDoor(
            .post, "/d/:id/reading",
            .about([
                Question(
                    what: "without a purpose", ask: { try await $1.browser.post("/d/\($2.word)/reading") },
                    expects: { $0.sees($1) ? ($0.isAsked($1) ? [422] : [303]) : [404] }),
                Question(
                    ask: { _, visitor, file in
                        let answer = try await visitor.browser.post("/d/\(file.word)/reading", [("purpose", "audit")])
                        if visitor.sees(file) {
                            #expect(try await visitor.browser.get("/d/\(file.word)").text.contains("鲎主题"), "\(visitor.login) \(file.level)")
                        }
                        return answer
                    }, expects: { $0.sees($1) ? [303] : [404] }),
            ])),
        CustomerFileDoor(
            .post, "/d/:id/reveal",
            .about([Question(ask: { try await $1.browser.post("/d/\($2.word)/reveal", [("purpose", "核对")]) }, expects: seen)])),
        CustomerFileDoor(
            .post, "/d/:id/print", .about([Question(ask: { try await $1.browser.post("/d/\($2.word)/print") }, expects: using(.print))])),
        CustomerFileDoor(
            .get, "/d/:id/file/:digest",
            .about([Question(ask: { try await $1.browser.get("/d/\($2.word)/file/\($2.digest)") }, expects: seen)])),
        CustomerFileDoor(
            .post, "/d/:id/file/:digest",
            .about([
                Question(
                    ask: { _, visitor, file in
                        let answer = try await visitor.browser.post("/d/\(file.word)/file/\(file.digest)")
                        // It leaves with the number of its copy.
                        let name = answer.headers[.contentDisposition] ?? ""
                        #expect(answer.status != .ok || name.contains("\(file.code.split(separator: "-").last ?? "")-F"), "\(name)")
                        return answer
                    }, expects: using(.copy))
            ])),
        CustomerFileDoor(
            .get, "/d/:id/readers",
            .about([
                Question(
                    ask: { try await $1.browser.get("/d/\($2.word)/readers") },
                    expects: { $0.sees($1) && ["supervisor", "manager"].contains($0.login) ? [200] : [404] })
            ])),
        // Whoever sees the file is led to it.
        CustomerFileDoor(
            .get, "/d/:id/:step",
            .about([Question(ask: { try await $1.browser.get("/d/\($2.word)/close") }, expects: { $0.sees($1) ? [303] : [404] })])),
        CustomerFileDoor(
            .post, "/d/:id/:step",
            .about(
                ["close", "amend", "appoint", "none"].map { step in
                    Question(
                        what: step,
                        ask: { try await $1.browser.post("/d/\($2.word)/\(step)", [("copies", "-1"), ("closedOn", "9999-01-01")]) },
                        expects: { step == "none" ? [404] : known($0, $1) })
                })),
        CustomerFileDoor(
            .post, "/d/:id/handling/:what",
            .about([Question(ask: { try await $1.browser.post("/d/\($2.word)/handling/withdraw", [("reason", "")]) }, expects: known)])),
        CustomerFileDoor(.get, "/ledger/:id", .about([Question(ask: { try await $1.browser.get("/ledger/\($2.entry)") }, expects: seen)])),
    ]

    // MARK: For programs

    private static let programs = [
        CustomerFileDoor(
            .get, "/api/v1/:type/:id",
            .about([
                Question(ask: { try await $0.client.api(.get, "/api/v1/customer-file/\($2.word)", $1.token) }, expects: seen),
                Question(
                    what: "by another type's name", ask: { try await $0.client.api(.get, "/api/v1/loan/\($2.word)", $1.token) },
                    expects: { _, _ in [404] }),
            ])),
        CustomerFileDoor(
            .post, "/api/v1/:type/:id/reveal",
            .about([
                Question(
                    ask: { try await $0.client.api(.post, "/api/v1/customer-file/\($2.word)/reveal", $1.token, #"{"purpose":"核对"}"#) },
                    expects: seen)
            ])),
        CustomerFileDoor(
            .post, "/api/v1/:type/:id/:step",
            .about([
                Question(
                    ask: { try await $0.client.api(.post, "/api/v1/customer-file/\($2.word)/amend", $1.token, #"{"copies":-1}"#) },
                    expects: { $0.sees($1) ? [403, 409, 422] : [404, 422] })
            ])),
        CustomerFileDoor(
            .post, "/api/v1/:type/:id/handling/:what",
            .about([
                Question(
                    ask: { try await $0.client.api(.post, "/api/v1/customer-file/\($2.word)/handling/withdraw", $1.token, "{}") },
                    expects: { $0.sees($1) ? [403, 409, 422] : [404] })
            ])),
        CustomerFileDoor(
            .post, "/api/v1/:type",
            .about([
                // A loan of it: who may borrow it is not asked for its level once more; who may not know of it names nothing.
                Question(
                    ask: {
                        try await $0.client.api(
                            .post, "/api/v1/loan", $1.token, #"{"file":"\#($2.word)","copies":1,"days":1,"reason":"核对"}"#)
                    },
                    expects: { $0.may(.lend, $1) ? [201] : [422] })
            ])),
    ]

    // MARK: Lists, counts, exports

    @Sendable private static func none(_ visitor: Visitor, _ file: File) -> Bool { false }
    private static func encoded(_ text: String) -> String { FormData.encode(text) }

    private static let lists = [
        CustomerFileDoor(
            .get, "/r/:type",
            .listing([
                List(ask: { try await $1.browser.get("/r/customer-file") }),
                List(what: "texts", ask: { try await $1.browser.get("/r/attachment-text") }, holds: { $0.sees($1) && $0.readsTexts }),
            ])),
        CustomerFileDoor(
            .get, "/api/v1/:type",
            .listing([
                List(ask: { try await $0.client.api(.get, "/api/v1/customer-file", $1.token) }),
                List(
                    what: "texts", ask: { try await $0.client.api(.get, "/api/v1/attachment-text", $1.token) },
                    holds: { $0.sees($1) && $0.readsTexts }),
            ])),
        CustomerFileDoor(
            .get, "/search",
            .listing([
                List(ask: { try await $1.browser.get("/search?q=" + encoded("商行")) }),
                List(
                    what: "in attachments", ask: { try await $1.browser.get("/search?q=" + encoded("合同")) },
                    holds: { $0.sees($1) && $0.readsTexts }),
            ])),
        CustomerFileDoor(
            .post, "/r/:type/find",
            .listing([
                List(
                    ask: { try await $1.browser.post("/r/customer-file/find", [("field", "subclass"), ("value", "dealer")]) }, holds: none)
            ])),
        CustomerFileDoor(.get, "/r/:type/new", .listing([List(ask: { try await $1.browser.get("/r/loan/new") })])),
        CustomerFileDoor(.post, "/r/:type/new", .listing([List(ask: { try await $1.browser.post("/r/first-contact/new") }, holds: none)])),
        CustomerFileDoor(.get, "/", .listing([List(ask: { try await $1.browser.get("/") }, holds: told)])),
        CustomerFileDoor(
            .get, "/mine", .listing([List(ask: { try await $1.browser.get("/mine") }, holds: { v, _ in v.login == "specialist" })])),
        CustomerFileDoor(.get, "/notices", .listing([List(ask: { try await $1.browser.get("/notices") }, holds: told)])),
        CustomerFileDoor(
            .get, "/api/v1/todo", .listing([List(ask: { try await $0.client.api(.get, "/api/v1/todo", $1.token) }, holds: none)])),
        // What they hold is asked in `exportsHoldWhatMayBeExported…`; without the grant there is nothing.
        CustomerFileDoor(
            .post, "/r/:type/export",
            .listing([
                List(
                    what: "of what is classified",
                    ask: { try await $1.browser.post("/r/customer-file/export", [("format", "csv"), ("secrecy", "secret")]) }, holds: none)
            ])),
        CustomerFileDoor(
            .post, "/api/v1/:type/export",
            .listing([
                List(
                    what: "of what is classified",
                    ask: {
                        try await $0.client.api(.post, "/api/v1/customer-file/export", $1.token, #"{"format":"csv","secrecy":"secret"}"#)
                    }, holds: none)
            ])),
    ]

    /// That there is no slot for a file is said to the archivists, and to each of what he sees.
    @Sendable private static func told(_ visitor: Visitor, _ file: File) -> Bool {
        visitor.sees(file) && visitor.login.hasSuffix("archivist")
    }

    // MARK: The archive's own pages

    private static let own: [CustomerFileDoor] = [
        CustomerFileDoor(
            .get, "/archive",
            .listing([
                List(ask: { try await $1.browser.get("/archive?text=" + encoded("商行")) }),
                List(
                    what: "in attachments", ask: { try await $1.browser.get("/archive?text=" + encoded("合同")) },
                    holds: { $0.sees($1) && $0.readsTexts }),
            ])),
        CustomerFileDoor(
            .get, "/archive/inner/:id",
            .about([Question(ask: { try await $1.browser.get("/archive/inner/\($2.word)") }, expects: seen, isGated: true)])),
        CustomerFileDoor(
            .post, "/archive/inner/:id",
            .about([Question(ask: { try await $1.browser.post("/archive/inner/\($2.word)", [("paper", "list")]) }, expects: using(.print))])
        ),
        CustomerFileDoor(
            .post, "/archive/scans",
            .about([
                // Whoever may not add to a file learns nothing of it by naming its code.
                Question(
                    ask: { _, visitor, file in
                        let manifest = "档号,材料种类,文件名\n\(file.code),合同,无.txt\n"
                        let answer = try await visitor.browser.postFiles("/archive/scans", [], files: [("manifest", "清单.csv", manifest)])
                        let isKnown = !answer.text.contains("没有您可以补充材料的档案")
                        #expect(isKnown == visitor.sees(file), "\(visitor.login) \(file.level)")
                        return answer
                    }, expects: { _, _ in [422] }, echoes: true)
            ])),
        CustomerFileDoor(.get, "/archive/shelves", .listing([List(ask: { try await $1.browser.get("/archive/shelves") }, holds: none)])),
    ]

    private static let apart: [CustomerFileDoor] =
        ([
            (.get, "/archive/scans"), (.get, "/archive/labels/:id"), (.get, "/archive/check/:id"), (.post, "/archive/check/:id"),
            (.get, "/archive/climate"), (.get, "/archive/figures/:id"), (.get, "/archive/report/:id"), (.post, "/archive/report/:id"),
            (.post, "/archive/workbook/:id"), (.get, "/archive/appraisal/:id"), (.post, "/archive/appraisal/:id"),
            (.get, "/giving/package/:id"),
            (.post, "/giving/package/:id"), (.get, "/amendments/compare/:id"),
            // No step of a file is taken together with others'.
            (.get, "/todo"), (.post, "/todo"),
        ] as [(HTTPRequest.Method, String)]).map { CustomerFileDoor($0.0, $0.1, .apart) }
}
