import Kernel
import Tables

/// What became of one application of a file.
enum IntakeVerdict {
    case accepted, known
    case draft([Refusal.Fault])
    case rejected([Refusal.Fault])
    /// As it was before, with what it still lacks.
    case unchanged(Words, [Refusal.Fault])

    var faults: [Refusal.Fault] {
        switch self {
        case .accepted, .known: []
        case .draft(let faults), .rejected(let faults), .unchanged(_, let faults): faults
        }
    }

    /// The same, saying of a field what stood in the file where the book could not know.
    func told(by rows: ApplicationRows) -> IntakeVerdict {
        if rows.tellings.isEmpty { return self }
        func told(_ faults: [Refusal.Fault]) -> [Refusal.Fault] {
            faults.map { fault in rows.tellings[fault.field].map { .init(field: fault.field, $0, under: fault.article) } ?? fault }
        }
        return switch self {
        case .accepted, .known, .rejected: self
        case .draft(let faults): .draft(told(faults))
        case .unchanged(let words, let faults): .unchanged(words, told(faults))
        }
    }

    /// The cells of this person's row that are at fault.
    func cells(ofPerson index: Int, _ rows: ApplicationRows, _ columns: IntakeColumns) -> [String] {
        var all: [String] = []
        for fault in own(index) { for cell in Self.cells(of: fault, index, rows, columns) where !all.contains(cell) { all.append(cell) } }
        return all
    }

    private static func cells(of fault: Refusal.Fault, _ index: Int, _ rows: ApplicationRows, _ columns: IntakeColumns) -> [String] {
        if let cells = rows.cells[fault.field] { return cells }
        let person = "persons.\(index)."
        let field = fault.field.hasPrefix(person) ? String(fault.field.dropFirst(person.count)) : fault.field
        return columns.place(ofField: field).map { [CellPlace.name(column: $0, row: rows.numbers[index])] } ?? []
    }

    /// Each fault of this person's row with the column at fault and what stands there; of the whole application's those of its first row.
    func lines(ofPerson index: Int, _ rows: ApplicationRows, _ columns: IntakeColumns, _ shown: MaskedColumns) -> [IntakeFault] {
        own(index).filter { $0.field.hasPrefix("persons.") || index == 0 }.map { fault in
            let person = "persons.\(index)."
            let field = fault.field.hasPrefix(person) ? String(fault.field.dropFirst(person.count)) : fault.field
            let (column, value) = shown.cell(ofField: field, rows.rows[index])
            return IntakeFault(
                row: rows.numbers[index], applicationNo: rows.application.applicationNo,
                cell: Self.cells(of: fault, index, rows, columns).joined(separator: " "), column: column, value: value, words: fault.words,
                article: fault.article)
        }
    }

    /// The columns at fault in this person's row.
    func places(ofPerson index: Int, _ shown: MaskedColumns) -> Set<Int> {
        let person = "persons.\(index)."
        return Set(
            own(index).compactMap { shown.place(ofField: $0.field.hasPrefix(person) ? String($0.field.dropFirst(person.count)) : $0.field) }
        )
    }

    /// What concerns this person or the whole application.
    private func own(_ index: Int) -> [Refusal.Fault] {
        faults.filter { !$0.field.hasPrefix("persons.") || $0.field.hasPrefix("persons.\(index).") }
    }

    private static let another = Words("同一投保单的其他人有误，见其他行", "Another person of this application is at fault; see the other rows")

    /// Why the row of this person is handed back; `nil` when it is not.
    func reason(ofPerson index: Int, in language: Language) -> String? {
        switch self {
        case .accepted, .known: return nil
        case .unchanged(let words, let faults) where faults.isEmpty: return words[language]
        case .draft, .rejected, .unchanged:
            let told = own(index)
            return told.isEmpty ? Self.another[language] : told.map { $0.words[language] }.joined(separator: language == .zh ? "；" : "; ")
        }
    }

    /// The same with the cell before each, or the row where there is none: `K7：…`.
    func reason(ofPerson index: Int, in language: Language, _ rows: ApplicationRows, _ columns: IntakeColumns) -> String? {
        guard let plain = reason(ofPerson: index, in: language) else { return nil }
        let row = Words("第 \(rows.numbers[index]) 行", "Row \(rows.numbers[index])")[language]
        let colon = language == .zh ? "：" : ": "
        let told = own(index)
        if told.isEmpty { return row + colon + plain }
        return told.map { fault in
            let cells = Self.cells(of: fault, index, rows, columns)
            return (cells.isEmpty ? row : cells.joined(separator: language == .zh ? "、" : ", ")) + colon + fault.words[language]
        }
        .joined(separator: language == .zh ? "；" : "; ")
    }
}
