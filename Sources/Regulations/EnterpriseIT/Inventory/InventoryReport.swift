import Kernel
import WorkCalendar

/// 设备清单: what an agent saw of a computer, compared with the software list and with the parts in the ledger. It proposes, it overwrites
/// nothing (第二章10, 11).
package struct InventoryReport: Document {
    package enum State: String, CaseIterable, Sendable { case received }
    package enum Result: String, Choosable {
        case none = "", clean, deviating, unmatched, stale
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .clean: Words("未见不符", "Nothing against it")
            case .deviating: Words("有不符，已列问题", "Deviates")
            case .unmatched: Words("未匹配到设备", "No device matched")
            case .stale: Words("早于设备最近变动，不予比对", "Older than the device's last change")
            }
        }
    }
    package var file: [FileReference] = []
    package var content = "", format = "", seen = "", proposals = "", host = ""
    package var seenAt: Moment?
    package var isPartial = false
    package var asset = ID<ITAsset>.none
    package var result = Result.none
    package var software = 0, notAllowed = 0, findings = 0
    package init() {}

    package static let name = "inventory-report"
    package var title: String { host }

    private static let many = 0...1_000_000
    package static let form = Form<InventoryReport>(
        "设备清单", "Inventory report", number: "清单报告", states: [.received: .done("已接收", "Received")],
        readers: [.centre],
        [
            .files(\.file, "清单文件", "File").optional().hint(
                "代理程序的清单（JSON、XML）、查询日志，或软件清单表（CSV、XLSX）",
                "GLPI agent JSON, FusionInventory XML, osquery results, or a list of software as CSV or XLSX"),
            .prose(\.content, "清单内容", "Content").optional().longest(900_000).hint("程序提交时直接写入", "as a program posts it")
                .onceFilled(),
            .moment(\.seenAt, "采集时间", "Seen at").optional().listed().hint("不填为现在", "empty: now"),
            .text(\.format, "格式", "Format").code().optional().kept(), .text(\.host, "主机名", "Host").code().optional().listed(),
            .flag(\.isPartial, "部分清单", "Partial").listed(), .reference(\.asset, "设备", "Device").optional().listed(),
            .choice(\.result, "结果", "Result").optional().listed(), .whole(\.software, "软件数", "Programs", in: many).optional(),
            .whole(\.notAllowed, "名单外", "Not allowed", in: many).optional().listed(),
            .whole(\.findings, "新问题", "New findings", in: many).optional().listed(),
            .prose(\.seen, "说明", "What was looked at").optional().onceFilled(),
            .prose(\.proposals, "更正建议", "Proposals").optional().onceFilled(),
        ])

    private static let article = enterpriseIT["第二章10"]
    package static let submit = Step<InventoryReport>(
        "submit", "提交清单", "Submit", to: .received, by: .either(.networkStaff, .assetStaff, .serviceDesk), under: article,
        enterpriseIT["第二章11"], fields: [\.file, \.content, \.seenAt]
    ) { report, act in
        let inventory = try report.read(act)
        try report.match(inventory, act)
        report.tell(inventory)
    }
    package static let assign = Step<InventoryReport>(
        "assign", "指定设备", "Say which device it is", from: .received, to: nil, by: .post(.assetStaff),
        when: { $0.value.result == .unmatched }, under: article, fields: [\.asset]
    ) { report, act in
        let inventory = try report.read(act)
        report.seen = ""
        try report.compare(inventory, act)
        report.tell(inventory)
    }
    package static let steps = [submit, assign]

    private mutating func read(_ act: Act) throws -> DeviceInventory {
        let bytes = try file.first.flatMap { try act.content(of: $0) } ?? Array(content.utf8)
        try act.require(!bytes.isEmpty, "请上传清单文件，或填写清单内容", "Hand in a file, or the content")
        try act.require(seenAt.map { $0 <= act.now } ?? true, "采集时间不能晚于现在", "It cannot have been seen after now")
        do {
            let inventory = try DeviceInventory.read(bytes)
            // A computer whose clock is ahead was not seen after now.
            if seenAt == nil { seenAt = min(inventory.takenAt ?? act.now, act.now) }
            (format, isPartial, host) = (inventory.format.rawValue, inventory.isPartial, inventory.identity.name)
            software = inventory.software?.count ?? 0
            return inventory
        } catch let fault as InventoryFault {
            try act.require(false, fault.words.zh, fault.words.en)
            throw fault
        }
    }

    /// What of it was not understood.
    private mutating func tell(_ inventory: DeviceInventory) {
        let shown = inventory.unread.prefix(20).joined(separator: "；"), more = inventory.unread.count - 20
        let said = more > 0 ? "\(shown)；另有 \(more) 处没有读取" : shown
        if !said.isEmpty { seen = seen.isEmpty ? said : "\(seen)；\(said)" }
    }

    private mutating func match(_ inventory: DeviceInventory, _ act: Act) throws {
        let found = try Self.device(inventory.identity, act)
        guard found.count == 1, let only = found.first else {
            result = .unmatched
            seen = found.isEmpty ? "没有编号、序列号或网卡地址与台账一致的设备" : "与 \(found.count) 台设备相符，请指定"
            return
        }
        asset = only
        try compare(inventory, act)
    }

    /// By the surest number that any device has. Serial numbers that makers left blank match nothing.
    private static func device(_ identity: DeviceIdentity, _ act: Act) throws -> [ID<ITAsset>] {
        for key in identity.keys {
            let parts = key.split(separator: " ").map(String.init)
            let found: [Found<ITAsset>] =
                switch parts[0] {
                case "tag": try act.find(\ITAsset.number, is: parts[1])
                case "serial":
                    try act.find(\ITAsset.serial, is: parts[1]).filter {
                        parts.count < 3 || $0.value.uuid.isEmpty || PlainText.code($0.value.uuid) == parts[2]
                    }
                case "board": try act.find(\ITAsset.board, is: parts[1])
                default: try act.find(\ITAsset.mac, is: parts[1])
                }
            let present = found.filter { $0.state != .scrapped }.map(\.id)
            if !present.isEmpty { return present }
        }
        return []
    }
}
