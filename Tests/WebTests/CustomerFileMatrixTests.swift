import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import ScratchFiles
import Tables
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// Person by level by grant by door: who gets what of the customer archive (第17条, 第22条, 第23条).
@Suite struct CustomerFileMatrixTests {
    typealias Office = CustomerFileOffice
    typealias Visitor = CustomerFileOffice.Visitor
    typealias File = CustomerFileOffice.File

    /// A route that nobody has said of what it gives of a customer's file fails here.
    @Test(.demand(confidentiality[17], 1)) func everyRouteCommandAndDocumentTypeIsInTheTable() async throws {
        try await CustomerFileOffice.with(.sqlite) { office in
            let paths = office.web.server.makeRouter().paths
            let there = Set([HTTPRequest.Method.get, .post].flatMap { method in paths.all(method).map { "\(method) \($0)" } })
            let told = CustomerFileDoor.all.map(\.name)
            // What tells of no document at all is listed in AccessDoors; of the archive's own pages this table speaks alone.
            let apart = AccessDoors.all.filter { door in
                switch door.asking {
                case .apart, .account: !CustomerFileDoor.ownPages.contains { door.path.hasPrefix($0) }
                case .about, .listing: false
                }
            }.map { "\($0.method) \($0.path)" }
            #expect(there.subtracting(told).subtracting(apart).sorted() == [], "say in CustomerFileDoor what such a route gives of a file, and to whom")
            #expect(Set(told).subtracting(there).sorted() == [], "no such route")
            #expect(Set(told).count == told.count)
        }
        let commands = Dianzhang.configuration.subcommands.map { $0.configuration.commandName ?? "\($0)".lowercased() }
        #expect(Set(commands) == CustomerFileDoor.commands, "say of a command whether it gives out documents")
        let types = Set(confidentialityContents.documents.map { $0.name })
        #expect(types == CustomerFileDoor.types, "say of a document type whether it may name a customer's file")
    }

    @Test(.demand(confidentiality[17], 1), .demand(confidentiality[22], 1), .demand(confidentiality[23], 1), arguments: TestEngine.all)
    func everyDoorGivesWhatPostClearanceAndGrantGive(engine: TestEngine) async throws {
        try await CustomerFileOffice.with(engine) { office in
            var wrong: [String] = []
            for visitor in office.visitors {
                for door in CustomerFileDoor.all {
                    guard case .about(let questions) = door.asking else { continue }
                    for question in questions {
                        for file in office.files {
                            let answer = try await question.ask(office, visitor, file), code = Int(answer.status.code)
                            let cell = "\(visitor.login) · \(file.level) · \(door.name) \(question.what)"
                            if !question.expects(visitor, file).contains(code) { wrong.append("\(cell): \(code)") }
                            let told = (answer.text + (answer.headers[.location] ?? ""))
                            if !visitor.sees(file), !question.echoes, told.contains(file.name) || told.contains(file.code) { wrong.append("\(cell) tells") }
                            // Before a reading is stated nothing is shown but the entry in the catalogue.
                            if question.isGated, told.contains("鲎主题") { wrong.append("\(cell) shows before it is stated") }
                        }
                    }
                }
            }
            #expect(wrong.sorted() == [])
        }
    }

    @Test(.demand(confidentiality[17], 1), .demand(confidentiality[6], 4), arguments: TestEngine.all)
    func listsCountsAndSearchesHoldWhatEachSeesAndNoOther(engine: TestEngine) async throws {
        try await CustomerFileOffice.with(engine) { office in
            var wrong: [String] = []
            for visitor in office.visitors {
                for door in CustomerFileDoor.all {
                    guard case .listing(let lists) = door.asking else { continue }
                    for list in lists {
                        let answer = try await list.ask(office, visitor)
                        for file in office.files {
                            let cell = "\(visitor.login) · \(file.level) · \(door.name) \(list.what)"
                            let isShown = [file.word, file.name, file.code].contains { answer.text.contains($0) }
                            if isShown != list.holds(visitor, file) { wrong.append("\(cell): \(isShown ? "shown" : "lacking") \(answer.status.code)") }
                            if answer.text.contains("鲎主题") { wrong.append("\(cell) shows more than the catalogue") }
                        }
                    }
                }
                let list = try await office.client.api(.get, "/api/v1/customer-file", visitor.token)
                let count = (try? list.json["items"].list.count) ?? 0
                if count != office.files.filter(visitor.sees).count { wrong.append("\(visitor.login) · count \(count)") }
                // No other register of the regulation tells of a file that is hidden.
                for type in CustomerFileDoor.types.sorted() {
                    let page = try await visitor.browser.get("/r/\(type)").text
                    let api = try await office.client.api(.get, "/api/v1/\(type)?limit=500", visitor.token).text
                    for file in office.files where !visitor.sees(file) {
                        for (door, text) in [("page", page), ("api", api)] where text.contains(file.name) || text.contains(file.code) {
                            wrong.append("\(visitor.login) · \(file.level) · \(type) \(door) tells")
                        }
                    }
                }
            }
            #expect(wrong.sorted() == [])
        }
    }

