import Kernel
import WorkCalendar

/// 鉴定销毁清册 (第25条): what has fallen due is looked at by a group, approved, checked line by line by two witnesses, and destroyed; the list
/// is kept for ever. No line of it says whose file it is.
package struct DestructionList: Document {
    package enum State: String, CaseIterable, Sendable { case due, appraised, approved, checking, checked, destroyed, certified, closed }
    package static let name = "destruction-list"

    package var year = 0
    package var lines: [DestructionLine] = []
    package var leader = PersonID.none
    package var members: [PersonID] = []
    package var witnesses: [PersonID] = []
    package var checkedFiles: [ID<CustomerFile>] = []
    package var method = Method.unset
    package var opinion = "", approval = "", summary = ""
    /// One decision for many lines; empty again once it is made.
    package var chosen: [ID<CustomerFile>] = []
    package var decision = DestructionLine.Outcome.undecided
    package var decisionReason = ""
    package var decisionUntil: Day?
    package var approvedOn: Day?, notBefore: Day?, destroyedOn: Moment?
    package init() {}
    package var title: String { year == 0 ? "" : "\(year)年到期" }

    /// 处理方式: none of them sells as waste paper what somebody may read.
    package enum Method: String, Choosable {
        case unset = "", shredded, pulped, burnt, electronic
        package var words: Words {
            switch self {
            case .unset: Words("", "")
            case .shredded: Words("粉碎后化浆", "Shredded, then pulped")
            case .pulped: Words("监督下化浆", "Pulped under supervision")
            case .burnt: Words("监督下焚毁", "Burnt under supervision")
            case .electronic: Words("无纸质件，仅销毁密钥和存储", "No paper: key and stores alone")
            }
        }
    }

    package static let form = Form<DestructionList>(
        "鉴定销毁清册", "Destruction list", number: "销毁",
        states: [
            .due: .open("待鉴定", "To be appraised"), .appraised: .open("待批准", "To be approved"),
            .approved: .open("待指定监销人", "Witnesses to be named"), .checking: .open("待监销人核对", "To be checked by the witnesses"),
            .checked: .open("待销毁", "To be destroyed"), .destroyed: .open("待监销人签字", "To be signed by the witnesses"),
            .certified: .done("已销毁", "Destroyed"), .closed: .done("无可销毁", "Nothing to destroy"),
        ],
        readers: [.archive, .post(.generalManager)],
        [
            .whole(\.year, "到期年度", "Year", in: 0...9999).listed(),
            .lines(\.lines, "清册", "Lines"),
            .references(\.chosen, "选中的档案", "Chosen files").unindexed().onceFilled().hint(
                "同一结果的一并选择，个别的另行登记", "all with one outcome together; exceptions by themselves"),
            .choice(\.decision, "鉴定结果", "Outcome").onceFilled(), .day(\.decisionUntil, "延长至", "Until").optional().onceFilled(),
            .text(\.decisionReason, "理由", "Reason").optional().onceFilled(),
            .person(\.leader, "鉴定组组长", "Head of the group").listed(),
            .people(\.members, "鉴定组成员", "Members").hint("档案和业务人员各至少一人", "of the archive and of the business, one each at least"),
            .prose(\.opinion, "鉴定意见", "Opinion"),
            .prose(\.approval, "批准意见", "What the approver says").optional(),
            .day(\.approvedOn, "批准日期", "Approved on").optional().onceFilled(),
            .day(\.notBefore, "最早销毁日期", "Not before").optional().onceFilled().listed(),
            .people(\.witnesses, "监销人", "Witnesses").hint("两人，不得是鉴定组组长或批准人", "two, neither the head of the group nor the approver"),
            .choice(\.method, "纸质件处理方式", "What becomes of the paper"),
            .references(\.checkedFiles, "已逐件核对", "Checked one by one"),
            .moment(\.destroyedOn, "销毁时间", "Destroyed at").optional().onceFilled(),
            .prose(\.summary, "销毁结果", "What was done").optional().onceFilled(),
        ])

    static let appraising = Deadline(
        "appraising", "鉴定到期档案", "Appraise what is due", under: confidentiality[25], escalatesTo: .post(.generalManager),
        ofWorkingDays: true)
    package static let deadlines = [appraising]

    // MARK: Steps

    package static let draw = Step<DestructionList>(
        "draw", "列出到期档案", "List what is due", to: .due, by: .system, under: confidentiality[25]
    ) { list, act in
        try list.takeLevel(act)
        act.start(appraising, workingDays: try act.parameter(.appraisalWorkingDays))
        act.notify(
            .officers, "有 \(list.lines.count) 件档案保管期满，待鉴定",
            "\(list.lines.count) files have reached the end of their term and are to be appraised")
    }
    /// 鉴定结果: one for all that are chosen; the last one said of a file counts.
    package static let decide = Step<DestructionList>(
        "decide", "登记鉴定结果", "Decide on files", from: .due, to: nil, by: .post(.serviceManager), under: confidentiality[25],
        fields: [\.chosen, \.decision, \.decisionUntil, \.decisionReason], isOptional: true
    ) { list, _ in list.takeDecision() }.checking { list, check in list.checkDecision(check) }
    package static let appraise = Step<DestructionList>(
        "appraise", "鉴定", "Appraise", from: .due, to: .appraised, by: .post(.serviceManager), under: confidentiality[25],
        fields: [\.members, \.opinion], signs: true
    ) { list, act in try list.takeAppraisal(act) }
    package static let approve = Step<DestructionList>(
        "approve", "批准销毁", "Approve", from: .appraised, to: .approved, by: .post(.generalManager), notBy: appraise,
        when: { $0.value.destroysAny }, under: confidentiality[25], fields: [\.approval], signs: true
    ) { list, act in try list.takeApproval(act) }
    package static let settle = Step<DestructionList>(
        "settle", "批准留存", "Approve keeping", from: .appraised, to: .closed, by: .post(.generalManager), notBy: appraise,
        when: { !$0.value.destroysAny }, under: confidentiality[25], fields: [\.approval], signs: true
    ) { list, act in try list.takeApproval(act) }
    package static let giveBack = Step<DestructionList>(
        "return", "退回重新鉴定", "Return", from: .appraised, to: .due, by: .post(.generalManager), notBy: appraise, under: confidentiality[25],
        fields: [\.approval], isOptional: true
    ) { list, act in
        try act.require(!list.approval.isEmpty, "请写明退回的原因", "Say why it is returned")
        try act.resume(appraising)
    }
    package static let nameWitnesses = Step<DestructionList>(
        "name", "指定监销人", "Name the witnesses", from: .approved, to: .checking, by: .either(.archivist, .informationSupervisor),
        under: confidentiality[25], fields: [\.witnesses, \.method]
    ) { list, act in try list.requireWitnesses(act) }.checking { list, check in list.checkWitnesses(check) }
    /// 逐件核对: each of the two ticks each line that is to go.
    package static let check = Step<DestructionList>(
        "check", "监销核对", "Check line by line", from: .checking, to: .checked, by: .each(\DestructionList.witnesses),
        notBy: appraise, approve, under: confidentiality[25], fields: [\.checkedFiles]
    ) { list, act in try list.takeCheck(act) }
    package static let execute = Step<DestructionList>(
        "execute", "销毁", "Destroy", from: .checked, to: .destroyed, by: .either(.archivist, .informationSupervisor), notBy: check, approve,
        under: confidentiality[25], isIrrevocable: true, signs: true
    ) { list, act in try list.carryOut(act) }
    package static let certify = Step<DestructionList>(
        "certify", "监销签字", "Sign as witness", from: .destroyed, to: .certified, by: .each(\DestructionList.witnesses),
        under: confidentiality[25], isIrrevocable: true, signs: true)
    /// 密级变更的, stands on the next list of its new level and on this one no more.
    package static let letGo = Step<DestructionList>(
        "letGo", "移出密级变更的档案", "Let a file go whose level changed", from: .due, .appraised, .approved, .checking, .checked, to: nil,
        by: .system, under: confidentiality[22], isOptional: true
    ) { _, act in
        act.notify(
            .officers, "一件档案密级变更，已移出本清册，另行列入相应密级的清册", "A file's level changed: it left this list and comes on one of its own level")
    }
    /// The last of what was to be destroyed has gone in that way.
    package static let lapse = Step<DestructionList>(
        "lapse", "移出后无可销毁", "Nothing is left to destroy", from: .due, .appraised, .approved, .checking, .checked, to: .closed, by: .system,
        under: confidentiality[22], isOptional: true
    ) { _, act in act.meet(appraising) }
    package static let steps = [
        draw, decide, appraise, approve, settle, giveBack, nameWitnesses, check, execute, certify, letGo, lapse,
    ]
}

