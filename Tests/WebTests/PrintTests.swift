import EngineFixture
import Foundation
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// What is printed: a PDF of one page, with personal data in clear only for a stated purpose, which then stands in the ledger.
@Suite struct PrintedDocumentTests {
    @Test(arguments: TestEngine.all) func aDocumentPrintsOnOnePage(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            let paper = try #require(office.papers.first { !$0.phone.isEmpty }), visitor = try #require(office.visitors.first { office.sees($0, paper) })
            let masked = try await visitor.browser.post("/d/\(paper.word)/print")
            #expect(masked.status == .ok && masked.headers[.contentType] == "application/pdf")
            let text = try Self.text(masked)
            #expect(text.contains(paper.title) && !text.contains(paper.phone))
            let clear = try Self.text(try await visitor.browser.post("/d/\(paper.word)/print", [("purpose", "电话回访")]))
            #expect(clear.contains(paper.phone))
            let page = try await visitor.browser.get("/d/\(paper.word)").text
            #expect(page.contains("电话回访"), "the reading stands in the trail")
            let without = try await visitor.browser.post("/d/\(paper.word)/print", [("purpose", " ")])
            #expect(without.status == .unprocessableContent && without.text.contains("name=\"purpose\""))
        }
    }

    /// Printed, it would be an empty box: the reader is told which character it is instead.
    @Test(arguments: TestEngine.all) func whatNoFontHasIsSaid(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            let login = try #require(office.papers.first { $0.type == "lead" }).creator, visitor = office.visitor(login)
            let taken = try await office.web.office.desk.take(
                Lead.enter, input: ["subject": .text("张\u{10FFFD}三"), "phone": .text("13800134499")], by: Principal(visitor.id))
            let answer = try await visitor.browser.post("/d/\(office.web.word(taken.id))/print")
            #expect(answer.status == .unprocessableContent && answer.text.contains("这些字没有字体可以印出：\u{10FFFD}"))
        }
    }

    /// As pdftotext reads it.
    private static func text(_ answer: TestResponse) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "printed-\(UUID()).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(buffer: answer.body).write(to: file)
        let program = Process(), pipe = Pipe()
        program.executableURL = URL(filePath: "/usr/bin/pdftotext")
        program.arguments = ["-layout", file.path(), "-"]
        program.standardOutput = pipe
        try program.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        #expect(text.count { $0 == "\u{c}" } == 1, "one page")
        return text
    }
}
