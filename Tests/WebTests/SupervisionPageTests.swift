import EngineFixture
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// 督办 as the page posts it: an opinion and a new limit end the row; the work is given to somebody else.
@Suite struct SupervisionPageTests {
    /// A request for a room that nobody has settled in time: its clock was escalated to the head.
    private static func late(
        _ engine: TestEngine = .sqlite,
        _ body: @escaping @Sendable (WebOffice, any TestClientProtocol, _ room: Int64, _ head: Browser) async throws -> Void
    ) async throws {
        try await WebOffice.with(engine, more: [RoomRegulation.contents]) { web, client in
            _ = try await web.office.hire("keeper", RoomRegulation.keeper)
            let room = try await web.room()
            web.office.move(hours: 12)
            try await web.office.desk.runJobs()
            try await body(web, client, room, try await Browser.enter(web.head, web, client))
        }
    }

    /// What stands in the form as it is shown, to be sent with what is filled in.
    private static func hidden(_ page: String, _ action: String) throws -> String {
        let form = try #require(page.between("action=\"\(action)\"", "</form>"), "there is no such form")
        return try #require(form.between("name=\"task\" value=\"", "\""))
    }

    @Test(arguments: TestEngine.all) func anOpinionAndALimitEndTheRow(engine: TestEngine) async throws {
        try await Self.late(engine) { web, client, room, head in
            let address = web.page(room), page = try await head.get(address).text
            #expect(page.contains("action=\"\(address)/handling/supervise\"") && page.contains("name=\"~opinion\""))
            #expect(try await head.get("/?list=supervised").text.contains(address))
            let sent = try await head.post(
                "\(address)/handling/supervise", [("until", "2026-01-16"), ("~phrase", "请尽快办理。"), ("~opinion", "请尽快办理。周五前给房间")])
            #expect(sent.status == .seeOther)
            let after = try await Browser.enter(web.clerk, web, client).get(address).text
            #expect(after.contains("督办") && after.contains("要求于 2026-01-16 24:00 前完成"), "the limit stands in what happened")
            #expect(after.contains("请尽快办理。周五前给房间"), "and the opinion, the phrase in it once")
            #expect(try await !head.get("/?list=supervised").text.contains(address), "the row is gone")
            web.office.move(hours: 24 * 3)
            try await web.office.desk.runJobs()
            #expect(try await head.get("/?list=supervised").text.contains("督办：要求的时间已过"), "missed again, it is back")
        }
    }

    /// The head reads no requests for rooms but those that wait for supervision.
    @Test(arguments: TestEngine.all) func whoeverIsNoReaderSeesTheMatterAndNothingOfTheDocument(engine: TestEngine) async throws {
        try await Self.late(engine) { web, client, room, head in
            let address = web.page(room), matter = "/supervised/\(web.word(room))"
            #expect(try await head.get(matter).status == .notFound, "nothing was asked for yet")
            let sent = try await head.post("\(address)/handling/supervise", [("until", "2026-01-16"), ("~opinion", "周五前给房间")])
            #expect(sent.status == .seeOther && sent.headers[.location] == "/?list=supervised")
            #expect(try await head.get(address).status == .notFound)
            let list = try await head.get("/?list=supervised").text, page = try await head.get(matter)
            #expect(list.contains("href=\"\(matter)\"") && list.contains("用房〔2026〕1号") && list.contains("周五前给房间"))
            #expect(page.status == .ok && page.text.contains("用房申请") && page.text.contains("待安排"))
            #expect(page.text.contains("周五前给房间") && page.text.contains("1月16日 24:00") && page.text.contains("未到期，待完成"))
            for text in [list, page.text] { #expect(!text.contains("培训") && !text.contains(address), "what stands in it is not said") }
            for person in [web.clerk, web.other, web.administrator] {
                let browser = try await Browser.enter(person, web, client)
                #expect(try await browser.get(matter).status == .notFound)
                #expect(try await !browser.get("/?list=supervised").text.contains(matter))
            }
            web.office.move(hours: 24 * 3)
            try await web.office.desk.runJobs()
            #expect(try await head.get(matter).text.contains("再次逾期，未完成"))
            let keeper = try #require(try await web.office.desk.organisation().people.values.first { $0.login == "keeper" })
            try await web.office.desk.take(
                RoomRequest.settle,
                on: room, input: ["place": .text("二楼"), "seats": .text("20"), "from": .text("2026-01-20"), "until": .text("2026-01-21")],
                by: Principal(keeper.id))
            let after = try await head.get(matter).text
            #expect(after.contains("逾期完成") && after.contains("已安排") && after.contains("<li><span>安排</span>"))
            #expect(!after.contains("二楼") && !after.contains("培训"))
        }
    }

    @Test func whatIsMissingIsSaidAtOnceAndWhatWasTypedStays() async throws {
        try await Self.late { web, _, room, head in
            let address = "\(web.page(room))/handling/supervise"
            let empty = try await head.post(address, [("until", ""), ("~phrase", ""), ("~opinion", " ")])
            #expect(empty.status == .unprocessableContent)
            #expect(empty.text.contains("请填写要求完成日期，例如 2026-03-04") && empty.text.contains("请填写督办意见"))
            let past = try await head.post(address, [("until", "2026-01-14"), ("~phrase", ""), ("~opinion", "")])
            #expect(past.text.contains("要求完成日期须为今天或以后，请更正") && past.text.contains("请填写督办意见"))
            #expect(past.text.contains("value=\"2026-01-14\""))
            let half = try await head.post(address, [("until", "改天"), ("~phrase", ""), ("~opinion", "周五前给房间")])
            #expect(half.status == .unprocessableContent && half.text.contains("value=\"改天\"") && half.text.contains("周五前给房间</textarea>"))
            #expect(try await head.get("/?list=supervised").text.contains(web.page(room)), "the row stays")
            let form = try #require(try await head.get(web.page(room)).text.between("id=\"act-supervise\"", "</form>"))
            #expect(form.contains("data-day=") && form.contains("三个工作日后"), "as the hint says, it takes a day in words")
            #expect(try await head.post(address, [("until", "明天"), ("~opinion", "明天前给房间")]).status == .seeOther)
        }
    }

    @Test func theWorkIsGivenToSomebodyElse() async throws {
        try await Self.late { web, client, room, head in
            let second = try await web.office.hire("second keeper", RoomRegulation.keeper)
            let address = web.page(room), page = try await head.get(address).text
            let task = try Self.hidden(page, "\(address)/handling/reassign")
            let neither = try await head.post("\(address)/handling/reassign", [("task", task), ("to", ""), ("reason", "")])
            #expect(neither.status == .unprocessableContent)
            #expect(neither.text.contains("请选择人员") && neither.text.contains("请写明理由"))
            let given = [("task", task), ("to", web.word(second)), ("reason", "原房管员休假")]
            #expect(try await head.post("\(address)/handling/reassign", given).status == .seeOther)
            #expect(try await web.office.desk.todo(of: second).items.map(\.row.id) == [room])
            let keeper = try await Browser.enter(second, web, client)
            #expect(try await keeper.get(address).text.contains("原房管员休假"))
            #expect(
                try await keeper.post("\(address)/handling/supervise", [("until", "2026-01-16"), ("~opinion", "快")]).status == .forbidden)
        }
    }
}
