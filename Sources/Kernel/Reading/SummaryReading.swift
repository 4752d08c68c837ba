import WorkCalendar

/// 摘要: what a row of a list says of a document in a line.
extension DocumentType {
    /// - Parameters:
    ///   - values: as a list shows them, masked.
    ///   - names: what references, persons and units are called; what the reader may not see is hidden there.
    package func summary(of values: [String: JSONValue], _ names: [Int64: Words]) -> [Words] {
        summary.compactMap { key -> Words? in
            guard let field = field(key), let value = values[key], !value.isEmpty else { return nil }
            return Self.words(value, field.kind, names)
        }
    }

    /// Of a type that declares none: the first columns of its register that say who or what it is about.
    static func standardSummary(_ fields: [FieldDescription]) -> [String] {
        let telling = fields.filter { field in
            guard field.isListed else { return false }
            return switch field.kind {
            case .choice, .reference, .references, .person, .people, .unit, .name, .sealed, .text: true
            default: false
            }
        }
        return telling.prefix(3).map(\.key)
    }

    /// So many of what a field lists are named; of more it is said how many there are.
    private static let mostNamed = 2

    private static func words(_ value: JSONValue, _ kind: FieldKind, _ names: [Int64: Words]) -> Words? {
        switch kind {
        case .choice(let choices): return value.text.flatMap { text in choices.first { $0.value == text }?.words }.flatMap(said)
        case .codes(let choices):
            return joined((value.text ?? "").split(separator: ";").compactMap { code in choices.first { $0.value == code }?.words })
        case .reference, .references, .person, .people, .unit:
            let named = value.each.compactMap(\.whole).filter { $0 != 0 }.map { names[$0] ?? .hidden }.filter { $0 != .hidden }
            guard named.count > mostNamed, let first = named.first else { return joined(named) }
            return Words("\(first.zh)等 \(named.count) 项", "\(first.en) and \(named.count - 1) more")
        case .text, .prose, .name, .sealed, .day, .moment, .decimal:
            guard let text = value.text, !text.isEmpty else { return nil }
            let short = text.prefix(40) + (text.count > 40 ? "…" : "")
            return Words(String(short), String(short))
        case .whole: return value.whole.map { Words("\($0)", "\($0)") }
        case .flag, .birthday, .files, .lines, .article, .period: return nil
        }
    }

    private static func said(_ words: Words) -> Words? { words.zh.isEmpty ? nil : words }

    private static func joined(_ words: [Words]) -> Words? {
        words.isEmpty
            ? nil : Words(words.map(\.zh).joined(separator: "、"), words.map(\.en).joined(separator: ", "))
    }
}
