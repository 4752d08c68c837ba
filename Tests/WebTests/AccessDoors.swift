import HTTPTypes
import HummingbirdTesting
import Kernel

@testable import Web

/// By which doors a document could be come at. No feed goes out: a route of another kind gets a
/// door of its own here.
enum Door: String, CaseIterable {
    case page, api, search, export, print, notice, count, file, step, reference, behalf, proof
}

/// One question about one document, and how its answer shows that the document is there.
struct Question: Sendable {
    let door: Door
    let ask: @Sendable (LeadOffice, LeadOffice.Visitor, AskedPaper) async throws -> TestResponse
    /// Of which documents it is an answer at all, to whom; of any other, it is as if there were none.
    var isAbout: @Sendable (LeadOffice.Visitor, LeadOffice.Paper) -> Bool = { _, _ in true }
    /// Who comes at the document by it.
    var reaches: @Sendable (LeadOffice, LeadOffice.Visitor, LeadOffice.Paper) -> Bool = { $0.sees($1, $2) }
    var shows: @Sendable (LeadOffice.Paper, TestResponse) -> Bool = { _, answer in answer.status == .ok }
}

/// What a question names of a document, or of one that never was.
struct AskedPaper: Sendable {
    let type: String
    /// Of itself, its task and its entry, as outside.
    let id: String
    let task: String
    let entry: String
    let file: String
    let phone: String
    let title: String

    init(_ paper: LeadOffice.Paper) {
        (type, id, task, entry) = (paper.type, paper.word, paper.task, paper.entry)
        (file, phone, title) = (paper.file.isEmpty ? "ab" : paper.file, paper.phone, paper.title)
    }

    private init(_ type: String, file: String, id: String, task: String, entry: String) {
        (self.type, self.id, self.task, self.entry, self.file) = (type, id, task, entry, file)
        (phone, title) = ("13900000000", "从未有过")
    }

    /// In its place one that never was.
    func never(_ web: WebOffice) -> AskedPaper {
        AskedPaper(type, file: file, id: Self.neverID(web), task: Self.neverTask(web), entry: web.word(987_654_323, .entry))
    }

    /// In its place one that somebody made up: no id was ever written so.
    var madeUp: AskedPaper {
        let word = "7" + String(repeating: "z", count: 25)
        return AskedPaper(type, file: file, id: word, task: word, entry: word)
    }

    static func neverID(_ web: WebOffice) -> String { web.word(987_654_321) }
    static func neverTask(_ web: WebOffice) -> String { web.word(987_654_322, .task) }

    var named: [String] { [id, task, entry, phone, title] }
}

/// What is known of a route: how it is asked.
enum Asking: Sendable {
    /// About a document that its address or what is sent names.
    case about([Question])
    /// It lists documents, by these queries: those that the person sees and that belong there, and nothing of any other.
    case listing(Door, [String], @Sendable (LeadOffice, LeadOffice.Visitor, LeadOffice.Paper) -> Bool)
    /// It tells of no single document; what it answers is read all the same.
    case apart
    /// Not asked here: it ends the log-in with which everything else is asked, or tries a password. It tells of nothing.
    case account
}

/// Every route there is.
struct AccessDoors: Sendable {
    let method: HTTPRequest.Method
    let path: String
    let asking: Asking

    private init(_ method: HTTPRequest.Method, _ path: String, _ asking: Asking) {
        (self.method, self.path, self.asking) = (method, path, asking)
    }

    static let all: [AccessDoors] = documents + lists + programs + apart

    // MARK: Pages

    private static let handling = [
        "back", "reassign", "signer", "sign", "object", "answer", "unsigner", "remind", "withdraw", "decline", "undo", "supervise", "claim",
        "release", "comment", "copy", "seen",
    ].map { what in
        // Where it is seen, it is asked with a task that never was, and nothing comes of it.
        Question(
            door: .step,
            ask: { office, visitor, paper in
                let task = office.seen(by: visitor).contains { $0.word == paper.id } ? AskedPaper.neverTask(office.web) : paper.task
                return try await visitor.browser.post("/d/\(paper.id)/handling/\(what)", [("task", task), ("reason", "")])
            }, shows: { _, answer in answer.status != .notFound })
    }

