import Store
import Vault

/// How documents are found by equality: one row a value, blind where the field is sealed.
struct Lookup: Hashable {
    let domain: String
    let value: [UInt8]

    /// The rows of a document as it is now, without doubles, in the order of its fields.
    static func all<D: Document>(of document: D, _ keys: KeyRing) -> [Lookup] {
        var found: [Lookup] = []
        func add(_ lookup: Lookup?) {
            if let lookup, !found.contains(lookup) { found.append(lookup) }
        }
        for field in D.form.fields {
            let value = field.read(document)
            if value.isEmpty { continue }
            if case .lines(let columns) = field.kind {
                for line in value.list {
                    for column in columns where column.isIndexed {
                        add(lookup(line[column.key], column.kind, "\(D.name).\(field.key).\(column.key)", keys))
                    }
                }
            } else if field.isIndexed {
                for element in value.list.isEmpty ? [value] : value.list {
                    add(lookup(element, field.kind, "\(D.name).\(field.key)", keys))
                }
            }
        }
        return found
    }

    /// - Parameter path: `loan.file`; sealed values share a domain for each kind instead, so that they match wherever they stand.
    static func lookup(_ value: Stored, _ kind: FieldKind, _ path: String, _ keys: KeyRing) -> Lookup? {
        switch (kind, value) {
        case (_, .null): return nil
        case (.sealed(let kind), .text(let text)):
            let key = kind.matchKey(text)
            return key.isEmpty ? nil : Lookup(domain: kind.rawValue, value: keys.blindIndex.blind(key, domain: kind.rawValue))
        case (_, .text(let text)): return Lookup(domain: path, value: Array(text.utf8))
        case (_, .whole(let number)): return Lookup(domain: path, value: withUnsafeBytes(of: number.bigEndian) { Array($0) })
        case (_, .flag(let flag)): return Lookup(domain: path, value: [flag ? 1 : 0])
        default: return nil
        }
    }

    func insert(_ session: any Session, document: Int64) throws {
        try session.execute(
            "INSERT INTO lookup (domain, value, document) VALUES ($1, $2, $3)", [.text(domain), .blob(value), .int(document)])
    }

    func delete(_ session: any Session, document: Int64) throws {
        try session.execute(
            "DELETE FROM lookup WHERE domain = $1 AND value = $2 AND document = $3", [.text(domain), .blob(value), .int(document)])
    }
}
