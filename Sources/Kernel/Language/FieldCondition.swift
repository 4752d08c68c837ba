/// Where a field is asked for at all: a choice of the same document says one of these. So one type of document has several forms.
package struct FieldCondition: Sendable, Hashable {
    /// The key of the choice, which stands before the field.
    package let key: String
    package let values: Set<String>

    package func holds(for value: JSONValue) -> Bool { value.text.map(values.contains) ?? false }
}

extension Field {
    /// Is asked for, and shown, only where this choice says one of these.
    package func only<C: Choosable>(_ path: Path<C>, _ values: C...) -> Field {
        with { $0.condition = FieldCondition(key: path.name, values: Set(values.map(\.rawValue))) }
    }
}

extension Field {
    /// Stands on the paper once it says something: what becomes of a matter is not a row of empty boxes on the day it is reported.
    package func onceFilled() -> Field { with { $0.isOnceFilled = true } }
}

extension FieldDescription {
    /// Whether it stands on the paper of a document with these values.
    package func isShown(with values: [String: JSONValue]) -> Bool {
        guard asking != .kept, belongs(to: values) else { return false }
        let value = values[key] ?? .null
        return !isOnceFilled || !(value.isEmpty || value == .whole(0) || value == .flag(false))
    }

    /// Whether it belongs to a document with these values.
    package func belongs(to values: [String: JSONValue]) -> Bool {
        condition.map { $0.holds(for: values[$0.key] ?? .null) } ?? true
    }
}
