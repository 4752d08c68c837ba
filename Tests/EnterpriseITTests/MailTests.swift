import ArticleProof
import EngineFixture
import EnterpriseIT
import Foundation
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Tickets that come as mail: the message is read, kept, and entered as the ticket of whoever wrote it.
@Suite(.article(enterpriseIT["第二章21"])) struct MailTests {
    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func message(from: String = "和春 <worker@factory.example>", _ more: String = "") -> [UInt8] {
        let subject = Array("打印机无法打印，请尽快处理".utf8)
        // A character is cut in two between the words.
        let words = [subject[..<19], subject[19...]].map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
        return Array(
            """
            Received: from a by b\r
            From: \(from)\r
            To: desk@factory.example\r
            Date: Thu, 15 Jan 2026 01:12:00 +0000 (UTC)\r
            Subject: \(words)\r
            MIME-Version: 1.0\r
            \(more)Content-Type: multipart/mixed; boundary="=_b1"\r
            \r
            preamble\r
            --=_b1\r
            Content-Type: multipart/alternative; boundary=b2\r
            \r
            --b2\r
            Content-Type: text/html; charset=utf-8\r
            \r
            <p>HTML</p>\r
            --b2\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: base64\r
            \r
            \(base64("显示脱机。\n型号 M7400。"))\r
            --b2--\r
            --=_b1\r
            Content-Type: image/png; name="=?gb2312?B?zbzGrC5wbmc=?="\r
            Content-Disposition: attachment; filename*=utf-8''%E6%88%AA%E5%9B%BE.png\r
            \r
            xx\r
            --=_b1--\r\n
            """.utf8)
    }

    @Test func aMessageIsReadAsItWasMeant() throws {
        let mail = try #require(MailFile(Self.message()))
        #expect(mail.address == "worker@factory.example" && mail.senderName == "和春" && mail.subject == "打印机无法打印，请尽快处理")
        #expect(mail.date == Moment(Day(iso: "2026-01-15")!, hour: 9, minute: 12))
        #expect(mail.text == "显示脱机。\n型号 M7400。" && mail.attachments == ["截图.png"])
        let plain = "From: =?gb2312?Q?=BA=CD=B4=BA?= <a@b.cn>\nSubject: hello =?x\nContent-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: quoted-printable\n\n=B4=F2=D3=A1=\n=BB=FA"
        let old = try #require(MailFile(Array(plain.utf8)))
        #expect(old.senderName == "和春" && old.subject == "hello =?x" && old.text == "打印机" && old.date == nil)
        let html = try #require(MailFile(Array("From: a@b.cn\nContent-Type: text/html\n\n<style>p{}</style><p>网络&nbsp;慢</p><p>&lt;急&gt;</p>".utf8)))
        #expect(html.text == "网络 慢\n<急>")
        for nothing in ["", "hello", "Subject: x\n\ny", "From: nobody\n\ny"] { #expect(MailFile(Array(nothing.utf8)) == nil) }
    }

    @Test(arguments: TestEngine.all) func itIsTheTicketOfWhoeverWrote(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk
            func enter(_ content: [UInt8], _ more: [String: JSONValue] = [:], by principal: Principal? = nil) async throws -> Int64 {
                let file = try await desk.keep(file: "求助.eml", content: content, by: principal ?? factory.desk1)
                let input: [String: JSONValue] = ["mail": .list([file.stored]), "kind": .text("fault"), "urgency": .text("high")]
                return try await desk.take(ServiceTicket.askByMail, input: input.merging(more) { $1 }, by: principal ?? factory.desk1).id
            }
            let id = try await enter(Self.message())
            let row = try await factory.view(id, by: factory.worker).row
            #expect(row.values["asker"] == .whole(factory.worker.person.raw) && row.values["subject"] == .text("打印机无法打印，请尽快处理"))
            #expect(row.values["what"]?.text?.contains("型号 M7400。") == true && row.values["what"]?.text?.contains("附件：截图.png") == true)
            #expect(try await factory.clock(id, "owning") != nil)
            try await desk.take(
                ServiceTicket.take, on: id, input: ["impact": .text("low"), "assignee": .whole(factory.network.person.raw)], by: factory.desk1)
            try await desk.take(ServiceTicket.solve, on: id, input: ["solution": .text("重启")], by: factory.network)
            // Whoever entered it does not confirm it.
            await #expect(throws: (any Error).self) {
                try await desk.take(ServiceTicket.confirm, on: id, input: ["satisfaction": .text("good")], by: factory.desk1)
            }
            #expect(try await factory.tasks(of: factory.worker).contains(id))
            #expect(try await !factory.tasks(of: factory.desk1).contains(id))
            try await desk.take(ServiceTicket.confirm, on: id, input: ["satisfaction": .text("good")], by: factory.worker)

            let stranger = await #expect(throws: Refusal.self) { _ = try await enter(Self.message(from: "Somebody <x@other.example>")) }
            #expect(stranger?.words.zh.contains("请选择申请人") == true)
            _ = try await enter(Self.message(from: "Somebody <x@other.example>"), ["asker": .whole(factory.worker2.person.raw)])
            let noMail = await #expect(throws: Refusal.self) { _ = try await enter(Array("not a message".utf8)) }
            #expect(noMail?.words.zh.contains("另存为 .eml") == true)
            let own = await #expect(throws: Refusal.self) { _ = try await enter(Self.message(from: "desk@factory.example")) }
            #expect(own?.words.zh.contains("本人的请求") == true)
            await #expect(throws: DeskError.self) { _ = try await enter(Self.message(), by: factory.worker) }
        }
    }
}
