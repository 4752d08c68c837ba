import CustomerAuthenticity
import EngineFixture
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// A session of the committee on one screen, where its members vote; and who sees nothing of it.
@Suite struct ConsequencePageTests {
    private static func take(
        _ office: TestOffice, _ step: String, _ type: String, _ id: Int64? = nil, _ input: [String: JSONValue] = [:], by person: PersonID
    ) async throws -> Int64 {
        try await office.desk.take(step, of: type, on: id, input: input, by: Principal(person)).id
    }

    /// A matter that is voted on, in a session of four members, the last of whom is named in it.
    private static func session(_ office: TestOffice, _ compliance: PersonID, _ members: [PersonID]) async throws -> (
        session: Int64, matter: Int64
    ) {
        let matter = try await take(
            office, "table", "committee-matter", nil,
            [
                "subject": .text("两次<误导>"), "facts": .text("已查实"), "proposal": .text("通报批评"),
                "concerned": .list([.whole(members[3].raw)]),
            ], by: compliance)
        _ = try await take(office, "hear", "committee-matter", matter, ["statement": .text("请求从轻")], by: compliance)
        let session = try await take(
            office, "convene", "committee-session", nil,
            [
                "day": .text(office.now.day.description), "place": .text("会议室"), "chair": .whole(members[0].raw),
                "matters": .list([.whole(matter)]),
            ], by: compliance)
        _ = try await take(
            office, "begin", "committee-session", session, ["present": .list(members.map { .whole($0.raw) })], by: members[0])
        _ = try await take(office, "openVote", "committee-matter", matter, by: members[0])
        return (session, matter)
    }

    @Test func theCommitteeVotesOnOneScreenAndOthersSeeNothing() async throws {
        try await TestOffice.with(.sqlite, [authenticityContents]) { office in
            let compliance = try await office.hire("compliance", .compliance), clerk = try await office.hire("clerk", .backOffice)
            var members: [PersonID] = []
            for index in 1...4 { members.append(try await office.hire("member\(index)", .committeeMember)) }
            let (session, matter) = try await Self.session(office, compliance, members)
            let voters = members
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(desk: office.desk, configuration: configuration, extraPages: ConsequencePages.all)
            try await server.application().test(.router) { client in
                let word = server.edge.ids.word(session, .document), path = "/consequences/session/\(word)"
                let first = try await Browser.enter(voters[0], server, client), last = try await Browser.enter(voters[3], server, client)
                #expect(try await first.get("/d/\(word)").text.contains(path), "its page leads there")
                let page = try await first.get(path).text
                #expect(page.contains("两次&lt;误导&gt;") && page.contains("请求从轻") && page.contains("系当事人") && page.contains("name=\"ballot\""))
                // Who is excluded sees who votes, and has no vote.
                let shut = try await last.get(path).text
                #expect(shut.contains("未表决") && !shut.contains("name=\"ballot\""))
                #expect(try await last.post(path, [("matter", "1"), ("ballot", "support")]).status != .seeOther)
                let empty = try await first.post(path, [("matter", "1"), ("reason", "无")])
                #expect(empty.status == .unprocessableContent && empty.text.contains("我的表决"))
                #expect(try await first.post(path, [("matter", "2"), ("ballot", "support")]).status == .notFound)
                for voter in voters.prefix(3) {
                    let browser = try await Browser.enter(voter, server, client)
                    let voted = try await browser.post(path, [("matter", "1"), ("ballot", "support"), ("reason", "事实清楚")])
                    #expect(voted.status == .seeOther && voted.headers[.location] == path)
                }
                #expect(try await office.desk.document(matter, by: compliance).row.state == "voted")
                #expect(try await first.get(path).text.contains("同意 3，反对 0，弃权 0，通过"))
                let stranger = try await Browser.enter(clerk, server, client)
                #expect(try await stranger.get(path).status == .notFound)
                #expect(try await stranger.post(path, [("matter", "1"), ("ballot", "against")]).status == .notFound)
                // A session is no agency and no appraisal.
                for other in ["agency", "appraisal", "verification"] {
                    #expect(try await first.get("/consequences/\(other)/\(word)").status == .notFound)
                }
            }
        }
    }
}
