import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import ScratchFiles
import Testing

@testable import Web
@testable import dianzhang

/// A request that nobody could decide is not taken by page or program, in the same words; or it goes to whoever stands in.
@Suite struct StandInPageTests {
    private static let sentence = "暂不能提交：下一步由房管员办理，目前无人任职。请系统管理员（管理员甲）在“人员与岗位”任命后再提交"

    @Test func pageAndProgramSayTheSame() async throws {
        try await WebOffice.with(more: [RoomRegulation.contents]) { web, client in
            let clerk = try await Browser.enter(web.clerk, web, client), token = try await web.token(of: web.clerk)
            #expect(try await clerk.get("/r/room/new").text.contains(Self.sentence))
            let page = try await clerk.post("/r/room/new", [("purpose", "培训"), ("seats", "20")])
            #expect(page.status == .conflict && page.text.contains(Self.sentence) && page.text.contains("value=\"培训\""))
            let program = try await client.api(.post, "/api/v1/room", token, #"{"purpose":"培训","seats":20}"#)
            #expect(program.status == .conflict)
            #expect(try program.json["zh"] == .text(Self.sentence) && program.json["type"] == .text("urn:dianzhang:conflict"))
            #expect(try await web.office.desk.store.read { try $0.count("SELECT count(*) FROM document WHERE type = 'room'") } == 0)
            _ = try await web.office.hire("keeper", RoomRegulation.keeper)
            let taken = try await client.api(.post, "/api/v1/room", token, #"{"purpose":"培训","seats":20}"#)
            #expect(taken.status == .created)
        }
    }

    /// A file handed in row by row is no way around it, neither when it is tried out.
    @Test func aFileIsToldTheSame() async throws {
        try await WebOffice.with(more: [RoomRegulation.contents]) { web, _ in
            let scratch = Scratch(), file = try scratch.file("用途,人数\n培训,20\n"), back = scratch.path("back.csv")
            let rows = RowImport(desk: web.office.desk, type: "room", principal: Principal(web.clerk), language: .zh)
            for isDryRun in [true, false] {
                let done = try await rows.run(file, rejected: back, isDryRun: isDryRun)
                #expect(done.taken == 0 && done.rejected == 1)
                #expect(try String(contentsOfFile: back, encoding: .utf8).contains(Self.sentence))
            }
            try await web.office.desk.administer(.setStandIn(web.office.company, .person(web.head)), by: .system)
            #expect(try await rows.run(file, rejected: back, isDryRun: false).taken == 1)
            #expect(try await web.office.desk.todo(of: web.head).items.map(\.row.type) == ["room"])
        }
    }

    @Test func anAdministratorSaysWhoStandsInAndItShows() async throws {
        try await WebOffice.with(more: [RoomRegulation.contents]) { web, client in
            let root = try await Browser.enter(web.administrator, web, client), clerk = try await Browser.enter(web.clerk, web, client)
            let form = [("stand-unit", web.word(web.office.company)), ("stand-post", ""), ("stand-person", web.word(web.head))]
            #expect(try await clerk.post("/admin/adoptions/stand-in", form).status == .forbidden)
            let both = try await root.post("/admin/adoptions/stand-in", [form[0], ("stand-post", "head"), form[2]])
            #expect(both.status == .unprocessableContent && both.text.contains("岗位与人员只选一项"))
            let none = try await root.post("/admin/adoptions/stand-in", [("stand-unit", ""), form[2]])
            #expect(none.status == .unprocessableContent && none.text.contains("id=\"stand-unit-wrong\""))
            #expect(try await root.post("/admin/adoptions/stand-in", form).status == .seeOther)
            let adoptions = try await root.get("/admin/adoptions").text
            let listed = try #require(adoptions.between("<div id=\"stand-in\" class=\"blank\">", "</table>"))
            #expect(listed.contains("<span>公司</span>") && listed.contains("<span>head</span>") && listed.contains("name=\"end\""))
            #expect(try await clerk.get("/r/room/new").text.contains("按本单位设置，提交后由head代行"))
            let answer = try await clerk.post("/r/room/new", [("purpose", "培训"), ("seats", "20")])
            #expect(answer.status == .seeOther)
            let address = try #require(answer.headers[.location]), page = try await clerk.get(address).text
            #expect(page.contains("“安排”应由房管员办理，现无人可办，按本单位设置由head代行"), "in what happened")
            #expect(page.contains("head <span class=\"state\">代行</span>"), "and beside whom it waits for")
            let token = try await web.token(of: web.head)
            let id = address.dropFirst(3)
            let read = try await client.api(.get, "/api/v1/room/\(id)", token).json
            #expect(read["waiting"].list.contains { $0["standsIn"] == .flag(true) }, "\(read["waiting"])")
            #expect(read["steps"].list.compactMap { $0["name"].text } == ["settle", "refuse"])
            let done = try await client.api(
                .post, "/api/v1/room/\(id)/settle", token, #"{"place":"二楼","seats":20,"from":"2026-01-20","until":"2026-01-21"}"#)
            #expect(done.status == .ok)
            #expect(try await clerk.get(address).text.contains("现无房管员可办，按本单位设置代行"))
            // Without anybody who stands in it is as before; nobody ends it by choosing nothing.
            let nothing = try await root.post("/admin/adoptions/stand-in", [form[0], ("stand-post", ""), ("stand-person", "")])
            #expect(nothing.status == .unprocessableContent && nothing.text.contains("请选择代行的岗位或人员"))
            #expect(try await root.post("/admin/adoptions/stand-in", [form[0], ("end", "1")]).status == .seeOther)
            #expect(try await !root.get("/admin/adoptions").text.contains("现行代行"))
            #expect(try await clerk.post("/r/room/new", [("purpose", "培训"), ("seats", "20")]).status == .conflict)
        }
    }

    @Test func aSecondAdministratorConfirmsIt() async throws {
        try await WebOffice.with(more: [RoomRegulation.contents]) { web, client in
            let other = PersonID(
                try await web.office.desk.administer(
                    .addPerson(login: "second", zh: "管理员乙", en: "Admin B", clearance: .internal, administrator: true), by: .system))
            let root = try await Browser.enter(web.administrator, web, client), second = try await Browser.enter(other, web, client)
            let clerk = try await Browser.enter(web.clerk, web, client)
            let form = [("stand-unit", web.word(web.office.company)), ("stand-post", ""), ("stand-person", web.word(web.head))]
            #expect(try await root.post("/admin/adoptions/stand-in", form).status == .seeOther)
            let waiting = try await root.get("/admin/adoptions").text
            #expect(waiting.contains("<b>无人可办的申请由head代行</b>") && waiting.contains("由另一位系统管理员或监督岗位确认"))
            #expect(!waiting.contains("现行代行"), "not in force")
            #expect(try await clerk.post("/r/room/new", [("purpose", "培训"), ("seats", "20")]).status == .conflict)
            let page = try await second.get("/admin/adoptions").text
            let notices = try await second.get("/notices").text
            #expect(notices.contains("待确认的规则变更") && notices.contains("name=\"decision\" value=\"confirm\""), "where it is told")
            #expect(try await !clerk.get("/notices").text.contains("待确认的规则变更"))
            let decide = try #require(page.between("action=\"/charter/", "\""))
            let word = try #require(page.between("name=\"request\" value=\"", "\""))
            let confirm = [("request", word), ("decision", "confirm")]
            #expect(try await root.post("/charter/\(decide)", confirm).status == .forbidden, "nobody confirms the own request")
            #expect(try await clerk.post("/charter/\(decide)", confirm).status == .notFound)
            #expect(try await second.post("/charter/\(decide)", confirm).status == .seeOther)
            let after = try await second.get("/admin/adoptions").text
            let table = try #require(after.between("<div id=\"stand-in\" class=\"blank\">", "</table>"))
            #expect(table.contains("<span>head</span>") && table.contains("<span>管理员乙</span>") && table.contains("2026"))
            #expect(!after.contains("待确认的规则变更"))
            #expect(try await clerk.post("/r/room/new", [("purpose", "培训"), ("seats", "20")]).status == .seeOther)
        }
    }
}
