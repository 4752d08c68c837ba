import Kernel
import WorkCalendar

/// 对外发布: what the school says in public, approved by the director, published as it was approved, and withdrawn (第十九条).
package struct Publication: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, published, withdrawn, refused }
    package var heading = "", text = "", channel = "", digest = "", answer = "", reason = ""
    package var files: [FileReference] = []
    package var publishedAt: Moment?, withdrawnAt: Moment?
    package init() {}

    package static let name = "publication"
    package var title: String { heading }

    package static let form = Form<Publication>(
        "对外发布", "Publication", number: "发布",
        states: [
            .requested: .open("待审批", "Requested"), .approved: .open("待发布", "Approved"), .published: .done("已发布", "Published"),
            .withdrawn: .no("已撤下", "Withdrawn"), .refused: .no("不予发布", "Refused"),
        ],
        readers: [.office, .management, .specialists],
        [
            .text(\.heading, "标题", "Heading").listed(), .text(\.channel, "发布渠道", "Where").listed(), .prose(\.text, "正文", "Text"),
            .files(\.files, "附件", "Attachments").optional(), .text(\.digest, "批准文本校验值", "Digest as approved").code().onceFilled(),
            .moment(\.publishedAt, "发布时间", "Published").onceFilled().listed(),
            .moment(\.withdrawnAt, "撤下时间", "Withdrawn").onceFilled(), .text(\.answer, "审批意见", "Answer").optional().onceFilled(),
            .text(\.reason, "撤下理由", "Why withdrawn").onceFilled(),
        ])

    package static let request = Step<Publication>(
        "request", "申请发布", "Request", to: .requested, by: .any([.specialists, .post(.head)]), under: school[19],
        fields: [\.heading, \.channel, \.text, \.files])
    package static let amend = Step<Publication>(
        "amend", "修改", "Amend", from: .requested, .approved, to: .requested, by: .requester, under: school[19],
        fields: [\.heading, \.channel, \.text, \.files], isOptional: true
    ) { publication, _ in publication.digest = "" }
    package static let approve = Step<Publication>(
        "approve", "批准发布", "Approve", from: .requested, to: .approved, by: .management, notBy: request, amend, under: school[19],
        fields: [\.answer], signs: true
    ) { publication, _ in publication.digest = publication.presentDigest }
    package static let refuse = Step<Publication>(
        "refuse", "不予发布", "Refuse", from: .requested, to: .refused, by: .management, notBy: request, under: school[19],
        fields: [\.answer], isOptional: true
    ) { publication, act in try act.require(!publication.answer.isEmpty, "请写明不予发布的理由", "Say why not") }
    package static let publish = Step<Publication>(
        "publish", "发布", "Publish", from: .approved, to: .published, by: .post(.marketSpecialist), under: school[19], fields: [],
        isIrrevocable: true
    ) { publication, act in
        try act.require(publication.digest == publication.presentDigest, "发布稿与批准稿不一致，请重新报批", "The text is not the one that was approved")
        publication.publishedAt = act.now
    }
    package static let withdraw = Step<Publication>(
        "take-down", "撤下", "Take down", from: .published, to: .withdrawn, by: .any([.management, .post(.marketSpecialist)]),
        under: school[19], fields: [\.reason], isOptional: true
    ) { publication, act in
        try act.require(!publication.reason.isEmpty, "请写明撤下理由", "Say why it is taken down")
        publication.withdrawnAt = act.now
    }
    package static let steps = [request, amend, approve, refuse, publish, withdraw]

    private var presentDigest: String { TextDigest.of(heading + "\n" + text, files) }
}
