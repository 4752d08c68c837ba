import Kernel
import WorkCalendar

/// 客户并档: two records of one person become one, by four eyes, and are taken apart again where that was a mistake (第二条, 第三条).
package struct CustomerJoin: Document {
    package enum State: String, CaseIterable, Sendable { case requested, joined, refused, partRequested, parted }

    package var kept = ID<Customer>.none
    package var other = ID<Customer>.none
    package var reason = ""
    package var evidence: [FileReference] = []
    package var asApplicant: [ID<Policy>] = []
    package var asInsured: [ID<Policy>] = []
    package var items: [ID<Suspicion>] = []
    package var itemsOfBoth: [ID<Suspicion>] = []
    package var dissolved: [ID<Suspicion>] = []
    package var answer = ""
    package var partReason = ""
    package init() {}

    package static let name = "customer-join"

    package static let form = Form<CustomerJoin>(
        "客户并档", "Joining of customers", number: "并档",
        states: [
            .requested: .open("已申请", "Requested"), .joined: .done("已并档", "Joined"), .refused: .no("不予并档", "Refused"),
            .partRequested: .open("已申请拆分", "Parting requested"), .parted: .no("已拆分", "Parted"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.kept, "保留的客户记录", "Record that stays").subject().listed(),
            .reference(\.other, "并入的客户记录", "Record that is joined to it").subject().listed(),
            .text(\.reason, "认定为同一人的理由", "Why they are one person"),
            .files(\.evidence, "证明材料", "Evidence"),
            .references(\.asApplicant, "随之调整的保单（投保人）", "Policies moved, as applicant").optional(),
            .references(\.asInsured, "随之调整的保单（被保险人）", "Policies moved, as insured").optional(),
            .references(\.items, "随之调整的问题件", "Items moved").optional(),
            .references(\.itemsOfBoth, "涉及两条记录的问题件", "Items about both").optional(),
            .references(\.dissolved, "因系同一人而撤销的问题件", "Items dissolved").optional(),
            .text(\.answer, "不予办理的理由", "Why it is refused"),
            .text(\.partReason, "拆分的理由", "Why they are parted"),
        ])

    package static let request = Step<CustomerJoin>(
        "request", "申请并档", "Request", to: .requested, by: .either(.customerService, .backOffice), under: authenticity[2],
        authenticity[3],
        fields: [\CustomerJoin.kept, \CustomerJoin.other, \CustomerJoin.reason, \CustomerJoin.evidence]
    ) { join, act in try join.requireTwoRecords(act) }
    package static let approve = Step<CustomerJoin>(
        "approve", "核对并并档", "Join", from: .requested, to: .joined, by: .either(.customerService, .compliance), notBy: request,
        under: authenticity[2], authenticity[3], isIrrevocable: true, signs: true
    ) { join, act in
        try join.requireTwoRecords(act)
        try join.join(act)
    }
    package static let refuse = Step<CustomerJoin>(
        "refuse", "不予并档", "Refuse", from: .requested, to: .refused, by: .either(.customerService, .compliance),
        under: authenticity[2], fields: [\CustomerJoin.answer], isOptional: true)
    package static let requestPart = Step<CustomerJoin>(
        "requestPart", "申请拆分", "Request the parting", from: .joined, to: .partRequested, by: .either(.customerService, .compliance),
        under: authenticity[2], fields: [\CustomerJoin.partReason], isOptional: true)
    package static let part = Step<CustomerJoin>(
        "part", "核对并拆分", "Part", from: .partRequested, to: .parted, by: .either(.customerService, .compliance), notBy: requestPart,
        under: authenticity[2], signs: true
    ) { join, act in try join.part(act) }
    package static let keep = Step<CustomerJoin>(
        "keep", "不予拆分", "Keep joined", from: .partRequested, to: .joined, by: .either(.customerService, .compliance),
        under: authenticity[2], fields: [\CustomerJoin.answer], isOptional: true)
    package static let steps = [request, approve, refuse, requestPart, part, keep]
}
