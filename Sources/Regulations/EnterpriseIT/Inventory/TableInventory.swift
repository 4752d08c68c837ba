import Kernel
import Tables

/// Lists of software in a table (CSV, XLSX), as osquery, a management console or a person makes them: a row a program, with columns by
/// which the computer is known. A table may list many computers; each becomes an inventory of its own.
package enum TableInventory {
    private static let device: [Header.Column] = [
        .init("assettag", "资产编号", "asset number", "asset_tag", content: .code),
        .init("serial", "序列号", "serial number", "hardware_serial", content: .code),
        .init("uuid", "UUID", content: .code), .init("mac", "网卡地址", "MAC地址", "MAC", content: .code),
        .init("host", "主机名", "计算机名", "hostname", "hostIdentifier", "computer"),
    ]
    private static let program: [Header.Column] = [
        .init("name", "软件名称", "软件", "程序名称", "DisplayName", "software"), .init("version", "版本", "版本号", "DisplayVersion", content: .code),
        .init("publisher", "发布者", "厂商", "开发商", "vendor", "maintainer"), .init("architecture", "架构", "体系结构", "arch"),
    ]
    static let form = TableForm(device + program, needs: [["name"]])

    /// What one table says: the computers in the order in which they come, and the rows that were not understood.
    package struct Reading: Sendable {
        package var computers: [DeviceInventory] = []
        package var unread: [String] = []
    }

    /// - Throws: `InventoryFault` where it is no such table.
    package static func read(_ content: [UInt8], name: String = "") throws -> Reading {
        do {
            return try TableReader.reading(content: content, name: name.isEmpty ? nil : name, form: form) { try rows(of: $0) }
        } catch let error as PaperError {
            throw InventoryFault(
                "认不出清单格式：\(error.zh) 软件清单表应有“软件名称”一列，另有资产编号、序列号或主机名",
                "not a list of software: \(error.en) It has a column “name”, and asset number, serial number or host name besides")
        }
    }

    private static func rows(of table: TableReader) throws -> Reading {
        let header = try table.header(form)
        func text(_ row: TableRow, _ key: String) -> String { header[key].map { row.text($0).trimmingBlanks } ?? "" }
        var reading = Reading(), places: [String: Int] = [:], last = ""
        try table.forEachRow { row in
            let name = text(row, "name")
            let keys = ["assettag", "serial", "uuid", "mac", "host"].map { text(row, $0) }
            // A computer named once above its programs.
            let own = keys.joined(separator: "\t")
            if keys.contains(where: { !$0.isEmpty }) { last = own }
            guard !name.isEmpty else {
                if !keys.contains(where: { !$0.isEmpty }) { reading.unread.append("第 \(row.number) 行没有软件名称") }
                return
            }
            if places[last] == nil {
                places[last] = reading.computers.count
                reading.computers.append(computer(last.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)))
            }
            let seen = SeenSoftware(
                name: name, publisher: text(row, "publisher"), version: text(row, "version"), architecture: text(row, "architecture"))
            reading.computers[places[last] ?? 0].software?.append(seen)
        }
        reading.unread += header.unknown.map { "没有读取“\(table.columns[$0])”一列" }
        if reading.computers.isEmpty { throw InventoryFault("清单中没有一行软件", "no row of it names a program") }
        return reading
    }

    private static func computer(_ keys: [String]) -> DeviceInventory {
        var inventory = DeviceInventory(.table)
        // Of what a table does not name nothing is known.
        (inventory.isPartial, inventory.software) = (true, [])
        guard keys.count == 5 else { return inventory }
        (inventory.identity.assetTag, inventory.identity.serial, inventory.identity.uuid) = (keys[0], keys[1], keys[2])
        if !keys[3].isEmpty { inventory.identity.macs = [PlainText.code(keys[3])] }
        inventory.identity.name = keys[4]
        return inventory
    }

    /// One computer of a table as a table of its own: what a report of it keeps.
    package static func content(of computer: DeviceInventory) throws -> [UInt8] {
        var text = CSVText()
        func row(_ cells: [String]) {
            for cell in cells { text.append(cell) }
            text.endRow()
        }
        row(["assettag", "serial", "uuid", "mac", "host", "name", "version", "publisher", "architecture"])
        let identity = computer.identity
        for program in computer.software ?? [] {
            row([
                identity.assetTag, identity.serial, identity.uuid, identity.macs.first ?? "", identity.name, program.name, program.version,
                program.publisher, program.architecture,
            ])
        }
        return text.bytes
    }
}
