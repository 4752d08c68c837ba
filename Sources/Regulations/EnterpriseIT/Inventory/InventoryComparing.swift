import Kernel
import WorkCalendar

extension InventoryReport {
    /// What the report says against the software list and the ledger; what is not allowed opens findings with the line that shows it.
    mutating func compare(_ inventory: DeviceInventory, _ act: Act) throws {
        guard let found = try act.load(asset) else { return }
        let device = found.value, seenAt = seenAt ?? act.now
        if let changed = device.changedAt, changed > seenAt {
            result = .stale
            seen = "清单采集于设备最近变动（\(changed)）之前"
            return
        }
        let before = findings
        try compareSoftware(inventory, device, act)
        try compareParts(inventory, device, act)
        for drive in inventory.drives { try find(.drive, drive, device, act) }
        propose(inventory, device)
        result = findings > before || notAllowed > 0 ? .deviating : .clean
        let protection = Self.state(inventory.protection)
        try act.take(ITAsset.observe, on: asset) { asset in
            asset.reportedAt = max(seenAt, asset.reportedAt ?? seenAt)
            // A report that does not look at it leaves the state as it was.
            if let protection { (asset.protection, asset.protectedOn) = (protection, seenAt) }
        }
        content = ""
    }

    private static func state(_ protection: SeenProtection?) -> Protection? {
        protection.map { $0.isEnabled && $0.isUpToDate ? .good : .poor }
    }

    private mutating func compareSoftware(_ inventory: DeviceInventory, _ device: ITAsset, _ act: Act) throws {
        guard let programs = inventory.software else { return say("没有软件信息") }
        let list = try SoftwareRule.list(act)
        if list.isEmpty { return say("软件名单为空，未作比对") }
        let confirmed = Set(device.installed.map { SoftwareName.key($0.name) })
        var unknown: [String] = []
        for program in programs {
            switch list.verdict(of: program) {
            case .allowed: continue
            case .forbidden: try find(.software, "禁止软件：\(program.line)", device, act)
            case .wrongVersion: unknown.append("版本不在准许范围：\(program.line)")
            case .unknown where confirmed.contains(SoftwareName.key(program.name)): continue
            case .unknown: unknown.append(program.line)
            }
            notAllowed += 1
        }
        if !unknown.isEmpty {
            let shown = unknown.prefix(100).joined(separator: "\n")
            try find(.software, "名单外软件 \(unknown.count) 项：\n\(shown)\(unknown.count > 100 ? "\n…" : "")", device, act)
        }
        // Store, per-user and portable programs are in no such list.
        say("软件 \(programs.count) 项已比对；商店、单用户和便携软件可能未列出，只能说“未见”")
    }

    private mutating func compareParts(_ inventory: DeviceInventory, _ device: ITAsset, _ act: Act) throws {
        if inventory.components.isEmpty, inventory.removed.isEmpty { return say("没有部件信息") }
        let comparison = ComponentComparison(ledger: device.parts.map(\.component), seen: inventory)
        for part in comparison.missing { try find(.component, "缺少：\(part.line)", device, act) }
        for part in comparison.added { try find(.component, "多出：\(part.line)", device, act) }
    }

    /// What the ledger does not know, or otherwise. Nobody's hand, so nothing is written over.
    private mutating func propose(_ inventory: DeviceInventory, _ device: ITAsset) {
        var lines: [String] = []
        func compare(_ what: String, _ ledger: String, _ seen: String) {
            guard !DeviceIdentity.isPlaceholder(seen), PlainText.code(ledger) != PlainText.code(seen) else { return }
            lines.append("\(what)：台账“\(ledger)”，清单“\(seen)”")
        }
        compare("序列号", device.serial, inventory.identity.serial)
        compare("UUID", device.uuid, inventory.identity.uuid)
        for (kind, parts) in inventory.components.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where !device.parts.contains(where: { $0.kind == kind }) && !parts.isEmpty {
            lines += parts.map { "登记部件：\($0.line)" }
        }
        proposals = lines.joined(separator: "\n")
    }

    private mutating func find(_ kind: ComputerFinding.Kind, _ line: String, _ device: ITAsset, _ act: Act) throws {
        let report = ID<InventoryReport>(act.record.id)
        if try ComputerFinding.open(kind, on: asset, number: device.number, line: line, report: report, act) { findings += 1 }
    }

    private mutating func say(_ text: String) { seen = seen.isEmpty ? text : "\(seen)；\(text)" }
}
