import Kernel
import WorkCalendar

/// 开发申请: the centre leads, says with which systems it is connected, and decides whether it is done in-house or contracted out (第二章17).
package struct DevelopmentRequest: Document {
    package enum State: String, CaseIterable, Sendable { case requested, analysed, inHouse, contracted, tested, done, refused }
    package var subject = "", need = "", platform = "", why = "", difficulty = "", contractor = "", test = "", reason = ""
    package var planItem = ID<PlanItem>.none
    package var exception = ID<ITException>.none
    package var systems: [ID<ITSystem>] = []
    package var result = ID<ITSystem>.none
    package var isAlone = false
    package var due: Day?
    package init() {}

    package static let name = "development-request"
    package var title: String { subject }
    private static let article = enterpriseIT["第二章17"]

    package static let form = Form<DevelopmentRequest>(
        "系统开发申请", "Development request", number: "开发",
        states: [
            .requested: .open("待分析", "Requested"), .analysed: .open("待决定", "Analysed"), .inHouse: .open("自行开发中", "In-house"),
            .contracted: .open("委托开发中", "Contracted out"), .tested: .open("待上线登记", "Tested"), .done: .done("已上线", "In use"),
            .refused: .no("不予立项", "Refused"),
        ],
        readers: [.centre, .post(factoryLeader), .head],
        [
            .text(\.subject, "名称", "Subject").code().listed(), .prose(\.need, "业务需求", "Need"),
            .reference(\.planItem, "计划项目", "Plan item").optional().onceFilled(),
            .reference(\.exception, "计划外特批", "Exception").optional().onceFilled(),
            .references(\.systems, "对接系统", "Systems it speaks with").optional().onceFilled(),
            .flag(\.isAlone, "确无须对接的系统", "It speaks with none").onceFilled(),
            .prose(\.why, "不对接的理由", "Why with none").optional().onceFilled(),
            .text(\.platform, "平台与网络条件", "Platform and network").onceFilled(),
            .text(\.difficulty, "难度说明", "Why it is hard").onceFilled(), .text(\.contractor, "受托单位", "Contractor").code().onceFilled(),
            .day(\.due, "完成期限", "Due").listed().onceFilled(),
            .prose(\.test, "测试结果", "Test").onceFilled(), .reference(\.result, "建成的系统", "The system that came of it").onceFilled(),
            .text(\.reason, "不予立项的理由", "Why not").onceFilled(),
        ])

    static let finishing = Deadline("finishing", "按期完成", "Finish in time", under: article, escalatesTo: .post(factoryLeader))
    package static let deadlines = [finishing]

    package static let request = Step<DevelopmentRequest>(
        "request", "申请开发", "Ask", to: .requested, by: .staff, under: article, fields: [\.subject, \.need])
    package static let analyse = Step<DevelopmentRequest>(
        "analyse", "分析", "Analyse", from: .requested, to: .analysed, by: .either(.networkStaff, .serviceDesk), under: article,
        enterpriseIT["第三条"], fields: [\.planItem, \.exception, \.systems, \.isAlone, \.why, \.platform]
    ) { request, act in
        try PlanBasis.require(request.planItem, of: PlanBasis.development, request.exception, act)
        try act.require(
            !request.systems.isEmpty || (request.isAlone && !request.why.isEmpty), "请选择要对接的系统；确无须对接的写明理由，避免信息孤岛",
            "Choose the systems it speaks with; where there is none, say why: no islands")
    }
    package static let develop = Step<DevelopmentRequest>(
        "develop", "决定自行开发", "In-house", from: .analysed, to: .inHouse, by: .post(centreDirector), notBy: request, under: article,
        fields: [\.due]
    ) { request, act in request.run(act) }.checking { request, check in request.checkDue(check) }
    package static let contract = Step<DevelopmentRequest>(
        "contract", "确认委托开发", "Contract out", from: .analysed, to: .contracted, by: .post(centreDirector), notBy: request, under: article,
        fields: [\.difficulty, \.contractor, \.due], isOptional: true, signs: true
    ) { request, act in request.run(act) }.checking { request, check in
        check.require(
            !request.difficulty.isEmpty, "只有难度大的才可委托，请说明难度", "Only hard work is contracted out; say why it is", at: \.difficulty)
        request.checkDue(check)
    }
    package static let refuse = Step<DevelopmentRequest>(
        "refuse", "不予立项", "Refuse", from: .requested, .analysed, to: .refused, by: .post(centreDirector), under: article,
        fields: [\.reason],
        isOptional: true)
    package static let tested = Step<DevelopmentRequest>(
        "test", "测试通过", "Tested", from: .inHouse, .contracted, to: .tested, by: .either(.networkStaff, .serviceDesk), under: article,
        enterpriseIT["第二条"], fields: [\.test]
    ).task("测试", "Test")
    package static let finish = Step<DevelopmentRequest>(
        "finish", "登记上线", "In use", from: .tested, to: .done, by: .either(centreDirector, .networkStaff), under: article, fields: [\.result]
    ) { request, act in
        guard let system = try act.load(request.result) else { return }
        let connected = Set(system.value.interfaces.map(\.system))
        let missing = request.systems.filter { !connected.contains($0) }
        let names = try missing.compactMap { try act.load($0)?.value.label }
        try act.require(
            missing.isEmpty, "系统尚未登记与\(names.joined(separator: "、"))的接口", "Its interface to \(names.joined(separator: ", ")) is not entered"
        )
        act.meet(finishing)
    }
    package static let steps = [request, analyse, develop, contract, refuse, tested, finish]

    private func checkDue(_ check: Checking<DevelopmentRequest>) {
        check.require(due.map { $0 > check.act.today } ?? false, "完成期限应晚于今天", "It is due after today", at: \.due)
    }

    private func run(_ act: Act) {
        if let due { act.start(Self.finishing, due: .endOfDay(due)) }
    }
}
