import Kernel

/// The names that were typed where one is chosen of many, read as what they name; what names nothing, or not one alone, stays as it was
/// typed and is a fault of its field.
struct TypedChoices {
    private(set) var form: FormData
    private(set) var faults: [Refusal.Fault] = []

    /// - Parameter scope: where the document belongs: the choices are those that its form offers.
    init(_ form: FormData, _ fields: [FieldDescription], in scope: UnitID?, _ call: Call) async throws {
        self.form = form
        let typed = Self.typed(form, fields)
        if typed.isEmpty { return }
        let options = try await FieldOptions.load(typed.map(\.field), in: scope, call)
        for (name, field) in typed {
            if field.kind.isList { tick(name, options.people) } else { read(name, field, options, call) }
        }
    }

    /// The fields under whose names something was typed, in rows as well.
    private static func typed(_ form: FormData, _ fields: [FieldDescription]) -> [(name: String, field: FieldDescription)] {
        fields.flatMap { field -> [(String, FieldDescription)] in
            guard case .lines(let columns) = field.kind else { return isTyped(field.key, field.kind, form) ? [(field.key, field)] : [] }
            return LineRows.indexes(field.key, form).flatMap { index -> [(String, FieldDescription)] in
                let row = "\(field.key).\(index)"
                if form.has("\(row).~drop") { return [] }
                return columns.compactMap { isTyped("\(row).\($0.key)", $0.kind, form) ? ("\(row).\($0.key)", $0) : nil }
            }
        }
    }

    private static func isTyped(_ name: String, _ kind: FieldKind, _ form: FormData) -> Bool {
        switch kind {
        case .choice(let choices): choices.count > TypeAhead.longestList && !form.chosen(name).isEmpty
        case .article: !form.chosen(name).isEmpty
        case .person, .unit, .reference:
            form.all(name).count > 1 || !form.chosen(name).isEmpty && !PublicIDs.isWord(form.chosen(name))
        case .people: !form["\(name)~find"].trimmingBlanks.isEmpty
        default: false
        }
    }

    private mutating func read(_ name: String, _ field: FieldDescription, _ options: FieldOptions, _ call: Call) {
        let text = form.chosen(name)
        form.set(name, text)
        if text.isEmpty || field.kind.named != nil && PublicIDs.isWord(text) { return }
        // What stands in the document stays, also where it would not be taken newly.
        let stands = form["\(name)~stands"]
        if !stands.isEmpty, form["\(name)~called"] == text { return form.set(name, stands) }
        guard let choices = options.choices(field.kind, call) else {
            // So many that they are looked for.
            form.set(name, "")
            return form.set("\(name)~find", text)
        }
        let answer = TypeAhead.find(text, among: choices)
        if let one = answer.option { form.set(name, one.value) }
        if let fault = TypeAhead.fault(name, text, answer) { faults.append(fault) }
    }

    /// Of several, whoever is called exactly so is ticked besides the others.
    private mutating func tick(_ name: String, _ people: [Option]) {
        guard let one = TypeAhead.find(form["\(name)~find"], among: people).option else { return }
        form.add(name, one.value)
        form.set("\(name)~find", "")
    }
}
