import Kernel
import Tables
import WorkCalendar

/// A list of devices in a table (CSV, XLSX): a row a device. It is compared with the ledger, and it changes nothing by itself (第二章8, 20).
package struct AssetTable: Sendable {
    package struct Row: Sendable {
        /// As a spreadsheet counts it.
        package let line: Int
        package var number = "", what = "", category = "", model = "", maker = "", serial = "", uuid = "", mac = "", place = "", holder = ""
        package var value = "", acquired = "", remark = ""
        package init(line: Int) { self.line = line }
    }

    /// A row, and what is wrong with it.
    package struct Unread: Sendable, Hashable {
        package let line: Int
        package let words: Words
    }

    package private(set) var rows: [Row] = []
    package private(set) var unread: [Unread] = []
    /// Columns that nobody reads, by their names.
    package private(set) var unused: [String] = []

    private static let columns: [(Header.Column, WritableKeyPath<Row, String> & Sendable)] = [
        (.init("number", "资产编号", "编号", "asset number", "assettag", content: .code), \.number),
        (.init("what", "名称", "资产名称", "设备名称", "name"), \.what),
        (.init("category", "分类代码", "资产分类代码", "class code", content: .code), \.category),
        (.init("model", "规格型号", "型号", "model"), \.model), (.init("maker", "生产厂家", "厂家", "品牌", "manufacturer"), \.maker),
        (.init("serial", "序列号", "SN", "serial number", "出厂编号", content: .code), \.serial), (.init("uuid", "UUID", content: .code), \.uuid),
        (.init("mac", "网卡地址", "MAC地址", "MAC", content: .code), \.mac), (.init("place", "存放地点", "地点", "使用地点", "place", "location"), \.place),
        (.init("holder", "使用人", "领用人", "保管人", "holder"), \.holder),
        (.init("value", "原值", "原值（元）", "价值", "value", content: .decimal), \.value),
        (.init("acquired", "启用日期", "购置日期", "first use", content: .day), \.acquired), (.init("remark", "备注", "说明", "remarks"), \.remark),
    ]
    package static let form = TableForm(columns.map(\.0), needs: [["number"], ["what"]])

    /// - Throws: `PaperError` where it is no such table.
    package init(_ content: [UInt8], name: String = "") throws {
        self = try TableReader.reading(content: content, name: name.isEmpty ? nil : name, form: Self.form) { try AssetTable(reading: $0) }
    }

    private init(reading table: TableReader) throws {
        let header = try table.header(Self.form)
        var lines: [String: Int] = [:]
        try table.forEachRow { row in
            var read = Row(line: row.number), damaged: [String] = []
            for (column, path) in Self.columns {
                guard let index = header[column.key] else { continue }
                if row.damage(index) != .none { damaged.append(column.names.first ?? column.key) }
                read[keyPath: path] = row.text(index).trimmingBlanks
            }
            func leave(_ zh: String, _ en: String) { unread.append(Unread(line: row.number, words: Words(zh, en))) }
            let key = PlainText.code(read.number)
            if !damaged.isEmpty {
                leave("“\(damaged.joined(separator: "、"))”被表格软件改坏，请设为文本后重填", "a spreadsheet has spoilt: \(damaged.joined(separator: ", "))")
            } else if key.isEmpty {
                leave("没有资产编号", "no asset number")
            } else if let first = lines[key] {
                leave("资产编号 \(read.number) 与第 \(first) 行重复", "\(read.number) stands in row \(first) already")
            } else if read.what.isEmpty {
                leave("没有名称", "no name")
            } else if !read.acquired.isEmpty, Day(loose: read.acquired) == nil {
                leave("启用日期“\(read.acquired)”读不出", "“\(read.acquired)” is no day")
            } else {
                lines[key] = row.number
                rows.append(read)
            }
        }
        unused = header.unknown.map { table.columns[$0] }.filter { !$0.isEmpty }
    }
}

extension AssetTable.Row {
    /// What the ledger says otherwise; of what the row leaves empty nothing is said.
    /// - Parameter holder: what the holder in the ledger is called.
    package func differences(from asset: [String: JSONValue], holder: Words) -> [Words] {
        func said(_ key: String) -> String { asset[key]?.text ?? "" }
        let pairs: [(Words, String, String)] = [
            (Words("名称", "Name"), said("what"), what), (Words("规格型号", "Model"), said("model"), model),
            (Words("生产厂家", "Maker"), said("maker"), maker), (Words("序列号", "Serial number"), said("serial"), serial),
            (Words("UUID", "UUID"), said("uuid"), uuid), (Words("网卡地址", "MAC"), said("mac"), mac),
            (Words("存放地点", "Place"), said("place"), place),
        ]
        var found = pairs.filter { !$0.2.isEmpty && PlainText.code($0.1) != PlainText.code($0.2) }.map { label, ledger, seen in
            Words("\(label.zh)：台账“\(ledger)”，清单“\(seen)”", "\(label.en): ledger “\(ledger)”, list “\(seen)”")
        }
        if !self.holder.isEmpty, ![holder.zh, holder.en].contains(self.holder) {
            found.append(Words("使用人：台账“\(holder.zh)”，清单“\(self.holder)”", "Holder: ledger “\(holder.en)”, list “\(self.holder)”"))
        }
        return found
    }

    /// What takes it over into the ledger.
    package func takeOver(_ remark: String) -> [String: JSONValue] {
        var input: [String: JSONValue] = [
            "number": .text(number), "what": .text(what), "place": .text(place), "note": .text(self.remark.isEmpty ? remark : self.remark),
        ]
        for (key, text) in [
            ("category", category), ("model", model), ("maker", maker), ("serial", serial), ("uuid", uuid), ("mac", mac), ("value", value),
        ] where !text.isEmpty { input[key] = .text(text) }
        if let day = Day(loose: acquired) { input["acquired"] = .text(day.description) }
        return input
    }
}
