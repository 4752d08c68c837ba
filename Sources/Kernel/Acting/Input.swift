/// What a step takes in: only the fields that it asks for, each read by its own field, every fault named.
enum Input {
    static func fill(_ document: inout any Document, with input: [String: JSONValue], asked step: DocumentType.Step) throws {
        func open<D: Document>(_ typed: D) throws -> D {
            var typed = typed
            var faults: [Refusal.Fault] = []
            for field in D.form.fields where step.fields.contains(field.key) {
                if let condition = field.condition, let choice = D.form.fields.first(where: { $0.key == condition.key }),
                    !condition.holds(for: choice.read(typed))
                {
                    // What was never asked for is not taken in silence.
                    if let value = input[field.key], !value.isEmpty, value != .flag(false) {
                        faults.append(unasked(field.key, field.label, choice.label))
                    }
                    continue
                }
                let old = field.read(typed)
                guard let value = input[field.key] else {
                    let isMissing = isVacant(old, field.kind) || (step.creates && field.kind.isNumber)
                    if isMissing, !field.isOptional, !step.allowsBlanks { faults.append(missing(field.key, field.label)) }
                    continue
                }
                let tooLong = TextLimit.faults(field.key, value, field.kind, longest: field.longest)
                faults += tooLong.isEmpty ? fill(&typed, field, tidy(value), allowsBlanks: step.allowsBlanks) : tooLong
            }
            guard faults.isEmpty else { throw DeskError.invalid(faults) }
            try requireSmall(typed, after: input)
            return typed
        }
        document = try open(document)
    }

    private static func fill<D: Document>(_ document: inout D, _ field: Field<D>, _ value: JSONValue, allowsBlanks: Bool) -> [Refusal.Fault]
    {
        if case .lines(let columns) = field.kind, case .list(let lines) = value {
            let faults = lines.enumerated().flatMap { index, line in
                faultsOfLine(line, columns, path: "\(field.key).\(index)", allowsBlanks: allowsBlanks)
            }
            if !faults.isEmpty { return faults }
        }
        guard field.fill(&document, value) else { return [unreadable(field.key, field.label, field.kind)] }
        if value.isEmpty || field.read(document).isEmpty {
            return field.isOptional || allowsBlanks ? [] : [missing(field.key, field.label)]
        }
        return outOfRange(field.read(document), field.kind, field.label, path: field.key).map { [$0] } ?? []
    }

    private static func faultsOfLine(_ line: JSONValue, _ columns: [FieldDescription], path: String, allowsBlanks: Bool) -> [Refusal.Fault]
    {
        columns.compactMap { column -> Refusal.Fault? in
            let value = line[column.key], path = "\(path).\(column.key)"
            if value.isEmpty { return column.isOptional || allowsBlanks ? nil : missing(path, column.label) }
            return Int(stored: value).flatMap { outOfRange(.whole(Int64($0)), column.kind, column.label, path: path) }
        }
    }

    /// A number that was handed in, be it 0, lies within what its field takes.
    private static func outOfRange(_ value: JSONValue, _ kind: FieldKind, _ label: Words, path: String) -> Refusal.Fault? {
        guard case .whole(let range) = kind, let number = value.whole, !range.contains(Int(number)) else { return nil }
        return .init(
            field: path,
            Words(
                "\(label.zh)应在 \(range.lowerBound) 至 \(range.upperBound) 之间",
                "\(label.en) must be from \(range.lowerBound) to \(range.upperBound)"))
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
                    "整件文书最多 1 MB，现有 \(kilobytes) KB，请缩短内容或改用附件",
                    "A document holds at most 1 MB; this has \(kilobytes) KB. Shorten it or attach files"))
        ])
    }

    private static func tidy(_ value: JSONValue) -> JSONValue {
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

    private static func unasked(_ field: String, _ label: Words, _ choice: Words) -> Refusal.Fault {
        .init(
            field: field,
            Words(
                "所选\(choice.zh)不填写\(label.zh)，请清除或改选",
                "\(label.en) does not belong to the \(choice.en.lowercasedFirst) chosen; clear it or choose another"))
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
