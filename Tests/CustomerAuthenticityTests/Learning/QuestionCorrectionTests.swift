import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// A question is put right after it was asked: who changes is seen before, and old sheets keep what they were asked (第九条, 第十条).
@Suite struct QuestionCorrectionTests {
    /// - Parameter right: the option that is right by the correction.
    private static func request(
        _ learning: LearningOffice, _ question: ID<TestQuestion>, _ effect: CorrectionEffect, right: Int = 0
    ) async throws -> Int64 {
        let old = try await learning.desk.load([question])[0].value
        let options = old.options.indices.map { index -> JSONValue in
            .record([.init("text", .text(old.options[index].text + "（改）")), .init("isRight", .flag(index == right))])
        }
        var input: [String: JSONValue] = [
            "question": .whole(question.raw), "effect": .text(effect.rawValue), "grounds": .text("答案有误"),
        ]
        if effect != .void {
            input.merge(["stem": .text(old.stem + "（改）"), "options": .list(options), "explanation": .text("见讲义第二版")]) { $1 }
        }
        return try await learning.desk.take(QuestionCorrection.request, input: input, by: learning.insurer.trainer).id
    }

    private static func correction(_ id: Int64, _ learning: LearningOffice) async throws -> QuestionCorrection {
        try await learning.desk.load([ID<QuestionCorrection>(id)])[0].value
    }

