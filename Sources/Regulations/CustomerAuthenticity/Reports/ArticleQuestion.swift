import Kernel
import WorkCalendar

/// 条文解释: a question about an article, put to the general office; its answer is published beside the article (第二十八条).
package struct ArticleQuestion: PublishedAnswer {
    package enum State: String, CaseIterable, Sendable { case asked, published, returned, retired }
    package static let published = State.published

    package var article = ""
    package var question = ""
    package var answer = ""
    package var reason = ""
    package init() {}

    package static let name = "article-question"

    package static let form = Form<ArticleQuestion>(
        "条文解释", "Interpretation of an article", number: "解释",
        states: [
            .asked: .open("待解释", "To be answered"), .published: .done("已公布", "Published"), .returned: .no("未作解释", "Not answered"),
            .retired: .no("已撤回", "Taken back"),
        ],
        readers: [.staff],
        [
            .article(\.article, "条文", "Article").listed(),
            .prose(\.question, "问题", "Question").longest(1000).searched().hint(
                "请勿写入客户个人信息：公布后全体人员可见", "no customer's personal data: once published, everybody reads it"),
            .prose(\.answer, "解释", "Answer").longest(4000).searched(), .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    static let limit = Deadline(
        "limit", "答复期限", "To be answered", under: authenticity[28], escalatesTo: .post(.generalManager), ofWorkingDays: true)
    package static let deadlines = [limit]

    package static let ask = Step<ArticleQuestion>(
        "ask", "提出问题", "Ask", to: .asked, by: .staff, under: authenticity[28], fields: [\.article, \.question]
    ) { _, act in act.start(limit, workingDays: try act.parameter(.questionWorkingDays), belated: true) }.checking { question, check in
        check.require(
            Article(key: question.article)?.regulation == authenticity.id, "请选择本细则的条文", "Choose an article of this regulation",
            at: \.article)
        check.require(
            !OutgoingGuard.looksPersonal(question.question), "问题中似有个人信息，公布后全体人员可见，请改写",
            "The question seems to hold personal data, and everybody will read it; write it without", at: \.question)
    }
    package static let publish = Step<ArticleQuestion>(
        "publish", "解释并公布", "Answer and publish", from: .asked, to: .published, by: .post(.generalOffice), notBy: ask,
        under: authenticity[28], fields: [\.answer], signs: true
    ) { question, act in
        try act.require(
            !OutgoingGuard.looksPersonal(question.answer), "解释中似有个人信息，请改写", "The answer seems to hold personal data; write it without")
        act.meet(limit)
    }
    package static let giveBack = Step<ArticleQuestion>(
        "giveBack", "不作解释", "Do not answer", from: .asked, to: .returned, by: .post(.generalOffice), under: authenticity[28],
        fields: [\.reason], isOptional: true
    ) { _, act in act.meet(limit) }
    package static let retire = Step<ArticleQuestion>(
        "retire", "撤回解释", "Take back", from: .published, to: .retired, by: .post(.generalOffice), under: authenticity[28],
        fields: [\.reason], isOptional: true)
    package static let steps = [ask, publish, giveBack, retire]
}
