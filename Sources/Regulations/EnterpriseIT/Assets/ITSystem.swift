import Kernel
import WorkCalendar

/// 信息系统: each with its owner, its stage, its tests, changes, maintenance windows and interfaces (第二条, 第二章17).
package struct ITSystem: Document {
    package enum State: String, CaseIterable, Sendable { case listed, retired }
    package enum Stage: String, Choosable {
        case none = "", planned, building, trial, running
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .planned: Words("规划", "Planned")
            case .building: Words("建设", "Being built")
            case .trial: Words("试运行", "On trial")
            case .running: Words("运行", "Running")
            }
        }
        var place: Int { Stage.allCases.firstIndex(of: self) ?? 0 }
    }
    package var label = "", purpose = "", vendor = "", reason = ""
    package var owner = PersonID.none
    package var stage = Stage.none
    package var tests: [SystemEvent] = [], changes: [SystemEvent] = [], windows: [MaintenanceWindow] = []
    package var interfaces: [SystemInterface] = []
    package var what = "", isPassed = false, isEmergency = false
    package var from: Moment?, until: Moment?
    package var other = ID<ITSystem>.none
    package init() {}

    package static let name = "it-system"
    package var title: String { label }

    package static let form = Form<ITSystem>(
        "信息系统", "Information system", number: "系统",
        states: [.listed: .done("在册", "Listed"), .retired: .no("已停用", "Retired")],
        readers: [.centre, .post(factoryLeader), .post(.head)],
        [
            .text(\.label, "系统名称", "Name").unique(under: enterpriseIT["第二条"]).listed(), .prose(\.purpose, "用途", "Purpose"),
            .person(\.owner, "负责人", "Owner").listed(), .text(\.vendor, "开发或供应单位", "Vendor").code().optional().onceFilled(),
            .choice(\.stage, "生命周期", "Stage").indexed().listed(), .text(\.what, "内容", "What").onceFilled(),
            .flag(\.isPassed, "测试通过", "Passed").onceFilled(),
            .flag(\.isEmergency, "紧急变更", "Emergency").onceFilled(), .moment(\.from, "开始", "From").onceFilled(),
            .moment(\.until, "结束", "Until").onceFilled(),
            .reference(\.other, "对接系统", "Other system").onceFilled(), .lines(\.tests, "测试记录", "Tests").optional(),
            .lines(\.changes, "变更记录", "Changes").optional(), .lines(\.windows, "维护窗口", "Maintenance windows").optional(),
            .lines(\.interfaces, "接口", "Interfaces").optional(), .text(\.reason, "停用理由", "Why it is retired").onceFilled(),
        ])

    private static let keepers = Who.any([.named(\ITSystem.owner), .post(centreDirector), .post(.networkStaff)])
    private static let article = enterpriseIT["第二条"]

    package static let register = Step<ITSystem>(
        "register", "登记系统", "Register", to: .listed, by: .either(centreDirector, .networkStaff), under: article,
        fields: [\.label, \.purpose, \.owner, \.vendor, \.stage]
    ) { system, act in
        // One that ran before the ledger was kept is entered on trial too: its test is recorded, and then it runs.
        try act.require(
            system.stage != .running, "新登记的系统不能直接列为“运行”，请先登记为“试运行”，记录测试通过后再变更阶段",
            "A system is not entered as running: enter it on trial, record the test that it passed, then change its stage")
        act.hold(system.owner)
    }
    package static let test = Step<ITSystem>(
        "test", "记录测试", "Record a test", from: .listed, to: nil, by: keepers, under: article, fields: [\.what, \.isPassed], isOptional: true
    ) { system, act in system.tests.append(system.event(act)) }
    package static let advance = Step<ITSystem>(
        "advance", "变更阶段", "Change its stage", from: .listed, to: nil, by: keepers, under: article, fields: [\.stage], isOptional: true
    ) { system, act in
        // The stage before is the one of the last entry; a system runs only once a test was passed.
        try act.require(
            system.stage != .running || system.tests.last?.isPassed == true, "最近一次测试未通过或没有测试，不能转入运行",
            "It runs only when its last test was passed")
        system.what = "阶段改为“\(system.stage.words.zh)”"
        system.changes.append(system.event(act))
    }
    package static let openWindow = Step<ITSystem>(
        "openWindow", "安排维护窗口", "Plan a maintenance window", from: .listed, to: nil, by: keepers, under: article,
        fields: [\.what, \.from, \.until], isOptional: true
    ) { system, act in
        guard let from = system.from, let until = system.until else { return }
        try act.require(act.now <= from && from < until, "维护窗口应在以后，且结束晚于开始", "A window is to come, and ends after it begins")
        var window = MaintenanceWindow()
        (window.from, window.until, window.what) = (from, until, system.what)
        system.windows.append(window)
    }
    package static let change = Step<ITSystem>(
        "change", "记录变更", "Record a change", from: .listed, to: nil, by: keepers, under: article, fields: [\.what, \.isEmergency],
        isOptional: true
    ) { system, act in
        let isWithin = system.windows.contains { window in
            (window.from.map { $0 <= act.now } ?? false) && (window.until.map { act.now <= $0 } ?? false)
        }
        try act.require(
            isWithin || system.isEmergency || system.stage != .running, "运行中的系统只在维护窗口内变更；紧急变更请勾选“紧急变更”",
            "A running system is changed within a maintenance window; mark an emergency as one")
        system.changes.append(system.event(act))
    }
    package static let connect = Step<ITSystem>(
        "connect", "登记接口", "Enter an interface", from: .listed, to: nil, by: keepers, under: enterpriseIT["第二章17"],
        fields: [\.other, \.what], isOptional: true
    ) { system, act in
        let (own, what) = (ID<ITSystem>(act.record.id), system.what)
        try act.require(system.other != own && !system.other.isNone, "请选择另一个系统", "Choose another system")
        system.interfaces.append(SystemInterface(system.other, what))
        try act.take(connected, on: system.other) { $0.interfaces.append(SystemInterface(own, what)) }
    }
    package static let connected = Step<ITSystem>(
        "connected", "对方登记接口", "An interface from the other side", from: .listed, to: nil, by: .system, under: enterpriseIT["第二章17"],
        isOptional: true)
    package static let retire = Step<ITSystem>(
        "retire", "停用", "Retire", from: .listed, to: .retired, by: .post(centreDirector), under: article, fields: [\.reason],
        isOptional: true)
    package static let steps = [register, test, advance, openWindow, change, connect, connected, retire]

    /// 第二章17: a system at work, on trial or not, that speaks with no other.
    static let island = Finding(
        "system-island", "信息孤岛：没有任何接口", "An island: no interface at all", under: enterpriseIT["第二章17"], in: State.listed,
        by: .post(centreDirector)
    ) { (system: ITSystem, _) in [.trial, .running].contains(system.stage) && system.interfaces.isEmpty }

    private func event(_ act: Act) -> SystemEvent {
        var event = SystemEvent()
        (event.at, event.by, event.what, event.isPassed, event.isEmergency) = (act.now, act.person, what, isPassed, isEmergency)
        return event
    }
}

package struct SystemEvent: Line {
    package var at: Moment?
    package var by = PersonID.none
    package var what = ""
    package var isPassed = false, isEmergency = false
    package init() {}

    package static let fields: [Field<SystemEvent>] = [
        .moment(\.at, "时间", "At"), .person(\.by, "经办人", "By").optional().unindexed(), .text(\.what, "内容", "What"),
        .flag(\.isPassed, "通过", "Passed"), .flag(\.isEmergency, "紧急", "Emergency"),
    ]
}

package struct MaintenanceWindow: Line {
    package var from: Moment?, until: Moment?
    package var what = ""
    package init() {}

    package static let fields: [Field<MaintenanceWindow>] = [
        .moment(\.from, "开始", "From"), .moment(\.until, "结束", "Until"), .text(\.what, "内容", "What"),
    ]
}

package struct SystemInterface: Line {
    package var system = ID<ITSystem>.none
    package var what = ""
    package init() {}
    init(_ system: ID<ITSystem>, _ what: String) { (self.system, self.what) = (system, what) }

    package static let fields: [Field<SystemInterface>] = [
        .reference(\.system, "系统", "System"), .text(\.what, "交换内容", "What is exchanged"),
    ]
}
