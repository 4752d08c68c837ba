import Kernel
import WorkCalendar

/// 问卷答卷: one submission, of nobody. What is to become an item lies in the tray of the quality department at once.
package struct QuestionnaireAnswer: Document {
    package enum State: String, CaseIterable, Sendable { case submitted }
    package var questionnaire = ID<Questionnaire>.none
    package var key = ""
    package var answers: [Answer] = []
    package var item = ID<QualityItem>.none
    package init() {}

    package static let name = "questionnaire-answer"

    package static let form = Form<QuestionnaireAnswer>(
        "问卷答卷", "Answer to a questionnaire", states: [.submitted: .done("已收到", "Received")], readers: [.hub, .leaders],
        [
            .reference(\.questionnaire, "问卷", "Questionnaire").listed(), .lines(\.answers, "答复", "Answers").optional(),
            .reference(\.item, "质量信息", "Item").optional().listed(), .text(\.key, "提交标识", "Key of the submission").indexed(),
        ])

    /// The same submission, sent twice, is one.
    package static let submit = Step<QuestionnaireAnswer>("submit", "提交", "Submit", to: .submitted, by: .system, under: drugQuality[5]) {
        answer, act in
        guard let questionnaire = try act.load(answer.questionnaire) else { throw DeskError.absent }
        try act.require(questionnaire.state == .open, "问卷已截止，谢谢您的关注", "The questionnaire is closed. Thank you all the same")
        try act.require(
            try act.find(\QuestionnaireAnswer.key, is: answer.key, limit: 1).isEmpty, "您的答卷已经收到，不必重复提交",
            "Your answer has been received; it is not needed twice")
        try act.refuse(answer.faults(questionnaire.value))
        answer.item = try answer.enter(of: questionnaire.value, act)
        try act.take(Questionnaire.count, on: answer.questionnaire)
    }
    package static let steps = [submit]

    private func faults(_ questionnaire: Questionnaire) -> [Refusal.Fault] {
        questionnaire.questions.enumerated().compactMap { index, question in
            let answer = index < answers.count ? answers[index].answer : ""
            let field = "answer.\(index)"
            if answer.isEmpty {
                return question.isRequired ? .init(field: field, Words("请回答：\(question.text)", "Answer: \(question.text)")) : nil
            }
            let isOffered =
                switch question.kind {
                case .text: answer.count <= 1000
                case .choice: question.choices.contains(answer)
                case .score: ["1", "2", "3", "4", "5"].contains(answer)
                }
            return isOffered ? nil : .init(field: field, Words("请从所列选项中选择：\(question.text)", "Choose one of the answers: \(question.text)"))
        }
    }

    private func enter(of questionnaire: Questionnaire, _ act: Act) throws -> ID<QualityItem> {
        let said = zip(questionnaire.questions, answers).filter { $0.becomesItem && !$1.answer.isEmpty }
        if said.isEmpty { return .none }
        var item = QualityItem()
        (item.kind, item.stage, item.way) = (.consumer, questionnaire.stage, .questionnaire)
        (item.subject, item.concern) = ("问卷“\(questionnaire.heading)”的答复", .remark)
        item.facts = said.map { "\($0.text)\n\($1.answer)" }.joined(separator: "\n\n")
        (item.knownAt, item.minutes) = (act.now, 1)
        return try act.create(item, by: QualityItem.enter)
    }

    package struct Answer: Line {
        package var question = "", answer = ""
        package init() {}

        package static let fields: [Field<Answer>] = [.text(\.question, "问题", "Question"), .text(\.answer, "答复", "Answer").optional()]
    }
}