    private static let documents = [
        AccessDoors(
            .get, "/d/:id",
            .about([
                Question(
                    door: .page, ask: { try await $1.browser.get("/d/\($2.id)") }, shows: { $1.status == .ok && $1.text.contains($0.title) }
                ),
                Question(
                    door: .page,
                    ask: { try await $0.client.execute(uri: "/d/\($2.id)", method: .head, headers: [.cookie: $1.browser.cookie]) }),
            ])),
        AccessDoors(
            .get, "/d/:id/whole",
            .about([
                Question(
                    door: .page, ask: { try await $1.browser.get("/d/\($2.id)/whole") },
                    shows: { $1.status == .ok && $1.text.contains($0.title) })
            ])),
        // Nobody supervises leads: to everybody it is as if there were no such page.
        AccessDoors(
            .get, "/d/:id/readers",
            .about([Question(door: .page, ask: { try await $1.browser.get("/d/\($2.id)/readers") }, isAbout: { _, _ in false })])),
        // For whoever asked for something as a supervisor; nobody did so here.
        AccessDoors(
            .get, "/supervised/:id",
            .about([Question(door: .page, ask: { try await $1.browser.get("/supervised/\($2.id)") }, isAbout: { _, _ in false })])),
        AccessDoors(
            .post, "/d/:id/reveal",
            .about([
                Question(
                    door: .page, ask: { try await $1.browser.post("/d/\($2.id)/reveal", [("purpose", "核对")]) },
                    shows: { $1.status == .ok && $1.text.contains($0.phone.isEmpty ? $0.title : $0.phone) })
            ])),
        // Of leads nothing is stated: whoever sees one is led to it.
        AccessDoors(
            .post, "/d/:id/reading",
            .about([
                Question(
                    door: .page, ask: { try await $1.browser.post("/d/\($2.id)/reading", [("purpose", "audit")]) },
                    shows: { $1.status == .seeOther })
            ])),
        AccessDoors(
            .post, "/d/:id/print",
            .about([
                Question(door: .print, ask: { try await $1.browser.post("/d/\($2.id)/print") }, shows: { $1.text.hasPrefix("%PDF") }),
                Question(
                    door: .print, ask: { try await $1.browser.post("/d/\($2.id)/print", [("purpose", "核对")]) },
                    shows: { $1.text.hasPrefix("%PDF") }),
            ])),
        AccessDoors(
            .get, "/d/:id/file/:digest",
            .about([Question(door: .file, ask: { try await $1.browser.get("/d/\($2.id)/file/\($2.file)") }, isAbout: { !$1.file.isEmpty })])
        ),
        AccessDoors(
            .post, "/d/:id/file/:digest",
            .about([
                Question(
                    door: .file, ask: { try await $1.browser.post("/d/\($2.id)/file/\($2.file)") }, isAbout: { !$1.file.isEmpty },
                    shows: { $1.text == "内容：\($0.title)" }),
                // A document that one sees opens no other's file.
                Question(
                    door: .file,
                    ask: { office, visitor, paper in
                        let own = office.seen(by: visitor).first { $0.file != paper.file }?.word ?? office.web.word(1)
                        let isThere = office.papers.contains { $0.word == paper.id } && paper.file != "ab"
                        return try await visitor.browser.post("/d/\(own)/file/\(isThere ? paper.file : "cd")")
                    }, isAbout: { _, _ in false }),
            ])),
        // Whoever sees the document is led to it.
        AccessDoors(
            .get, "/d/:id/:step",
            .about([Question(door: .page, ask: { try await $1.browser.get("/d/\($2.id)/check") }, shows: { $1.status == .seeOther })])),
        AccessDoors(
            .post, "/d/:id/:step",
            .about(
                ["check", "turn", "enter", "none"].map { step in
                    Question(
                        door: .step, ask: { try await $1.browser.post("/d/\($2.id)/\(step)") },
                        isAbout: { _, paper in step == (paper.type == "lead" ? "check" : "turn") },
                        shows: { _, answer in answer.status != .notFound })
                } + [
                    Question(
                        door: .behalf,
                        ask: { office, visitor, paper in
                            let giver = office.web.word(giver(office, visitor).id)
                            return try await visitor.browser.post("/d/\(paper.id)/check", [("behalf", giver)])
                        }, isAbout: { _, paper in paper.type == "lead" }, shows: { _, answer in answer.status != .notFound })
                ])),
        AccessDoors(.post, "/d/:id/handling/:what", .about(handling + [namedTask])),
        AccessDoors(
            .get, "/ledger/:id",
            .about([Question(door: .proof, ask: { try await $1.browser.get("/ledger/\($2.entry)") })])),
    ]

