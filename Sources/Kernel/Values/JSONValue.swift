/// What a field holds, as it is kept in the body of a document and as it comes in from a form, an API call or a file.
package enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    case whole(Int64)
    case text(String)
    case list([JSONValue])
    case record([Entry])

    package struct Entry: Sendable, Hashable {
        package let key: String
        package var value: JSONValue
        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The value under this key of a record; null where there is none.
    package subscript(_ key: String) -> JSONValue {
        guard case .record(let entries) = self else { return .null }
        return entries.first { $0.key == key }?.value ?? .null
    }

    /// Nothing was filled in: null, false, an empty text, list or record. Zero is a number.
    package var isEmpty: Bool {
        switch self {
        case .null, .flag(false): true
        case .flag, .whole: false
        case .text(let text): text.isEmpty
        case .list(let list): list.isEmpty
        case .record(let entries): entries.allSatisfy { $0.value.isEmpty }
        }
    }

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var whole: Int64? { if case .whole(let number) = self { number } else { nil } }
    package var list: [JSONValue] { if case .list(let list) = self { list } else { [] } }
    /// The values of a list, or the value itself; none of what is null.
    package var each: [JSONValue] {
        switch self {
        case .null: []
        case .list(let list): list
        default: [self]
        }
    }
    package var entries: [Entry] { if case .record(let entries) = self { entries } else { [] } }
}
