import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// 通知: by kind, and what clocks of one document told one after the other in one line.
@Suite struct NoticesPageTests {
    /// The clerk was reminded of the clock of a room, told that it ran out, and told what became of a memo.
    private static func told(
        _ engine: TestEngine = .sqlite, _ body: @escaping @Sendable (WebOffice, Browser, _ head: Browser) async throws -> Void
    ) async throws {
        try await WebOffice.with(engine, more: [RoomRegulation.contents]) { web, client in
            _ = try await web.office.hire("keeper", RoomRegulation.keeper)
            _ = try await web.room()
            for hours in [9, 3] {
                web.office.move(hours: hours)
                try await web.office.desk.runJobs()
            }
            let memo = try await web.memo()
            try await web.office.desk.take(Memo.approve, on: memo, input: ["opinion": .text("同意")], by: Principal(web.head))
            try await body(web, try await Browser.enter(web.clerk, web, client), try await Browser.enter(web.head, web, client))
        }
    }

    private static func chip(_ kind: String, _ name: String, _ count: Int, isOn: Bool = false) -> String {
        let on = isOn ? " aria-current=\"true\"" : ""
        return "<a class=\"chip\" href=\"/notices\(kind)\"\(on)>\(name) <span class=\"count\">\(count)</span></a>"
    }

    @Test(arguments: TestEngine.all) func noticesAreLookedAtByKind(engine: TestEngine) async throws {
        try await Self.told(engine) { _, clerk, head in
            let all = try await clerk.get("/notices").text
            #expect(all.contains("共 3 条") && all.contains(Self.chip("", "全部", 3, isOn: true)), "\(all)")
            #expect(all.contains(Self.chip("?kind=limit", "期限", 2)) && all.contains(Self.chip("?kind=document", "办理进展", 1)))
            #expect(!all.contains("?kind=copy"), "a kind that there is none of is not offered")
            #expect(all.contains("全部标为已读"))
            let limits = try await clerk.get("/notices?kind=limit").text
            #expect(limits.contains("共 2 条") && limits.contains(Self.chip("?kind=limit", "期限", 2, isOn: true)))
            #expect(limits.contains("已逾期，请尽快办理") && !limits.contains("现为“已通过”"))
            #expect(!limits.contains("全部标为已读"), "nobody marks what is not listed")
            let documents = try await clerk.get("/notices?kind=document").text
            #expect(documents.contains("现为“已通过”") && !documents.contains("已逾期"))
            let none = try await clerk.get("/notices?kind=copy")
            #expect(none.status == .ok && none.text.contains("这一类没有通知") && none.text.contains(Self.chip("", "全部", 3)))
            #expect(try await clerk.get("/notices?kind=made-up").text.contains("共 3 条"))
            let supervised = try await head.get("/notices?kind=supervision").text
            #expect(supervised.contains("已逾期，请督办"))
        }
    }

    @Test func whatClocksOfOneDocumentToldIsOneLine() async throws {
        try await Self.told { _, clerk, _ in
            let all = try await clerk.get("/notices").text
            let line = try #require(all.between("<li class=\"folded\">", "</details>"))
            let newest = try #require(line.between("<a ", "<summary>"))
            #expect(newest.contains("已逾期，请尽快办理") && !newest.contains("即将到期"))
            #expect(line.contains("<summary>另有 1 条") && line.contains("即将到期"), "none is left out")
            #expect(!line.contains("现为“已通过”"), "what became of a document has a line of its own")
        }
    }

    @Test(arguments: TestEngine.all) func pagesOfOneKindGoOn(engine: TestEngine) async throws {
        try await Self.told(engine) { web, _, _ in
            let first = try await web.office.desk.notices(of: web.clerk, .limit, limit: 1)
            #expect(first.notices.map(\.kind) == [.limit] && first.counts == [.limit: 2, .document: 1] && first.total == 3)
            let second = try await web.office.desk.notices(of: web.clerk, .limit, after: try #require(first.next), limit: 1)
            #expect(second.notices.count == 1 && second.notices[0].id < first.notices[0].id && second.next == nil)
        }
    }
}