    /// Of a document that one sees, the task of another is named.
    private static let namedTask = Question(
        door: .step,
        ask: { office, visitor, paper in
            let own = office.seen(by: visitor).first?.word ?? office.web.word(1)
            let isSeen = office.seen(by: visitor).contains { $0.word == paper.id }
            return try await visitor.browser.post(
                "/d/\(own)/handling/remind", [("task", isSeen ? AskedPaper.neverTask(office.web) : paper.task)])
        }, isAbout: { _, _ in false })

    // MARK: Pages of many documents

    @Sendable private static func isWaiting(_ office: LeadOffice, _ visitor: LeadOffice.Visitor, _ paper: LeadOffice.Paper) -> Bool {
        paper.waitsFor.contains(visitor.login) || visitor.giver.map(paper.waitsFor.contains) == true
    }

    private static let lists = [
        AccessDoors(.get, "/", .listing(.count, [""], isWaiting)),
        AccessDoors(
            .post, "/todo",
            .about([
                Question(
                    door: .page, ask: { try await $1.browser.post("/todo", [("type", "lead"), ("step", "check"), ("item", $2.id)]) },
                    isAbout: { _, paper in paper.type == "lead" }, shows: { $1.status == .ok && $1.text.contains($0.title) })
            ])),
        AccessDoors(.get, "/todo", .apart), AccessDoors(.get, "/todo/events", .apart),
        AccessDoors(
            .get, "/mine", .listing(.page, [""], { ([$2.creator, $2.keeper] + $2.actedBy + $2.actedFor).contains($1.login) })),
        AccessDoors(.get, "/notices", .listing(.notice, [""], { $2.title == "线索甲一" && $1.login == "signer" })),
        AccessDoors(.post, "/notices", .apart),
        AccessDoors(.get, "/reach", .apart),
        AccessDoors(.post, "/reach", .apart),
        AccessDoors(.get, "/search", .listing(.search, ["?q=" + FormData.encode("线索")], { _, _, _ in true })),
        AccessDoors(
            .get, "/r/:type",
            .listing(.page, ["lead", "lead?sort=oldest", "lead?q=" + FormData.encode("线索"), "remark"], { _, _, _ in true })),
        AccessDoors(.post, "/r/:type/export", .listing(.export, ["lead", "remark"], { _, _, _ in true })),
        AccessDoors(
            .post, "/r/:type/find",
            .about([
                Question(
                    door: .search,
                    ask: {
                        try await $1.browser.post(
                            "/r/lead/find", [("field", "phone"), ("value", $2.phone.isEmpty ? "13900000000" : $2.phone)])
                    },
                    isAbout: { _, paper in paper.type == "lead" }, shows: { $1.text.contains("/d/\($0.word)") })
            ])),
        AccessDoors(
            .get, "/r/:type/new",
            .about([
                Question(
                    door: .reference, ask: { try await $1.browser.get("/r/remark/new?about=\($2.id)&others=\($2.id)") },
                    isAbout: { _, paper in paper.type == "lead" }, shows: { $1.text.contains($0.number ?? $0.title) })
            ])),
        AccessDoors(
            .post, "/r/:type/new",
            .about([
                Question(
                    door: .reference,
                    ask: { try await $1.browser.post("/r/remark/new", [("text", "禁止"), ("about", $2.id)]) },
                    isAbout: { _, paper in paper.type == "lead" }, shows: { $1.text.contains("此内容不得批注") })
            ])),
    ]

    // MARK: For programs

    /// In whose name a visitor says to act: whoever delegated, else somebody who did not.
    @Sendable private static func giver(_ office: LeadOffice, _ visitor: LeadOffice.Visitor) -> LeadOffice.Visitor {
        office.visitor(visitor.giver ?? "checker")
    }

