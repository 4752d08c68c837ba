import Kernel
import WorkCalendar

/// Results of osquery, one JSON a line: snapshots, single events, batches. Only a snapshot, or the first run of a query, is a whole list.
enum OsqueryLog {
    private enum Table: String, CaseIterable {
        case programs, deb_packages, rpm_packages, windows_security_products, windows_security_center, usb_devices, memory_devices
        case disk_info, logical_drives, system_info, interface_details, interface_addresses
    }

    static func read(_ bytes: [UInt8]) throws -> DeviceInventory {
        var inventory = DeviceInventory(.osquery)
        inventory.isPartial = true
        var count = 0
        for (number, line) in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            guard let value = try? JSONReader.read(LooseNumbers.asText(Array(line))) else {
                inventory.unread.append("第 \(number + 1) 行不是 JSON")
                continue
            }
            for entry in value.each {
                if !take(entry, into: &inventory) {
                    let name = entry["name"].text ?? ""
                    inventory.unread.append("第 \(number + 1) 行没有读取\(name.isEmpty ? "" : "（查询 \(name)）")")
                }
                count += 1
            }
        }
        guard count > 0,
            inventory.software != nil || !inventory.components.isEmpty || inventory.protection != nil || !inventory.removed.isEmpty
        else {
            let lines = inventory.unread.prefix(5).joined(separator: "；")
            throw InventoryFault(
                "查询日志中没有软件、部件或防护信息\(lines.isEmpty ? "" : "：\(lines)")", "the osquery log tells of no software, part or protection")
        }
        return inventory
    }

    /// - Returns: whether it was understood.
    private static func take(_ entry: JSONValue, into inventory: inout DeviceInventory) -> Bool {
        if let seconds = entry["unixTime"].whole ?? entry["unixTime"].text.flatMap({ Int64($0) }) {
            inventory.takenAt = max(inventory.takenAt ?? Moment(milliseconds: 0), Moment(milliseconds: seconds * 1000))
        }
        let query = entry["name"].text ?? ""
        inventory.identity.name = entry["hostIdentifier"].text ?? entry["hostname"].text ?? inventory.identity.name
        let isFirst = entry["counter"] == .whole(0) || entry["counter"] == .text("0")
        if !entry["snapshot"].list.isEmpty || entry["action"].text == "snapshot" {
            add(entry["snapshot"].list, of: query, isWhole: true, to: &inventory)
            // A snapshot without a row says that there is none.
            return entry["snapshot"].list.first.map { table(query, $0) != nil } ?? true
        } else if !entry["columns"].entries.isEmpty {
            let row = [entry["columns"]]
            if entry["action"].text == "removed" {
                remove(row, of: query, from: &inventory)
            } else {
                add(row, of: query, isWhole: false, to: &inventory)
            }
            return table(query, entry["columns"]) != nil
        }
        let (added, removed) = (entry["diffResults"]["added"].list, entry["diffResults"]["removed"].list)
        add(added, of: query, isWhole: isFirst, to: &inventory)
        remove(removed, of: query, from: &inventory)
        return (added + removed).first.map { table(query, $0) != nil } ?? !entry["diffResults"].entries.isEmpty
    }

    /// By the query's name, else by the columns that the table alone has.
    private static func table(_ query: String, _ row: JSONValue) -> Table? {
        if let named = Table.allCases.first(where: { query.hasSuffix($0.rawValue) }) { return named }
        func has(_ keys: String...) -> Bool { keys.allSatisfy { row[$0] != .null } }
        if has("signatures_up_to_date") { return .windows_security_products }
        if has("identifying_number") || has("name", "version", "publisher") { return .programs }
        if has("device_locator") { return .memory_devices }
        if has("disk_size", "hardware_model") { return .disk_info }
        if has("hardware_serial", "uuid") { return .system_info }
        return has("removable", "vendor_id") ? .usb_devices : nil
    }

    private static func add(_ rows: [JSONValue], of query: String, isWhole: Bool, to inventory: inout DeviceInventory) {
        guard let first = rows.first, let table = table(query, first) else { return }
        switch table {
        case .programs, .deb_packages, .rpm_packages:
            inventory.software =
                (inventory.software ?? [])
                + rows.map { row in
                    SeenSoftware(
                        name: text(row, "name"), publisher: text(row, "publisher", "maintainer", "vendor"), version: text(row, "version"),
                        architecture: text(row, "arch"))
                }
        case .memory_devices, .disk_info:
            let kind: ComponentKind = table == .disk_info ? .storage : .memory
            inventory.components[kind] = (inventory.components[kind] ?? []) + rows.compactMap { component($0, table) }
            // Of what is listed whole, what is absent is gone; a log with anything less stays partial.
            if isWhole { inventory.wholeKinds.insert(kind) }
        case .windows_security_products: protect(rows, &inventory)
        case .windows_security_center:
            let isGood = text(first, "antivirus") == "Good"
            if inventory.protection == nil { inventory.protection = SeenProtection(name: "", isEnabled: isGood, isUpToDate: isGood) }
        case .usb_devices:
            inventory.drives += rows.filter { text($0, "removable") == "1" }.map {
                "\(text($0, "vendor")) \(text($0, "model")) \(text($0, "serial"))"
            }
        case .logical_drives:
            inventory.drives += rows.filter { text($0, "description").contains("CD-ROM") }.map {
                "\(text($0, "device_id")) \(text($0, "description"))"
            }
        case .system_info:
            inventory.identity.serial = text(first, "hardware_serial")
            inventory.identity.uuid = text(first, "uuid")
            inventory.identity.boardSerial = text(first, "board_serial")
        case .interface_details: for row in rows { inventory.identity.macs.insert(PlainText.code(text(row, "mac"))) }
        case .interface_addresses: break
        }
    }

    private static func protect(_ rows: [JSONValue], _ inventory: inout DeviceInventory) {
        let products = rows.filter { text($0, "type").lowercased().contains("antivirus") || text($0, "type").isEmpty }.map {
            SeenProtection(
                name: text($0, "name"), isEnabled: text($0, "state") == "On", isUpToDate: text($0, "signatures_up_to_date") == "1")
        }
        inventory.protection = products.first { $0.isEnabled && $0.isUpToDate } ?? products.first ?? inventory.protection
    }

    private static func remove(_ rows: [JSONValue], of query: String, from inventory: inout DeviceInventory) {
        guard let first = rows.first, let table = table(query, first) else { return }
        if table == .memory_devices || table == .disk_info { inventory.removed += rows.compactMap { component($0, table) } }
    }

    private static func component(_ row: JSONValue, _ table: Table) -> SeenComponent? {
        if table == .disk_info {
            let bytes = Int(text(row, "disk_size")) ?? 0
            return SeenComponent(kind: .storage, model: text(row, "hardware_model"), serial: text(row, "serial"), size: bytes / 1_000_000)
        }
        let size = Int(text(row, "size")) ?? 0
        if size == 0 { return nil }
        return SeenComponent(
            kind: .memory, slot: text(row, "device_locator"), model: text(row, "part_number"), serial: text(row, "serial_number"),
            size: size)
    }

    private static func text(_ row: JSONValue, _ keys: String...) -> String {
        for key in keys {
            if let text = row[key].text, !text.isEmpty { return text.trimmingBlanks }
            if let number = row[key].whole { return String(number) }
        }
        return ""
    }
}
