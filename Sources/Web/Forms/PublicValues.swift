import Kernel

/// The values of fields on their way out of the house and in: what names a document, a person or a unit is a public id outside.
extension PublicIDs {
    private static func kind(of field: FieldKind) -> Kind? {
        switch field.named {
        case .document: .document
        case .person: .person
        case .unit: .unit
        case nil: nil
        }
    }

    /// As forms and programs get it; what names nothing is empty.
    func outward(_ value: JSONValue, _ field: FieldKind) -> JSONValue {
        if case .lines(let columns) = field {
            return .list(value.list.map { each($0, columns, outward) })
        }
        guard let kind = Self.kind(of: field) else { return value }
        if case .list(let list) = value { return .list(list.map { outward($0, field) }) }
        guard let id = ID<Person>(stored: value)?.raw, id != 0 else { return .null }
        return .text(word(id, kind))
    }

    /// As the desk takes it. What was not given stays so, and a made-up word names what there is not.
    func inward(_ value: JSONValue, _ field: FieldKind) -> JSONValue {
        if case .lines(let columns) = field, case .list(let list) = value {
            return .list(list.map { each($0, columns, inward) })
        }
        guard let kind = Self.kind(of: field) else { return value }
        switch value {
        case .null, .text(""): return value
        case .list(let list): return .list(list.map { inward($0, field) })
        case .text(let word): return .whole(id(word, kind))
        default: return .whole(Self.nothing)
        }
    }

    private func each(_ row: JSONValue, _ columns: [FieldDescription], _ change: (JSONValue, FieldKind) -> JSONValue) -> JSONValue {
        .record(
            row.entries.map { entry in
                guard let column = columns.first(where: { $0.key == entry.key }) else { return entry }
                return .init(entry.key, change(entry.value, column.kind))
            })
    }
}
