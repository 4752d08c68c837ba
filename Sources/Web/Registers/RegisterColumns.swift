import Kernel

/// The columns of a register's page, and the order of a register that is small enough to be sorted whole: a large one is walked along its
/// index, by number alone.
struct RegisterColumns {
    /// So many documents are sorted on one page.
    static let mostSorted = 500
    static let state = "~state", due = "~due", created = "~created"

    /// By which a page can be sorted.
    static func keys(of type: DocumentType) -> [String] { choosable(type).map(\.key) + [state, due, created] }

    /// What fits a cell.
    static func choosable(_ type: DocumentType) -> [FieldDescription] {
        type.fields.filter { field in
            switch field.kind {
            case .lines, .files, .prose: field.isListed
            default: true
            }
        }
    }

    let type: DocumentType
    let names: [Int64: Words]
    let catalogue: Catalogue
    let l: Language

    func sorted(_ rows: [DocumentRow], by column: (key: String, isDescending: Bool)) -> [DocumentRow] {
        let keyed = rows.map { (row: $0, key: key(of: $0, column.key)) }
        // What is empty stands last, whichever way the column is turned.
        let sorted = keyed.sorted { one, other in
            if one.key.isEmpty != other.key.isEmpty { return other.key.isEmpty }
            if one.key == other.key { return one.row.id > other.row.id }
            return (one.key < other.key) != column.isDescending
        }
        return sorted.map(\.row)
    }

    private func key(of row: DocumentRow, _ column: String) -> String {
        switch column {
        case Self.state: return Self.padded(type.states.firstIndex { $0.name == row.state } ?? type.states.count)
        case Self.due: return row.due?.due.description ?? ""
        case Self.created: return row.created.description
        default: break
        }
        guard let field = type.field(column), let value = row.values[column], !value.isEmpty else { return "" }
        switch field.kind {
        case .whole: return value.whole.map { Self.padded(Int($0) + 1_000_000_000) } ?? ""
        case .choice(let choices): return Self.padded(choices.firstIndex { $0.value == value.text } ?? choices.count)
        case .decimal: return value.text.flatMap(Double.init).map { Self.padded(Int(($0 + 1e12) * 1000)) } ?? ""
        default: return PlainText(l: l, names: names, catalogue: catalogue).text(value, of: field)
        }
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }
}
