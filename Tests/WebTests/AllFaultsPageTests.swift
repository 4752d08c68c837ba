import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// The form of a later act comes back once, with everything that is wrong and everything that was typed; a program is told the same.
@Suite struct AllFaultsPageTests {
    private static func with(
        _ body: @escaping @Sendable (WebOffice, any TestClientProtocol, _ room: Int64, _ keeper: PersonID) async throws -> Void
    ) async throws {
        try await WebOffice.with(more: [RoomRegulation.contents]) { web, client in
            let keeper = try await web.office.hire("keeper", RoomRegulation.keeper)
            try await body(web, client, try await web.room(), keeper)
        }
    }

    private static let sentences = ["请填写房间", "人数应为整数", "开始日期不能早于今天", "结束不是日期，请写成 2026-03-04"]

    @Test func aLaterActShowsAllOfItAndKeepsWhatWasTyped() async throws {
        try await Self.with { web, client, room, keeper in
            let browser = try await Browser.enter(keeper, web, client)
            // The password was given longer ago.
            web.wall.move(seconds: 301)
            let answer = try await browser.post(
                "\(web.page(room))/settle", [("place", ""), ("seats", "二十来个"), ("from", "2026-01-02"), ("until", "改天再说")])
            #expect(answer.status == .unprocessableContent)
            let page = answer.text
            for said in Self.sentences + ["此步骤须签署，请输入您的登录密码"] { #expect(page.contains(said), "\(said)") }
            for field in ["place", "seats", "from", "until", "settle-password"] {
                #expect(page.contains("<a href=\"#\(field)\">") && page.contains("id=\"\(field)-wrong\""), "\(field)")
            }
            for typed in ["二十来个", "2026-01-02", "改天再说"] { #expect(page.contains("value=\"\(typed)\""), "\(typed)") }
            #expect(try await web.office.desk.document(room, by: keeper).row.state == "asked")
        }
    }

    /// A file that is none of those that may be attached hides nothing else.
    @Test func aFileThatIsNotTakenComesBackWithTheRest() async throws {
        try await Self.with { web, client, room, keeper in
            let browser = try await Browser.enter(keeper, web, client)
            let answer = try await browser.postFiles(
                "\(web.page(room))/settle", [("place", ""), ("seats", "20"), ("from", "2026-02-02"), ("until", "2026-02-01")],
                files: [("keys", "setup.exe", "MZ")])
            #expect(answer.status == .unprocessableContent)
            for said in ["“setup.exe”不是可以附上的文件", "请填写房间", "结束日期不能早于开始日期"] {
                #expect(answer.text.contains(said), "\(said)")
            }
            let first = try await browser.postFiles("/r/room/new", [("purpose", ""), ("seats", "百")], files: [])
            for said in ["请填写用途", "人数应为整数"] { #expect(first.text.contains(said), "\(said)") }
        }
    }

    /// What was kept for later is sent as it stands in the form, and judged whole.
    @Test func whatWasKeptForLaterIsJudgedWhole() async throws {
        try await Self.with { web, client, room, keeper in
            let browser = try await Browser.enter(keeper, web, client)
            let typed = [("place", ""), ("seats", "二十来个"), ("from", "2026-01-02"), ("until", "改天再说")]
            let kept = try await browser.post("\(web.page(room))/settle", typed + [("~keep", "1")])
            #expect(kept.status == .seeOther, "what is kept need not be right")
            let form = try await browser.get(web.page(room)).text
            for typed in ["二十来个", "2026-01-02", "改天再说"] { #expect(form.contains("value=\"\(typed)\""), "\(typed)") }
            let answer = try await browser.post("\(web.page(room))/settle", typed)
            for said in Self.sentences { #expect(answer.text.contains(said), "\(said)") }
        }
    }

    @Test func aProgramIsToldAllOfIt() async throws {
        try await Self.with { web, client, room, keeper in
            let token = try await web.token(of: keeper), address = "/api/v1/room/\(web.word(room))/settle"
            let answer = try await client.api(
                .post, address, token, #"{"place":"","seats":"20","from":"2026-01-02","until":"改天再说","holder":"x"}"#)
            #expect(answer.status == .unprocessableContent)
            let problem = try answer.json
            #expect(problem["type"] == .text("urn:dianzhang:invalid"))
            #expect(problem["zh"] == .text("有 5 处需要更正"), "\(problem)")
            let fields = Set(problem["faults"].list.compactMap { $0["field"].text })
            #expect(
                fields == ["place", "seats", "from", "until", "holder"], "of its form, unknown, missing, unreadable, and by the article")
            let late = problem["faults"].list.first { $0["field"].text == "from" }
            #expect(late?["zh"] == .text("开始日期不能早于今天") && late?["article"]["ref"] == .text("第2条"))
            let refused = try await client.api(
                .post, address, token, #"{"place":"二楼","seats":20,"from":"2026-01-02","until":"2026-01-01"}"#
            ).json
            #expect(refused["type"] == .text("urn:dianzhang:refused") && refused["article"]["ref"] == .text("第2条"))
            #expect(refused["faults"].list.compactMap { $0["field"].text } == ["from", "until"])
            let done = try await client.api(
                .post, address, token, #"{"place":"二楼","seats":20,"from":"2026-01-20","until":"2026-01-21"}"#)
            #expect(done.status == .ok)
        }
    }
}
