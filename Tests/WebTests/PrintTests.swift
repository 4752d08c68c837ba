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
            let paper = try #require(office.papers.first { !$0.phone.isEmpty }),
                visitor = try #require(office.visitors.first { office.sees($0, paper) })
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

    /// What was said to an act stands in the box of whoever took it; the paper says its number.
    @Test(arguments: TestEngine.all) func anOpinionStandsInTheBoxOfWhoeverGaveIt(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let (written, chosen) = (try await web.memo("关于回访"), try await web.memo("关于存档"))
            let head = try await Browser.enter(web.head, web, client), clerk = try await Browser.enter(web.clerk, web, client)
            for (id, said) in [(written, ("~opinion", "可以发函，副本送法务部。")), (chosen, ("~phrase", "已核对，情况属实。"))] {
                #expect(try await head.post("\(web.page(id))/approve", [("opinion", "见签署栏"), said]).status == .seeOther)
            }
            for (id, number, said) in [
                (written, "便函〔2026〕1号", "可以发函，副本送法务部。"), (chosen, "便函〔2026〕2号", "已核对，情况属实。"),
            ] {
                let text = try Self.text(try await clerk.post("\(web.page(id))/print"), order: "-raw").filter { !$0.isWhitespace }
                #expect(text.contains("编号：\(number)"), "\(text)")
                let box = try #require(text.between("审核通过", "签字：head"), "\(text)")
                #expect(box == said, "the words of the act and no other's")
                #expect(text.between("起草", "签字：clerk") == "", "who said nothing has an empty box")
            }
        }
    }

    /// Without an opinion the box says by what it was signed; one that does not fit goes on in an annex, whole.
    @Test func aLongOpinionGoesOnInAnAnnex() async throws {
        try await WebOffice.with { web, client in
            let (silent, long) = (try await web.memo("甲"), try await web.memo("乙"))
            let head = try await Browser.enter(web.head, web, client)
            let opinion = (1...60).map { "第\($0)点意见。" }.joined()
            #expect(try await head.post("\(web.page(silent))/approve", [("opinion", "")]).status == .seeOther)
            #expect(try await head.post("\(web.page(long))/approve", [("opinion", ""), ("~opinion", opinion)]).status == .seeOther)
            let signed = try Self.text(try await head.post("\(web.page(silent))/print"), order: "-raw").filter { !$0.isWhitespace }
            #expect(signed.between("审核通过", "签字：head") == "已验证本人密码，签署")
            let pages = try Self.text(try await head.post("\(web.page(long))/print"), pages: 2, order: "-raw").filter { !$0.isWhitespace }
            #expect(pages.contains("附页1") && pages.contains("编号：便函〔2026〕2号"))
            // The box ends where it is full, in the middle of a sentence, and the annex goes on from there.
            #expect(pages.components(separatedBy: "点意见。").count == 61)
            for point in 6...60 { #expect(pages.contains("第\(point)点意见。"), "\(point)") }
        }
    }

    /// As pdftotext reads it.
    private static func text(_ answer: TestResponse, pages: Int = 1, order: String = "-layout") throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "printed-\(UUID()).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(buffer: answer.body).write(to: file)
        let program = Process(), pipe = Pipe()
        program.executableURL = URL(filePath: "/usr/bin/pdftotext")
        program.arguments = [order, file.path(), "-"]
        program.standardOutput = pipe
        try program.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        #expect(text.count { $0 == "\u{c}" } == pages, "so many pages")
        return text
    }
}
