import Kernel

/// 网页更新: what stands on the web site is approved, published by another hand, and looked at afterwards (第二章9).
package struct WebPageChange: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, published, checked, refused }
    package var page = "", change = "", reason = "", address = ""
    package var files: [FileReference] = []
    package var isSecretChecked = false
    package init() {}

    package static let name = "web-page-change"
    package var title: String { page }
    private static let article = enterpriseIT["第二章9"]

    package static let form = Form<WebPageChange>(
        "网页更新", "Change of a web page", number: "网页",
        states: [
            .requested: .open("待审批", "Requested"), .approved: .open("待发布", "To be published"), .published: .open("待核对", "To be checked"),
            .checked: .done("已发布并核对", "Published and checked"), .refused: .no("不同意", "Refused"),
        ],
        readers: [.centre, .post(factoryLeader), .head],
        [
            .text(\.page, "网页或栏目", "Page").code().listed(), .prose(\.change, "更新内容", "Change"),
            .files(\.files, "材料", "Material").optional().onceFilled(),
            .flag(\.isSecretChecked, "已作保密审查", "Checked for secrets").onceFilled(), .text(\.address, "发布地址", "Address").code().onceFilled(),
            .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    package static let request = Step<WebPageChange>(
        "request", "申请更新", "Ask", to: .requested, by: .staff, under: article, fields: [\.page, \.change, \.files])
    package static let approve = Step<WebPageChange>(
        "approve", "同意发布", "Approve", from: .requested, to: .approved, by: .either(centreDirector, factoryLeader), notBy: request,
        under: article, fields: [\.isSecretChecked], signs: true
    ) { change, act in
        try act.require(change.isSecretChecked, "发布前须作保密审查，请确认", "It is checked for secrets before it is published; confirm it")
    }
    package static let refuse = Step<WebPageChange>(
        "refuse", "不同意", "Refuse", from: .requested, to: .refused, by: .either(centreDirector, factoryLeader), under: article,
        fields: [\.reason], isOptional: true)
    package static let publish = Step<WebPageChange>(
        "publish", "发布", "Publish", from: .approved, to: .published, by: .post(.networkStaff), notBy: approve, under: article,
        fields: [\.address])
    package static let check = Step<WebPageChange>(
        "check", "核对无误", "Checked", from: .published, to: .checked, by: .requester, under: article
    ).task("核对网页", "Check the page")
    package static let steps = [request, approve, refuse, publish, check]
}
