import Kernel

/// Inventories in the format of the GLPI agent: JSON, and the XML of FusionInventory, which has the same names in capitals.
enum GLPIInventory {
    static func read(_ whole: JSONValue) throws -> DeviceInventory {
        guard let device = whole["deviceid"].text, !device.isEmpty, !whole["content"].entries.isEmpty else {
            throw InventoryFault("GLPI 清单缺少 deviceid 或 content", "a GLPI inventory has deviceid and content")
        }
        let type = whole["itemtype"].text ?? "Computer"
        guard ["Computer", "Printer", "NetworkEquipment"].contains(type) else {
            throw InventoryFault("不接收这类设备的清单：\(type)", "inventories of this kind are not taken: \(type)")
        }
        var inventory = DeviceInventory(.glpi)
        inventory.isPartial = whole["partial"] == .flag(true) || type != "Computer"
        let content = AgentContent(whole["content"])
        content.fill(&inventory)
        if type != "Computer" { content.fillNetworkDevice(&inventory) }
        inventory.unread = content.unread
        return inventory
    }
}

enum FusionInventory {
    static func read(_ root: XMLTree) throws -> DeviceInventory {
        guard root.name == "REQUEST", let content = root["CONTENT"] else {
            throw InventoryFault("FusionInventory 清单缺少 REQUEST/CONTENT", "a FusionInventory inventory has REQUEST/CONTENT")
        }
        let query = root["QUERY"]?.text ?? ""
        guard query.isEmpty || query == "INVENTORY" else {
            throw InventoryFault("只接收计算机清单，这是 \(query)", "only computers are taken; this is \(query)")
        }
        var inventory = DeviceInventory(.fusion)
        inventory.isPartial = ["1", "true"].contains(root["PARTIAL"]?.text ?? content["PARTIAL"]?.text ?? "")
        let agent = AgentContent(record(content))
        agent.fill(&inventory)
        inventory.unread = agent.unread
        return inventory
    }

    /// Sections of one row and of many are lists alike; `BIOS` and `HARDWARE` are records.
    private static func record(_ content: XMLTree) -> JSONValue {
        var sections: [(String, [JSONValue])] = []
        for section in content.children {
            let row = JSONValue.record(section.children.map { .init($0.name.lowercased(), .text($0.text)) })
            let name = section.name.lowercased()
            if let place = sections.firstIndex(where: { $0.0 == name }) {
                sections[place].1.append(row)
            } else {
                sections.append((name, [row]))
            }
        }
        return .record(
            sections.map { name, rows in .init(name, ["bios", "hardware"].contains(name) ? rows[0] : .list(rows)) })
    }
}

/// The content of either.
struct AgentContent {
    let content: JSONValue
    init(_ content: JSONValue) { self.content = content }

    private func has(_ section: String) -> Bool { content.entries.contains { $0.key == section } }

    private func text(_ row: JSONValue, _ keys: String...) -> String {
        for key in keys {
            switch row[key] {
            case .text(let text) where !text.isEmpty: return text
            case .whole(let number): return String(number)
            default: continue
            }
        }
        return ""
    }

    private func isTrue(_ value: JSONValue) -> Bool { [.flag(true), .whole(1), .text("1"), .text("true")].contains(value) }

    func fill(_ inventory: inout DeviceInventory) {
        let bios = content["bios"], hardware = content["hardware"]
        inventory.identity.assetTag = text(bios, "assettag")
        inventory.identity.serial = text(bios, "ssn")
        inventory.identity.uuid = text(hardware, "uuid")
        inventory.identity.boardSerial = text(bios, "msn")
        inventory.identity.name = text(hardware, "name")
        for network in content["networks"].each where !isTrue(network["virtualdev"]) {
            // An adapter that is plugged in identifies no computer; an interface that comes twice has one MAC.
            let what = (text(network, "description") + text(network, "type")).lowercased()
            if !what.contains("usb"), !what.contains("loopback") { inventory.identity.macs.insert(PlainText.code(text(network, "mac"))) }
        }
        inventory.identity.macs.remove("")
        if has("softwares") {
            inventory.software = content["softwares"].each.map {
                SeenSoftware(
                    name: text($0, "name"), publisher: text($0, "publisher"), version: text($0, "version"), architecture: text($0, "arch"))
            }
        }
        fillComponents(&inventory)
        if has("antivirus") {
            let products = content["antivirus"].each.map {
                SeenProtection(name: text($0, "name"), isEnabled: isTrue($0["enabled"]), isUpToDate: isTrue($0["uptodate"]))
            }
            inventory.protection =
                products.first { $0.isEnabled && $0.isUpToDate } ?? products.first { $0.isEnabled } ?? products.first
                ?? SeenProtection(name: "", isEnabled: false, isUpToDate: false)
        }
    }

