import Kernel
import WorkCalendar

/// 药品质量信息: one piece of quality information, from whoever came to know of it to the feedback form that comes back (（1）–（8）). It lies in the
/// tray of the quality department from the moment it is reported, and nobody else closes it.
package struct QualityItem: Document {
    package enum State: String, CaseIterable, Sendable {
        case reported, returned, analysed, decided, answered, acknowledged, closed, merged, mergedAnswered, settled, void
    }

    package var kind = InformationClass.unknown, furtherKinds = ""
    package var stage = Stage.unknown, way = Collecting.unknown
    package var subject = "", facts = ""
    package var evidence: [FileReference] = []
    package var urgency = Urgency.ordinary, adverse = AdverseReaction.none
    package var knownAt: Moment?, occurredAt: Moment?, firstKnownAt: Moment?, newKnownAt: Moment?
    package var knower = PersonID.none
    package var minutes = 0

    // What the form of its class asks for.
    package var law = ID<LawEntry>.none
    package var capabilities = "", competitor = "", competitorAspects = "", internalAspects = ""
    package var authority = "", noticeNo = ""
    package var noticeDay: Day?
    package var concern = ConsumerConcern.unknown
    package var consumerName = "", consumerPhone = ""

    // The goods.
    package var isAboutGoods = false
    package var category = GoodsCategory.unknown
    package var drug = "", approvalNo = "", batchNo = "", traceCode = "", maker = "", holder = "", supplier = "", buyer = "", quantity = ""
    package var expiry = "", batchKey = "", warnings = ""
    package var lastGoodDay: Day?

    // What became of it.
    package var analysis = "", proposal = "", decision = "", feedback = "", news = ""
    package var decider = Decider.leader
    package var measures: [OrderedMeasure] = []
    package var wrongField = "", rightValue = "", voidReason = ""
    package var returns = 0
    package var isLate = false, isUrgentByMerging = false
    package var usefulness = Usefulness.unknown
    package var main = ID<QualityItem>.none
    package var record = ID<FeedbackRecord>.none
    package var reporters: [Reporter] = []
    package var updates: [Update] = []
    package var analysedAt: Moment?, decidedAt: Moment?, adverseReportedAt: Moment?
    package var adverseReportNo = ""

    // （7）: the written form and its receipt.
    package var receipt = Receipt.none
    package var receivedAt: Moment?
    package var receivedBy = PersonID.none, witness = PersonID.none
    package var callNote = ""
    package init() {}

    package static let name = "quality-item"
    package var title: String { subject }

    package static let form = Form<QualityItem>(
        "质量信息", "Quality information", number: "质信",
        states: [
            .reported: .open("待分析", "Reported"), .returned: .open("退回更正", "Returned to be corrected"),
            .analysed: .open("待审阅决策", "For decision"), .decided: .open("待反馈", "Decided"),
            .answered: .open("待报告人确认", "Fed back"), .acknowledged: .open("待结案归档", "Acknowledged"), .closed: .done("已归档", "Closed"),
            .merged: .open("已并案", "Merged"), .mergedAnswered: .open("并案待确认", "Merged, fed back"), .settled: .done("随主件办结", "Settled"),
            .void: .no("作废", "Void"),
        ],
        readers: [.hub, .leaders, .head], whatIsReported + whatBecameOfIt.map { $0.onceFilled() })

    private static let whatIsReported: [Field<QualityItem>] =
        [
            .choice(\.kind, "信息类别", "Class").listed(),
            .text(\.subject, "事由", "Subject").listed(),
            .choice(\.stage, "环节", "Stage").listed(),
            .choice(\.way, "收集方法", "Way of collection"),
            .prose(\.facts, "情况", "What is known"),
            .choice(\.urgency, "异常或突发", "Abnormal or sudden").optional().listed()
                .hint("选中即开始10小时计时：自最早知悉起算，夜间、节假日不停", "Starts the 10 hours, from when it was first known; nights and holidays count"),
            .moment(\.knownAt, "知悉时间", "Known since").hint(
                "本企业任何人最早知道的时间，不是填表时间", "when anybody here first knew, not when this is filled in"),
            .person(\.knower, "知悉人", "Who knew").optional().hint("不填则为上报人", "left empty: whoever reports"),
            .moment(\.occurredAt, "发生时间", "Happened").optional().onceFilled(),
            .codes(\.furtherKinds, "兼属类别", "Further classes", InformationClass.choices).optional().onceFilled(),
            .reference(\.law, "法规公告", "Entry of the library").optional().only(\.kind, .law, .authority),
            .codes(\.capabilities, "质量保证方面", "Capability", Several.capabilities).only(\.kind, .supplier),
            .text(\.competitor, "同行企业", "Competitor").only(\.kind, .competitor),
            .codes(\.competitorAspects, "同行质量方面", "Aspects of the competitor", Several.competitorAspects).only(\.kind, .competitor),
            .codes(\.internalAspects, "内部质量方面", "Internal aspects", Several.internalAspects).only(\.kind, .house),
            .text(\.authority, "公布机关", "Authority").only(\.kind, .authority),
            .text(\.noticeNo, "公告编号", "Number of the notice").code().only(\.kind, .authority),
            .day(\.noticeDay, "公布日期", "Published").only(\.kind, .authority),
            .choice(\.concern, "性质", "Kind").only(\.kind, .consumer),
            .name(\.consumerName, "消费者姓名", "Consumer's name").optional().only(\.kind, .consumer),
            .sealed(\.consumerPhone, "联系电话", "Telephone", .phone).optional().only(\.kind, .consumer),
            .choice(\.adverse, "不良反应", "Adverse reaction").optional().onceFilled().only(\.kind, .house, .consumer),
        ] + goods.map { field in field.only(\.kind, .supplier, .house, .authority, .consumer).onceFilled() } + [
            .whole(\.minutes, "收集用时（分钟）", "Effort, minutes", in: 1...10_000),
            .files(\.evidence, "证据、照片", "Evidence, pictures").optional(),
        ]

    private static let goods: [Field<QualityItem>] = [
        .flag(\.isAboutGoods, "涉及药品", "Concerns goods"),
        .choice(\.category, "药品类别", "Category").optional(),
        .text(\.drug, "通用名称", "Drug").optional().code().indexed().listed(),
        .text(\.approvalNo, "批准文号", "Approval number").optional().indexed(by: ApprovalNumber.normalForm),
        .text(\.batchNo, "批号", "Batch number").optional().indexed(by: PlainCode.normalForm).listed(),
        .text(\.expiry, "有效期至", "Expiry").optional().code().hint("照包装填写，例如 2026.02 或 2026年2月28日", "as on the pack: 2026.02 or 2026-02-28"),
        .text(\.traceCode, "药品追溯码", "Traceability code").optional().indexed(by: PlainCode.normalForm),
        .text(\.maker, "标示生产企业", "Maker, as labelled").optional().code(),
        .text(\.holder, "上市许可持有人", "Licence holder").optional().code(),
        .text(\.supplier, "供货单位", "Supplier").optional().indexed(),
        .text(\.buyer, "购货单位", "Buyer").optional().code(),
        .text(\.quantity, "数量", "Quantity").optional().code(),
    ]

    private static let whatBecameOfIt: [Field<QualityItem>] = [
        .text(\.batchKey, "批次标识", "Batch key").optional().indexed(), .day(\.lastGoodDay, "有效期最后一日", "Last good day").optional(),
        .prose(\.warnings, "核对提示", "To be checked").optional(),
        .text(\.wrongField, "有误之处", "What is wrong")
            .hint("后来查明的新情况不是失误，请用“补充新情况”", "what came to be known later is no failure: add it as an update"),
        .text(\.rightValue, "应为", "What is right"),
        .prose(\.analysis, "质量管理部分析", "Analysis"), .prose(\.proposal, "处理建议", "Proposal"),
        .choice(\.decider, "决策层级", "Who decides"),
        .prose(\.decision, "审阅决策意见", "Decision"),
        .lines(\.measures, "措施", "Measures").optional().hint("无须措施的可不填：知悉也是决策", "none where it is only noted: that is a decision too"),
        .prose(\.feedback, "反馈意见", "Feedback"),
        .prose(\.news, "补充新情况", "New knowledge"), .lines(\.updates, "补充与告知记录", "Updates and calls").optional(),
        .choice(\.usefulness, "适用性", "Usefulness"), .text(\.voidReason, "作废理由", "Why it is void"),
        .reference(\.main, "并入", "Merged into"),
        .lines(\.reporters, "并案报告人", "Reporters of merged items").optional().unindexed(),
        .reference(\.record, "反馈记录", "Feedback record").optional(),
        .whole(\.returns, "退回次数", "Times returned", in: 0...1000).optional(), .flag(\.isLate, "迟报", "Reported late"),
        .flag(\.isUrgentByMerging, "并案认定紧急", "Urgent by merging"),
        .moment(\.firstKnownAt, "原知悉时间", "Known since, before the change").optional(),
        .moment(\.newKnownAt, "待更正知悉时间", "Known since, to be changed").optional(),
        .moment(\.analysedAt, "分析时间", "Analysed").optional(), .moment(\.decidedAt, "决策时间", "Decided").optional(),
        .moment(\.adverseReportedAt, "不良反应上报时间", "Adverse reaction reported").optional(),
        .text(\.adverseReportNo, "不良反应报告编号", "Number of the adverse reaction report").code(),
        .choice(\.receipt, "书面反馈签收", "Receipt of the written form").optional(),
        .moment(\.receivedAt, "签收时间", "Received"), .person(\.receivedBy, "签收人", "Received by"),
        .person(\.witness, "见证人", "Witness"), .text(\.callNote, "电话告知情况", "What was said by telephone"),
    ]
}

/// A measure as the decision orders it.
package struct OrderedMeasure: Line {
    package var what = ""
    package var owner = PersonID.none
    package var due: Day?
    package init() {}

    package static let fields: [Field<OrderedMeasure>] = [
        .text(\.what, "措施", "Measure"), .person(\.owner, "责任人", "Owner"), .day(\.due, "完成期限", "Due"),
    ]
}

/// Whoever reported the same: each is answered.
package struct Reporter: Line {
    package var person = PersonID.none
    package var knownAt: Moment?
    package var item = ID<QualityItem>.none
    package init() {}

    package static let fields: [Field<Reporter>] = [
        .person(\.person, "报告人", "Reporter").optional(), .moment(\.knownAt, "知悉时间", "Known since"),
        .reference(\.item, "并入件", "Merged item"),
    ]
}

/// What came to be known later, or was said by telephone. Neither is a failure, and neither stops a clock.
package struct Update: Line {
    package var at: Moment?
    package var by = PersonID.none
    package var text = ""
    package init() {}

    package static let fields: [Field<Update>] = [
        .moment(\.at, "时间", "At"), .person(\.by, "登记人", "By"), .text(\.text, "内容", "What"),
    ]
}
