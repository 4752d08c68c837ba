import Store
import Vault

/// How a document becomes the text that is kept, with its personal data sealed, and comes back.
struct Body {
    let keys: KeyRing

    /// What a field with this path inside this document is sealed for; a sealed text cannot be moved elsewhere.
    private func context(_ id: Int64, _ path: String) -> [UInt8] { KeyRing.context(document: id, field: path) }

    func write<D: Document>(_ document: D, id: Int64, level: Level) throws -> String {
        let entries = try D.form.fields.compactMap { field -> Stored.Entry? in
            let value = field.read(document)
            return value.isEmpty ? nil : .init(field.key, try seal(value, field.kind, id, field.key, level))
        }
        return JSONText.text(.record(entries))
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

    private func seal(_ value: Stored, _ kind: FieldKind, _ id: Int64, _ path: String, _ level: Level) throws -> Stored {
        switch (kind, value) {
        case (.sealed, .text(let text)):
            .text(try keys.sealText(text, level: level.rawValue, context: context(id, path)))
        case (.lines(let fields), .list(let lines)):
            .list(
                try lines.enumerated().map { index, line in
                    try each(line, fields) { field, value in try seal(value, field.kind, id, "\(path).\(index).\(field.key)", level) }
                })
        default: value
        }
    }

    /// Opens what is sealed in one field.
    func open(_ value: Stored, _ kind: FieldKind, _ id: Int64, _ path: String) throws -> Stored {
        switch (kind, value) {
        case (.sealed, .text(let text)):
            .text(try keys.openText(text, context: context(id, path)))
        case (.lines(let fields), .list(let lines)):
            .list(
                try lines.enumerated().map { index, line in
                    try each(line, fields) { field, value in try open(value, field.kind, id, "\(path).\(index).\(field.key)") }
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

    private func each(_ line: Stored, _ fields: [FieldDescription], _ change: (FieldDescription, Stored) throws -> Stored) rethrows
        -> Stored
    {
        try Self.each(line, fields, change)
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
