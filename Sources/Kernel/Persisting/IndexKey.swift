import Store
import Vault

/// How documents are found by equality: one row a value. The value stands there as a keyed digest of 64 bits, so that the table tells
/// nobody anything and stays a third of the size; that two values among ten million meet by chance is one to some hundred thousand.
struct IndexKey: Hashable {
    let key: Int64

    /// What a document with these values is found by, without doubles, in the order of its fields.
    static func all(of values: [JSONValue], _ fields: [FieldDescription], _ keys: IndexKeys) -> [IndexKey] {
        var found: [IndexKey] = []
        func add(_ value: JSONValue, _ field: FieldDescription) {
            if let lookup = lookup(value, field, keys), !found.contains(lookup) { found.append(lookup) }
        }
        for (value, field) in zip(values, fields) where !value.isEmpty {
            if case .lines(let columns) = field.kind {
                for column in columns where column.isIndexed {
                    for line in value.list { add(line[column.key], column) }
                }
            } else if field.isIndexed {
                if case .list(let list) = value { for element in list { add(element, field) } } else { add(value, field) }
            }
        }
        return found
    }

    /// Sealed values share a domain for each kind, so that they match wherever they stand; others are found in their own field.
    static func lookup(_ value: JSONValue, _ field: FieldDescription, _ keys: IndexKeys) -> IndexKey? {
        switch (field.kind, value) {
        case (_, .null): nil
        case (.sealed(let kind), .text(let text)): keys.sealed(text, kind)
        case (_, .text(let text)): IndexKey(key: keys.index.blind(field.normalForm?(text) ?? text, domain: field.domain))
        case (_, .whole(let number)): keys.whole(number, field)
        case (_, .flag(let flag)): keys.whole(flag ? 1 : 0, field)
        default: nil
        }
    }

    static let insertion = "INSERT INTO lookup (key, type, document) VALUES ($1, $2, $3)"
    static let deletion = "DELETE FROM lookup WHERE key = $1 AND type = $2 AND document = $3"

    /// What `insertion` and `deletion` take.
    func row(_ record: Record) -> [Value] { [.int(key), .text(record.type), .int(record.id)] }
}

/// Makes the keys of lookups, and remembers those of sealed values: one telephone is looked for among customers, agents and agencies, and
/// then kept.
final class IndexKeys {
    let index: BlindIndex
    private var known: [SealedValue: IndexKey?] = [:]
    private static let mostKnown = 4096

    private struct SealedValue: Hashable {
        let kind: SealedKind
        let text: String
    }

    /// Where the numbers of a field begin.
    private var origins: [String: Int64] = [:]

    init(_ index: BlindIndex) { self.index = index }

    /// Numbers tell nobody anything: most are ids of other documents, which stand open in the database. They keep their order, so that
    /// what refers to new documents is written to the same few pages.
    func whole(_ number: Int64, _ field: FieldDescription) -> IndexKey {
        if let origin = origins[field.domain] { return IndexKey(key: origin &+ number) }
        let origin = index.blind("", domain: field.domain)
        origins[field.domain] = origin
        return IndexKey(key: origin &+ number)
    }

    func sealed(_ text: String, _ kind: SealedKind) -> IndexKey? {
        let value = SealedValue(kind: kind, text: text)
        if let lookup = known[value] { return lookup }
        let key = kind.matchKey(text)
        let lookup = key.isEmpty ? nil : IndexKey(key: index.blind(key, domain: kind.rawValue))
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[value] = .some(lookup)
        return lookup
    }
}
