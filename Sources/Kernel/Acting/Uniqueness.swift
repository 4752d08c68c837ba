import Store

/// Values that no two documents may have. What is withdrawn or declined is as if it had never been handed in.
extension Transaction {
    /// Everything newly said in a field that is unique is said by no other document of the type in the scope, whoever may read that one.
    func requireUnique<D: Document>(_ document: D, since before: PendingStep.Before?, _ record: Record, _ type: DocumentType) throws {
        var faults: [Refusal.Fault] = []
        for place in type.fields.indices {
            let field = type.fields[place]
            guard let article = field.unique else { continue }
            let value = D.form.fields[place].read(document)
            guard !value.isEmpty, before?.values[place] != value, let lookup = IndexKey.lookup(value, field, lookupKeys) else { continue }
            guard try Inquiry(self, within: record.scope, for: record.id).isTaken(D.self, lookup) else { continue }
            faults.append(
                .init(
                    field: field.key,
                    Words(
                        "\(field.label.zh)已登记在另一份\(type.title.zh)中，不能重复，请核对",
                        "Another \(type.title.en.lowercasedFirst) has the same \(field.label.en.lowercasedFirst) already; check it"),
                    under: article))
        }
        guard let first = faults.first else { return }
        throw Refusal(article: first.article, words: first.words, faults: faults)
    }
}