    @Test(.article(authenticity[9]), arguments: TestEngine.all)
    func aNewWordingChangesNoResultAndNoOldSheet(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.sit(right: 3), before = try await learning.sheet(sheet)
            let id = try await Self.request(learning, before.questions[0], .wording)
            #expect(try await Self.correction(id, learning).changes.isEmpty)
            #expect(try await Self.correction(id, learning).sat == 1)
            await #expect(throws: DeskError.self) {
                try await learning.desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.trainer)
            }
            try await learning.desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
            let after = try await learning.sheet(sheet)
            #expect(after == before, "nothing changes by itself")
            let old = try await learning.desk.load([before.questions[0]])[0]
            #expect(old.state == .retired && !old.value.stem.contains("（改）"), "what was asked is what is shown")
            let new = try await learning.desk.load([old.value.replacedBy])[0]
            #expect(new.state == .inUse && new.value.edition == 2 && new.value.first == old.id && new.value.stem.contains("（改）"))
            let pool = try await learning.desk.load([ID<TestPaper>(learning.paper)])[0].value.pool
            #expect(
                pool.count == 10 && pool.contains { $0.question == new.id && $0.first == old.id }
                    && !pool.contains { $0.question == old.id })
        }
    }

    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func aLatePassCountsFromTheDayOfTheDecision(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.sit(right: 3), tested = learning.office.now.day
            let failed = try await learning.sheet(sheet)
            learning.office.move(hours: 24 * 4)
            let id = try await Self.request(learning, failed.questions[4], .void)
            let change = try #require(try await Self.correction(id, learning).changes.first)
            #expect(change.before == 60 && change.after == 80 && change.resultBefore == .failed && change.resultAfter == .passed)
            #expect(change.effect == .gained && change.sheet == ID(sheet) && change.agent == ID(learning.agent))
            #expect(try await learning.sheet(sheet) == failed, "a dry run does nothing")
            #expect(try await learning.agent().state == .registered)
            learning.office.move(hours: 24)
            try await learning.desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
            let today = learning.office.now.day
            let agent = try await learning.agent(), after = try await learning.sheet(sheet)
            #expect(after.result == .passed && after.points == 80 && after.markings.map(\.points) == [60, 80])
            #expect(after.markings[1].correction == ID(id))
            #expect(agent.state == .qualified && agent.value.qualifications[0].from == today)
            #expect(agent.value.qualifiedUntil == tested.adding(months: 12), "its time is that of the test")
            #expect(
                !agent.value.maySell(on: today.adding(days: -1), state: agent.state) && agent.value.maySell(on: today, state: agent.state))
            // Struck from the bank, and nothing in its place.
            #expect(try await learning.desk.load([failed.questions[4]])[0].state == .retired)
        }
    }

    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func aLateFailureRevokesFromThenOnAndListsWhatWasSold(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.sit(right: 4), tested = learning.office.now.day
            let passed = try await learning.sheet(sheet)
            #expect(try await learning.submit("T1", sequence: 1).state == "accepted")
            learning.office.move(hours: 24 * 4)
            let id = try await Self.request(learning, passed.questions[0], .key, right: 1)
            let rehearsed = try await Self.correction(id, learning)
            #expect(rehearsed.changes.map(\.effect) == [.lost] && rehearsed.changes[0].after == 60)
            #expect(rehearsed.sales.count == 1)
            try await learning.desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
            let agent = try await learning.agent(), today = learning.office.now.day
            #expect(agent.state == .registered && agent.value.qualifications[0].endedOn == today)
            #expect(agent.value.maySell(on: today.adding(days: -1), state: agent.state), "never back")
            #expect(agent.value.attended[0].usedFor.isNone, "the hours may serve a retake")
            #expect(try await learning.submit("T2", sequence: 2) { $0.applicationDate = tested }.state == "accepted")
            #expect(try await learning.submit("T3", sequence: 3).refusal?.article == authenticity[10])
            try await learning.sit(right: 5)
            #expect(try await learning.agent().state == .qualified)
        }
    }

    @Test(.article(authenticity[10])) func whatChangedSinceTheRehearsalIsRehearsedAgain() async throws {
        try await LearningOffice.with { learning in
            let (other, second) = try await LearningOffice.hire("seller2", "A6", learning.insurer)
            try await LearningOffice.attend([second], course: learning.course, learning.insurer)
            let sheet = try await learning.sit(right: 0), question = try await learning.sheet(sheet).questions[0]
            let id = try await Self.request(learning, question, .void)
            #expect(try await Self.correction(id, learning).changes.count == 1)
            // The other one meets the same question while it waits.
            var meets = false
            for _ in 0..<2 where !meets {
                let sheet = try await learning.sit(right: 0, by: other)
                meets = try await learning.sheet(sheet).questions.contains(question)
            }
            let desk = learning.desk
            if meets {
                let refusal = await #expect(throws: Refusal.self) {
                    try await desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
                }
                #expect(refusal?.words.zh.contains("请重新试算") == true)
                try await desk.take(QuestionCorrection.rehearseAgain, on: id, by: learning.insurer.compliance)
            }
            try await desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
            #expect(try await Self.correction(id, learning).changes.count == (meets ? 2 : 1))
        }
    }

    @Test(.article(authenticity[10])) func aSheetThatIsBeingSatIsMarkedByTheCorrection() async throws {
        try await LearningOffice.with { learning in
            let sheet = try await learning.begin()
            try await learning.answer(sheet, right: 3)
            let question = try await learning.sheet(sheet).questions[4]
            let id = try await Self.request(learning, question, .void)
            #expect(try await Self.correction(id, learning).sat == 0, "not handed in")
            try await learning.desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
            try await learning.desk.take(AnswerSheet.handIn, on: sheet, by: learning.seller)
            #expect(try await learning.sheet(sheet).points == 80)
        }
    }

    @Test(.article(authenticity[9])) func aCorrectionSaysWhatItDoes() async throws {
        try await LearningOffice.with { learning in
            let question = ID<TestQuestion>(try await learning.desk.all(TestQuestion.self)[0].id.raw)
            let same = await #expect(throws: Refusal.self) { _ = try await Self.request(learning, question, .key, right: 0) }
            #expect(same?.words.zh == "更正答案的，正确选项须与原题不同")
            let other = await #expect(throws: Refusal.self) { _ = try await Self.request(learning, question, .wording, right: 1) }
            #expect(other?.words.zh == "仅改文字的，正确选项须与原题相同")
            let id = try await Self.request(learning, question, .void)
            try await learning.desk.take(QuestionCorrection.approve, on: id, by: learning.insurer.compliance)
            let twice = await #expect(throws: Refusal.self) { _ = try await Self.request(learning, question, .void) }
            #expect(twice?.words.zh.contains("已更正过") == true)
        }
    }
}
