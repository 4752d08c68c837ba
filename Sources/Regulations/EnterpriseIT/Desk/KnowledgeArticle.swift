import Kernel

/// 知识条目: how a question is answered, for everybody to read before asking (第二章18, 21).
package struct KnowledgeArticle: Document {
    package enum State: String, CaseIterable, Sendable { case draft, published, retired }
    package var subject = "", symptom = "", answer = "", system = "", reason = ""
    package init() {}

    package static let name = "knowledge-article"
    package var title: String { subject }
    private static let article = enterpriseIT["第二章18"]

    package static let form = Form<KnowledgeArticle>(
        "知识条目", "Knowledge article", number: "知识",
        states: [.draft: .open("待发布", "Draft"), .published: .done("已发布", "Published"), .retired: .no("已停用", "Retired")],
        readers: [.staff],
        [
            .text(\.subject, "标题", "Subject").code().listed(), .text(\.system, "适用系统", "For which system").indexed().optional().listed(),
            .prose(\.symptom, "问题现象", "What is seen"), .prose(\.answer, "处理办法", "What to do"), .text(\.reason, "停用理由", "Why it is retired"),
        ])

    package static let write = Step<KnowledgeArticle>(
        "write", "撰写", "Write", to: .draft, by: .centre, under: article, fields: [\.subject, \.system, \.symptom, \.answer])
    package static let publish = Step<KnowledgeArticle>(
        "publish", "发布", "Publish", from: .draft, to: .published, by: .centre, notBy: write, under: article)
    package static let revise = Step<KnowledgeArticle>(
        "revise", "修订", "Revise", from: .published, to: .draft, by: .centre, under: article, fields: [\.symptom, \.answer], isOptional: true
    )
    package static let retire = Step<KnowledgeArticle>(
        "retire", "停用", "Retire", from: .published, to: .retired, by: .centre, under: article, fields: [\.reason], isOptional: true)
    package static let steps = [write, publish, revise, retire]
}
