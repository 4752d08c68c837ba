import Identifiers
import Tables

/// 第十一条: the telephones and addresses of agents, agencies and their declared relatives, from a file, against which a bare file of
/// customers can be screened. A column may hold several telephones, with `;`, `、` or `/` between them.
package struct AgentContacts: Sendable {
    private var phones: [UInt64: [String]] = [:]
    private var addresses: [String: [String]] = [:]

    static let columns: [Header.Column] = [
        .init("agent_no", "业务员代码", "业务员工号", "代理人代码", "agent_id", isRequired: true, content: .code),
        .init("phone", "电话", "手机", "联系电话", "mobile", "landline", content: .number),
        .init("relatives_phones", "亲属电话", "关系人电话"),
        .init("address", "联系地址", "地址"),
    ]

    package init(path: String) throws {
        let form = TableForm(AgentContacts.columns)
        self = try TableReader.reading(path: path, form: form) { table in
            var contacts = AgentContacts()
            try contacts.read(table, try table.header(form))
            return contacts
        }
    }

    private init() {}

    private mutating func read(_ table: TableReader, _ header: Header) throws {
        let agent = header["agent_no"] ?? -1, address = header["address"] ?? -1
        let phoneColumns = [header["phone"] ?? -1, header["relatives_phones"] ?? -1]
        try table.forEachRow { row in
            let name = row.text(agent)
            for column in phoneColumns where row.damage(column) == .none {
                for part in row.text(column).split(whereSeparator: { ";；、/|".contains($0) }) { add(phone: String(part), of: name) }
            }
            if row.damage(address) != .none { return }
            let form = Address.normalForm(row.text(address))
            if !form.isEmpty, Address.check(form).contains(.addressPlaceholder) == false { addresses[form, default: []].append(name) }
        }
    }

    private mutating func add(phone: String, of agent: String) {
        let number = max(Mobile.check(phone).number, Landline.check(phone).number)
        if number != 0, phones[number]?.contains(agent) != true { phones[number, default: []].append(agent) }
    }

    /// The contacts that this row shares with an agent: masked, with whose they are.
    func matches(_ cells: PersonCells) -> [ContactMatch] {
        var found: [ContactMatch] = []
        func isSound(_ field: CellDamages.Field) -> Bool { cells.damages.map { $0[field] == .none } ?? true }
        let mobile = isSound(.mobile) ? SharedValue.mobile(cells.mobile) : nil
        let landline = isSound(.landline) ? SharedValue.landline(cells.landline) : nil
        for (number, field) in [(mobile?.value, CellDamages.Field.mobile), (landline?.value, .landline)] {
            if let number, let agents = phones[number] {
                found.append(
                    ContactMatch(masked: FileClue.mask(number, .phone, digits: 0), key: "\(number)", agents: agents, field: field))
            }
        }
        if !addresses.isEmpty, !cells.address.isEmpty, isSound(.address) {
            let text = String(decoding: cells.address, as: UTF8.self), form = Address.normalForm(text)
            if let agents = addresses[form] {
                found.append(ContactMatch(masked: Mask.address(text), key: form, agents: agents, field: .address))
            }
        }
        return found
    }
}

struct ContactMatch: Sendable {
    let masked: String
    let key: String
    let agents: [String]
    fileprivate let field: CellDamages.Field

    func column(_ columns: IntakeColumns) -> Int {
        switch field {
        case .mobile: columns.mobile
        case .landline: columns.landline
        default: columns.address
        }
    }
}