    private static func checking(behalf: Bool = false) -> Question {
        Question(
            door: behalf ? .behalf : .step,
            ask: { office, visitor, paper in
                let query = behalf ? "?behalf=\(office.web.word(giver(office, visitor).id))" : ""
                return try await office.client.api(.post, "/api/v1/lead/\(paper.id)/check\(query)", visitor.token, "{}")
            }, isAbout: { _, paper in paper.type == "lead" },
            reaches: { office, visitor, paper in office.seesFor(behalf ? giver(office, visitor) : nil, visitor, paper) },
            shows: { _, answer in answer.status != .notFound && answer.status != .unauthorized })
    }

    /// A lead is named by a remark that is refused whatever it names.
    private static func naming(
        _ body: @escaping @Sendable (String) -> String, behalf: Bool = false, to path: @escaping @Sendable (LeadOffice) -> String,
        by logins: [String] = []
    ) -> Question {
        Question(
            door: behalf ? .behalf : .reference,
            ask: { office, visitor, paper in
                let query = behalf ? "?behalf=\(office.web.word(giver(office, visitor).id))" : ""
                return try await office.client.api(.post, path(office) + query, visitor.token, body(paper.id))
            },
            isAbout: { visitor, paper in
                paper.type == "lead" && (logins.isEmpty || logins.contains(visitor.login)) && (!behalf || visitor.giver != nil)
            }, reaches: { office, visitor, paper in office.seesFor(behalf ? giver(office, visitor) : nil, visitor, paper) },
            shows: { _, answer in answer.text.contains("urn:dianzhang:refused") })
    }