/// One file of the list.
package struct DestructionLine: Line {
    package enum Outcome: String, Choosable {
        case undecided = "", destroy, extend, permanent
        package var words: Words {
            switch self {
            case .undecided: Words("", "")
            case .destroy: Words("销毁", "Destroy")
            case .extend: Words("延长保管", "Keep longer")
            case .permanent: Words("永久保管", "Keep for ever")
            }
        }
    }

    package var file = ID<CustomerFile>.none
    package var code = "", term = "", reason = "", checkedBy = "", result = ""
    package var closedOn: Day?, dueOn: Day?, until: Day?
    package var outcome = Outcome.undecided
    package init() {}

    package static let fields: [Field<DestructionLine>] = [
        .reference(\.file, "客户档案", "File"), .text(\.code, "档号", "Code").optional(), .day(\.closedOn, "结档日期", "Closed on").optional(),
        .text(\.term, "保管期限", "Term").optional(), .day(\.dueOn, "期满列入日期", "Due").optional(),
        .choice(\.outcome, "鉴定结果", "Outcome").optional(), .day(\.until, "延长至", "Until").optional(),
        .text(\.reason, "理由", "Reason").optional(), .text(\.checkedBy, "监销核对", "Checked by").optional(),
        .text(\.result, "结果", "Result").optional().longest(2000),
    ]
}
