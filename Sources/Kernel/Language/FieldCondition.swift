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

extension FieldDescription {
    /// Whether it belongs to a document with these values.
    package func belongs(to values: [String: JSONValue]) -> Bool {
        condition.map { $0.holds(for: values[$0.key] ?? .null) } ?? true
    }
}
