import Kernel
import WorkCalendar

/// 温湿度记录: one reading of one store, by hand, out of a file or from a sensor (第16条). The same time of the same store is read once.
package struct ClimateReading: Document {
    package enum State: String, CaseIterable, Sendable { case kept, mistaken }
    package static let name = "climate-reading"
    package var store = ID<ArchiveStore>.none
    package var at: Moment?
    package var temperature: DecimalNumber?, humidity: DecimalNumber?
    package var source = ReadingSource.hand
    package var storeName = "", key = "", excess = "", mistake = ""
    package init() {}

    package static let form = Form<ClimateReading>(
        "温湿度记录", "Reading of the climate", states: [.kept: .done("已记录", "Kept"), .mistaken: .no("误记", "Mistaken")],
        readers: [.archive],
        [
            .reference(\.store, "库房", "Store").optional().listed(),
            .text(\.storeName, "库房名称", "Name of the store").optional().code().hint("文件导入或传感器可填名称", "files and sensors may give its name"),
            .moment(\.at, "时间", "At").listed(),
            .decimal(\.temperature, "温度（℃）", "Temperature, °C", places: 1, in: -40...80).listed(),
            .decimal(\.humidity, "相对湿度（%）", "Relative humidity, %", places: 1, in: 0...100).listed(),
            .choice(\.source, "来源", "Source").optional().listed(), .text(\.excess, "超限情况", "Beyond the limits").optional().listed(),
            .text(\.key, "库房与时间", "Store and time").optional().indexed(), .text(\.mistake, "误记说明", "What was mistaken").onceFilled(),
        ])

    package static let record = Step<ClimateReading>(
        "record", "登记温湿度", "Record the climate", to: .kept, by: .any([.archive, .post(.custodian)]), under: confidentiality[16],
        fields: [\.store, \.storeName, \.at, \.temperature, \.humidity, \.source]
    ) { reading, act in
        let store = try reading.found(act)
        reading.store = store.id
        let at = reading.at ?? act.now
        act.raise(to: store.record.level)
        try act.require(at <= act.now.adding(seconds: 300), "读数时间不能晚于现在，请核对传感器时钟", "The reading cannot be later than now; check the sensor's clock")
        reading.key = "\(reading.store.raw) \(at.milliseconds / 60_000)"
        try act.require(
            try act.find(\ClimateReading.key, is: reading.key, in: .kept, limit: 1).isEmpty, "该库房此时的读数已经登记",
            "The reading of this store at this time is on record already")
        reading.excess = store.value.excess(reading)
        let (kept, id) = (reading, reading.store)
        try act.take(ArchiveStore.hear, on: id) { store in
            if let last = store.lastReading, last >= at { return }
            store.lastReading = at
        }
        try ClimateAlarm.follow(kept, store, act)
    }
    package static let strike = Step<ClimateReading>(
        "strike", "标为误记", "Mark as mistaken", from: .kept, to: .mistaken, by: .either(.archivist, .informationSupervisor), under: confidentiality[16],
        fields: [\.mistake], isOptional: true)
    package static let steps = [record, strike]

    /// The store, by itself or by its name. One that the hand is not cleared for is as one that there is not.
    private func found(_ act: Act) throws -> Found<ArchiveStore> {
        if let store = try act.load(store), store.state == .inUse { return store }
        let clearance = act.principal.isSystem ? .topSecret : act.organisation.people[act.person]?.clearance ?? .public
        let named = storeName.isEmpty ? [] : try act.find(\ArchiveStore.label, is: storeName, in: .inUse, limit: 10)
        guard let store = named.first(where: { $0.record.level <= clearance }) else {
            throw Refusal(
                article: confidentiality[16], words: Words("没有使用中的库房“\(storeName)”，请核对名称", "There is no store “\(storeName)” in use; check its name"))
        }
        return store
    }
}

package enum ReadingSource: String, Choosable {
    case hand, file, sensor

    package var words: Words {
        switch self {
        case .hand: Words("人工", "By hand")
        case .file: Words("文件导入", "From a file")
        case .sensor: Words("传感器", "Sensor")
        }
    }
}

extension ArchiveStore {
    /// What of a reading lies beyond the limits; empty where nothing does.
    func excess(_ reading: ClimateReading) -> String {
        [
            Self.excess(reading.temperature, coldest, warmest, "温度", "℃"), Self.excess(reading.humidity, driest, dampest, "湿度", "%"),
        ].filter { !$0.isEmpty }.joined(separator: "，")
    }

    private static func excess(
        _ value: DecimalNumber?, _ low: DecimalNumber?, _ high: DecimalNumber?, _ what: String, _ unit: String
    ) -> String {
        guard let value else { return "" }
        if let high, value > high { return "\(what) \(value)\(unit) 高于 \(high)\(unit)" }
        if let low, value < low { return "\(what) \(value)\(unit) 低于 \(low)\(unit)" }
        return ""
    }
}
