import Kernel
import WorkCalendar

/// 问卷: made in the browser, answered on a public page without an account (（5）外部A). Its questions and whether it is anonymous stand fast
/// once it is open.
package struct Questionnaire: Document {
    package enum State: String, CaseIterable, Sendable { case draft, open, closed }
    package var heading = "", introduction = "", word = ""
    package var closesOn: Day?
    package var stage = Stage.unknown
    package var questions: [Question] = []
    package var answers = 0
    package init() {}

    package static let name = "questionnaire"
    package var title: String { heading }

    package static let form = Form<Questionnaire>(
        "问卷", "Questionnaire", number: "问卷",
        states: [.draft: .open("编制中", "Draft"), .open: .open("收集中", "Open"), .closed: .done("已截止", "Closed")],
        readers: [.hub, .leaders],
        [
            .text(\.heading, "标题", "Title").listed(), .prose(\.introduction, "说明", "Introduction"), .choice(\.stage, "环节", "Stage"),
            .day(\.closesOn, "截止日期", "Closes on").listed(), .lines(\.questions, "问题", "Questions"),
            .text(\.word, "公开地址的编码", "Code of the public address").optional().indexed().hint(
                "完整网址见“公开地址与二维码”，不需登录", "the whole address stands under “Public address and QR code”; no account is needed"),
            .whole(\.answers, "已收份数", "Answers", in: 0...1_000_000).listed(),
        ])

    package static let closing = Deadline("closing", "问卷截止", "The questionnaire closes", under: drugQuality[5], takes: close)
    package static let deadlines = [closing]

    package static let make = Step<Questionnaire>(
        "make", "编制问卷", "Make", to: .draft, by: .hub, under: drugQuality[5],
        fields: [\.heading, \.introduction, \.stage, \.closesOn, \.questions]
    ) { questionnaire, act in try questionnaire.requireWhole(act) }.checking { questionnaire, check in questionnaire.check(check) }
    package static let edit = Step<Questionnaire>(
        "edit", "修改", "Edit", from: .draft, to: nil, by: .hub, under: drugQuality[5],
        fields: [\.heading, \.introduction, \.stage, \.closesOn, \.questions], isOptional: true
    ) { questionnaire, act in try questionnaire.requireWhole(act) }.checking { questionnaire, check in questionnaire.check(check) }
    package static let publish = Step<Questionnaire>(
        "publish", "开始收集", "Open it", from: .draft, to: .open, by: .hub, under: drugQuality[5], isIrrevocable: true, signs: true
    ) { questionnaire, act in
        try questionnaire.requireWhole(act)
        questionnaire.word = AnswerCode.make()
        if let day = questionnaire.closesOn { act.start(closing, due: .endOfDay(day)) }
    }
    package static let count = Step<Questionnaire>(
        "count", "收到一份", "An answer came in", from: .open, to: nil, by: .system, under: drugQuality[5], isOptional: true
    ) { questionnaire, _ in questionnaire.answers += 1 }
    package static let close = Step<Questionnaire>(
        "close", "截止", "Close", from: .open, to: .closed, by: .hub, under: drugQuality[5], isOptional: true)
    package static let steps = [make, edit, publish, count, close]

    private static let empty = Words("请至少编制一个问题", "Make one question at least")
    private static let past = Words("截止日期不能早于今天", "It cannot close before today")
    private func isAhead(on day: Day) -> Bool { closesOn.map { $0 >= day } ?? false }

    private func check(_ check: Checking<Questionnaire>) {
        check.require(!questions.isEmpty, Self.empty.zh, Self.empty.en, at: \.questions)
        check.require(isAhead(on: check.act.today), Self.past.zh, Self.past.en, at: \.closesOn)
    }

    /// Asked again when it is opened, which may be later.
    private func requireWhole(_ act: Act) throws {
        try act.require(!questions.isEmpty, Self.empty.zh, Self.empty.en)
        try act.require(isAhead(on: act.today), Self.past.zh, Self.past.en)
        for (index, question) in questions.enumerated() where question.kind == .choice && question.choices.count < 2 {
            try act.refuse([
                .init(field: "questions.\(index).options", Words("选择题请写出至少两个选项，用分号隔开", "Give two choices at least, with ; between them"))
            ])
        }
    }

    package struct Question: Line {
        package enum Kind: String, Choosable {
            case text, choice, score

            package var words: Words {
                switch self {
                case .text: Words("文字", "Text")
                case .choice: Words("单选", "One of several")
                case .score: Words("评分（1–5）", "A score from 1 to 5")
                }
            }
        }

        package var text = "", options = ""
        package var kind = Kind.text
        package var isRequired = false, becomesItem = false
        package init() {}

        package static let fields: [Field<Question>] = [
            .text(\.text, "问题", "Question"), .choice(\.kind, "答法", "Answered by"),
            .text(\.options, "选项（用分号隔开）", "Choices, with ; between them").optional(), .flag(\.isRequired, "必答", "Must be answered"),
            .flag(\.becomesItem, "答复转为质量信息", "Its answer becomes an item"),
        ]

        package var choices: [String] {
            options.split { ";；".contains($0) }.map { $0.trimmed }.filter { !$0.isEmpty }
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

/// A word that nobody guesses: the address of a questionnaire, the key of one submission, the code by which an answer is fetched.
package enum AnswerCode {
    /// Without letters that are taken for each other.
    private static let letters = Array("23456789abcdefghjkmnpqrstuvwxyz")

    /// Twenty letters: 99 bits.
    package static func make() -> String { String((0..<20).map { _ in letters.randomElement() ?? "x" }) }

    package static func normalForm(_ typed: String) -> String { PlainCode.normalForm(typed).lowercased().filter { $0 != "-" } }
}