    /// A printer, a switch: known by its own card, and without programs.
    func fillNetworkDevice(_ inventory: inout DeviceInventory) {
        let device = content["network_device"]
        inventory.identity.serial = text(device, "serial")
        inventory.identity.name = text(device, "name")
        inventory.identity.macs.insert(PlainText.code(text(device, "mac")))
        for port in content["network_ports"].each { inventory.identity.macs.insert(PlainText.code(text(port, "mac"))) }
        inventory.identity.macs.remove("")
    }

    /// Sections that nothing is taken from.
    var unread: [String] {
        let others = content.entries.map(\.key).filter { !Self.known.contains($0) }.sorted()
        return others.isEmpty ? [] : ["没有读取的部分：\(others.joined(separator: "、"))"]
    }

    private static let known: Set<String> = [
        "versionclient", "bios", "hardware", "networks", "softwares", "antivirus", "memories", "storages", "drives", "network_device",
        "network_ports", "accesslog", "versionprovider",
    ]

    private func fillComponents(_ inventory: inout DeviceInventory) {
        if has("memories") {
            inventory.components[.memory] = content["memories"].each.compactMap { row in
                let size = Int(text(row, "capacity")) ?? 0
                // An empty slot is listed too.
                if size == 0 { return nil }
                return SeenComponent(
                    kind: .memory, slot: text(row, "numslots"), model: text(row, "model", "caption"), serial: text(row, "serialnumber"),
                    size: size)
            }
        }
        guard has("storages") || has("drives") || has("usbdevices") else { return }
        if has("storages") {
            var disks: [SeenComponent] = []
            for row in content["storages"].each {
                let what = (text(row, "type") + " " + text(row, "interface") + " " + text(row, "description")).lowercased()
                let name = text(row, "model", "name")
                if ["cd-rom", "cdrom", "dvd", "optical", "removable", "usb"].contains(where: what.contains) {
                    inventory.drives.append("\(name) \(what.trimmingBlanks)")
                } else {
                    let size = Int(text(row, "disksize")) ?? 0
                    disks.append(SeenComponent(kind: .storage, model: name, serial: text(row, "serial"), size: size))
                }
            }
            inventory.components[.storage] = disks
        }
        // On Linux this field holds the mount point: only these two words say what it is.
        for drive in content["drives"].each where ["Removable Disk", "Compact Disc"].contains(text(drive, "type")) {
            inventory.drives.append("\(text(drive, "letter")) \(text(drive, "type"))")
        }
    }
}

/// JSON of agents has numbers with a point here and there, which no field of ours takes: outside of texts they become texts.
enum LooseNumbers {
    static func asText(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [], place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        out.reserveCapacity(bytes.count + 64)
        var isInText = false
        while place < bytes.count {
            let byte = bytes[place]
            if isInText {
                out.append(byte)
                if byte == UInt8(ascii: "\\"), place + 1 < bytes.count {
                    place += 1
                    out.append(bytes[place])
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
            } else if byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) {
                let end = bytes[place...].firstIndex { !isOfNumber($0) } ?? bytes.count
                let number = bytes[place..<end]
                let isWhole =
                    !number.contains { [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) } && number.count < 18
                out += isWhole ? Array(number) : [UInt8(ascii: "\"")] + number + [UInt8(ascii: "\"")]
                place = end
                continue
            } else {
                isInText = byte == UInt8(ascii: "\"")
                out.append(byte)
            }
            place += 1
        }
        return out
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
}
