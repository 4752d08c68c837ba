import Store
import WorkCalendar

/// How records become what lists and pages show: values masked, references by name, the clock that governs.
struct RowPresenter {
    let desk: Desk
    let session: any Session
    let organisation: Organisation

    /// - Parameter isWhole: with all that documents say whose readings are stated; their entries in the catalogue without it.
    func rows(_ records: [Record], clear: Bool = false, isWhole: Bool = false) throws -> [DocumentRow] {
        let clocks = try RunningDeadlines.of(records.map(\.id), desk.catalogue, session)
        let body = try Body(keys: desk.keys, session).knowing(records)
        return try records.map { try Self.row($0, desk, body, clear: clear, isWhole: isWhole, clocks: clocks[$0.id] ?? []) }
    }

    /// Needs no database any more.
    static func row(
        _ record: Record, _ desk: Desk, _ body: Body, clear: Bool, isWhole: Bool = false, clocks: [DeadlineView]
    ) throws -> DocumentRow {
        let stored = try body.values(of: record)
        return DocumentRow(
            id: record.id, type: record.type, number: record.number, title: Body.title(of: record, stored), state: record.state,
            level: record.level,
            unit: record.unit, holder: record.holder, creator: record.creator, created: record.created, changed: record.changed,
            version: Int(record.version), values: values(record, stored, desk, clear: clear, isWhole: isWhole || clear),
            due: clocks.first { $0.met == nil })
    }

    private static func values(
        _ record: Record, _ stored: JSONValue, _ desk: Desk, clear: Bool, isWhole: Bool
    ) -> [String: JSONValue] {
        guard let type = desk.catalogue.type(record.type) else { return [:] }
        var values: [String: JSONValue] = [:]
        for field in type.fields where isWhole || type.reserved?.stated == nil || field.isInCatalogue {
            let value = stored[field.key]
            guard value != .null else { continue }
            values[field.key] = clear ? value : Body.mask(value, field.kind)
        }
        return values
    }

    /// What the referenced documents, persons and units are called: a document by its title, its number, whose it is, or its type. One
    /// that the reader may not see has no name.
    /// - Parameter withWhose: a code alone says little to a person: what is somebody's is called by whose it is too, masked. For one
    ///   document's page; a list would open hundreds.
    func names(_ rows: [DocumentRow], for access: Access, withWhose: Bool = false) throws -> [Int64: Words] {
        var names: [Int64: Words] = [:]
        var documents: Set<Int64> = []
        var unnamed: [Int64] = []
        for row in rows {
            for person in [row.holder, row.creator] where !person.isNone { names[person.raw] = organisation.name(person) }
            names[row.unit.raw] = organisation.name(row.unit)
            for field in desk.catalogue.type(row.type)?.fields ?? [] {
                collect(row.values[field.key] ?? .null, field.kind, &names, &documents)
            }
        }
        let (condition, arguments) = access.condition(type: nil, startingAt: 1)
        for page in Array(documents).chunked(512) {
            // The statement with the whole rule is dear to prepare: pages with about as many names share it.
            let asked = page + Array(repeating: page[page.startIndex], count: -page.count & 31)
            let places = asked.indices.map { "$\(arguments.count + 1 + $0 - asked.startIndex)" }.joined(separator: ", ")
            try session.each(
                "SELECT d.id, d.number, d.title, d.type FROM document d WHERE \(condition) AND d.id IN (\(places))",
                arguments + asked.map { .int($0) }
            ) { row in
                let own = row.text(2).isEmpty || row.text(2) == Record.sealedTitle ? row.textIfAny(1) : row.text(2)
                if own == nil || row.text(2) == Record.sealedTitle { unnamed.append(row.int(0)) }
                names[row.int(0)] = own.map { Words($0, $0) } ?? desk.catalogue.type(row.text(3))?.title
            }
        }
        for id in unnamed { names[id] = try writtenName(id) ?? names[id] }
        if withWhose, documents.count <= Self.mostOpened {
            for id in documents.subtracting(unnamed) {
                guard let code = names[id], let whose = try whose(id) else { continue }
                names[id] = Words("\(code.zh) \(whose)", "\(code.en) \(whose)")
            }
        }
        for id in documents where names[id] == nil { names[id] = .hidden }
        return names
    }

    /// A title that is sealed; or whose document it is, masked, where it has neither title nor number: a customer to whom none was given
    /// yet.
    private func writtenName(_ id: Int64) throws -> Words? {
        guard let record = try Record.load(id, session), let type = desk.catalogue.type(record.type) else { return nil }
        let row = try Self.row(record, desk, Body(keys: desk.keys, session), clear: false, clocks: [])
        let name = row.title.isEmpty ? row.number ?? type.whose(row.values) : row.title
        return name.map { Words($0, $0) }
    }

    private static let mostOpened = 50

    /// Of what is a person's own record: the name at its head, masked.
    private func whose(_ id: Int64) throws -> String? {
        guard let record = try Record.load(id, session), let type = desk.catalogue.type(record.type),
            let name = type.fields.first(where: \.kind.isName)
        else { return nil }
        let row = try Self.row(record, desk, Body(keys: desk.keys, session), clear: false, clocks: [])
        return row.values[name.key]?.text.flatMap { $0.isEmpty || row.title.contains($0) ? nil : $0 }
    }

    private func collect(_ value: JSONValue, _ kind: FieldKind, _ names: inout [Int64: Words], _ documents: inout Set<Int64>) {
        guard let named = kind.named else {
            for column in kind.columns { for line in value.list { collect(line[column.key], column.kind, &names, &documents) } }
            return
        }
        for id in value.each.compactMap(\.whole) {
            switch named {
            case .document: documents.insert(id)
            case .person: names[id] = organisation.name(PersonID(id))
            case .unit: names[id] = organisation.name(UnitID(id))
            }
        }
    }
}

extension FieldDescription {
    /// What a list says of a document whose readings are stated: its columns, and whose it is, masked.
    fileprivate var isInCatalogue: Bool { isListed || kind.isName }
}

extension DocumentType {
    /// The first name on a document, that of an application's applicant too; masked, even where the values are in clear.
    package func whose(_ values: [String: JSONValue]) -> String? {
        for field in fields {
            switch field.kind {
            case .name: return values[field.key]?.text.map(SealedKind.maskName)
            case .lines(let columns):
                guard let column = columns.first(where: \.kind.isName) else { continue }
                return values[field.key]?.list.first?[column.key].text.map(SealedKind.maskName)
            default: continue
            }
        }
        return nil
    }
}

extension Words {
    /// What a document is called to whom may not read it.
    package static let hidden = Words("（无权查看）", "(not for you to see)")
}

extension Array {
    /// Successive parts of at most `size` elements.
    func chunked(_ size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
