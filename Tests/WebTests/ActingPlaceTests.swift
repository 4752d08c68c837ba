import EngineFixture
import HTTPTypes
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// A page that says which steps are taken on it is where the document's page leads.
@Suite struct ActingPlaceTests {
    private static let desk = RegulationPage(
        path: "/room-desk/:id", regulation: RoomRegulation.regulation.id, title: Words("排房台", "Room desk"), isListed: false,
        document: RoomRequest.name, acts: [RoomRequest.settle.name], show: { _ in .page("") })

    @Test func theWayLeadsToThePageAndTheDerivedFormStandsFolded() async throws {
        try await WebOffice.with(extraPages: [Self.desk], more: [RoomRegulation.contents]) { web, client in
            let keeper = try await web.office.hire("keeper", RoomRegulation.keeper), room = try await web.room()
            let browser = try await Browser.enter(keeper, web, client), address = "/room-desk/\(web.word(room))"
            let page = try await browser.get(web.page(room)).text
            let acts = try #require(page.between("id=\"acts\"", "</section>"))
            #expect(acts.contains("<a class=\"button act\" href=\"\(address)\">到排房台办理</a>"))
            let others = try #require(page.between("<details class=\"others\">", "</section>"), "closed")
            #expect(others.contains("<summary>安排</summary>") && others.contains("id=\"act-settle\""))
            #expect(!page.contains("id=\"deed-settle\""), "no second form of the same")
            #expect(!page.contains(" · <a href=\"\(address)\">"), "one way leads there")
            // What was sent from the folded form and not taken is in front again.
            let refused = try await browser.post("\(web.page(room))/settle", [("place", "")])
            #expect(refused.status == .unprocessableContent && refused.text.contains("id=\"deed-settle\""))
            // Whoever cannot act there sees a plain link.
            let asker = try await Browser.enter(web.clerk, web, client)
            let seen = try await asker.get(web.page(room)).text
            #expect(!seen.contains("到排房台办理") && seen.contains(" · <a href=\"\(address)\">排房台</a>"))
        }
    }
}
