import EngineFixture
import Kernel
import TestOffice
import Testing

/// A step with `when:` is a part of some documents' way only: on others it is neither offered, nor waited for, nor taken.
@Suite struct WayTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Purchase.self])

    @Test(arguments: TestEngine.all) func theWayFollowsWhatTheDocumentSays(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), second = Principal(try await office.hire("second", nurse))
            let chief = Principal(try await office.hire("chief", doctor)), desk = office.desk
            let small = try await desk.take(Purchase.ask, input: ["price": .whole(99)], by: clerk).id
            let large = try await desk.take(Purchase.ask, input: ["price": .whole(100)], by: clerk).id

            #expect(try await desk.todo(of: second.person).items.map(\.row.id) == [small])
            #expect(try await desk.todo(of: chief.person).items.map(\.row.id) == [large])
            #expect(try await desk.document(small, by: second.person).availableSteps.map(\.step.name) == ["settle"])
            #expect(try await desk.document(large, by: second.person).availableSteps.isEmpty)
            #expect(try await desk.document(large, by: chief.person).bypassed == ["settle"])

            let notOnItsWay = DeskError.conflict(
                Words("按这份单据的内容，不需要办理“批准”", "As the document stands, “Approve” is not on its way"))
            await #expect(throws: notOnItsWay) { try await desk.take(Purchase.approve, on: small, by: chief) }
            #expect(try await desk.take(Purchase.settle, on: small, by: second).state == "settled")
            #expect(try await desk.take(Purchase.approve, on: large, by: chief).state == "settled")
        }
    }

    /// What changes on the way changes the way.
    @Test(arguments: TestEngine.all) func aDocumentThatIsSentBackWaitsForWhomItNowConcerns(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), second = Principal(try await office.hire("second", nurse))
            let chief = Principal(try await office.hire("chief", doctor)), desk = office.desk
            let id = try await desk.take(Purchase.ask, input: ["price": .whole(500)], by: clerk).id
            try await desk.take(Purchase.cut, on: id, input: ["price": .whole(50)], by: clerk)
            #expect(try await desk.todo(of: chief.person).items.isEmpty)
            #expect(try await desk.todo(of: second.person).items.map(\.row.id) == [id])

            let other = try await desk.take(Purchase.ask, input: ["price": .whole(500)], by: clerk).id
            try await desk.take(Purchase.trim, on: other, input: ["price": .whole(50)], by: clerk)
            #expect(try await desk.todo(of: chief.person).items.isEmpty, "the state is the same, the way is another")
            #expect(try await desk.todo(of: second.person).items.map(\.row.id).contains(other))
        }
    }
}

private struct Purchase: Document {
    enum State: String, CaseIterable, Sendable { case asked, cheaper, settled }
    static let name = "purchase"
    var price = 0
    init() {}

    static let form = Form<Purchase>(
        "采购", "Purchase",
        states: [.asked: .open("待批", "Asked"), .cheaper: .open("已减价", "Cheaper"), .settled: .done("已定", "Settled")],
        readers: [.post(nurse), .post(doctor)], [.whole(\.price, "金额", "Price", in: 0...10_000)])
    static let ask = Step<Purchase>("ask", "申请", "Ask", to: .asked, by: .post(nurse), under: clinic[1])
    static let settle = Step<Purchase>(
        "settle", "自行采购", "Settle", from: .asked, .cheaper, to: .settled, by: .post(nurse), notBy: ask, when: { $0.value.price < 100 },
        under: clinic[1])
    static let approve = Step<Purchase>(
        "approve", "批准", "Approve", from: .asked, .cheaper, to: .settled, by: .post(doctor), notBy: ask, when: { $0.value.price >= 100 },
        under: clinic[2])
    static let cut = Step<Purchase>(
        "cut", "减价", "Cut the price", from: .asked, to: .cheaper, by: .requester, under: clinic[1], fields: [\.price], isOptional: true)
    static let trim = Step<Purchase>(
        "trim", "改价", "Correct the price", from: .asked, to: nil, by: .requester, under: clinic[1], fields: [\.price], isOptional: true)
    static let steps = [ask, settle, approve, cut, trim]
}
