import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct ItemTests {
    @Test(.demand(school[9], 1), arguments: TestEngine.all)
    func theHeadReleasesAndNobodyElse(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.eastTeacher, campus.eastHead)), by: campus.teacher
            ).id
            await #expect(throws: DeskError.self) { try await desk.take(InformationItem.release, on: id, by: campus.teacher) }
            await #expect(throws: DeskError.self) { try await desk.take(InformationItem.release, on: id, by: campus.eastHead) }
            #expect(try await campus.deliveries(of: id).isEmpty)
            try await desk.take(InformationItem.release, on: id, by: campus.dean)
            #expect(try await campus.deliveries(of: id).count == 2)
        }
    }

    @Test(.demand(school[2], 1), arguments: TestEngine.all)
    func whatAnItemIsMustBeSaid(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            for key in ["kind", "administrative", "medium", "direction", "secrecy"] {
                let input = campus.draft(to: campus.people(campus.eastTeacher), [key: .null])
                await #expect(throws: DeskError.self, "\(key)") {
                    try await campus.desk.take(InformationItem.write, input: input, by: campus.teacher)
                }
            }
            // Market information has its own subtype.
            let market: [String: JSONValue] = [
                "kind": .text("market"), "market": .null, "administrative": .null, "source": .text("business"), "direction": .text("up"),
            ]
            await #expect(throws: DeskError.self) {
                try await campus.desk.take(
                    InformationItem.write, input: campus.draft(to: campus.people(campus.marketSpecialist), market), by: campus.eastReporter)
            }
            let id = try await campus.desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.eastTeacher), ["medium": .text("fax")]),
                by: campus.teacher
            ).id
            let values = try await campus.view(id, by: campus.dean).row.values
            #expect(values["kind"] == .text("administrative") && values["administrative"] == .text("notice"))
            #expect(values["medium"] == .text("fax") && values["direction"] == .text("down") && values["secrecy"] == .text("internal"))
        }
    }

    @Test(.article(school[4]), arguments: TestEngine.all)
    func deliveredOpenedReadAndAcknowledgedAreFourThings(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, reader = campus.eastTeacher
            let item = try await campus.released(to: campus.people(reader))
            let id = try await campus.delivery(of: item, to: reader)
            func found() async throws -> Found<Delivery> { try #require(try await campus.deliveries(of: item).first) }
            #expect(try await found().state == .delivered)
            await #expect(throws: DeskError.self) { try await desk.take(Delivery.acknowledge, on: id, by: reader) }
            try await desk.take(Delivery.open, on: id, by: reader)
            #expect(try await found().state == .opened)
            try await desk.take(Delivery.read, on: id, by: reader)
            #expect(try await found().state == .read)
            try await desk.take(Delivery.acknowledge, on: id, by: reader)
            let value = try await found().value
            #expect(value.digest == value.readDigest && value.digest.count == 64)
            #expect(value.openedAt != nil && value.readAt != nil && value.acknowledgedAt != nil)
            // The sender's head sees each; another site sees none of it.
            #expect(try await campus.rows("item-delivery", by: campus.dean).map(\.state) == ["acknowledged"])
            #expect(try await campus.rows("item-delivery", by: campus.eastReporter).isEmpty)
        }
    }

    /// Blanks at the ends of lines are no other text; a single character is.
    @Test(.article(school[4]), arguments: TestEngine.all)
    func theDigestIsThatOfTheTextAlone(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            func digest(_ text: String) async throws -> String {
                let item = try await campus.released(to: campus.people(campus.eastTeacher), ["text": .text(text)])
                return try #require(try await campus.deliveries(of: item).first).value.digest
            }
            let first = try await digest("请各部门\n于月底前完成。")
            let blanks = try await digest("请各部门  \n于月底前完成。"), other = try await digest("请各部门\n于月底前交齐。")
            #expect(blanks == first && other != first)
        }
    }

    @Test(.article(school[4]), arguments: TestEngine.all)
    func aDelegatesOpeningAcknowledgesNothing(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await campus.released(to: campus.people(campus.eastHead))
            let id = try await campus.delivery(of: item, to: campus.eastHead)
            try await desk.handle(
                .delegate(to: campus.eastTeacher.person, from: campus.office.now, until: campus.office.now.adding(days: 3), reason: "出差"),
                by: campus.eastHead)
            let secretary = Principal(campus.eastTeacher.person, onBehalfOf: campus.eastHead.person)
            try await desk.take(Delivery.open, on: id, by: secretary)
            try await desk.take(Delivery.read, on: id, by: secretary)
            let refusal = try await campus.refusal { try await desk.take(Delivery.acknowledge, on: id, by: secretary) }
            #expect(refusal?.article == school[4] && refusal?.words.zh.contains("本人") == true)
            try await desk.take(Delivery.acknowledge, on: id, by: campus.eastHead)
            #expect(try await campus.deliveries(of: item).first?.value.openedBy == campus.eastTeacher.person)
        }
    }

    @Test(.article(school[4]), arguments: TestEngine.all)
    func inOrderItGoesFromOneToTheNext(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let item = try await campus.released(
                to: campus.people(campus.eastHead, campus.eastTeacher, campus.clerk), ["inOrder": .flag(true)])
            #expect(try await campus.deliveries(of: item).map(\.value.reader) == [campus.eastHead.person])
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.eastHead), by: campus.eastHead)
            #expect(try await campus.deliveries(of: item).count == 2)
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.eastTeacher), by: campus.eastTeacher)
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.clerk), by: campus.clerk)
            #expect(try await campus.deliveries(of: item).map(\.state) == [.acknowledged, .acknowledged, .acknowledged])
        }
    }

    @Test(.article(school[8]), arguments: TestEngine.all)
    func recalledAndRemindedInBulk(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await campus.released(to: campus.people(campus.eastHead, campus.eastTeacher, campus.clerk))
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.eastHead), by: campus.eastHead)
            try await desk.take(InformationItem.remind, on: item, by: campus.teacher)
            #expect(try await campus.told(campus.eastTeacher).contains { $0.contains("尚未签收") })
            #expect(try await !campus.told(campus.eastHead).contains { $0.contains("尚未签收") })
            let again = try await campus.refusal { try await desk.take(InformationItem.remind, on: item, by: campus.teacher) }
            #expect(again?.words.zh.contains("今天已经催办过") == true)
            await #expect(throws: (any Error).self) { try await desk.take(InformationItem.recall, on: item, by: campus.teacher) }
            try await desk.take(InformationItem.recall, on: item, input: ["reason": .text("内容有误")], by: campus.teacher)
            let states = Set(try await campus.deliveries(of: item).map(\.state))
            #expect(states == [.acknowledged, .recalled])
        }
    }

    @Test(.demand(school[8], 1, 2), arguments: TestEngine.all)
    func theOfficeGathersAllAndAUnitSeesItsOwn(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await campus.released(to: campus.people(campus.eastTeacher))
            try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.teacher)), by: campus.eastTeacher)
            #expect(try await campus.rows("information-item", by: campus.officeHead).count == 2)
            #expect(try await campus.rows("information-item", by: campus.dean).map(\.id) == [item])
            #expect(try await campus.rows("information-item", by: campus.eastReporter).isEmpty)
            await #expect(throws: DeskError.self) { try await desk.take(InformationItem.file, on: item, by: campus.dean) }
            try await desk.take(InformationItem.file, on: item, by: campus.clerk)
            let archived = try #require(try await campus.rows("archive-entry", by: campus.clerk).first)
            #expect(archived.values["reference"]?.text?.hasPrefix("XX01-WS·2026-D30-") == true)
            #expect(archived.values["number"] == .text("信息〔2026〕1号"))
            // All of it as far as whoever looks is cleared.
            let core = try await desk.take(
                InformationItem.write,
                input: campus.draft(
                    to: campus.people(campus.manager), ["secrecy": .text("core"), "core": campus.people(campus.manager, campus.director)]),
                by: campus.director
            ).id
            #expect(try await campus.rows("information-item", by: campus.officeHead).contains { $0.id == core })
            #expect(try await !campus.rows("information-item", by: campus.clerk).contains { $0.id == core })
        }
    }

    @Test(.article(school[4]), arguments: TestEngine.all)
    func returnedToBeCorrectedIsCounted(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.eastTeacher)), by: campus.teacher
            ).id
            await #expect(throws: (any Error).self) { try await desk.take(InformationItem.giveBack, on: id, by: campus.dean) }
            try await desk.take(InformationItem.giveBack, on: id, input: ["wrong": .text("日期有误")], by: campus.dean)
            try await desk.take(
                InformationItem.correct, on: id, input: campus.draft(to: campus.people(campus.eastTeacher)), by: campus.teacher)
            #expect(try await campus.view(id, by: campus.dean).row.values["returns"] == .whole(1))
        }
    }

    @Test(.demand(school[18], 1), arguments: TestEngine.all)
    func theSourceOfMarketInformationIsAFilter(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func market(_ source: String?) async throws {
                var input = campus.draft(
                    to: campus.people(campus.marketSpecialist),
                    ["kind": .text("market"), "market": .text("call"), "administrative": .null, "direction": .text("up")])
                input["source"] = source.map { .text($0) }
                try await desk.take(InformationItem.write, input: input, by: campus.eastReporter)
            }
            await #expect(throws: DeskError.self) { try await market(nil) }
            try await market("business")
            try await market("other")
            try await market("business")
            var query = RegisterQuery()
            query.equal["source"] = "business"
            #expect(try await desk.register("information-item", query, by: campus.clerk.person).total == 2)
        }
    }

    @Test(.demand(school[19], 3), arguments: TestEngine.all)
    func whatIsImportantReachesTheDirectorAtOnce(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let input = campus.draft(
                to: campus.people(campus.marketSpecialist),
                [
                    "kind": .text("market"), "market": .text("competitor"), "administrative": .null, "source": .text("other"),
                    "direction": .text("up"), "isImportant": .flag(true),
                ])
            let item = try await desk.take(InformationItem.write, input: input, by: campus.eastReporter).id
            let id = try await campus.delivery(of: item, to: campus.director)
            #expect(try await campus.tray(of: campus.director).contains(id))
            let due = try await campus.view(id, by: campus.director).deadlines.first?.due
            #expect(due == campus.office.now.adding(hours: 2))
            campus.office.move(hours: 3)
            try await desk.runJobs()
            #expect(try await campus.view(id, by: campus.director).deadlines.first?.breached != nil)
            try await campus.acknowledge(id, by: campus.director)
            // Once the specialist has looked it over, the others get it; the director has it already.
            try await desk.take(InformationItem.receive, on: item, by: campus.marketSpecialist)
            #expect(try await campus.deliveries(of: item).count == 2)
        }
    }
}
