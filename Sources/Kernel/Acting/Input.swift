import WorkCalendar

/// What a step takes in: only the fields that it asks for, each read by its own field, every fault named.
enum Input {
    /// Fields at fault stay as they were; the rest is filled all the same, so that other checks can look at it.
    /// - Parameter told: faults that were found before; of their fields nothing more is said.
    static func fill(
        _ document: inout any Document, with input: [String: JSONValue], asked step: DocumentType.Step, andAlso told: [Refusal.Fault] = []
    ) throws {
        let known = Set(told.map(FaultGathering.field))
        var faults = told.filter { step.fields.contains(FaultGathering.field($0)) }
        func open<D: Document>(_ document: D) throws -> D {
            var typed = document
            for field in D.form.fields where step.fields.contains(field.key) && !known.contains(field.key) {
                let unread = known.union(faults.map(FaultGathering.field))
                let before = typed, wrong = Self.faults(field, &typed, input[field.key], step, besides: unread)
                if !wrong.isEmpty { typed = before }
                faults += wrong
            }
            if faults.isEmpty { try requireSmall(typed, after: input) }
            return typed
        }
        document = try open(document)
        guard faults.isEmpty else { throw DeskError.invalid(faults) }
    }

    /// Fills a field, or says why not.
    private static func faults<D: Document>(
        _ field: Field<D>, _ document: inout D, _ value: JSONValue?, _ step: DocumentType.Step, besides unread: Set<String>
    ) -> [Refusal.Fault] {
        // Whether it is asked for hangs on a choice that cannot be read.
        if let condition = field.condition, unread.contains(condition.key) { return [] }
        if let condition = field.condition, let choice = D.form.fields.first(where: { $0.key == condition.key }),
            !condition.holds(for: choice.read(document))
        {
            // What was never asked for is not taken in silence.
            guard let value, !value.isEmpty, value != .flag(false) else { return [] }
            return [InputFault.unasked(field.key, field.label, choice.label)]
        }
        guard let value else {
            let isMissing = isVacant(field.read(document), field.kind) || (step.creates && field.kind.isNumber)
            return isMissing && !field.isOptional && !step.allowsBlanks ? [InputFault.missing(field.key, field.label)] : []
        }
        let tooLong = TextLimit.faults(field.key, value, field.kind, longest: field.longest)
        return tooLong.isEmpty ? fill(&document, field, tidy(value), allowsBlanks: step.allowsBlanks) : tooLong
    }

    private static func fill<D: Document>(_ document: inout D, _ field: Field<D>, _ value: JSONValue, allowsBlanks: Bool) -> [Refusal.Fault]
    {
        if case .lines(let columns) = field.kind, case .list(let lines) = value {
            let faults = lines.enumerated().flatMap { index, line in
                faultsOfLine(line, columns, path: "\(field.key).\(index)", allowsBlanks: allowsBlanks)
            }
            if !faults.isEmpty { return faults }
        }
        var value = value
        if case .codes(let choices) = field.kind, case .text(let text) = value { value = .text(FieldKind.coded(text, among: choices)) }
        guard field.fill(&document, value) else { return [InputFault.unreadable(field.key, field.label, field.kind)] }
        if value.isEmpty || field.read(document).isEmpty {
            return field.isOptional || allowsBlanks ? [] : [InputFault.missing(field.key, field.label)]
        }
        return InputFault.unfit(field.read(document), field.kind, field.label, path: field.key).map { [$0] } ?? []
    }

    private static func faultsOfLine(_ line: JSONValue, _ columns: [FieldDescription], path: String, allowsBlanks: Bool) -> [Refusal.Fault]
    {
        columns.compactMap { column -> Refusal.Fault? in
            let value = line[column.key], path = "\(path).\(column.key)"
            if value.isEmpty { return column.isOptional || allowsBlanks ? nil : InputFault.missing(path, column.label) }
            guard let value = read(value, column.kind) else { return InputFault.unreadable(path, column.label, column.kind) }
            return InputFault.unfit(value, column.kind, column.label, path: path)
        }
    }

    /// A value of a line as its column keeps it; `nil` where it is none of its kind. What its line alone can tell stays as it is.
    private static func read(_ value: JSONValue, _ kind: FieldKind) -> JSONValue? {
        switch kind {
        case .whole: Int(stored: value)?.stored
        case .decimal: DecimalNumber(stored: value)?.stored
        case .day: Day(stored: value)?.stored
        case .moment: Moment(stored: value)?.stored
        case .period: Period(stored: value)?.stored
        case .people: [PersonID](stored: value)?.stored
        default: value
        }
    }

    /// Nothing stands there: also of a number that is kept as 0 and cannot be 0.
    private static func isVacant(_ value: JSONValue, _ kind: FieldKind) -> Bool {
        if case .whole(let range) = kind, value == .whole(0) { return !range.contains(0) }
        return value.isEmpty
    }

    /// What was handed in is small in most cases, and then nothing else is counted.
    private static func requireSmall<D: Document>(_ document: D, after input: [String: JSONValue]) throws {
        let handed = input.values.reduce(0) { $0 + TextLimit.size($1) }
        guard handed > TextLimit.document / 64 else { return }
        let size = document.values.reduce(0) { $0 + TextLimit.size($1) }
        guard size > TextLimit.document else { return }
        let kilobytes = (size + 1023) / 1024
        throw DeskError.invalid([
            .init(
                field: "",
                Words(
                    "整件单据最多 1 MB，现有 \(kilobytes) KB，请缩短内容或改用附件",
                    "A document holds at most 1 MB; this has \(kilobytes) KB. Shorten it or attach files"))
        ])
    }

    private static func tidy(_ value: JSONValue) -> JSONValue {
        switch value {
        case .text(let text): return .text(text.trimmingBlanks)
        case .list(let list): return .list(list.map(tidy))
        case .record(let entries): return .record(entries.map { .init($0.key, tidy($0.value)) })
        default: return value
        }
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

extension StringProtocol {
    /// Without blanks at its ends.
    package var trimmingBlanks: String {
        guard first?.isWhitespace == true || last?.isWhitespace == true else { return String(self) }
        let inner = drop(while: \.isWhitespace)
        return String(inner.reversed().drop(while: \.isWhitespace).reversed())
    }
}
