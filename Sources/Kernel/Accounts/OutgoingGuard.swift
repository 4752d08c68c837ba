import Identifiers

/// 外发检查: what a text that leaves the house must not hold: personal data of the document that it speaks of, and whatever looks like the
/// number of a person.
package enum OutgoingGuard {
    /// Runs of figures, however they are spaced, that are a mobile, an identity document or an account. Numbers of documents are shorter.
    package static func looksPersonal(_ text: String) -> Bool {
        var run = ""
        for character in text + " " {
            if character.isASCII, character.isNumber || "Xx".contains(character) && run.count == 17 {
                run.append(character)
            } else if " -－".contains(character), !run.isEmpty, !run.hasSuffix(" ") {
                run.append(" ")
            } else {
                if isPersonal(run.filter { $0 != " " }) || run.split(separator: " ").contains(where: { isPersonal(String($0)) }) { return true }
                run = ""
            }
        }
        return isPersonal(run.filter { $0 != " " })
    }

    private static func isPersonal(_ figures: String) -> Bool {
        switch figures.count {
        case 11: figures.hasPrefix("1") && "3456789".contains(figures.dropFirst().first!)
        case 15...19: true
        default: false
        }
    }

    /// Whether the text names what a document has under personal fields.
    static func names(_ text: String, personalOf values: JSONValue, _ type: DocumentType) -> Bool {
        found(in: values, type.fields).contains { $0.count >= 2 && text.contains($0) }
    }

    private static func found(in values: JSONValue, _ fields: [FieldDescription]) -> [String] {
        fields.filter(\.isPersonal).flatMap { field -> [String] in
            let value = values[field.key]
            if case .lines(let columns) = field.kind { return value.list.flatMap { found(in: $0, columns) } }
            return [value.text].compactMap { $0 }
        }
    }
}
