import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web

/// Pages that follow what happens, and requests that nobody could decide.
@Suite struct LiveUpdatesTests {
    @Test func onlyTheOwnAreToldNoMoreThanSoManyAndAllAreLetGoAtTheEnd() async throws {
        let hub = LiveUpdates(), one = PersonID(1), other = PersonID(2)
        let mine = try #require(hub.listen(one)), foreign = try #require(hub.listen(other))
        hub.stir([one])
        hub.stir([one])
        for _ in 0..<3 { _ = try #require(hub.listen(one)) }
        #expect(hub.listen(one) == nil, "a person's further pages are not told, and lose nothing")
        hub.end()
        #expect(hub.listen(PersonID(3)) == nil)
        var told = (mine: 0, foreign: 0)
        for await _ in mine.events { told.mine += 1 }
        for await _ in foreign.events { told.foreign += 1 }
        #expect(told.mine == 1 && told.foreign == 0, "what comes twice is told once")
    }

    @Test func theAddressAnswersTheLoggedInAlone() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client)
            let events = try await clerk.get("/todo/events")
            #expect(events.status == .ok && events.headers[.contentType] == "text/event-stream")
            #expect(try await client.execute(uri: "/todo/events", method: .get).status != .ok)
        }
    }

    private struct Wish: Document {
        enum State: String, CaseIterable { case asked, granted }
        static let name = "wish"
        var text = ""
        static let form = Form<Wish>(
            "愿望申请", "Wish", states: [.asked: .open("待批", "Asked"), .granted: .done("已批", "Granted")], readers: [],
            [.text(\.text, "内容", "Text")])
        static let ask = Step<Wish>("ask", "申请", "Ask", to: .asked, by: .staff, under: rules[1])
        static let grant = Step<Wish>("grant", "批准", "Grant", from: .asked, to: .granted, by: .post(keeper), under: rules[1])
        static let steps = [ask, grant]
    }
    private static let rules = Regulation("wishes", Words("愿望制度", "Rules on wishes"), short: Words("愿望", "Wishes"), numbering: .arabic)
    private static let keeper = Post("wish-keeper", "愿望专员", "Keeper of wishes")
    private static let wishes = RegulationContents(
        rules,
        articles: Array(
            "articles:\n- {ref: 第1条, zh: \"愿望须批准。\", en: \"Wishes are granted.\", kind: [workflow], demands: [\"granting\"]}\n".utf8),
        posts: [keeper], documents: [Wish.self])

    @Test func aRequestThatNobodyCouldDecideIsTurnedAwayWithThePostAndWhoFillsIt() async throws {
        try await WebOffice.with(more: [Self.wishes]) { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client)
            let answer = try await clerk.post("/r/wish/new", [("text", "一台新电脑")])
            #expect(answer.status == .conflict && answer.text.contains("value=\"一台新电脑\""), "what was typed is not lost")
            #expect(answer.text.contains("下一步由愿望专员办理，目前无人任职。请系统管理员（管理员甲）在“人员与岗位”任命后再提交"))
            _ = try await web.office.hire("keeper", Self.keeper)
            #expect(try await clerk.post("/r/wish/new", [("text", "一台新电脑")]).status == .seeOther)
        }
    }

    @Test func aProgramIsNotAttached() async throws {
        try await WebOffice.with { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client)
            let fields = [("subject", "关于回访"), ("pages", "3"), ("tone", "warm")]
            let refused = try await clerk.postFiles("/r/memo/new", fields, files: [("files", "setup.exe", "MZ")])
            #expect(refused.status == .unprocessableContent && refused.text.contains("“setup.exe”不是可以附上的文件"))
            #expect(try await clerk.postFiles("/r/memo/new", fields, files: [("files", "说明.pdf", "%PDF-1.4")]).status == .seeOther)
        }
    }
}
