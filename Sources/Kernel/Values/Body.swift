import Store
import Vault

/// How a document becomes what is kept, and comes back. Personal data and whatever people wrote in words of their own is sealed as one; the
/// rest - codes, choices, numbers, days, references - is open JSON, because rules and lists ask for it without opening.
struct Body: Sendable {
    let keys: KeyRing
    /// Keys of documents' own, as far as they were asked for.
    private var known: [Int64: ContentKey] = [:]
    /// Where they are asked for else, on the thread of its transaction alone. What seals needs none.
    nonisolated(unsafe) private let session: (any Session)?

    init(keys: KeyRing, _ session: (any Session)? = nil) { (self.keys, self.session) = (keys, session) }

    /// With the own keys of these documents, so that each is not asked for by itself.
    func knowing(_ records: [Record]) throws -> Body {
        var body = self
        let ids = records.compactMap { ContentKey.id(of: $0.sealed) }
        guard let session, !ids.isEmpty else { return self }
        for part in ids.chunked(500) {
            let places = (1...part.count).map { "$\($0)" }.joined(separator: ", ")
            let rows = try session.all(
                "SELECT id, wrapped FROM content_key WHERE id IN (\(places)) AND destroyed IS NULL", part.map { .int($0) }
            ) {
                ($0.int(0), $0.blob(1))
            }
            for (id, wrapped) in rows { body.known[id] = try keys.unwrap(contentKey: id, wrapped) }
        }
        return body
    }

    /// The same where there is no transaction any more.
    var alone: Body {
        var body = Body(keys: keys)
        body.known = known
        return body
    }

    /// Opens what a key of the ring or of the document's own has sealed.
    func open(bytes sealed: [UInt8], context: [UInt8]) throws -> [UInt8] {
        guard let id = ContentKey.id(of: sealed) else { return try keys.open(bytes: sealed, context: context) }
        if let key = known[id] { return try key.open(sealed, context: context) }
        guard let session, let row = try ContentKeyRow(id, session) else { throw VaultError.contentKeyMissing(document: id) }
        return try row.key(keys).open(sealed, context: context)
    }

    /// What is kept of a document's values.
    struct Kept {
        let open: String
        /// Empty where there is nothing to seal.
        let sealed: [UInt8]
        /// Or `Record.sealedTitle`.
        let title: String

        /// What is left of content that was destroyed.
        static let nothing = Kept(open: "{}", sealed: [], title: "")
    }

    /// Under which the title is sealed; no field's key begins with a plus.
    private static let titleKey = "+title"

    /// - Parameter values: what the fields hold, in their order. What is empty is left out.
    /// - Parameter title: stays open where it is one of the open values: a number, a code.
    /// - Parameter own: the document's own key, where it has one.
    func write(
        _ values: [JSONValue], _ fields: [FieldDescription], title: String, id: Int64, level: Level,
        by own: ContentKey? = nil
    ) throws -> Kept {
        var open = RecordWriter(), sealing = RecordWriter()
        var isTitleOpen = title.isEmpty
        for (value, field) in zip(values, fields) where !value.isEmpty {
            if field.isSealed {
                sealing.add(field.key, value)
            } else if field.kind.isFiles {
                open.add(field.key, .list(value.list.map(Self.nameless)))
                sealing.add(field.key, .list(value.list.map { $0["name"] }))
            } else {
                open.add(field.key, value)
                if !isTitleOpen, case .text(title) = value { isTitleOpen = true }
            }
        }
        if !isTitleOpen { sealing.add(Self.titleKey, .text(title)) }
        let context = Self.context(id)
        let sealed =
            sealing.isEmpty
            ? []
            : try own?.seal(sealing.end(), context: context)
                ?? keys.seal(
                    bytes: sealing.end(), level: level.rawValue,
                    context: context)
        return Kept(
            open: String(decoding: open.end(), as: UTF8.self), sealed: sealed, title: isTitleOpen ? title : Record.sealedTitle)
    }

    /// Which files a document names can be seen without opening it, what they are called cannot.
    private static func nameless(_ file: JSONValue) -> JSONValue {
        .record(file.entries.map { .init($0.key, $0.key == "name" ? .text("") : $0.value) })
    }

    /// Everything that a document holds, in clear.
    func values(of record: Record) throws -> JSONValue {
        let open = try JSONReader.read(record.body)
        if record.sealed.isEmpty { return open }
        var entries = open.entries
        for entry in try JSONReader.read(
            String(
                decoding: self.open(bytes: record.sealed, context: Self.context(record.id)),
                as: UTF8.self)
        ).entries {
            // Names of files: what else is sealed is either no list or one of lines.
            guard case .list(let names) = entry.value, case .text? = names.first,
                let place = entries.firstIndex(where: { $0.key == entry.key })
            else {
                entries.append(entry)
                continue
            }
            entries[place].value = .list(zip(entries[place].value.list, names).map(Self.named))
        }
        return .record(entries)
    }

    private static func named(_ file: JSONValue, _ name: JSONValue) -> JSONValue {
        .record(file.entries.map { .init($0.key, $0.key == "name" ? name : $0.value) })
    }

    /// - Parameter values: those of the record.
    static func title(of record: Record, _ values: JSONValue) -> String {
        record.title == Record.sealedTitle ? values[titleKey].text ?? "" : record.title
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

    /// What the value is sealed for: a sealed text cannot be moved into another document.
    private static func context(_ id: Int64) -> [UInt8] { KeyRing.context(document: id, field: "") }

    /// What may be shown of a field without a purpose.
    static func mask(_ value: JSONValue, _ kind: FieldKind) -> JSONValue {
        switch (kind, value) {
        case (.sealed(let kind), .text(let text)): .text(kind.mask(text))
        case (.name, .text(let text)): .text(SealedKind.maskName(text))
        case (.birthday, .text(let text)): .text(SealedKind.maskBirthday(text))
        case (.lines(let fields), .list(let lines)): .list(lines.map { mask(line: $0, fields) })
        default: value
        }
    }

    private static func mask(line: JSONValue, _ fields: [FieldDescription]) -> JSONValue {
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

    mutating func add(_ key: String, _ value: JSONValue) {
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
