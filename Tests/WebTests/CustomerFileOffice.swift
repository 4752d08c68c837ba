import CustomerConfidentiality
import EngineFixture
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// A customer archive with files of four levels, and people by post, clearance and grant.
struct CustomerFileOffice: Sendable {
    let web: WebOffice
    let client: any TestClientProtocol
    var visitors: [Visitor] = []
    var files: [File] = []

    struct Visitor: Sendable {
        let login: String
        let clearance: Level
        /// Reads the catalogue by post.
        var isArchive = false
        /// What a grant on every file gives.
        var granted: Set<Verb> = []
        let browser: Browser
        let token: String
        let id: PersonID

        func sees(_ file: File) -> Bool {
            clearance >= file.level && (isArchive || granted.contains(.read) || (isKeeper && file.level == .secret))
        }
        /// Named as the custodian of the secret one.
        var isKeeper: Bool { login == "keeper" }
        /// The texts of its attachments are the archive's and the custodian's.
        var readsTexts: Bool { isArchive || isKeeper }
        /// Who says what for before the file is shown.
        func isAsked(_ file: File) -> Bool { file.level >= .internal || !isArchive }
        func may(_ verb: Verb, _ file: File) -> Bool { sees(file) && (granted.contains(verb) || (isArchive && file.level < .secret)) }
    }

    struct File: Sendable {
        let id: Int64
        let word: String
        let level: Level
        let name: String
        let code: String
        let digest: String
        /// The word of its first entry in the ledger.
        let entry: String
    }

    private static let people: [(login: String, post: Post?, clearance: Level, granted: Set<Verb>)] = [
        ("specialist", .informationSpecialist, .topSecret, []), ("archivist", .archivist, .internal, []),
        ("supervisor", .informationSupervisor, .topSecret, []), ("manager", .serviceManager, .topSecret, []),
        ("general", .generalManager, .topSecret, []), ("courier", .courier, .internal, []),
        ("stranger", nil, .topSecret, []), ("reader", nil, .internal, [.read]), ("cleared", nil, .secret, [.read]),
        ("printer", nil, .topSecret, [.read, .print]), ("copier", nil, .topSecret, [.read, .copy]),
        ("exporter", nil, .topSecret, [.read, .export]), ("borrower", nil, .topSecret, [.read, .lend]),
        ("printing archivist", .archivist, .secret, [.print]), ("keeper", .custodian, .topSecret, []), ("idle keeper", .custodian, .topSecret, []),
    ]

    /// 密级、授权 by the table above, on files of four levels.
    static func with(_ engine: TestEngine, _ body: @escaping @Sendable (CustomerFileOffice) async throws -> Void) async throws {
        try await WebOffice.with(engine, extraPages: ArchivePages.all + GivingPages.all, more: [confidentialityContents]) { web, client in
            var office = CustomerFileOffice(web: web, client: client)
            let desk = web.office.desk
            var people: [String: PersonID] = [:]
            for one in Self.people {
                people[one.login] = try await web.office.hire(one.login, one.post, in: web.office.service, clearance: one.clearance)
            }
            let specialist = Principal(try #require(people["specialist"]))
            for (level, name) in [("public", "甲商行"), ("internal", "乙商行"), ("secret", "丙商行"), ("top-secret", "丁商行")] {
                let kept = try await desk.keep(file: "\(level).txt", content: Array("合同 \(name)".utf8), by: specialist)
                let part: JSONValue = .record([
                    .init("files", .list([kept.stored])), .init("ink", .text("print")), .init("kind", .text("contract")),
                    .init("medium", .text("paper")),
                ])
                var input: [String: JSONValue] = [
                    "subclass": .text("dealer"), "customer": .text(name), "withoutCode": .text("演示"), "copies": .whole(1),
                    "secrecy": .text(level), "parts": .list([part]), "keywords": .text("鲎主题"),
                ]
                if level == "secret" { input["custodian"] = .whole(people["keeper"]!.raw) }
                if level == "top-secret" { input["custodian"] = .whole(people["supervisor"]!.raw) }
                let id = try await desk.take(CustomerFile.openFile, input: input, by: specialist).id
                let row = try await desk.document(id, by: specialist.person).row
                office.files.append(
                    File(
                        id: id, word: web.word(id), level: row.level, name: name, code: row.values["referenceCode"]?.text ?? "", digest: kept.digest,
                        entry: web.word(try #require(try await desk.document(id, by: specialist.person).trail.last).id, .entry)))
            }
            try await grant(people, office.files, desk, web)
            // So that the specialist's own requests are somebody's to decide.
            try await web.office.hire("colleague", .informationSpecialist, in: web.office.service)
            for one in Self.people {
                let id = people[one.login]!
                office.visitors.append(
                    Visitor(
                        login: one.login, clearance: one.clearance,
                        isArchive: one.post.map { [.informationSpecialist, .archivist, .informationSupervisor, .serviceManager].contains($0) } ?? false,
                        granted: one.granted, browser: try await Browser.enter(id, web, client), token: try await web.token(of: id), id: id))
            }
            try await body(office)
        }
    }

    /// As approvals would have given them.
    private static func grant(_ people: [String: PersonID], _ files: [File], _ desk: Desk, _ web: WebOffice) async throws {
        try await desk.store.write { session in
            var id: Int64 = 1
            for one in Self.people where !one.granted.isEmpty {
                for file in files {
                    let verbs = one.granted.sorted().map(\.rawValue).joined(separator: " ")
                    try session.execute(
                        "INSERT INTO access_grant (id, document, person, purpose, from_at, ends, holding, verbs) VALUES ($1, $2, $3, '核对', $4, $5, 0, $6)",
                        [
                            .int(id), .int(file.id), .int(people[one.login]!.raw), .int(web.office.now.milliseconds),
                            .int(web.office.now.adding(days: 2).milliseconds), .text(verbs),
                        ])
                    id += 1
                }
            }
        }
    }
}
