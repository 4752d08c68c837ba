import Ledger
import Store
import Vault

/// How a document becomes what is kept, and comes back: its personal data is sealed as one, apart from the rest, which is open JSON.
struct Body {
    let keys: KeyRing

    /// Seals the entries that are written with documents.
    var entryKey: EntryKey { EntryKey(secret: keys.entryKey) }

    /// What is kept of a document's values.
    struct Kept {
        let open: String
        /// Empty where there is no personal data.
        let sealed: [UInt8]
    }

    /// - Parameter values: what the fields hold, in their order. What is empty is left out.
    func write(_ values: [Stored], _ fields: [FieldDescription], id: Int64, level: Level) throws -> Kept {
        var open = RecordWriter(), personal = RecordWriter()
        for (value, field) in zip(values, fields) where !value.isEmpty {
            if field.isPersonal { personal.add(field.key, value) } else { open.add(field.key, value) }
        }
        let sealed = personal.isEmpty ? [] : try keys.seal(bytes: personal.end(), level: level.rawValue, context: Self.context(id))
        return Kept(open: String(decoding: open.end(), as: UTF8.self), sealed: sealed)
    }

    /// Everything that a document holds, personal data in clear.
    func values(of record: Record) throws -> Stored {
        let open = try JSONReader.read(record.body)
        if record.sealed.isEmpty { return open }
        return .record(open.entries + (try JSONReader.read(keys.open(record.sealed, context: Self.context(record.id)))).entries)
    }

    func read<D: Document>(_ type: D.Type, _ record: Record) throws -> D {
        let values = try values(of: record)
        var document = D()
        for field in D.form.fields {
            let value = values[field.key]
            if value != .null { _ = field.fill(&document, value) }
        }
        return document
    }

    /// What personal data is sealed for: a sealed text cannot be moved into another document.
    private static func context(_ id: Int64) -> [UInt8] { KeyRing.context(document: id, field: "") }

    /// What may be shown of a field without a purpose.
    static func mask(_ value: Stored, _ kind: FieldKind) -> Stored {
        switch (kind, value) {
        case (.sealed(let kind), .text(let text)): .text(kind.mask(text))
        case (.name, .text(let text)): .text(SealedKind.maskName(text))
        case (.birthday, .text(let text)): .text(SealedKind.maskBirthday(text))
        case (.lines(let fields), .list(let lines)): .list(lines.map { mask(line: $0, fields) })
        default: value
        }
    }

    private static func mask(line: Stored, _ fields: [FieldDescription]) -> Stored {
        .record(
            line.entries.map { entry in
                guard let field = fields.first(where: { $0.key == entry.key }) else { return entry }
                return .init(entry.key, mask(entry.value, field.kind))
            })
    }
}

/// Writes a JSON record, entry by entry.
private struct RecordWriter {
    private var out: [UInt8] = []

    var isEmpty: Bool { out.isEmpty }

    mutating func add(_ key: String, _ value: Stored) {
        if out.isEmpty { out.reserveCapacity(512) }
        out.append(out.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        JSONText.write(.text(key), into: &out)
        out.append(UInt8(ascii: ":"))
        JSONText.write(value, into: &out)
    }

    consuming func end() -> [UInt8] {
        if out.isEmpty { return Array("{}".utf8) }
        out.append(UInt8(ascii: "}"))
        return out
    }
}
