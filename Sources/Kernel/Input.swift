/// What a step takes in: only the fields that it asks for, each read by its own field, every fault named.
enum Input {
    static func fill(_ document: inout any Document, with input: [String: Stored], asked step: DocumentType.Step) throws {
        func open<D: Document>(_ typed: D) throws -> D {
            var typed = typed
            var faults: [Refusal.Fault] = []
            for field in D.form.fields where step.asks.contains(field.key) {
                let old = field.read(typed)
                guard let value = input[field.key] else {
                    if old.isEmpty, !field.isOptional, !step.takesGaps { faults.append(missing(field.key, field.label)) }
                    continue
                }
                faults += fill(&typed, field, tidy(value), takesGaps: step.takesGaps)
            }
            guard faults.isEmpty else { throw DeskError.invalid(faults) }
            return typed
        }
        document = try open(document)
    }

    private static func fill<D: Document>(_ document: inout D, _ field: Field<D>, _ value: Stored, takesGaps: Bool) -> [Refusal.Fault] {
        if case .lines(let columns) = field.kind, case .list(let lines) = value {
            let faults = lines.enumerated().flatMap { index, line in
                faultsOfLine(line, columns, path: "\(field.key).\(index)", takesGaps: takesGaps)
            }
            if !faults.isEmpty { return faults }
        }
        guard field.fill(&document, value) else { return [unreadable(field.key, field.label, field.kind)] }
        let filled = field.read(document)
        if filled.isEmpty { return field.isOptional || takesGaps ? [] : [missing(field.key, field.label)] }
        if case .whole(let range) = field.kind, let number = filled.whole, !range.contains(Int(number)) {
            guard !(number == 0 && (field.isOptional || takesGaps)) else { return [] }
            return [
                .init(
                    field: field.key,
                    Words(
                        "\(field.label.zh)应在 \(range.lowerBound) 至 \(range.upperBound) 之间",
                        "\(field.label.en) must be from \(range.lowerBound) to \(range.upperBound)"))
            ]
        }
        return []
    }

    private static func faultsOfLine(_ line: Stored, _ columns: [FieldDescription], path: String, takesGaps: Bool) -> [Refusal.Fault] {
        guard !takesGaps else { return [] }
        return columns.filter { !$0.isOptional && line[$0.key].isEmpty }.map { missing("\(path).\($0.key)", $0.label) }
    }

    private static func tidy(_ value: Stored) -> Stored {
        switch value {
        case .text(let text):
            var text = Substring(text)
            while text.first?.isWhitespace == true { text.removeFirst() }
            while text.last?.isWhitespace == true { text.removeLast() }
            return .text(String(text))
        case .list(let list): return .list(list.map(tidy))
        case .record(let entries): return .record(entries.map { .init($0.key, tidy($0.value)) })
        default: return value
        }
    }

    private static func missing(_ field: String, _ label: Words) -> Refusal.Fault {
        .init(field: field, Words("请填写\(label.zh)", "Enter \(label.en.lowercasedFirst)"))
    }

    private static func unreadable(_ field: String, _ label: Words, _ kind: FieldKind) -> Refusal.Fault {
        let words: Words =
            switch kind {
            case .day, .birthday: Words("\(label.zh)不是日期，请写成 2026-03-04", "\(label.en) is not a date; write it like 2026-03-04")
            case .moment: Words("\(label.zh)不是时间，请写成 2026-03-04T13:20", "\(label.en) is not a time; write it like 2026-03-04T13:20")
            case .whole: Words("\(label.zh)应为整数", "\(label.en) must be a whole number")
            case .choice: Words("\(label.zh)不在可选范围内，请从列表中选择", "\(label.en) is not one of the choices; pick one from the list")
            default: Words("\(label.zh)的内容无法识别，请重新填写", "\(label.en) cannot be read; enter it again")
            }
        return .init(field: field, words)
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
