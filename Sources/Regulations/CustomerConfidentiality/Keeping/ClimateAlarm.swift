import Kernel
import WorkCalendar

/// 温湿度报警: a climate that stays beyond its limits, changes too much in a day and a night, or is not read at all (第16条). One reading alone is
/// no alarm: it takes two in a row, or one that has lasted.
package struct ClimateAlarm: Document {
    package enum State: String, CaseIterable, Sendable { case open, settled }
    package static let name = "climate-alarm"
    package var store = ID<ArchiveStore>.none
    package var cause = AlarmCause.unknown
    package var facts = "", measure = ""
    package var since: Moment?
    package init() {}

    package static let form = Form<ClimateAlarm>(
        "温湿度报警", "Alarm of the climate", number: "温湿警",
        states: [.open: .open("待处置", "Open"), .settled: .done("已处置", "Settled")], readers: [.archive],
        [
            .reference(\.store, "库房", "Store").listed(), .choice(\.cause, "报警原因", "Cause").listed(),
            .moment(\.since, "开始时间", "Since").optional().listed(), .text(\.facts, "情况", "Facts").listed(),
            .prose(\.measure, "处置措施", "What was done"),
        ])

    package static let open = Step<ClimateAlarm>("open", "报警", "Alarm", to: .open, by: .system, under: confidentiality[16]) { alarm, act in
        guard let store = try act.load(alarm.store) else { return }
        act.raise(to: store.record.level)
        act.notify([store.value.keeper], "库房温湿度报警，请立即处置", "An alarm of the climate in your store; see to it at once")
        act.notify(.post(.archivist), "库房温湿度报警，请立即处置", "An alarm of the climate in a store; see to it at once")
    }
    package static let settle = Step<ClimateAlarm>(
        "settle", "处置完毕", "Settle", from: .open, to: .settled, by: .either(.archivist, .custodian, .informationSupervisor), under: confidentiality[16],
        fields: [\.measure]
    ) { alarm, act in
        guard let store = try act.load(alarm.store) else { return }
        let last = try newest(of: alarm.store, act).first?.value
        switch alarm.cause {
        case .silence:
            let hours = try act.parameter(.climateSilenceHours)
            try act.require(
                last?.at.map { $0.adding(hours: hours) > act.now } ?? false, "还没有收到新的读数，恢复读数后方可销警", "No new reading has come yet; settle it when one has")
        default:
            try act.require(
                last.map { store.value.excess($0).isEmpty } ?? false, "最近一次读数仍然超限，恢复正常后方可销警",
                "The last reading is still beyond the limits; settle it when the climate is right again")
        }
    }.task("处置报警", "See to the alarm")
    package static let steps = [open, settle]

    /// The readings of a store, by their time, the newest first.
    static func newest(of store: ID<ArchiveStore>, _ act: Act, limit: Int = 200) throws -> [Found<ClimateReading>] {
        try act.find(\ClimateReading.store, is: store, in: .kept, limit: limit).filter { $0.value.at != nil }
            .sorted { ($0.value.at ?? act.now) > ($1.value.at ?? act.now) }
    }

    /// Looks at a new reading beside those before it.
    static func follow(_ reading: ClimateReading, _ store: Found<ArchiveStore>, _ act: Act) throws {
        guard let at = reading.at else { return }
        let earlier = try newest(of: store.id, act).filter { $0.value.at.map { $0 < at } ?? false }.map(\.value)
        if !reading.excess.isEmpty {
            // In a row: one in between that was right begins it anew.
            let run = earlier.prefix { !$0.excess.isEmpty }
            let minutes = try act.parameter(.climateAlarmMinutes)
            let since = run.last?.at ?? at
            if !run.isEmpty || since.distance(to: act.now) >= Int64(minutes) * 60_000 {
                try raise(.limits, reading.excess, since: since, store.id, act)
            }
        }
        let day = earlier.filter { $0.at.map { $0 > at.adding(hours: -24) } ?? false }
        let changes = [
            change(reading.temperature, day.compactMap(\.temperature), most: 2, "温度", "℃"),
            change(reading.humidity, day.compactMap(\.humidity), most: 5, "湿度", "%"),
        ].filter { !$0.isEmpty }
        if !changes.isEmpty { try raise(.change, changes.joined(separator: "，"), since: at, store.id, act) }
    }

    /// ±2 ℃ and ±5 % in a day and a night at most (JGJ 25-2010).
    private static func change(
        _ value: DecimalNumber?, _ others: [DecimalNumber], most: DecimalNumber, _ what: String, _ unit: String
    ) -> String {
        guard let value, let low = others.min(), let high = others.max() else { return "" }
        let change = max(value - low, high - value)
        return change > most ? "一昼夜\(what)变化 \(change)\(unit)，超过 \(most)\(unit)" : ""
    }

    /// One alarm of a kind at a time.
    static func raise(_ cause: AlarmCause, _ facts: String, since: Moment?, _ store: ID<ArchiveStore>, _ act: Act) throws {
        let standing = try act.find(\ClimateAlarm.store, is: store, in: .open, limit: 100)
        if standing.contains(where: { $0.value.cause == cause }) { return }
        var alarm = ClimateAlarm()
        (alarm.store, alarm.cause, alarm.facts, alarm.since) = (store, cause, facts, since)
        try act.create(alarm, by: open)
    }
}

package enum AlarmCause: String, Choosable {
    case unknown = "", limits, change, silence

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .limits: Words("持续超限", "Beyond the limits")
        case .change: Words("昼夜变化过大", "Changes too much in a day")
        case .silence: Words("无读数", "No readings")
        }
    }
}
