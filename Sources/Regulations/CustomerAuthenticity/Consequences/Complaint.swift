import Kernel
import WorkCalendar

/// 投诉: received, investigated by somebody without an own interest, upheld or not, and told to whoever complained, within its limit
/// (第十四条). No post reads it: whoever is complained about may hold any. Those who handle it are named in it, and who is complained about
/// never is among them.
package struct Complaint: Document {
    package enum State: String, CaseIterable, Sendable {
        case received, investigating, concluded, upheld, rejected, reviewing, overturned, retracted
    }

    package var way = Way.unknown
    package var receivedOn: Day?
    package var complainantName = "", complainantPhone = "", complainantDocument = ""
    package var complainant = Complainant.unknown
    package var speakers: [ComplaintSpeaker] = []
    package var matter = Matter.unknown
    package var agentNo = "", agencyName = "", policyNo = "", facts = ""
    package var papers: [FileReference] = []
    package var agent = ID<Agent>.none
    package var agency = ID<Agency>.none
    package var policy = ID<Policy>.none
    package var seller = ID<SellerIdentity>.none
    package var respondent = PersonID.none
    package var handler = PersonID.none, decider = PersonID.none, above = PersonID.none, assigner = PersonID.none
    package var hasNoInterest = false
    package var difficulty = Difficulty.ordinary
    package var extensionReason = "", returnReason = ""
    package var extensionToldOn: Day?
    package var answerBy: Day?
    package var allegation = "", statement = ""
    package var behaviours = "", findings = "", decision = ""
    package var evidence: [FileReference] = []
    package var upheldOn: Day?, decidedOn: Day?
    package var answeredOn: Day?
    package var answer = ""
    package var sameSaleAs = ID<Complaint>.none
    /// Another act although the policy is the same.
    package var isOwnAct = false
    package var linkReason = ""
    package var retractedOn: Day?
    package var retraction = ""
    package var reviewReason = ""
    package var wasUpheld = false
    package init() {}

    package static let name = "complaint"

    package static let form = Form<Complaint>(
        "投诉", "Complaint", number: "投诉",
        states: [
            .received: .open("已受理，待分办", "Received"), .investigating: .open("调查中", "Under investigation"),
            .concluded: .open("调查完毕，待决定", "To be decided"), .upheld: .done("查实", "Upheld"), .rejected: .done("未查实", "Not upheld"),
            .reviewing: .open("复核中", "Under review"), .overturned: .no("查实决定已撤销", "Overturned"), .retracted: .no("投诉人撤回", "Withdrawn"),
        ],
        readers: [], asked + handling + outcome)

    private static let asked: [Field<Complaint>] = [
        .choice(\.way, "投诉途径", "How it came").listed(), .day(\.receivedOn, "收到日期", "Received on").listed(),
        .name(\.complainantName, "投诉人姓名", "Complainant"), .sealed(\.complainantPhone, "投诉人电话", "Telephone", .phone),
        .sealed(\.complainantDocument, "投诉人证件号码", "Document number", .document).optional().onceFilled().hint(
            "公司已有的材料不得要求投诉人再次提供", "nobody is asked for papers that the insurer has"),
        .choice(\.complainant, "投诉人身份", "Who complains"),
        .lines(\.speakers, "共同投诉的代表", "Speakers of a group").optional().onceFilled(),
        .choice(\.matter, "投诉事项", "Matter").indexed().listed(),
        .text(\.agentNo, "被投诉业务员代码", "Agent complained about").optional().onceFilled().indexed(by: ApplicationNumber.normalForm),
        .text(\.agencyName, "被投诉中介机构", "Agency complained about").optional().onceFilled().indexed(),
        .text(\.policyNo, "保单号", "Policy number").optional().onceFilled().indexed(by: ApplicationNumber.normalForm),
        .prose(\.facts, "投诉内容", "Complaint"),
        .files(\.papers, "投诉材料", "Papers handed in").optional().onceFilled(),
    ]

    private static let handling: [Field<Complaint>] = [
        .reference(\.agent, "业务员", "Agent").optional().onceFilled(), .reference(\.agency, "机构", "Agency").optional().onceFilled(),
        .reference(\.policy, "保单", "Policy").optional().onceFilled(),
        .reference(\.seller, "销售主体", "Seller").optional().onceFilled().listed(),
        // Found by nothing: who is complained about does not learn it from a filter.
        .person(\.respondent, "被投诉人（本系统账号）", "Log-in complained about").optional().unindexed().onceFilled(),
        .person(\.handler, "承办人", "Handled by").unindexed().onceFilled(),
        .person(\.decider, "决定人", "Decided by").unindexed().onceFilled(),
        .person(\.above, "复核人", "Reviewed by").unindexed().onceFilled(),
        .person(\.assigner, "分办人", "Handed on by").optional().unindexed().onceFilled(),
        .text(\.returnReason, "改派理由", "Why it changes hands").onceFilled(),
        .flag(\.hasNoInterest, "承办人与投诉事项无利害关系", "The handler has no own interest in it").onceFilled(),
        .choice(\.difficulty, "复杂程度", "Difficulty").optional().onceFilled().listed(),
        .prose(\.extensionReason, "延期理由", "Why it is extended").onceFilled(),
        .day(\.extensionToldOn, "延期告知投诉人日期", "Extension told on").onceFilled(),
        .day(\.answerBy, "办结期限", "To be answered by").optional().listed(),
        .prose(\.allegation, "告知被投诉人的事项", "What is put to the seller").onceFilled().hint(
            "不得写入投诉人的个人信息", "without any personal data of the complainant"),
        .prose(\.statement, "被投诉人陈述", "What the seller says").onceFilled(),
    ]

    private static let outcome: [Field<Complaint>] = [
        .prose(\.findings, "调查情况", "Findings").onceFilled(), .files(\.evidence, "调查证据", "Evidence").optional().onceFilled(),
        .codes(\.behaviours, "查实的误导行为", "By what it misled", Behaviour.choices).only(\.matter, .misSelling).onceFilled(),
        .prose(\.decision, "处理决定", "Decision").onceFilled(), .day(\.upheldOn, "查实日期", "Upheld on").optional().onceFilled(),
        .day(\.decidedOn, "决定日期", "Decided on").optional().onceFilled(),
        .day(\.answeredOn, "告知投诉人日期", "Told on").onceFilled().listed(), .prose(\.answer, "告知内容", "What was told").onceFilled(),
        .reference(\.sameSaleAs, "同一销售行为的投诉", "Complaint on the same sale").optional().onceFilled(),
        .flag(\.isOwnAct, "系另一行为，单独计次", "Another act, counted by itself").onceFilled(),
        .prose(\.linkReason, "并案或单独计次的理由", "Why it is linked or not").onceFilled(),
        .day(\.retractedOn, "撤回日期", "Withdrawn on").onceFilled(), .prose(\.retraction, "撤回说明", "Words of the withdrawal").onceFilled(),
        .prose(\.reviewReason, "申请复核的理由", "Why a review is asked for").onceFilled(),
        .flag(\.wasUpheld, "复核前为查实", "Upheld before the review").onceFilled(),
    ]

    /// What is counted, as it stands in this state: what is under review stands until it is overturned.
    func counts(in state: State?) -> Bool { matter == .misSelling && (state == .upheld || (state == .reviewing && wasUpheld)) }
}
