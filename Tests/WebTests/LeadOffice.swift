import EngineFixture
import Hummingbird
import HummingbirdTesting
import Kernel
import Store
import TestOffice
import Testing

@testable import Web
@testable import dianzhang

/// Two houses that adopted one regulation, everybody who may stand to a document in some way, and documents of two types.
/// What each may see is told by `sees`, from what is written down here alone.
struct LeadOffice: Sendable {
    enum House: Sendable { case here, far }

    struct Visitor: Sendable {
        let login: String
        let id: PersonID
        /// The post held now, and where.
        var post: Post?
        var house = House.here
        var clearance = Level.internal
        var isActive = true
        /// In whose name somebody acts now.
        var giver: String?
        let browser: Browser
        let token: String
    }

    struct Paper: Sendable {
        let id: Int64
        /// What it, its first task and its first entry are called outside.
        let word: String
        let task: String
        let entry: String
        let type: String
        let title: String
        let number: String?
        let phone: String
        let file: String
        var house = House.here
        var level = Level.internal
        let creator: String
        var keeper = ""
        var guests: [String] = []
        /// For whom a task waits by post or by name.
        var waitsFor: [String] = []
        /// Who took a step, and still holds the post by which.
        var actedBy: [String] = []
        /// Who took a step in another's name, and is that one's delegate still.
        var actedFor: [String] = []
        /// The leads that it names.
        var names: [Int64] = []
    }

    let web: WebOffice
    let client: any TestClientProtocol
    private(set) var visitors: [Visitor] = []
    private(set) var papers: [Paper] = []

    func visitor(_ login: String) -> Visitor { visitors.first { $0.login == login }! }
    func paper(_ title: String) -> Paper { papers.first { $0.title == title }! }

    /// What the rules of access come to, for this office.
    func sees(_ visitor: Visitor, _ paper: Paper) -> Bool {
        if seesAlone(visitor, paper) { return true }
        guard let giver = visitor.giver.map(self.visitor), visitor.clearance >= paper.level else { return false }
        return (paper.waitsFor.contains(giver.login) && giver.clearance >= paper.level) || paper.actedFor.contains(visitor.login)
    }

    /// In the name of the one who delegated, what that one sees alone, and is not above the delegate.
    func seesFor(_ giver: Visitor?, _ visitor: Visitor, _ paper: Paper) -> Bool {
        if sees(visitor, paper) { return true }
        guard let giver, visitor.giver == giver.login, visitor.clearance >= paper.level else { return false }
        return seesAlone(giver, paper)
    }

    private func seesAlone(_ visitor: Visitor, _ paper: Paper) -> Bool {
        guard visitor.isActive, let post = visitor.post, visitor.clearance >= paper.level else { return false }
        let isHere = visitor.house == paper.house
        if isHere, paper.type == "lead" ? post == LeadRegulation.reader : post == .head { return true }
        if paper.waitsFor.contains(visitor.login) { return true }
        return isHere && ([paper.creator, paper.keeper] + paper.guests + paper.actedBy).contains(visitor.login)
    }

    func seen(by visitor: Visitor) -> [Paper] { papers.filter { sees(visitor, $0) } }
    func hidden(from visitor: Visitor) -> [Paper] { papers.filter { !sees(visitor, $0) } }

    /// What of a document stands in an answer, by which it is known that it is there.
    func marks(of paper: Paper, for visitor: Visitor, besides asked: [String] = []) -> [String] {
        let seen = seen(by: visitor)
        // Houses count for themselves, so two leads may have one number; a remark says the ids that it names.
        let number = paper.number.flatMap { number in seen.contains { $0.number == number } ? nil : number }
        let word = seen.contains { $0.names.contains(paper.id) } ? nil : paper.word
        return [paper.title, paper.phone, number, word, String(paper.id)].compactMap { $0 }.filter { !$0.isEmpty && !asked.contains($0) }
    }

    // MARK: Making it

