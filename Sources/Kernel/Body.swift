import Store
import Vault

/// How a document becomes the text that is kept, with its personal data sealed, and comes back.
struct Body {
    let keys: KeyRing

    /// - Parameter values: what the fields hold, in their order. What is empty is left out.
    func write(_ values: [Stored], _ fields: [FieldDescription], id: Int64, level: Level) throws -> String {
        var writer = BodyWriter(keys: keys, id: id, level: level.rawValue)
        return try writer.write(values, fields)
    }

    func read<D: Document>(_ type: D.Type, _ body: String, id: Int64) throws -> D {
        let stored = try JSONReader.read(body)
        var document = D()
        for field in D.form.fields {
            let value = stored[field.key]
            if value == .null { continue }
            _ = field.fill(&document, try open(value, field.kind, id, field.key))
        }
        return document
    }

    /// Opens what is sealed in one field.
    func open(_ value: Stored, _ kind: FieldKind, _ id: Int64, _ path: String) throws -> Stored {
        switch (kind, value) {
        case (.sealed, .text(let text)):
            // What a field with this path inside this document is sealed for; a sealed text cannot be moved elsewhere.
            .text(try keys.openText(text, context: KeyRing.context(document: id, field: path)))
        case (.lines(let fields), .list(let lines)):
            .list(
                try lines.enumerated().map { index, line in
                    try Self.each(line, fields) { field, value in try open(value, field.kind, id, "\(path).\(index).\(field.key)") }
                })
        default: value
        }
    }

    /// What may be shown of a field without a purpose.
    static func mask(_ value: Stored, _ kind: FieldKind) -> Stored {
        switch (kind, value) {
        case (.sealed(let kind), .text(let text)): .text(kind.mask(text))
        case (.name, .text(let text)): .text(SealedKind.maskName(text))
        case (.lines(let fields), .list(let lines)):
            .list(lines.map { line in each(line, fields) { field, value in mask(value, field.kind) } })
        default: value
        }
    }

    private static func each(
        _ line: Stored, _ fields: [FieldDescription], _ change: (FieldDescription, Stored) throws -> Stored
    ) rethrows -> Stored {
        .record(
            try line.entries.map { entry in
                guard let field = fields.first(where: { $0.key == entry.key }) else { return entry }
                return .init(entry.key, try change(field, entry.value))
            })
    }
}

/// Writes one body, sealing as it goes.
private struct BodyWriter {
    let keys: KeyRing
    let id: Int64
    let level: Int
    private var out: [UInt8] = []

    init(keys: KeyRing, id: Int64, level: Int) {
        (self.keys, self.id, self.level) = (keys, id, level)
        out.reserveCapacity(1024)
    }

    mutating func write(_ values: [Stored], _ fields: [FieldDescription]) throws -> String {
        out.append(UInt8(ascii: "{"))
        for (value, field) in zip(values, fields) where !value.isEmpty {
            key(field.key)
            switch (field.kind, value) {
            case (.sealed, .text(let text)): try seal(text, field.key)
            case (.lines(let columns), .list(let lines)): try write(lines, columns, field.key)
            default: JSONText.write(value, into: &out)
            }
        }
        out.append(UInt8(ascii: "}"))
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func write(_ lines: [Stored], _ columns: [FieldDescription], _ path: String) throws {
        out.append(UInt8(ascii: "["))
        for (index, line) in lines.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out.append(UInt8(ascii: "{"))
            for entry in line.entries {
                key(entry.key)
                let kind = columns.first { $0.key == entry.key }?.kind
                if case .text(let text) = entry.value, case .sealed = kind {
                    try seal(text, "\(path).\(index).\(entry.key)")
                } else {
                    JSONText.write(entry.value, into: &out)
                }
            }
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private mutating func key(_ key: String) {
        if out.last != UInt8(ascii: "{") { out.append(UInt8(ascii: ",")) }
        JSONText.write(.text(key), into: &out)
        out.append(UInt8(ascii: ":"))
    }

    /// Sealed text is base64 and needs no escapes.
    private mutating func seal(_ text: String, _ path: String) throws {
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: try keys.sealText(text, level: level, context: KeyRing.context(document: id, field: path)).utf8)
        out.append(UInt8(ascii: "\""))
    }
}
