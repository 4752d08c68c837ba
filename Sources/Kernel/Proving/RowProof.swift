import Ledger
import Store
import WorkCalendar

/// Compares the rows that rights, duties and reckoning rest on with what the entries state of them.
struct RowProof {
    let desk: Desk
    /// As the database has it: what is named may be what somebody wrote there.
    let organisation: Organisation

    init(_ desk: Desk, _ organisation: Organisation) { (self.desk, self.organisation) = (desk, organisation) }

    func verify(_ session: any Session, _ report: inout VerificationReport) throws {
        for (place, entry) in report.stated.breaks {
            guard let table = StatedTable(rawValue: place.table) else { continue }
            report.note(.row(name(table, of: place.key), .alteredBefore(entry: entry)))
        }
        for table in StatedTable.allCases {
            let rows = "SELECT \(table.list) FROM \(table.rawValue) WHERE \(table.condition) ORDER BY \(table.key)"
            try session.stream(rows, []) { row in
                let values = table.values(row), place = StatedRows.Place(table: table.rawValue, key: StatedTable.text(ofKey: values[0]))
                switch report.stated.ask(place, table.digest(values)) {
                case .same: break
                case .other: report.note(.row(name(table, values), .altered))
                case .gone: report.note(.row(name(table, values), .returned))
                case .unknown: report.note(.row(name(table, values), .unrecorded))
                }
            }
            for place in report.stated.rest(of: table.rawValue) { report.note(.row(name(table, of: place.key), .missing)) }
        }
        if let at = report.stated.found { report.say(.rowsAsFound(at: at)) }
    }

    // MARK: Names

    private func name(_ table: StatedTable, of key: String) -> RowName {
        RowName(table: table.rawValue, "\(table.words.zh) \(key)", "\(table.words.en) \(key)")
    }

    private func name(_ table: StatedTable, _ values: [Value]) -> RowName {
        let columns = Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), values))
        func text(_ column: String) -> String { if case .text(let text)? = columns[column] { text } else { "" } }
        func number(_ column: String) -> Int64 { if case .int(let number)? = columns[column] { number } else { 0 } }
        func person(_ column: String) -> Words { organisation.name(PersonID(number(column))) }
        let unit = organisation.name(UnitID(number("unit")))
        let said: Words =
            switch table {
            case .unit, .person: Words(text("zh"), text("en"))
            case .holding:
                Words(
                    person("person").zh + " " + (desk.catalogue.posts[text("post")]?.title.zh ?? text("post")),
                    person("person").en + ", " + (desk.catalogue.posts[text("post")]?.title.en ?? text("post")))
            case .adoption: regulation(text("regulation"), unit)
            case .delegation: Words("\(person("giver").zh)委托\(person("receiver").zh)", "\(person("giver").en) to \(person("receiver").en)")
            case .parameter: Words("\(text("name"))（\(unit.zh)）", "\(text("name")) (\(unit.en))")
            case .holiday: Words(Day(number: Int(number("day"))).description, Day(number: Int(number("day"))).description)
            case .setting: Words(text("name"), text("name"))
            case .grant: Words("\(person("person").zh)查看单据 \(number("document"))", "\(person("person").en), document \(number("document"))")
            case .request: person("person")
            case .contentKey: Words("单据 \(number("id"))", "document \(number("id"))")
            case .hold: Words("单据 \(number("document"))", "document \(number("document"))")
            case .articleText: regulation(text("regulation"), unit)
            case .ruleRequest: regulation(text("regulation"), unit)
            case .token: Words("\(person("person").zh)“\(text("label"))”", "\(person("person").en), “\(text("label"))”")
            }
        return RowName(table: table.rawValue, "\(table.words.zh) \(said.zh)", "\(table.words.en) \(said.en)")
    }

    private func regulation(_ id: String, _ unit: Words) -> Words {
        let title = desk.catalogue.regulation(id)?.regulation.title ?? Words(id, id)
        return Words("\(unit.zh)《\(title.zh)》", "\(unit.en), “\(title.en)”")
    }
}

extension StatedTable {
    /// What a row of it is called.
    var words: Words {
        switch self {
        case .unit: Words("单位", "Unit")
        case .person: Words("人员", "Person")
        case .holding: Words("任职", "Post")
        case .adoption: Words("采用", "Adoption")
        case .delegation: Words("委托", "Delegation")
        case .parameter: Words("参数", "Parameter")
        case .holiday: Words("工作日安排", "Working day")
        case .setting: Words("设置", "Setting")
        case .grant: Words("查看授权", "Grant")
        case .request: Words("账户申请", "Account request")
        case .ruleRequest: Words("规则变更申请", "Request to change the rules")
        case .token: Words("接口令牌", "API token")
        case .contentKey: Words("内容密钥", "Content key")
        case .hold: Words("保全", "Legal hold")
        case .articleText: Words("条文", "Article")
        }
    }
}
