import Kernel
import WorkCalendar

/// What an agent saw of one device, whatever it was written in. What it did not look at is `nil`, which is not the same as nothing there.
package struct DeviceInventory: Sendable {
    package enum Format: String, Sendable { case glpi, fusion, osquery, table }

    package var format: Format
    /// It tells of some things only, or of changes: what is absent is unknown, and not gone.
    package var isPartial = false
    package var identity = DeviceIdentity()
    package var software: [SeenSoftware]?
    package var components: [ComponentKind: [SeenComponent]] = [:]
    /// Parts of which the agent says that they were taken away.
    package var removed: [SeenComponent] = []
    /// Kinds that a partial inventory lists whole all the same.
    package var wholeKinds: Set<ComponentKind> = []
    /// Optical and removable drives that are plugged in.
    package var drives: [String] = []
    package var protection: SeenProtection?
    /// When the agent looked, where it says so.
    package var takenAt: Moment?
    /// What of it was not understood, by its line or its name.
    package var unread: [String] = []

    package init(_ format: Format) { self.format = format }

    /// Reads what an agent wrote, by what it looks like.
    /// - Throws: `InventoryFault`.
    package static func read(_ bytes: [UInt8]) throws -> DeviceInventory {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        switch first {
        case UInt8(ascii: "<"):
            guard let root = XMLTree.read(bytes) else { throw InventoryFault("不是有效的 XML 清单", "no well-formed XML inventory") }
            return try FusionInventory.read(root)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if let whole = try? JSONReader.read(LooseNumbers.asText(bytes)),
                !whole["content"].entries.isEmpty || whole["deviceid"].text != nil
            {
                return try GLPIInventory.read(whole)
            }
            return try OsqueryLog.read(bytes)
        default:
            let reading = try TableInventory.read(bytes)
            guard reading.computers.count == 1, var only = reading.computers.first else {
                throw InventoryFault(
                    "这份清单含 \(reading.computers.count) 台计算机，请在“上传清单”页面上传，系统逐台登记",
                    "This lists \(reading.computers.count) computers; hand it in on the page for lists, which takes each")
            }
            only.unread = reading.unread
            return only
        }
    }
}

package struct InventoryFault: Error, Hashable, Sendable {
    package let words: Words
    init(_ zh: String, _ en: String) { words = Words(zh, en) }
}

package struct SeenSoftware: Hashable, Sendable {
    package var name: String, publisher: String, version: String, architecture: String
    package init(name: String, publisher: String = "", version: String = "", architecture: String = "") {
        (self.name, self.publisher, self.version, self.architecture) = (name, publisher, version, architecture)
    }
    package var line: String { [name, version, publisher, architecture].filter { !$0.isEmpty }.joined(separator: " | ") }
}

package struct SeenProtection: Hashable, Sendable {
    package var name: String
    package var isEnabled: Bool
    package var isUpToDate: Bool
    package init(name: String, isEnabled: Bool, isUpToDate: Bool) {
        (self.name, self.isEnabled, self.isUpToDate) = (name, isEnabled, isUpToDate)
    }
}

package enum ComponentKind: String, Choosable {
    case none = "", memory, storage, processor, board, other
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .memory: Words("内存", "Memory")
        case .storage: Words("硬盘", "Disk")
        case .processor: Words("处理器", "Processor")
        case .board: Words("主板", "Board")
        case .other: Words("其他", "Other")
        }
    }
}

package struct SeenComponent: Hashable, Sendable {
    package var kind: ComponentKind
    package var slot: String, model: String, serial: String
    /// MB, decimal or binary as its source counts.
    package var size: Int
    package init(kind: ComponentKind, slot: String = "", model: String = "", serial: String = "", size: Int = 0) {
        (self.kind, self.slot, self.model, self.serial, self.size) = (kind, slot, model, serial, size)
    }
    package var line: String {
        [kind.words.zh, slot, model, serial, size > 0 ? "\(size)MB" : ""].filter { !$0.isEmpty }.joined(separator: " | ")
    }
}

/// By what a device is known again.
package struct DeviceIdentity: Hashable, Sendable {
    package var assetTag = "", serial = "", uuid = "", boardSerial = "", name = ""
    package var macs: Set<String> = []
    package init() {}

    /// What makers put where a number belongs. It stands in a thousand machines.
    package static func isPlaceholder(_ text: String) -> Bool {
        let plain = PlainText.code(text)
        if plain.count < 3 || Set(plain).count == 1 { return true }
        return placeholders.contains(plain) || plain.hasPrefix("TOBEFILLED")
    }

    private static let placeholders: Set<String> = [
        "DEFAULTSTRING", "NONE", "SYSTEMSERIALNUMBER", "SERIALNUMBER", "NOTSPECIFIED", "NOTAPPLICABLE", "UNKNOWN", "INVALID", "0123456789",
        "123456789", "1234567890", "CHASSISSERIALNUMBER", "BASEBOARDSERIALNUMBER", "OEM", "NOASSETTAG", "NOASSETINFORMATION", "ASSETTAG",
        "NULL", "EMPTY", "03000200040005000006000700080009",
    ]

    /// What may be compared, the surest first: asset number, serial number with UUID, board, MAC. What is none of a device's own is left
    /// out.
    package var keys: [String] {
        func good(_ text: String) -> String? { Self.isPlaceholder(text) ? nil : PlainText.code(text) }
        var keys: [String] = []
        if let tag = good(assetTag) { keys.append("tag \(tag)") }
        if let serial = good(serial), let uuid = good(uuid) { keys.append("serial \(serial) \(uuid)") }
        if let serial = good(serial) { keys.append("serial \(serial)") }
        if let board = good(boardSerial) { keys.append("board \(board)") }
        return keys + macs.sorted().compactMap(good).map { "mac \($0)" }
    }
}
