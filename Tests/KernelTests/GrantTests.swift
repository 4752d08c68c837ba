import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// A document that grants its own reading by the step that creates it.
struct Handover: Document {
    enum State: String, CaseIterable, Sendable { case sent }
    static let name = "handover"
    var reason = ""

    static let form = Form<Handover>("转诊", "Handover", states: [.sent: .done("已转", "Sent")], [.prose(\.reason, "原因", "Reason")])
    static let send = Step<Handover>("send", "转诊", "Send", to: .sent, by: .post(nurse), under: clinic[1], fields: [\.reason]) { _, act in
        for person in act.organisation.holders(of: doctor.id, within: act.record.scope, on: act.today) {
            try act.grant(person, as: doctor, until: act.now.adding(days: 1), "接诊", "To receive the patient")
        }
    }
    static let steps = [send]
}

@Suite struct GrantTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Patient.self, Handover.self])

    @Test(arguments: TestEngine.all) func aStepThatCreatesMayGrant(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let sender = Principal(try await office.hire("nurse", nurse)), receiver = try await office.hire("doctor", doctor)
            let stranger = try await office.hire("stranger")
            let id = try await office.desk.take(Handover.send, input: ["reason": .text("复查")], by: sender).id
            // And with many at once, as an import does it.
            let many = try await office.desk.takeMany(Handover.send, [Handover(reason: "一"), Handover(reason: "二")], by: sender)
            for id in [id] + (try many.map { try $0.get().id }) {
                #expect(try await office.desk.document(id, by: receiver).row.id == id)
                await #expect(throws: DeskError.absent) { try await office.desk.document(id, by: stranger) }
            }
            office.move(hours: 25)
            await #expect(throws: DeskError.absent) { try await office.desk.document(id, by: receiver) }
        }
    }
}
