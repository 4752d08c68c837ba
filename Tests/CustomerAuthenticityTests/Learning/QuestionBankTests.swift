import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The bank of questions, and papers that it can fill (第九条).
@Suite struct QuestionBankTests {
    private static func faults(_ question: TestQuestion, _ insurer: InsurerOffice) async -> [String] {
        do {
            try await insurer.desk.take(TestQuestion.draft, by: insurer.trainer) { $0 = question }
            return []
        } catch DeskError.invalid(let faults) { return faults.map(\.words.zh) } catch { return ["\(error)"] }
    }

    @Test(.demand(authenticity[9], 1)) func aQuestionHasAnAnswer() async throws {
        try await InsurerOffice.with { insurer in
            func question(_ kind: QuestionKind, _ options: [AnswerOption]) -> TestQuestion {
                var question = LearningOffice.question(.check, .hard, 1)
                (question.kind, question.options) = (kind, options)
                return question
            }
            let (right, wrong) = (AnswerOption("甲", isRight: true), AnswerOption("乙"))
            #expect(await Self.faults(question(.single, [right, wrong]), insurer) == [])
            #expect(await Self.faults(question(.single, [right]), insurer) == ["至少填写两个选项"])
            #expect(await Self.faults(question(.single, [wrong, AnswerOption("丙")]), insurer) == ["单选题有且只有一个正确选项"])
            #expect(await Self.faults(question(.multiple, [right, wrong]), insurer) == ["多选题至少有两个正确选项"])
            #expect(await Self.faults(question(.judgement, [right, wrong, AnswerOption("丙")]), insurer) == ["判断题有两个选项，其中一个正确"])
            #expect(await Self.faults(question(.single, [right, AnswerOption("甲")]), insurer) == ["有两个选项内容相同"])
            let above = await Self.faults(question(.single, [right, AnswerOption("以上都对")]), insurer)
            #expect(above.count == 1 && above[0].contains("固定在最后"))
            #expect(await Self.faults(question(.single, [right, AnswerOption("以上都对", staysLast: true)]), insurer) == [])
        }
    }

    @Test(.article(authenticity[9])) func nobodyApprovesTheOwnQuestionAndNobodyWhoIsTestedReadsIt() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            let question = LearningOffice.question(.applicant, .easy, 9)
            let id = try await desk.take(TestQuestion.draft, by: insurer.trainer) { $0 = question }.id
            await #expect(throws: DeskError.self) { try await desk.take(TestQuestion.approve, on: id, by: insurer.trainer) }
            try await desk.take(TestQuestion.approve, on: id, by: insurer.service)
            for reader in [learning.seller, insurer.backOffice, insurer.leader] {
                await #expect(throws: DeskError.absent) { _ = try await desk.document(id, by: reader.person) }
            }
            let sheet = try await learning.begin()
            // What one sits names questions without telling what they say.
            let view = try await desk.document(sheet, by: learning.seller.person)
            #expect(
                view.row.values["questions"]?.list.compactMap { $0.whole.flatMap { view.names[$0] } } == Array(repeating: .hidden, count: 5)
            )
        }
    }

    @Test(.article(authenticity[9]), arguments: TestEngine.all)
    func aPaperFollowsTheBank(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            func pool() async throws -> Int { try await desk.load([ID<TestPaper>(learning.paper)])[0].value.pool.count }
            #expect(try await pool() == 10)
            let new = try await LearningOffice.ask(LearningOffice.question(.contact, .medium, 7), insurer)
            #expect(try await pool() == 11)
            try await LearningOffice.ask(LearningOffice.question(.contact, .hard, 8), insurer)
            #expect(try await pool() == 11, "of another difficulty")
            try await desk.take(TestQuestion.retire, on: new, input: ["reason": .text("过时")], by: insurer.trainer)
            #expect(try await pool() == 10)
            for question in try await desk.all(TestQuestion.self).filter({ $0.value.topic == .applicant }).prefix(3) {
                try await desk.take(TestQuestion.retire, on: question.id.raw, input: ["reason": .text("过时")], by: insurer.trainer)
            }
            let refusal = await #expect(throws: Refusal.self) { _ = try await learning.begin() }
            #expect(refusal?.words.zh == "题库不足，暂不能开始，请联系培训部")
            #expect(try await desk.todo(of: insurer.trainer.person).notices.contains { $0.words.zh.contains("题库不足") })
            let short = try await desk.take(TestPaper.draft, by: insurer.trainer) { document in
                var paper = TestPaper()
                (paper.paperTitle, paper.minutes, paper.validMonths) = ("大卷", 60, 12)
                paper.strata = [Stratum(.contact, .medium, 7, points: 10)]
                document = paper
            }.id
            let empty = await #expect(throws: Refusal.self) { try await desk.take(TestPaper.approve, on: short, by: insurer.service) }
            #expect(empty?.words.zh == "题库不足：联系方式（中）须 7 题，现有 6 题，请先补充试题")
        }
    }
}