    static func with(_ engine: TestEngine, _ body: @escaping @Sendable (LeadOffice) async throws -> Void) async throws {
        try await TestOffice.with(engine, [LeadRegulation.contents]) { office in
            let far = UnitID(try await office.desk.administer(.addUnit(parent: nil, zh: "分公司", en: "Branch"), by: .system))
            try await office.desk.administer(
                .adopt(regulation: LeadRegulation.regulation.id, version: 1, unit: far, from: office.now.day.adding(days: -30)), by: .system
            )
            let root = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "root", zh: "管理员甲", en: "Admin A", clearance: .topSecret, administrator: true), by: .system))
            let postless = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "postless", zh: "postless", en: "postless", clearance: .secret, administrator: false), by: .system))
            var people = ["root": root, "postless": postless]
            for (login, post, house, clearance) in staff {
                people[login] = try await office.hire(login, post, in: house == .far ? far : nil, clearance: clearance)
            }
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let web = WebOffice(
                office: office,
                server: WebServer(
                    desk: office.desk, configuration: configuration, extraPages: Regulations.pages, openPages: Regulations.openPages),
                wall: wall,
                clerk: people["creator"]!, head: people["head"]!, other: people["far"]!, administrator: root)
            let logins = people
            try await web.server.application().test(.router) { client in
                var office = LeadOffice(web: web, client: client)
                try await office.open(logins)
                try await body(office)
            }
        }
    }

    private static let staff: [(String, Post, House, Level)] = [
        ("reader", LeadRegulation.reader, .here, .secret), ("creator", LeadRegulation.clerk, .here, .internal),
        ("colleague", LeadRegulation.clerk, .here, .secret), ("checker", LeadRegulation.checker, .here, .secret),
        ("keeper", .staff, .here, .internal), ("guest", .staff, .here, .internal), ("earlier guest", .staff, .here, .internal),
        ("delegate", .staff, .here, .internal), ("earlier delegate", .staff, .here, .internal),
        ("delegate's delegate", .staff, .here, .internal), ("signer", .staff, .here, .internal),
        ("head", .head, .here, .internal), ("far", LeadRegulation.reader, .far, .topSecret),
        ("far clerk", LeadRegulation.clerk, .far, .topSecret), ("leaver", LeadRegulation.clerk, .here, .internal),
        ("moved", LeadRegulation.reader, .here, .secret), ("low", LeadRegulation.reader, .here, .public),
        ("gone", LeadRegulation.reader, .here, .topSecret),
    ]

    private mutating func open(_ people: [String: PersonID]) async throws {
        let desk = web.office.desk
        func person(_ login: String) -> JSONValue { .text(String(people[login]!.raw)) }
        try await enter("线索甲一", "creator", people, ["keeper": person("keeper")])
        try await enter("线索乙二", "colleague", people, ["isSecret": .flag(true)])
        try await enter("线索丙三", "colleague", people)
        try await enter("线索丁四", "leaver", people)
        try await enter("线索戊五", "far clerk", people)
        for (title, guests) in [
            ("线索甲一", ["guest": person("guest"), "briefGuest": person("earlier guest")]), ("线索丁四", ["guest": person("guest")]),
        ] {
            try await desk.take(Lead.invite, on: paper(title).id, input: guests, by: Principal(people[paper(title).creator]!))
        }
        for title in ["线索甲一", "线索丙三", "线索丁四"] { change(title) { $0.waitsFor = ["checker"] } }
        change("线索甲一") { ($0.keeper, $0.guests) = ("keeper", ["guest"]) }
        change("线索丁四") { $0.guests = ["guest"] }
        change("线索戊五") { $0.house = .far }
        let secret = paper("线索乙二").id
        try await desk.take(Lead.check, on: secret, input: ["opinion": .text("属实")], by: Principal(people["checker"]!))
        change("线索乙二") { ($0.level, $0.actedBy) = (.secret, ["checker"]) }
        try await desk.handle(
            .addSigner(document: paper("线索甲一").id, people["signer"]!, note: "请把关"), by: Principal(people["checker"]!))
        change("线索甲一") { $0.waitsFor.append("signer") }
        try await write("批注线索子", "creator", about: "线索甲一", people)
        try await write("批注线索丑", "colleague", about: "线索乙二", others: ["线索丙三"], people)
        let (giver, now) = (Principal(people["checker"]!), web.office.now)
        for (login, hours) in [("delegate", 9), ("earlier delegate", 1)] {
            try await desk.handle(
                .delegate(to: people[login]!, from: now, until: now.adding(hours: hours), reason: "出差"), by: giver)
        }
        try await desk.handle(
            .delegate(to: people["delegate's delegate"]!, from: now, until: now.adding(hours: 9), reason: "出差"),
            by: Principal(people["delegate"]!))
        for (title, login) in [("线索辛八", "delegate"), ("线索壬九", "earlier delegate")] {
            try await enter(title, "colleague", people)
            let principal = Principal(people[login]!, onBehalfOf: people["checker"]!)
            try await desk.take(Lead.check, on: paper(title).id, input: ["opinion": .text("属实")], by: principal)
            change(title) { ($0.actedBy, $0.actedFor) = (["checker"], login == "delegate" ? [login] : []) }
        }
        web.office.move(hours: 2)
        try await receive(people)
        try await part(people)
    }

    /// Everybody comes in before anybody leaves.
    private mutating func receive(_ people: [String: PersonID]) async throws {
        for (login, id) in people.sorted(by: { $0.key < $1.key }) {
            let known = Self.staff.first { $0.0 == login }
            visitors.append(
                Visitor(
                    login: login, id: id, post: known?.1, house: known?.2 ?? .here, clearance: known?.3 ?? .topSecret,
                    giver: ["delegate": "checker", "delegate's delegate": "delegate"][login],
                    browser: try await Browser.enter(id, web, client),
                    token: try await web.token(of: id)))
        }
    }

    private mutating func part(_ people: [String: PersonID]) async throws {
        let desk = web.office.desk, today = web.office.now.day
        try await desk.administer(
            .appoint(people["moved"]!, web.office.market, post: Post.staff.id, from: today, to: nil), by: .system)
        for holding in try await desk.organisation().holdings {
            let isOver =
                holding.person == people["leaver"] || (holding.person == people["moved"] && holding.post == LeadRegulation.reader.id)
            if isOver { try await desk.administer(.endHolding(holding.id, on: today), by: .system) }
        }
        try await desk.administer(
            .changePerson(people["gone"]!, zh: "gone", en: "gone", clearance: .topSecret, active: false, administrator: false), by: .system)
        for index in visitors.indices {
            switch visitors[index].login {
            case "leaver": visitors[index].post = nil
            case "moved": visitors[index].post = .staff
            case "gone": visitors[index].isActive = false
            default: break
            }
        }
    }

    private mutating func change(_ title: String, _ change: (inout Paper) -> Void) {
        change(&papers[papers.firstIndex { $0.title == title }!])
    }

    mutating func enter(_ title: String, _ login: String, _ people: [String: PersonID], _ more: [String: JSONValue] = [:]) async throws {
        let phone = "1380013\(4400 + papers.count)", principal = Principal(people[login]!), desk = web.office.desk
        let file = try await desk.keep(file: "\(title).txt", content: Array("内容：\(title)".utf8), by: principal)
        let witness: JSONValue = .record([.init("name", .text("证人\(title)")), .init("phone", .text(phone))])
        let input = more.merging(
            ["subject": .text(title), "phone": .text(phone), "files": .list([file.stored]), "witnesses": .list([witness])]
        ) { given, _ in given }
        let taken = try await desk.take(Lead.enter, input: input, by: principal)
        try await keep(taken, "lead", title, login, phone: phone, file: file.digest)
    }

    private mutating func write(
        _ text: String, _ login: String, about: String, others: [String] = [], _ people: [String: PersonID]
    ) async throws {
        let named = ([about] + others).map { paper($0).id }
        let input: [String: JSONValue] = [
            "text": .text(text), "about": .text(String(named[0])), "others": .list(named.dropFirst().map { .text(String($0)) }),
        ]
        let taken = try await web.office.desk.take(Remark.write, input: input, by: Principal(people[login]!))
        try await keep(taken, "remark", text, login, phone: "", file: "")
        change(text) { $0.names = named }
    }

    private mutating func keep(
        _ taken: Desk.Taken, _ type: String, _ title: String, _ login: String, phone: String, file: String
    ) async throws {
        let (task, entry) = try await web.office.desk.store.read { session in
            try ["task", "entry"].map { table in
                try session.first("SELECT id FROM \(table) WHERE document = $1 ORDER BY id LIMIT 1", [.int(taken.id)]) { $0.int(0) } ?? 1
            }
        }.pair
        papers.append(
            Paper(
                id: taken.id, word: web.word(taken.id), task: web.word(task, .task), entry: web.word(entry, .entry), type: type,
                title: title,
                number: taken.number, phone: phone, file: file, creator: login))
    }
}

extension [Int64] {
    fileprivate var pair: (Int64, Int64) { (self[0], self[1]) }
}
