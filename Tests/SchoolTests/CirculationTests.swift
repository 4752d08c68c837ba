import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

/// In which order something goes round: chosen, drawn before it goes out, and followed.
@Suite struct CirculationTests {
    private func order(_ campus: Campus, _ people: Principal..., inOrder: Bool = true) -> [String: JSONValue] {
        ["readers": .list(people.map { campus.person($0) }), "inOrder": .flag(inOrder)]
    }

    private func circulation(_ campus: Campus, _ id: Int64, _ field: String) async throws -> Circulation {
        let row = try await campus.view(id).row
        let deliveries = try await campus.rows("item-delivery", by: campus.officeHead).filter { $0.values[field] == .whole(id) }
        return Circulation(
            of: (row.values["readers"]?.list ?? []).compactMap(\.whole).map { PersonID($0) }, inOrder: row.values["inOrder"] == .flag(true),
            deliveries)
    }

    @Test(.article(school[4]), arguments: TestEngine.all)
    func theOrderIsDrawnBeforeItIsReleasedAndFollowed(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let item = try await desk.take(
                InformationItem.write, input: campus.draft(to: campus.people(campus.eastHead, campus.eastTeacher, campus.clerk)), by: campus.teacher
            ).id
            // Nobody is added or left out on the way.
            let short = try await campus.refusal {
                try await desk.take(InformationItem.arrange, on: item, input: order(campus, campus.clerk, campus.eastHead), by: campus.teacher)
            }
            #expect(short?.article == school[4] && short?.words.zh.contains("只排定先后") == true)
            await #expect(throws: DeskError.self) {
                try await desk.take(
                    InformationItem.arrange, on: item, input: order(campus, campus.clerk, campus.eastHead, campus.eastTeacher), by: campus.keeper)
            }
            try await desk.take(
                InformationItem.arrange, on: item, input: order(campus, campus.clerk, campus.eastHead, campus.eastTeacher), by: campus.dean)
            let drawn = try await circulation(campus, item, "item")
            #expect(drawn.isInOrder && drawn.stops.map(\.reader) == [campus.clerk.person, campus.eastHead.person, campus.eastTeacher.person])
            #expect(drawn.stops.allSatisfy { $0.stage == .waiting })
            try await desk.take(InformationItem.release, on: item, by: campus.dean)
            #expect(try await circulation(campus, item, "item").present == [campus.clerk.person])
            try await campus.acknowledge(try await campus.delivery(of: item, to: campus.clerk), by: campus.clerk)
            let now = try await circulation(campus, item, "item")
            #expect(now.present == [campus.eastHead.person] && now.stops.map(\.stage) == [.acknowledged, .delivered, .waiting])
            // Once it is out nobody draws it anew.
            await #expect(throws: DeskError.self) {
                try await desk.take(
                    InformationItem.arrange, on: item, input: order(campus, campus.eastTeacher, campus.clerk, campus.eastHead), by: campus.dean)
            }
        }
    }

    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func whatCameInGoesRoundAtOnceOrInOrder(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func proposed(inOrder: Bool) async throws -> Int64 {
                let id = try await desk.take(
                    IncomingDocument.receive,
                    input: [
                        "sender": .text("市教育局"), "subject": .text("关于安全检查的通知"), "kind": .text("notice"), "direction": .text("down"),
                        "secrecy": .text("internal"), "copies": .whole(1),
                    ], by: campus.clerk
                ).id
                for step in [IncomingDocument.register, IncomingDocument.vet] { try await desk.take(step, on: id, by: campus.clerk) }
                try await desk.take(
                    IncomingDocument.propose, on: id,
                    input: order(campus, campus.eastHead, campus.dean, campus.director, inOrder: inOrder)
                        .merging(["proposal": .text("拟传阅")]) { $1 }, by: campus.clerk)
                return id
            }
            func decide(_ id: Int64) async throws {
                try await desk.take(
                    IncomingDocument.decide, on: id, input: ["decision": .text("同意"), "lead": .whole(campus.teaching.raw)], by: campus.manager)
            }
            let together = try await proposed(inOrder: false)
            try await decide(together)
            #expect(Set(try await circulation(campus, together, "incoming").present).count == 3)
            let one = try await proposed(inOrder: true)
            try await desk.take(
                IncomingDocument.arrange, on: one, input: order(campus, campus.director, campus.eastHead, campus.dean), by: campus.clerk)
            try await decide(one)
            for reader in [campus.director, campus.eastHead, campus.dean] {
                #expect(try await circulation(campus, one, "incoming").present == [reader.person])
                let delivery = try #require(
                    try await desk.all(Delivery.self).first { $0.value.incoming == ID(one) && $0.value.reader == reader.person })
                try await campus.acknowledge(delivery.id.raw, by: reader)
            }
            #expect(try await circulation(campus, one, "incoming").present.isEmpty)
        }
    }
}
