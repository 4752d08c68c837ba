import Kernel
import WorkCalendar

/// 外来人员登记: nobody from outside enters or operates without consent, and never alone (第三章五).
package struct RoomVisit: Document {
    package enum State: String, CaseIterable, Sendable { case requested, consented, inside, left, refused }
    package var visitor = "", from = "", document = "", purpose = "", area = "", operation = "", remark = "", reason = ""
    package var room = ID<ComputerRoom>.none
    package var leader = PersonID.none, escort = PersonID.none
    package var consentedAt: Moment?, entered: Moment?, gone: Moment?
    package var mayOperate = false, operated = false, powerOff = false, restored = false, byTelephone = false, isConfirmed = false
    package init() {}

    package static let name = "room-visit"
    package var title: String { from }
    private static let article = enterpriseIT["第三章五"]

    package static let form = Form<RoomVisit>(
        "外来人员登记", "Visitor", number: "来访",
        states: [
            .requested: .open("待同意", "Consent asked for"), .consented: .open("已同意，未进入", "Consented"), .inside: .open("在室内", "Inside"),
            .left: .done("已离开", "Left"), .refused: .no("不同意", "Refused"),
        ],
        readers: [.centre, .post(.roomDuty)],
        [
            .name(\.visitor, "来访人", "Visitor"), .text(\.from, "单位", "From").listed(), .text(\.document, "查验证件", "Document seen").code(),
            .prose(\.purpose, "事由", "Purpose"), .reference(\.room, "电脑室", "Room").listed(), .text(\.area, "进入区域", "Area").code(),
            .person(\.leader, "同意人", "Consent by").optional().listed(), .flag(\.mayOperate, "同意操作电脑", "May operate"),
            .flag(\.byTelephone, "电话同意的紧急进入", "Emergency, consent by telephone").onceFilled(),
            .flag(\.isConfirmed, "当日补签", "Confirmed the same day").onceFilled(),
            .moment(\.consentedAt, "同意时间", "Consented at").optional().onceFilled(),
            .person(\.escort, "陪同人", "Escort").listed().onceFilled(),
            .moment(\.entered, "进入时间", "Entered").optional().listed().onceFilled(),
            .moment(\.gone, "离开时间", "Left").optional().listed().onceFilled(),
            .flag(\.operated, "操作了电脑", "Operated a computer"),
            .prose(\.operation, "操作内容及原因", "What and why").optional().onceFilled(),
            .flag(\.powerOff, "已断电", "Power off").onceFilled(), .flag(\.restored, "现场恢复、工具带离", "Scene restored").onceFilled(),
            .text(\.remark, "备注", "Remark").optional().onceFilled(), .text(\.reason, "不同意的理由", "Why not").onceFilled(),
        ])

    static let confirming = Deadline("confirming", "当日补签同意", "Confirm the same day", under: article, escalatesTo: .post(centreDirector))
    package static let deadlines = [confirming]
    private static let door = Who.either(.roomDuty, .serviceDesk)

    package static let request = Step<RoomVisit>(
        "request", "申请进入", "Ask", to: .requested, by: .any([.centre, .post(.roomDuty)]), under: article,
        fields: [\.visitor, \.from, \.document, \.purpose, \.room, \.area]
    ) { visit, act in visit.leader = try act.load(visit.room)?.value.leader ?? .none }
    package static let consent = Step<RoomVisit>(
        "consent", "同意", "Consent", from: .requested, to: .consented, by: .named(\RoomVisit.leader), notBy: request, under: article,
        fields: [\.mayOperate], signs: true
    ) { visit, act in visit.consentedAt = act.now }
    package static let refuse = Step<RoomVisit>(
        "refuse", "不同意", "Refuse", from: .requested, to: .refused, by: .named(\RoomVisit.leader), under: article, fields: [\.reason],
        isOptional: true)
    package static let enter = Step<RoomVisit>(
        "enter", "进入", "Enter", from: .consented, to: .inside, by: door, under: article, fields: [\.escort]
    ) { visit, act in
        try act.require(
            visit.consentedAt.map { $0.day == act.today } ?? false, "同意只在当日有效，请重新取得同意", "Consent is good for its day; ask again")
        visit.entered = act.now
    }
    /// 紧急: the leader was asked by telephone and signs the same day.
    package static let enterAtOnce = Step<RoomVisit>(
        "enterAtOnce", "紧急进入（电话同意）", "Enter in an emergency", to: .inside, by: door, under: article,
        fields: [\.visitor, \.from, \.document, \.purpose, \.room, \.area, \.escort]
    ) { visit, act in
        visit.leader = try act.load(visit.room)?.value.leader ?? .none
        (visit.byTelephone, visit.entered) = (true, act.now)
        act.start(confirming, due: .endOfDay(act.today))
    }
    package static let confirm = Step<RoomVisit>(
        "confirm", "补签电话同意", "Confirm", from: .inside, .left, to: nil, by: .named(\RoomVisit.leader),
        when: { $0.value.byTelephone && !$0.value.isConfirmed }, under: article, signs: true
    ) { visit, act in
        (visit.isConfirmed, visit.consentedAt) = (true, act.now)
        act.meet(confirming)
    }
    package static let leave = Step<RoomVisit>(
        "leave", "离开", "Leave", from: .inside, to: .left, by: door, under: article,
        fields: [\.operated, \.operation, \.powerOff, \.restored, \.remark], isIrrevocable: true
    ) { visit, act in
        visit.gone = act.now
        if visit.operated, !visit.mayOperate {
            try OperationBreach.note("外来人员未经同意操作电脑：\(visit.operation)", by: visit.escort, act)
        }
    }.checking { visit, check in
        check.require(
            !visit.operated || !visit.operation.isEmpty, "操作了电脑的，请写明操作内容和原因", "Say what was operated, and why", at: \.operation, \.operated)
        check.require(
            visit.powerOff && visit.restored, "离开前应断电并恢复现场，请确认", "The power is off and the scene restored before they leave; confirm it",
            at: \.powerOff, \.restored)
    }
    package static let steps = [request, consent, refuse, enter, enterAtOnce, confirm, leave]

    /// 第三章五: who entered yesterday and did not leave.
    static let staying = Finding(
        "visitor-staying", "外来人员未登记离开", "A visitor was not seen to leave", under: article, in: State.inside, by: .post(.roomDuty)
    ) { (visit: RoomVisit, now) in visit.entered.map { $0.day < now.day } ?? false }
}