    @Test(.demand(confidentiality[17], 1), .demand(confidentiality[23], 1), arguments: TestEngine.all)
    func exportsHoldWhatMayBeExportedAndNoClassifiedTextLeaves(engine: TestEngine) async throws {
        try await CustomerFileOffice.with(engine) { office in
            var wrong: [String] = []
            for visitor in office.visitors {
                let seen = office.files.filter(visitor.sees), out = office.files.filter { visitor.may(.export, $0) }
                let isPlainRefused = seen.contains { $0.level >= .secret } || (!seen.isEmpty && out.isEmpty)
                let csv = [
                    try await visitor.browser.post("/r/customer-file/export", [("format", "csv")]),
                    try await office.client.api(.post, "/api/v1/customer-file/export", visitor.token, #"{"format":"csv"}"#),
                ]
                for (door, answer) in zip(["page", "api"], csv) {
                    if answer.status != (isPlainRefused ? .unprocessableContent : .ok) { wrong.append("\(visitor.login) · csv \(door) \(answer.status.code)") }
                    for file in office.files where answer.text.contains(file.code) && !out.contains(where: { $0.id == file.id }) {
                        wrong.append("\(visitor.login) · csv \(door) · \(file.level)")
                    }
                }
                let book = try await visitor.browser.post("/r/customer-file/export", [("format", "xlsx")])
                guard seen.isEmpty || !out.isEmpty else {
                    if book.status != .unprocessableContent { wrong.append("\(visitor.login) · xlsx \(book.status.code)") }
                    continue
                }
                let text = try Self.unzipped(book)
                for file in office.files where text.contains(file.code) != visitor.may(.export, file) { wrong.append("\(visitor.login) · xlsx · \(file.level)") }
                // A numbered copy says so, and for whom.
                if !out.isEmpty, !(text.contains("副本号") && text.contains(visitor.login)) { wrong.append("\(visitor.login) · xlsx · no mark") }
            }
            #expect(wrong.sorted() == [])
        }
    }

    @Test(.demand(confidentiality[17], 1), arguments: TestEngine.all)
    func aSessionATokenAndADownloadEndWithThePost(engine: TestEngine) async throws {
        try await CustomerFileOffice.with(engine) { office in
            let desk = office.web.office.desk, today = office.web.office.now.day
            let archivist = try #require(office.visitors.first { $0.login == "archivist" })
            let file = try #require(office.files.first { $0.level == .internal })
            // The person stays in the house, with another post and the same session and token.
            let company = office.web.office.company
            try await desk.administer(.appoint(archivist.id, company, post: Post.staff.id, from: today.adding(days: -10), to: nil), by: .system)
            func answers() async throws -> [Int] {
                [
                    Int(try await archivist.browser.get("/d/\(file.word)").status.code),
                    Int(try await archivist.browser.post("/d/\(file.word)/file/\(file.digest)").status.code),
                    Int(try await office.client.api(.get, "/api/v1/customer-file/\(file.word)", archivist.token).status.code),
                ]
            }
            _ = try await archivist.browser.post("/d/\(file.word)/reading", [("purpose", "audit")])
            #expect(try await answers() == [200, 200, 200])
            let held = try #require(
                try await desk.organisation().holdings(of: archivist.id, on: today).first { $0.post == Post.archivist.id })
            try await desk.administer(.endHolding(held.id, on: today.adding(days: -1), settled: true), by: .system)
            #expect(try await answers() == [404, 404, 404])
        }
    }

    /// Every part of a workbook.
    private static func unzipped(_ answer: TestResponse) throws -> String {
        let scratch = Scratch(), path = try scratch.file(Array(answer.body.readableBytesView), "out.xlsx")
        let program = Process(), pipe = Pipe()
        program.executableURL = URL(filePath: "/usr/bin/env")
        program.arguments = ["python3", "-c", "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(''.join(z.read(n).decode() for n in z.namelist()))", path]
        program.standardOutput = pipe
        try program.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        return text
    }
}
