import Kernel
import WorkCalendar

/// 工作交接: what a person holds lists itself; the successor accepts it line by line, the supervisor countersigns, and no account is closed and
/// no post given up before. What has come since is not taken along unseen: the list is made anew when it is countersigned, and again in
/// the act that closes the account (第十四条).
package struct StaffHandover: Document {
    package enum State: String, CaseIterable, Sendable { case opened, given, accepted, complete, cancelled }

    package struct Row: Line {
        package var mark = "", what = "", number = "", reason = "", remark = ""
        package var taker = PersonID.none
        package var isCleared = 0
        package var isAccepted = false
        package init() {}

        package static let fields: [Field<Row>] = [
            .text(\.what, "事项", "What").code().optional().shown(), .text(\.number, "编号", "Number").code().optional().shown(),
            .text(\.reason, "为何在列", "Why it is listed").code().optional().shown(), .flag(\.isAccepted, "已接收", "Accepted"),
            .person(\.taker, "另行接收人", "Taken by somebody else").optional(), .text(\.remark, "备注", "Remark").optional(),
            .text(\.mark, "系统核对码", "Mark").code().optional().kept(),
            .whole(\.isCleared, "所需涉密级别", "Clearance", in: 0...9).optional().kept(),
        ]
    }
    package var leaver = PersonID.none, successor = PersonID.none, supervisor = PersonID.none, witness = PersonID.none
    package var isAbsent = false
    package var lastDay: Day?
    package var grounds = "", remarks = "", reason = ""
    package var rows: [Row] = []
    package init() {}

    package static let name = "staff-handover"

    package static let form = Form<StaffHandover>(
        "工作交接", "Handover", number: "交接",
        states: [
            .opened: .open("待移交人确认", "To be given"), .given: .open("待接收", "To be accepted"),
            .accepted: .open("待监交", "To be countersigned"), .complete: .done("交接完毕", "Complete"), .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.office],
        [
            .person(\.leaver, "移交人", "Who leaves").listed(), .person(\.successor, "接收人", "Successor").listed(),
            .person(\.supervisor, "监交人", "Supervisor").listed(), .day(\.lastDay, "离岗日期", "Last day").listed(),
            .text(\.grounds, "事由", "Why"), .flag(\.isAbsent, "缺位移交", "The giver is absent"),
            .person(\.witness, "见证人", "Witness").optional().onceFilled().hint("缺位移交必填", "where the giver is absent"),
            .lines(\.rows, "移交清单", "List").longest(5000).onceFilled(), .prose(\.remarks, "未了事项说明", "What is open").optional().onceFilled(),
            .text(\.reason, "取消理由", "Why cancelled").onceFilled(),
        ])

    package static let open = Step<StaffHandover>(
        "open", "发起交接", "Open", to: .opened, by: .staff, under: school[14],
        fields: [\.leaver, \.successor, \.supervisor, \.lastDay, \.grounds, \.isAbsent, \.witness]
    ) { handover, act in
        try handover.requireParties(act)
        handover.rows = try fresh(of: handover.leaver, act)
        for person in [handover.leaver, handover.successor, handover.supervisor, handover.witness] where !person.isNone {
            try act.grant(person, until: act.now.adding(days: 365), "办理交接", "A party to the handover")
        }
    }.checking { handover, check in handover.checkParties(check) }
    package static let give = Step<StaffHandover>(
        "give", "移交人签字", "Give", from: .opened, to: .given, by: .named(\StaffHandover.leaver),
        when: { !$0.value.isAbsent }, under: school[14], fields: [\.remarks], signs: true)
    /// 缺位移交: otherwise the rule would lock the school and not whoever left.
    package static let attest = Step<StaffHandover>(
        "attest", "缺位移交见证", "Attest", from: .opened, to: .given, by: .named(\StaffHandover.witness),
        when: { $0.value.isAbsent }, under: school[14], fields: [\.remarks], signs: true)
    package static let refresh = Step<StaffHandover>(
        "refresh", "重新列出清单", "List anew", from: .opened, .given, .accepted, to: .given,
        by: .any([.named(\StaffHandover.successor), .named(\StaffHandover.supervisor), .named(\StaffHandover.leaver)]), under: school[14],
        fields: [], isOptional: true
    ) { handover, act in
        let known = Dictionary(handover.rows.map { ($0.mark, $0) }) { first, _ in first }
        handover.rows = try fresh(of: handover.leaver, act).map { known[$0.mark] ?? $0 }
    }
    /// As often as one likes, kind by kind or line by line; what is accepted is signed for at once.
    package static let mark = Step<StaffHandover>(
        "mark", "标记接收", "Mark as accepted", from: .given, to: nil, by: .named(\StaffHandover.successor), notBy: give, attest,
        under: school[14], fields: [\.rows], isOptional: true
    ) { handover, act in
        // What is listed and how secret it is say the documents, and not the hand that accepts them.
        let listed = try act.load(ID<StaffHandover>(act.record.id))?.value.rows ?? []
        let marked = Dictionary(handover.rows.map { ($0.mark, $0) }) { first, _ in first }
        try act.require(
            handover.rows.count == listed.count && listed.allSatisfy { marked[$0.mark] != nil }, "清单由系统列出，不能增删",
            "The list is the system's: no line is added or left out")
        handover.rows = listed.map { line in
            var kept = line
            guard let row = marked[line.mark] else { return line }
            (kept.isAccepted, kept.taker, kept.remark) = (row.isAccepted, row.taker, row.remark)
            return kept
        }
    }
    package static let accept = Step<StaffHandover>(
        "accept", "签字接收", "Accept and sign", from: .given, to: .accepted, by: .named(\StaffHandover.successor), notBy: give, attest,
        under: school[14], fields: [], signs: true
    ) { handover, act in
        let present = try fresh(of: handover.leaver, act)
        try act.require(
            Set(present.map(\.mark)).isSubset(of: handover.rows.map(\.mark)), "清单已有变化，请先“重新列出清单”",
            "The list has changed; list it anew first")
        // A document may have become more secret since.
        let listed = Dictionary(present.map { ($0.mark, $0) }) { first, _ in first }
        handover.rows = handover.rows.map { row in
            var kept = row
            if let known = listed[row.mark] { kept.isCleared = known.isCleared }
            return kept
        }
        let open = handover.rows.filter { !$0.isAccepted }
        try act.require(
            open.isEmpty, "还有 \(open.count) 项未标记接收：\(open.prefix(5).map { "\($0.what)\($0.number)" }.joined(separator: "、"))",
            "\(open.count) lines are not accepted yet")
        try handover.requireCleared(act)
    }
    package static let countersign = Step<StaffHandover>(
        "countersign", "监交", "Countersign", from: .accepted, to: .complete, by: .named(\StaffHandover.supervisor),
        notBy: give, accept, attest, under: school[14], fields: [], signs: true
    ) { handover, act in
        let missing = try handover.missing(from: fresh(of: handover.leaver, act))
        try act.require(
            missing.isEmpty, "接收之后又有 \(missing.count) 项新事项，请重新列出清单并接收",
            "Since it was accepted \(missing.count) more have come; list it anew")
        try handover.passOn(act)
    }
    package static let cancel = Step<StaffHandover>(
        "cancel", "取消交接", "Cancel", from: .opened, .given, .accepted, to: .cancelled,
        by: .any([.requester, .named(\StaffHandover.supervisor)]),
        under: school[14], fields: [\.reason], isOptional: true)
    package static let steps = [open, give, attest, refresh, mark, accept, countersign, cancel]

    private func checkParties(_ check: Checking<StaffHandover>) {
        check.require(leaver != successor, "接收人不能是移交人", "Nobody hands over to himself", at: \.successor, \.leaver)
        check.require(
            supervisor != leaver && supervisor != successor, "监交人不能是移交人或接收人，请另选监交人", "The supervisor is neither of the two",
            at: \.supervisor, \.leaver, \.successor)
        check.require(
            !isAbsent || (!witness.isNone && ![leaver, successor, supervisor].contains(witness)), "缺位移交须另有一名见证人",
            "Where the giver is absent there is a witness besides", at: \.witness, \.isAbsent, \.leaver, \.successor, \.supervisor)
    }

    private func requireParties(_ act: Act) throws {
        let home = act.organisation.home(of: leaver, on: act.today) ?? act.record.unit
        try act.require(
            Superiors.line(above: home, without: [], act).contains(supervisor), "监交人须是移交人的上级，请另选监交人",
            "The supervisor is a superior of whoever leaves")
        // Whoever opens it sees all that is in those hands.
        try act.require(
            act.person == supervisor || (!isAbsent && act.person == leaver), "由移交人或监交人发起交接；缺位移交由监交人发起",
            "The giver or the supervisor opens it; the supervisor alone where the giver is absent")
    }
}
