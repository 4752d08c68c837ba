import CustomerAuthenticity
import Kernel
import Tables
import Web

/// A row a document, through the step that creates one: columns by the fields' keys or words; units by their names, people by their names
/// or log-in names. Rows that are refused are handed back with their reasons, and go in again as they are after correction.
struct RowImport {
    struct Done {
        var taken = 0
        var rejected = 0
        /// What was read of the file, and what was not.
        var notes = TableNotes()
    }

    let desk: Desk
    let type: String
    let principal: Principal
    /// Of the reasons.
    let language: Language

    private struct Row {
        let texts: [String]
        let number: Int
        let input: [String: JSONValue]
        /// Cells without a value, or with one that was cut: nothing is taken from such a row.
        let spoilt: [(place: String, words: Words)]
    }

    /// - Parameters:
    ///   - sheet: of a workbook; without it the first that can be seen and has the columns.
    ///   - rejected: where refused rows go; nothing is written as long as there are none.
    ///   - isDryRun: nothing goes into the book. The rows that would be refused are handed back all the same.
    func run(_ path: String, sheet: String? = nil, rejected: String, isDryRun: Bool) async throws -> Done {
        guard let described = desk.catalogue.type(type), let step = described.opening else { throw DeskError.absent }
        let fields = described.fields.filter { step.fields.contains($0.key) }
        let organisation = try await desk.organisation()
        let (rows, header, notes) = try read(path, sheet, fields, organisation)
        var done = Done(notes: notes)
        let back = RejectedRows(path: rejected, isWorkbook: false, hasPlaces: true, language: language)
        let sound = rows.filter(\.spoilt.isEmpty)
        var foretold = try await (isDryRun ? desk.dryRun(step.name, of: type, sound.map(\.input), by: principal) : []).makeIterator()
        for row in rows {
            if !row.spoilt.isEmpty {
                let reason = row.spoilt.map { "\($0.place)\(language == .zh ? "：" : ": ")\($0.words[language])" }
                let place = RejectedRows.Place(row: row.number, cells: row.spoilt.map(\.place))
                done.rejected += 1
                try back.append(row.texts, at: place, reason: reason.joined(separator: language == .zh ? "；" : "; "), header: header.names)
                continue
            }
            let refusal = if isDryRun { foretold.next()?.error } else { try await refusal(of: row.input, at: step) }
            if let refusal {
                done.rejected += 1
                let place = RejectedRows.Place(row: row.number, cells: cells(of: refusal, row.number, header))
                try back.append(row.texts, at: place, reason: reason(refusal), header: header.names)
            } else {
                done.taken += 1
            }
        }
        try back.close()
        return done
    }

    /// The columns that are handed back, and where those are that are read.
    private struct Columns {
        let names: [String]
        let places: [String: Int]
    }

    private func read(
        _ path: String, _ sheet: String?, _ fields: [FieldDescription], _ organisation: Organisation
    ) throws -> ([Row], Columns, TableNotes) {
        let form = TableForm(
            fields.map { field in
                .init(
                    field.key, field.label.zh, field.label.en, isRequired: !field.isOptional && field.condition == nil,
                    content: Self.content(field.kind))
            })
        return try TableReader.reading(path: path, sheet: sheet, form: form) { table in
            let header = try table.header(form)
            let kept = table.columns.indices.filter { !RejectedRows.addedColumns.contains(table.columns[$0]) }
            var rows: [Row] = []
            try table.forEachRow { row in
                var (input, spoilt) = ([String: JSONValue](), [(place: String, words: Words)]())
                for field in fields {
                    guard let index = header[field.key], index < row.count else { continue }
                    if let words = Self.words(row.damage(index), row.text(index)) {
                        spoilt.append((CellPlace.name(column: index, row: row.number), words))
                    } else {
                        input[field.key] = Self.value(row.text(index), field, organisation)
                    }
                }
                rows.append(Row(texts: kept.map(row.text), number: row.number, input: input, spoilt: spoilt))
            }
            try table.requireWhole()
            let places = fields.compactMap { field in header[field.key].map { (field.key, $0) } }
            let columns = Columns(names: kept.map { table.columns[$0] }, places: Dictionary(places) { first, _ in first })
            return (rows, columns, table.notes)
        }
    }

    private static func content(_ kind: FieldKind) -> Header.Content {
        switch kind {
        case .day, .birthday: .day
        case .whole, .sealed(.document), .sealed(.phone), .sealed(.account): .number
        case .decimal: .decimal
        case .text, .prose, .flag, .moment, .period, .choice, .codes, .reference, .references, .person, .people, .unit, .article, .name,
            .sealed, .files, .lines:
            .text
        }
    }

    private static func words(_ damage: CellDamage, _ text: String) -> Words? {
        switch damage {
        case .none: nil
        case .error: Words("公式出错（\(text)），没有值，请改正后再导入", "A formula failed (\(text)) and left no value; correct it before the import")
        case .cut, .perhapsCut:
            Words(
                "号码被表格软件截去了末尾的数字，请把该列设为文本后重新填写",
                "A spreadsheet has cut the last figures of the number; make the column text and enter it again")
        }
    }

    /// The cells of what is refused.
    private func cells(of refusal: any Error, _ row: Int, _ columns: Columns) -> [String] {
        let faults: [Refusal.Fault] =
            switch refusal {
            case let refusal as Refusal: refusal.faults
            case DeskError.invalid(let faults): faults
            default: []
            }
        return faults.compactMap { columns.places[$0.field] }.map { CellPlace.name(column: $0, row: row) }
    }

    private func refusal(of input: [String: JSONValue], at step: DocumentType.Step) async throws -> (any Error)? {
        do {
            try await desk.take(step.name, of: type, input: input, by: principal)
            return nil
        } catch let error where error is Refusal || error is DeskError {
            return error
        }
    }

    /// What stands in a cell; a name of a unit or a person as its id. A name that there is not, or that several have, stays, and the step
    /// says that it is wrong.
    private static func value(_ text: String, _ field: FieldDescription, _ organisation: Organisation) -> JSONValue {
        switch field.kind {
        case .unit:
            let found = organisation.units.values.filter { !$0.isClosed && ($0.words.zh == text || $0.words.en == text) }
            return found.count == 1 ? .whole(found[0].id.raw) : .text(text)
        case .person: return person(text[...], organisation)
        case .people: return .list(text.split(whereSeparator: { "、，,；;\n\r".contains($0) }).map { person($0, organisation) }.filter { !$0.isEmpty })
        default: return .text(text)
        }
    }

    private static func person(_ text: Substring, _ organisation: Organisation) -> JSONValue {
        let text = text.trimmingBlanks, people = organisation.people.values.filter(\.isActive)
        if let found = people.first(where: { $0.login == text }) { return .whole(found.id.raw) }
        let found = people.filter { $0.words.zh == text || $0.words.en == text }
        return found.count == 1 ? .whole(found[0].id.raw) : .text(text)
    }

    private func reason(_ error: any Error) -> String {
        let words: [Words] =
            switch error {
            case let refusal as Refusal: [refusal.words]
            case DeskError.invalid(let faults): faults.map(\.words)
            case DeskError.forbidden(let words), DeskError.conflict(let words): [words]
            default: [Words("没有找到", "Not found")]
            }
        let article = (error as? Refusal)?.article.map { ArticleName.ref($0.ref, language) + " " } ?? ""
        return article + words.map { $0[language] }.joined(separator: language == .zh ? "；" : "; ")
    }
}

extension Result where Success == Desk.Taken {
    fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
