import Kernel
import WorkCalendar

/// 档案库房: a room with its limits of temperature and humidity; classified records have one of their own (第7条, 第16条, 第22条).
package struct ArchiveStore: Document {
    package enum State: String, CaseIterable, Sendable { case inUse = "in-use", closed }
    package static let name = "archive-store"
    package var label = ""
    package var kind = StoreKind.unknown
    package var keeper = PersonID.none
    package var coldest: DecimalNumber?, warmest: DecimalNumber?
    package var driest: DecimalNumber?, dampest: DecimalNumber?
    package var lastReading: Moment?
    package init() {}
    package var title: String { label }

    package static let form = Form<ArchiveStore>(
        "档案库房", "Archive store", states: [.inUse: .done("使用中", "In use"), .closed: .no("停用", "Closed")], readers: [.archive],
        [
            .text(\.label, "库房名称", "Name").listed().indexed(), .choice(\.kind, "库房类别", "Kind").listed(),
            .person(\.keeper, "库房保管人", "Keeper").listed(),
            .decimal(\.coldest, "最低温度（℃）", "Lowest temperature, °C", places: 1, in: -30...60).optional()
                .hint("不填的按该类库房的标准", "left empty: the standard of its kind"),
            .decimal(\.warmest, "最高温度（℃）", "Highest temperature, °C", places: 1, in: -30...60).optional(),
            .decimal(\.driest, "最低相对湿度（%）", "Lowest relative humidity, %", places: 1, in: 0...100).optional(),
            .decimal(\.dampest, "最高相对湿度（%）", "Highest relative humidity, %", places: 1, in: 0...100).optional(),
            .moment(\.lastReading, "最近读数时间", "Last reading").optional().onceFilled(),
        ])

    /// Readings that do not come are an alarm as well.
    static let silence = Deadline("silence", "应有读数", "A reading is due", under: confidentiality[16], takes: fallSilent, reminders: [])
    package static let deadlines = [silence]

    package static let enter = Step<ArchiveStore>(
        "enter", "登记库房", "Enter a store", to: .inUse, by: .either(.archivist, .informationSupervisor), under: confidentiality[7],
        confidentiality[16]
    ) { store, act in
        try store.settle(act)
        act.start(silence, due: act.now.adding(hours: try act.parameter(.climateSilenceHours)))
    }
    package static let amend = Step<ArchiveStore>(
        "amend", "调整限值、保管人", "Set limits or keeper", from: .inUse, to: nil, by: .either(.archivist, .informationSupervisor),
        under: confidentiality[16], fields: [\.keeper, \.coldest, \.warmest, \.driest, \.dampest], isOptional: true
    ) { store, act in try store.settle(act) }
    /// A reading has come.
    package static let hear = Step<ArchiveStore>(
        "hear", "收到读数", "A reading has come", from: .inUse, to: nil, by: .system, under: confidentiality[16], isOptional: true
    ) { store, act in
        let due = (store.lastReading ?? act.now).adding(hours: try act.parameter(.climateSilenceHours))
        // Readings of long ago out of a file end no silence.
        if due > act.now { act.restart(silence, due: due) }
    }
    package static let fallSilent = Step<ArchiveStore>(
        "fallSilent", "读数中断", "No readings", from: .inUse, to: nil, by: .system, under: confidentiality[16], isOptional: true
    ) { store, act in
        let facts = store.lastReading.map { "自 \($0.day) \($0.hour) 时起没有读数" } ?? "登记以来没有读数"
        try ClimateAlarm.raise(.silence, facts, since: store.lastReading, ID(act.record.id), act)
    }
    package static let close = Step<ArchiveStore>(
        "close", "停用", "Close", from: .inUse, to: .closed, by: .post(.informationSupervisor), under: confidentiality[7], isOptional: true
    ) { _, act in
        let full = try act.find(\Shelf.store, is: ID(act.record.id), in: .inUse, limit: 1000).filter { !$0.value.slots.isEmpty }
        try act.require(full.isEmpty, "库房内尚有 \(full.count) 个档案架存放着档案，不能停用", "\(full.count) shelves in it hold files; it cannot be closed")
    }
    package static let steps = [enter, amend, hear, fallSilent, close]

    /// Limits that were left empty are those of the kind; classified rooms are known only to whoever is cleared for them.
    private mutating func settle(_ act: Act) throws {
        let limits = kind.limits
        coldest = coldest ?? limits.temperature.lowerBound
        warmest = warmest ?? limits.temperature.upperBound
        driest = driest ?? limits.humidity.lowerBound
        dampest = dampest ?? limits.humidity.upperBound
        try act.require(
            (coldest ?? 0) < (warmest ?? 0) && (driest ?? 0) < (dampest ?? 0), "限值的下限应小于上限，请核对",
            "The lower limit is below the upper one; check them", under: confidentiality[16])
        act.raise(to: kind.secrecy.level)
    }
}

/// 库房类别, with the limits of its kind (JGJ 25-2010): degrees Celsius and per cent of relative humidity.
package enum StoreKind: String, Choosable {
    case unknown = "", paper, classified, topSecret = "top-secret", special, tape, film, disc

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .paper: Words("纸质库", "Paper")
        case .classified: Words("机密库", "Secret records")
        case .topSecret: Words("绝密库", "Top-secret records")
        case .special: Words("特藏库", "Special")
        case .tape: Words("磁带库", "Tape")
        case .film: Words("胶片母片库", "Film masters")
        case .disc: Words("光盘库", "Discs")
        }
    }

    /// What is kept in it. Each level has a room of its own: a slot that is taken tells of what stands there.
    package var secrecy: SecrecyLevel {
        switch self {
        case .classified: .secret
        case .topSecret: .topSecret
        default: .internal
        }
    }

    package var limits: (temperature: ClosedRange<DecimalNumber>, humidity: ClosedRange<DecimalNumber>) {
        switch self {
        case .unknown, .paper, .classified, .topSecret: (14...24, 45...60)
        case .special: (14...20, 45...55)
        case .tape: (14...24, 40...60)
        case .film: (13...15, 35...45)
        case .disc: (4...20, 20...50)
        }
    }
}
