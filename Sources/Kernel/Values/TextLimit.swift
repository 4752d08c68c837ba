/// How long texts and lists may be, and what is said of one that is longer.
package enum TextLimit {
    /// A document with all that it holds, in bytes.
    package static let document = 1 << 20

    /// What is wrong with a text; `nil` where it is short enough.
    package static func fault(_ field: String, _ text: String, longest: Int) -> Refusal.Fault? {
        // No text has more characters than bytes.
        guard text.utf8.count > longest, case let count = text.unicodeScalars.count, count > longest else { return nil }
        return .init(
            field: field,
            Words("最多 \(longest) 个字符，现有 \(count) 个，请缩短", "At most \(longest) characters; it has \(count), shorten it"))
    }

    /// What is wrong with a list; `nil` where it is short enough.
    static func fault(_ field: String, rows count: Int, longest: Int) -> Refusal.Fault? {
        guard count > longest else { return nil }
        return .init(
            field: field, Words("最多 \(longest) 项，现有 \(count) 项，请分次办理", "At most \(longest) rows; there are \(count), do it in parts"))
    }

    /// The faults of what was handed in for a field, in its rows too.
    static func faults(_ path: String, _ value: JSONValue, _ kind: FieldKind, longest: Int) -> [Refusal.Fault] {
        switch value {
        case .text(let text): return fault(path, text, longest: kind.isList ? Self.longestText : longest).map { [$0] } ?? []
        case .list(let list):
            if let fault = fault(path, rows: list.count, longest: longest) { return [fault] }
            guard case .lines(let columns) = kind else { return [] }
            return list.enumerated().flatMap { index, row in
                columns.flatMap { faults("\(path).\(index).\($0.key)", row[$0.key], $0.kind, longest: $0.longest) }
            }
        default: return []
        }
    }

    static let longestText = 200

    /// How many bytes a value takes, about.
    static func size(_ value: JSONValue) -> Int {
        switch value {
        case .null, .flag, .whole: 8
        case .text(let text): text.utf8.count
        case .list(let list): list.reduce(0) { $0 + size($1) }
        case .record(let entries): entries.reduce(0) { $0 + $1.key.utf8.count + size($1.value) }
        }
    }
}