    private static let programs = [
        AccessDoors(
            .get, "/api/v1/:type/:id",
            .about([
                Question(
                    door: .api, ask: { try await $0.client.api(.get, "/api/v1/\($2.type)/\($2.id)", $1.token) },
                    shows: { $1.status == .ok && $1.text.contains($0.title) }),
                Question(door: .api, ask: { try await $1.browser.get("/api/v1/\($2.type)/\($2.id)") }),
                // By the name of another type it is not there.
                Question(
                    door: .api,
                    ask: { try await $0.client.api(.get, "/api/v1/\($2.type == "lead" ? "remark" : "lead")/\($2.id)", $1.token) },
                    isAbout: { _, _ in false }),
            ])),
        AccessDoors(
            .post, "/api/v1/:type/:id/reveal",
            .about([
                Question(
                    door: .api,
                    ask: { try await $0.client.api(.post, "/api/v1/\($2.type)/\($2.id)/reveal", $1.token, #"{"purpose":"核对"}"#) },
                    shows: { $1.status == .ok && $1.text.contains($0.phone.isEmpty ? $0.title : $0.phone) })
            ])),
        AccessDoors(
            .post, "/api/v1/:type/:id/:step",
            .about([
                checking(), checking(behalf: true),
                naming({ #"{"about":"\#($0)"}"# }, to: { "/api/v1/remark/\($0.paper("批注线索子").word)/turn" }, by: ["creator"]),
            ])),
        AccessDoors(
            .post, "/api/v1/:type/:id/handling/:what",
            .about(
                // Without a reason nothing comes of it where the document is seen.
                ["withdraw", "decline", "back"].map { what in
                    Question(
                        door: .api,
                        ask: { try await $0.client.api(.post, "/api/v1/\($2.type)/\($2.id)/handling/\(what)", $1.token, "{}") },
                        shows: { $1.status != .notFound && $1.status != .unauthorized })
                })),
        AccessDoors(
            .post, "/api/v1/:type",
            .about([
                naming({ #"{"text":"禁止","about":"\#($0)"}"# }, to: { _ in "/api/v1/remark" }),
                naming({ #"{"text":"禁止","about":"\#($0)"}"# }, behalf: true, to: { _ in "/api/v1/remark" }),
                naming({ #"{"text":"禁止","about":"\#($0)","others":["\#($0)"]}"# }, to: { _ in "/api/v1/remark" }),
            ])),
        AccessDoors(.get, "/api/v1/:type", .listing(.api, ["lead", "lead?limit=500", "remark"], { _, _, _ in true })),
        AccessDoors(.post, "/api/v1/:type/export", .listing(.export, ["lead", "remark"], { _, _, _ in true })),
        AccessDoors(.get, "/api/v1/todo", .listing(.count, [""], isWaiting)),
        AccessDoors(.get, "/api/openapi.json", .apart),
        AccessDoors(.post, "/api/v1/files", .apart),
    ]

    // MARK: What tells of no document

    private static let administered: [(page: String, forms: [String])] = [
        ("units", ["add", "rename", "close"]), ("adoptions", ["adopt", "stand-in"]), ("holidays", ["add"]), ("tokens", ["revoke"]),
        ("outgoing", ["retry"]),
        ("parameters", ["set", "readings"]), ("people-file", ["preview", "take"]),
        ("persons", ["add", "change", "appoint", "end", "reset", "confirm", "decline"]),
    ]

    private static let apart =
        [
            "/authenticity/effect", "/authenticity/self-check", "/authenticity/letter/:id", "/authenticity/compare/:id",
            "/archive", "/archive/check/:id", "/archive/climate", "/archive/figures/:id", "/archive/labels/:id", "/archive/report/:id",
            "/archive/shelves", "/archive/inner/:id", "/archive/scans", "/archive/appraisal/:id", "/quality", "/quality/print/:id",
            "/quality/questionnaire/:id", "/giving/package/:id", "/amendments/compare/:id", "/it/labels",
            "/it/labels/:id", "/it/life/:id", "/it/gateway", "/school", "/school/figures", "/school/versions/:id", "/school/print/:id",
            "/school/letter/:id",
            "/school/rota", "/consequences/session/:id", "/consequences/verification/:id", "/consequences/appraisal/:id",
            "/consequences/agency/:id", "/announcements", "/q/:word", "/opinion", "/opinion/answer", "/tests", "/qualified",
            "/tests/begin/:id", "/tests/sheet/:id", "/tests/sheet/:id/hand-in", "/call-back/:id", "/contact/:id", "/desk", "/desk/:id",
            "/counter", "/counter/:id",
            "/queries/usage", "/portal", "/portal/extract/:word", "/channels", "/school/minutes/:id", "/school/circulation/:id",
            "/school/passing/:id", "/school/handover/:id", "/school/analysis/:id", "/it/inventory", "/it/stocktake/:id",
            "/it/stocktake-list/:id", "/login", "/setup", "/account", "/account/first", "/delegations", "/intake",
            "/intake-template.csv", "/intake-template.xlsx", "/intake/:run",
            "/intake/:run/state", "/intake/:run/rejected", "/charter", "/charter/:regulation", "/ledger",
            "/readings", "/api/v1/readings", "/day", "/overview", "/calendar/:word", "/palette", "/admin/people-file/template.xlsx",
            "/admin/logins", "/favicon.ico", Assets.style.address, Assets.script.address, Assets.icon.address,
        ].map { AccessDoors(.get, $0, .apart) }
        + [
            "/authenticity/self-check", "/authenticity/letter/:id", "/archive/check/:id", "/it/gateway", "/giving/package/:id",
            "/consequences/session/:id", "/q/:word", "/opinion", "/opinion/answer", "/announcements", "/login/demo", "/setup", "/desk",
            "/desk/:id", "/call-back/:id", "/contact/:id", "/counter", "/counter/:id", "/portal", "/portal/extract/:word", "/channels",
            "/archive/report/:id",
            "/archive/workbook/:id", "/archive/inner/:id", "/archive/scans", "/archive/appraisal/:id", "/school/print/:id",
            "/school/letter/:id", "/it/inventory", "/it/stocktake/:id", "/school/circulation/:id", "/school/passing/:id",
            "/school/handover/:id",
            "/overview/print", "/readings/export", "/r/:type/views", "/r/:type/views/remove", "/reach/calendar", "/account/first",
            "/account/phrases",
            "/account/tokens", "/account/tokens/revoke", "/language", "/demo/clock", "/delegations", "/delegations/end",
            "/ledger/verify", "/charter/:regulation/rules", "/intake", "/intake/:run", "/qualified", "/tests/begin/:id", "/tests/sheet/:id",
            "/tests/sheet/:id/hand-in",
        ].map { AccessDoors(.post, $0, .apart) }
        + ["/login", "/logout", "/account/password", "/account/logout-everywhere"].map { AccessDoors(.post, $0, .account) }
        + administered.flatMap { page, forms in
            [AccessDoors(.get, "/admin/\(page)", .apart)] + forms.map { AccessDoors(.post, "/admin/\(page)/\($0)", .apart) }
        }
}
