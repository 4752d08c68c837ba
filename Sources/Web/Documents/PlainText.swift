import Kernel
import WorkCalendar

/// What the fields of a document say as text alone, as in a list or a file.
struct PlainText: Sendable {
    let l: Language
    /// What references, persons and units are called, by id.
    let names: [Int64: Words]
    /// By which articles are called.
    let catalogue: Catalogue

    func text(_ value: JSONValue, _ kind: FieldKind) -> String {
        switch kind {
        case .flag: return l.yes(Bool(stored: value) ?? false)
        case .day, .birthday: return value.text.flatMap { Day(iso: $0) }.map { l.day($0) } ?? FieldInput.text(value)
        case .moment: return value.text.flatMap { Moment(iso: $0) }.map { l.moment($0) } ?? FieldInput.text(value)
        case .choice(let choices): return choices.first { $0.value == value.text }?.words[l] ?? FieldInput.text(value)
        case .codes(let choices):
            return FieldInput.text(value).split(separator: ";").map { code in
                choices.first { $0.value == code }?.words[l] ?? String(code)
            }.joined(separator: l("；", "; "))
        case .article: return Article(key: FieldInput.text(value)).map { ArticleName.words($0, in: catalogue, l) } ?? FieldInput.text(value)
        case .reference, .person, .unit: return name(value)
        case .references, .people: return value.list.map(name).joined(separator: l("、", ", "))
        case .files: return value.list.compactMap { FileReference(stored: $0)?.name }.joined(separator: l("、", ", "))
        case .lines(let columns):
            return value.list.map { row in
                columns.readable.map { text(row[$0.key], $0.kind) }.filter { !$0.isEmpty }.joined(separator: " ")
            }.joined(separator: l("；", "; "))
        case .decimal(let places, _): return DecimalNumber(stored: value)?.text(places: places) ?? FieldInput.text(value)
        case .period: return Period(stored: value)?.words[l] ?? FieldInput.text(value)
        case .whole: return kind.isVacant(value) ? "" : FieldInput.text(value)
        case .text, .prose, .name, .sealed: return FieldInput.text(value)
        }
    }

    /// What a field of a document says.
    func text(_ value: JSONValue, of field: FieldDescription) -> String {
        guard field.isEnd, let end = value.text.flatMap({ Moment(iso: $0) }) else { return text(value, field.kind) }
        return l.limit(end)
    }

    func name(_ value: JSONValue) -> String {
        guard let id = ID<Person>(stored: value)?.raw, id != 0 else { return "" }
        return (names[id] ?? .hidden)[l]
    }
}

extension FieldKind {
    /// A number that was not filled in is kept as 0, also where 0 is no answer.
    func isVacant(_ value: JSONValue) -> Bool {
        if case .whole(let range) = self { value == .whole(0) && !range.contains(0) } else { false }
    }
}
