import EngineFixture
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// Person by type by door: what is seen is shown by every door, and what is hidden is by none to be told from what never was.
struct AccessMatrixTests {
    @Test func everyRouteHasItsDoor() async throws {
        try await LeadOffice.with(.sqlite) { office in
            // Some routes are there only before the first administrator is, or in a demonstration.
            let web = office.web
            let configuration = WebConfiguration(
                host: "127.0.0.1", port: 0, wallClock: web.wall.clock, setupCode: "code", demonstration: Demonstration {})
            let servers = [web.server, WebServer(desk: web.office.desk, configuration: configuration)]
            let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options]
            let there = Set(
                servers.map { $0.makeRouter().paths }.flatMap { paths in
                    methods.flatMap { method in paths.all(method).map { "\(method) \($0)" } }
                })
            let listed = AccessDoors.all.map { "\($0.method) \($0.path)" }
            #expect(there.subtracting(listed).sorted() == [], "say in AccessDoors what such a route shows of a document, and to whom")
            #expect(Set(listed).subtracting(there).sorted() == [], "no such route")
            #expect(Set(listed).count == listed.count)
            let doors = AccessDoors.all.flatMap { door -> [Door] in
                switch door.asking {
                case .about(let questions): questions.map(\.door)
                case .listing(let door, _, _): [door]
                case .apart, .account: []
                }
            }
            #expect(Set(doors) == Set(Door.allCases))
        }
    }

    @Test(arguments: TestEngine.all) func whatIsHiddenIsAsIfItNeverWas(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            var table = Table()
            for visitor in office.visitors {
                #expect(!office.hidden(from: visitor).isEmpty)
                for route in AccessDoors.all {
                    guard case .about(let questions) = route.asking else { continue }
                    for (place, question) in questions.enumerated() {
                        try await table.ask(question, "\(question.door) \(route.method) \(route.path) #\(place)", office, visitor)
                    }
                }
            }
            #expect(table.wrong.sorted() == [])
            #expect(table.differences == [])
            #expect(table.expected.count > 250, "the table has rows")
        }
    }

    /// The titles that each person is shown of each type by each door.
    private struct Table {
        private(set) var wrong: [String] = []
        private(set) var expected: [String: Set<String>] = [:]
        private var shown: [String: Set<String>] = [:]

        var differences: [String] {
            expected.keys.filter { shown[$0] != expected[$0] }.sorted().map {
                "\($0): shown \((shown[$0] ?? []).sorted()), not \(expected[$0]!.sorted())"
            }
        }

        mutating func ask(_ question: Question, _ name: String, _ office: LeadOffice, _ visitor: LeadOffice.Visitor) async throws {
            var answersOfNever: [String: TestResponse] = [:]
            for paper in office.papers {
                let asked = AskedPaper(paper), cell = "\(visitor.login) · \(paper.type) · \(name)"
                let answer = try await question.ask(office, visitor, asked)
                let isReached = question.reaches(office, visitor, paper)
                if !isReached || office.sees(visitor, paper) {
                    wrong += told(answer, office, visitor, asked: asked).map { "\(cell): \(paper.title) tells \($0)" }
                }
                if isReached, question.isAbout(visitor, paper) {
                    expected[cell, default: []].insert(paper.title)
                    if question.shows(paper, answer) { shown[cell, default: []].insert(paper.title) }
                    continue
                }
                let kind = question.door == .file ? paper.type + paper.file : paper.type
                let other = asked.never(office.web)
                let never =
                    if let known = answersOfNever[kind] { known } else { try await neverOrMadeUp(question, asked, name, office, visitor) }
                answersOfNever[kind] = never
                let names = asked.named + other.named
                if masked(answer, names) != masked(never, names) {
                    wrong.append("\(cell): \(paper.title) is told from what never was: \(answer.status) \(never.status)")
                }
            }
        }

        /// What is said of a document that never was, and of a made-up id no other.
        private mutating func neverOrMadeUp(
            _ question: Question, _ asked: AskedPaper, _ name: String, _ office: LeadOffice, _ visitor: LeadOffice.Visitor
        ) async throws -> TestResponse {
            let (never, madeUp) = (asked.never(office.web), asked.madeUp)
            let answer = try await question.ask(office, visitor, never), other = try await question.ask(office, visitor, madeUp)
            if !name.contains("/r/:type/new"), masked(answer, never.named) != masked(other, madeUp.named) {
                wrong.append("\(visitor.login) · \(name): a made-up id is told from what never was: \(answer.status) \(other.status)")
            }
            return answer
        }
    }

    @Test(arguments: TestEngine.all) func anotherPersonsAccountHasNoEntryToBeSeen(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            let lines = try await office.web.accountLines(of: office.visitor("reader").id)
            let line = try #require(lines.first)
            for visitor in office.visitors where visitor.isActive {
                let (entry, none) = (office.web.word(line.id, .entry), office.web.word(987_654_323, .entry))
                let answer = try await visitor.browser.get("/ledger/\(entry)"), never = try await visitor.browser.get("/ledger/\(none)")
                let isShown = ["reader", "root"].contains(visitor.login)
                #expect((answer.status == .ok) == isShown, "\(visitor.login)")
                if !isShown { #expect(masked(answer, [entry, none]) == masked(never, [entry, none])) }
            }
        }
    }

    @Test(arguments: TestEngine.all) func listsAndCountsTellNothingOfWhatIsHidden(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            var wrong: [String] = []
            for visitor in office.visitors {
                for route in AccessDoors.all {
                    switch route.asking {
                    case .about, .account: continue
                    case .apart:
                        let answer = try await Self.ask(route, Self.address(route.path), office, visitor)
                        wrong += told(answer, office, visitor).map { "\(visitor.login) \(route.method) \(route.path) tells \($0)" }
                    case .listing(let door, let queries, let belongs):
                        var text = ""
                        for query in queries {
                            let answer = try await Self.ask(route, Self.address(route.path, query), office, visitor)
                            wrong += told(answer, office, visitor).map { "\(visitor.login) \(door) \(route.path) tells \($0)" }
                            text += answer.text
                        }
                        for paper in office.seen(by: visitor) where belongs(office, visitor, paper) {
                            if text.contains(paper.title) || text.contains(paper.number ?? paper.title) { continue }
                            wrong.append("\(visitor.login) \(door) \(route.path) lacks \(paper.title)")
                        }
                    }
                }
            }
            #expect(wrong.sorted() == [])
        }
    }

    /// More documents, hidden from somebody, change nothing that this person is answered: no number, no order, no page.
    @Test(arguments: TestEngine.all) func whatComesUnseenChangesNoAnswer(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            var office = office
            let before = try await Self.answers(office)
            let people = Dictionary(uniqueKeysWithValues: office.visitors.map { ($0.login, $0.id) })
            for title in ["线索己六", "线索庚七"] { try await office.enter(title, "colleague", people) }
            let after = try await Self.answers(office)
            // They wait for the checker, and who acts for the checker; readers read them.
            let seeing = ["reader", "colleague", "checker", "delegate"]
            let changed = Set(before.keys.filter { before[$0] != after[$0] }.map { $0.prefix { $0 != "|" }.description })
            #expect(changed.subtracting(["root"]) == Set(seeing))
        }
    }

    private static func answers(_ office: LeadOffice) async throws -> [String: String] {
        var answers: [String: String] = [:]
        for visitor in office.visitors {
            for route in AccessDoors.all where route.method == .get && route.path != "/charter/:regulation" {
                let queries: [String] =
                    switch route.asking {
                    case .about, .account: []
                    case .apart: [""]
                    case .listing(_, let queries, _): queries
                    }
                for query in queries {
                    let answer = try await ask(route, address(route.path, query), office, visitor)
                    answers["\(visitor.login)|\(route.path) \(query)"] = masked(answer, [])
                }
            }
            // How many there are under a regulation is told to whom it binds in the house.
            if visitor.house == .far || visitor.post == nil, visitor.login != "root" {
                answers["\(visitor.login)|charter"] = masked(try await visitor.browser.get("/charter/leads"), [])
            }
        }
        return answers
    }

    // MARK: Asking

    /// A query that begins with a word names the type.
    private static func address(_ path: String, _ query: String = "") -> String {
        path.replacing("/:type", with: "/" + query.prefix { $0 != "?" }).replacing(":regulation", with: "leads")
            + query.drop { $0 != "?" }
    }

    private static func ask(
        _ route: AccessDoors, _ uri: String, _ office: LeadOffice, _ visitor: LeadOffice.Visitor
    ) async throws -> TestResponse {
        // Programs ask with their token.
        if route.path.hasPrefix("/api/") {
            return try await office.client.api(route.method, uri, visitor.token, route.method == .get ? nil : "{}")
        }
        return route.method == .get ? try await visitor.browser.get(uri) : try await visitor.browser.post(uri)
    }
}

/// What an answer tells of documents that the visitor may not know of.
private func told(
    _ answer: TestResponse, _ office: LeadOffice, _ visitor: LeadOffice.Visitor, asked: AskedPaper? = nil
) -> [String] {
    let text = answer.text + (answer.headers[.location] ?? "")
    return office.hidden(from: visitor).flatMap { office.marks(of: $0, for: visitor, besides: asked?.named ?? []) }.filter(
        text.contains)
}

/// The answer without the words that are new in every page, and without what was asked for.
private func masked(_ answer: TestResponse, _ named: [String]) -> String {
    var text = "\(answer.status.code) \(answer.headers[.location] ?? "")\n" + answer.text
    text.replace(/name="once" value="[^"]*"/, with: "once")
    for name in named where !name.isEmpty && name != "1" { text = text.replacing(name, with: "…") }
    return text
}
