import Kernel
import WorkCalendar

/// 查询渠道: hot line, web site and offices of the branch where customers may ask, published and on every notice (第十五条).
package struct QueryChannels: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, published, superseded, declined }

    package var hotLine = ""
    package var hours = ""
    package var webSite = ""
    package var offices: [QueryOffice] = []
    package var explanation = ""
    package var publishedAt: Moment?
    package var answer = ""
    package init() {}

    package static let name = "query-channels"

    package static let form = Form<QueryChannels>(
        "查询渠道", "Query channels", number: "查询渠道",
        states: [
            .drafted: .open("待发布", "To be published"), .published: .done("已发布", "Published"),
            .superseded: .no("已被替代", "Superseded"), .declined: .no("不予发布", "Declined"),
        ],
        readers: [.either(.customerService, .compliance, .generalManager, .deskOperator, .counterClerk)],
        [
            .text(\.hotLine, "客服热线", "Hot line").code().listed().hint("只填一个号码，如 95500", "one number alone, like 95500"),
            .text(\.hours, "热线服务时间", "Hours of the hot line"),
            .text(\.webSite, "查询网站", "Web site").code().listed().hint(
                "只写域名，如 www.example.com", "the name of the site alone, like www.example.com"),
            .lines(\.offices, "柜面网点", "Offices"), .prose(\.explanation, "查询说明", "Explanation").optional(),
            .moment(\.publishedAt, "发布时间", "Published at").onceFilled().listed(),
            .text(\.answer, "不予发布的理由", "Why it is declined").onceFilled(),
        ])

    package static let draft = Step<QueryChannels>(
        "draft", "拟定", "Draft", to: .drafted, by: .post(.customerService), under: authenticity[15],
        fields: [\.hotLine, \.hours, \.webSite, \.offices, \.explanation]
    ).checking { channels, check in
        // What a notice may carry: one number, one address.
        let isNumber = channels.hotLine.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "-") } && channels.hotLine.count >= 5
        check.require(isNumber, "热线只能填一个电话号码", "The hot line is one telephone number", at: \.hotLine)
        check.require(
            MessageText.links(in: channels.webSite) == [channels.webSite] && !channels.webSite.contains("/"),
            "查询网站只写一个域名，不带协议和路径，如 www.example.com",
            "Write the name of one site alone, without protocol and path, like www.example.com", at: \.webSite)
        check.require(
            channels.offices.first.map { $0.office.count <= longestOffice } ?? false, "首个网点写入每一通知，名称不超过\(longestOffice)字",
            "The first office stands in every notice; its name has \(longestOffice) characters at most", at: \.offices)
    }
    package static let publish = Step<QueryChannels>(
        "publish", "发布", "Publish", from: .drafted, to: .published, by: .either(.compliance, .generalManager), notBy: draft,
        under: authenticity[15]
    ) { channels, act in
        for earlier in try act.all(QueryChannels.self, in: .published, createdBy: act.today) where earlier.id.raw != act.record.id {
            try act.take(supersede, on: earlier.id)
        }
        channels.publishedAt = act.now
    }
    package static let decline = Step<QueryChannels>(
        "notPublish", "不予发布", "Decline", from: .drafted, to: .declined, by: .either(.compliance, .generalManager), under: authenticity[15],
        fields: [\.answer], isOptional: true)
    package static let supersede = Step<QueryChannels>(
        "supersede", "被新的渠道替代", "Superseded", from: .published, to: .superseded, by: .system, under: authenticity[15],
        isOptional: true)
    package static let steps = [draft, publish, decline, supersede]

    /// The one that is published now.
    package static func inForce(_ inquiry: Inquiry) throws -> QueryChannels? {
        try inquiry.all(QueryChannels.self, in: .published, createdBy: inquiry.today).last?.value
    }

    private static let longestOffice = 20

    /// What stands in every notice: one number and one address, which is what gateways let through, and the first office.
    private var named: [String] { [hotLine, webSite, offices.first?.office ?? ""] }

    /// As it stands at the end of a notice.
    package var onNotice: String { "查询请拨\(named[0])、登录\(named[1])或到\(named[2])。" }

    /// As a receipt has it.
    var onReceipt: String { named.joined(separator: " ") }

    func stand(in text: String) -> Bool { named.allSatisfy(text.contains) }
}

/// 柜面网点.
package struct QueryOffice: Line {
    package var office = ""
    package var address = ""
    package var telephone = ""
    package var hours = ""
    package init() {}

    package static let fields: [Field<QueryOffice>] = [
        .text(\.office, "网点", "Office"), .text(\.address, "地址", "Address"), .text(\.telephone, "电话", "Telephone").optional(),
        .text(\.hours, "营业时间", "Hours").optional(),
    ]
}
